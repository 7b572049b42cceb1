"""Signing in through a program that a kubeconfig names, as kubectl does (client.authentication.k8s.io).

What a program gave is kept until it runs out, for this process alone. A program that is missing, fails or says
something else is an error of one sentence: nobody goes on as an anonymous user. What it printed is never shown, and
of what it complained about only words that cannot be a credential.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from autograder.cluster.kubeconfigs import Described, Entry, unusable
from autograder.deadlines import scaled
from autograder.errors import ClusterUnreachable

_VERSIONS = ("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1")
_UNATTENDED_S = 60.0
_ATTENDED_S = 600.0  # a person may have to find their phone
_KEPT_S = 300.0
"""how long a credential without an expiry is used again"""
_MARGIN_S = 60.0
_LIKE_A_CREDENTIAL = re.compile(r"[A-Za-z0-9+/=_.~-]{20,}")


@dataclass(frozen=True)
class Given:
    """What a program gave."""

    token: str = field(default="", repr=False)
    certificate_pem: bytes = field(default=b"", repr=False)
    key_pem: bytes = field(default=b"", repr=False)
    until: float = 0.0
    """by `time.time()`"""


_kept: dict[str, Given] = {}
_one_at_a_time = threading.Lock()


def sign_in(described: Described) -> Given:
    """Run the program of a context's user, or give again what it gave before.

    Raises:
        ClusterUnreachable: it gave nothing to sign in with.
    """
    spec = Entry(_mapping(described.user), described.user.folder, f"`exec` of {described.user.what}")
    key = json.dumps([dict(spec.fields), str(spec.folder), described.server], default=str, sort_keys=True)
    with _one_at_a_time:
        given = _kept.get(key)
        if given is None or time.time() >= given.until:
            given = _kept[key] = _run(spec, described)
        return given


def _mapping(user: Entry) -> dict[str, Any]:
    spec = user.fields.get("exec")
    if not isinstance(spec, dict):
        raise unusable(f"`exec` of {user.what} is no mapping")
    return spec


def _run(spec: Entry, described: Described) -> Given:
    version = spec.text("apiVersion")
    if version not in _VERSIONS:
        raise unusable(f"{spec.what} speaks {version or 'no apiVersion'}, not {_VERSIONS[0]}")
    program = _program(spec)
    attended = _attended(spec)
    info = {"apiVersion": version, "kind": "ExecCredential", "spec": {"interactive": attended}}
    if spec.flag("provideClusterInfo"):
        info["spec"]["cluster"] = _cluster(described)  # type: ignore[index]
    environment = {**os.environ, **_environment(spec), "KUBERNETES_EXEC_INFO": json.dumps(info)}
    limit_s = scaled(_ATTENDED_S if attended else _UNATTENDED_S)
    try:
        done = subprocess.run(
            [program, *spec.texts("args")],
            stdin=None if attended else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=None if attended else subprocess.PIPE,
            env=environment,
            timeout=limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _failed(spec, f"did not end in {limit_s:g} s") from None
    except (OSError, ValueError) as error:
        raise _failed(spec, f"could not be started: {getattr(error, 'strerror', None) or 'its arguments'}") from None
    if done.returncode != 0:
        raise _failed(spec, f"ended with {done.returncode}{_complaint(done.stderr)}")
    return _given(spec, version, done.stdout)


def _program(spec: Entry) -> str:
    command = spec.text("command")
    if os.sep in command:
        path = spec.folder / command
        found = str(path) if os.access(path, os.X_OK) and path.is_file() else None
    else:
        found = shutil.which(command) if command else None
    if found:
        return found
    hint = " ".join(_without_credentials(spec.text("installHint")).split())
    raise ClusterUnreachable(
        f"the program {command!r}, which {spec.what} signs in with, is not installed",
        expected="it on PATH, or where the kubeconfig says",
        next_step=hint or "install it, or name a context that signs in another way",
    )


def _attended(spec: Entry) -> bool:
    """Whether the program may ask a person."""
    mode = spec.text("interactiveMode") or ("IfAvailable" if spec.text("apiVersion").endswith("v1beta1") else "")
    terminal = sys.stdin is not None and sys.stdin.isatty()
    if mode == "Always" and not terminal:
        raise _failed(spec, "asks a person, and there is no terminal")
    if mode not in ("Always", "IfAvailable", "Never"):
        raise unusable(f"interactiveMode of {spec.what} is none of Never, IfAvailable, Always")
    return terminal and mode != "Never"


def _environment(spec: Entry) -> dict[str, str]:
    listed = spec.fields.get("env") or []
    try:
        return {str(each["name"]): str(each["value"]) for each in listed}
    except (KeyError, TypeError):
        raise unusable(f"env of {spec.what} is no list of names and values") from None


def _cluster(described: Described) -> dict[str, Any]:
    about: dict[str, Any] = {"server": described.server}
    if described.ca_pem:
        about["certificate-authority-data"] = base64.b64encode(described.ca_pem.encode()).decode()
    if described.insecure:
        about["insecure-skip-tls-verify"] = True
    if described.tls_server_name:
        about["tls-server-name"] = described.tls_server_name
    if described.proxy:
        about["proxy-url"] = described.proxy
    return about


def _given(spec: Entry, version: str, printed: bytes) -> Given:
    try:
        said = json.loads(printed)
        status = said.get("status") or {}
        token, certificate, key = (
            status.get(each) or "" for each in ("token", "clientCertificateData", "clientKeyData")
        )
        proper = said.get("kind") == "ExecCredential" and all(isinstance(each, str) for each in (token, certificate))
        until = _until(status.get("expirationTimestamp"))
    except (ValueError, AttributeError, TypeError, RecursionError):
        raise _failed(spec, "did not print an ExecCredential") from None
    if not proper or not isinstance(key, str):
        raise _failed(spec, "did not print an ExecCredential")
    if said.get("apiVersion") != version:
        raise _failed(spec, f"answered in another version than {version}")
    if not token and not (certificate and key):
        raise _failed(spec, "gave neither a token nor a certificate with its key")
    return Given(token.strip(), certificate.encode(), key.encode(), until)


def _until(expires: Any) -> float:
    if not expires:
        return time.time() + _KEPT_S
    moment = datetime.fromisoformat(str(expires))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - _MARGIN_S


def _failed(spec: Entry, what: str) -> ClusterUnreachable:
    name = Path(spec.text("command")).name
    return ClusterUnreachable(
        f"the program {name!r}, which {spec.what} signs in with, {what}",
        expected="a credential from it",
        next_step="sign in with it by hand (`kubectl auth whoami` runs it too), or name another context",
    )


def _complaint(stderr: bytes | None) -> str:
    lines = [line.strip() for line in (stderr or b"").decode(errors="replace").splitlines() if line.strip()]
    return f"; it said: {_without_credentials(lines[-1])[:300]}" if lines else ""


def _without_credentials(words: str) -> str:
    printable = "".join(each if each.isprintable() else " " for each in words)
    return _LIKE_A_CREDENTIAL.sub("…", printable)
