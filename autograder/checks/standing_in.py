"""A Pod like one of the student's that is told other things: what would a new one do if its ConfigMap said otherwise?

Copies of the ConfigMaps and Secrets that the Pod names, with other texts in them, and a copy of the Pod that names
these instead; or names that nothing has, to see whether it can do without. The student's own objects stay as they are,
so that nothing is to be put back. The copy has no labels: no Service sends it requests, no workload takes it for its
own. What is asked of it is left to others.
"""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from autograder.checks import looking
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.making import make
from autograder.checks.pods import target_of_pod
from autograder.checks.sentences import fresh_name
from autograder.deadlines import scaled
from autograder.errors import AutograderError

Change = Callable[[str], str]
Reference = tuple[JsonObject, str, str]
"""where a name stands: the mapping, the key in it, and the kind of what is named"""

_LIVES_S = 300.0
_THE_CLUSTERS_OWN = "kube-root-ca.crt"
_SET_BY_THE_CLUSTER = ("nodeName", "ephemeralContainers", "priority", "hostname", "subdomain")
_LABELS = {"course.autograder/role": "stand-in"}
_A_LABEL = re.compile(r"metadata\.labels\['(.+)'\]")


def named(pod: JsonObject) -> list[str]:
    """The ConfigMaps and Secrets that a Pod's specification names, such as `"configmap/settings"`, each once.

    Those that are not there are among them; what the cluster itself gives to every Pod is not.
    """
    spec = pod.get("spec") or {}
    found = (f"{kind}/{where[key]}" for where, key, kind in _references(spec) if where.get(key))
    return [each for each in dict.fromkeys(found) if each != f"configmap/{_THE_CLUSTERS_OWN}"]


@contextmanager
def stand_in(pod: JsonObject, instead: Mapping[str, Change | None]) -> Iterator[JsonObject]:
    """A new Pod like `pod`, for the length of the block; it may not be ready yet, nor ever become so.

    Args:
        instead: by name, as `named` has it: what becomes of each text in a copy of that object, or None for a name that
            nothing has. What is not text stays as it is, and so does what is not mentioned.

    Raises:
        CheckFailed: the API server takes no other Pod like it, for want of room or because of what it asks for.
        ClusterError: this account may not make one.
    """
    api = current()
    made: list[Target] = []
    try:
        names = {name: _other(api, pod, name, change, made) for name, change in instead.items()}
        target = Target(KNOWN["pods"], fresh_name("stand-in"), target_of_pod(pod).namespace)
        yield _make(api, made, target, _copy_of(pod, target, names))
    finally:
        for each in reversed(made):
            with contextlib.suppress(AutograderError):
                options = {"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0}
                api.ask("DELETE", each.path, body=options)


def _other(api: Api, pod: JsonObject, name: str, change: Change | None, made: list[Target]) -> str:
    """The name that stands in the place of one: of a changed copy, or of nothing."""
    spelling, _, old = name.partition("/")
    kind, namespace = KNOWN[spelling], target_of_pod(pod).namespace
    document = looking.read(api, Target(kind, old, namespace)) if change else None
    target = Target(kind, fresh_name("stand-in"), namespace)
    if change and document is None:
        return old  # there is nothing to say otherwise
    if change and document is not None:
        _make(api, made, target, _changed(document, change))
    return target.name


def _changed(document: JsonObject, change: Change) -> JsonObject:
    """What a copy of a ConfigMap or a Secret holds."""
    plain, packed = document.get("data") or {}, document.get("binaryData") or {}
    if document.get("kind") == "Secret":
        plain, packed = {}, plain
    held: JsonObject = {key: change(text) for key, text in plain.items()}
    repacked = {key: _repacked(text, change) for key, text in packed.items()}
    return {"data": repacked} if document.get("kind") == "Secret" else {"data": held, "binaryData": repacked}


def _repacked(text: str, change: Change) -> str:
    try:
        return base64.b64encode(change(base64.b64decode(text).decode()).encode()).decode()
    except ValueError:  # no text
        return text


def _copy_of(pod: JsonObject, target: Target, names: Mapping[str, str]) -> JsonObject:
    spec = {key: value for key, value in _deep(pod["spec"]).items() if key not in _SET_BY_THE_CLUSTER}
    for where, key, kind in _references(spec):
        where[key] = names.get(f"{kind}/{where.get(key)}", where.get(key))
    _tell_of_labels(spec, pod["metadata"].get("labels") or {})
    spec["activeDeadlineSeconds"] = int(scaled(_LIVES_S))
    return {"metadata": {"annotations": pod["metadata"].get("annotations") or {}}, "spec": spec}


def _tell_of_labels(spec: JsonObject, labels: Mapping[str, str]) -> None:
    """The copy has no labels, and its variables say what the Pod's do of its own: the index that a Job gave it, say."""
    for container in (*(spec.get("initContainers") or []), *(spec.get("containers") or [])):
        for variable in container.get("env") or []:
            field = ((variable.get("valueFrom") or {}).get("fieldRef") or {}).get("fieldPath") or ""
            if own := _A_LABEL.fullmatch(field):
                del variable["valueFrom"]
                variable["value"] = labels.get(own[1], "")


def _references(spec: JsonObject) -> Iterator[Reference]:
    """Where a Pod's specification names ConfigMaps and Secrets that it takes values from."""
    for volume in spec.get("volumes") or []:
        for source in (volume, *((volume.get("projected") or {}).get("sources") or [])):
            if source.get("configMap"):
                yield source["configMap"], "name", "configmap"
            if source.get("secret"):
                yield source["secret"], "name" if source is not volume else "secretName", "secret"
    for container in (*(spec.get("initContainers") or []), *(spec.get("containers") or [])):
        for source in (*(container.get("envFrom") or []), *_sources(container)):
            for key in ("configMapRef", "configMapKeyRef", "secretRef", "secretKeyRef"):
                if source.get(key):
                    yield source[key], "name", "configmap" if key.startswith("configMap") else "secret"


def _sources(container: JsonObject) -> list[JsonObject]:
    return [each["valueFrom"] for each in container.get("env") or [] if each.get("valueFrom")]


def _deep(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _deep(each) for key, each in value.items()}
    return [_deep(each) for each in value] if isinstance(value, list) else value


def _make(api: Api, made: list[Target], target: Target, document: JsonObject) -> JsonObject:
    metadata = {**(document.get("metadata") or {}), "name": target.name, "namespace": target.namespace}
    body = {**document, "apiVersion": "v1", "kind": target.kind.name, "metadata": {**metadata, "labels": _LABELS}}
    made.append(target)  # where the answer is lost on its way it may be there all the same
    given = make(api, target, body, what=f"{target.kind.name} like those that are there", in_the_way="pods")
    return {**given, "apiVersion": "v1", "kind": target.kind.name}
