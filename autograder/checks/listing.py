"""Collections of the API server, read a page at a time.

No answer is read without end, and what fills a collection may be a student: a page that is too large is asked for again
in smaller pieces, down to a single object, which always fits. A whole that is too much to look through is a finding
where it lies in the student's namespace: it must not keep a grader from looking.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from autograder.errors import CheckFailed, ClusterError

if TYPE_CHECKING:
    from autograder.checks.api import Api, JsonObject

LIST_LIMIT_BYTES = 48 * 1024 * 1024
"""no collection is read beyond this, over all of its pages"""
_PAGE_OBJECTS = 250
_LISTINGS = 3
"""how often a collection is read from its start, where it changed too much between two pages"""
_GONE = 410


def everything(api: Api, path: str, query: Mapping[str, str | int | bool]) -> tuple[list[JsonObject], str]:
    """All objects of a collection (or as many as `limit` says), and the version from which it can be watched.

    Raises:
        CheckFailed: what the student put there is more than can be looked through.
        ClusterError: there is no such collection, or this account may not read it.
    """
    for _ in range(_LISTINGS):
        listed = _pages(api, path, dict(query))
        if listed is not None:
            return listed
    raise ClusterError(f"{path} changed faster than it could be read", next_step="nothing is held against the work")


def _pages(api: Api, path: str, query: dict[str, str | int | bool]) -> tuple[list[JsonObject], str] | None:
    """None where a page was no longer to be had."""
    wanted = int(query.pop("limit", 0))
    page = _PAGE_OBJECTS
    found: list[JsonObject] = []
    read_bytes = 0
    while True:
        limit = min(page, wanted - len(found)) if wanted else page
        answer = api.exchange("GET", path, query={**query, "limit": limit})
        if answer.status == 404:
            raise ClusterError(f"the cluster has no {path}", next_step="is what defines this kind installed?")
        if answer.status == _GONE and "continue" in query:
            return None
        api.refuse_refusals(answer, "GET", path)
        if answer.cut and limit > 1:
            page = max(1, limit // 8)
            continue
        read_bytes += len(answer.body)
        if answer.cut or read_bytes > LIST_LIMIT_BYTES:
            raise _too_much(api, path, len(found))
        document = answer.document()
        # The items of a list come without these; whoever is given one should not need to know.
        same = {"apiVersion": document.get("apiVersion"), "kind": str(document.get("kind")).removesuffix("List")}
        found += [{**same, **item} for item in document.get("items") or []]
        metadata = document.get("metadata") or {}
        following = str(metadata.get("continue") or "")
        if not following or (wanted and len(found) >= wanted):
            return found, str(metadata.get("resourceVersion", ""))
        query["continue"] = following


def _too_much(api: Api, path: str, objects: int) -> Exception:
    """A finding where the student filled the collection, ours to mend elsewhere."""
    kind = path.rstrip("/").rpartition("/")[2]
    found = f"more than {LIST_LIMIT_BYTES // 2**20} MiB of {kind}, {objects} of them read so far"
    if f"/namespaces/{api.place.namespace}/" in path:
        return CheckFailed(
            found,
            expected=f"as many {kind} in `{api.place.namespace}` as can be looked through",
            next_step=f"`kubectl get {kind}` shows them; delete what the task does not need",
        )
    return ClusterError(f"{found} in {path}")
