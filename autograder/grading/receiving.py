"""Finds what was handed in: which of the files in a submission is the lab's notebook, and what lies beside it.

Students rename notebooks, put them into a folder of their own, zip them, or solve a copy and hand in the original
as well. Where exactly one notebook carries their work that one is taken, and it is said which; where it could be
one or another, a person decides. A submission is also a folder that a student filled: links are not followed, nothing
but regular files is opened, and there is a bound on how many, how large and how deep.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import IO

from autograder.errors import GradingError
from autograder.grading.canonical import CanonicalCell, comparable, source_texts
from autograder.grading.reading import MAX_MIB, read_notebook
from autograder.grading.submission import Submission
from autograder.report.showing import one_line

MAX_FILES = 2000
MAX_DEPTH = 8
MAX_NOTEBOOKS = 50
"""Among which the one that is meant is looked for."""
MAX_MIB_IN_ALL = 100
_ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json")
"""What a browser or a mail program makes of a notebook's name."""
_NOT_HANDED_IN = (".ipynb_checkpoints", ".git", ".venv", "._*", "__pycache__", "__MACOSX", "*.pyc", "feedback")
"""What tools leave beside a student's work."""
_OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader puts beside it."""


@dataclass(frozen=True)
class Received:
    """What was taken of a submission."""

    notebook: Path
    """The file to grade."""
    folder: Path
    """What lies below is handed in beside it."""
    notes: tuple[str, ...]
    """What was found instead of what was asked for."""


@contextmanager
def received(submission: Submission, lab_cells: Sequence[CanonicalCell]) -> Iterator[Received | None]:
    """What was handed in, for as long as the block lasts; None if that is nothing, or nothing that could be work.

    Raises:
        GradingError: a person has to say which file is meant, or the one there is cannot be read.
    """
    if submission.submitted.is_symlink():
        raise GradingError(
            f"submitted/{submission.student}/{submission.lab} is a link",
            expected="a folder",
            next_step="replace it by the folder itself",
        )
    with tempfile.TemporaryDirectory(prefix="autograder-received-") as space:
        unpacked, bad = _unpacked(submission, Path(space))
        folders = [submission.submitted, *unpacked]
        candidates = [path for folder in folders for path in files_below(folder) if _is_notebook(path)]
        linked = submission.submitted / f"{submission.notebook}.ipynb"
        if linked.is_symlink() or (linked.exists() and linked not in candidates):
            candidates.insert(0, linked)  # reading says what it is
        if not candidates and bad:
            raise bad[0]
        if not candidates:
            _require_nothing(submission)
            yield None
            return
        chosen, notes = _chosen(submission, candidates, lab_cells, folders)
        root = chosen.parent if chosen.parent not in folders else _folder_of(chosen, folders)
        yield Received(chosen, root, (*notes, *(f"{each.found}; it was left out" for each in bad)))


def _require_nothing(submission: Submission) -> None:
    """Nothing is zero points; something that holds no notebook is for a person to look at.

    Raises:
        GradingError: there are files.
    """
    files = [path for path in files_below(submission.submitted) if path.name not in _OF_THE_EXCHANGE]
    if files:
        shown = [one_line(path.relative_to(submission.submitted).as_posix()) for path in files]
        raise GradingError(
            f"{listed(shown)}, in which no notebook was found",
            expected=f"{submission.notebook}.ipynb",
            next_step="look into what was handed in (an archive within another, or one whose paths lead out of it, is "
            f"not unpacked), put the notebook into submitted/{one_line(submission.student)}/{submission.lab} and grade "
            "it again",
        )


def files_below(folder: Path) -> list[Path]:
    """The regular files a student can have meant, by name: a bounded number, and no links."""
    found: list[Path] = []

    def walk(here: Path, depth: int) -> None:
        try:
            entries = sorted(os.scandir(here), key=lambda entry: entry.name)
        except OSError:
            return
        for entry in entries:
            if len(found) >= MAX_FILES:
                return
            if entry.is_symlink() or any(fnmatch(entry.name, pattern) for pattern in _NOT_HANDED_IN):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH:
                    walk(here / entry.name, depth + 1)
            elif entry.is_file(follow_symlinks=False):
                found.append(here / entry.name)

    walk(folder, 0)
    return found


def copy_files(top: Path, target: Path, *, ignore: Sequence[str] = ("*.ipynb",)) -> list[str]:
    """Copy the regular files below a folder, links left out, as far as they fit.

    Returns:
        a remark for each kind of thing that was left out.
    """
    left: list[str] = []
    total = 0
    for path in files_below(top):
        if any(fnmatch(path.name, pattern) for pattern in ignore):
            continue
        size = path.lstat().st_size
        if total + size > MAX_MIB_IN_ALL * 2**20:
            left.append(one_line(str(path.relative_to(top))))
            continue
        total += size
        copy_file(path, target / path.relative_to(top))
    remarks = [f"files beyond {MAX_MIB_IN_ALL} MiB in all were left out: {listed(left)}"] if left else []
    odd = _odd_ones(top)
    if odd:
        remarks.append(f"links, pipes and devices were left out: {listed(odd)}")
    return remarks


def copy_file(source: Path, target: Path) -> None:
    """Copy one regular file; should it have become something else meanwhile, nothing is copied."""
    try:
        descriptor = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return
    with os.fdopen(descriptor, "rb") as reader:
        state = os.fstat(descriptor)
        if not stat.S_ISREG(state.st_mode):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        with target.open("wb") as writer:
            left = state.st_size
            while left > 0 and (block := reader.read(min(left, 2**20))):
                writer.write(block)
                left -= len(block)
    shutil.copystat(source, target, follow_symlinks=False)
    target.chmod(0o644)


def listed(names: Sequence[str], most: int = 5) -> str:
    """A few names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _odd_ones(folder: Path) -> list[str]:
    try:
        return [
            one_line(entry.name)
            for entry in sorted(os.scandir(folder), key=lambda each: each.name)
            if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False))
        ]
    except OSError:
        return []


def _is_notebook(path: Path) -> bool:
    return path.name.lower().endswith(_ENDINGS)


def _chosen(
    submission: Submission, found: list[Path], lab_cells: Sequence[CanonicalCell], folders: Sequence[Path]
) -> tuple[Path, tuple[str, ...]]:
    """The one notebook that can be meant, and what to say about it."""
    wanted = f"{submission.notebook}.ipynb"
    proper = submission.submitted / wanted
    if found == [proper]:
        return proper, ()
    here = f"submitted/{one_line(submission.student)}/{submission.lab}"
    if len(found) > MAX_NOTEBOOKS:
        raise GradingError(
            f"{len(found)} notebooks in {here}", expected=wanted, next_step="leave the one that is meant"
        )
    shown = {path: _shown(path, submission, folders) for path in found}
    work = {path: _work_in(path, submission, lab_cells) for path in found}
    candidates = [path for path in found if work[path] is not None or _stem(path) == submission.notebook.lower()]
    if not candidates:
        raise GradingError(
            f"{listed(list(shown.values()))}, without one cell of this lab",
            expected=wanted,
            next_step=f"put the lab's notebook into {here} as {wanted} and grade it again",
        )
    unreadable = [path for path in candidates if work[path] is None]
    solved = [path for path in candidates if work[path]]
    if len(candidates) == 1:
        chosen = candidates[0]
        read_notebook(chosen)  # what is wrong with it is said there
    elif unreadable or len({work[path] for path in solved}) > 1:
        raise GradingError(
            f"{listed([shown[path] for path in (*unreadable, *solved)], most=10)}, of which each could be the answer",
            expected=f"one {wanted}",
            next_step=f"leave the one that is meant in {here}, as {wanted}, and grade it again",
        )
    else:
        fitting = solved or candidates
        chosen = proper if proper in fitting else fitting[0]
    others = [shown[path] for path in candidates if path != chosen]
    if chosen == proper:
        same = [shown[path] for path in solved if path != proper]
        return chosen, ((f"{wanted} was graded; the same work also lies in {listed(same)}",) if same else ())
    because = f"; {listed(others)} beside it {'hold' if len(others) > 1 else 'holds'} no work" if others else ""
    return chosen, (f"expected {wanted}, found and graded {shown[chosen]}{because}",)


def _stem(path: Path) -> str:
    name = path.name.lower()
    return next((name.removesuffix(ending) for ending in reversed(_ENDINGS) if name.endswith(ending)), name)


def _work_in(path: Path, submission: Submission, lab_cells: Sequence[CanonicalCell]) -> frozenset[str] | None:
    """The texts in a notebook that were not handed out; None if it cannot be read or is not of this lab."""
    with suppress(GradingError):
        cells = read_notebook(path).cells
        labs = {comparable(cell.released) for cell in lab_cells} | {comparable(cell.source) for cell in lab_cells}
        ids = {cell.grade_id for cell in lab_cells}
        if any(cell.metadata.get("nbgrader", {}).get("grade_id") in ids or _is_of(labs, cell.source) for cell in cells):
            given = labs | source_texts(submission)
            return frozenset(
                comparable(cell.source)
                for cell in cells
                if comparable(cell.source) not in given and "injected-parameters" not in cell.metadata.get("tags", ())
            ) - {""}
    return None


def _is_of(texts: set[str], source: str) -> bool:
    """Whether a cell reads like one of the lab's, and not like a stub or a line that any notebook has."""
    return len(source) > 60 and comparable(source) in texts


def _shown(path: Path, submission: Submission, folders: Sequence[Path]) -> str:
    folder = _folder_of(path, folders)
    inside = path.relative_to(folder).as_posix()
    return one_line(inside if folder == submission.submitted else f"{folder.name}/{inside}")


def _folder_of(path: Path, folders: Sequence[Path]) -> Path:
    return next(folder for folder in reversed(folders) if path.is_relative_to(folder))


def _unpacked(submission: Submission, space: Path) -> tuple[list[Path], list[GradingError]]:
    """Each archive's content in a folder of the archive's name, and what is wrong with those that have none."""
    folders = []
    bad = []
    for number, archive in enumerate(path for path in files_below(submission.submitted) if _is_archive(path)):
        if number >= 5:
            break
        folder = space / str(number) / archive.name
        folder.mkdir(parents=True)
        try:
            _unpack(archive, folder)
            folders.append(folder)
        except GradingError as error:
            shutil.rmtree(folder)
            bad.append(error)
    return folders, bad


def _is_archive(path: Path) -> bool:
    return path.name.lower().endswith(".zip")


def _unpack(archive: Path, folder: Path) -> None:
    left = MAX_MIB_IN_ALL * 2**20
    try:
        descriptor = os.open(archive, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as raw, zipfile.ZipFile(raw) as packed:
            for entry in packed.infolist()[:MAX_FILES]:
                place = PurePosixPath(entry.filename.replace("\\", "/"))
                plain = not stat.S_IFMT(entry.external_attr >> 16) or stat.S_ISREG(entry.external_attr >> 16)
                if entry.is_dir() or not plain or place.is_absolute() or not _is_tame(place.parts):
                    continue
                target = folder.joinpath(*place.parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with packed.open(entry) as reader:
                    written = _write(reader, target, min(left, MAX_MIB * 2**20))
                if written is None:
                    raise _bad_archive(archive, "unpacks to more than can be graded")
                left -= written
    except GradingError:
        raise
    except Exception as error:  # zipfile raises many kinds, also of zlib, lzma and the file system
        raise _bad_archive(archive, f"cannot be unpacked ({type(error).__name__}: {error})") from error


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
