"""What is asked of nbgrader's gradebook beside what its own preprocessors do.

Grades are taken back here before a submission runs, so that whatever ends the run early leaves it
ungraded instead of with an older submission's points. One process writes at a time: SQLite's lock,
waited for instead of failed on.
"""

from __future__ import annotations

import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SAWarning

from autograder.errors import GradingError
from autograder.grading.submission import Submission

BUSY_TIMEOUT_S = 60
"""How long a write waits for another process's; nbgrader's own commits take milliseconds."""


@event.listens_for(Engine, "connect")
def _wait_for_the_other_writer(connection: Any, _record: Any) -> None:
    """nbgrader aborts a whole batch on *database is locked*, SQLite's answer after five seconds."""
    if type(connection).__module__.startswith("sqlite3"):
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000}")


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


def take_back_grades(submission: Submission) -> float:
    """Leave a submission without automatic points, in need of a look, until a run gives it some.

    Scores that a person entered stay, as in nbgrader.

    Returns:
        what the lab's check cells are worth.
    """
    with open_gradebook(submission) as gradebook:
        try:
            graded = gradebook.find_submission(submission.lab, submission.student)
        except MissingEntry:
            return max_score(gradebook, submission.lab)
        for notebook in graded.notebooks:
            for grade in notebook.grades:
                grade.auto_score = None
                grade.needs_manual_grade = True
        gradebook.db.commit()
        return max_score(gradebook, submission.lab)


def give_zero(submission: Submission) -> float:
    """Score a lab of which no notebook was handed in, as nbgrader does: zero.

    Returns:
        what the lab's check cells are worth.
    """
    with open_gradebook(submission) as gradebook:
        gradebook.update_or_create_student(submission.student)
        graded = gradebook.update_or_create_submission(submission.lab, submission.student)
        for notebook in graded.notebooks:
            for grade in notebook.grades:
                grade.auto_score = 0.0
                grade.needs_manual_grade = False
        gradebook.db.commit()
        return max_score(gradebook, submission.lab)


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
