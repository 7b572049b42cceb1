"""Clusters of other people are reached as kubectl reaches them, by the student and the grader too."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from execute.small_notebooks import check_cell, points, text_of
from nbformat.v4 import new_code_cell, new_notebook
from workspace.ways import PATH, Tunnels, UnderAPath, cluster_of, token_of_an_account, written

from autograder.checks.api import Api, Place
from autograder.checks.kubeconfig import read_account
from autograder.cluster.connection import Connection, connect
from autograder.errors import AutograderError, ClusterUnreachable, RequirementMissing, WorkspaceError
from autograder.execute.execution import execute_submission
from autograder.workspace import list_workspaces, open_workspace
from autograder.workspace.requesting import opened

pytestmark = pytest.mark.live

LAB = "lab06-rbac"
CHECK = """
from autograder import lab

with lab.criterion(2, "ConfigMap `answer` holds the answer"):
    lab.expect(lab.get_object("configmap/answer")["data"]["answer"], equal="42", what="the answer")
with lab.criterion(1, "ConfigMap `made-by-kubectl` is there"):
    lab.get_object("configmap/made-by-kubectl")
lab.points()
"""
RIGHT = """
from kubernetes import client, config
config.load_kube_config()
_, here = config.list_kube_config_contexts()
body = {"metadata": {"name": "answer"}, "data": {"answer": "42"}}
_ = client.CoreV1Api().create_namespaced_config_map(here["context"]["namespace"], body)
"""
BY_KUBECTL = "!kubectl create configmap made-by-kubectl --from-literal=a=b"
LOOK = "!cat $KUBECONFIG ~/.kube/config; env"


@pytest.fixture(scope="module")
def token(connection: Connection) -> Iterator[str]:
    with token_of_an_account(connection, "cluster-admin") as given:
        yield given


@pytest.fixture
def under_a_path(connection: Connection, tmp_path: Path) -> Iterator[UnderAPath]:
    with contextlib.closing(UnderAPath(connection, tmp_path / "platform")) as platform:
        yield platform


@pytest.fixture
def tunnels() -> Iterator[Tunnels]:
    with contextlib.closing(Tunnels()) as proxy:
        yield proxy


def points_by(kubeconfig: Path, folder: Path, connection: Connection) -> tuple[float, str]:
    """What a right answer gets by this way, and everything that the student saw."""
    way = connect(kubeconfig)
    # The programs are the same wherever the cluster is; a kubectl must be on PATH for this machine's own.
    way = Connection(way.kubeconfig, way.context, way.image_prefix, connection.kubectl, way.further)
    cells = [*map(new_code_cell, (RIGHT, BY_KUBECTL, LOOK)), check_cell("check", CHECK)]
    with open_workspace(way, LAB, "ada", wait=False) as place:
        execution = execute_submission(
            new_notebook(cells=cells), way, place, files=None, output_path=folder / "out.ipynb"
        )
    return points(execution, "check"), "\n".join(text_of(cell) for cell in execution.notebook.cells)


def test_a_server_under_a_path_is_the_students_and_the_graders_too(
    connection: Connection, under_a_path: UnderAPath, token: str, tmp_path: Path
) -> None:
    kubeconfig = written(tmp_path / "config", under_a_path.cluster(), {"token": token})
    score, seen = points_by(kubeconfig, tmp_path, connection)
    assert score == 3.0, seen
    assert f"server: https://localhost:6443{PATH}" in seen
    assert all(each.startswith(f"{PATH}/") for each in under_a_path.asked)


def test_a_proxy_is_gone_through_by_all_and_its_password_shown_to_none(
    connection: Connection, tunnels: Tunnels, token: str, tmp_path: Path
) -> None:
    cluster = cluster_of(connection, **{"proxy-url": tunnels.url})
    kubeconfig = written(tmp_path / "config", cluster, {"token": token})
    with open_workspace(connect(kubeconfig), LAB, "ada", wait=False) as place:
        assert "s3cret" not in place.student_kubeconfig()
        assert "s3cret" in place.grader_kubeconfig()
        assert "s3cret" not in repr(place) + repr(place.connection)
    before = len(tunnels.opened)
    score, seen = points_by(kubeconfig, tmp_path, connection)
    assert score == 3.0, seen
    assert "s3cret" not in seen
    assert len(tunnels.opened) > before + 3


def test_a_proxy_that_refuses_is_said_without_its_password(
    connection: Connection, tunnels: Tunnels, token: str, tmp_path: Path
) -> None:
    cluster = cluster_of(connection, **{"proxy-url": f"http://ada:wr0ng@127.0.0.1:{tunnels.port}"})
    way = connect(written(tmp_path / "config", cluster, {"token": token}))
    with pytest.raises(ClusterUnreachable, match="through the proxy") as refusal:
        list_workspaces(way)
    assert "407" in str(refusal.value)
    assert "wr0ng" not in str(refusal.value)


def test_a_proxy_of_the_environment_is_gone_through_and_spared_as_go_does(
    connection: Connection, tunnels: Tunnels, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kubeconfig = written(tmp_path / "config", cluster_of(connection), {"token": token})
    monkeypatch.setenv("HTTPS_PROXY", tunnels.url)
    monkeypatch.setenv("NO_PROXY", "")
    list_workspaces(connect(kubeconfig))
    assert len(tunnels.opened) == 1
    monkeypatch.setenv("NO_PROXY", "example.org,10.0.0.0/8,127.0.0.0/8")
    list_workspaces(connect(kubeconfig))
    assert len(tunnels.opened) == 1
    monkeypatch.setenv("NO_PROXY", "")
    list_workspaces(connection)  # the embedded one is on this machine
    assert len(tunnels.opened) == 1


def test_a_certificate_that_is_not_looked_at_is_not_by_anybody(
    connection: Connection, token: str, tmp_path: Path
) -> None:
    cluster = {"server": connection.server, "insecure-skip-tls-verify": True}
    score, seen = points_by(written(tmp_path / "config", cluster, {"token": token}), tmp_path, connection)
    assert score == 3.0, seen
    strict = written(tmp_path / "strict", {"server": connection.server}, {"token": token})
    with pytest.raises(ClusterUnreachable, match="certificate"):
        list_workspaces(connect(strict))


def test_who_is_impersonated_is_who_asks(connection: Connection, token: str, tmp_path: Path) -> None:
    def asking(**user: object) -> dict[str, object]:
        path = written(tmp_path / "config", cluster_of(connection), {"token": token, **user})
        with opened(connect(path)) as api:
            review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
            answer = api.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", review)
            return dict(answer.must("say who asks")["status"]["userInfo"])

    asked = asking(**{"as": "grace", "as-groups": ["one", "two"], "as-uid": "7", "as-user-extra": {"team": ["a"]}})
    assert asked["username"] == "grace"
    assert set(asked["groups"]) == {"one", "two", "system:authenticated"}  # type: ignore[call-overload]
    assert (asked["uid"], asked["extra"]) == ("7", {"team": ["a"]})
    path = written(tmp_path / "config", cluster_of(connection), {"token": token, "as": "nobody-at-all"})
    with (
        pytest.raises(RequirementMissing, match="'nobody-at-all' may not "),
        open_workspace(connect(path), LAB, "ada"),
    ):
        pass


def test_something_between_that_adds_its_own_rights_is_found_before_a_submission_is_run(
    connection: Connection, token: str, tmp_path: Path
) -> None:
    with contextlib.closing(UnderAPath(connection, tmp_path / "p", add_token=token)) as platform:
        way = connect(written(tmp_path / "config", platform.cluster(), {"token": token}))
        with pytest.raises(RequirementMissing, match="took it for"), open_workspace(way, LAB, "mallory"):
            pass
    left = [each for each in list_workspaces(connection) if each.student == "mallory"]
    assert all(each.going for each in left)


def test_a_path_that_is_missing_is_said(under_a_path: UnderAPath, token: str, tmp_path: Path) -> None:
    cluster = under_a_path.cluster(server=under_a_path.server.removesuffix(PATH))
    with pytest.raises(WorkspaceError, match=r"not an API server.*path may be missing"):
        list_workspaces(connect(written(tmp_path / "config", cluster, {"token": token})))


def test_files_are_merged_and_paths_are_meant_from_their_own_file(
    connection: Connection, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("clusters", "users", "elsewhere"):
        (tmp_path / folder).mkdir()
    (tmp_path / "clusters/ca.pem").write_text(connection.ca_pem)
    (tmp_path / "users/token").write_text(token + "\n")
    one = {
        "clusters": [{"name": "c", "cluster": {"server": connection.server, "certificate-authority": "ca.pem"}}],
        "contexts": [{"name": "here", "context": {"cluster": "c", "user": "u", "namespace": "first-wins"}}],
    }
    two = {
        "current-context": "here",
        "users": [{"name": "u", "user": {"tokenFile": "token"}}],
        "contexts": [{"name": "here", "context": {"cluster": "c", "user": "u", "namespace": "second"}}],
    }
    (tmp_path / "clusters/config").write_text(yaml.safe_dump(one))
    (tmp_path / "users/config").write_text(yaml.safe_dump(two))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KUBECONFIG", "clusters/config:not-there:users/config")
    way = connect()
    monkeypatch.chdir(tmp_path / "elsewhere")  # nbgrader changes folder too
    list_workspaces(way)
    monkeypatch.chdir(tmp_path)
    account = read_account([Path("clusters/config"), Path("not-there"), Path("users/config")])
    assert account.namespace == "first-wins"
    assert Api(account, Place("default")).ask("GET", "/api/v1/namespaces/default")


def test_a_client_certificate_is_found_beside_the_file(connection: Connection, tmp_path: Path) -> None:
    user = yaml.safe_load(connection.kubeconfig.read_text())["users"][0]["user"]
    for key in ("client-certificate", "client-key"):
        (tmp_path / f"{key}.pem").write_bytes(base64.b64decode(user[f"{key}-data"]))
    files = {key: f"{key}.pem" for key in ("client-certificate", "client-key")}
    list_workspaces(connect(written(tmp_path / "config", cluster_of(connection), files)))


def test_a_program_signs_in_and_a_missing_or_failing_one_stops_everything(
    connection: Connection, token: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def signing_in(script: str, **spec: object) -> Path:
        (tmp_path / "sign-in").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "sign-in").chmod(0o755)
        version = {"apiVersion": "client.authentication.k8s.io/v1", "interactiveMode": "Never"}
        user = {"exec": {**version, "command": "./sign-in", **spec}}
        return written(tmp_path / "config", cluster_of(connection), user)

    credential = {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": token}}
    list_workspaces(connect(signing_in(f"echo '{json.dumps(credential)}'")))
    printed = ""
    for script, spec, match in (
        ("", {"command": "kubelogin-nowhere", "installHint": "apt install kubelogin"}, "not installed.*apt install"),
        (f"echo {token}; echo failed for {token} >&2; exit 3", {"args": ["x"]}, "ended with 3; it said: failed for …"),
        (f"echo {token}", {"args": ["y"]}, "did not print an ExecCredential"),
        ("echo '{}'", {"apiVersion": "client.authentication.k8s.io/v1alpha1"}, "v1alpha1"),
        ("", {"interactiveMode": "Always", "args": ["z"]}, "no terminal"),
    ):
        with pytest.raises(ClusterUnreachable, match=match) as refusal:
            connect(signing_in(script, **spec))
        printed += str(refusal.value)
    assert token not in printed + "".join(capfd.readouterr())


@pytest.mark.parametrize(
    "user",
    [{"token": "TOPsecret-\ntoken"}, {"tokenFile": "two-lines"}, {"token": 7}],
    ids=["newline", "file of two lines", "a number"],
)
def test_a_token_that_cannot_be_sent_is_not_shown(connection: Connection, tmp_path: Path, user: dict[str, str]) -> None:
    (tmp_path / "two-lines").write_text("TOPsecret-one\nTOPsecret-two\n")
    with pytest.raises(ClusterUnreachable, match=r"token") as refusal:
        connect(written(tmp_path / "config", cluster_of(connection), user))
    assert "secret" not in str(refusal.value)
    assert "secret" not in repr(refusal.value.__cause__) + repr(refusal.value.__context__)


def test_a_token_that_has_run_out_is_said_before_anything_is_made(connection: Connection, tmp_path: Path) -> None:
    way = connect(written(tmp_path / "config", cluster_of(connection), {"token": "not-of-this-cluster"}))
    with (
        pytest.raises(AutograderError, match=r"Unauthorized.*sign in again") as refusal,
        open_workspace(way, LAB, "ada"),
    ):
        pass
    assert "not-of-this" not in str(refusal.value)
