"""What `make test-offline` runs has no network but loopback, a state of its own, and leaves nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOOK = """
import json, os, socket
def reached(*address):
    try:
        socket.create_connection(address, timeout=2).close()
    except OSError:
        return False
    return True
with socket.create_server(("127.0.0.1", 0)) as server:
    near = reached(*server.getsockname())
seen = {
    "loopback": near,
    "elsewhere": reached("192.0.2.1", 443),
    "interfaces": [name for _, name in socket.if_nameindex()],
    "offline": os.environ.get("AUTOGRADER_OFFLINE"),
    "state": os.environ["AUTOGRADER_STATE"],
}
os.makedirs(f"{seen['state']}/clusters/left")
print(json.dumps(seen))
raise SystemExit(7)
"""

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="a network of its own takes root")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_there_is_loopback_and_nothing_else_and_nothing_is_left() -> None:
    done = run(sys.executable, "-m", "tests.offline", sys.executable, "-c", LOOK)
    assert done.returncode == 7, done.stderr
    seen = json.loads(done.stdout.splitlines()[0])
    assert (seen["loopback"], seen["elsewhere"]) == (True, False)
    assert [each for each in seen["interfaces"] if each != "lo" and not each.startswith(("ifb", "tunl", "sit"))] == []
    assert seen["offline"] == "1"
    assert not Path(seen["state"]).exists(), "its clusters were taken down"


@pytest.mark.parametrize("route", ["default", "203.0.113.0/24"])
def test_a_network_with_a_way_out_is_not_taken_for_one_without(route: str) -> None:
    way = f"ip link set lo up; ip link add out type bridge; ip link set out up; ip route add {route} dev out"
    asking = f"{sys.executable} -c 'from tests.offline import way_out; print(way_out())'"
    done = run("unshare", "--net", "sh", "-c", f"{way}; {asking}")
    assert f"a route to {route} by out" in done.stdout, done.stderr


def test_a_test_that_needs_the_outside_says_why_and_waits() -> None:
    test = "tests/cluster/test_images.py::test_packages_files_and_commands_give_the_same_bytes_in_an_empty_cache"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs", test]
    environment = {**os.environ, "AUTOGRADER_OFFLINE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert "1 skipped" in done.stdout, done.stdout + done.stderr
    assert "needs the outside: fetches Debian packages" in done.stdout
