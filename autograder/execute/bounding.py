"""Control groups around one sandbox: its memory, its processes and its CPU time, counted as a whole.

Works with both versions of the kernel's interface and with as much of it as this process may
write; what is left unbounded here the sandbox bounds per process with rlimits, and the provisioner
looks at now and then as a whole. Groups are made below
the one this process is in, so whatever bounds the grader as a whole goes on bounding everything.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.execute.limits import Limits

_RECORD = "cgroups"
_REMOVE_TIMEOUT_S = 10.0
_POLL_S = 0.01


@dataclass(frozen=True)
class Bounds:
    """The groups of one sandbox."""

    groups: dict[str, Path]
    """The group that counts `memory`, `pids` and `cpuacct` or weighs `cpu`; one missing does neither."""

    @property
    def entrances(self) -> list[Path]:
        """Files that a process writes 0 to in order to be bound."""
        return [group / "cgroup.procs" for group in sorted(set(self.groups.values()))]

    def cpu_used_s(self) -> float | None:
        """CPU time of everything that was ever in the sandbox, or None where it is not counted."""
        group = self.groups.get("cpuacct")
        if group is None:
            return None
        if (v1 := group / "cpuacct.usage").exists():
            return int(v1.read_text()) / 1e9
        return _field(group / "cpu.stat", "usage_usec") / 1e6

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel had to end one of the sandbox's processes."""
        group = self.groups.get("memory")
        if group is None:
            return False
        v2 = group / "memory.events"
        return _field(v2 if v2.exists() else group / "memory.oom_control", "oom_kill") > 0


def bound(name: str, limits: Limits, record: Path) -> Bounds:
    """Groups called `name`, bounded by `limits`.

    Args:
        record: folder that remembers them for `remove`, before they are made.
    """
    parents = dict(_parents())
    groups = {controller: parent / name for controller, parent in parents.items()}
    (record / _RECORD).write_text("\n".join(sorted({str(group) for group in groups.values()})))
    bounded = {}
    for controller, group in groups.items():
        try:
            group.mkdir(exist_ok=True)
            _configure(controller, group, limits)
        except OSError:
            continue
        bounded[controller] = group
    return Bounds(bounded)


@dataclass(frozen=True)
class Use:
    """What a tree of processes uses at one moment."""

    memory_mib: float
    """Resident, with shared pages counted for each."""
    cpu_s: float
    """Of those alive; less than a group would count."""


def use_of(pid: int) -> Use:
    """What a process and those below it use, for machines where groups cannot be made."""
    page_mib, ticks = os.sysconf("SC_PAGE_SIZE") / 2**20, os.sysconf("SC_CLK_TCK")
    memory_mib = cpu_s = 0.0
    waiting = [pid]
    while waiting:
        process = Path("/proc", str(waiting.pop()))
        with contextlib.suppress(OSError, ValueError):
            fields = (process / "stat").read_text().rpartition(")")[2].split()
            cpu_s += (int(fields[11]) + int(fields[12])) / ticks
            memory_mib += int(fields[21]) * page_mib
            for children in process.glob("task/*/children"):
                waiting += [int(child) for child in children.read_text().split()]
    return Use(memory_mib, cpu_s)


def remove(record: Path) -> None:
    """End whatever is in the groups that `record` remembers, and remove them."""
    listed = record / _RECORD
    groups = [Path(line) for line in listed.read_text().splitlines()] if listed.exists() else []
    deadline = time.monotonic() + _REMOVE_TIMEOUT_S
    for group in groups:
        while group.exists() and time.monotonic() < deadline:
            _kill(group)
            with contextlib.suppress(OSError):
                group.rmdir()
                break
            time.sleep(_POLL_S)


def _configure(controller: str, group: Path, limits: Limits) -> None:
    memory_bytes = str(limits.memory_mib * 2**20)
    version_1 = not (group / "cgroup.controllers").exists()
    if controller == "memory" and version_1:
        (group / "memory.limit_in_bytes").write_text(memory_bytes)
        with contextlib.suppress(OSError):  # only there when the kernel counts swap
            (group / "memory.memsw.limit_in_bytes").write_text(memory_bytes)
    elif controller == "memory":
        (group / "memory.max").write_text(memory_bytes)
        with contextlib.suppress(OSError):
            (group / "memory.swap.max").write_text("0")
    elif controller == "cpu":
        # Half of what others get where all want it: the cluster answers while a student's loop spins.
        (group / ("cpu.shares" if version_1 else "cpu.weight")).write_text("512" if version_1 else "50")
    elif controller == "pids":
        (group / "pids.max").write_text(str(limits.processes))


def _kill(group: Path) -> None:
    if (whole := group / "cgroup.kill").exists():
        whole.write_text("1")
        return
    with contextlib.suppress(OSError):
        for pid in (group / "cgroup.procs").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def _parents() -> Iterator[tuple[str, Path]]:
    """For each controller, the group this process is in, where a group can be made below it."""
    own = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        own.update(dict.fromkeys(controllers.split(","), path))
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, target, kind, options, *_ = line.split()
        if kind == "cgroup":
            for controller in {"memory", "pids", "cpuacct", "cpu"} & set(options.split(",")):
                yield controller, _seen(Path(target), own.get(controller, "/"))
        elif kind == "cgroup2" and "" in own:
            parent = _seen(Path(target), own[""])
            if _delegates(parent):
                yield from ((controller, parent) for controller in ("memory", "pids", "cpuacct", "cpu"))


def _seen(mount: Path, path: str) -> Path:
    """A group as this mount shows it; a container often sees its own group as the root."""
    inside = mount / path.lstrip("/")
    return inside if inside.exists() else mount


def _delegates(parent: Path) -> bool:
    """Version 2 counts below a group only what the group passes on, and not while it has processes."""
    with contextlib.suppress(OSError):
        (parent / "cgroup.subtree_control").write_text("+memory +pids")
        with contextlib.suppress(OSError):
            (parent / "cgroup.subtree_control").write_text("+cpu")
        return True
    return False


def _field(path: Path, key: str) -> int:
    fields = dict(line.split(maxsplit=1) for line in path.read_text().splitlines())
    return int(fields.get(key, 0))
