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
