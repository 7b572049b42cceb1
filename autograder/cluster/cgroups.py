"""Makes and removes the control groups that hold an embedded cluster's Pods.

Control groups are the one thing of a node that no namespace takes along when it ends. All of a
cluster's lie below one group of its own name, in each of the kernel's hierarchies.

Version 2 has one hierarchy, in which a group counts only what the group above passes on, and a kubelet
starts only where everything is passed on that the machine can count. systemd passes on what its own units
ask for, which is never all of it; so that is done here, and taken back when the last cluster goes.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterable
from pathlib import Path

from autograder.deadlines import scaled
from autograder.errors import ClusterError

_MOUNTS = Path("/proc/mounts")
_REMOVE_TIMEOUT_S = 10
_WANTED = ("cpu", "cpuset", "hugetlb", "io", "memory", "pids")
"""What a kubelet makes use of."""
_INSISTED_ON = ("cpu", "cpuset", "hugetlb", "memory", "pids")
"""What a kubelet does not start without, where the machine has it (its `getSupportedUnifiedControllers`)."""
_SYSTEMDS = ("cpu", "cpuset", "io", "memory", "pids")
"""What systemd passes on and takes back for its own units, whenever one of them asks for it."""
_BOUNDS_OF_PODS = ("cpu", "memory", "pids")
"""What no machine may lack: a Pod's limits mean nothing then."""
_PASSED_ON_BY_US = "user.autograder.passed-on"
"""Attribute of a cluster's group: the controllers that the group above did not pass on before."""


def make(cluster: str) -> None:
    """The cluster's group in every writable hierarchy; the kubelet refuses to start without it.

    Raises:
        ClusterError: the machine lets no group be made, or not one that can count what a kubelet insists on.
    """
    made = []
    for hierarchy, version in _hierarchies():
        group = hierarchy / f"autograder-{cluster}"
        alone = _is_alone(hierarchy, version)
        # A kubelet passes on whatever there is, from the root down, and takes nothing back.
        later = _not_systemds(hierarchy) if alone else []
        new = pass_on(hierarchy, _WANTED) if alone else []
        _mkdir(group)
        made.append(group)
        if alone:
            _remember(group, [*new, *later])
            # systemd takes back what none of its units asks for; it cannot while a group below passes it on.
            pass_on(group, _WANTED)
            _insist(hierarchy, group)
        _let_run(group, hierarchy)
    if not made:
        raise ClusterError(
            "no control group can be made on this machine",
            expected="control groups mounted at /sys/fs/cgroup that root may write to",
            next_step="in a container: start it with --privileged and --cgroupns=private",
        )


def make_below(group_of_cluster: str, name: str) -> None:
    """A group of a further node's own below the cluster's; what a life before left in it goes first.

    Whatever removes the cluster's group removes this one.

    Raises:
        ClusterError: it cannot be made, or cannot count what a kubelet insists on.
    """
    for hierarchy, version in _hierarchies():
        above = hierarchy / group_of_cluster.strip("/")
        group = above / name
        _take_down(group)
        _mkdir(group)
        if _is_alone(hierarchy, version):
            pass_on(group, _WANTED)
            _insist(above, group)
        _let_run(group, above)


def _let_run(group: Path, above: Path) -> None:
    """cpuset (v1) gives a new group no processors and no memory, and so lets nothing run in it."""
    for setting in ("cpuset.cpus", "cpuset.mems"):
        own, parent = group / setting, above / setting
        if own.exists() and parent.exists() and not own.read_text().strip():
            own.write_text(parent.read_text())


def remove(cluster: str) -> None:
    """Takes the cluster's groups down; the processes in them must have ended, and a moment is given for that."""
    for hierarchy, version in _hierarchies():
        root = hierarchy / f"autograder-{cluster}"
        ours = _passed_on_by_us(root)
        _take_down(root)
        if ours and _is_alone(hierarchy, version):
            _take_back(hierarchy, ours)


def _take_down(root: Path) -> None:
    """Removes a group and all below it, as soon as the processes in them have ended; gives up after a while."""
    deadline = time.monotonic() + scaled(_REMOVE_TIMEOUT_S)
    while root.exists():
        for directory, _, _ in os.walk(root, topdown=False):
            _try_rmdir(directory)
        if time.monotonic() > deadline:
            break
        if root.exists():
            time.sleep(0.02)


def left(cluster: str) -> list[Path]:
    """Groups of the cluster that are still there."""
    return [path for path in (root / f"autograder-{cluster}" for root, _ in _hierarchies()) if path.exists()]


def pass_on(group: Path, controllers: Iterable[str]) -> list[str]:
    """Has a group of version 2 count these for each group below it, as far as it can; returns what is new.

    One at a time: the kernel refuses a line as a whole when one name in it is unknown to the machine.
    """
    new = []
    for controller in controllers:
        with contextlib.suppress(OSError):
            available, passed_on = _words(group / "cgroup.controllers"), _words(group / "cgroup.subtree_control")
            if controller in available and controller not in passed_on:
                (group / "cgroup.subtree_control").write_text(f"+{controller}")
                new.append(controller)
    return new


def _mkdir(group: Path) -> None:
    try:
        group.mkdir(exist_ok=True)
    except OSError as error:
        raise ClusterError(
            f"{group} cannot be made: {error.strerror}",
            expected="a control group of the cluster's own",
            next_step="run as root; in a container, start it with --privileged",
        ) from error


def _insist(hierarchy: Path, group: Path) -> None:
    """Says what is missing, in place of a kubelet that starts again and again."""
    available, given = _words(hierarchy / "cgroup.controllers"), _words(group / "cgroup.controllers")
    if lacking := sorted(set(_BOUNDS_OF_PODS) - available):
        raise ClusterError(
            f"this machine's control groups do not count {', '.join(lacking)}",
            expected=f"{', '.join(_BOUNDS_OF_PODS)} in {hierarchy}/cgroup.controllers",
            next_step="start its kernel without cgroup_disable=, or with cgroup_enable=memory where that is off",
        )
    if missing := sorted((set(_INSISTED_ON) & available) - given):
        signs = " ".join(f"+{controller}" for controller in missing)
        step = f"as root: echo '{signs}' > {hierarchy}/cgroup.subtree_control"
        if _has_processes(hierarchy) and (hierarchy / "cgroup.type").exists():
            # Not the kernel's root but one that a container sees as its root: no group with processes passes on.
            step = (
                f"move the container's processes into a group of their own first: mkdir -p {hierarchy}/init; "
                f"for p in $(cat {hierarchy}/cgroup.procs); do echo $p > {hierarchy}/init/cgroup.procs; done"
            )
        raise ClusterError(
            f"{hierarchy} does not pass on {', '.join(missing)}",
            expected="control groups that count all that a kubelet insists on",
            next_step=f"{step}; then start the cluster again",
        )


def _not_systemds(hierarchy: Path) -> list[str]:
    """The controllers that nobody passes on yet, and nobody but a cluster is about to."""
    passed_on = _words(hierarchy / "cgroup.subtree_control")
    return [each for each in sorted(_words(hierarchy / "cgroup.controllers") - passed_on) if each not in _SYSTEMDS]


def _remember(group: Path, new: list[str]) -> None:
    """Notes on the group itself what is to be taken back: it lives exactly as long as that is true."""
    noted = [*_passed_on_by_us(group), *new]
    with contextlib.suppress(OSError):  # without attributes on groups (Linux before 5.7) it stays passed on
        os.setxattr(group, _PASSED_ON_BY_US, " ".join(dict.fromkeys(noted)).encode())


def _passed_on_by_us(group: Path) -> list[str]:
    try:
        return os.getxattr(group, _PASSED_ON_BY_US).decode().split()
    except OSError:
        return []


def _take_back(hierarchy: Path, controllers: list[str]) -> None:
    """Leaves the root as it was found; while another cluster needs it, the note is handed on."""
    for other in sorted(hierarchy.glob("autograder-*")):
        if _words(other / "cgroup.subtree_control"):  # a cluster; a sandbox passes nothing on
            _remember(other, controllers)
            return
    for controller in controllers:
        with contextlib.suppress(OSError):  # somebody else has come to use it
            (hierarchy / "cgroup.subtree_control").write_text(f"-{controller}")


def _has_processes(group: Path) -> bool:
    try:
        return bool((group / "cgroup.procs").read_text().strip())
    except OSError:
        return False


def _words(file: Path) -> set[str]:
    try:
        return set(file.read_text().split())
    except OSError:
        return set()


def _try_rmdir(directory: str) -> None:
    try:
        os.rmdir(directory)
    except OSError:
        return  # a process in it is still ending; the caller looks again


def _is_alone(hierarchy: Path, version: int) -> bool:
    """Whether this is version 2 without version 1 beside it, by the sign that a kubelet goes by."""
    return version == 2 and hierarchy == Path("/sys/fs/cgroup")


def _hierarchies() -> list[tuple[Path, int]]:
    """Where each writable hierarchy is mounted, and its version."""
    versions = {"cgroup": 1, "cgroup2": 2}
    mounts = [line.split() for line in _MOUNTS.read_text().splitlines()]
    return [
        (Path(target), versions[kind])
        for _, target, kind, *_ in mounts
        if kind in versions and os.access(target, os.W_OK)
    ]
