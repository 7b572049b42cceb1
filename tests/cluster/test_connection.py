"""Which cluster is meant, and that an existing one is left as it was outside the course's namespaces."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from kubernetes import client

from autograder.cluster import building
from autograder.cluster.connection import Connection, connect, listed_in_environment
from autograder.cluster.requesting import Requester
from autograder.errors import ClusterNotRunning, ClusterUnreachable, RequirementMissing
from autograder.workspace import install_shared, open_workspace


def test_a_named_kubeconfig_wins_over_the_environment(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own"
    own.write_bytes(connection.kubeconfig.read_bytes())
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "not-this-one"))
    assert connect(own).kubeconfig == own
    monkeypatch.setenv("KUBECONFIG", str(own))
    assert connect().kubeconfig == own
    assert connect().server == connection.server


def test_in_a_learners_terminal_the_cluster_that_is_looked_after_is_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AUTOGRADER_KUBECONFIG", raising=False)
    monkeypatch.setenv("KUBECONFIG", "/a/learners/own")
    assert listed_in_environment() == "/a/learners/own"
    monkeypatch.setenv("AUTOGRADER_KUBECONFIG", "/the/instructors")
    assert listed_in_environment() == "/the/instructors"
    monkeypatch.setenv("AUTOGRADER_KUBECONFIG", "")
    assert listed_in_environment() == "", "the embedded one"


def test_a_wrong_path_or_context_is_said_at_once(connection: Connection, tmp_path: Path) -> None:
    with pytest.raises(ClusterUnreachable, match="no-such-file"):
        connect(tmp_path / "no-such-file")
    with pytest.raises(ClusterUnreachable, match="'wrong'"):
        connect(connection.kubeconfig, "wrong")


def test_a_cluster_that_does_not_run_is_not_started_when_that_was_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KUBECONFIG", raising=False)
    with pytest.raises(ClusterNotRunning, match="autograder cluster up --name nobody"):
        connect(name="nobody", start=False)


def test_the_connection_reads_authority_and_server_name_from_files_too(connection: Connection, tmp_path: Path) -> None:
    content = yaml.safe_load(connection.kubeconfig.read_text())
    cluster = content["clusters"][0]["cluster"]
    cluster.pop("certificate-authority-data")
    (tmp_path / "ca.pem").write_text(connection.ca_pem)
    cluster |= {"certificate-authority": "ca.pem", "tls-server-name": "localhost"}
    (tmp_path / "config").write_text(yaml.safe_dump(content))
    moved = Connection(tmp_path / "config")
    assert (moved.ca_pem, moved.tls_server_name) == (connection.ca_pem, "localhost")
    with moved.api_client() as api:
        assert client.VersionApi(api).get_code().git_version.startswith("v1.35.")


def test_students_cells_are_lent_a_kubectl_wherever_the_cluster_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, elsewhere = Connection(tmp_path / "config", kubectl=tmp_path / "own"), Connection(tmp_path / "config")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(building, "built", lambda name: tmp_path / "kube/kube")
    assert own.kubectl_to_lend() == tmp_path / "own"
    assert elsewhere.kubectl_to_lend() == tmp_path / "kube/kubectl", "what was built for another cluster"
    monkeypatch.setattr(building, "built", lambda name: None)
    with pytest.raises(RequirementMissing, match=r"no program kubectl.*autograder cluster build"):
        elsewhere.kubectl_to_lend()
    (tmp_path / "kubectl").touch(mode=0o755)
    assert elsewhere.kubectl_to_lend() == tmp_path / "kubectl"


HERE = {"server": "https://127.0.0.1:9"}
AUTHORITY = {"certificate-authority-data": "c2VjcmV0"}
NO_KUBECONFIG = {
    "no current-context": (None, {"current-context": ""}),
    "an empty context": (None, {"contexts": [{"name": "here", "context": {}}]}),
    "a cluster that is not there": (None, {"clusters": []}),
    "a user that is not there": (None, {"users": []}),
    "a context that is not there": (None, {"current-context": "there"}),
    "a cluster without a server": (None, {"clusters": [{"name": "c", "cluster": {}}]}),
    "both an authority and none": (
        None,
        {
            "clusters": [
                {"name": "c", "cluster": HERE | {"insecure-skip-tls-verify": True, "certificate-authority": "c"}}
            ]
        },
    ),
    "an authority that is not there": (
        None,
        {"clusters": [{"name": "c", "cluster": HERE | {"certificate-authority": "nowhere.pem"}}]},
    ),
    "an authority that is none": (
        None,
        {"clusters": [{"name": "c", "cluster": HERE | {"certificate-authority-data": "c2VjcmV0"}}]},
    ),
    "half a certificate": (None, {"users": [{"name": "u", "user": {"client-certificate-data": "c2VjcmV0"}}]}),
    "two ways to sign in": (None, {"users": [{"name": "u", "user": {"token": "secret", "username": "secret"}}]}),
    "groups of nobody": (None, {"users": [{"name": "u", "user": {"as-groups": ["secret"]}}]}),
    "a token file that is not there": (None, {"users": [{"name": "u", "user": {"tokenFile": "nowhere"}}]}),
    "a sign-in that kubectl has no more": (
        None,
        {"users": [{"name": "u", "user": {"auth-provider": {"name": "gcp", "config": {"access-token": "secret"}}}}]},
    ),
    "a program that does not say whether it asks a person": (
        None,
        {
            "users": [
                {"name": "u", "user": {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "true"}}}
            ]
        },
    ),
    "both forms of an authority": (
        None,
        {"clusters": [{"name": "c", "cluster": HERE | AUTHORITY | {"certificate-authority": "ca.pem"}}]},
    ),
    "an empty token file": (None, {"users": [{"name": "u", "user": {"tokenFile": "/dev/null"}}]}),
    "a proxy of an unknown kind": (None, {"clusters": [{"name": "c", "cluster": HERE | {"proxy-url": "ftp://p:1"}}]}),
    "a name twice": (None, {"clusters": [{"name": "c", "cluster": HERE}] * 2}),
    "a number for a token": (None, {"users": [{"name": "u", "user": {"token": 12345}}]}),
    "text for a list": (None, {"clusters": "secret"}),
    "not YAML": ("a: [secret", {}),
    "a list": ("[secret]", {}),
    "no text": ("\x00secret", {}),
}


@pytest.mark.parametrize(("words", "changes"), NO_KUBECONFIG.values(), ids=NO_KUBECONFIG)
def test_what_kubectl_does_not_take_is_one_sentence_and_shows_no_secret(
    connection: Connection, tmp_path: Path, words: str | None, changes: dict[str, Any]
) -> None:
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "here",
        "contexts": [{"name": "here", "context": {"cluster": "c", "user": "u"}}],
        "clusters": [{"name": "c", "cluster": HERE}],
        "users": [{"name": "u", "user": {"token": "secret-of-an-administrator"}}],
        **changes,
    }
    path = tmp_path / "config"
    path.write_text(words if words is not None else yaml.safe_dump(document))
    with pytest.raises(ClusterUnreachable) as refusal:
        connect(path)
    said = str(refusal.value)
    assert "secret" not in said.replace(str(tmp_path), "")
    assert "\n" not in said
    assert refusal.value.next_step
    kubectl = [str(connection.kubectl), "--kubeconfig", str(path), "get", "--raw", "/version", "--request-timeout=2s"]
    done = subprocess.run(kubectl, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
    assert done.returncode != 0
    assert "127.0.0.1:9 was refused" not in done.stderr, "kubectl went as far as asking"


def test_a_folder_and_a_file_that_may_not_be_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(ClusterUnreachable, match="Is a directory"):
        connect(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ClusterUnreachable, match="cannot be read"):
        connect(tmp_path / "loop")


def test_a_relative_path_is_meant_from_where_it_was_given(
    connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own").write_bytes(connection.kubeconfig.read_bytes())
    monkeypatch.chdir(tmp_path)
    own = connect(Path("own"))
    monkeypatch.chdir("/")
    with own.api_client() as api:
        assert client.VersionApi(api).get_code().git_version.startswith("v1.35.")


KINDS = {
    "/api/v1": ("configmaps", "secrets", "serviceaccounts", "resourcequotas", "limitranges", "services"),
    "/apis/rbac.authorization.k8s.io/v1": ("clusterroles", "clusterrolebindings", "roles", "rolebindings"),
    "/apis/networking.k8s.io/v1": ("networkpolicies",),
}


NAMESPACES = ("default", "kube-system", "kube-public", "kube-node-lease", "somebody-elses")


def outside(api: Requester) -> dict[str, Any]:
    """Every object of KINDS that belongs to the cluster as a whole or to a namespace that is not the course's."""
    found = {}
    for group, kinds in KINDS.items():
        for kind in kinds:
            for item in api.send("GET", f"{group}/{kind}")[1]["items"]:
                metadata = item["metadata"]
                if metadata.get("namespace") in (None, *NAMESPACES):
                    content = {key: value for key, value in item.items() if key not in {"metadata", "status"}}
                    identity = f"{kind}/{metadata.get('namespace')}/{metadata['name']}"
                    found[identity] = (metadata["uid"], metadata.get("labels"), content)
    return found


def settled(api: Requester) -> dict[str, Any]:
    """`outside`, once the cluster's own controllers are through: a cluster that is just up still makes its accounts."""
    deadline = time.monotonic() + 60
    seen, since = outside(api), time.monotonic()
    while "serviceaccounts/somebody-elses/default" not in seen or time.monotonic() - since < 3:
        assert time.monotonic() < deadline, "the cluster went on changing for a minute"
        time.sleep(0.2)
        if (now := outside(api)) != seen:
            seen, since = now, time.monotonic()
    return seen


def test_an_existing_cluster_is_touched_only_in_namespaces_with_the_courses_label(connection: Connection) -> None:
    api = Requester(connection.kubeconfig)
    install_shared(connection)  # as its operator has; the embedded cluster would do so while a workspace is opened
    manifest = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "somebody-elses"}}
    api.apply("/api/v1/namespaces/somebody-elses", manifest)
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "theirs"}, "data": {"a": "b"}}
    api.apply("/api/v1/namespaces/somebody-elses/configmaps/theirs", config)
    before = settled(api)
    assert any("somebody-elses/theirs" in each for each in before)
    with open_workspace(connection, "lab06-rbac", "ada") as workspace:
        assert outside(api) == before, json.dumps(sorted(set(outside(api)) ^ set(before)))
        namespace = api.send("GET", f"/api/v1/namespaces/{workspace.namespace}")[1]
        assert namespace["metadata"]["labels"]["course.autograder/workspace"] == workspace.id
    assert outside(api) == before
