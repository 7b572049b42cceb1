"""Who may do what, asked of the real authorizer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from checks.conftest import Playground

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api, Place
from autograder.checks.criteria import Verdict

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at")]
Run = Callable[[Callable[[], Any]], Verdict]
RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/{}"
NOTEBOOK = "serviceaccount/notebook"


@pytest.fixture(scope="module", autouse=True)
def notebook(playground: Playground) -> None:
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "notebook"}}
    playground.create("/api/v1/namespaces/{}/serviceaccounts", account)
    rules = [
        {"apiGroups": [""], "resources": ["pods"], "verbs": ["create", "list"]},
        {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
        {"apiGroups": ["apps"], "resources": ["deployments"], "resourceNames": ["web"], "verbs": ["get"]},
    ]
    head = {"apiVersion": "rbac.authorization.k8s.io/v1", "metadata": {"name": "worker"}}
    playground.create(RBAC + "/roles", {**head, "kind": "Role", "rules": rules})
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "worker"}
    subjects = [
        {"kind": "ServiceAccount", "name": "notebook", "namespace": playground.namespace},
        {"kind": "User", "name": "ada", "apiGroup": "rbac.authorization.k8s.io"},
        {"kind": "Group", "name": "team", "apiGroup": "rbac.authorization.k8s.io"},
    ]
    playground.create(
        RBAC + "/rolebindings", {**head, "kind": "RoleBinding", "roleRef": reference, "subjects": subjects}
    )


@pytest.mark.parametrize("subject", [NOTEBOOK, "user/ada", "group/team"])
def test_reviews_tell_what_each_subject_may(subject: str) -> None:
    assert lab.can("create pods", as_=subject)
    assert lab.can("get pods/log", as_=subject)
    assert not lab.can("get pods", as_=subject)
    assert not lab.can("delete pods", as_=subject)
    assert lab.can("get deployments", as_=subject, name="web")
    assert not lab.can("get deployments.apps", as_=subject)
    assert not lab.can("create pods", as_=subject, namespace="default")


def test_a_group_that_all_service_accounts_are_in_counts(playground: Playground) -> None:
    head = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "all"}}
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"}
    group = {
        "kind": "Group",
        "name": f"system:serviceaccounts:{playground.namespace}",
        "apiGroup": "rbac.authorization.k8s.io",
    }
    playground.create(RBAC + "/rolebindings", {**head, "roleRef": reference, "subjects": [group]})
    assert lab.until(lambda: lab.can("get configmaps", as_=NOTEBOOK))


def test_a_matrix_that_holds_passes() -> None:
    lab.rights(NOTEBOOK, allow=["create pods", "get pods/log"], deny=["delete pods", "get secrets", "create pods/exec"])


def test_what_should_be_allowed_is_named_first(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.rights(NOTEBOOK, allow=["create pods", "delete pods"], deny=["list pods"]))
    assert verdict.state == "failed"
    assert "may not: `delete` on `pods`" in verdict.found
    assert "`create`, `delete` on `pods`" in verdict.expected
    assert "`list`" not in verdict.message


def test_what_should_be_denied_is_named(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.rights(NOTEBOOK, allow=["create pods"], deny=["list pods"]))
    assert (verdict.state, "may: `list` on `pods`" in verdict.found) == ("failed", True)
    assert "`worker`" in verdict.found


def test_an_account_that_does_not_exist_has_earned_nothing(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.rights("serviceaccount/notbook", deny=["get secrets"]))
    assert (verdict.state, "`notebook`" in verdict.found) == ("failed", True)


def test_an_account_that_is_being_deleted_and_kept_has_earned_nothing(verdict_of: Run, playground: Playground) -> None:
    path = f"/api/v1/namespaces/{playground.namespace}/serviceaccounts"
    kept = {"name": "undead", "finalizers": ["nobody.example/ever"]}
    playground.create(path, {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": kept})
    connecting.current().ask("DELETE", f"{path}/undead")
    try:
        undead = "serviceaccount/undead"
        for asks in (lambda: lab.account(undead), lambda: lab.can("get pods", as_=undead)):
            verdict = verdict_of(asks)
            assert (verdict.state, "`nobody.example/ever`" in verdict.found) == ("failed", True)
    finally:
        undying = connecting.current().ask("GET", f"{path}/undead") or {}
        playground.replace(path, {**undying, "metadata": {**undying["metadata"], "finalizers": []}})


def test_without_a_subject_the_student_is_meant() -> None:
    assert not lab.can("create pods")  # the ServiceAccount default of the test's namespace


def test_a_student_who_checks_themself_is_the_subject(admin: Api, namespace: str) -> None:
    connecting.use(Api(admin.account, Place(namespace)))
    assert lab.can("create pods")


def test_a_sentence_that_is_no_action_is_a_mistake_of_the_check(verdict_of: Run) -> None:
    assert verdict_of(lambda: lab.can("pods", as_=NOTEBOOK)).state == "unchecked"
    assert verdict_of(lambda: lab.can("get pods", as_="notebook")).state == "unchecked"
