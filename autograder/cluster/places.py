"""Where on this machine the project keeps what can be made again, and what a running cluster owns.

Everything else asks here, so that a test, a class-room server or a user with a small home can move it all
with two variables, and so that removing it is removing two directories. Nothing is created here; who writes
makes the directory.
"""

from __future__ import annotations

import os
from pathlib import Path


def cache_dir() -> Path:
    """What can be made again: programs, image layers, the registry's store. `$AUTOGRADER_CACHE` moves
    it."""
    return _place("AUTOGRADER_CACHE", "XDG_CACHE_HOME", ".cache")


def state_dir() -> Path:
    """What a running cluster owns: certificates, etcd's data, logs, sockets. `$AUTOGRADER_STATE` moves
    it."""
    return _place("AUTOGRADER_STATE", "XDG_STATE_HOME", ".local/state")


def _place(own: str, xdg: str, below_home: str) -> Path:
    if chosen := os.environ.get(own):
        return Path(chosen).expanduser().absolute()
    base = os.environ.get(xdg, "")
    # The XDG specification: a relative path is to be ignored.
    root = Path(base) if base.startswith("/") else Path.home() / below_home
    return root / "autograder"
