"""Puts a workspace's guardrails back where somebody took them away.

Some labs let a student write Roles, and with them the Role that lets the grader look. Where the course's admission
policies are installed the API server refuses that; on a cluster without them, what bears the course's mark is
remembered before a student's first cell and put back before anybody judges.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from autograder.deadlines import scaled
from autograder.workspace.place import Workspace
from autograder.workspace.requesting import Api, Object, opened, poll

LABEL_GUARD = "course.autograder/guard"
ANNOTATION_HELD = "course.autograder/held"
"""on the Role `grader`: the admission policy `course-held` refuses whoever would change rights meanwhile"""
_KINDS = {
    "roles": "/apis/rbac.authorization.k8s.io/v1",
    "rolebindings": "/apis/rbac.authorization.k8s.io/v1",
    "networkpolicies": "/apis/networking.k8s.io/v1",
    "resourcequotas": "/api/v1",
    "limitranges": "/api/v1",
}
_MEANT = ("rules", "roleRef", "subjects", "spec")
_IN_FORCE_S = 10.0
_GONE = 404
_IMMUTABLE = 422


@dataclass
class Guard:
    """The guardrails of one workspace as they were made."""

    workspace: Workspace
    """Whose student's namespace they lie in."""
    _made: dict[tuple[str, str], Object] = field(default_factory=dict)

    def remember(self) -> None:
        """Before anything of a student's runs.

        Raises:
            WorkspaceError: they cannot be read.
            ClusterUnreachable: the API server does not answer.
        """
        with opened(self.workspace.connection) as api:
            self._made = self._present(api)

    def restore(self) -> list[str]:
        """Put back what is missing or was changed, and say what that was.

        Raises:
            WorkspaceError: it could not be put back.
            ClusterUnreachable: the API server does not answer.
        """
        remarks = []
        with opened(self.workspace.connection) as api:
            present = self._present(api)
            for (plural, name), made in self._made.items():
                found = present.get((plural, name))
                if found is not None and _meant(found) == _meant(made):
                    continue
                self._put_back(api, plural, made)
                done = "taken away" if found is None else "changed"
                remarks.append(f"the workspace's own {made['kind']} `{name}` had been {done}, and was put back")
            if remarks:
                poll(partial(self._grader_may_look, api), deadline=time.monotonic() + scaled(_IN_FORCE_S))
        return remarks

    def hold(self, still: bool) -> None:
        """From here on nobody of the workspace changes rights or accounts in it, or may again.

        What runs in the student's Pods is not frozen with the sandbox, and could take rights back while they are looked
        at; so could the garbage collector, which follows the owner references that somebody wrote. Where the course's
        admission policies are not installed, nothing is held.

        Raises:
            WorkspaceError: it was refused.
            ClusterUnreachable: the API server does not answer.
        """
        path = f"{_KINDS['roles']}/namespaces/{self.workspace.namespace}/roles/grader"
        change = {"metadata": {"annotations": {ANNOTATION_HELD: "true" if still else None}}}
        with opened(self.workspace.connection) as api:
            answer = api.request("PATCH", path, body=change, content_type="application/merge-patch+json")
            answer.must("hold rights still", accept=(200, _GONE))  # put back where it is gone

    def _present(self, api: Api) -> dict[tuple[str, str], Object]:
        found = {}
        for plural, group in _KINDS.items():
            path = f"{group}/namespaces/{self.workspace.namespace}/{plural}"
            listed = api.get(path, {"labelSelector": LABEL_GUARD}).must(f"list {path}")
            kind = str(listed.get("kind", "")).removesuffix("List")
            for each in listed.get("items") or []:
                version = {"apiVersion": listed.get("apiVersion"), "kind": kind}
                found[plural, str(each["metadata"]["name"])] = {**version, **each}
        return found

    def _put_back(self, api: Api, plural: str, made: Object) -> None:
        name = made["metadata"]["name"]
        place = f"{_KINDS[plural]}/namespaces/{self.workspace.namespace}/{plural}"
        clean = _clean(made)
        answer = api.request("PUT", f"{place}/{name}", body=clean)
        if answer.status == _IMMUTABLE:  # what a binding refers to can only be made anew
            api.request("DELETE", f"{place}/{name}").must(f"remove a changed {made['kind']}", accept=(200, 202, _GONE))
            answer = api.post(place, clean)
        elif answer.status == _GONE:
            answer = api.post(place, clean)
        answer.must(f"put {made['kind']} {name} back")

    def _grader_may_look(self, api: Api) -> bool:
        workspace = self.workspace
        review = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "LocalSubjectAccessReview",
            "metadata": {"namespace": workspace.namespace},
            "spec": {
                "user": f"system:serviceaccount:{workspace.grader_namespace}:{workspace.grader_account}",
                "resourceAttributes": {"namespace": workspace.namespace, "verb": "list", "resource": "pods"},
            },
        }
        path = f"/apis/authorization.k8s.io/v1/namespaces/{workspace.namespace}/localsubjectaccessreviews"
        return bool((api.post(path, review).body.get("status") or {}).get("allowed"))


def _meant(document: Object) -> dict[str, Any]:
    meant = {part: document.get(part) for part in _MEANT}
    return {**meant, "guard": (document["metadata"].get("labels") or {}).get(LABEL_GUARD)}


def _clean(document: Object) -> Object:
    """As it was made, without what the API server noted about it."""
    metadata = {
        key: document["metadata"][key] for key in ("name", "namespace", "labels") if key in document["metadata"]
    }
    return {key: value for key, value in {**document, "metadata": metadata}.items() if key != "status"}
