"""Names the file system that is full, whichever of our programs met it first.

A full disk shows itself in a hundred ways: an exception here, a compiler's last line, an etcd that ends. Each is
turned into the same sentence: which file system, what of ours lies on it, how much is free, how much is needed.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from autograder.errors import ClusterError

_MIB = 1 << 20
_FULL_BELOW_BYTES = 32 * _MIB
_FULL_BELOW_FILES = 64
_MEANS_FULL = (errno.ENOSPC, errno.EDQUOT)
_SAYS_FULL = ("no space left on device", "disk quota exceeded", "not enough space")

CLUSTER_MIB = 600
"""What a cluster that has started keeps in its state directory, with some room to work."""
NODE_MIB = 400
"""What a second node keeps there besides."""
PROGRAMS_MIB = 6000
"""What building every program takes: most of it in the Go toolchain's own caches."""
IMAGES_MIB = 1500
"""What building the images takes while it goes on."""


@contextlib.contextmanager
def named(needed_mib: int, *places: Path) -> Iterator[None]:
    """Whatever fails in this block because a disk is full fails with a ClusterError that names the disk.

    Args:
        needed_mib: what the block needs, told to the reader.
        places: where the block writes; the folders may not exist yet.
    """
    try:
        yield
    except (OSError, ClusterError) as error:
        full = _full_by(error, places)
        if full is None:
            raise
        raise shortage(full, needed_mib, "" if isinstance(error, OSError) else error.found) from error


def shortage(place: Path, needed_mib: int, seen: str = "") -> ClusterError:
    """The error that says that the file system of `place` is full."""
    mounted, status = _mount_point(place), os.statvfs(_existing(place))
    what = f"{status.f_bavail * status.f_frsize // _MIB} MiB"
    if status.f_files and status.f_favail < _FULL_BELOW_FILES:
        what += f" and {status.f_favail} files"
    return ClusterError(
        f"the file system {mounted}, where {place} lies, is full: {what} free" + (f" ({seen[-300:]})" if seen else ""),
        expected=f"about {needed_mib} MiB free on it",
        next_step="free some room there and run the command again, or move the folder with"
        " AUTOGRADER_CACHE, AUTOGRADER_STATE, GOCACHE or TMPDIR",
    )


def full_one(places: Iterable[Path]) -> Path | None:
    """The first of the places whose file system has no room left."""
    for place in places:
        with contextlib.suppress(OSError):
            status = os.statvfs(_existing(place))
            few_files = bool(status.f_files) and status.f_favail < _FULL_BELOW_FILES
            if status.f_bavail * status.f_frsize < _FULL_BELOW_BYTES or few_files:
                return place
    return None


def _full_by(error: OSError | ClusterError, places: Iterable[Path]) -> Path | None:
    """Where there was no room; None if the error is about something else."""
    if isinstance(error, OSError):
        if error.errno not in _MEANS_FULL:
            return None
        places = [*([Path(os.fsdecode(error.filename))] if error.filename else []), *places]
    elif not any(words in error.found.lower() for words in _SAYS_FULL):
        return None
    places = list(places)
    return full_one(places) or (places[0] if places else None)


def _existing(place: Path) -> Path:
    """The place, or the nearest folder above it that is there."""
    return next(each for each in (place.absolute(), *place.absolute().parents) if each.exists())


def _mount_point(place: Path) -> Path:
    found = _existing(place).resolve()
    while not os.path.ismount(found) and found != found.parent:
        found = found.parent
    return found
