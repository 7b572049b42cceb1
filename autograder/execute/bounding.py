"""Control groups around one sandbox: its memory, its processes and its CPU time, counted as a whole.

Works with both versions of the kernel's interface and with as much of it as this process may have.
Groups are made below the one this process is in, so whatever bounds the grader as a whole goes on
bounding everything. Version 2 refuses that wherever the own group holds processes, as every ordinary
session's and service's does; there the group comes from systemd, as a scope beside this process, or, for
root without systemd, lies at the root of the tree. What is left unbounded the sandbox bounds per process
with rlimits, the provisioner looks at now and then as a whole, and `Bounds.lacking` says.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.cluster.cgroups import pass_on
from autograder.deadlines import scaled
from autograder.execute.limits import Limits

_RECORD = "cgroups"
_REMOVE_TIMEOUT_S = 10.0
_SYSTEMD_TIMEOUT_S = 20.0
_POLL_S = 0.01
_CONTROLLERS = ("memory", "pids", "cpuacct", "cpu")
_HOLD = """
(
    trap '' TERM
    for each in /proc/$BASHPID/fd/*; do number=${each##*/}; [ "$number" -gt 2 ] && exec {number}<&-; done
    exec cat "$1" >/dev/null 2>&1
) &
shift
exec "$@"
"""
"""Starts the one process that does nothing but hold a scope open, so that what was counted can still be read when the
last of the others has gone. It keeps none of the sandbox's descriptors, and ends when the pipe is closed: when the
grader lets go, or ends itself; not when systemd stops the scope since the kernel ended a process of it for its memory:
nobody could tell that from an end of its own any more. (Other shells than bash cannot close a descriptor above 9.)"""
_one_at_a_time = threading.Lock()
_log = logging.getLogger("autograder.sandbox")


@dataclass(frozen=True)
class Bounds:
    """The groups of one sandbox."""

    groups: dict[str, Path]
    """The group that counts `memory`, `pids` and `cpuacct` or weighs `cpu`; one missing does neither."""
    scope: tuple[str, ...] = ()
    """The command that has systemd make the group and then runs what follows in it; empty without systemd."""
    environment: dict[str, str] = field(default_factory=dict)
    """What that command needs."""
    held_open: tuple[Path, int] | None = None
    """A named pipe, opened: until it is closed the scope stays, and what it counted with it."""

    @property
    def lacking(self) -> str:
        """What is bounded for each process alone, as a sentence for an instructor; empty where nothing is."""
        names = {"memory": "memory", "pids": "processes"}
        missing = [word for controller, word in names.items() if controller not in self.groups]
        if not missing:
            return ""
        return (
            f"this machine gives no control group that bounds a submission's {' and '.join(missing)} as a whole: each "
            "process is bounded, and the whole looked at now and then. Grade as root; or, with control groups of "
            "version 2, as a user whom systemd knows (loginctl enable-linger USER)"
        )

    def entering(self, command: list[str]) -> list[str]:
        """The command that runs `command` bounded."""
        if self.held_open:
            return [*self.scope, "bash", "-c", _HOLD, "hold", str(self.held_open[0]), *command]
        enter = 'while [ "$1" != -- ]; do echo 0 > "$1" || exit 1; shift; done; shift; exec "$@"'
        entrances = sorted({str(group / "cgroup.procs") for group in self.groups.values()})
        return ["/bin/sh", "-c", enter, "sh", *entrances, "--", *command]

    def let_go(self) -> None:
        """Closes what holds the scope open; once."""
        if self.held_open:
            os.close(self.held_open[1])

    def cpu_used_s(self) -> float | None:
        """CPU time of everything that was ever in the sandbox, or None where it is not counted."""
        group = self.groups.get("cpuacct")
        if group is None:
            return None
        with contextlib.suppress(OSError):  # systemd makes the group a moment after the sandbox was asked for
            if (v1 := group / "cpuacct.usage").exists():
                return int(v1.read_text()) / 1e9
            return _field(group / "cpu.stat", "usage_usec") / 1e6
        return 0.0

    def ran_out_of_memory(self) -> bool:
        """Whether the kernel had to end one of the sandbox's processes."""
        group = self.groups.get("memory")
        if group is None:
            return False
        v2 = group / "memory.events"
        with contextlib.suppress(OSError):
            return _field(v2 if v2.exists() else group / "memory.oom_control", "oom_kill") > 0
        return False


def bound(name: str, limits: Limits, record: Path) -> Bounds:
    """Groups called `name`, bounded by `limits`.

    Args:
        record: folder that remembers them for `remove`, before they are made.
    """
    parents = dict(_parents())
    if not {"memory", "pids"} <= parents.keys() and (manager := _systemd()):
        return _bound_by_systemd(manager, name, limits, record)
    groups = {controller: parent / name for controller, parent in parents.items()}
    _remember(record, groups)
    bounded = {}
    for controller, group in groups.items():
        try:
            group.mkdir(exist_ok=True)
            _configure(controller, group, limits)
        except OSError:
            continue
        bounded[controller] = group
    bounds = Bounds(bounded)
    if bounds.lacking:
        _say_once(bounds.lacking)
    return bounds


def groups_of(name: str) -> list[Path]:
    """Where the groups called `name` are, or would be."""
    manager = _systemd()
    return [parent / name for _, parent in _parents()] + ([manager.parent / f"{name}.scope"] if manager else [])


@functools.cache
def _say_once(lacking: str) -> None:
    _log.warning("%s", lacking)


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
    deadline = time.monotonic() + scaled(_REMOVE_TIMEOUT_S)
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
        with contextlib.suppress(OSError):  # systemd was quicker
            whole.write_text("1")
        return
    with contextlib.suppress(OSError):
        for pid in (group / "cgroup.procs").read_text().split():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)


def _parents() -> Iterator[tuple[str, Path]]:
    """For each controller, the group below which this process can make another."""
    own = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        own.update(dict.fromkeys(controllers.split(","), path))
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, target, kind, options, *_ = line.split()
        if kind == "cgroup":
            for controller in set(_CONTROLLERS) & set(options.split(",")):
                yield controller, _seen(Path(target), own.get(controller, "/"))
        elif kind == "cgroup2" and "" in own:
            parent = _seen(Path(target), own[""])
            if not _delegates(parent) and os.geteuid() == 0 and not _booted_by_systemd():
                parent = Path(target)  # nobody else looks after the tree
            if _delegates(parent):
                yield from ((controller, parent) for controller in _CONTROLLERS)


def _seen(mount: Path, path: str) -> Path:
    """A group as this mount shows it; a container often sees its own group as the root."""
    inside = mount / path.lstrip("/")
    return inside if inside.exists() else mount


def _delegates(parent: Path) -> bool:
    """Version 2 counts below a group only what the group passes on, and not while it has processes."""
    if not os.access(parent, os.W_OK):
        return False
    pass_on(parent, ("memory", "pids", "cpu"))
    try:
        return {"memory", "pids"} <= set((parent / "cgroup.subtree_control").read_text().split())
    except OSError:
        return False


@dataclass(frozen=True)
class _Manager:
    """The systemd that this process can ask for scopes: the machine's for root, else the user's own."""

    options: tuple[str, ...]
    """Of systemd-run."""
    environment: dict[str, str]
    parent: Path
    """The group in which its scopes appear."""
    bounds: frozenset[str]
    """The controllers with which a scope was seen to be bounded."""


_SEEN = """
while IFS=: read -r number controllers path; do [ -z "$controllers" ] && own=$path; done < /proc/self/cgroup
for file in memory.max pids.max cpu.weight; do read -r value < "/sys/fs/cgroup$own/$file" && echo "$file=$value"; done
echo "own=$own"
"""


def _systemd() -> _Manager | None:
    with _one_at_a_time:  # submissions are executed in threads
        return _tried_systemd()


@functools.cache
def _tried_systemd() -> _Manager | None:
    """Tried once: a scope is made, and what it says of itself is believed, not what was asked for.

    An ordinary user's systemd makes it in the user's own part of the tree and has the machine's move the process
    there, which the user could not do from a session.
    """
    program = shutil.which("systemd-run")
    if program is None or shutil.which("bash") is None or not _booted_by_systemd():
        return None
    if not Path("/sys/fs/cgroup/cgroup.controllers").exists():
        return None
    root = os.geteuid() == 0
    runtime = os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{os.geteuid()}"
    if not root and not Path(runtime, "systemd/private").exists():
        return None
    # The slice that root is in goes on bounding: a session's, a service's.
    options = (program, *(("--slice-inherit",) if root else ("--user",)))
    environment = {} if root else {"XDG_RUNTIME_DIR": runtime}
    tried = Limits(memory_mib=64, processes=16)
    command = [*_scope(options, f"autograder-try-{os.getpid()}", tried), "/bin/sh", "-c", _SEEN]
    try:
        done = subprocess.run(
            command,
            env={"PATH": "/usr/bin:/bin", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=scaled(_SYSTEMD_TIMEOUT_S),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    seen = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    if done.returncode or not seen.get("own", "").endswith(".scope"):
        return None
    held = {
        "memory": seen.get("memory.max") == str(tried.memory_mib * 2**20),
        "pids": seen.get("pids.max") == str(tried.processes + 1),
        "cpu": seen.get("cpu.weight") == "50",
        "cpuacct": True,  # version 2 counts it for every group
    }
    bounds = frozenset(controller for controller, holds in held.items() if holds)
    return _Manager(options, environment, Path("/sys/fs/cgroup" + seen["own"]).parent, bounds)


def _bound_by_systemd(manager: _Manager, name: str, limits: Limits, record: Path) -> Bounds:
    group = manager.parent / f"{name}.scope"
    groups = dict.fromkeys(manager.bounds, group)
    _remember(record, groups)
    pipe = record / "held"
    os.mkfifo(pipe, 0o600)
    held_open = pipe, os.open(pipe, os.O_RDWR | os.O_CLOEXEC)
    bounds = Bounds(groups, _scope(manager.options, name, limits), manager.environment, held_open)
    if bounds.lacking:
        _say_once(bounds.lacking)
    return bounds


def _scope(options: tuple[str, ...], name: str, limits: Limits) -> tuple[str, ...]:
    properties = {
        "MemoryMax": f"{limits.memory_mib}M",
        "MemorySwapMax": "0",
        "TasksMax": str(limits.processes + 1),  # one holds the scope open
        "CPUWeight": "50",
        "CPUAccounting": "yes",
    }
    asked = (f"--property={key}={value}" for key, value in properties.items())
    return (*options, "--scope", "--quiet", "--collect", f"--unit={name}", *asked, "--")


def _remember(record: Path, groups: dict[str, Path]) -> None:
    (record / _RECORD).write_text("\n".join(sorted({str(group) for group in groups.values()})))


def _booted_by_systemd() -> bool:
    return Path("/run/systemd/system").is_dir()


def _field(path: Path, key: str) -> int:
    fields = dict(line.split(maxsplit=1) for line in path.read_text().splitlines())
    return int(fields.get(key, 0))
