"""Keeps what came of a submission, from the moment it is taken up.

Grading that is killed leaves what was written last: *ungraded*, and that it had not ended. Two processes never grade
the same submission at once, as a button and a command might.
"""

from __future__ import annotations

import fcntl
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from nbgrader.utils import parse_utc

from autograder.errors import GradingError
from autograder.grading.gradebook import give_zero, take_up
from autograder.grading.submission import Submission
from autograder.grading.verdicts import FILE_NAME, SubmissionVerdicts, read_verdicts, write_verdicts
from autograder.report.showing import one_line

UNFINISHED = "grading began and did not end"
_EARLIEST = datetime(2000, 1, 1)  # nbgrader keeps times of UTC without saying so
_TIME = re.compile(r"[\w:.+/ -]{4,60}")


def now() -> str:
    """The time as it is kept (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def hold(submission: Submission) -> IO[bytes]:
    """Keep other processes from grading a submission until the file returned is closed, or this process ends.

    Raises:
        GradingError: another one does.
    """
    submission.evidence.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = (submission.evidence / ".lock").open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise GradingError(
            f"{submission.student}'s {submission.lab} is being graded by another process",
            next_step="wait until it has ended",
        ) from None
    return lock


def begin(submission: Submission, handed_in_at: datetime | None = None, kept: str = "") -> None:
    """Take a submission up: from here on it is ungraded until a run gives it a grade.

    Args:
        kept: when the grade was given that is kept until then; empty if there is none.
    """
    reason = f"{UNFINISHED}; the grade of {kept} is kept: grading it again replaces it or gives it back"
    if not kept:
        reason = UNFINISHED
    if (submission.evidence / FILE_NAME).is_file():
        # Before the points go, or somebody would see them gone behind verdicts that say graded. There is a row already.
        _write(submission, "ungraded", reason, _begun_max_score(submission))
    max_score = take_up(submission, handed_in_at)
    for left in submission.evidence.glob("attempt-*.ipynb"):
        left.unlink()
    _write(submission, "ungraded", reason, max_score)


def keep_ungraded(submission: Submission, reason: str, notes: tuple[str, ...] = ()) -> None:
    """Write why a submission that was taken up has no grade."""
    _write(submission, "ungraded", reason, _begun_max_score(submission), notes)


def keep_nothing_handed_in(submission: Submission) -> None:
    """Grade a submission without a notebook: zero points, and why."""
    give_zero(submission)
    _write(submission, "graded", "", _begun_max_score(submission), ("no notebook was handed in",))


def handed_in_at(folder: Path) -> tuple[datetime | None, str]:
    """When a submission was handed in, by its `timestamp.txt`, and a remark if that is no such time.

    The file is a student's like any other: it may be a link, a pipe or a novel.
    """
    try:
        descriptor = os.open(folder / "timestamp.txt", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            text = file.read(200).decode("utf-8", "replace").strip()
    except FileNotFoundError:
        return None, ""
    except OSError:
        return None, "timestamp.txt is not a file of its own: the time of submission is not known"
    if not text:
        return None, ""
    try:
        if not _TIME.fullmatch(text):
            raise ValueError(text)
        when = parse_utc(text)
        if not _EARLIEST <= when <= datetime.now(UTC).replace(tzinfo=None) + timedelta(days=366):
            raise ValueError(text)
    except Exception:  # dateutil raises many kinds
        return None, f"timestamp.txt says “{one_line(text, 40)}”, which is no time of a submission: it was ignored"
    return when, ""


def _begun_max_score(submission: Submission) -> float:
    try:
        begun = read_verdicts(submission.evidence)
    except GradingError:
        return 0.0
    return begun.max_score if begun else 0.0


def _write(submission: Submission, state: str, reason: str, max_score: float, notes: tuple[str, ...] = ()) -> None:
    write_verdicts(
        submission.evidence,
        SubmissionVerdicts(
            submission.lab,
            submission.student,
            "graded" if state == "graded" else "ungraded",
            reason,
            max_score=max_score,
            notes=notes,
            graded_at=now(),
        ),
    )
