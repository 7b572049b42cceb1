"""Where an execution keeps its things on this machine, and who clears them up.

One private folder per execution, for the grader kernel's home, the kernels' sockets and nothing
that a sandbox can reach. A folder is locked while its owner lives; the lock goes with the process,
however it ends, so the next execution finds what a killed one left behind and removes it. The same
locks hand out uids: no two running sandboxes share one.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import ExecutionError

# Neither accounts, nor systemd's dynamic users, nor containers' sub-uids lie in these
# (https://systemd.io/UIDS-GIDS/); the second is for machines whose uids end at 65535.
_UID_RANGES = (range(400_000, 402_048), range(60_578, 61_184))
_TRIES = 20


@dataclass(frozen=True)
class Place:
    """One execution's private folder, held while this object is open."""

    folder: Path
    """0700, and empty at first; short, because a unix socket's path is at most 107 bytes."""
    name: str
    """Unique on this machine; also the name of the execution's cgroups."""
    _lock: int = field(repr=False)

    def close(self) -> None:
        """Remove the folder, then let go of it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        _lock_path(self.folder).unlink(missing_ok=True)
        os.close(self._lock)


def open_place() -> Place:
    """A fresh folder.

    Raises:
        ExecutionError: there is no folder that only this user can write to.
    """
    home = _home()
    for _ in range(_TRIES):
        name = f"autograder-{secrets.token_hex(4)}"
        folder = home / name
        lock = _try_lock(_lock_path(folder))
        if lock is not None:
            folder.mkdir(mode=0o700)
            return Place(folder, name, lock)
        # Another process's sweep found the lock between its making and its taking, and clears it up.
    raise ExecutionError(f"another execution took each of {_TRIES} folders in {home}", next_step="run it again")


def sweep(remove: Callable[[Path], None]) -> list[str]:
    """Clear up after executions whose process is gone.

    Args:
        remove: called with each folder first, for what lies outside it (cgroups).

    Returns:
        the names that were found.
    """
    found = []
    for lock_path in sorted(_home().glob("autograder-*.lock")):
        lock = _try_lock(lock_path)
        if lock is None:
            continue
        folder = lock_path.with_suffix("")
        remove(folder)
        Place(folder, folder.name, lock).close()
        found.append(folder.name)
    return found


@contextlib.contextmanager
def borrowed_uid() -> Iterator[int]:
    """A uid that no account and no other running sandbox has. Only root can use one."""
    for uid in _usable_uids():
        lock = _try_lock(_home() / f"uid-{uid}")
        if lock is not None:
            try:
                yield uid
            finally:
                os.close(lock)
            return
    raise ExecutionError("every uid set aside for sandboxes is taken", next_step="run fewer at once")


def _usable_uids() -> Iterator[int]:
    lines = Path("/proc/self/uid_map").read_text().splitlines()
    spans = [range(int(start), int(start) + int(count)) for start, _, count in map(str.split, lines)]
    for candidates in _UID_RANGES:
        if any(candidates[0] in span and candidates[-1] in span for span in spans):
            yield from candidates


def _home() -> Path:
    """Root's under /run; a user's where the session keeps its sockets, else under /tmp."""
    if os.geteuid() == 0:
        home = Path("/run/autograder")
    elif os.environ.get("XDG_RUNTIME_DIR") and os.access(os.environ["XDG_RUNTIME_DIR"], os.W_OK):
        home = Path(os.environ["XDG_RUNTIME_DIR"], "autograder")
    else:
        home = Path(tempfile.gettempdir(), f"autograder-{os.geteuid()}")
    return _private(home)


def _private(home: Path) -> Path:
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = home.lstat()
    if state.st_uid != os.geteuid() or state.st_mode & 0o077:
        raise ExecutionError(
            f"{home} belongs to uid {state.st_uid} with mode {state.st_mode & 0o777:o}",
            expected="a folder that only this user can enter",
            next_step=f"remove {home}",
        )
    return home


def _lock_path(folder: Path) -> Path:
    return folder.with_name(folder.name + ".lock")


def _try_lock(path: Path) -> int | None:
    """A descriptor that holds `path`, or None where another process does or it just went away."""
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(lock).st_nlink:
            return lock
    except BlockingIOError:
        pass
    os.close(lock)
    return None
