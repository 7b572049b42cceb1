"""What is asked of nbgrader's gradebook beside what its own preprocessors do.

A submission gets its row, and loses its grades, before it runs, so that whatever ends the run early leaves it
ungraded instead of unknown or with an older submission's points. One process writes at a time: SQLite's lock,
waited for instead of failed on.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.exc import SAWarning

from autograder.deadlines import scaled
from autograder.errors import GradingError
from autograder.grading.submission import Submission

BUSY_TIMEOUT_S = 60
"""How long a write waits for another process's; nbgrader's own commits take milliseconds."""


@dataclass(frozen=True)
class Standing:
    """What the gradebook has of one student's lab."""

    score: float
    """Everything: check cells, points given by hand, and what a person changed; less a penalty for being late."""
    max_score: float
    """Of the lab, cells graded by hand included."""
    open_cells: int
    """Cells that have no points yet."""


@event.listens_for(Engine, "connect")
def _wait_for_the_other_writer(connection: Any, _record: Any) -> None:
    """nbgrader aborts a whole batch on *database is locked*, SQLite's answer after five seconds."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute(f"PRAGMA busy_timeout = {int(scaled(BUSY_TIMEOUT_S) * 1000)}")


def prepare() -> None:
    """Make up for two habits of nbgrader's.

    It runs `alembic` by its bare name when it makes a gradebook, from wherever it was started; and its models make
    SQLAlchemy warn about nbgrader's own code, which a user can do nothing about.
    """
    if shutil.which("alembic") is None:
        beside_python = str(Path(sys.executable).parent)
        os.environ["PATH"] = os.pathsep.join(filter(None, [os.environ.get("PATH"), beside_python]))
    warnings.filterwarnings("ignore", category=SAWarning, module=r"nbgrader\.api")


def open_gradebook(submission: Submission) -> Gradebook:
    """The gradebook of a submission; use it as a context manager."""
    return Gradebook(submission.db_url, *([submission.course_id] if submission.course_id else []))


def take_up(submission: Submission, handed_in_at: datetime | None = None) -> float:
    """Give a submission its row, without automatic points and in need of a look, until a run gives it some.

    Scores that a person entered stay, as in nbgrader.

    Args:
        handed_in_at: what its timestamp says now; formgrader compares the two.

    Returns:
        what the lab's check cells are worth.

    Raises:
        GradingError: the lab was never generated.
    """
    with open_gradebook(submission) as gradebook:
        worth = max_score(gradebook, submission.lab)
        gradebook.update_or_create_student(submission.student)
        row = gradebook.update_or_create_submission(submission.lab, submission.student, timestamp=handed_in_at)
        for notebook in row.notebooks:
            for grade in notebook.grades:
                grade.auto_score = None
                grade.needs_manual_grade = True
        gradebook.db.commit()
        return worth


def points_of(submission: Submission) -> list[dict[str, Any]]:
    """What steps of nbgrader's wrote into a submission's row, as JSON has it; none where there is no row."""
    with open_gradebook(submission) as gradebook:
        try:
            row = gradebook.find_submission(submission.lab, submission.student)
        except MissingEntry:
            return []
        return [
            {
                "notebook": notebook.name,
                "late_submission_penalty": notebook.late_submission_penalty,
                "grades": {each.name: [each.auto_score, each.needs_manual_grade] for each in notebook.grades},
                "comments": {each.name: each.auto_comment for each in notebook.comments},
            }
            for notebook in row.notebooks
        ]


def put_points_back(submission: Submission, points: list[dict[str, Any]]) -> None:
    """Make a submission's row what `points_of` found, all at once; cells that the lab has no more are left out."""
    found = {each["notebook"]: each for each in points}
    with open_gradebook(submission) as gradebook:
        for notebook in gradebook.find_submission(submission.lab, submission.student).notebooks:
            was = found.get(notebook.name)
            if was is None:
                continue
            notebook.late_submission_penalty = was["late_submission_penalty"]
            for grade in notebook.grades:
                if grade.name in was["grades"]:
                    grade.auto_score, grade.needs_manual_grade = was["grades"][grade.name]
            for comment in notebook.comments:
                if comment.name in was["comments"]:
                    comment.auto_comment = was["comments"][comment.name]
        gradebook.db.commit()


def give_zero(submission: Submission) -> None:
    """Score a submission of which no notebook was handed in, as nbgrader does: zero."""
    with open_gradebook(submission) as gradebook:
        for notebook in gradebook.find_submission(submission.lab, submission.student).notebooks:
            for grade in notebook.grades:
                grade.auto_score = 0.0
                grade.needs_manual_grade = False
        gradebook.db.commit()


def max_score(gradebook: Gradebook, lab: str) -> float:
    """What a lab's check cells are worth, hand-graded cells left out.

    Raises:
        GradingError: the lab was never generated.
    """
    try:
        assignment = gradebook.find_assignment(lab)
    except MissingEntry:
        raise GradingError(
            f"the gradebook does not know {lab}", next_step=f"run `nbgrader generate_assignment {lab}` first"
        ) from None
    total = 0.0
    for notebook in assignment.notebooks:
        by_hand = {cell.name for cell in notebook.solution_cells}
        total += sum(float(cell.max_score) for cell in notebook.grade_cells if cell.name not in by_hand)
    return total


def open_points(submission: Any) -> int:
    """How many cells of a submission have points neither from a check nor from a person."""
    return sum(
        grade.auto_score is None and grade.manual_score is None
        for notebook in submission.notebooks
        for grade in notebook.grades
    )


def standings(db_url: str, course_id: str) -> dict[tuple[str, str], Standing] | None:
    """What the gradebook has, by lab and student; None where there is no gradebook yet."""
    url = make_url(db_url)
    if url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file()):
        return None
    found: dict[tuple[str, str], Standing] = {}
    with Gradebook(db_url, *([course_id] if course_id else [])) as gradebook:
        for assignment in gradebook.assignments:
            for row in assignment.submissions:
                score = max(0.0, float(row.score) - float(row.late_submission_penalty or 0.0))
                found[assignment.name, row.student.id] = Standing(score, float(row.max_score), open_points(row))
    return found
