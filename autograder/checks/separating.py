"""Which nodes are kept from all Pods but those that say that they may go there.

Neither a student nor a grader may look at nodes. Whoever made the workspace could, and wrote it on its namespaces.
"""

from __future__ import annotations

from autograder.checks.api import Api
from autograder.checks.connecting import current
from autograder.errors import ClusterError

_ANNOTATION = "course.autograder/set-apart"


def set_apart(*, namespace: str | None = None) -> list[str]:
    """The names of the nodes that take no Pod without a toleration for their taint.

    Raises:
        ClusterError: nobody has written it down, or there was none when the workspace was made.
    """
    api = current()
    place = namespace or api.place.namespace
    found = set_apart_for(api, place)
    if not found:
        raise ClusterError(
            f"no node was set apart when {place} was made",
            expected=f"its names in the annotation {_ANNOTATION} of the namespace",
            next_step="whoever runs the course opens the workspace again, on a cluster that has such a node",
        )
    return found


def set_apart_for(api: Api, namespace: str) -> list[str]:
    """As `set_apart`; none where nobody wrote it down."""
    found = api.ask("GET", f"/api/v1/namespaces/{namespace}") or {}
    return str((found.get("metadata", {}).get("annotations") or {}).get(_ANNOTATION, "")).split()
