"""Who keeps an object: not who it says its owner is, but who the controllers take for it.

An owner reference is written by whoever writes the object, so a Pod made by hand can name a Deployment it never came
from. It is believed only where the owner is there under that uid, is of a kind that makes such objects, and selects the
object's labels: only then would anything take its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograder.checks.api import JsonObject

MAKERS = {
    "Pod": ("ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job"),
    "ReplicaSet": ("Deployment",),
    "Job": ("CronJob",),
}
"""which of the usual kinds make objects of a kind; other kinds (an operator's) may make any"""
_USUAL = {maker for makers in MAKERS.values() for maker in makers}


def controller_of(document: JsonObject) -> JsonObject | None:
    """The owner reference that is the object's controller, as it says of itself."""
    for reference in document["metadata"].get("ownerReferences") or []:
        if reference.get("controller"):
            return dict(reference)
    return None


def keeps(owner: JsonObject, document: JsonObject) -> bool:
    """Whether `owner` would replace the object if it went."""
    reference = controller_of(document) or {}
    if not reference or reference.get("uid") != owner["metadata"].get("uid"):
        return False
    kind = str(owner.get("kind") or "")
    if kind in _USUAL and kind not in MAKERS.get(str(document.get("kind") or "Pod"), ()):
        return False
    selector = (owner.get("spec") or {}).get("selector")
    return kind not in _USUAL or kind == "CronJob" or selects(selector, labels_of(document))


def kept_by(owners: Iterable[JsonObject], documents: Iterable[JsonObject]) -> list[JsonObject]:
    """Those of the objects that one of the owners keeps."""
    owners = list(owners)
    return [document for document in documents if any(keeps(owner, document) for owner in owners)]


def labels_of(document: JsonObject) -> dict[str, str]:
    return document["metadata"].get("labels") or {}


def selects(selector: Any, labels: dict[str, str]) -> bool:
    """Whether a selector, of labels alone or with `matchLabels` and `matchExpressions`, selects these; {} does not."""
    if not isinstance(selector, dict) or not selector:
        return False
    if not ({"matchLabels", "matchExpressions"} & set(selector)):
        selector = {"matchLabels": selector}
    alike = all(labels.get(key) == value for key, value in (selector.get("matchLabels") or {}).items())
    return alike and all(_meets(each, labels) for each in selector.get("matchExpressions") or [])


def _meets(expression: JsonObject, labels: dict[str, str]) -> bool:
    key, values = str(expression.get("key")), expression.get("values") or []
    held = {
        "In": labels.get(key) in values,
        "NotIn": labels.get(key) not in values,
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
    }
    return held.get(str(expression.get("operator")), False)
