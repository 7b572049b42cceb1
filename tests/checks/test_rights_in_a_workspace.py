"""Rights held against a lab's real workspace, by the grader and by a student who checks their own work.

Also every row of lab 06's table of what goes wrong: what a student does, and what the table says they see.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder import lab
from autograder.checks import connecting
from autograder.checks.criteria import Verdict
from autograder.cluster import building
from autograder.cluster.connection import Connection
from autograder.workspace import Workspace, install_shared, open_workspace

pytestmark = pytest.mark.live
Run = Callable[[Callable[[], Any]], Verdict]
NOTEBOOK = "serviceaccount/notebook"
WORK = ["create pods", "delete pods", "get pods", "list pods", "watch pods", "get pods/log"]


class Student:
    """Somebody with a workspace and kubectl."""

    def __init__(self, place: Workspace, folder: Path) -> None:
        self.place = place
        self.kubeconfig = folder / "student"
        self.kubeconfig.write_text(place.student_kubeconfig())

    def kubectl(self, line: str) -> str:
        command = [str(building.kubectl()), f"--kubeconfig={self.kubeconfig}", *line.split()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        return done.stdout + done.stderr

    def work(self) -> None:
        self.kubectl("create serviceaccount notebook")
        self.kubectl("create role run-workers --verb=create,delete,get,list,watch --resource=pods")
        self.kubectl("create role read-logs --verb=get --resource=pods/log")
        for role in ("run-workers", "read-logs"):
            self.bind(role, "notebook")
        assert lab.until(lambda: all(lab.can(each, as_=NOTEBOOK) for each in WORK))

    def bind(self, role: str, account: str, kind: str = "role", name: str = "") -> str:
        who = f"--serviceaccount={self.place.namespace}:{account}"
        return self.kubectl(f"create rolebinding {name or role.replace(':', '-')} --{kind}={role} {who}")


@pytest.fixture
def student(connection: Connection, tmp_path: Path) -> Iterator[Student]:
    install_shared(connection)
    with open_workspace(connection, "lab06-rbac", "ada", wait=False) as place:
        yield Student(place, tmp_path)


@pytest.fixture(params=["grader", "student"])
def looking(
    request: pytest.FixtureRequest, student: Student, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """Who looks at the work."""
    monkeypatch.delenv("AUTOGRADER_WORKSPACE", raising=False)
    monkeypatch.setenv("KUBECONFIG", str(student.kubeconfig))
    if request.param == "grader":
        (tmp_path / "grader").write_text(student.place.grader_kubeconfig())
        described = {**student.place.as_json(), "kubeconfig": str(tmp_path / "grader")}
        (tmp_path / "workspace.json").write_text(json.dumps(described))
        monkeypatch.setenv("AUTOGRADER_WORKSPACE", str(tmp_path / "workspace.json"))
    connecting.use(None)
    yield request.param
    connecting.use(None)


@pytest.mark.usefixtures("looking")
def test_a_right_answer_holds_and_one_right_too_much_is_found(student: Student, verdict_of: Run) -> None:
    student.work()
    lab.only_rights(NOTEBOOK, allow=WORK)
    lab.nobody_else(NOTEBOOK, core=WORK)
    student.kubectl("create role more --verb=get --resource=configmaps --resource-name=settings")
    student.bind("more", "notebook")
    assert lab.until(lambda: lab.can("get configmaps", as_=NOTEBOOK, name="settings"))
    verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
    assert (verdict.state, "`get` on `configmaps` named `settings`" in verdict.found) == ("failed", True)


@pytest.mark.usefixtures("looking")
def test_a_ready_made_role_whose_rules_cannot_be_read_is_judged_all_the_same(student: Student, verdict_of: Run) -> None:
    student.work()
    assert "created" in student.bind("view", "notebook", kind="clusterrole")
    assert "created" in student.bind("course:editor", "default", kind="clusterrole")
    assert lab.until(lambda: lab.can("create secrets", as_="serviceaccount/default"))
    assert lab.until(lambda: lab.can("get events", as_=NOTEBOOK))
    verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
    assert (verdict.state, "ClusterRole `view`" in verdict.found) == ("failed", True)
    verdict = verdict_of(lambda: lab.nobody_else(NOTEBOOK, core=WORK))
    assert (verdict.state, "ServiceAccount `default` may" in verdict.found) == ("failed", True)


@pytest.mark.usefixtures("looking")
def test_who_has_the_widest_role_on_offer_cannot_touch_a_guardrail(student: Student) -> None:
    assert "created" in student.bind("course:editor", "default", kind="clusterrole")
    default = "serviceaccount/default"
    assert lab.until(lambda: lab.can("create deployments", as_=default))
    guardrails = ["delete networkpolicies", "create events", "create events.events.k8s.io", "patch resourcequotas"]
    guardrails += ["delete limitranges", "impersonate serviceaccounts", "update pods/status", "update endpoints"]
    assert [each for each in guardrails if lab.can(each, as_=default)] == []
    assert "not currently held" in student.bind("edit", "default", kind="clusterrole")


@pytest.mark.parametrize("looking", ["student"], indirect=True)
@pytest.mark.usefixtures("looking")
def test_every_row_of_the_table_says_what_is_seen(student: Student) -> None:
    held, namespace = "attempting to grant RBAC permissions not currently held", student.place.namespace
    resource = "create role x --verb=get --resource=pods/logs"
    assert held in student.kubectl(resource)
    assert held in student.bind("cluster-admin", "notebook", kind="clusterrole")
    assert '"run-workers" not found' in student.bind("run-workers", "notebook")
    student.work()
    change = '[{"op":"replace","path":"/roleRef/name","value":"read-logs"}]'
    assert "cannot change roleRef" in student.kubectl(f"patch rolebinding run-workers --type=json -p {change}")
    for verb in ("red", "Get"):
        made = student.kubectl(f"create role odd-{verb.lower()} --verb={verb} --resource=pods")
        assert "created" in made
    student.bind("odd-get", "default")
    assert "[Get]" in student.kubectl("describe roles odd-get")
    assert not lab.can("get pods", as_="serviceaccount/default")
    student.kubectl(f"create rolebinding elsewhere --role=run-workers --serviceaccount={namespace}-x:notebook")
    assert f"{namespace}-x/notebook" in student.kubectl("get rolebindings -o wide")
    student.bind("run-workers", "ghost", name="ghost")
    assert lab.until(lambda: lab.can("create pods", as_=f"user/system:serviceaccount:{namespace}:ghost"))
    assert '"ghost" not found' in student.kubectl("create token ghost")
    short = student.kubectl("create rolebinding short --role=run-workers --serviceaccount=notebook")
    assert "serviceaccount must be <namespace>:<name>" in short
