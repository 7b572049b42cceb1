"""Accounts read from kubeconfigs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.checks.kubeconfig import read_account
from autograder.errors import ClusterError


def written(folder: Path, user: dict[str, Any], **cluster: Any) -> Path:
    document = {
        "current-context": "here",
        "contexts": [
            {"name": "here", "context": {"cluster": "c", "user": "u", "namespace": "mine"}},
            {"name": "there", "context": {"cluster": "c", "user": "u"}},
        ],
        "clusters": [{"name": "c", "cluster": {"server": "https://127.0.0.1:6443/", **cluster}}],
        "users": [{"name": "u", "user": user}],
    }
    path = folder / "kubeconfig"
    path.write_text(yaml.safe_dump(document))
    return path


def test_a_token_and_a_namespace_are_read(tmp_path: Path) -> None:
    account = read_account(written(tmp_path, {"token": "abc"}, **{"tls-server-name": "kubernetes"}))
    assert account.server == "https://127.0.0.1:6443"
    assert account.namespace == "mine"
    assert account.headers == {"Authorization": "Bearer abc"}
    assert account.tls_server_name == "kubernetes"


def test_what_proves_who_asks_is_not_printed(tmp_path: Path) -> None:
    assert "abc" not in repr(read_account(written(tmp_path, {"token": "abc"})))


def test_another_context_may_be_named(tmp_path: Path) -> None:
    assert read_account(written(tmp_path, {}), "there").namespace == "default"


def test_a_token_in_a_file_beside_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc\n")
    assert read_account(written(tmp_path, {"tokenFile": "token"})).headers == {"Authorization": "Bearer abc"}


def test_a_program_that_signs_in_is_run(tmp_path: Path) -> None:
    program = tmp_path / "sign-in"
    program.write_text(
        '#!/bin/sh\necho \'{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential",'
        '"status":{"token":"from-a-program"}}\'\n'
    )
    program.chmod(0o755)
    user = {
        "exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": str(program), "interactiveMode": "Never"}
    }
    account = read_account(written(tmp_path, user))
    assert account.headers == {"Authorization": "Bearer from-a-program"}
    assert account.namespace == "mine"


@pytest.mark.parametrize("content", ["", "[]", "a: [", "current-context: x", "\x00"])
def test_a_file_that_is_no_kubeconfig_is_an_error_that_names_it(tmp_path: Path, content: str) -> None:
    path = tmp_path / "kubeconfig"
    path.write_text(content)
    with pytest.raises(ClusterError, match="kubeconfig"):
        read_account(path)
