"""Which cluster is meant, and that an existing one is left as it was outside the course's namespaces."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.cluster.connection import Connection, connect
from autograder.cluster.requesting import Requester
from autograder.errors import ClusterNotRunning, ClusterUnreachable
from autograder.workspace import open_workspace


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
        assert api.call_api("/readyz", "GET", auth_settings=["BearerToken"], response_type="str")[1] == 200


KINDS = {
    "/api/v1": ("configmaps", "secrets", "serviceaccounts", "resourcequotas", "limitranges", "services"),
    "/apis/rbac.authorization.k8s.io/v1": ("clusterroles", "clusterrolebindings", "roles", "rolebindings"),
    "/apis/networking.k8s.io/v1": ("networkpolicies",),
}


def outside(api: Requester) -> dict[str, Any]:
    """Every object of KINDS that is not in a namespace with the course's label, with its version."""
    namespaces = api.send("GET", "/api/v1/namespaces")[1]["items"]
    ours = {
        each["metadata"]["name"]
        for each in namespaces
        if "course.autograder/workspace" in each["metadata"].get("labels", {})
    }
    found = {}
    for group, kinds in KINDS.items():
        for kind in kinds:
            for item in api.send("GET", f"{group}/{kind}")[1]["items"]:
                metadata = item["metadata"]
                # Counters that the control plane itself writes are nobody's touch.
                if metadata.get("namespace") not in ours and not metadata["name"].startswith("test-"):
                    found[f"{kind}/{metadata.get('namespace')}/{metadata['name']}"] = metadata["uid"]
    return found


def test_an_existing_cluster_is_touched_only_in_namespaces_with_the_courses_label(connection: Connection) -> None:
    api = Requester(connection.kubeconfig)
    before = outside(api)
    with open_workspace(connection, "lab06-rbac", "ada") as workspace:
        assert outside(api) == before, json.dumps(sorted(set(outside(api)) ^ set(before)))
        namespace = api.send("GET", f"/api/v1/namespaces/{workspace.namespace}")[1]
        assert namespace["metadata"]["labels"]["course.autograder/workspace"] == workspace.id
    assert outside(api) == before
