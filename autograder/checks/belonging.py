"""Who keeps an object: not who it says its owner is, but who the controllers take for it.

An owner reference is written by whoever writes the object, so a Pod made by hand can name a Deployment it never came
from. It is believed only where the owner is there under that uid, is of a kind that makes such objects, and selects the
object's labels: only then would anything take its place. That would be its like only where the template says the same:
a Pod that was adopted and is another, or changed since, is kept by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograder.checks.api import JsonObject
from autograder.checks.kinds import KNOWN
from autograder.checks.quantities import amount

MAKERS = {
    "Pod": ("ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet", "Job"),
    "ReplicaSet": ("Deployment",),
    "Job": ("CronJob",),
}
"""which of the usual kinds make objects of a kind; other kinds (an operator's) may make any"""
_USUAL = {maker for makers in MAKERS.values() for maker in makers}
_MAKE_NOTHING = {kind.name for kind in KNOWN.values()} - _USUAL


def controller_of(document: JsonObject) -> JsonObject | None:
    """The owner reference that is the object's controller, as it says of itself."""
    for reference in document["metadata"].get("ownerReferences") or []:
        if reference.get("controller"):
            return dict(reference)
    return None


def makes_others(document: JsonObject) -> bool:
    """Whether objects of this kind make others, as far as its name and group say; also of an owner reference.

    Of Kubernetes' own kinds the usual ones do. Those of other groups may: an operator's.
    """
    kind, version = str(document.get("kind") or ""), str(document.get("apiVersion") or "")
    group = version.rpartition("/")[0]
    if not version:
        return kind not in _MAKE_NOTHING
    if "." not in group or group.endswith(".k8s.io"):
        return is_usual(document)
    return True


def is_usual(document: JsonObject) -> bool:
    """Whether it is of one of the usual kinds that make others, by name and group."""
    kind, group = str(document.get("kind") or ""), str(document.get("apiVersion") or "").rpartition("/")[0]
    return kind in _USUAL and KNOWN[kind.lower()].group == group


def keeps(owner: JsonObject, document: JsonObject) -> bool:
    """Whether `owner` would replace the object if it went."""
    reference = controller_of(document) or {}
    if not reference or reference.get("uid") != owner["metadata"].get("uid"):
        return False
    kind = str(owner.get("kind") or "")
    if not makes_others(owner):
        return False
    if kind not in _USUAL or (owner.get("apiVersion") and not is_usual(owner)):
        return True  # an operator's, whose ways are its own
    if kind not in MAKERS.get(str(document.get("kind") or "Pod"), ()):
        return False
    selector = (owner.get("spec") or {}).get("selector")
    chosen = has_labels if kind == "ReplicationController" else selects
    return kind == "CronJob" or (chosen(selector, labels_of(document)) and _would_be_like(owner, document))


def _would_be_like(owner: JsonObject, document: JsonObject) -> bool:
    """Whether what a ReplicaSet's template makes is what the Pod is: all that the template says holds of the Pod too.

    The API server and a platform's webhooks add to a Pod, and may send it to another registry, pull its image at other
    times or give it more to live on; they take nothing away. Kinds whose one object goes through revisions have Pods of
    the one before while they do.
    """
    if owner.get("kind") not in ("ReplicaSet", "ReplicationController"):
        return True
    template = ((owner.get("spec") or {}).get("template") or {}).get("spec") or {}
    return _within(template, document.get("spec") or {})


def _within(said: Any, held: Any, key: str = "") -> bool:
    """Whether a Pod holds what a template says, at one place of both."""
    if key == "image":
        return _image_name(said) == _image_name(held)
    if key == "imagePullPolicy":
        return True
    if key == "resources":
        return _asks_for_no_more(said, held)
    if isinstance(said, dict):
        return isinstance(held, dict) and all(_within(value, held.get(name), name) for name, value in said.items())
    if isinstance(said, list) and any(isinstance(each, dict) for each in said):
        others = held if isinstance(held, list) else []
        return all(any(_within(each, other) for other in others) for each in said)
    return bool(said == held) or (not said and not held)


def _asks_for_no_more(said: Any, held: Any) -> bool:
    """Whether a Pod got at least what the template asks for: a template that asks for too much makes nothing."""
    wanted, given = ((each if isinstance(each, dict) else {}).get("requests") or {} for each in (said, held))
    return all(name in given and amount(str(given[name])) >= amount(str(much)) for name, much in wanted.items())


def _image_name(image: Any) -> str:
    """Its own name: a platform may send every Pod to another registry, and resolve a tag."""
    return str(image or "").partition("@")[0].rpartition("/")[2].partition(":")[0]


def kept_by(owners: Iterable[JsonObject], documents: Iterable[JsonObject]) -> list[JsonObject]:
    """Those of the objects that one of the owners keeps."""
    owners = list(owners)
    return [document for document in documents if any(keeps(owner, document) for owner in owners)]


def labels_of(document: JsonObject) -> dict[str, str]:
    return document["metadata"].get("labels") or {}


def has_labels(wanted: Any, labels: dict[str, str]) -> bool:
    """Whether labels are among these, as a Service's selector and a ReplicationController's have it; {} are not."""
    return isinstance(wanted, dict) and bool(wanted) and all(labels.get(key) == value for key, value in wanted.items())


def parts_of(selector: JsonObject) -> tuple[JsonObject, list[JsonObject]]:
    """The labels and the expressions of a selector in either form.

    `matchLabels` is also a label's name like any other: `{"matchLabels": "web"}` asks for a label of that name.
    """
    labels, expressions = selector.get("matchLabels"), selector.get("matchExpressions")
    if not isinstance(labels, dict) and not isinstance(expressions, list):
        return selector, []
    found = [each for each in expressions if isinstance(each, dict)] if isinstance(expressions, list) else []
    return labels if isinstance(labels, dict) else {}, found


def selects(selector: Any, labels: dict[str, str]) -> bool:
    """Whether a selector, of labels alone or with `matchLabels` and `matchExpressions`, selects these; {} does not."""
    if not isinstance(selector, dict) or not selector:
        return False
    wanted, expressions = parts_of(selector)
    alike = all(labels.get(key) == value for key, value in wanted.items())
    return alike and all(_meets(each, labels) for each in expressions)


def _meets(expression: JsonObject, labels: dict[str, str]) -> bool:
    key, values = str(expression.get("key")), expression.get("values") or []
    held = {
        "In": labels.get(key) in values,
        "NotIn": labels.get(key) not in values,
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
    }
    return held.get(str(expression.get("operator")), False)
