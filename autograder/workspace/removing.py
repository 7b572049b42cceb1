"""Taking workspaces away again, and finding the ones a crash left behind.

A workspace is its namespaces; the cluster's own namespace controller empties them. What it cannot do is
done here: Pods are ended without their long farewell, and finalizers that nobody serves any more are struck
off once the objects that carry them have been waiting for too long. Only namespaces with the course's label
are ever asked for, and each is deleted by its UID, so that another one of the same name is not meant.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.errors import AutograderError, WorkspaceError
from autograder.workspace import freeing, naming
from autograder.workspace.requesting import Api, Object, opened

_LOG = logging.getLogger(__name__)
_NAMESPACES = "/api/v1/namespaces"
# Upstream's controller begins five seconds after the deletion; an honest finalizer has had its time by then.
_STUCK_AFTER_S = 10.0
_DEADLINE_S = 90.0
_GONE = (200, 202, 404, 409)


@dataclass(frozen=True)
class Removed:
    """What became of one workspace."""

    workspace_id: str
    """Its id."""
    namespaces: tuple[str, ...]
    """Those it had."""
    gone: bool
    """Whether they are gone; False if nobody waited for it."""
    freed: tuple[str, ...] = ()
    """Objects whose finalizers nobody served, as namespace/resource/name (finalizers)."""


@dataclass(frozen=True)
class Leftover:
    """A workspace that is on the cluster, as its labels tell."""

    id: str
    """What its namespaces are labelled with."""
    lab: str
    """Whose lab, exactly."""
    student: str
    """Which student, exactly."""
    namespaces: tuple[str, ...]
    """All of its namespaces."""
    expires: str
    """RFC 3339."""
    going: bool
    """Whether it is being deleted already."""
    left_behind: bool
    """Whether it has expired, or the process that held it is gone."""
    stuck: bool = False
    """Whether it has been going for longer than anything honest takes."""


def remove(
    connection: Connection,
    workspace_id: str,
    wait: bool = True,
    *,
    stuck_after_s: float = _STUCK_AFTER_S,
    deadline_s: float = _DEADLINE_S,
) -> Removed:
    """Delete a workspace's namespaces and all that is in them. One that is gone already is no error.

    Args:
        connection: the administrator's.
        workspace_id: `Workspace.id`.
        wait: whether to watch until they are gone. If not, they go by themselves, and a sweep finds what
            gets stuck.
        stuck_after_s: how long an object may wait for its finalizers.
        deadline_s: how long to wait in all.

    Raises:
        WorkspaceError: something is still there at the deadline.
    """
    with opened(connection) as api:
        return _remove(api, workspace_id, wait=wait, stuck_after_s=stuck_after_s, deadline_s=deadline_s)


def list_workspaces(connection: Connection, *, older_than_s: float = 0) -> list[Leftover]:
    """The workspaces on the cluster, whoever made them."""
    with opened(connection) as api:
        return _listed(api, older_than_s)


def sweep(
    connection: Connection,
    older_than_s: float = 0,
    *,
    everything: bool = False,
    wait: bool = True,
    stuck_after_s: float = _STUCK_AFTER_S,
    deadline_s: float = _DEADLINE_S,
) -> list[str]:
    """Remove the workspaces that nobody uses: expired, held by a process that is gone, or going already.

    Args:
        connection: the administrator's.
        older_than_s: how long ago they must have expired.
        everything: remove those in use as well.
        wait: whether to watch until they are gone.
        stuck_after_s: how long an object may wait for its finalizers.
        deadline_s: how long to wait for each.

    Returns:
        The names of the namespaces.

    Raises:
        WorkspaceError: something is still there at the deadline.
    """
    failed: list[AutograderError] = []
    with opened(connection) as api:
        found = _listed(api, older_than_s, scaled(stuck_after_s))
        meant = [each for each in found if everything or each.left_behind or each.going]
        for each in meant:  # all begin to go before the first is waited for
            try:
                _delete(api, each.id)
                if each.stuck:
                    _unstick(api, each.namespaces)
            except AutograderError as error:  # one that will not go keeps none of the others from going
                failed.append(error)
        for each in meant if wait else ():
            try:
                _remove(api, each.id, wait=True, stuck_after_s=stuck_after_s, deadline_s=deadline_s)
            except AutograderError as error:
                failed.append(error)
    if failed:
        raise failed[-1]
    return sorted(name for each in meant for name in each.namespaces)


def _remove(api: Api, identity: str, *, wait: bool, stuck_after_s: float, deadline_s: float) -> Removed:
    start = time.monotonic()
    names, freed = _delete(api, identity)
    if not wait or not names:
        return Removed(identity, names, gone=not names, freed=tuple(freed))
    query = {"labelSelector": f"{naming.LABEL_WORKSPACE}={identity}"}
    refused: list[str] = []
    deadline = start + scaled(deadline_s)
    due = start + min(scaled(stuck_after_s), scaled(deadline_s))
    while not api.until(_NAMESPACES, lambda found: not found, deadline=min(due, deadline), query=query):
        if time.monotonic() >= deadline:
            raise _still_there(api, query, refused)
        more, refused = _unstick(api, names)
        freed += more
        due = time.monotonic() + 2.0  # the controller tries again by itself, later and later
    return Removed(identity, names, gone=True, freed=tuple(freed))


def _delete(api: Api, identity: str) -> tuple[tuple[str, ...], list[str]]:
    """Ask for the deletion of all namespaces with this id, and for what is in them to go without delay.

    Returns:
        Their names, and the objects whose finalizers were taken off.

    Raises:
        WorkspaceError: one of them may not be deleted; the others are.
    """
    found = _namespaces(api, f"{naming.LABEL_WORKSPACE}={identity}")
    refused: list[WorkspaceError] = []
    for metadata in (each["metadata"] for each in found if "deletionTimestamp" not in each["metadata"]):
        try:
            api.request(
                "DELETE",
                f"{_NAMESPACES}/{metadata['name']}",
                body={"preconditions": {"uid": metadata["uid"]}},
            ).must(f"delete the namespace {metadata['name']}", accept=_GONE)
        except WorkspaceError as error:
            refused.append(error)
    if refused:
        raise refused[0]
    freed: list[str] = []
    for metadata in (each["metadata"] for each in found):
        # From here on no new Pod is admitted, so none replaces those that go now. A second is left to them:
        # with none at all the object would be gone while its containers still run.
        _delete_pods(api, metadata["name"], grace_s=1)
        if metadata["labels"].get(naming.LABEL_ROLE) == "student":
            freed += freeing.strike(api, metadata["name"], own_too=False).struck
    return tuple(each["metadata"]["name"] for each in found), freed


def _delete_pods(api: Api, namespace: str, *, grace_s: int) -> None:
    """Sooner than by themselves; where that is refused, they go with their namespace all the same."""
    answer = api.request("DELETE", f"{_NAMESPACES}/{namespace}/pods", body={"gracePeriodSeconds": grace_s})
    if answer.status not in _GONE:
        _LOG.warning("the Pods of %s take their own time to end: %s", namespace, answer.message)


def _unstick(api: Api, namespaces: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """What was freed in namespaces that have been going for too long, and where that was refused."""
    freed: list[str] = []
    refused: list[str] = []
    for name in namespaces:
        answer = api.get(f"{_NAMESPACES}/{name}")
        if "deletionTimestamp" not in answer.body.get("metadata", {}):
            continue
        _delete_pods(api, name, grace_s=0)
        done = freeing.strike(api, name, own_too=True)
        freed += done.struck
        refused += done.refused
        if finished := freeing.finish(api, name):
            freed.append(finished)
    return freed, refused


def _still_there(api: Api, query: dict[str, str], refused: list[str]) -> WorkspaceError:
    found = _namespaces(api, query["labelSelector"])
    conditions = {
        condition["type"]: condition["message"]
        for each in found
        for condition in each.get("status", {}).get("conditions") or []
        if condition["status"] == "True"
    }
    names = ", ".join(each["metadata"]["name"] for each in found)
    reasons = "; ".join([*conditions.values(), *refused])
    if "NamespaceDeletionDiscoveryFailure" in conditions:
        hint = "`kubectl get apiservices` shows which API has no server: mend it or remove it, then "
    elif refused:
        hint = "apply course/cluster/operator/instructor.yaml, which allows it, then "
    else:
        hint = "if nothing changes, see whether the cluster's controller manager runs; then "
    return WorkspaceError(
        f"{names or 'a namespace'} is still being deleted: {reasons or 'it is not said why'}",
        expected="a workspace that is gone",
        next_step=f"{hint}`autograder workspace sweep` tries again",
    )


def _listed(api: Api, older_than_s: float, stuck_after_s: float = _STUCK_AFTER_S) -> list[Leftover]:
    by_id: dict[str, list[Object]] = {}
    for each in _namespaces(api, naming.LABEL_WORKSPACE):
        by_id.setdefault(each["metadata"]["labels"][naming.LABEL_WORKSPACE], []).append(each["metadata"])
    return [_described(identity, found, older_than_s, stuck_after_s) for identity, found in sorted(by_id.items())]


def _described(identity: str, found: list[Object], older_than_s: float, stuck_after_s: float) -> Leftover:
    annotated = found[0].get("annotations") or {}
    return Leftover(
        id=identity,
        lab=annotated.get(naming.LABEL_LAB, ""),
        student=annotated.get(naming.LABEL_STUDENT, ""),
        namespaces=tuple(sorted(each["name"] for each in found)),
        expires=annotated.get(naming.ANNOTATION_EXPIRES, ""),
        going=any("deletionTimestamp" in each for each in found),
        left_behind=naming.is_left_behind(annotated, older_than_s=older_than_s),
        stuck=any(naming.is_past(each.get("deletionTimestamp", ""), stuck_after_s) for each in found),
    )


def _namespaces(api: Api, selector: str) -> list[Object]:
    listed = api.get(_NAMESPACES, {"labelSelector": selector}).must("list the namespaces of workspaces")
    return list(listed.get("items") or [])
