"""What is seen to before the first workspace is made: rights, what labs need of the cluster, what a crash left.

Every way to a workspace passes here, `nbgrader autograde` and the button in formgrader as well as this package's own
commands. All of it is asked before anything is made, so that what is missing is one message and not a class of
ungraded submissions; it is asked again after a while, since a process may run for days.
"""

from __future__ import annotations

import logging
import threading
import time
from functools import partial
from pathlib import Path

from autograder.cluster.connection import Connection
from autograder.errors import AutograderError, RequirementMissing
from autograder.workspace import naming, needing, rights
from autograder.workspace.defining import install_kinds, require_kinds
from autograder.workspace.manifests import course_root, shared_objects
from autograder.workspace.posting import get, post
from autograder.workspace.pulling import require_images
from autograder.workspace.removing import sweep
from autograder.workspace.requesting import Api, Object, opened

_LOG = logging.getLogger(__name__)
_AGAIN_AFTER_S = 600.0
_CONFLICT = 409

_seen_to: dict[tuple[object, ...], float] = {}
_one_at_a_time = threading.Lock()


def prepare(connection: Connection, lab: str, *, course: Path | None = None) -> None:
    """See that workspaces of a lab can be made here, and sweep away what is nobody's.

    Raises:
        RequirementMissing: rights are missing; or something that the lab needs installed, a node, or images. Names all.
        WorkspaceError: the Pod that tries the images could not be made.
        ClusterUnreachable: the API server does not answer.
    """
    root = course_root(course)
    key = (connection.kubeconfig, connection.further, connection.context, connection.server, root, lab)
    with _one_at_a_time:
        if time.monotonic() - _seen_to.get(key, float("-inf")) < _AGAIN_AFTER_S:
            return
        with opened(connection) as api:
            rights.require(api, root, lab)
            _require_all(connection, api, root, lab)
        try:
            if swept := sweep(connection, wait=False):
                _LOG.info("swept away what was nobody's: %s", ", ".join(swept))
        except AutograderError as error:
            _LOG.warning("what a crash left could not be swept away: %s", error)
        _seen_to[key] = time.monotonic()


def _require_all(connection: Connection, api: Api, root: Path, lab: str) -> None:
    looks = (_require_shared, require_kinds, needing.require, require_images)
    needing.require_each(partial(look, connection, api, root, lab) for look in looks)


def install_shared(connection: Connection, *, course: Path | None = None) -> list[str]:
    """Install what course/cluster/shared/ offers to all namespaces, and the kinds that labs need. Only when asked.

    Returns:
        What was made, as Kind/name; what was there already is left as it is.

    Raises:
        WorkspaceError: it may not be made.
    """
    root = course_root(course)
    with opened(connection) as api:
        return [*_installed(api, shared_objects(root)), *install_kinds(api, root)]


def _require_shared(connection: Connection, api: Api, root: Path, lab: str) -> None:
    mine = [each for each in shared_objects(root) if _serves(each, lab)]
    lacking = [each for each in mine if get(api, each).status == 404]
    if lacking and connection.is_embedded:
        _installed(api, lacking)
    elif lacking:
        raise RequirementMissing(
            f"no {', '.join(_name(each) for each in lacking)} on this cluster",
            expected=f"what {lab} needs installed for all namespaces (course/cluster/shared)",
            next_step="`autograder workspace install`, as somebody who may make it",
        )


def _serves(each: Object, lab: str) -> bool:
    return each["metadata"].get("labels", {}).get(naming.LABEL_SHARED, lab) in (lab, "")


def _installed(api: Api, objects: list[Object]) -> list[str]:
    made = []
    for each in objects:
        answer = post(api, each)
        answer.must(f"create {_name(each)}", accept=(201, _CONFLICT))
        if answer.status != _CONFLICT:
            made.append(_name(each))
    return made


def _name(each: Object) -> str:
    return f"{each['kind']}/{each['metadata']['name']}"
