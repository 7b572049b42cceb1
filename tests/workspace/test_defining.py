"""Kinds that a lab needs: given to the embedded cluster, named of another that lacks them, installed when asked."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from autograder.errors import RequirementMissing, WorkspaceError
from autograder.workspace import defining, needing
from autograder.workspace.requesting import Answer

LAB = "lab13-install-a-tool"
CLUSTERS, GROUPS = "daskclusters.kubernetes.dask.org", "daskworkergroups.kubernetes.dask.org"


class Server:
    """An API server that serves some kinds of a group, and those that are defined meanwhile."""

    host = "https://server"

    def __init__(self, *served: str) -> None:
        self.served = list(served)
        self.applied: list[tuple[str, str]] = []

    def get(self, path: str) -> Answer:
        group = path.split("/")[2]
        if not any(each.partition(".")[2] == group for each in self.served):
            return Answer(404, {"kind": "Status", "message": "not found"})
        if path.count("/") == 2:
            return Answer(200, {"kind": "APIGroup", "preferredVersion": {"groupVersion": f"{group}/v1"}})
        listed = [{"name": each.partition(".")[0]} for each in self.served]
        return Answer(200, {"kind": "APIResourceList", "resources": listed})

    def request(self, method: str, path: str, **said: Any) -> Answer:
        assert (method, said["content_type"]) == ("PATCH", "application/apply-patch+yaml")
        assert said["body"]["metadata"]["name"] == path.rpartition("/")[2]
        self.applied.append((path, said["query"]["fieldManager"]))
        self.served.append(path.rpartition("/")[2])
        return Answer(201, said["body"])


def a_connection(*, embedded: bool) -> Any:
    return SimpleNamespace(is_embedded=embedded, kubeconfig=Path("/clusters/course/kubeconfig"), further=())


def test_the_lab_says_which_kinds_it_needs_and_each_is_there(repository: Path) -> None:
    assert needing.needed(repository, LAB).crds == (CLUSTERS, GROUPS)
    for name in (CLUSTERS, GROUPS):
        definition = yaml.safe_load((repository / defining.FOLDER / f"{name}.yaml").read_text())
        assert (definition["kind"], definition["metadata"]["name"]) == ("CustomResourceDefinition", name)
        assert definition["spec"]["scope"] == "Namespaced"


def test_nothing_lies_there_that_no_lab_needs(repository: Path) -> None:
    labs = [path.name for path in (repository / "course/cluster/labs").iterdir()]
    wanted = {name for lab in labs for name in needing.needed(repository, lab).crds}
    assert {path.stem for path in (repository / defining.FOLDER).iterdir()} == wanted


def test_another_cluster_is_told_what_it_lacks_and_nothing_is_made(repository: Path) -> None:
    server: Any = Server(CLUSTERS)
    with pytest.raises(RequirementMissing) as raised:
        defining.require_kinds(a_connection(embedded=False), server, repository, LAB)
    assert GROUPS in raised.value.found
    assert CLUSTERS not in raised.value.found
    assert LAB in raised.value.expected
    assert server.applied == []


def test_the_embedded_cluster_is_given_what_it_lacks(repository: Path) -> None:
    server: Any = Server(CLUSTERS)
    defining.require_kinds(a_connection(embedded=True), server, repository, LAB)
    assert [path.rpartition("/")[2] for path, _ in server.applied] == [GROUPS]
    defining.require_kinds(a_connection(embedded=True), server, repository, LAB)
    assert len(server.applied) == 1


def test_a_lab_that_needs_no_kinds_asks_nothing(repository: Path) -> None:
    defining.require_kinds(a_connection(embedded=False), SimpleNamespace(), repository, "lab06-rbac")  # type: ignore[arg-type]


def test_whoever_may_installs_what_all_labs_need(repository: Path) -> None:
    server: Any = Server()
    made = defining.install_kinds(server, repository)
    assert made == [f"CustomResourceDefinition/{name}" for name in (CLUSTERS, GROUPS)]
    assert defining.install_kinds(server, repository) == []


def test_a_definition_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "course/cluster/labs/lab99"
    folder.mkdir(parents=True)
    (folder / "needs.toml").write_text("crds = ['widgets.example.org']")
    with pytest.raises(WorkspaceError, match=r"widgets\.example\.org\.yaml"):
        defining.install_kinds(Server(), tmp_path)  # type: ignore[arg-type]
