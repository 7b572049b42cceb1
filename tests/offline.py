"""Runs a command with all network cut off but loopback and what clusters add: `python -m tests.offline COMMAND…`.

The command gets a network namespace in which `lo` alone is up, and a state directory of its own, so that clusters of
the machine's network are neither found nor missed. What it starts there ends with it: the clusters are taken down
before this returns, whatever came of the command. Files, control groups and processes are the machine's as ever.

Nothing here decides what is left out. A test that needs the outside is marked so, says why, and is skipped by
`tests/conftest.py` where `$AUTOGRADER_OFFLINE` is set.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

VARIABLE = "AUTOGRADER_OFFLINE"
_INSIDE = "--inside"
_DOWN_WITHIN_S = 300
_ANYWHERE = ("192.0.2.1", 443)
"""kept for documentation: whoever has a way out at all has one there"""


def main(argv: list[str]) -> None:
    """Ends this process with the command's exit code."""
    if argv[:1] == [_INSIDE]:
        sys.exit(_inside(argv[1:]))
    if os.geteuid() != 0 or shutil.which("unshare") is None or shutil.which("ip") is None:
        sys.exit("test-offline: it needs root, unshare and ip (apt-get install util-linux iproute2)")
    if not argv:
        sys.exit("test-offline: name a command to run")
    os.execvp("unshare", ["unshare", "--net", sys.executable, "-m", "tests.offline", _INSIDE, *argv])


def _inside(argv: list[str]) -> int:
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is the command's, and what it leaves is cleared away here
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    if way := way_out():
        sys.exit(f"test-offline: this network is to have no way out, and has {way}")
    state = Path(tempfile.mkdtemp(prefix="ag-offline-"))
    environment = {**os.environ, VARIABLE: "1", "AUTOGRADER_STATE": str(state)}
    try:
        return subprocess.run(argv, env=environment, check=False).returncode
    finally:
        down = [sys.executable, "-m", "autograder.cli", "cluster", "down", "--all"]
        subprocess.run(down, env=environment, timeout=_DOWN_WITHIN_S, check=False)
        shutil.rmtree(state, ignore_errors=True)


def way_out() -> str:
    """What leads from this network to others, in words; empty where nothing does."""
    routes = []
    for family in ("-4", "-6"):
        asking = ["ip", "-json", family, "route", "show", "table", "all"]
        listed = subprocess.run(asking, capture_output=True, text=True, check=True).stdout
        routes += [each for each in json.loads(listed or "[]") if each.get("dev") != "lo"]
    if routes:
        return ", ".join(f"a route to {each['dst']} by {each.get('dev')}" for each in routes)
    try:
        socket.create_connection(_ANYWHERE, timeout=1).close()
    except OSError:
        return ""
    return f"an answer from {_ANYWHERE[0]}"


if __name__ == "__main__":
    main(sys.argv[1:])
