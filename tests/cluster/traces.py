"""Everything of this machine's that a cluster could leave behind, as sets that can be compared."""

from __future__ import annotations

import os
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster.addressing import link_of
from autograder.cluster.places import state_dir


@dataclass(frozen=True)
class Traces:
    """What was found, one line each."""

    processes: frozenset[str]
    mounts: frozenset[str]
    interfaces: frozenset[str]
    chains: frozenset[str]
    ipsets: frozenset[str]
    cgroups: frozenset[str]
    files: frozenset[str]
    kernel_settings: frozenset[str]


def take(cluster: str) -> Traces:
    """What is there now that has to do with `cluster`, and all that networks and mounts have to show."""
    return Traces(
        processes=frozenset(_processes(cluster)),
        mounts=frozenset(Path("/proc/self/mounts").read_text().splitlines()),
        interfaces=frozenset(_interfaces(cluster)),
        chains=frozenset(_lines("iptables-save") | _lines("ip6tables-save")),
        ipsets=frozenset(_lines("ipset", "list", "-name")),
        cgroups=frozenset(
            str(path)
            for depth in ("", "*/")  # version 2 has one hierarchy, version 1 one a controller
            for path in Path("/sys/fs/cgroup").glob(f"{depth}autograder-{cluster}*")
        ),
        files=frozenset(_files(cluster)),
        kernel_settings=frozenset(
            f"{name}={Path('/proc/sys', name).read_text().strip()}"
            for name in (
                "vm/overcommit_memory",
                "kernel/panic",
                "kernel/panic_on_oops",
                "net/ipv4/ip_forward",
            )
        ),
    )


def _interfaces(cluster: str) -> set[str]:
    """All of them, but for other clusters' cables: those may come and go."""
    return {
        each
        for _, each in socket.if_nameindex()
        if not each.startswith("agc-") or each == link_of(state_dir() / "clusters" / cluster)
    }


def _processes(cluster: str) -> set[str]:
    """Processes that name the cluster's directory, and everything in a process namespace that is not ours."""
    directory = str(state_dir() / "clusters" / cluster)
    own = os.readlink("/proc/self/ns/pid")
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            inside = os.readlink(process / "ns/pid") != own and directory in (process / "environ").read_text()
        except OSError:
            continue
        if directory in command or inside:
            found.add(command)
    return found


def _files(cluster: str) -> set[str]:
    places = [
        state_dir(),
        Path("/tmp"),
        Path("/run"),
        Path("/run/netns"),
        Path("/var/lib"),
        Path("/var/log"),
        Path("/etc/cni"),
    ]
    names = ("kube", "cni", "containerd", "hostpath_pv", "pods", "containers", cluster)
    return {
        str(path)
        for place in places
        if place.is_dir()
        for path in place.glob("*")
        if any(path.name.startswith(name) for name in names)
    } | {str(path) for path in (state_dir() / "clusters").glob(cluster)}


def _lines(*argv: str) -> set[str]:
    output = subprocess.run(argv, capture_output=True, text=True, check=False).stdout
    return {line for line in output.splitlines() if not line.startswith("#") and "[" not in line}
