"""Gives a graded submission its grade back where grading it again comes to no grade.

Whoever grades a class again may meet an outage, a full disk or Ctrl-C at any student, and what was earned before is
sound as long as the same work lies in `submitted/`. So a copy of all that makes up a grade (points, verdicts, evidence,
`autograded/`) is put beside it before the run touches anything, in one step, and stays until there is a new grade or
the old one is back. After a kill the copy is still there, and the next run begins with it. Work that was handed in
anew has no claim to what another earned.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Any

from autograder.errors import GradingError
from autograder.grading.gradebook import points_of, put_points_back
from autograder.grading.receiving import MAX_MIB_IN_ALL, files_below
from autograder.grading.submission import Submission
from autograder.grading.verdicts import FILE_NAME, SubmissionVerdicts, as_it_stands, read_verdicts, write_verdicts

_BEFORE = "before"
"""In a submission's evidence: the grade that a run is to replace."""
_WORK = "handed-in.sha256"
"""In a submission's evidence: which work was taken up last."""
_POINTS = "points.json"
_AUTOGRADED = "autograded"
_ATTEMPTS = "attempt-*.ipynb"


def note_work(submission: Submission, work: str) -> None:
    """Keep which work is taken up; only once the verdicts on file are no older work's."""
    (submission.evidence / _WORK).write_text(work)


def stands(submission: Submission) -> bool:
    """Whether there is a grade on file, and it is of the work that lies in `submitted/` now."""
    return _graded(submission) is not None and _noted(submission.evidence) == work_in(submission)


def work_in(submission: Submission) -> str:
    """A fingerprint of all that was handed in and could count, links and what tools leave excluded."""
    digest = hashlib.sha256()
    left = MAX_MIB_IN_ALL * 2**20
    for path in files_below(submission.submitted):
        digest.update(repr(path.relative_to(submission.submitted).as_posix()).encode())
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            digest.update(f" unreadable {error.errno}\n".encode())
            continue
        with os.fdopen(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            digest.update(f" {stat.S_IFMT(state.st_mode)} {state.st_size}\n".encode())
            if not stat.S_ISREG(state.st_mode):
                continue
            if state.st_size > left:  # it is not read to its end by anybody: when it was written has to do
                digest.update(f"{state.st_mtime_ns} {state.st_ctime_ns}\n".encode())
                continue
            left -= state.st_size
            unread = state.st_size
            while unread > 0 and (block := file.read(min(unread, 2**20))):
                digest.update(block)
                unread -= len(block)
    return digest.hexdigest()


def set_aside(submission: Submission, work: str) -> SubmissionVerdicts | None:
    """Copy a submission's grade to where `give_back` finds it, if it is of this work.

    Returns:
        the verdicts that stand until the next; None where there are none of this work.

    Raises:
        GradingError: there is no room for it. Nothing was changed.
    """
    before = submission.evidence / _BEFORE
    verdicts = _graded(submission)
    if verdicts is None and _noted(before) == work:  # a run was killed
        return _read(before)
    let_go(submission)
    if verdicts is None or _noted(submission.evidence) != work:
        return None
    new = Path(tempfile.mkdtemp(dir=submission.evidence, prefix=".before-"))
    try:
        for path in (
            submission.evidence / FILE_NAME,
            submission.evidence / _WORK,
            *submission.evidence.glob(_ATTEMPTS),
        ):
            _link_or_copy(path, new / path.name)
        if submission.working.is_dir():
            shutil.copytree(submission.working, new / _AUTOGRADED, symlinks=True, copy_function=_link_or_copy)
        with (new / _POINTS).open("w") as file:
            json.dump(points_of(submission), file)
            file.flush()
            os.fsync(file.fileno())
        new.rename(before)
    except OSError as error:
        shutil.rmtree(new, ignore_errors=True)
        raise GradingError(
            f"the grade of {submission.student}'s {submission.lab} cannot be kept while another is tried: {error}",
            next_step="free space or correct the permissions of evidence/; the grade was not touched",
        ) from error
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return verdicts


def give_back(submission: Submission, why: str) -> None:
    """Make everything what it was before; may be done again where it was cut short.

    Args:
        why: grading it again came to nothing.
    """
    before = submission.evidence / _BEFORE
    verdicts = _read(before)
    if verdicts is None:
        raise GradingError(f"there is no grade in {before}", next_step="grade the submission again")
    put_points_back(submission, json.loads((before / _POINTS).read_text()))
    shutil.rmtree(submission.working, ignore_errors=True)
    if (before / _AUTOGRADED).is_dir():
        shutil.copytree(before / _AUTOGRADED, submission.working, symlinks=True, copy_function=_link_or_copy)
    for left in submission.evidence.glob(_ATTEMPTS):
        left.unlink()
    for path in before.glob(_ATTEMPTS):
        _link_or_copy(path, submission.evidence / path.name)
    write_verdicts(submission.evidence, as_it_stands(verdicts, why))  # last: until then the copy is what stands
    let_go(submission)


def let_go(submission: Submission) -> None:
    """There is a grade on file: what was there before is not needed any more."""
    before = submission.evidence / _BEFORE
    if before.is_dir():
        (before / _WORK).unlink(missing_ok=True)  # half of it is never taken for all
    for each in (before, *submission.evidence.glob(".before-*")):
        shutil.rmtree(each, ignore_errors=True)


def _graded(submission: Submission) -> SubmissionVerdicts | None:
    verdicts = _read(submission.evidence)
    return verdicts if verdicts is not None and verdicts.state == "graded" else None


def _read(folder: Path) -> SubmissionVerdicts | None:
    try:
        return read_verdicts(folder)
    except GradingError:
        return None


def _noted(folder: Path) -> str:
    try:
        return (folder / _WORK).read_text()
    except (OSError, UnicodeDecodeError):
        return ""


def _link_or_copy(source: Any, target: Any, *, follow_symlinks: bool = False) -> None:
    """These files are replaced, never written into: another name is as good as a copy, and takes no room."""
    try:
        os.link(source, target, follow_symlinks=follow_symlinks)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=follow_symlinks)
