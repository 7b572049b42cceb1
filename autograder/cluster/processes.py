"""Remembers a process across runs of this program, without ever taking another for it.

A pid alone is not enough: after a crash it may belong to somebody else. It is kept together with the
time at which the kernel started it, and both must match before anything is signalled.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.cluster import remembering
from autograder.deadlines import scaled

_PIDS_BELOW = 1 << 22
"""The most that Linux gives."""


@dataclass(frozen=True)
class Recorded:
    """A process as it was when it was written down."""

    pid: int
    started: int
    """Clock ticks after boot, from /proc/PID/stat."""

    @property
    def alive(self) -> bool:
        """Whether this very process still runs (a zombie does not)."""
        return start_time(self.pid) == self.started

    def kill(self, timeout_s: float = 10) -> None:
        """SIGKILLs the process if it is still the one recorded, and returns when it has gone."""
        with contextlib.suppress(ProcessLookupError):
            handle = os.pidfd_open(self.pid)
            try:
                if self.alive:
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
                    select.select([handle], [], [], scaled(timeout_s))
            finally:
                os.close(handle)

    @staticmethod
    def read(path: Path) -> Recorded | None:
        """What `record` wrote, or None where nothing readable is there."""
        content = remembering.read_record(path)
        pid, started = content.get("pid"), content.get("started")
        if type(pid) is int and type(started) is int and 0 < pid < _PIDS_BELOW:
            return Recorded(pid, started)
        return None


def record(path: Path, pid: int) -> None:
    """Writes a running process down."""
    started = start_time(pid)
    if started is not None:
        remembering.write_json(path, asdict(Recorded(pid, started)))


def running_module(module: str, *arguments: str) -> list[Recorded]:
    """Processes that run `python -m MODULE ARGUMENTS…`, directly or through another program's command line.

    For what was recorded in a file that is damaged: the process is still there, and must be found all the same.
    """
    wanted = ["-m", module, *arguments]
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            argv = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if any(argv[at : at + len(wanted)] == wanted for at in range(len(argv) - len(wanted) + 1)):
                pid = int(process.name)
                started = start_time(pid)
                if started is not None and pid != os.getpid():
                    found.append(Recorded(pid, started))
    return sorted(found, key=lambda each: (each.started, each.pid))


def start_time(pid: int) -> int | None:
    """When the process was started, in clock ticks after boot; None if there is none, or only its remains."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, started = fields[0], int(fields[19])
    return None if state in "ZX" else started
