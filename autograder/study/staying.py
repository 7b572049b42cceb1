"""A learner's workspace for a lab: made when there is none that is still good, used again while there is.

Which one they have is remembered beside their work, never looked for by name: on a cluster that several people use,
another's workspace looks just the same.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from autograder.cluster import remembering
from autograder.cluster.connection import Connection
from autograder.errors import AutograderError
from autograder.study.desks import LEARNER, Desk, closed
from autograder.workspace import Workspace, create, list_workspaces, remove

LIFETIME_S = 8 * 3600.0
"""An evening and its breaks."""
NEAR_ITS_END_S = 3600.0
"""Less than what a lab takes."""

_LOG = logging.getLogger(__name__)
_FILE = "workspace.json"
_NAMES = ("id", "namespace", "grader_namespace", "neighbour", "service_account")


@dataclass(frozen=True)
class Stay:
    """A workspace that a learner may use now."""

    workspace: Workspace
    is_new: bool
    """Whether nothing of theirs is in it yet."""
    instead_of: str = ""
    """What became of the one they had, as the end of a sentence; empty where they had none, or have it still."""


def stay(
    desk: Desk, connection: Connection, *, lifetime_s: float = LIFETIME_S, near_its_end_s: float = NEAR_ITS_END_S
) -> Stay:
    """The workspace that the learner has for this lab, or a new one.

    Args:
        lifetime_s: of a new one.
        near_its_end_s: with less time left than that, the one they have is removed and another made.

    Raises:
        WorkspaceError, RequirementMissing, ClusterUnreachable: none could be made.
    """
    had = _remembered(desk, connection)
    instead_of = ""
    if had is not None:
        instead_of = _why_not(had, connection, near_its_end_s)
        if not instead_of:
            return Stay(had, is_new=False)
        _remove(had.id, connection)
    made = create(connection, desk.lab, LEARNER, lifetime_s=lifetime_s, course=desk.root)
    _remember(desk, made)
    return Stay(made, is_new=True, instead_of=instead_of)


def is_there(desk: Desk, connection: Connection) -> bool:
    """Whether the learner's workspace is on this cluster, and has not run out."""
    had = _remembered(desk, connection)
    return had is not None and not _why_not(had, connection, near_its_end_s=0)


def leave(desk: Desk, connection: Connection) -> bool:
    """Remove the learner's workspace, if they have one here, with all that is in it; whether there was one."""
    had = _remembered(desk, connection)
    (desk.ours / _FILE).unlink(missing_ok=True)
    if had is None:
        return False
    remove(connection, had.id, wait=False)
    return True


def _remember(desk: Desk, workspace: Workspace) -> None:
    names = {name: getattr(workspace, name) for name in _NAMES}
    where = {"server": workspace.connection.server, "expires": workspace.expires.isoformat()}
    remembering.write_json(closed(desk.ours) / _FILE, names | where)


def _remembered(desk: Desk, connection: Connection) -> Workspace | None:
    """What was written down, if it is about this cluster and somebody's hand did not spoil it."""
    record = remembering.read_record(desk.ours / _FILE)
    if record.get("server") != connection.server:
        return None
    try:
        identity, namespace, grader_namespace, neighbour, account = (record[name] for name in _NAMES)
        expires = datetime.fromisoformat(record["expires"]).astimezone(UTC)
    except (KeyError, TypeError, ValueError):
        return None
    return Workspace(
        id=str(identity),
        lab=desk.lab,
        student=LEARNER,
        namespace=str(namespace),
        grader_namespace=str(grader_namespace),
        neighbour=None if neighbour is None else str(neighbour),
        image_prefix=connection.image_prefix,
        expires=expires,
        connection=connection,
        service_account=str(account),
    )


def _why_not(had: Workspace, connection: Connection, near_its_end_s: float) -> str:
    """Why a workspace is not to be used again; empty where it is."""
    there = [each for each in list_workspaces(connection) if each.id == had.id and had.namespace in each.namespaces]
    if not there or there[0].going:
        return "is no longer on the cluster"
    left = had.expires - datetime.now(UTC)
    if there[0].left_behind or left <= timedelta():
        return "had run out"
    if left < timedelta(seconds=near_its_end_s):
        return f"had {int(left.total_seconds() // 60)} minutes left"
    return ""


def _remove(identity: str, connection: Connection) -> None:
    """One that does not go is in nobody's way: every later command that makes a workspace sweeps it."""
    try:
        remove(connection, identity, wait=False)
    except AutograderError as error:
        _LOG.warning("the workspace %s could not be removed: %s", identity, error)
