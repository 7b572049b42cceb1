"""Keeps what came of a submission, from the moment it is taken up.

Grading that is killed leaves what was written last: *ungraded*, and that it had not ended. Two processes never grade
the same submission at once, as a button and a command might.
"""

from __future__ import annotations

import fcntl
from datetime import UTC, datetime
from typing import IO

from autograder.errors import GradingError
from autograder.grading.gradebook import take_back_grades
from autograder.grading.submission import Submission
from autograder.grading.verdicts import SubmissionVerdicts, read_verdicts, write_verdicts

UNFINISHED = "grading began and did not end"


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


def begin(submission: Submission) -> None:
    """Take a submission up: from here on it is ungraded until a run gives it a grade."""
    max_score = take_back_grades(submission)
    for left in submission.evidence.glob("attempt-*.ipynb"):
        left.unlink()
    write_verdicts(
        submission.evidence,
        SubmissionVerdicts(
            submission.lab, submission.student, "ungraded", UNFINISHED, max_score=max_score, graded_at=now()
        ),
    )


def keep_ungraded(submission: Submission, reason: str, notes: tuple[str, ...] = ()) -> None:
    """Write why a submission that was taken up has no grade."""
    begun = read_verdicts(submission.evidence)
    write_verdicts(
        submission.evidence,
        SubmissionVerdicts(
            submission.lab,
            submission.student,
            "ungraded",
            reason,
            max_score=begun.max_score if begun else 0.0,
            notes=notes,
            graded_at=now(),
        ),
    )
