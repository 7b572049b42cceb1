"""Whoever refuses a workspace is named, with what to change: the API server's own words, from a real one."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest

from autograder.cluster.connection import Connection
from autograder.errors import WorkspaceError
from autograder.workspace import Workspace, create, list_workspaces, preparing, remove, sweep
from autograder.workspace.requesting import Api, opened

pytestmark = pytest.mark.live

LAB = "lab02-serve-a-model"
ADMISSION = "/apis/admissionregistration.k8s.io/v1"
REGISTRATIONS = "/apis/apiregistration.k8s.io/v1/apiservices"


@pytest.fixture
def api(connection: Connection) -> Iterator[Api]:
    with opened(connection) as api:
        yield api


@contextmanager
def there(api: Api, collection: str, document: dict[str, Any]) -> Iterator[None]:
    api.post(collection, document).must(f"make {document['kind']}")
    try:
        yield
    finally:
        api.request("DELETE", f"{collection}/{document['metadata']['name']}")


def policy(name: str, student: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Refuses LimitRanges in the namespaces of one student's workspaces."""
    rule = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["limitranges"]}
    body = {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingAdmissionPolicy",
        "metadata": {"name": name},
        "spec": {
            "matchConstraints": {"resourceRules": [rule], "namespaceSelector": selected(student)},
            "validations": [{"expression": "false", "message": "not on our platform"}],
        },
    }
    binding = {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingAdmissionPolicyBinding",
        "metadata": {"name": name},
        "spec": {"policyName": name, "validationActions": ["Deny"]},
    }
    return body, binding


def webhook(name: str, student: str) -> dict[str, Any]:
    """Is asked about ResourceQuotas in the namespaces of one student's workspaces, and answers nobody."""
    rule = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["resourcequotas"]}
    hook = {
        "name": f"{name}.example.org",
        "rules": [rule],
        "namespaceSelector": selected(student),
        "clientConfig": {"url": "https://127.0.0.1:1/"},
        "admissionReviewVersions": ["v1"],
        "sideEffects": "None",
        "failurePolicy": "Fail",
        "timeoutSeconds": 1,
    }
    return {
        "apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingWebhookConfiguration",
        "metadata": {"name": name},
        "webhooks": [hook],
    }


def selected(student: str) -> dict[str, Any]:
    return {"matchLabels": {"course.autograder/student": student}}


def refused_at_last(connection: Connection, student: str) -> WorkspaceError:
    """A new policy is in force after a moment."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            remove(connection, create(connection, LAB, student).id, wait=False)
        except WorkspaceError as error:
            return error
    raise AssertionError("it was never refused")


def test_a_policy_that_refuses_is_named_and_nothing_half_made_stays(connection: Connection, api: Api) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    body, binding = policy(name, name)
    with ExitStack() as made:
        made.enter_context(there(api, f"{ADMISSION}/validatingadmissionpolicies", body))
        made.enter_context(there(api, f"{ADMISSION}/validatingadmissionpolicybindings", binding))
        refusal = refused_at_last(connection, name)
    assert f"by the ValidatingAdmissionPolicy {name} (binding {name})" in refusal.found
    assert "not on our platform" in refusal.found
    assert "administrator" in refusal.next_step
    assert all(each.going for each in list_workspaces(connection) if each.student == name)


def test_a_webhook_that_does_not_answer_is_named(connection: Connection, api: Api) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    with there(api, f"{ADMISSION}/validatingwebhookconfigurations", webhook(name, name)):
        refusal = refused_at_last(connection, name)
    assert f"by the admission webhook {name}.example.org, which does not answer" in refusal.found
    assert "failurePolicy" in refusal.next_step


def test_pod_security_quotas_and_limits_are_told_apart(workspace: Callable[..., Workspace], api: Api) -> None:
    mine = workspace()
    pods = f"/api/v1/namespaces/{mine.namespace}/pods"

    def refusal_of(**container: Any) -> str:
        spec = {"containers": [{"name": "c", "image": "x", **container}]}
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "p-"}, "spec": spec}
        with pytest.raises(WorkspaceError) as refusal:
            api.post(pods, pod).must("create a Pod")
        return f"{refusal.value.found} | {refusal.value.next_step}"

    assert "by Pod Security" in refusal_of(ports=[{"containerPort": 80, "hostPort": 80}])
    assert "by a LimitRange" in refusal_of(resources={"limits": {"memory": "3Gi"}})
    many = {"requests": {"cpu": "1100m"}, "limits": {"cpu": "2"}}
    assert "by the ResourceQuota workspace" in refusal_of(resources=many)


def test_an_api_whose_server_is_away_keeps_no_workspace_from_going(connection: Connection, api: Api) -> None:
    group = f"t{uuid.uuid4().hex[:8]}.example.org"
    registered = {
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": {"name": f"v1.{group}"},
        "spec": {
            "group": group,
            "version": "v1",
            "service": {"name": "nowhere", "namespace": "kube-system"},
            "groupPriorityMinimum": 1000,
            "versionPriority": 15,
            "insecureSkipTLSVerify": True,
        },
    }
    with there(api, REGISTRATIONS, registered):
        mine = create(connection, LAB, "ada", lifetime_s=-1)
        api.post(
            f"/api/v1/namespaces/{mine.namespace}/configmaps",
            {
                "apiVersion": "v1",
                "kind": "ConfigMap",
                "metadata": {"name": "stuck", "finalizers": ["example.org/nobody"]},
            },
        ).must("leave something behind")
        assert {mine.namespace, mine.grader_namespace} <= set(sweep(connection, stuck_after_s=7))
        assert not [each for each in list_workspaces(connection) if each.id == mine.id]


def test_the_first_workspace_of_a_process_sweeps_what_is_nobodys(connection: Connection) -> None:
    expired = create(connection, LAB, "ada", lifetime_s=-1)
    preparing._seen_to.clear()
    mine = create(connection, LAB, "grace", held=True)
    try:
        found = {each.id: each for each in list_workspaces(connection)}
        assert expired.id not in found or found[expired.id].going
        assert not found[mine.id].going
    finally:
        remove(connection, mine.id, wait=False)
