"""On which nodes a Pod may be put, worked out as the scheduler does: by what it tolerates and by what it selects.

A node is its labels and its taints here, and need not exist: so a check can ask what a Pod would do about one that is
set apart for somebody else. Read is what the API server keeps of the Pod, or of the template that it is made from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.checks.api import JsonObject


def tolerates(pod: JsonObject, taint: str) -> bool:
    """Whether a Pod, or a Pod's template, tolerates a taint written as `key=value:Effect` or `key:Effect`."""
    named, _, effect = taint.rpartition(":")
    key, _, value = named.partition("=")
    return any(_covers(each, key, value, effect) for each in tolerations(pod))


def tolerations(pod: JsonObject) -> list[JsonObject]:
    """What a Pod or a template tolerates, without what every Pod is given by itself (`node.kubernetes.io/…`)."""
    listed = (pod.get("spec") or {}).get("tolerations") or []
    return [each for each in listed if not str(each.get("key") or "").startswith("node.kubernetes.io/")]


def accepts_node(pod: JsonObject, labels: Mapping[str, str]) -> bool:
    """Whether a Pod or a template, going by what it selects, may run on a node with these labels and no others.

    That is its `nodeSelector` and the node affinity that it requires. What it would only prefer keeps it from nothing.
    """
    spec = pod.get("spec") or {}
    if any(labels.get(key) != value for key, value in (spec.get("nodeSelector") or {}).items()):
        return False
    required = (spec.get("affinity") or {}).get("nodeAffinity") or {}
    required = required.get("requiredDuringSchedulingIgnoredDuringExecution")
    if not required:
        return True
    return any(_holds(term, labels) for term in required.get("nodeSelectorTerms") or [])


def _covers(toleration: JsonObject, key: str, value: str, effect: str) -> bool:
    if toleration.get("effect") and toleration["effect"] != effect:
        return False
    if toleration.get("key") and toleration["key"] != key:
        return False
    operator = toleration.get("operator") or "Equal"
    return bool(operator == "Exists" or (operator == "Equal" and (toleration.get("value") or "") == value))


def _holds(term: JsonObject, labels: Mapping[str, str]) -> bool:
    """Whether all of a term's conditions do; one without any holds nowhere. A node's fields are asked as if unknown."""
    wanted = term.get("matchExpressions") or []
    return bool(wanted) and not term.get("matchFields") and all(_matches(each, labels) for each in wanted)


def _matches(condition: JsonObject, labels: Mapping[str, str]) -> bool:
    key, values = condition.get("key"), list(condition.get("values") or [])
    said: Any = labels.get(str(key))
    match condition.get("operator"):
        case "In":
            return said in values
        case "NotIn":
            return said not in values
        case "Exists":
            return said is not None
        case "DoesNotExist":
            return said is None
        case "Gt" | "Lt" as operator:
            try:
                there, bound = int(said), int(values[0])
            except (TypeError, ValueError, IndexError):
                return False
            return there > bound if operator == "Gt" else there < bound
    return False
