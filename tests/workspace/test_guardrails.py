"""Rights that a student holds or hands out reach neither the grader's rights nor the walls of a workspace."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from autograder.cluster import admission
from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.workspace import Workspace
from autograder.workspace.guarding import Guard
from autograder.workspace.requesting import Answer, Api, opened, poll

pytestmark = pytest.mark.live

RBAC = "/apis/rbac.authorization.k8s.io/v1"
RULES = [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get"]}]
GUARDED = {
    "roles": (RBAC, "grader", {"rules": []}),
    "rolebindings": (RBAC, "grader", {"subjects": []}),
    "networkpolicies": ("/apis/networking.k8s.io/v1", "workspace", {"spec": {"podSelector": {}, "ingress": [{}]}}),
    "resourcequotas": ("/api/v1", "workspace", {"spec": {"hard": {"pods": "1000"}}}),
    "limitranges": ("/api/v1", "defaults", {"spec": {"limits": []}}),
}
VOLUMES: list[dict[str, Any]] = [
    {"nfs": {"server": "10.0.0.1", "path": "/"}},
    {"iscsi": {"targetPortal": "10.0.0.1:3260", "iqn": "iqn.2001-04.com.example:storage", "lun": 0}},
    {"flexVolume": {"driver": "example/driver"}},
    {"csi": {"driver": "example.org"}},
    {"gitRepo": {"repository": "https://example.org/x.git"}},
    {"rbd": {"monitors": ["10.0.0.1"], "image": "x"}},
    {"cephfs": {"monitors": ["10.0.0.1"]}},
    {"glusterfs": {"endpoints": "x", "path": "y"}},
    {"fc": {"targetWWNs": ["50060e801049cfd1"], "lun": 0}},
    {"image": {"reference": "localhost:5000/python:1"}},
    {"hostPath": {"path": "/"}},
]
OPEN: list[dict[str, Any]] = [
    {"emptyDir": {}},
    {"configMap": {"name": "x", "optional": True}},
    {"secret": {"secretName": "x", "optional": True}},
    {"downwardAPI": {"items": []}},
    {"projected": {"sources": []}},
    {"persistentVolumeClaim": {"claimName": "x"}},
]


class Account:
    """The student's rights, widened by an administrator to whatever a binding could give."""

    def __init__(self, api: Api, workspace: Workspace) -> None:
        self.api, self.workspace, self.namespace = api, workspace, workspace.namespace

    def path(self, group: str, plural: str, name: str = "") -> str:
        return f"{group}/namespaces/{self.namespace}/{plural}" + (f"/{name}" if name else "")

    def pod(self, **spec: Any) -> Answer:
        container = {"name": "main", "image": "localhost:5000/python:1", "command": ["true"]}
        document = {"metadata": {"generateName": "tried-"}, "spec": {"containers": [container], **spec}}
        return self.api.request("POST", self.path("/api/v1", "pods"), body=document, query={"dryRun": "All"})


@pytest.fixture
def mighty(
    workspace: Callable[..., Workspace],
    connection: Connection,
) -> Account:
    """The student, as if a Role of all rights in the namespace had slipped through."""
    mine = workspace("lab06-rbac")
    with opened(connection) as admin:
        admin.post(
            f"{RBAC}/namespaces/{mine.namespace}/rolebindings",
            {
                "metadata": {"name": "mighty"},
                "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
                "subjects": [{"kind": "ServiceAccount", "name": "student", "namespace": mine.namespace}],
            },
        ).must("bind", accept=(201,))
    account = Account(_as_student_of(mine, connection), mine)
    in_force = {"spec": {"resourceAttributes": {"namespace": mine.namespace, "verb": "*", "resource": "*"}}}
    asking = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    assert poll(lambda: account.api.post(asking, in_force).body["status"]["allowed"], deadline=_soon())
    return account


def _as_student_of(mine: Workspace, connection: Connection) -> Api:
    token = yaml.safe_load(mine.student_kubeconfig())["users"][0]["user"]["token"]
    return Api(connection.account_with(token))


def _soon() -> float:
    """A second, mostly; a machine that has no time for anybody takes longer."""
    return time.monotonic() + scaled(60)


@pytest.mark.parametrize("plural", GUARDED)
def test_what_guards_a_workspace_is_neither_deleted_nor_emptied_nor_forged(mighty: Account, plural: str) -> None:
    group, name, emptied = GUARDED[plural]
    path = mighty.path(group, plural, name)
    merge = "application/merge-patch+json"
    tried = {
        "delete": mighty.api.request("DELETE", path),
        "empty": mighty.api.request("PATCH", path, body=emptied, content_type=merge),
        "unmark": mighty.api.request("PATCH", path, body={"metadata": {"labels": None}}, content_type=merge),
        "delete all": mighty.api.request("DELETE", mighty.path(group, plural)),
    }
    assert {doing: answer.status for doing, answer in tried.items()} == dict.fromkeys(tried, 403), tried
    assert mighty.api.get(path).status == 200
    forged = {"metadata": {"name": "forged", "labels": {"course.autograder/guard": "workspace"}}, "rules": RULES}
    if plural == "roles":
        assert mighty.api.post(mighty.path(group, plural), forged).status == 403


def test_rights_stand_still_while_they_are_held_and_can_be_given_again(mighty: Account) -> None:
    """A student's Pods run on while checks look: one of them would take rights back until that is over."""
    guard = Guard(mighty.workspace)
    roles, wide = mighty.path(RBAC, "roles"), mighty.path(RBAC, "roles", "wide")
    role, other = {"metadata": {"name": "wide"}, "rules": RULES}, {"metadata": {"name": "other"}}
    changes = {
        "make a Role": ("POST", roles, {**role, **other}),
        "narrow a Role": ("PUT", wide, {**role, "rules": []}),
        "delete a Role": ("DELETE", wide, None),
        "unbind": ("DELETE", mighty.path(RBAC, "rolebindings", "mighty"), None),
        "make an account": ("POST", mighty.path("/api/v1", "serviceaccounts"), other),
        "make a ConfigMap": ("POST", mighty.path("/api/v1", "configmaps"), other),
    }

    def allowed() -> list[str]:
        dry = {"dryRun": "All"}
        tried = {what: mighty.api.request(*how[:2], body=how[2], query=dry).status for what, how in changes.items()}
        assert set(tried.values()) <= {200, 201, 403}
        return [what for what, status in tried.items() if status != 403]

    mighty.api.post(roles, role).must("make a Role", accept=(201,))
    assert allowed() == list(changes)
    guard.hold(True)
    assert poll(lambda: allowed() == ["make a ConfigMap"], deadline=_soon())
    assert "stay as they are while check cells look" in mighty.api.request("DELETE", wide).message
    lifting = {"metadata": {"annotations": {"course.autograder/held": None}}}
    merging = {"content_type": "application/merge-patch+json"}
    assert mighty.api.request("PATCH", mighty.path(RBAC, "roles", "grader"), body=lifting, **merging).status == 403
    guard.hold(False)
    assert poll(lambda: allowed() == list(changes), deadline=_soon())


def test_the_garbage_collector_takes_no_rights_back_while_they_are_looked_at(mighty: Account) -> None:
    """Rights that are owned by something go with it, by the cluster's own hand."""
    guard = Guard(mighty.workspace)
    maps, bindings = mighty.path("/api/v1", "configmaps"), mighty.path(RBAC, "rolebindings")
    made = mighty.api.post(maps, {"metadata": {"name": "owner"}}).must("make the owner", accept=(201,))
    owner = {"apiVersion": "v1", "kind": "ConfigMap", "name": "owner", "uid": made["metadata"]["uid"]}
    owned = {"name": "owned", "ownerReferences": [owner]}
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "none"}
    with opened(mighty.workspace.connection) as administrator:
        administrator.post(bindings, {"metadata": owned, "roleRef": role, "subjects": []}).must("bind", accept=(201,))
        mighty.api.post(maps, {"metadata": owned}).must("make another owned one", accept=(201,))

        def is_there(path: str) -> bool:
            return administrator.request("GET", f"{path}/owned").status == 200

        guard.hold(True)
        mighty.api.request("DELETE", f"{maps}/owner").must("delete the owner", accept=(200,))
        assert poll(lambda: not is_there(maps), deadline=_soon())
        assert not poll(lambda: not is_there(bindings), deadline=time.monotonic() + 2)
        guard.hold(False)
        assert poll(lambda: not is_there(bindings), deadline=time.monotonic() + scaled(120))


def test_evidence_and_addresses_are_the_clusters_to_write(mighty: Account) -> None:
    about = {"kind": "Pod", "name": "x", "namespace": mighty.namespace}
    event = {"metadata": {"name": "forged"}, "involvedObject": about, "reason": "Started", "type": "Normal"}
    slice_ = {"metadata": {"name": "forged"}, "addressType": "IPv4", "endpoints": [{"addresses": ["10.0.0.1"]}]}
    endpoints = {"metadata": {"name": "forged"}, "subsets": []}
    assert mighty.api.post(mighty.path("/api/v1", "events"), event).status == 403
    assert mighty.api.post(mighty.path("/apis/discovery.k8s.io/v1", "endpointslices"), slice_).status == 403
    assert mighty.api.post(mighty.path("/api/v1", "endpoints"), endpoints).status == 403


@pytest.mark.parametrize(
    ("subject", "status"),
    [
        ({"kind": "Group", "name": "system:unauthenticated"}, 403),
        ({"kind": "User", "name": "system:anonymous"}, 403),
        ({"kind": "Group", "name": "system:authenticated"}, 201),
        ({"kind": "ServiceAccount", "name": "notebook"}, 201),
    ],
)
def test_rights_for_whoever_has_no_account_are_refused(mighty: Account, subject: dict[str, str], status: int) -> None:
    subject = {**subject, **({"namespace": mighty.namespace} if subject["kind"] == "ServiceAccount" else {})}
    group = {} if subject["kind"] == "ServiceAccount" else {"apiGroup": "rbac.authorization.k8s.io"}
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}
    binding = {"metadata": {"generateName": "tried-"}, "roleRef": role, "subjects": [{**subject, **group}]}
    answer = mighty.api.post(mighty.path(RBAC, "rolebindings"), binding)
    assert answer.status == status, answer.message
    if status == 403:
        assert "name a ServiceAccount" in answer.message


def test_volumes_that_reach_out_of_a_pod_are_refused_and_the_others_are_not(mighty: Account) -> None:
    let_through = [v for v in VOLUMES if mighty.pod(volumes=[{"name": "v", **v}]).status == 201]
    refused = [(v, answer.message) for v in OPEN if (answer := mighty.pod(volumes=[{"name": "v", **v}])).status != 201]
    assert (let_through, refused) == ([], [])
    assert "allowed are configMap" in mighty.pod(volumes=[{"name": "v", **VOLUMES[0]}]).message


def test_host_ports_and_raw_sockets_cannot_be_asked_for(mighty: Account) -> None:
    base = {"name": "main", "image": "localhost:5000/python:1", "command": ["true"]}
    for more in (
        {"ports": [{"containerPort": 80, "hostPort": 80}]},
        {"securityContext": {"capabilities": {"add": ["NET_RAW"]}}},
    ):
        assert mighty.pod(containers=[{**base, **more}]).status == 403
    assert mighty.pod(containers=[base]).status == 201


def test_a_finalizer_that_nobody_serves_cannot_be_put_on_anything(mighty: Account) -> None:
    path = mighty.path("/api/v1", "configmaps")
    stuck = {"metadata": {"name": "stuck", "finalizers": ["example.org/nobody"]}}
    assert mighty.api.post(path, stuck).status == 403
    assert mighty.api.post(path, {"metadata": {"name": "fine"}}).status == 201
    merge = "application/merge-patch+json"
    late = {"metadata": {"finalizers": ["kubernetes.io/pvc-protection"]}}
    assert mighty.api.request("PATCH", f"{path}/fine", body=late, content_type=merge).status == 403
    labelled = {"metadata": {"labels": {"a": "b"}}}
    assert mighty.api.request("PATCH", f"{path}/fine", body=labelled, content_type=merge).status == 200


@pytest.mark.parametrize(
    "metadata",
    [
        {"finalizers": ["example.org/nobody"], "labels": {"a": "b"}},
        {"labels": {"a": "b", "course.autograder/guard": "workspace"}},
    ],
    ids=["finalizer", "guard"],
)
def test_a_template_brings_nothing_that_could_not_be_put_on_an_object(
    mighty: Account, metadata: dict[str, Any]
) -> None:
    """A ReplicaSet's controller makes the Pods: what it is refused, it says in the ReplicaSet's conditions."""
    container = {"name": "main", "image": "localhost:5000/python:1", "command": ["sleep", "60"]}
    selector, template = {"matchLabels": {"a": "b"}}, {"metadata": metadata, "spec": {"containers": [container]}}
    made = {"metadata": {"name": "tried"}, "spec": {"replicas": 1, "selector": selector, "template": template}}
    path = mighty.path("/apis/apps/v1", "replicasets")
    mighty.api.post(path, made).must("make it")

    def refused() -> str:
        conditions = mighty.api.get(f"{path}/tried").body.get("status", {}).get("conditions") or []
        return next((str(each["message"]) for each in conditions if each["type"] == "ReplicaFailure"), "")

    assert poll(lambda: "course-templates" in refused(), deadline=_soon()), refused()
    assert mighty.api.get(mighty.path("/api/v1", "pods")).body["items"] == []


def test_pods_that_have_ended_are_counted_too(mighty: Account) -> None:
    """One that the node refuses at once is made again without a pause, and each is kept."""
    container = {"name": "main", "image": "localhost:5000/python:1", "command": ["true"]}
    spec = {"containers": [container], "os": {"name": "windows"}}
    template = {"metadata": {"labels": {"a": "b"}}, "spec": spec}
    made = {"replicas": 1, "selector": {"matchLabels": {"a": "b"}}, "template": template}
    path = mighty.path("/apis/apps/v1", "replicasets")
    mighty.api.post(path, {"metadata": {"name": "loop"}, "spec": made}).must("make it")

    def conditions() -> str:
        return json.dumps(mighty.api.get(f"{path}/loop").body.get("status", {}).get("conditions"))

    assert poll(lambda: "exceeded quota: workspace" in conditions(), deadline=_soon() + 60), conditions()
    assert len(mighty.api.get(mighty.path("/api/v1", "pods")).body["items"]) <= 36
    mighty.api.request("DELETE", f"{path}/loop", query={"propagationPolicy": "Background"})


def test_an_account_of_another_workspace_is_a_student_too(
    mighty: Account, workspace: Callable[..., Workspace], connection: Connection
) -> None:
    other = workspace("lab02-serve-a-model", "grace")
    subject = {"kind": "ServiceAccount", "name": "student", "namespace": other.namespace}
    role = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"}
    with opened(connection) as admin:
        path = f"{RBAC}/namespaces/{mighty.namespace}/rolebindings"
        admin.post(path, {"metadata": {"name": "lent"}, "roleRef": role, "subjects": [subject]}).must("lend")
    accomplice = Account(_as_student_of(other, connection), mighty.workspace)
    assert poll(lambda: accomplice.api.get(mighty.path("/api/v1", "secrets")).status == 200, deadline=_soon())
    assert accomplice.api.request("DELETE", mighty.path(RBAC, "rolebindings", "grader")).status == 403


def test_the_manifest_can_be_applied_by_an_administrator_elsewhere() -> None:
    listed = yaml.safe_load(admission.MANIFEST.read_text())
    assert (listed["apiVersion"], listed["kind"]) == ("v1", "List")
    policies = {each["metadata"]["name"] for each in listed["items"] if each["kind"].endswith("Policy")}
    bindings = {each["spec"]["policyName"] for each in listed["items"] if each["kind"].endswith("Binding")}
    assert policies == bindings
    assert len(json.dumps(listed)) > 1000


@pytest.mark.parametrize("harm", ["delete", "empty", "rebind"])
@pytest.mark.parametrize("plural", GUARDED)
def test_without_the_policies_what_was_taken_away_is_put_back_and_said(
    workspace: Callable[..., Workspace], connection: Connection, plural: str, harm: str
) -> None:
    mine = workspace("lab06-rbac")
    guard = Guard(mine)
    guard.remember()
    assert guard.restore() == []
    group, name, emptied = GUARDED[plural]
    collection = f"{group}/namespaces/{mine.namespace}/{plural}"
    with opened(connection) as admin:  # stands for a student whom no policy stops
        before = admin.get(f"{collection}/{name}").body
        if harm == "empty":
            merge = "application/merge-patch+json"
            admin.request("PATCH", f"{collection}/{name}", body=emptied, content_type=merge).must("empty")
        else:
            admin.request("DELETE", f"{collection}/{name}").must("delete")
        if harm == "rebind":
            if plural != "rolebindings":
                return
            other = {**before["roleRef"], "name": "student"}
            made_up = {"metadata": {"name": name}, "roleRef": other, "subjects": before["subjects"]}
            admin.post(collection, made_up).must("rebind")
        remarks = guard.restore()
        after = admin.get(f"{collection}/{name}").body
    assert len(remarks) == 1
    assert f"`{name}` had been" in remarks[0]
    for part in ("rules", "roleRef", "subjects", "spec"):
        assert after.get(part) == before.get(part)
    assert guard.restore() == []


MADE_OF_MANY: dict[str, tuple[str, str, dict[str, Any]]] = {
    "ReplicationController": ("/api/v1", "replicationcontrollers", {"spec": {"replicas": 0, "selector": {"a": "b"}}}),
    "HorizontalPodAutoscaler": (
        "/apis/autoscaling/v2",
        "horizontalpodautoscalers",
        {"spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}, "maxReplicas": 2}},
    ),
    "PodDisruptionBudget": ("/apis/policy/v1", "poddisruptionbudgets", {"spec": {"minAvailable": 1}}),
    "Role": (RBAC, "roles", {"rules": RULES}),
    "RoleBinding": (
        RBAC,
        "rolebindings",
        {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "x"}},
    ),
    "Lease": ("/apis/coordination.k8s.io/v1", "leases", {"spec": {}}),
    "Ingress": ("/apis/networking.k8s.io/v1", "ingresses", {"spec": {"rules": [{"host": "x.example.org"}]}}),
}


@pytest.mark.parametrize("kind", MADE_OF_MANY)
def test_of_no_kind_can_there_be_hundreds(mighty: Account, kind: str) -> None:
    group, plural, document = MADE_OF_MANY[kind]
    if kind == "ReplicationController":
        container = {"name": "main", "image": "localhost:5000/python:1"}
        template = {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [container]}}
        document = {"spec": {**document["spec"], "template": template}}
    for number in range(40):
        answer = mighty.api.post(mighty.path(group, plural), {"metadata": {"name": f"n-{number}"}, **document})
        if answer.status == 403:
            break
        assert answer.status == 201, answer.message
    assert answer.status == 403
    assert "exceeded quota" in answer.message


def test_a_pod_without_limits_has_one_for_what_it_writes(mighty: Account) -> None:
    answer = mighty.pod()
    assert answer.body["spec"]["containers"][0]["resources"]["limits"]["ephemeral-storage"] == "256Mi"
    greedy = {"limits": {"ephemeral-storage": "2Gi"}}
    base = {"name": "main", "image": "localhost:5000/python:1", "resources": greedy}
    assert mighty.pod(containers=[base]).status == 403


@pytest.mark.parametrize("resource", ["memory", "cpu"])
def test_a_limit_of_nothing_is_not_no_limit(mighty: Account, resource: str) -> None:
    """The node takes 0 for unlimited, and the quota counts it as nothing."""

    def pod(quantity: str) -> Answer:
        resources = {"limits": {resource: quantity}, "requests": {resource: quantity}}
        container = {"name": "main", "image": "localhost:5000/python:1", "command": ["true"], "resources": resources}
        return mighty.pod(containers=[container])

    assert pod("0").status == 403
    assert pod("1M" if resource == "memory" else "10m").status == 201
