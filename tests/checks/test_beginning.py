"""What a workspace began with, seen with the student's own rights, and everything that makes it another."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder import lab
from autograder.checks import connecting
from autograder.cluster import building
from autograder.cluster.connection import Connection
from autograder.errors import CheckFailed, ClusterError
from autograder.workspace import open_workspace

pytestmark = pytest.mark.live
Kubectl = Callable[[str], None]
LISTED = ("configmap/handover", "service/inbox", "deployment/sorter", "deployment/sentiment", "deployment/digest")


@pytest.fixture(scope="module")
def kubeconfig(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = tmp_path_factory.mktemp("student") / "kubeconfig"
    with open_workspace(connection, "lab01-find-your-way", "ada") as opened:
        path.write_text(opened.student_kubeconfig())
        yield path


@pytest.fixture(autouse=True)
def _as_student(kubeconfig: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("AUTOGRADER_WORKSPACE", raising=False)
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig))
    connecting.use(None)
    yield
    connecting.use(None)


@pytest.fixture
def kubectl(kubeconfig: Path) -> Kubectl:
    def run(words: str) -> None:
        command = [str(building.kubectl()), f"--kubeconfig={kubeconfig}", *words.split()]
        subprocess.run(command, check=True, capture_output=True)

    return run


def test_what_is_given_stays_so_while_controllers_write_its_status(kubectl: Kubectl) -> None:
    kubectl("create deployment mine --image=localhost:5000/python:1 --replicas=0")
    kubectl("create configmap mine --from-literal=a=b")
    lab.wait("deployment/sorter", ready=1)
    for name in LISTED:
        assert lab.untouched(name)["metadata"]["name"] == name.partition("/")[2]
    names = [each["metadata"]["name"] for each in lab.given("deployments")]
    assert sorted(names) == ["digest", "sentiment", "sorter"]
    assert [each["metadata"]["name"] for each in lab.given("services")] == ["inbox"]


@pytest.mark.parametrize(
    ("name", "done", "says"),
    [
        ("configmap/handover", ["annotate configmap handover seen=yes"], "changed"),
        ("deployment/sorter", ["label deployment sorter seen=yes"], "changed"),
        ("deployment/sentiment", ["scale deployment sentiment --replicas=0"], "changed"),
        ("deployment/digest", ["set env deployment/digest A=b", "set env deployment/digest A-"], "changed"),
        ("service/inbox", ['patch service inbox --type=json -p [{"op":"remove","path":"/spec/selector"}]'], "changed"),
        ("service/inbox", ["delete service inbox", "create service clusterip inbox --tcp=9300"], "was made after"),
        ("deployment/digest", ["delete deployment digest"], "there is no Deployment of that name"),
    ],
    ids=["annotated", "labelled", "scaled", "put back", "taken from", "made again", "deleted"],
)
def test_whatever_makes_it_another_is_seen(kubectl: Kubectl, name: str, done: list[str], says: str) -> None:
    for words in done:
        kubectl(words)
    with pytest.raises(CheckFailed, match=says):
        lab.untouched(name)


def test_a_namespace_that_is_no_workspace_has_no_beginning() -> None:
    with pytest.raises(ClusterError):
        lab.untouched("configmap/kube-root-ca.crt", namespace="default")
