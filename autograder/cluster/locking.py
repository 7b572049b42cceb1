"""One process at a time: a lock in a file, for everything in the cache that must not be made twice at
once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Waits for the lock, and keeps it to the end of the block.

    The kernel drops it with the process that holds it, so a kill leaves nothing to clear up.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def held_now(path: Path) -> Iterator[bool]:
    """As `held`, without waiting: whether the lock was to be had."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock at the moment."""
    if not path.exists():
        return False
    with held_now(path) as free:
        return not free
