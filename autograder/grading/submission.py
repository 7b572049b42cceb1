"""Which submission is being graded, and where its things lie.

nbgrader hands its preprocessors a dictionary of resources; ours read this one value out of it, so that
none of them takes folder names apart again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RESOURCE = "autograder_submission"
NOTES = "autograder_notes"


@dataclass(frozen=True)
class Submission:
    """One student's lab, in nbgrader's folders."""

    lab: str
    student: str
    notebook: str
    """Name of the notebook, without its ending."""
    course_root: Path
    """The folder that holds `source/`, `submitted/` and the rest."""
    submitted: Path
    """The folder the student handed in."""
    source: Path
    """The instructor's version of the notebook."""
    working: Path
    """The folder nbgrader keeps the graded notebook and the submission's other files in."""
    db_url: str
    """nbgrader's gradebook."""
    course_id: str = ""
    """nbgrader's name of the course."""

    @property
    def evidence(self) -> Path:
        """Where verdicts and everything behind them are kept; students never get at it."""
        return evidence_folder(self.course_root, self.lab, self.student)

    @classmethod
    def of(cls, resources: Mapping[str, Any]) -> Submission:
        """The submission in an nbgrader run."""
        submission = resources[RESOURCE]
        assert isinstance(submission, cls)
        return submission


def submission_of(course: Any, lab: str, student: str, source: Path) -> Submission:
    """A submission in nbgrader's course directory; `source` is the lab's notebook."""
    return Submission(
        lab=lab,
        student=student,
        notebook=source.stem,
        course_root=Path(course.root),
        submitted=Path(course.format_path(course.submitted_directory, student, lab)),
        source=source,
        working=Path(course.format_path(course.autograded_directory, student, lab)),
        db_url=course.db_url,
        course_id=course.course_id,
    )


def evidence_folder(course_root: Path, lab: str, student: str) -> Path:
    """Where the evidence of one submission is kept."""
    return course_root / "evidence" / student / lab


def note(resources: Mapping[str, Any], text: str) -> None:
    """Keep a remark with the submission's verdicts."""
    notes = resources[NOTES]
    if text not in notes:
        notes.append(text)
