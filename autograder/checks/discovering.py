"""What the API server serves: every kind of object in a namespace, what can be done with it, and what is down.

"Nothing more" can only be asked of what there is. A right to something that no API server serves is a right to
nothing, and a kind that an operator brought is as real as a Pod. So the list comes from the server itself: its
resources and subresources with their verbs, over all groups. What RBAC decides about beside them (such as `bind`)
stands in no such list and is added here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from autograder.checks.api import OUTAGE_PATIENCE_S, Api, JsonObject, NoAnswerError, pause
from autograder.deadlines import scaled
from autograder.errors import ClusterError, ClusterUnreachable

_AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"
RBAC = "rbac.authorization.k8s.io"

BESIDE_THE_LIST = {
    ("*", "*"): ("*",),
    ("", "serviceaccounts"): ("impersonate",),
    (RBAC, "roles"): ("bind", "escalate"),
    (RBAC, "clusterroles"): ("bind",),
    ("security.openshift.io", "securitycontextconstraints"): ("use",),
    ("policy", "podsecuritypolicies"): ("use",),
    # The namespace itself: a Role in it decides about these, though namespaces lie in no namespace.
    ("", "namespaces"): ("get", "update", "patch", "delete"),
    ("", "namespaces/status"): ("get", "update", "patch"),
    ("", "namespaces/finalize"): ("update",),
}
"""verbs that the authorizer is asked about in a namespace and that discovery does not list there"""


@dataclass(frozen=True)
class Served:
    """What an API server serves inside namespaces."""

    verbs: dict[tuple[str, str], tuple[str, ...]]
    """by group and resource, such as `("apps", "deployments/scale")`"""
    silent: tuple[str, ...] = ()
    """groups whose resources could not be listed, as when what serves them is down"""
    stale: tuple[str, ...] = ()
    """groups whose resources are known from before, while what serves them does not answer"""


def served(api: Api) -> Served:
    """Ask the API server what it serves.

    Raises:
        ClusterError: it does not say.
    """
    found: dict[tuple[str, str], set[str]] = {key: set(verbs) for key, verbs in BESIDE_THE_LIST.items()}
    silent: set[str] = set()
    stale: set[str] = set()
    for root in ("/api", "/apis"):
        document = _listed(api, root)
        if str(document.get("kind")) == "APIGroupDiscoveryList":
            _take_aggregated(document, found, silent, stale)
        else:
            _take_one_by_one(api, root, document, found, silent)
    verbs = {key: tuple(sorted(each)) for key, each in sorted(found.items())}
    return Served(verbs, tuple(sorted(silent)), tuple(sorted(stale)))


def _listed(api: Api, root: str) -> JsonObject:
    """One of the two roots of discovery, with everything below it where the server is new enough (1.27)."""
    deadline = time.monotonic() + scaled(OUTAGE_PATIENCE_S)
    while True:
        try:
            answer = api.once("GET", root, headers={"Accept": _AGGREGATED})
            if answer.status == 200 and not answer.cut:
                return answer.document()
            trouble = f"{answer.status}: {answer.message()}"
            if answer.status in (401, 403, 404):
                raise ClusterError(f"the API server does not say what it serves at {root} ({trouble})")
        except NoAnswerError as error:
            trouble = error.reason
        api.meter.count_outage()
        if time.monotonic() >= deadline:
            raise ClusterUnreachable(
                f"the API server does not say what it serves at {root} ({trouble})",
                next_step="nothing is held against the work; try again",
            )
        pause(api, 0.25)


def _take_aggregated(
    document: JsonObject, found: dict[tuple[str, str], set[str]], silent: set[str], stale: set[str]
) -> None:
    for group in document.get("items") or []:
        name = str((group.get("metadata") or {}).get("name") or "")
        for version in group.get("versions") or []:
            resources = version.get("resources") or []
            if version.get("freshness") == "Stale":
                (stale if resources else silent).add(name)
            for resource in resources:
                if resource.get("scope") == "Namespaced":
                    _take(found, name, str(resource.get("resource")), resource)
                    for part in resource.get("subresources") or []:
                        _take(found, name, f"{resource.get('resource')}/{part.get('subresource')}", part)


def _take_one_by_one(
    api: Api, root: str, document: JsonObject, found: dict[tuple[str, str], set[str]], silent: set[str]
) -> None:
    if root == "/api":
        versions = [("", f"/api/{version}") for version in document.get("versions") or []]
    else:
        versions = [
            (str(group.get("name")), f"/apis/{version.get('groupVersion')}")
            for group in document.get("groups") or []
            for version in group.get("versions") or []
        ]
    for group, path in versions:
        try:
            answer = api.once("GET", path)
            listed = answer.document().get("resources") if answer.status == 200 else None
        except NoAnswerError:
            listed = None
        if listed is None:
            silent.add(group)
        for resource in listed or []:
            if resource.get("namespaced"):
                _take(found, group, str(resource.get("name")), resource)


def _take(found: dict[tuple[str, str], set[str]], group: str, resource: str, entry: dict[str, Any]) -> None:
    found.setdefault((group, resource), set()).update(str(verb) for verb in entry.get("verbs") or [])
