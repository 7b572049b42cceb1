"""Puts the course's images into a registry of somebody else's, for clusters whose nodes do not reach this machine.

What is sent are the bytes of the store, so every image keeps its digest. Who may push there is asked of the same files
as Docker and Podman keep it in after `docker login` or `podman login`, their credential helpers included; nothing is
written. What the registry answers to is its own business, and is shown.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import subprocess
from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any

import httpx

from autograder.cluster import images, registry
from autograder.cluster.progress import Progress, shown
from autograder.cluster.registry import Registry
from autograder.deadlines import scaled
from autograder.errors import BuildFailed, ClusterUnreachable, RequirementMissing

_USUAL_S = 10
_TIMEOUT_S = 300.0
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_TARGET = re.compile(
    r"(?P<host>[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9a-fA-F:]+\])(?P<port>:\d+)?(?P<path>(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)"
)
_DOCKER_HUB = ("docker.io", "index.docker.io")


def push(target: str, *, plain_http: bool = False, progress: Progress | None = None) -> list[str]:
    """Send every image that labs name, building what is missing first.

    Args:
        target: `HOST[:PORT][/PATH]`, as `$AUTOGRADER_IMAGES` says it afterwards.
        plain_http: without TLS, as is always done on loopback.

    Returns:
        What is there now, as TARGET/NAME:TAG@DIGEST.

    Raises:
        BuildFailed: an image could not be built, or the registry refused it.
        ClusterUnreachable: the registry does not answer.
        RequirementMissing: `target` is no registry's name, or nobody has signed in there.
    """
    found = _TARGET.fullmatch(target.rstrip("/"))
    if found is None:
        raise RequirementMissing(
            f"{target!r}",
            expected="HOST[:PORT][/PATH], in small letters",
            next_step="like registry.example.org/ml-course",
        )
    host, path = found["host"] + (found["port"] or ""), found["path"].strip("/")
    scheme = "http" if plain_http or found["host"] in _LOOPBACK else "https"
    digests = images.ensure_images(progress=progress)
    own = {each.name for each in images.recipes()}
    refs = [ref for ref in digests if ref.partition(":")[0] in own]
    sent = []
    answering = "registry-1.docker.io" if host in _DOCKER_HUB else host
    with (
        httpx.Client(
            base_url=f"{scheme}://{answering}",
            auth=_SignedIn(credentials(host)),
            timeout=scaled(_TIMEOUT_S),
            follow_redirects=True,
            trust_env=found["host"] not in _LOOPBACK,
        ) as client,
        _explained(host),
    ):
        for ref in refs:
            name, _, tag = ref.partition(":")
            with (progress or shown()).step(f"push {ref}", _USUAL_S):
                digest = _push(Registry(client), f"{path}/{name}".strip("/"), tag, digests[ref])
            sent.append(f"{host}/{f'{path}/{name}'.strip('/')}:{tag}@{digest}")
    return sent


def _push(target: Registry, repository: str, tag: str, digest: str) -> str:
    manifest = json.loads(registry.blob_path(images.store(), digest).read_text())
    for each in [*manifest["layers"], manifest["config"]]:
        target.push_blob(repository, each["digest"], registry.blob_path(images.store(), each["digest"]))
    return target.push_manifest(repository, tag, manifest)


@contextlib.contextmanager
def _explained(host: str) -> Generator[None]:
    """A registry that is not there, or takes nothing from us, in our own words."""
    try:
        yield
    except httpx.TransportError as error:
        raise ClusterUnreachable(
            f"no answer from {host} ({error})",
            expected="a registry for container images",
            next_step="is the name right? One that speaks no TLS is pushed to with --plain-http",
        ) from None
    except BuildFailed as error:
        if not re.search(r" answered (401|403) ", error.found):
            raise
        raise RequirementMissing(
            f"{host} takes nothing from us: {error.found}",
            expected="an account that may push there",
            next_step=f"sign in with it (docker login {host}, or podman login {host}), and try again",
        ) from None


class _SignedIn(httpx.Auth):
    """Answers a registry's challenge: with the account's name and password, or with a token that it gives for them."""

    def __init__(self, account: tuple[str, str] | None) -> None:
        self._basic = "Basic " + base64.b64encode(":".join(account).encode()).decode() if account else ""
        self._authorization = ""

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._authorization:
            request.headers["Authorization"] = self._authorization
        answer = yield request
        if answer.status_code != httpx.codes.UNAUTHORIZED:
            return
        challenge = answer.headers.get("WWW-Authenticate", "")
        if challenge.lower().startswith("bearer "):
            said = dict(re.findall(r'(\w+)="([^"]*)"', challenge))
            asking = {key: said[key] for key in ("service", "scope") if key in said}
            headers = {"Authorization": self._basic} if self._basic else {}
            answer = yield httpx.Request("GET", said.get("realm", ""), params=asking, headers=headers)
            answer.read()
            with contextlib.suppress(ValueError, KeyError, AttributeError):
                given = answer.json()
                self._authorization = f"Bearer {given.get('token') or given['access_token']}"
        elif self._basic:
            self._authorization = self._basic
        if self._authorization:
            request.headers["Authorization"] = self._authorization
            yield request


def credentials(host: str) -> tuple[str, str] | None:
    """Name and password for a registry, from where Docker and Podman keep them; None where nobody has signed in."""
    keys = ["https://index.docker.io/v1/", *_DOCKER_HUB] if host in _DOCKER_HUB else [host, f"https://{host}"]
    for file in _files():
        with contextlib.suppress(OSError, ValueError, AttributeError, TypeError):
            said = json.loads(file.read_bytes())
            for key in keys:
                if found := _held(said, key):
                    return found
    return None


def _files() -> Iterable[Path]:
    """https://docs.docker.com/reference/cli/docker/#configuration-files and containers-auth.json(5)."""
    if named := os.environ.get("REGISTRY_AUTH_FILE"):
        yield Path(named)
    yield Path(os.environ.get("DOCKER_CONFIG") or Path.home() / ".docker", "config.json")
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime, "containers/auth.json")
    yield Path.home() / ".config/containers/auth.json"


def _held(said: dict[str, Any], key: str) -> tuple[str, str] | None:
    helper = (said.get("credHelpers") or {}).get(key) or said.get("credsStore")
    if helper:
        with contextlib.suppress(OSError, subprocess.SubprocessError, ValueError, KeyError):
            command = [f"docker-credential-{helper}", "get"]
            answer = subprocess.run(command, input=key, capture_output=True, text=True, check=True, timeout=scaled(60))
            given = json.loads(answer.stdout)
            return str(given["Username"]), str(given["Secret"])
    encoded = ((said.get("auths") or {}).get(key) or {}).get("auth")
    if not encoded:
        return None
    name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    return (name, password) if name else None
