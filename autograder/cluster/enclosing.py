"""Gives an embedded cluster with a node namespaces of its own: network, mounts, processes, host name.

Everything that a node makes (interfaces, routes, iptables chains, ipsets, mounts, processes) is made in
there and is gone when its first process is: the kernel does the cleaning, also after a `kill -9`. The
machine sees one end of a cable (`link`) and nothing else, and no route leads from Pods to the machine or
beyond, so there is no internet in a Pod either.

Two halves: `enclose` runs on the machine's side and holds the cable, `settle` runs first thing inside. Which addresses
the cable has is `addressing`'s business, what may pass inside is `confining`'s.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from autograder.cluster import addressing, confining
from autograder.cluster.addressing import Cable
from autograder.cluster.addressing import run as _run
from autograder.cluster.components import USUAL_API_PORT
from autograder.deadlines import scaled
from autograder.errors import ClusterError

BASE = Path("/run/node")
"""Where the cluster's directory is seen inside."""

_INSIDE_LINK = "uplink"
_START_TIMEOUT_S = 10

# What the kubelet insists on and would otherwise set for the whole machine: it is shown these instead.
_KERNEL_SETTINGS = {
    "vm/overcommit_memory": "1",
    "vm/panic_on_oom": "0",
    "kernel/panic": "10",
    "kernel/panic_on_oops": "1",
    "kernel/keys/root_maxkeys": "1000000",
    "kernel/keys/root_maxbytes": "25000000",
}


def enclose(directory: Path, cable: Cable) -> subprocess.Popen[bytes]:
    """Starts the supervisor in new namespaces and connects them; returns the process that holds them."""
    confining.prepare_machine()
    process = subprocess.Popen(
        [
            "unshare",
            *("--mount", "--net", "--pid", "--uts", "--ipc", "--fork", "--mount-proc"),
            "--kill-child",
            *(sys.executable, "-m", "autograder.cluster.supervising", str(directory), "--enclosed"),
        ],
        stdin=subprocess.PIPE,
        env=os.environ | {"AUTOGRADER_CABLE": json.dumps(cable.__dict__), "AUTOGRADER_NODE": directory.name},
    )
    try:
        addressing.connect(cable, _INSIDE_LINK, _first_child(process))
    except BaseException:
        process.kill()
        raise
    assert process.stdin is not None
    process.stdin.write(b"connected\n")
    process.stdin.close()
    return process


def first_process(holder_pid: int) -> int | None:
    """The pid, as the machine sees it, of the first process in the namespaces that `holder_pid` holds."""
    try:
        children = Path(f"/proc/{holder_pid}/task/{holder_pid}/children").read_text().split()
    except OSError:
        return None
    return int(children[0]) if children else None


def _first_child(process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + scaled(_START_TIMEOUT_S)
    while time.monotonic() < deadline:
        child = first_process(process.pid)
        # Until it has forked inside, `unshare`'s child is still in the machine's network.
        if child is not None and os.readlink(f"/proc/{child}/ns/net") != os.readlink("/proc/self/ns/net"):
            return child
        if process.poll() is not None:
            break
        time.sleep(0.005)
    process.kill()
    raise ClusterError(
        "unshare gave no process in new namespaces",
        expected="the right to make network, mount and process namespaces",
        next_step="run as root on a kernel that has namespaces; inside a container, it must be privileged",
    )


def settle(directory: Path) -> Path:
    """Makes mounts, addresses and kernel settings of the new namespaces; returns the directory as seen inside."""
    sys.stdin.readline()  # the cable is there once the other half has written
    cable = Cable(**json.loads(os.environ["AUTOGRADER_CABLE"]))
    _mount(directory)
    _connect(cable)
    _run("hostname", os.environ["AUTOGRADER_NODE"])
    return BASE


def _mount(directory: Path) -> None:
    handle = os.open(directory, os.O_PATH)
    # Below /run lie sockets and locks of the machine's own daemons: the node gets an empty one.
    _run("mount", "-t", "tmpfs", "-o", "mode=0755", "node", "/run")
    BASE.mkdir()
    subprocess.run(["mount", "--bind", f"/proc/self/fd/{handle}", str(BASE)], check=True, pass_fds=[handle])
    # What upstream writes at fixed places lands in memory over the machine's own, which stays readable.
    for place in ("/tmp", "/var/lib", "/var/log"):  # noqa: S108
        layers = Path("/run/layers", place.strip("/").replace("/", "-"))
        (layers / "upper").mkdir(parents=True)
        (layers / "work").mkdir()
        options = f"lowerdir={place},upperdir={layers}/upper,workdir={layers}/work"
        _run("mount", "-t", "overlay", "-o", options, "node", place)
    # The second is where upstream's own provisioner made volumes, for a cluster of an older version.
    for inside, kept in {"/var/log/pods": "pod-logs", "/tmp/hostpath_pv": "volumes"}.items():  # noqa: S108
        Path(inside).mkdir(exist_ok=True)
        (BASE / kept).mkdir(exist_ok=True)
        _run("mount", "--bind", str(BASE / kept), inside)
    for setting, value in _KERNEL_SETTINGS.items():
        shown = Path("/run/kernel", setting)
        shown.parent.mkdir(parents=True, exist_ok=True)
        shown.write_text(value + "\n")
        _run("mount", "--bind", str(shown), f"/proc/sys/{setting}")


def _connect(cable: Cable) -> None:
    _run("ip", "link", "set", "lo", "up")
    _run("ip", "address", "add", f"{cable.node_address}/{cable.prefix_length}", "dev", _INSIDE_LINK)
    _run("ip", "link", "set", _INSIDE_LINK, "up")
    confining.confine(_INSIDE_LINK, api_port=USUAL_API_PORT)
