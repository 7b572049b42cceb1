"""Gives an embedded cluster with a node namespaces of its own: network, mounts, processes, host name.

Everything that a node makes (interfaces, routes, iptables chains, ipsets, mounts, processes) is made in
there and is gone when its first process is: the kernel does the cleaning, also after a `kill -9`. The
machine sees one end of a cable (`link`) and nothing else, and no route leads from Pods to the machine or
beyond, so there is no internet in a Pod either.

Two halves: `enclose` runs on the machine's side and holds the cable, `settle` runs first thing inside. Which addresses
the cable has is `addressing`'s business, what may pass inside is `confining`'s.

A second node does the same once more, inside: its namespaces lie in the first one's, its cable leads there, and
`settle_beside` is what runs first in it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from autograder.cluster import addressing, cgroups, confining
from autograder.cluster.addressing import Cable
from autograder.cluster.addressing import run as _run
from autograder.cluster.components import GPU_POD_RANGE, NODE_POD_RANGE, USUAL_API_PORT
from autograder.cluster.nodes import BETWEEN, FIRST_END, GPU_ADDRESS, GPU_NODE, LINK
from autograder.deadlines import scaled
from autograder.errors import ClusterError

BASE = Path("/run/node")
"""Where the cluster's directory is seen inside."""

_INSIDE_LINK = "uplink"
_OVERLAID = ("/tmp", "/var/lib", "/var/log")  # noqa: S108
_ASIDE = "/var/lib"
"""A folder that every machine has: where the second node's directory is held while the first node's /run goes."""
_FIRSTS_NETWORK = 3
"""The file that a second node is handed: the network of the first."""
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
    _mount_base(directory)
    _mount_places()
    _connect(cable)
    _run("hostname", os.environ["AUTOGRADER_NODE"])
    return BASE


def settle_beside(directory: Path) -> Path:
    """As `settle`, for the second node: below the first one's group, out of its mounts, cabled to its network."""
    cgroups.make_below(os.environ["AUTOGRADER_CGROUP"], GPU_NODE)
    # Copies of the first node's mounts would keep its Pods' volumes in use; and overlays do not lie on one another.
    for place in _OVERLAID:
        _run("umount", "--lazy", place)
    _run("mount", "--bind", str(directory), _ASIDE)
    _run("umount", "--lazy", "/run")
    _mount_base(Path(_ASIDE))
    _run("umount", "--lazy", _ASIDE)
    _mount_places()
    _connect_to_first(os.environ["AUTOGRADER_FIRST"])
    _run("hostname", os.environ["AUTOGRADER_NODE"])
    return BASE


def _mount_base(directory: Path) -> None:
    handle = os.open(directory, os.O_PATH)
    # Below /run lie sockets and locks of the machine's own daemons: the node gets an empty one.
    _run("mount", "-t", "tmpfs", "-o", "mode=0755", "node", "/run")
    BASE.mkdir()
    subprocess.run(["mount", "--bind", f"/proc/self/fd/{handle}", str(BASE)], check=True, pass_fds=[handle])
    os.close(handle)


def _mount_places() -> None:
    # What upstream writes at fixed places lands in memory over the machine's own, which stays readable.
    for place in _OVERLAID:
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


def _connect_to_first(first_address: str) -> None:
    own, first = str(os.getpid()), ("nsenter", f"--net=/proc/{os.getpid()}/fd/{_FIRSTS_NETWORK}")
    # The kernel takes its time to remove the cable of a life before.
    subprocess.run([*first, "ip", "link", "delete", LINK], check=False, capture_output=True)
    _run(*first, "ip", "link", "add", LINK, "type", "veth", "peer", "name", _INSIDE_LINK, "netns", own)
    _run("ip", "link", "set", "lo", "up")
    _run("ip", "address", "add", f"{GPU_ADDRESS}/{BETWEEN}", "dev", _INSIDE_LINK)
    _run("ip", "link", "set", _INSIDE_LINK, "up")
    for target in (first_address, NODE_POD_RANGE):
        _run("ip", "route", "add", target, "via", FIRST_END, "dev", _INSIDE_LINK)
    confining.confine_second(_INSIDE_LINK, first_address=first_address)
    _run(*first, "ip", "address", "add", f"{FIRST_END}/{BETWEEN}", "dev", LINK)
    _run(*first, "ip", "link", "set", LINK, "up")
    # Its own address, and not that of the cable's end: NetworkPolicies let the API server in by it.
    route = ("ip", "route", "replace", GPU_POD_RANGE, "via", GPU_ADDRESS, "dev", LINK, "src", first_address)
    _run(*first, *route)
