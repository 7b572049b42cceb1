"""Every object in a namespace, of whatever kind: the API server itself says which kinds there are."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.checks import discovering, evidence
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import Kind, kind_of


def everything(*, apart_from: Sequence[str] = (), namespace: str | None = None) -> list[JsonObject]:
    """All objects that are kept in a namespace, each once, a resource that an operator brought included.

    What a student's own account may not list is left out where it is a student who asks; the grader may list all.

    Args:
        apart_from: kinds to leave out, in any spelling, such as `["secrets"]`.
        namespace: the student's, if nothing else is said.

    Raises:
        CheckFailed: what the student put there is more than can be looked at.
        ClusterError: the API server does not say what there is, or the grader may not read it.
    """
    api = current()
    where = namespace or api.place.namespace
    left_out = {(kind.group, kind.plural) for kind in (kind_of(api, each) for each in apart_from)}
    found: dict[str, JsonObject] = {}
    for kind in _kinds(api, left_out):
        path = kind.collection(where)
        if not api.place.grading and api.exchange("GET", path, query={"limit": 1}).status in (403, 404, 405):
            continue
        for each in api.items(path)[0]:
            uid = each["metadata"].get("uid")
            if uid:  # what has none is computed when it is asked for, and kept nowhere
                found.setdefault(str(uid), each)
    return list(found.values())


def _kinds(api: Api, left_out: set[tuple[str, str]]) -> list[Kind]:
    served = discovering.served(api)
    away = {*served.silent, *served.stale}
    if away:
        evidence.saw_text(
            "output", "what the API server serves", f"could not be looked into: {', '.join(sorted(away))}"
        )
    return [
        kind_of(api, f"{resource}.{group}".rstrip("."))
        for (group, resource), verbs in served.verbs.items()
        if group not in away and "list" in verbs and "/" not in resource and (group, resource) not in left_out
    ]
