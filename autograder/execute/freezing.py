"""Makes everything in a sandbox stand still while check cells look, and go on afterwards.

A thread or a process that a student's cell left behind could take back what was done a moment after the last cell, and
while it is being judged. Where control groups of version 2 count the sandbox they freeze it as a whole; everywhere else
each process is stopped, again and again until none runs: nobody can catch that signal, and nobody who still runs is
left to undo it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.deadlines import scaled

_TIMEOUT_S = 10.0
_POLL_S = 0.005
_AT_REST = frozenset("TtZXxD")  # proc(5); what waits in the kernel stops before it runs a line of its own again


async def freeze(pid: int, groups: Iterable[Path]) -> bool:
    """Stop everything below a process.

    Args:
        pid: of the sandbox's outermost process, which is not a student's and goes on.
        groups: control groups that count the sandbox.

    Returns:
        Whether nothing runs any more.
    """
    deadline = time.monotonic() + scaled(_TIMEOUT_S)
    frozen = [_ask(group, "1") for group in set(groups)]
    while any(frozen) and not _is_frozen(groups) and time.monotonic() < deadline:
        await asyncio.sleep(_POLL_S)
    while True:
        running = [each for each in below(pid) if _state(each) not in _AT_REST]
        if not running or (any(frozen) and _is_frozen(groups)):
            return True
        if time.monotonic() > deadline:
            return False
        for each in running:
            _send(each, signal.SIGSTOP)
        await asyncio.sleep(_POLL_S)


def thaw(pid: int, groups: Iterable[Path]) -> None:
    """Let it go on."""
    for group in set(groups):
        _ask(group, "0")
    for each in below(pid):
        _send(each, signal.SIGCONT)


def below(pid: int) -> Iterator[int]:
    """The processes that a process started, and those that they did."""
    waiting = [pid]
    while waiting:
        process = Path("/proc", str(waiting.pop()))
        with contextlib.suppress(OSError, ValueError):
            for children in process.glob("task/*/children"):
                for child in map(int, children.read_text().split()):
                    yield child
                    waiting.append(child)


def _ask(group: Path, state: str) -> bool:
    """Whether a group can be frozen as a whole, and was asked to be."""
    switch = group / "cgroup.freeze"
    with contextlib.suppress(OSError):
        if switch.exists():
            switch.write_text(state)
            return True
    return False


def _is_frozen(groups: Iterable[Path]) -> bool:
    for group in groups:
        with contextlib.suppress(OSError):
            if "frozen 1" in (group / "cgroup.events").read_text():
                return True
    return False


def _state(pid: int) -> str:
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return "X"


def _send(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
