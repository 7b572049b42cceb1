"""Somebody who is not a cluster administrator makes and removes workspaces with the shipped rights and no others."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from workspace.ways import cluster_of, token_of_an_account, written

from autograder.cluster.connection import Connection, connect
from autograder.errors import RequirementMissing, WorkspaceError
from autograder.workspace import (
    create,
    install_shared,
    instructor_manifest,
    lacking_rights,
    list_workspaces,
    open_workspace,
    preparing,
    remove,
    rights,
    sweep,
)
from autograder.workspace.requesting import Api, opened

LAB = "lab06-rbac"
LOOKS_INTO_PODS = "lab07-storage"
HANDS_OUT_ITS_OWN_KINDS = "lab13-install-a-tool"
ROLES = "/apis/rbac.authorization.k8s.io/v1/clusterroles"
BINDINGS = "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings"
NAME = "test:instructor"


def shipped(repository: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    role, binding = yaml.safe_load_all((repository / rights.MANIFEST).read_text())
    return role, binding


def test_the_manifest_is_what_the_workspaces_take(repository: Path) -> None:
    assert (repository / rights.MANIFEST).read_text() == instructor_manifest(repository), (
        f"run `autograder workspace rights --manifest > {rights.MANIFEST}`"
    )


@pytest.fixture(scope="module")
def admin_api(connection: Connection) -> Iterator[Api]:
    install_shared(connection)
    with opened(connection) as api:
        yield api


@pytest.fixture(scope="module")
def impersonator(connection: Connection) -> Iterator[str]:
    with token_of_an_account(connection, "cluster-admin") as token:
        yield token


@pytest.fixture
def holding(admin_api: Api, repository: Path) -> Iterator[Callable[[list[dict[str, Any]]], None]]:
    """Gives the user NAME exactly these rules."""
    role, binding = shipped(repository)
    role["metadata"]["name"] = binding["metadata"]["name"] = binding["roleRef"]["name"] = NAME
    binding["subjects"][0]["name"] = NAME

    def give(rules: list[dict[str, Any]]) -> None:
        admin_api.request("DELETE", f"{ROLES}/{NAME}")
        admin_api.post(ROLES, {**role, "rules": rules}).must("give rights")

    give(role["rules"])
    admin_api.post(BINDINGS, binding).must("bind them", accept=(201, 409))
    yield give
    admin_api.request("DELETE", f"{BINDINGS}/{NAME}")
    admin_api.request("DELETE", f"{ROLES}/{NAME}")


@pytest.fixture
def instructor(connection: Connection, impersonator: str, tmp_path: Path, holding: object) -> Iterator[Connection]:
    """The cluster, as somebody who holds what the manifest gives."""
    user = {"token": impersonator, "as": NAME}
    way = connect(written(tmp_path / "instructor", cluster_of(connection), user))
    until(lambda: not lacking_rights(way))
    preparing._seen_to.clear()
    yield way
    preparing._seen_to.clear()


def until(condition: Callable[[], Any], limit_s: float = 30) -> Any:
    deadline = time.monotonic() + limit_s
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    return found


@pytest.mark.live
def test_a_workspaces_whole_life_takes_no_more_than_the_manifest(
    instructor: Connection, connection: Connection
) -> None:
    with opened(instructor) as api:
        assert api.get("/api/v1/namespaces/kube-system/secrets").status == 200  # reads everything: it gives that away
        assert api.post(ROLES, {"kind": "ClusterRole", "metadata": {"name": "x"}, "rules": []}).status == 403
    with open_workspace(instructor, LAB, "least") as mine:
        mine.student_kubeconfig()
        stuck = {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "stuck", "finalizers": ["example.org/nobody"]},
        }
        # Where admission policies are not installed a student can do this.
        with opened(connection) as api:
            api.post(f"/api/v1/namespaces/{mine.namespace}/configmaps", stuck).must("leave something that stays")
        mine.grader_kubeconfig()
    assert not [each for each in list_workspaces(instructor) if each.id == mine.id]
    left = create(instructor, LAB, "least", lifetime_s=-1)
    assert left.namespace in sweep(instructor)


def _prepare_all(instructor: Connection) -> None:
    for lab in (LAB, HANDS_OUT_ITS_OWN_KINDS, LOOKS_INTO_PODS):  # a rule each is for the last two alone
        preparing._seen_to.clear()
        preparing.prepare(instructor, lab)


@pytest.mark.live
def test_each_rule_that_is_missing_is_named_and_nothing_is_made(
    instructor: Connection, holding: Callable[[list[dict[str, Any]]], None], repository: Path
) -> None:
    rules = shipped(repository)[0]["rules"]
    for number, rule in enumerate(rules):
        holding([*rules[:number], *rules[number + 1 :]])
        lacking = until(lambda: lacking_rights(instructor))
        resource = rule["resources"][0]
        assert resource in lacking, (rule, lacking)
        assert rule["verbs"][0] in lacking or "*" in lacking, (rule, lacking)
        with pytest.raises(RequirementMissing, match="test:instructor") as refusal:
            _prepare_all(instructor)
        assert rights.MANIFEST in refusal.value.next_step
        holding(rules)
        until(lambda: not lacking_rights(instructor))
    assert not [each for each in list_workspaces(instructor) if each.student == "refused" and not each.going]


@pytest.mark.live
def test_every_missing_right_is_in_one_message(
    instructor: Connection, holding: Callable[[list[dict[str, Any]]], None]
) -> None:
    holding([])
    words = until(lambda: lacking_rights(instructor))
    for each in ("deletecollection", "create limitranges", "bind clusterroles", "namespaces/finalize", "*"):
        assert each in words


@pytest.mark.live
def test_what_was_half_made_without_a_right_is_removed(
    instructor: Connection,
    holding: Callable[[list[dict[str, Any]]], None],
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rules = copy.deepcopy(shipped(repository)[0]["rules"])
    for rule in rules:  # quotas are made last, and Pods are ended first
        rule["resources"] = [each for each in rule["resources"] if each != "resourcequotas"]
        if "pods" in rule["resources"]:
            rule["verbs"] = ["create", "get", "list", "watch", "delete", "patch", "update"]
    holding([rule for rule in rules if rule["resources"]])
    until(lambda: "pods" in (words := lacking_rights(instructor)) and "resourcequotas" in words)
    monkeypatch.setattr(rights, "require", lambda *_: None)
    with pytest.raises(WorkspaceError, match="RBAC"):
        create(instructor, "lab02-serve-a-model", "half-made")
    left = [each for each in list_workspaces(instructor) if each.student == "half-made"]
    assert all(each.going for each in left)
    for each in left:
        remove(instructor, each.id)


@pytest.mark.live
def test_what_a_lab_needs_for_all_is_named_where_it_is_missing_and_installed_when_asked(
    connection: Connection, admin_api: Api, tmp_path: Path
) -> None:
    with token_of_an_account(connection, "cluster-admin") as token:
        way = connect(written(tmp_path / "config", cluster_of(connection), {"token": token}))
        assert admin_api.request("DELETE", f"{ROLES}/course:worker-runner").status == 200
        preparing._seen_to.clear()
        try:
            with pytest.raises(RequirementMissing, match=r"course:worker-runner.*workspace install"):
                create(way, LAB, "too-early")
            preparing.prepare(way, "lab02-serve-a-model")  # which needs nothing of it
            assert install_shared(way) == ["ClusterRole/course:worker-runner"]
            preparing.prepare(way, LAB)
        finally:
            install_shared(connection)
            preparing._seen_to.clear()
    assert not [each for each in list_workspaces(connection) if each.student == "too-early"]


@pytest.mark.live
def test_the_embedded_cluster_gets_what_a_lab_needs_by_itself(connection: Connection, admin_api: Api) -> None:
    admin_api.request("DELETE", f"{ROLES}/course:worker-runner")
    preparing._seen_to.clear()
    preparing.prepare(connection, LAB)
    assert admin_api.get(f"{ROLES}/course:worker-runner").status == 200
