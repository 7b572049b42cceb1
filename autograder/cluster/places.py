"""Where on this machine the project keeps what can be made again, and what a running cluster owns.

Everything else asks here, so that a test, a class-room server or a user with a small home can move it all
with two variables, and so that all of it is found again to be removed. Nothing is created here; who writes
makes the directory.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
from pathlib import Path

_IN_CACHE = ("programs", "layers", "images.json", "registry", "registry.lock", "vm")


def cache_dir() -> Path:
    """What can be made again: programs, image layers, the registry's store. `$AUTOGRADER_CACHE` moves
    it."""
    return _place("AUTOGRADER_CACHE", "XDG_CACHE_HOME", ".cache")


def state_dir() -> Path:
    """What a running cluster owns: certificates, etcd's data, logs, sockets. `$AUTOGRADER_STATE` moves
    it."""
    return _place("AUTOGRADER_STATE", "XDG_STATE_HOME", ".local/state")


def identity(directory: Path) -> str:
    """What a cluster is called where all clusters of the machine meet: readable, and no other cluster's.

    A name alone is not enough: under another `$AUTOGRADER_STATE` somebody else has one of the same name.

    Args:
        directory: the cluster's own.
    """
    if directory.parent.resolve() == _usual_state_dir() / "clusters":
        return directory.name
    return f"{directory.name}-{digest(directory)[:6]}"


def digest(directory: Path) -> str:
    """Hex digits that stand for this directory and no other."""
    return hashlib.sha256(os.fsencode(directory.parent.resolve() / directory.name)).hexdigest()


def _usual_state_dir() -> Path:
    """Of this user where no variable says otherwise: one for each user id, whatever $HOME is at the moment."""
    try:
        home = pwd.getpwuid(os.geteuid()).pw_dir
    except KeyError:
        return Path("/nonexistent")
    return Path(home).resolve() / ".local/state/autograder"


def purge_cache() -> list[Path]:
    """Removes what can be made again, and of a folder that the user shares with it nothing else; returns what went."""
    removed = [cache_dir() / name for name in _IN_CACHE if (cache_dir() / name).exists()]
    for path in removed:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    with contextlib.suppress(OSError):  # it was never there, or holds something that is not ours
        cache_dir().rmdir()
    return removed


def _place(own: str, xdg: str, below_home: str) -> Path:
    if chosen := os.environ.get(own):
        return Path(chosen).expanduser().absolute()
    base = os.environ.get(xdg, "")
    # The XDG specification: a relative path is to be ignored.
    root = Path(base) if base.startswith("/") else Path.home() / below_home
    return root / "autograder"
