"""Copies a folder that a student can still write to, as regular files and nothing else.

Whoever owns the folder can exchange anything in it for a link at any moment, between a look and the copy as well: so
each folder and file is opened by its name in the folder before it, links refused, and what is copied is what was
opened. What a student's own rights could not have put there, a file of another user's under a second name, is not
taken either.
"""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from autograder.errors import GradingError
from autograder.grading.omitting import LINK, LeftOut, what_it_is, why_not

MAX_DEPTH = 32
MAX_ENTRIES = 50_000
_BY_NBGRADER = ("timestamp.txt", "submission_secret.txt")
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True)
class Terms:
    """What nbgrader's configuration says about collecting."""

    max_bytes: int
    """Of a whole submission; a larger one is not copied."""
    max_file_bytes: int | None
    """A larger file is left out."""
    ignore: tuple[str, ...]
    """Names that are passed over."""
    include: tuple[str, ...]
    """The only files that are taken, by name; empty for all."""
    groupshared: bool
    """Whether the instructors' group gets its rights."""


def copy_submission(source: Path, target: Path, terms: Terms) -> LeftOut:
    """Copy a submission into a folder that is made.

    Returns:
        what was left out.

    Raises:
        GradingError: there is too much of it.
        OSError: it is no folder, or cannot be read.
    """
    descriptor = os.open(source, _FOLDER)
    try:
        target.mkdir(mode=0o700)
        copying = _Copying(terms, os.fstat(descriptor).st_uid)
        copying.folder(descriptor, target, "", 0)
    finally:
        os.close(descriptor)
    if not copying.took_work:
        copying.left.take_in(copying.ignored)  # else it would look as if nothing had been handed in
    return copying.left


class _Copying:
    """One submission on its way."""

    def __init__(self, terms: Terms, owner: int) -> None:
        self.left = LeftOut()
        self.ignored = LeftOut()
        self.took_work = False
        self._terms = terms
        self._owner = owner
        self._entries = 0
        self._room = terms.max_bytes

    def folder(self, descriptor: int, target: Path, within: str, depth: int) -> None:
        """Copy what is in a folder that is open."""
        with os.scandir(descriptor) as entries:
            for entry in entries:
                self._entries += 1
                if self._entries > MAX_ENTRIES:
                    raise GradingError(
                        f"more than {MAX_ENTRIES} files and folders",
                        next_step="have it handed in again with nothing but the work",
                    )
                name = within + entry.name
                if any(fnmatch(entry.name, pattern) for pattern in self._terms.ignore):
                    self.ignored.add(name, "nbgrader ignores such names")
                    continue
                try:
                    mode = entry.stat(follow_symlinks=False).st_mode
                except OSError as error:
                    self.left.add(name, why_not(error))
                    continue
                why = what_it_is(mode)
                if not why and stat.S_ISDIR(mode):
                    why = self._inner(descriptor, entry.name, target / entry.name, f"{name}/", depth)
                elif not why:
                    why = self._file(descriptor, entry.name, target / entry.name)
                    self.took_work |= not why and (depth > 0 or entry.name not in _BY_NBGRADER)
                if why:
                    self.left.add(name, why)
        state = os.fstat(descriptor)
        os.utime(target, ns=(state.st_atime_ns, state.st_mtime_ns))
        target.chmod(stat.S_IMODE(state.st_mode) & 0o755 | (0o2770 if self._terms.groupshared else 0o700))

    def _inner(self, above: int, name: str, target: Path, within: str, depth: int) -> str:
        if depth == MAX_DEPTH:
            return f"a folder more than {MAX_DEPTH} deep"
        try:
            descriptor = os.open(name, _FOLDER, dir_fd=above)
        except OSError as error:
            return why_not(error)
        try:
            target.mkdir(mode=0o700)
            self.took_work = True
            self.folder(descriptor, target, within, depth + 1)
        finally:
            os.close(descriptor)
        return ""

    def _file(self, above: int, name: str, target: Path) -> str:
        """Copy a file; why not, if it was not."""
        if self._terms.include and not any(fnmatch(name, pattern) for pattern in self._terms.include):
            return "nbgrader is not told to include it"
        try:
            descriptor = os.open(name, _FILE, dir_fd=above)
        except OSError as error:
            return LINK if error.errno == errno.ELOOP else why_not(error)
        try:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                return what_it_is(state.st_mode) or "a folder"
            if state.st_nlink > 1 and state.st_uid != self._owner:
                return "another user's file"
            if self._terms.max_file_bytes is not None and state.st_size > self._terms.max_file_bytes:
                return f"larger than {self._terms.max_file_bytes // 1000} kB"
            self._room -= state.st_size
            if self._room < 0:
                raise GradingError(
                    f"more than {self._terms.max_bytes // 1000} kB",
                    expected="no more in all; CourseDirectory.max_dir_size sets how much",
                    next_step="look at what is in it, and have the work itself handed in",
                )
            why = _content(descriptor, target, state.st_size)
        finally:
            os.close(descriptor)
        if not why:
            os.utime(target, ns=(state.st_atime_ns, state.st_mtime_ns))
            target.chmod(stat.S_IMODE(state.st_mode) & 0o755 | (0o660 if self._terms.groupshared else 0o600))
        return why


def _content(descriptor: int, target: Path, left: int) -> str:
    """Copy as much as there was when it was opened: a file that grows meanwhile would have no end."""
    with target.open("xb") as writer:
        while left > 0:
            try:
                block = os.read(descriptor, min(left, 2**20))
            except OSError as error:
                target.unlink()
                return why_not(error)
            if not block:
                break
            writer.write(block)
            left -= len(block)
    return ""
