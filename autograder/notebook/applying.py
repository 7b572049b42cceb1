"""Objects to the API server by server-side apply, one at a time, and what became of each.

What is applied again with the same content changes nothing; what somebody else wrote into the same fields is
overwritten, as with `kubectl apply`. Unknown fields are refused rather than dropped: a misspelt one would otherwise be
gone without a word.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from autograder.checks.api import Api, JsonObject, NoAnswerError, pause
from autograder.checks.kinds import Kind
from autograder.deadlines import scaled
from autograder.errors import AutograderError, ClusterUnreachable
from autograder.notebook.manifests import Written
from autograder.notebook.pointing import Complaint, complaints

_MANAGER = "notebook"
_BUSY = (429, 503, 504)
_TRIES = 20
Became = Literal["created", "configured", "unchanged", "refused"]


@dataclass(frozen=True)
class Applied:
    """What became of one object."""

    name: str
    """as kubectl shows it: deployment.apps/sentiment"""
    became: Became
    complaints: tuple[Complaint, ...] = ()
    """why it was refused"""
    warnings: tuple[str, ...] = ()
    """what the API server said beside its answer"""


def apply(api: Api, objects: list[Written]) -> Iterator[Applied]:
    """Apply objects in their order; one that is refused does not keep the next from being tried.

    Raises:
        ClusterUnreachable: the API server does not answer.
    """
    for each in objects:
        try:
            yield _apply(api, each)
        except ClusterUnreachable:
            raise
        except AutograderError as error:
            yield Applied(_plain_name(each), "refused", (Complaint(each.line, str(error)),))


def _apply(api: Api, written: Written) -> Applied:
    document = written.document
    metadata = document.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not isinstance(name, str) or not name:
        made_up = isinstance(metadata, dict) and "generateName" in metadata
        more = " (`generateName` makes a new one each time: `kubectl create -f`)" if made_up else ""
        return Applied(_plain_name(written), "refused", (Complaint(written.line, f"it has no metadata.name{more}"),))
    kind, problem = _kind(api, str(document["apiVersion"]), str(document["kind"]))
    if kind is None:
        key = "apiVersion" if problem.startswith("apiVersion") else "kind"
        return Applied(_plain_name(written), "refused", (Complaint(written.line_of([key]), problem),))
    shown = f"{kind.name.lower()}{'.' if kind.group else ''}{kind.group}/{name}"
    path = f"{kind.collection(str(metadata.get('namespace') or api.place.namespace))}/{name}"  # type: ignore[union-attr]
    before = _version(_exchange(api, "GET", path, None)[1])
    status, answer, warnings = _patched(api, path, document)
    if status >= 400:
        return Applied(shown, "refused", tuple(complaints(answer, written)), warnings)
    became: Became = "created" if status == 201 else "unchanged" if before == _version(answer) else "configured"
    return Applied(shown, became, (), warnings)


def _patched(api: Api, path: str, document: JsonObject) -> tuple[int, JsonObject, tuple[str, ...]]:
    return _exchange(api, "PATCH", path, json.dumps(document, default=str).encode())


def _exchange(api: Api, method: str, path: str, body: bytes | None) -> tuple[int, JsonObject, tuple[str, ...]]:
    """One request, repeated while the API server is busy or away for a moment: applying twice is applying once."""
    query: dict[str, str | int | bool] = {}
    headers: dict[str, str] = {}
    if body is not None:
        query = {"fieldManager": _MANAGER, "force": True, "fieldValidation": "Strict"}
        headers = {"Content-Type": "application/apply-patch+yaml"}
    trouble = ""
    for _ in range(_TRIES):
        try:
            answer = api.once(method, path, query=query, body=body, headers=headers, timeout_s=30.0)
        except NoAnswerError as error:
            trouble = error.reason
        else:
            if answer.status not in _BUSY:
                return answer.status, answer.document(), _warnings(answer.headers.get("warning", ""))
            trouble = f"{answer.status}: {answer.message()}"
        pause(api, scaled(0.25))
    raise ClusterUnreachable(
        f"the API server at {api.account.server} does not answer ({trouble})",
        next_step="is the cluster running? `kubectl version` asks it; then run the cell again",
    )


def _kind(api: Api, version: str, name: str) -> tuple[Kind | None, str]:
    """The kind as the cluster serves it, or what is wrong with how it is called."""
    root = f"/apis/{version}" if "/" in version else f"/api/{version}"
    listed = (api.ask("GET", root) or {}).get("resources") or []
    for entry in listed:
        if entry.get("kind") == name and "/" not in str(entry.get("name")):
            return Kind(version, str(entry["name"]), name, bool(entry.get("namespaced"))), ""
    there = sorted({str(each.get("kind")) for each in listed})
    close = next(iter(difflib.get_close_matches(name, there, 1, 0.7)), "") or next(
        (each for each in there if each.lower() == name.lower()), ""
    )
    if close:
        return None, f"{version} has no kind `{name}`: is `{close}` meant?"
    elsewhere = _versions_with(api, name)
    if elsewhere:
        return None, f"apiVersion `{version}` has no kind `{name}`: it is in {', '.join(elsewhere)}"
    if not listed:
        return None, f"apiVersion `{version}` is not served by this cluster"
    return None, f"this cluster has no kind `{name}`: `kubectl api-resources` lists what it has"


def _versions_with(api: Api, name: str) -> list[str]:
    found = []
    groups = (api.ask("GET", "/apis") or {}).get("groups") or []
    versions = ["v1", *(str((each.get("preferredVersion") or {}).get("groupVersion")) for each in groups)]
    for version in versions:
        listed: list[dict[str, Any]] = (
            api.ask("GET", f"/apis/{version}" if "/" in version else f"/api/{version}") or {}
        ).get("resources") or []
        if any(each.get("kind") == name and "/" not in str(each.get("name")) for each in listed):
            found.append(f"`{version}`")
    return found


def _version(document: JsonObject) -> str:
    metadata = document.get("metadata")
    return str(metadata.get("resourceVersion")) if isinstance(metadata, dict) and "uid" in metadata else ""


def _warnings(header: str) -> tuple[str, ...]:
    """The texts of `Warning: 299 - "…"` headers."""
    return tuple(part.split('"')[1].replace("\\", "") for part in header.split("299 - ") if part.count('"') >= 2)


def _plain_name(written: Written) -> str:
    metadata = written.document.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return f"{str(written.document.get('kind')).lower()}/{name or '?'}"
