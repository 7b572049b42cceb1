"""What keeps a namespace from going: finalizers that nobody serves, and API servers that do not answer.

A student may write a finalizer on anything they may write, and Kubernetes then waits for somebody to take it off. In
a namespace of a workspace that is being deleted nobody is meant to: those of strangers go at once, the cluster's own
after they had their time. A group of the API whose own server is away keeps the namespace controller from finishing;
where all else is gone, the namespace is finished here. Only ever asked of namespaces that carry the course's label.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.errors import ClusterUnreachable
from autograder.workspace.requesting import Api, Object

_LOG = logging.getLogger(__name__)
_GONE = (200, 202, 404, 409)
_DISCOVERY = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"
_METADATA = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
_PAGE = 500
_KNOWN_S = 300.0
"""how long the kinds of a cluster are taken to be the same"""
_OWN_DOMAINS = ("kubernetes.io", "k8s.io")


@dataclass(frozen=True)
class Kinds:
    """What a namespace of this cluster can hold."""

    collections: tuple[tuple[str, str], ...]
    """the path of a group's version, and a plural in it"""
    dead: tuple[str, ...]
    """groups whose own server does not answer"""


@dataclass
class Freed:
    """What was done to let a namespace go."""

    struck: list[str]
    """objects whose finalizers were taken off, as namespace/resource/name (finalizers)"""
    refused: list[str]
    """those where that was refused, and what was said"""
    left: int = 0
    """objects that were there"""


_known: dict[str, tuple[Kinds | None, float]] = {}


def kinds(api: Api) -> Kinds:
    """Every kind that can be listed and changed, asked once in a few minutes."""
    known, since = _known.get(api.host, (None, 0.0))
    if known is None or time.monotonic() - since > _KNOWN_S:
        known = _discovered(api)
        _known[api.host] = (known, time.monotonic())
    return known


def forget(api: Api) -> None:
    """Ask anew which kinds there are, since some were defined."""
    _known.pop(api.host, None)


def strike(api: Api, namespace: str, *, own_too: bool) -> Freed:
    """Take finalizers off whatever is in a namespace that is being deleted.

    Args:
        own_too: also those that Kubernetes itself serves.
    """
    freed = Freed([], [])
    for group, plural in kinds(api).collections:
        path = f"{group}/namespaces/{namespace}/{plural}"
        for metadata in _objects(api, path):
            freed.left += 1
            finalizers = metadata.get("finalizers") or []
            kept = [] if own_too else [each for each in finalizers if _is_own(each)]
            if len(kept) == len(finalizers):
                continue
            if "deletionTimestamp" not in metadata:
                # Whoever put it there may run for a second yet, and puts it back onto what stays, not onto what goes.
                doomed = {"preconditions": {"uid": metadata["uid"]}}
                api.request("DELETE", f"{path}/{metadata['name']}", body=doomed)
            answer = api.request(
                "PATCH",
                f"{path}/{metadata['name']}",
                body={"metadata": {"finalizers": kept or None, "uid": metadata["uid"]}},
                content_type="application/merge-patch+json",
            )
            gone = ", ".join(each for each in finalizers if each not in kept)
            name = f"{namespace}/{plural}/{metadata['name']} ({gone})"
            if answer.status in _GONE:
                freed.struck.append(name)
                _LOG.warning("finalizers nobody served were removed: %s", name)
            else:
                freed.refused.append(f"{name}: {answer.message}")
    return freed


def finish(api: Api, namespace: str) -> str:
    """Let a namespace go that waits for nothing but a group of the API whose server is away.

    Returns:
        What was done, in words; empty where there was nothing to do.
    """
    path = f"/api/v1/namespaces/{namespace}"
    answer = api.get(path)
    found = answer.body
    if answer.status != 200 or "deletionTimestamp" not in found.get("metadata", {}):
        return ""
    waits_for = {
        each["type"]: str(each.get("message"))
        for each in found.get("status", {}).get("conditions") or []
        if each["status"] == "True"
    }
    if set(waits_for) != {"NamespaceDeletionDiscoveryFailure"} or strike(api, namespace, own_too=False).left:
        return ""
    found["spec"] = {**found.get("spec", {}), "finalizers": []}
    answer = api.request("PUT", f"{path}/finalize", body=found)
    if answer.status not in _GONE:
        return ""
    _LOG.warning("%s was empty and waited for an API whose server does not answer: it was finished", namespace)
    return f"{namespace} ({waits_for['NamespaceDeletionDiscoveryFailure']})"


def _is_own(finalizer: str) -> bool:
    domain, slash, _ = finalizer.partition("/")
    return not slash or domain in _OWN_DOMAINS or domain.endswith(tuple(f".{each}" for each in _OWN_DOMAINS))


def _objects(api: Api, path: str) -> Iterator[Object]:
    """The metadata of a collection's objects; nothing where it cannot be listed."""
    more = ""
    while True:
        query = {"limit": str(_PAGE), **({"continue": more} if more else {})}
        try:
            answer = api.request("GET", path, query=query, accept=_METADATA)
        except ClusterUnreachable:
            return  # its server is away: the controller says so itself
        if answer.status != 200:
            return
        for each in answer.body.get("items") or []:
            yield each["metadata"]
        more = (answer.body.get("metadata") or {}).get("continue") or ""
        if not more:
            return


def _discovered(api: Api) -> Kinds:
    found: dict[tuple[str, str], None] = {}
    dead: list[str] = []
    for root in ("/api", "/apis"):
        answer = api.request("GET", root, accept=_DISCOVERY)
        listed = answer.must(f"list the kinds under {root}")
        if listed["kind"] != "APIGroupDiscoveryList":
            return _kinds_group_by_group(api)
        for group in listed.get("items") or []:
            name = group.get("metadata", {}).get("name") or ""
            versions = group.get("versions") or []
            if versions and versions[0].get("freshness") == "Stale":
                dead.append(name)
                continue
            for version in versions[:1]:
                path = f"/apis/{name}/{version['version']}" if name else f"/api/{version['version']}"
                for each in version.get("resources") or []:
                    if each.get("scope") == "Namespaced" and {"list", "patch"} <= set(each.get("verbs") or []):
                        found[path, each["resource"]] = None
    return Kinds(tuple(found), tuple(dead))


def _kinds_group_by_group(api: Api) -> Kinds:
    """For servers before 1.30, which do not tell everything at once."""
    groups = api.get("/apis").must("list the API groups").get("groups") or []
    versions = ["/api/v1", *(f"/apis/{each['preferredVersion']['groupVersion']}" for each in groups)]
    found: list[tuple[str, str]] = []
    dead: list[str] = []
    for path in versions:
        try:
            answer = api.get(path)
        except ClusterUnreachable:
            dead.append(path)
            continue
        if answer.status != 200:
            dead.append(path)
        found += [
            (path, each["name"])
            for each in answer.body.get("resources") or []
            if each["namespaced"] and "/" not in each["name"] and {"list", "patch"} <= set(each["verbs"])
        ]
    return Kinds(tuple(found), tuple(dead))
