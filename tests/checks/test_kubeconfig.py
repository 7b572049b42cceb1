"""Accounts read from kubeconfigs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from autograder.checks.kubeconfig import read_account
from autograder.cluster.proxies import proxy_for
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


def test_a_token_in_a_file_wins_over_the_one_that_stands_there(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("newer\n")
    headers = read_account(written(tmp_path, {"tokenFile": "token", "token": "older"})).headers
    assert headers == {"Authorization": "Bearer newer"}


def test_one_impersonated_group_is_sent_and_several_are_refused(tmp_path: Path) -> None:
    headers = read_account(written(tmp_path, {"token": "abc", "as": "ada", "as-groups": ["one"]})).headers
    assert headers["Impersonate-Group"] == "one"
    with pytest.raises(ClusterError, match="2 groups"):
        read_account(written(tmp_path, {"token": "abc", "as": "ada", "as-groups": ["one", "two"]}))


@pytest.mark.parametrize(
    ("server", "no_proxy", "spared"),
    [
        ("https://k8s.example.org", "", False),
        ("https://k8s.example.org", "example.org", True),
        ("https://k8s.example.org", ".example.org", True),
        ("https://example.org", ".example.org", False),
        ("https://k8s.example.org:6443", "example.org:443", False),
        ("https://k8s.example.org:6443", "example.org:6443", True),
        ("https://10.1.2.3:6443", "10.0.0.0/8", True),
        ("https://10.1.2.3:6443", "11.0.0.0/8,*", True),
        ("https://[fd00::2]:6443", "fd00::/16", True),
        ("https://127.0.0.1:6443", "", True),
        ("https://localhost:6443", "", True),
        ("http://k8s.example.org", "", True),
    ],
)
def test_a_proxy_of_the_environment_is_spared_as_go_does(server: str, no_proxy: str, spared: bool) -> None:
    environment = {"https_proxy": "proxy.example.net:3128", "no_proxy": no_proxy}
    found = proxy_for(server, None, "a kubeconfig", environment=environment)
    assert found == (None if spared else "http://proxy.example.net:3128")


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
