"""What a workspace allows is the whole of the damage that a student's code can do to a cluster."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from kubernetes import client
from kubernetes.client.exceptions import ApiException

from autograder.workspace import Workspace

pytestmark = pytest.mark.live

# verb, group, resource (with subresource); in the student's own namespace
STUDENT_MAY = [
    *(
        (verb, group, resource)
        for verb in ("create", "list", "update", "delete")
        for group, resource in (
            ("apps", "deployments"),
            ("apps", "statefulsets"),
            ("batch", "cronjobs"),
            ("batch", "jobs"),
            ("autoscaling", "horizontalpodautoscalers"),
            ("", "configmaps"),
            ("", "persistentvolumeclaims"),
            ("", "pods"),
            ("", "secrets"),
            ("", "services"),
        )
    ),
    ("get", "", "pods/log"),
    ("create", "", "pods/exec"),
    ("create", "", "pods/portforward"),
    ("get", "", "pods/proxy"),
    ("create", "", "services/proxy"),
    ("list", "", "events"),
    ("list", "", "resourcequotas"),
    ("list", "discovery.k8s.io", "endpointslices"),
    ("create", "authorization.k8s.io", "localsubjectaccessreviews"),
]
STUDENT_MAY_NOT = [
    *(
        (verb, group, resource)
        for verb in ("create", "update", "patch", "delete")
        for group, resource in (
            ("", "endpoints"),
            ("", "events"),
            ("", "limitranges"),
            ("", "namespaces"),
            ("", "pods/status"),
            ("", "resourcequotas"),
            ("discovery.k8s.io", "endpointslices"),
            ("networking.k8s.io", "networkpolicies"),
            ("rbac.authorization.k8s.io", "rolebindings"),
            ("rbac.authorization.k8s.io", "roles"),
        )
    ),
    ("impersonate", "", "serviceaccounts"),
    ("impersonate", "", "users"),
    ("escalate", "rbac.authorization.k8s.io", "roles"),
    ("bind", "rbac.authorization.k8s.io", "clusterroles"),
    ("create", "certificates.k8s.io", "certificatesigningrequests"),
    ("list", "", "nodes"),
    ("get", "", "nodes/proxy"),
    ("list", "", "persistentvolumes"),
]
GRADER_MAY = [
    ("list", "", "secrets"),
    ("list", "rbac.authorization.k8s.io", "roles"),
    ("get", "", "pods/log"),
    ("delete", "", "pods"),
    ("create", "", "pods/exec"),
    ("get", "", "services/proxy"),
    ("create", "", "services/proxy"),
    ("create", "authorization.k8s.io", "localsubjectaccessreviews"),
]
GRADER_MAY_NOT = [
    ("create", "", "pods"),
    ("update", "apps", "deployments"),
    ("delete", "", "services"),
    ("create", "", "configmaps"),
    ("create", "rbac.authorization.k8s.io", "roles"),
    ("create", "", "serviceaccounts/token"),
]


def allowed(api: client.ApiClient, namespace: str | None, verb: str, group: str, resource: str) -> bool:
    kind, _, subresource = resource.partition("/")
    attributes = {"verb": verb, "group": group, "resource": kind, "subresource": subresource, "namespace": namespace}
    review = client.AuthorizationV1Api(api).create_self_subject_access_review(
        {"spec": {"resourceAttributes": attributes}}
    )
    return bool(review.status.allowed)


def test_the_students_rights_are_what_the_course_means_to_give(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine = workspace()
    api = as_student(mine)
    refused = [each for each in STUDENT_MAY if not allowed(api, mine.namespace, *each)]
    granted = [each for each in STUDENT_MAY_NOT if allowed(api, mine.namespace, *each)]
    assert (refused, granted) == ([], [])


def test_a_student_has_no_rights_anywhere_else(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine, other = workspace("lab06-rbac", "ada"), workspace("lab02-serve-a-model", "grace")
    api = as_student(mine)
    elsewhere = [mine.grader_namespace, mine.neighbour, other.namespace, "default", "kube-system", None]
    granted = [
        (place, *each)
        for place in elsewhere
        for each in (
            ("list", "", "pods"),
            ("get", "", "secrets"),
            ("create", "", "pods"),
            ("get", "", "services/proxy"),
        )
        if allowed(api, place, *each)
    ]
    assert granted == []


def test_a_student_cannot_become_the_grader(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine = workspace()
    api = as_student(mine)
    with pytest.raises(ApiException, match="forbidden") as refusal:
        client.CoreV1Api(api).create_namespaced_service_account_token(
            mine.grader_account, mine.grader_namespace, {"spec": {}}
        )
    assert refusal.value.status == 403
    api.set_default_header("Impersonate-User", f"system:serviceaccount:{mine.grader_namespace}:{mine.grader_account}")
    with pytest.raises(ApiException, match="impersonate"):
        client.CoreV1Api(api).list_namespaced_pod(mine.namespace)


def test_the_grader_reads_everything_and_writes_almost_nothing(
    workspace: Callable[..., Workspace], as_grader: Callable[[Workspace], client.ApiClient]
) -> None:
    mine = workspace("lab06-rbac")
    api = as_grader(mine)
    refused = [each for each in GRADER_MAY if not allowed(api, mine.namespace, *each)]
    granted = [each for each in GRADER_MAY_NOT if allowed(api, mine.namespace, *each)]
    assert (refused, granted) == ([], [])
    assert allowed(api, mine.grader_namespace, "create", "", "pods")
    assert allowed(api, mine.neighbour, "list", "", "secrets")
    assert not allowed(api, mine.neighbour, "delete", "", "pods")
    assert not allowed(api, "kube-system", "list", "", "pods")
    assert not allowed(api, None, "list", "", "namespaces")


def test_in_the_rbac_lab_a_student_gives_away_no_more_than_their_own(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine = workspace("lab06-rbac")
    rbac = client.RbacAuthorizationV1Api(as_student(mine))
    narrow = {"metadata": {"name": "narrow"}, "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}]}
    assert rbac.create_namespaced_role(mine.namespace, narrow).metadata.name == "narrow"
    every = {"metadata": {"name": "every"}, "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}
    with pytest.raises(ApiException, match=r"escalate|not currently held"):
        rbac.create_namespaced_role(mine.namespace, every)
    assert rbac.create_namespaced_role_binding(mine.namespace, bound("view", mine)).metadata.name == "view"
    for wide in ("edit", "admin", "cluster-admin"):  # who has `edit` removes the workspace's NetworkPolicy
        with pytest.raises(ApiException, match=r"not currently held|forbidden"):
            rbac.create_namespaced_role_binding(mine.namespace, bound(wide, mine))


def bound(cluster_role: str, mine: Workspace) -> dict[str, Any]:
    return {
        "metadata": {"name": cluster_role},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": cluster_role},
        "subjects": [{"kind": "ServiceAccount", "name": "default", "namespace": mine.namespace}],
    }


def a_pod(**spec: Any) -> dict[str, Any]:
    container = {"name": "c", "image": "x", **spec.pop("container", {})}
    return {
        "metadata": {"generateName": "p-"},
        "spec": {"containers": [container], "nodeSelector": {"course.autograder/none": "such"}, **spec},
    }


HOST_PATH = {"volumes": [{"name": "host", "hostPath": {"path": "/"}}]}


@pytest.mark.parametrize(
    ("pod", "reason"),
    [
        (a_pod(container={"securityContext": {"privileged": True}}), "privileged"),
        (a_pod(hostNetwork=True), "PodSecurity.*host namespaces"),
        (a_pod(hostPID=True), "PodSecurity.*host namespaces"),
        (a_pod(**HOST_PATH), "PodSecurity.*hostPath"),
        (a_pod(container={"securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}), "PodSecurity.*capabilities"),
        (a_pod(priorityClassName="system-node-critical"), "exceeded quota: no-system-priority"),
        (a_pod(container={"resources": {"limits": {"memory": "3Gi"}}}), "maximum memory usage"),
    ],
    ids=["privileged", "host-network", "host-pid", "host-path", "capability", "system-priority", "too-big"],
)
def test_a_pod_that_reaches_past_the_workspace_is_refused(
    workspace: Callable[..., Workspace],
    as_student: Callable[[Workspace], client.ApiClient],
    pod: dict[str, Any],
    reason: str,
) -> None:
    mine = workspace()
    with pytest.raises(ApiException, match=reason) as refusal:
        client.CoreV1Api(as_student(mine)).create_namespaced_pod(mine.namespace, deepcopy(pod))
    # 422 where the API server allows nobody a privileged Pod, and says so before Pod Security is asked.
    assert refusal.value.status in (403, 422)


def test_the_quota_holds_for_requests_and_for_doors_to_the_outside(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine = workspace()
    core = client.CoreV1Api(as_student(mine))
    half = a_pod(container={"resources": {"requests": {"cpu": "600m"}}})
    core.create_namespaced_pod(mine.namespace, half)
    with pytest.raises(ApiException, match=r"exceeded quota.*requests\.cpu"):
        core.create_namespaced_pod(mine.namespace, half)
    door = {"metadata": {"name": "door"}, "spec": {"type": "NodePort", "ports": [{"port": 80}]}}
    with pytest.raises(ApiException, match=r"exceeded quota.*services\.nodeports"):
        core.create_namespaced_service(mine.namespace, door)


def test_a_container_without_a_word_on_resources_gets_modest_ones(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine = workspace()
    made = client.CoreV1Api(as_student(mine)).create_namespaced_pod(mine.namespace, a_pod())
    resources = made.spec.containers[0].resources
    assert resources.requests == {"cpu": "50m", "memory": "64Mi", "ephemeral-storage": "16Mi"}
    assert resources.limits == {"cpu": "1", "memory": "512Mi", "ephemeral-storage": "256Mi"}
