"""Folders for work in progress that are gone when the work is, also after a `kill -9`.

Each folder is locked by the process that made it for as long as that lives. Who makes the next one first removes
those that nobody holds any more, so a build that was killed leaves nothing for longer than until the next.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

_PREFIX = "autograder-build-"
_PR_SET_PDEATHSIG = 1


@contextlib.contextmanager
def folder(what: str) -> Iterator[Path]:
    """A new empty folder, removed at the end of the block with all that is in it.

    Raises:
        KeyboardInterrupt: a SIGTERM or SIGHUP came, so that the block is left in an orderly way.
    """
    sweep()
    with orderly_end():
        path, handle = _make(what)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)
            os.close(handle)


def sweep() -> list[Path]:
    """Removes what ended processes of this user left; returns what went."""
    removed = []
    for path in Path(tempfile.gettempdir()).glob(_PREFIX + "*"):
        with contextlib.suppress(OSError):
            if path.is_symlink() or path.lstat().st_uid != os.geteuid():
                continue
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(path, ignore_errors=True)
                removed.append(path)
            finally:
                os.close(handle)
    return removed


def _make(what: str) -> tuple[Path, int]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{what}-"))
        with contextlib.suppress(OSError):  # a sweep came between the two lines: once more
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(handle, fcntl.LOCK_EX)
            if path.exists():
                return path, handle
            os.close(handle)


@contextlib.contextmanager
def orderly_end() -> Iterator[None]:
    """Signals that would end this process without a word become a KeyboardInterrupt; only a main thread can say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    replaced = {
        number: signal.signal(number, _interrupt)
        for number in (signal.SIGTERM, signal.SIGHUP)
        if signal.getsignal(number) is signal.SIG_DFL
    }
    try:
        yield
    finally:
        for number, before in replaced.items():
            signal.signal(number, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt(signal.Signals(number).name)


def end_with_parent() -> None:
    """In a child, before it becomes its program: it is told to end when the process that builds is gone."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
