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
from autograder.errors import WorkspaceError
from autograder.workspace import naming
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
    with opened(connection) as api:
        meant = [each for each in _listed(api, older_than_s) if everything or each.left_behind or each.going]
        for each in meant:  # all begin to go before the first is waited for
            _delete(api, each.id)
        if wait:
            _await_all(api, [each.id for each in meant], stuck_after_s=stuck_after_s, deadline_s=deadline_s)
    return sorted(name for each in meant for name in each.namespaces)


def _await_all(api: Api, identities: list[str], *, stuck_after_s: float, deadline_s: float) -> None:
    """One that will not go keeps none of the others from going."""
    stuck: list[WorkspaceError] = []
    for identity in identities:
        try:
            _remove(api, identity, wait=True, stuck_after_s=stuck_after_s, deadline_s=deadline_s)
        except WorkspaceError as error:
            stuck.append(error)
    if stuck:
        raise stuck[0]


def _remove(api: Api, identity: str, *, wait: bool, stuck_after_s: float, deadline_s: float) -> Removed:
    start = time.monotonic()
    names = tuple(_delete(api, identity))
    if not wait or not names:
        return Removed(identity, names, gone=not names)
    query = {"labelSelector": f"{naming.LABEL_WORKSPACE}={identity}"}
    freed: list[str] = []
    deadline = start + deadline_s
    due = start + min(stuck_after_s, deadline_s)
    while not api.until(_NAMESPACES, lambda found: not found, deadline=min(due, deadline), query=query):
        if time.monotonic() >= deadline:
            raise _still_there(api, query)
        for name in names:
            freed += _free(api, name)
        due = time.monotonic() + 2.0  # the controller tries again by itself, later and later
    return Removed(identity, names, gone=True, freed=tuple(freed))


def _delete(api: Api, identity: str) -> list[str]:
    """Ask for the deletion of all namespaces with this id, and of their Pods without delay."""
    found = _namespaces(api, f"{naming.LABEL_WORKSPACE}={identity}")
    for each in found:
        metadata = each["metadata"]
        if "deletionTimestamp" not in metadata:
            api.request(
                "DELETE",
                f"{_NAMESPACES}/{metadata['name']}",
                body={"preconditions": {"uid": metadata["uid"]}},
            ).must(f"delete the namespace {metadata['name']}", accept=_GONE)
        # From here on no new Pod is admitted, so none replaces those that go now. A second is left to them:
        # with none at all the object would be gone while its containers still run.
        _delete_pods(api, metadata["name"], grace_s=1)
    return [each["metadata"]["name"] for each in found]


def _delete_pods(api: Api, namespace: str, *, grace_s: int) -> None:
    api.request("DELETE", f"{_NAMESPACES}/{namespace}/pods", body={"gracePeriodSeconds": grace_s}).must(
        f"delete the Pods of {namespace}", accept=_GONE
    )


def _free(api: Api, namespace: str) -> list[str]:
    """Strike the finalizers off whatever waits for deletion in a namespace that is being deleted."""
    answer = api.get(f"{_NAMESPACES}/{namespace}")
    if "deletionTimestamp" not in answer.body.get("metadata", {}):
        return []
    _delete_pods(api, namespace, grace_s=0)
    freed = []
    for collection in _namespaced_collections(api, namespace):
        for each in api.get(collection).body.get("items") or []:
            metadata = each["metadata"]
            finalizers = metadata.get("finalizers") or []
            if not finalizers or "deletionTimestamp" not in metadata:
                continue
            api.request(
                "PATCH",
                f"{collection}/{metadata['name']}",
                body={"metadata": {"finalizers": None, "uid": metadata["uid"]}},
                content_type="application/merge-patch+json",
            ).must(f"strike the finalizers off {metadata['name']}", accept=_GONE)
            resource = collection.rpartition("/")[2]
            freed.append(f"{namespace}/{resource}/{metadata['name']} ({', '.join(finalizers)})")
            _LOG.warning("finalizers nobody served were removed: %s", freed[-1])
    return freed


def _namespaced_collections(api: Api, namespace: str) -> list[str]:
    """The path of every kind of object that a namespace can hold and an administrator can delete."""
    core = [("/api/v1", api.get("/api/v1").body)]
    groups = api.get("/apis").must("list the API groups").get("groups") or []
    versions = [f"/apis/{each['preferredVersion']['groupVersion']}" for each in groups]
    # A group whose own server is away answers nothing: the controller reports that itself.
    known = core + [(path, api.get(path).body) for path in versions]
    return [
        f"{path}/namespaces/{namespace}/{each['name']}"
        for path, listed in known
        for each in listed.get("resources") or []
        if each["namespaced"] and "/" not in each["name"] and {"list", "patch"} <= set(each["verbs"])
    ]


def _still_there(api: Api, query: dict[str, str]) -> WorkspaceError:
    found = _namespaces(api, query["labelSelector"])
    reasons = [
        condition["message"]
        for each in found
        for condition in each.get("status", {}).get("conditions") or []
        if condition["status"] == "True"
    ]
    names = ", ".join(each["metadata"]["name"] for each in found)
    return WorkspaceError(
        f"{names or 'a namespace'} is still being deleted: {'; '.join(reasons) or 'it is not said why'}",
        expected="a workspace that is gone",
        next_step="`autograder workspace sweep` tries again; `autograder cluster status` says whether the "
        "controller manager runs",
    )


def _listed(api: Api, older_than_s: float) -> list[Leftover]:
    by_id: dict[str, list[Object]] = {}
    for each in _namespaces(api, naming.LABEL_WORKSPACE):
        by_id.setdefault(each["metadata"]["labels"][naming.LABEL_WORKSPACE], []).append(each["metadata"])
    return [_described(identity, found, older_than_s) for identity, found in sorted(by_id.items())]


def _described(identity: str, found: list[Object], older_than_s: float) -> Leftover:
    annotated = found[0].get("annotations") or {}
    return Leftover(
        id=identity,
        lab=annotated.get(naming.LABEL_LAB, ""),
        student=annotated.get(naming.LABEL_STUDENT, ""),
        namespaces=tuple(sorted(each["name"] for each in found)),
        expires=annotated.get(naming.ANNOTATION_EXPIRES, ""),
        going=any("deletionTimestamp" in each for each in found),
        left_behind=naming.is_left_behind(annotated, older_than_s=older_than_s),
    )


def _namespaces(api: Api, selector: str) -> list[Object]:
    listed = api.get(_NAMESPACES, {"labelSelector": selector}).must("list the namespaces of workspaces")
    return list(listed.get("items") or [])
