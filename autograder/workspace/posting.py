"""An object of a manifest, sent to where the API server keeps its kind."""

from __future__ import annotations

from functools import lru_cache

from autograder.errors import WorkspaceError
from autograder.workspace.requesting import Answer, Api, Object


def post(api: Api, each: Object) -> Answer:
    """Create the object."""
    return api.post(_collection(api, each), each)


def get(api: Api, each: Object) -> Answer:
    """What is there under the object's name."""
    return api.get(f"{_collection(api, each)}/{each['metadata']['name']}")


def _collection(api: Api, each: Object) -> str:
    version, kind = str(each["apiVersion"]), str(each["kind"])
    plural, namespaced = _resource(api, version, kind)
    place = f"/namespaces/{each['metadata']['namespace']}" if namespaced else ""
    return f"{_base(version)}{place}/{plural}"


def _base(version: str) -> str:
    return f"/api/{version}" if "/" not in version else f"/apis/{version}"


def _resource(api: Api, version: str, kind: str) -> tuple[str, bool]:
    """How a kind is written in a path, and whether it lies in a namespace."""
    known = _resources(api.host, version)
    if kind not in known:
        listed = api.get(_base(version)).must(f"list the kinds of {version}")["resources"]
        known.update({each["kind"]: (each["name"], each["namespaced"]) for each in listed if "/" not in each["name"]})
    if kind not in known:
        raise WorkspaceError(
            f"the cluster has no {kind} in {version}",
            next_step="correct the manifest under course/cluster, or install what defines this kind",
        )
    return known[kind]


@lru_cache(maxsize=256)
def _resources(host: str, version: str) -> dict[str, tuple[str, bool]]:
    """What is known so far of one API group's version on one cluster: asked once, not once per workspace."""
    return {}
