"""Keeps what came of a submission, from the moment it is taken up.

Grading that is killed leaves what was written last: *ungraded*, and that it had not ended.
"""

from __future__ import annotations

from datetime import UTC, datetime

from autograder.grading.gradebook import take_back_grades
from autograder.grading.submission import Submission
from autograder.grading.verdicts import SubmissionVerdicts, read_verdicts, write_verdicts

UNFINISHED = "grading began and did not end"


def now() -> str:
    """The time as it is kept (ISO 8601, UTC)."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


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
