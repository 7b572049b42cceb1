"""The same questions with the rights that the grader and the student really have."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from checks.conftest import SERVER, Playground

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api, Place
from autograder.checks.criteria import Verdict
from autograder.cluster.connection import Connection
from autograder.workspace import Workspace, open_workspace

pytestmark = pytest.mark.live
Run = Callable[[Callable[[], Any]], Verdict]
TOKEN = "c2VudGltZW50LXRva2Vu"  # base64 of what must not be seen anywhere
RESOURCES = {"requests": {"cpu": "20m", "memory": "48Mi"}, "limits": {"cpu": "500m", "memory": "96Mi"}}


@pytest.fixture(scope="module")
def place(connection: Connection) -> Iterator[Workspace]:
    with open_workspace(connection, "lab06-rbac", "ada") as opened:
        yield opened


@pytest.fixture(scope="module", autouse=True)
def work(admin: Api, place: Workspace) -> None:
    """What a student left behind."""
    theirs = Playground(Api(admin.account, Place(place.namespace)), place.namespace)
    theirs.deployment("web", ["python3", "-u", "-c", SERVER], replicas=2, ready="/who", resources=RESOURCES)
    theirs.service("web", {"app": "web"})
    secret = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "token"}, "data": {"token": TOKEN}}
    theirs.create("/api/v1/namespaces/{}/secrets", secret)


@pytest.fixture
def as_grader(place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kubeconfig, described = tmp_path / "kubeconfig", tmp_path / "workspace.json"
    kubeconfig.write_text(place.grader_kubeconfig())
    described.write_text(json.dumps({**place.as_json(), "kubeconfig": str(kubeconfig)}))
    monkeypatch.setenv("AUTOGRADER_WORKSPACE", str(described))
    connecting.use(None)
    yield
    connecting.use(None)


@pytest.fixture
def as_student(place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(place.student_kubeconfig())
    monkeypatch.delenv("AUTOGRADER_WORKSPACE", raising=False)
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig))
    connecting.use(None)
    yield
    connecting.use(None)


@pytest.mark.usefixtures("as_grader")
def test_the_graders_rights_are_enough_for_every_question(place: Workspace) -> None:
    assert (lab.namespace, lab.neighbour, lab.grading) == (place.namespace, place.neighbour, True)
    lab.wait("deployment/web", ready=2)
    assert lab.get("service/web", "/who").status == 200
    pod = lab.pods("service/web", at_least=2)[0]
    assert lab.post(pod, "/predict", port=8080, json=[1])["got"] == [1]
    assert lab.owner(pod) == "deployment/web"
    assert "GET /who" in lab.logs(pod)
    assert {event["reason"] for event in lab.events(pod)} >= {"Scheduled", "Started"}
    assert lab.exists("secret/token")
    assert lab.replace("deployment/web")["metadata"]["uid"] != pod["metadata"]["uid"]
    assert lab.can("create pods")
    assert not lab.can("create pods", namespace=place.neighbour)
    assert lab.can("create pods", as_=f"serviceaccount/student@{place.namespace}")


@pytest.mark.usefixtures("as_grader")
def test_the_graders_probe_reaches_the_students_service() -> None:
    lab.wait("service/web", ready=1)
    program = "import urllib.request as u; print(u.urlopen('http://web.{}/who', timeout=5).status)"
    assert lab.probe(program.format(lab.namespace)).strip() == "200"


@pytest.mark.usefixtures("as_grader")
def test_what_is_secret_gets_into_no_verdict(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.expect(len(lab.get_object("secret/token")["data"]), equal=2))
    assert verdict.state == "failed"
    assert any(exhibit.name == "secret/token" for exhibit in verdict.evidence)
    assert TOKEN not in json.dumps([verdict.message, *(exhibit.text for exhibit in verdict.evidence)])


@pytest.mark.usefixtures("as_grader")
def test_what_the_grader_may_not_see_is_not_held_against_the_work(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get_object("configmap/x", namespace="kube-system"))
    assert verdict.state == "unchecked"
    assert "the grader's account may not" in verdict.message


@pytest.mark.usefixtures("as_student")
def test_a_self_check_asks_the_same_with_the_students_rights(place: Workspace) -> None:
    assert (lab.namespace, lab.neighbour, lab.grading) == (place.namespace, None, False)
    lab.wait("deployment/web", ready=2)
    assert lab.get("service/web", "/who").status == 200
    assert lab.can("create pods")
    assert not lab.can("create pods", as_="serviceaccount/default")
    assert lab.probe("print('here')") == "here\n"


@pytest.mark.usefixtures("as_student")
def test_what_a_student_may_not_see_is_unchecked_in_a_self_check(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get_object("configmap/x", namespace="kube-system"))
    assert verdict.state == "unchecked"
    assert "your account may not" in verdict.message
