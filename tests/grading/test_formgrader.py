"""formgrader's autograde button: one request to a real Jupyter server with nbgrader's extension."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from grading import small_lab
from grading.small_lab import LAB, answered

from autograder.cluster.connection import Connection

pytestmark = pytest.mark.live


@contextmanager
def jupyter_server(course) -> Iterator[httpx.Client]:
    """A server in the course's folder; ends with the block."""
    token = secrets.token_hex(16)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    options = {
        "token": token,
        "port": port,
        "ip": "127.0.0.1",
        "open_browser": False,
        "root_dir": str(course.root),
        "allow_root": True,
    }
    extensions = {"nbgrader.server_extensions.formgrader": True, "jupyterlab": False}
    config = Path(course.environment["JUPYTER_CONFIG_DIR"], "jupyter_server_config.json")
    config.parent.mkdir(exist_ok=True)
    config.write_text(json.dumps({"ServerApp": {"jpserver_extensions": extensions}}))
    command = [
        sys.executable,
        "-m",
        "jupyter_server",
        *(f"--ServerApp.{key}={value}" for key, value in options.items()),
    ]
    log = (course.root.parent / "server.log").open("w+")
    process = subprocess.Popen(command, cwd=course.root, env=course.environment, stdout=log, stderr=log)
    try:
        client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"Authorization": f"token {token}"}, timeout=300
        )
        with client:
            _await_status(client, process, deadline=time.monotonic() + 120)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=60)
        log.close()


def _await_status(client: httpx.Client, process: subprocess.Popen[bytes], deadline: float) -> None:
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if client.get("/formgrader/api/status").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the Jupyter server did not come up")


def test_the_button_gives_the_same_grade_as_our_command(course, connection: Connection) -> None:
    course.submit("bea", answered(course.released, small_lab.PARTLY))
    course.submit("cyd", "no notebook")
    with jupyter_server(course) as formgrader:
        pressed = formgrader.post(f"/formgrader/api/submission/{LAB}/bea/autograde")
        assert pressed.status_code == 200
        assert pressed.json()["success"], pressed.json()
        shown = formgrader.get(f"/formgrader/api/submission/{LAB}/bea").json()
        assert (shown["score"], shown["max_score"], shown["autograded"]) == (5.0, 6.0, True)

        refused = formgrader.post(f"/formgrader/api/submission/{LAB}/cyd/autograde").json()
        assert not refused["success"]
        assert "not JSON" in refused["log"]
    by_button = course.points("bea")
    assert course.grade("bea", connection).score == 5.0
    assert course.points("bea") == by_button
