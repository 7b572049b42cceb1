"""Finds what was handed in: which of the files in a submission is the lab's notebook, and what lies beside it.

Students rename notebooks, put them into a folder of their own, zip them, or solve a copy and hand in the original
as well. Where exactly one notebook carries their work that one is taken, and it is said which; where it could be
one or another, a person decides. A submission is also a folder that a student filled: links are not followed, nothing
but regular files is opened, and there is a bound on how many, how large and how deep.
"""

from __future__ import annotations

import errno
import itertools
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import IO

from autograder.errors import GradingError
from autograder.grading.canonical import CanonicalCell, comparable, source_texts
from autograder.grading.omitting import NOT_COLLECTED, LeftOut, listed, what_it_is, why_not
from autograder.grading.reading import read_notebook
from autograder.grading.submission import Submission
from autograder.grading.unpacking import unpack_all
from autograder.report.showing import one_line

MAX_FILES = 2000
MAX_ENTRIES = 20_000
"""Folders, links and the like counted as well: each costs a look."""
MAX_DEPTH = 8
MAX_NOTEBOOKS = 50
"""Among which the one that is meant is looked for."""
MAX_MIB_IN_ALL = 100
_ENDINGS = (".ipynb", ".ipynb.txt", ".ipynb.json")
"""What a browser or a mail program makes of a notebook's name."""
_NOT_HANDED_IN = (".ipynb_checkpoints", ".git", ".venv", "._*", "__pycache__", "__MACOSX", "*.pyc", "feedback")
"""What tools leave beside a student's work."""
_SAID = (".git", ".venv", "feedback")
"""Those of them that a person may have put something into."""
_PASSED_OVER = "not looked into"
_OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader puts beside it."""
_NEVER_BESIDE = (*_OF_THE_EXCHANGE, NOT_COLLECTED)


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
    """What was handed in, for as long as the block lasts; None if that is nothing at all.

    Raises:
        GradingError: a person has to say which file is meant, or what there is cannot be read.
    """
    handed_in = _handed_in(submission)
    with tempfile.TemporaryDirectory(prefix="autograder-received-") as space:
        beside, left = look_below(submission.submitted)
        said_before = _said_when_collected(submission)
        unpacked, bad = unpack_all(beside, Path(space), left)
        folders = [submission.submitted, *unpacked]
        files = {submission.submitted: beside}
        for folder in unpacked:
            files[folder], skipped = look_below(folder)
            left.take_in(skipped)
        candidates = [path for folder in folders for path in files[folder] if _is_notebook(path)]
        proper = submission.submitted / f"{submission.notebook}.ipynb"
        if proper.name in handed_in and proper not in candidates:
            candidates.insert(0, proper)  # reading says what it is
        if not candidates:
            if not handed_in:
                yield None
                return
            raise _without_notebook(submission, handed_in, bad, [*said_before, left.note()])
        chosen, notes = _chosen(submission, candidates, lab_cells, folders)
        unread = [*said_before, *(each.found for each in bad)]
        if (unread or left.counts.keys() - {_PASSED_OVER}) and _work_in(chosen, submission, lab_cells) == frozenset():
            raise _without_work(submission, chosen, [*unread, left.note()])
        holder = _folder_of(chosen, folders)
        root = holder if chosen.parent in folders else chosen.parent
        for folder in dict.fromkeys((submission.submitted, holder)):
            for path in files[folder]:
                if not (path.is_relative_to(root) or _is_notebook(path) or path.name in (*_NEVER_BESIDE, holder.name)):
                    left.add(path.relative_to(folder).as_posix(), "not beside the notebook")
        remarks = [*notes, *said_before, *(f"{each.found}; it was left out" for each in bad), left.note()]
        yield Received(chosen, root, tuple(remark for remark in remarks if remark))


def _handed_in(submission: Submission) -> list[str]:
    """The names of everything in a submission's folder, but for the files that nbgrader puts there.

    Raises:
        GradingError: nobody can say what there is.
    """
    here = f"submitted/{one_line(submission.student)}/{submission.lab}"
    try:
        if submission.submitted.is_symlink():
            raise GradingError(f"{here} is a link", expected="a folder", next_step="replace it by the folder itself")
        with os.scandir(submission.submitted) as entries:
            return sorted(
                entry.name
                for entry in entries
                if not (entry.name in _OF_THE_EXCHANGE and entry.is_file(follow_symlinks=False))
            )
    except OSError as error:
        raise GradingError(
            f"{here}: {why_not(error)}", expected="a folder", next_step="make it readable and grade it again"
        ) from error


def _said_when_collected(submission: Submission) -> list[str]:
    """What collecting left beside a submission, as a remark; it may as well be a student's own file."""
    try:
        with open_plain(submission.submitted / NOT_COLLECTED) as file:
            text = one_line(file.read(1000).decode("utf-8", "replace"))
    except OSError:
        return []
    return [f"{NOT_COLLECTED} says: {text}"]


def _without_notebook(
    submission: Submission, handed_in: Sequence[str], bad: Sequence[GradingError], remarks: Sequence[str]
) -> GradingError:
    """Nothing is zero points; something that holds no notebook is for a person to look at."""
    more = "".join(f"; {remark}" for remark in remarks if remark)
    if bad:
        more = "".join(f"; {each.found}" for each in bad[1:]) + more
        return GradingError(f"{bad[0].found}{more}", expected=bad[0].expected, next_step=bad[0].next_step)
    shown = [one_line(name, 60) or "a name of unprintable characters" for name in handed_in]
    return GradingError(
        f"{listed(shown)}, in which no notebook was found{more}",
        expected=f"{submission.notebook}.ipynb",
        next_step="look into what was handed in (an archive within another, or one whose paths lead out of it, is "
        f"not unpacked), put the notebook into submitted/{one_line(submission.student)}/{submission.lab} and grade "
        "it again",
    )


def _without_work(submission: Submission, chosen: Path, unread: Sequence[str]) -> GradingError:
    """A notebook as it was handed out is zero points; where the work may lie beside it unread, a person looks."""
    said = "; ".join(each for each in unread if each)
    return GradingError(
        f"{one_line(chosen.name)} as it was handed out, and beside it what was not read: {said}",
        expected=f"{submission.notebook}.ipynb with the work in it",
        next_step="look into what was handed in, remove what is no work or put the work's notebook into "
        f"submitted/{one_line(submission.student)}/{submission.lab}, and grade it again",
    )


def files_below(folder: Path) -> list[Path]:
    """The regular files a student can have meant, by name: a bounded number, and no links."""
    return look_below(folder)[0]


def look_below(folder: Path) -> tuple[list[Path], LeftOut]:
    """The regular files a student can have meant, those near the top and notebooks first, and what was passed over."""
    found: list[Path] = []
    left = LeftOut()
    seen = 0

    def walk(here: Path, depth: int) -> None:
        nonlocal seen
        try:
            with os.scandir(here) as scanned:
                # Cut before sorting: a folder of a million files is as quickly made as one of three.
                entries = list(itertools.islice(scanned, MAX_ENTRIES + 1))
        except OSError as error:
            left.add(_below(folder, here), why_not(error))
            return
        for entry in sorted(entries, key=_order):
            name = _below(folder, here / entry.name)
            seen += 1
            if seen > MAX_ENTRIES:
                left.add(name, f"after {MAX_ENTRIES} files and folders, and whatever follows")
                return
            pattern = next((each for each in _NOT_HANDED_IN if fnmatch(entry.name, each)), "")
            if pattern:
                if pattern in _SAID:
                    left.add(name, _PASSED_OVER)
                continue
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
            except OSError as error:
                left.add(name, why_not(error))
                continue
            if why := what_it_is(mode):
                left.add(name, why)
            elif stat.S_ISREG(mode):
                if len(found) < MAX_FILES:
                    found.append(here / entry.name)
                else:
                    left.add(name, f"after {MAX_FILES} files")
            elif depth == 0 and entry.name in _OF_THE_EXCHANGE:
                left.add(name, "a folder, where nbgrader keeps a file")
            elif depth == MAX_DEPTH:
                left.add(name, f"a folder more than {MAX_DEPTH} deep")
            else:
                walk(here / entry.name, depth + 1)

    walk(folder, 0)
    return found, left


def _order(entry: os.DirEntry[str]) -> tuple[bool, bool, str]:
    """Files before folders and notebooks before other files, so that a notebook is the last to be cut."""
    try:
        folder = entry.is_dir(follow_symlinks=False)
    except OSError:
        folder = False
    return folder, not entry.name.lower().endswith(_ENDINGS), entry.name


def _below(top: Path, path: Path) -> str:
    return path.relative_to(top).as_posix() if path != top else "the folder itself"


def copy_files(top: Path, target: Path, *, ignore: Sequence[str] = ("*.ipynb",)) -> list[str]:
    """Copy the regular files below a folder, links left out, as far as they fit.

    Returns:
        a remark about what could not be copied; what was passed over in looking is `look_below`'s to say.
    """
    left = LeftOut()
    room = MAX_MIB_IN_ALL * 2**20
    for path in files_below(top):
        if any(fnmatch(path.name, pattern) for pattern in ignore):
            continue
        copied, why = _copied(path, target / path.relative_to(top), room)
        room -= copied
        if why:
            left.add(_below(top, path), why)
    return [left.note()] if left else []


def copy_file(source: Path, target: Path) -> bool:
    """Copy one file in the place of whatever is there; False if it is none, or one that cannot be read."""
    return not _copied(source, target, None)[1]


def _copied(source: Path, target: Path, room: int | None) -> tuple[int, str]:
    """How many bytes were copied, and why none were."""
    try:
        reader = open_plain(source)
    except OSError as error:
        return 0, why_not(error)
    with reader:
        state = os.fstat(reader.fileno())
        if room is not None and state.st_size > room:
            return 0, f"beyond {MAX_MIB_IN_ALL} MiB in all"
        _make_way(target)
        left = state.st_size
        with target.open("wb") as writer:
            while left > 0:
                try:
                    block = reader.read(min(left, 2**20))
                except OSError as error:
                    target.unlink()
                    return 0, why_not(error)
                if not block:
                    break
                writer.write(block)
                left -= len(block)
    os.utime(target, ns=(state.st_atime_ns, state.st_mtime_ns))
    target.chmod(0o644)
    return state.st_size - left, ""


def _make_way(target: Path) -> None:
    """The folder a file goes to, without what has its place: a student's file may be named like a folder of the lab."""
    for folder in reversed(target.parents):
        if os.path.lexists(folder) and not folder.is_dir():
            folder.unlink()
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)


def open_plain(path: Path) -> IO[bytes]:
    """Open a regular file that a student may have put there.

    Raises:
        OSError: it is a link, a folder, a pipe or anything else that is none, or cannot be read.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


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
