"""What is pushed is in the other registry, byte for byte, for whoever may push there; whoever may not is told so."""

from __future__ import annotations

import base64
import http.client
import json
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from autograder.cluster import building, images, pushing, registry
from autograder.cluster.places import cache_dir
from autograder.cluster.progress import Quiet
from autograder.errors import ClusterUnreachable, RequirementMissing

ACCOUNT = ("ada", "s3cret")
TOKEN = "t0ken"
SMALL = """
program = "pause"
cmd = ["/pause"]
tags.1 = {}
tags.2 = {COLOUR = "green"}
copy = {greeting = "/etc/greeting"}
[also]
"library/small:1" = "1"
"""


class Door:
    """Stands before a registry and asks who comes: `basic`, for a name and password; `bearer`, for a token."""

    def __init__(self, behind: str, asks: str) -> None:
        self.scopes: list[str] = []
        door = self
        basic = "Basic " + base64.b64encode(":".join(ACCOUNT).encode()).decode()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                shown = self.headers.get("Authorization")
                url = urlsplit(self.path)
                if url.path == "/token":
                    door.scopes += parse_qs(url.query)["scope"]
                    given = json.dumps({"token": TOKEN}).encode()
                    return self.reply(200 if shown == basic else 401, given if shown == basic else b"{}")
                if shown == (basic if asks == "basic" else f"Bearer {TOKEN}"):
                    return self.forward(body)
                host = self.headers["Host"]
                bearer = f'Bearer realm="http://{host}/token",service="it",scope="repository:x:pull,push"'
                return self.reply(
                    401, b"{}", **{"WWW-Authenticate": bearer if asks == "bearer" else 'Basic realm="it"'}
                )

            def forward(self, body: bytes) -> None:
                upstream = http.client.HTTPConnection(behind, timeout=60)
                kept = {k: v for k, v in self.headers.items() if k.lower() not in ("connection", "authorization")}
                upstream.request(self.command, self.path, body, kept)
                answer = upstream.getresponse()
                content = answer.read()
                dropped = ("content-length", "connection", "transfer-encoding")
                headers = {k: v for k, v in answer.getheaders() if k.lower() not in dropped}
                self.reply(answer.status, content, **headers)

            def reply(self, code: int, content: bytes, **headers: str) -> None:
                self.send_response(code)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_HEAD = do_POST = do_PUT = pass_on  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Another registry, at an address of loopback's, and its store."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    store, config = tmp_path / "elsewhere", tmp_path / "elsewhere.yaml"
    store.mkdir()
    config.write_text(registry.registry_config(store, address, readonly=False))
    with subprocess.Popen(
        [str(building.program("registry")), "serve", str(config)], env={"OTEL_TRACES_EXPORTER": "none"}
    ) as process:
        try:
            deadline = time.monotonic() + 30
            while not answers(address):
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield address, store
        finally:
            process.terminate()


def answers(address: str) -> bool:
    try:
        return httpx.get(f"http://{address}/v2/", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture
def small(own_cache: Callable[[str], Path], recipes: Callable[..., Path]) -> dict[str, str]:
    """Digests of the images that a test's own course has."""
    own_cache("cache")
    recipes("small", SMALL, greeting="hello")
    return images.ensure_images(progress=Quiet())


@pytest.fixture(autouse=True)
def nobody_has_signed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_CACHE", str(cache_dir()))  # what was built stays where it is
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("REGISTRY_AUTH_FILE", "DOCKER_CONFIG", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)


def signed_in(folder: Path, host: str) -> None:
    encoded = base64.b64encode(":".join(ACCOUNT).encode()).decode()
    (folder / ".docker").mkdir()
    (folder / ".docker/config.json").write_text(json.dumps({"auths": {host: {"auth": encoded}}}))


def test_what_is_pushed_is_there_byte_for_byte_and_a_second_time_nothing_is_sent(
    small: dict[str, str], elsewhere: tuple[str, Path]
) -> None:
    address, store = elsewhere
    sent = pushing.push(f"{address}/ml/course/", progress=Quiet())
    assert sent == [f"{address}/ml/course/small:{tag}@{small[f'small:{tag}']}" for tag in ("1", "2")]
    for tag in ("1", "2"):
        digest = registry.tagged(store, "ml/course/small", tag)
        assert digest == small[f"small:{tag}"]
        manifest = json.loads(registry.blob_path(store, digest).read_text())
        for blob in (*manifest["layers"], manifest["config"]):
            mine, theirs = (registry.blob_path(each, blob["digest"]) for each in (images.store(), store))
            assert mine.read_bytes() == theirs.read_bytes()
    assert not (store / "docker/registry/v2/repositories/ml/course/library").exists()
    before = sorted(path.stat().st_mtime_ns for path in store.rglob("data"))
    assert pushing.push(f"{address}/ml/course", progress=Quiet()) == sent
    assert sorted(path.stat().st_mtime_ns for path in store.rglob("data")) == before


@pytest.mark.parametrize("asks", ["basic", "bearer"])
def test_a_registry_that_asks_who_comes_is_told_what_docker_login_wrote_down(
    small: dict[str, str], elsewhere: tuple[str, Path], tmp_path: Path, asks: str
) -> None:
    door = Door(elsewhere[0], asks)
    try:
        with pytest.raises(RequirementMissing, match=rf"docker login {door.address}"):
            pushing.push(door.address, progress=Quiet())
        assert registry.tagged(elsewhere[1], "small", "1") is None
        signed_in(tmp_path, door.address)
        pushing.push(door.address, progress=Quiet())
    finally:
        door.close()
    assert registry.tagged(elsewhere[1], "small", "2") == small["small:2"]
    assert set(door.scopes) == ({"repository:x:pull,push"} if asks == "bearer" else set())


def test_a_credential_helper_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    helper = tmp_path / "bin/docker-credential-safe"
    helper.parent.mkdir()
    helper.write_text('#!/bin/sh\nread host; echo "{\\"Username\\": \\"$host\\", \\"Secret\\": \\"x\\"}"\n')
    helper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{helper.parent}:/usr/bin:/bin")
    (tmp_path / "auth.json").write_text('{"credHelpers": {"r.example.org": "safe", "other.example.org": "absent"}}')
    monkeypatch.setenv("REGISTRY_AUTH_FILE", str(tmp_path / "auth.json"))
    assert pushing.credentials("r.example.org") == ("r.example.org", "x")
    assert pushing.credentials("other.example.org") is None


@pytest.mark.parametrize(
    "content", ["", "[]", '{"auths": 5}', '{"auths": {"r": {"auth": "%"}}}', '{"auths": {"r": "x"}}']
)
def test_a_damaged_file_of_accounts_is_nobodys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    (tmp_path / "auth.json").write_text(content)
    monkeypatch.setenv("REGISTRY_AUTH_FILE", str(tmp_path / "auth.json"))
    assert pushing.credentials("r") is None


def test_a_registry_that_is_not_there_and_a_name_that_is_none_are_said(small: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ClusterUnreachable, match=r"no answer from 127\.0\.0\.1"):
            pushing.push(f"127.0.0.1:{taken.getsockname()[1]}", progress=Quiet())
    for name in ("https://registry.example.org", "registry.example.org/Course", "a b", ""):
        with pytest.raises(RequirementMissing, match="HOST"):
            pushing.push(name, progress=Quiet())
