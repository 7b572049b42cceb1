"""What a workspace began with, and whether it is still as it was given.

A workspace's quotas are made last of all, before anybody works in it, and a student's account may not write them. So
whatever was given is no younger than they are, and has not been written since. The API server alone sets when an object
was made, how often its specification was changed, and at which version it was last written.
"""

from __future__ import annotations

from dataclasses import dataclass

from autograder.checks import looking
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, kind_of, target_of
from autograder.checks.settling import moment
from autograder.errors import CheckFailed, ClusterError

_GUARD = "course.autograder/guard"
_AS_GIVEN = "it as it was given"


@dataclass(frozen=True)
class _Beginning:
    """The moment at which a workspace was whole."""

    at: float
    """by the cluster's clock, in whole seconds since 1970"""
    version: int | None
    """of what was written then; None where versions are no numbers"""


def given(kind: str, *, namespace: str | None = None) -> list[JsonObject]:
    """The objects of a kind that the workspace began with and that are still there, whatever became of them."""
    api = current()
    where = namespace or api.place.namespace
    began = _beginning(api, where)
    found, _ = api.items(kind_of(api, kind).collection(where))
    return [each for each in found if _is_given(each, began)]


def untouched(target: str | JsonObject, *, namespace: str | None = None) -> JsonObject:
    """The object, which is as the workspace began with it.

    Neither what it asks for nor a label or an annotation was changed; what the cluster writes to a status is no change.

    Raises:
        CheckFailed: it is gone, was made later, or was changed.
        ClusterError: the namespace is none of the course's.
    """
    api = current()
    found = target_of(api, target, namespace)
    document = looking.get_object(target, namespace=namespace)
    began = _beginning(api, found.namespace)
    if not _is_given(document, began):
        raise CheckFailed(
            f"{found} was made after the workspace was: the one that was given is gone",
            expected=_AS_GIVEN,
            next_step="what was deleted is not given back by making it again; a new workspace has it",
        )
    if _was_changed(document, began):
        raise CheckFailed(
            f"{found} has been changed since it was given",
            expected=_AS_GIVEN,
            next_step="a change that is taken back is a change as well; a new workspace has it as it was",
        )
    return document


def _beginning(api: Api, namespace: str) -> _Beginning:
    quotas, _ = api.items(KNOWN["resourcequotas"].collection(namespace), query={"labelSelector": _GUARD})
    made = [moment(each["metadata"].get("creationTimestamp")) for each in quotas]
    versions = [_version(each) for each in quotas]
    times = [each for each in made if each is not None]
    if not times:
        raise ClusterError(
            f"`{namespace}` has no quota of the course's, so nothing says when it was handed out",
            next_step="is this a workspace? `autograder workspace open` makes one",
        )
    # Of several the one that counts nothing here is never written again; the others' versions grow with each Pod.
    numbers = [each for each in versions if each is not None]
    return _Beginning(max(times), min(numbers) if len(numbers) == len(quotas) else None)


def _is_given(document: JsonObject, began: _Beginning) -> bool:
    made = moment(document["metadata"].get("creationTimestamp"))
    return made is not None and made <= began.at


def _was_changed(document: JsonObject, began: _Beginning) -> bool:
    metadata = document["metadata"]
    if int(metadata.get("generation") or 1) > 1:
        return True
    written = [each for each in metadata.get("managedFields") or [] if each.get("subresource") != "status"]
    if any((moment(each.get("time")) or 0.0) > began.at for each in written):
        return True
    # Where nobody writes a status, the object's version is that of the last word about what it should be.
    last, has_status = _version(document), len(written) < len(metadata.get("managedFields") or [])
    return not has_status and None not in (last, began.version) and last > began.version  # type: ignore[operator]


def _version(document: JsonObject) -> int | None:
    said = str(document["metadata"].get("resourceVersion") or "")
    return int(said) if said.isdecimal() and said.isascii() else None
