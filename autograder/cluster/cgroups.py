"""Makes and removes the control groups that hold an embedded cluster's Pods.

Control groups are the one thing of a node that no namespace takes along when it ends. All of a
cluster's lie below one group of its own name, in each of the kernel's hierarchies.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

_MOUNTS = Path("/proc/mounts")
_REMOVE_TIMEOUT_S = 10


def make(cluster: str) -> None:
    """The cluster's group in every writable hierarchy; the kubelet refuses to start without it."""
    for hierarchy in _hierarchies():
        group = hierarchy / f"autograder-{cluster}"
        group.mkdir(exist_ok=True)
        # cpuset (v1) gives a new group no processors and no memory, and so lets nothing run in it.
        for setting in ("cpuset.cpus", "cpuset.mems"):
            own, parent = group / setting, hierarchy / setting
            if own.exists() and parent.exists() and not own.read_text().strip():
                own.write_text(parent.read_text())


def remove(cluster: str) -> None:
    """Takes the cluster's groups down; the processes in them must have ended, and a moment is given for that."""
    for hierarchy in _hierarchies():
        root = hierarchy / f"autograder-{cluster}"
        deadline = time.monotonic() + _REMOVE_TIMEOUT_S
        while root.exists():
            for directory, _, _ in os.walk(root, topdown=False):
                _try_rmdir(directory)
            if time.monotonic() > deadline:
                break
            if root.exists():
                time.sleep(0.02)


def left(cluster: str) -> list[Path]:
    """Groups of the cluster that are still there."""
    return [path for path in (root / f"autograder-{cluster}" for root in _hierarchies()) if path.exists()]


def _try_rmdir(directory: str) -> None:
    try:
        os.rmdir(directory)
    except OSError:
        return  # a process in it is still ending; the caller looks again


def _hierarchies() -> list[Path]:
    mounts = [line.split() for line in _MOUNTS.read_text().splitlines()]
    return [
        Path(target) for _, target, kind, *_ in mounts if kind in {"cgroup", "cgroup2"} and os.access(target, os.W_OK)
    ]
