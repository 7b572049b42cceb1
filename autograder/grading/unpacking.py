"""Unpacks the archives in a submission, as far as an archive of a student's can be trusted.

Nothing that an archive says about itself is believed: not its sizes, not its names. Each goes into a folder of its
own; what leads out of it, is no file, or would take the place of another entry stays where it is and is said. How
much an archive may unpack to, and list, is bounded, as a small one can hold more than the machine has room for.
"""

from __future__ import annotations

import io
import os
import shutil
import stat
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.errors import GradingError
from autograder.grading.omitting import LeftOut, what_it_is
from autograder.grading.reading import MAX_MIB
from autograder.report.showing import one_line

MAX_ARCHIVES = 5
MAX_ENTRIES = 2000
MAX_DEPTH = 8
MAX_MIB_IN_ALL = 100
_MAX_AT_ONCE = 4 * 2**20
"""Bytes: a list of entries that is longer would take gigabytes once it is read."""
_PACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
"""What zipfile unpacks a piece at a time; of others, a few kilobytes become gigabytes in one step."""

_TAKEN = "an entry before it has its place"


def unpack_all(files: Sequence[Path], space: Path, left: LeftOut) -> tuple[list[Path], list[GradingError]]:
    """Each archive's content in a folder of the archive's name, and what is wrong with those that have none.

    Args:
        files: those that are no archives are passed over.
        space: where the folders are made.
        left: gets what was not unpacked.
    """
    folders = []
    bad = []
    archives = [path for path in files if path.name.lower().endswith(".zip")]
    for path in archives[MAX_ARCHIVES:]:
        left.add(path.name, f"after {MAX_ARCHIVES} archives none is unpacked")
    for number, archive in enumerate(archives[:MAX_ARCHIVES]):
        folder = space / str(number) / archive.name
        folder.mkdir(parents=True)
        try:
            left.take_in(_unpack(archive, folder))
            folders.append(folder)
        except GradingError as error:
            shutil.rmtree(folder)
            bad.append(error)
    return folders, bad


class _Warily(io.BufferedReader):
    """A file that gives little at a time; zipfile asks for an archive's whole list in one go."""

    def read(self, size: int | None = -1, /) -> bytes:
        most = _MAX_AT_ONCE + 1
        content = super().read(most if size is None or size < 0 else min(size, most))
        if len(content) > _MAX_AT_ONCE:
            raise ValueError("it lists more than can be looked at")
        return content


def _unpack(archive: Path, folder: Path) -> LeftOut:
    left = LeftOut()
    room = MAX_MIB_IN_ALL * 2**20
    try:
        descriptor = os.open(archive, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with _Warily(io.FileIO(descriptor)) as raw, zipfile.ZipFile(raw) as packed:
            entries = packed.infolist()
            for entry in entries[MAX_ENTRIES:]:
                left.add(f"{archive.name}/{entry.filename}", f"after {MAX_ENTRIES} entries of an archive")
            for entry in entries[:MAX_ENTRIES]:
                if entry.is_dir() or stat.S_ISDIR(entry.external_attr >> 16):
                    continue
                target, why = _place_for(entry, folder)
                if why == _TAKEN and entry.filename.lower().endswith(".ipynb"):
                    raise _bad_archive(archive, f"holds {one_line(entry.filename)} more than once")
                if target is None:
                    left.add(f"{archive.name}/{entry.filename}", why)
                    continue
                with packed.open(entry) as reader:
                    written = _write(reader, target, min(room, MAX_MIB * 2**20))
                if written is None:
                    raise _bad_archive(archive, "unpacks to more than can be graded")
                room -= written
    except GradingError:
        raise
    except Exception as error:  # zipfile raises many kinds, also of zlib and the file system
        raise _bad_archive(archive, f"cannot be unpacked ({type(error).__name__}: {one_line(str(error))})") from error
    return left


def _place_for(entry: zipfile.ZipInfo, folder: Path) -> tuple[Path | None, str]:
    """Where an entry goes, its folder made; or None and why it goes nowhere."""
    kind = entry.external_attr >> 16
    if stat.S_IFMT(kind) and (why := what_it_is(kind)):
        return None, why
    if entry.compress_type not in _PACKED:
        return None, "packed in a way that is not unpacked"
    place = PurePosixPath(entry.filename.replace("\\", "/"))
    if place.is_absolute() or not _is_tame(place.parts):
        return None, "its path leads out of the archive, or is too long or deep"
    target = folder.joinpath(*place.parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        return None, _TAKEN
    return (None, _TAKEN) if os.path.lexists(target) else (target, "")


def _is_tame(parts: Sequence[str]) -> bool:
    return 0 < len(parts) <= MAX_DEPTH and all(
        part not in ("..", ".") and "\0" not in part and len(part.encode("utf-8", "replace")) <= 200 for part in parts
    )


def _write(reader: IO[bytes], target: Path, most: int) -> int | None:
    """How much was written; None if there is more. What an archive says about sizes is not believed."""
    written = 0
    with target.open("wb") as writer:
        while block := reader.read(2**16):
            written += len(block)
            if written > most:
                return None
            writer.write(block)
    return written


def _bad_archive(archive: Path, found: str) -> GradingError:
    return GradingError(
        f"{one_line(archive.name)} {found}",
        expected="the lab's notebook",
        next_step="unpack it by hand, or ask for the notebook itself",
    )
