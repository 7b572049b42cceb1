"""What an instructor must be allowed on a cluster, worked out from the manifests, and whether they are.

Making a workspace takes the rights to make what course/cluster/ holds, and, since nobody may give away what they do
not hold, every right that its Roles give. All are asked for before anything is made, in one review of the account's
own rules; only what those do not show is asked for singly, as other authorizers than RBAC may allow it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import yaml

from autograder.cluster.connection import Connection
from autograder.errors import RequirementMissing
from autograder.workspace.manifests import course_root, shared_objects, workspace_objects
from autograder.workspace.requesting import Api, Object, opened

MANIFEST = "course/cluster/operator/instructor.yaml"
_REVIEWED_AS_ONE = 8
_ROLE = "course:instructor"
_HEADING = """\
# What somebody who is not a cluster administrator needs to make workspaces and to grade in them: these rules and no
# others. An administrator writes that person's name in place of INSTRUCTOR and applies it, and then once installs what
# labs need for all with `autograder workspace install`.
#
# Most of it is what a workspace's own Roles give to a student and to the grader: nobody may give away rights that they
# do not hold. Written by `autograder workspace rights --manifest`; a test says when it is stale.
"""
_RBAC = "rbac.authorization.k8s.io"


@dataclass(frozen=True, order=True)
class Right:
    """One verb on one kind of object."""

    group: str
    """of the API; empty for the first"""
    resource: str
    """with its subresource, as in `pods/log`"""
    verb: str
    name: str = ""
    """of the only object that is meant; empty for all"""
    why: str = ""
    """`granted` where a Role gives it away, so that `escalate` would do instead"""


# What creating, watching and removing takes beside the manifests themselves.
_ALWAYS: tuple[tuple[str, str, str], ...] = (
    ("", "namespaces", "create get list watch delete"),
    ("", "namespaces/finalize", "update"),
    ("", "pods", "list deletecollection"),
    ("", "serviceaccounts", "list watch"),
    ("", "serviceaccounts/token", "create"),
    ("", "configmaps", "list watch"),
    ("", "resourcequotas", "list watch"),
    ("", "nodes", "list"),
    ("discovery.k8s.io", "endpointslices", "list"),
    ("authorization.k8s.io", "localsubjectaccessreviews", "create"),
    (_RBAC, "roles", "patch"),
)


def needed(root: Path, labs: Iterable[str]) -> list[Right]:
    """Every right that workspaces of these labs take."""
    found: set[Right] = {Right(group, resource, verb) for group, resource, verbs in _ALWAYS for verb in verbs.split()}
    shared = {each["metadata"]["name"] for each in shared_objects(root)}
    for lab in labs:
        for each in workspace_objects(root, lab, _names()):
            group, kind = _group(each), str(each["kind"])
            found.add(Right(group, _plural(kind), "create"))
            if kind in ("Role", "ClusterRole"):
                found |= set(_granted(each))
            role = each.get("roleRef") or {}
            if role.get("kind") == "ClusterRole" and kind == "RoleBinding":
                found.add(Right(_RBAC, "clusterroles", "bind", str(role["name"])))
    found |= {Right(_RBAC, "clusterroles", "get", name) for name in shared}
    return sorted(found)


def missing(api: Api, rights: Iterable[Right]) -> list[Right]:
    """Those of the rights that the account does not have."""
    review = {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview"}
    # In a namespace that nobody has a binding in, what is allowed is allowed everywhere.
    asked = {**review, "spec": {"namespace": "autograder-asks-for-rights"}}
    status = api.post("/apis/authorization.k8s.io/v1/selfsubjectrulesreviews", asked).must("say what you may do")
    rules = (status.get("status") or {}).get("resourceRules") or []
    unseen = [right for right in rights if not any(_covers(rule, right) for rule in rules)]
    exempt = [right for right in unseen if right.why == "granted"]
    if exempt and _allowed(api, Right(_RBAC, "roles", "escalate")) and _allowed(api, Right(_RBAC, "roles", "bind")):
        unseen = [right for right in unseen if right.why != "granted"]
    with ThreadPoolExecutor(_REVIEWED_AS_ONE) as pool:
        answers = list(pool.map(lambda right: _allowed(api, right), unseen))
    return [right for right, allowed in zip(unseen, answers, strict=True) if not allowed]


def require(api: Api, root: Path, lab: str) -> None:
    """Stop before anything is made where a right is missing.

    Raises:
        RequirementMissing: names every one of them.
    """
    lacking = missing(api, needed(root, [lab]))
    if lacking:
        raise RequirementMissing(
            f"{_who(api)} may not {listed(lacking)}",
            expected=f"every right in {MANIFEST}, since workspaces are made with them",
            next_step="is this the kubeconfig of a workspace, left in KUBECONFIG? Then unset it. Else have a cluster "
            f"administrator write your name into {MANIFEST} and apply it, or use another "
            f"context (README, “Which cluster”)",
        )


def labs_of(root: Path) -> list[str]:
    """Every lab that adds something to a workspace; what they have in common is part of each."""
    return sorted(path.name for path in (root / "course" / "cluster" / "labs").glob("*") if path.is_dir()) or [""]


def lacking_rights(connection: Connection, *, course: Path | None = None) -> str:
    """What the account may not, over all labs, in words; empty where nothing is missing."""
    root = course_root(course)
    with opened(connection) as api:
        return listed(missing(api, needed(root, labs_of(root))))


def instructor_manifest(course: Path | None = None) -> str:
    """The ClusterRole with every right that this course's workspaces take, and a binding to fill in."""
    root = course_root(course)
    role = {
        "apiVersion": f"{_RBAC}/v1",
        "kind": "ClusterRole",
        "metadata": {"name": _ROLE},
        "rules": as_rules(needed(root, labs_of(root))),
    }
    binding = {
        "apiVersion": f"{_RBAC}/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": _ROLE},
        "roleRef": {"apiGroup": _RBAC, "kind": "ClusterRole", "name": _ROLE},
        "subjects": [{"kind": "User", "apiGroup": _RBAC, "name": "INSTRUCTOR"}],
    }
    written = yaml.safe_dump_all([role, binding], sort_keys=False, default_flow_style=None, width=110)
    return _HEADING + written


def listed(rights: Iterable[Right]) -> str:
    """Rights in words, kinds with the same verbs together."""
    return "; ".join(
        f"{'/'.join(rule['verbs'])} {', '.join(rule['resources'])}"
        + "".join(f" {name}" for name in rule.get("resourceNames") or [])
        + "".join(f" ({group})" for group in rule["apiGroups"] if group not in ("", "*"))
        for rule in as_rules(rights)
    )


def as_rules(rights: Iterable[Right]) -> list[Object]:
    """Rights as the rules of a ClusterRole, kinds with the same verbs together."""
    verbs: dict[tuple[str, str, str], set[str]] = {}
    for right in rights:
        verbs.setdefault((right.group, right.resource, right.name), set()).add(right.verb)
    everything = verbs.get(("*", "*", ""), set())
    together: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for (group, resource, name), each in sorted(verbs.items()):
        own = {"*"} if "*" in each else each
        if (group, resource) != ("*", "*"):
            own = own - everything
        if own:
            together.setdefault((group, name, tuple(sorted(own))), []).append(resource)
    return [
        {
            "apiGroups": [group],
            "resources": resources,
            **({"resourceNames": [name]} if name else {}),
            "verbs": list(own),
        }
        for (group, name, own), resources in together.items()
    ]


def _names() -> dict[str, object]:
    """Stand-ins for a workspace's names: rights do not depend on them."""
    own = {"namespace": "n", "grader_namespace": "n-grader", "neighbour": "n-neighbour"}
    rest = ("workspace", "lab", "student", "service_account", "grader_account", "image_prefix")
    return {**own, **{each: each.replace("_", "-") for each in rest}, "api_server": [], "api_server_egress": []}


def _granted(role: Object) -> Iterable[Right]:
    for rule in role.get("rules") or []:
        for group in rule.get("apiGroups") or []:
            for resource in rule.get("resources") or []:
                for verb in rule.get("verbs") or []:
                    for name in rule.get("resourceNames") or [""]:
                        yield Right(group, resource, verb, name, "granted")


def _covers(rule: Object, right: Right) -> bool:
    kind, _, subresource = right.resource.partition("/")
    resources = rule.get("resources") or []
    names = rule.get("resourceNames") or []
    return (
        _in(right.verb, rule.get("verbs") or [])
        and _in(right.group, rule.get("apiGroups") or [])
        and ("*" in resources or right.resource in resources or (bool(subresource) and f"*/{subresource}" in resources))
        and (not names or (bool(right.name) and right.name in names))
        and bool(kind)
    )


def _in(value: str, listed_: Sequence[str]) -> bool:
    return "*" in listed_ or value in listed_


def _allowed(api: Api, right: Right) -> bool:
    resource, _, subresource = right.resource.partition("/")
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {
            "resourceAttributes": {
                "group": right.group,
                "resource": resource,
                "subresource": subresource,
                "verb": right.verb,
                "name": right.name,
            }
        },
    }
    answer = api.post("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review)
    return bool((answer.must("say what you may do").get("status") or {}).get("allowed"))


def _who(api: Api) -> str:
    review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
    answer = api.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", review)
    name = ((answer.body.get("status") or {}).get("userInfo") or {}).get("username")
    return f"the account {name!r}" if name else "your account"


def _group(each: Object) -> str:
    return str(each["apiVersion"]).rpartition("/")[0]


def _plural(kind: str) -> str:
    """How the kinds that Kubernetes itself brings are written in a path."""
    lower = kind.lower()
    if lower.endswith("y"):
        return f"{lower[:-1]}ies"
    return f"{lower}es" if lower.endswith(("s", "ss")) else f"{lower}s"
