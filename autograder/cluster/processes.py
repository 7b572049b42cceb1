"""Remembers a process across runs of this program, without ever taking another for it.

A pid alone is not enough: after a crash it may belong to somebody else. It is kept together with the
time at which the kernel started it, and both must match before anything is signalled.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
from dataclasses import asdict, dataclass
from pathlib import Path


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
                    select.select([handle], [], [], timeout_s)
            finally:
                os.close(handle)

    @staticmethod
    def read(path: Path) -> Recorded | None:
        """What `record` wrote, or None where nothing readable is there."""
        try:
            return Recorded(**json.loads(path.read_text()))
        except (OSError, ValueError, TypeError):
            return None


def record(path: Path, pid: int) -> None:
    """Writes a running process down."""
    started = start_time(pid)
    if started is not None:
        part = path.with_suffix(".part")
        part.write_text(json.dumps(asdict(Recorded(pid, started))))
        part.replace(path)


def start_time(pid: int) -> int | None:
    """When the process was started, in clock ticks after boot; None if there is none, or only its remains."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    state, started = fields[0], int(fields[19])
    return None if state in "ZX" else started
