"""Grades what was handed in, student by student, through nbgrader itself.

nbgrader's own converter does the work with the course's own configuration, so this gives the same grades as
`nbgrader autograde` and formgrader's button. What this adds is an answer for each student, and that one
submission's trouble is never another's.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

from autograder.cluster.connection import Connection
from autograder.errors import GradingError
from autograder.grading.configuring import configure
from autograder.grading.gradebook import give_zero, take_back_grades
from autograder.grading.keeping import hold, now
from autograder.grading.submission import Submission
from autograder.grading.verdicts import SubmissionVerdicts, read_verdicts, write_verdicts

_LOG = logging.getLogger(__name__)
CONFIG_FILE = "nbgrader_config.py"


@dataclass(frozen=True)
class Graded:
    """What came of one student's submission."""

    verdicts: SubmissionVerdicts
    """As they are on file."""
    evidence: Path
    """The folder they are in."""

    @property
    def lab(self) -> str:
        return self.verdicts.lab

    @property
    def student(self) -> str:
        return self.verdicts.student

    @property
    def state(self) -> str:
        """graded, or ungraded."""
        return self.verdicts.state

    @property
    def score(self) -> float:
        return self.verdicts.score

    @property
    def max_score(self) -> float:
        return self.verdicts.max_score

    @property
    def reason(self) -> str:
        """Why it is ungraded; empty when graded."""
        return self.verdicts.reason


def grade(
    lab: str,
    students: Iterable[str] | None = None,
    *,
    course_root: Path,
    connection: Connection | None = None,
    progress: Callable[[Graded], None] | None = None,
    changes: Config | None = None,
) -> list[Graded]:
    """Grade a lab's submissions, whether or not they were graded before.

    Args:
        students: all who handed something in, if None.
        course_root: the folder that holds `source/`, `submitted/` and the gradebook.
        connection: to the cluster; if None, as the configuration says.
        progress: called with each student's result as soon as there is one.
        changes: to the course's configuration.

    Raises:
        GradingError: the lab is not known, or one of the students named handed nothing in.
    """
    api = _api(course_root, connection, changes)
    wanted = _wanted(api, lab, students)
    results = []
    for student in wanted:
        results.append(_grade_one(api, lab, student))
        if progress:
            progress(results[-1])
    return results


def _wanted(api: NbGraderAPI, lab: str, students: Iterable[str] | None) -> list[str]:
    if lab not in api.get_source_assignments():
        raise GradingError(
            f"there is no lab {lab}", expected=f"one of {', '.join(sorted(api.get_source_assignments()))}"
        )
    submitted = set(api.get_submitted_students(lab))
    wanted = sorted(submitted) if students is None else list(dict.fromkeys(students))
    missing = [student for student in wanted if student not in submitted]
    if missing or not wanted:
        raise GradingError(
            f"nothing of {lab} was handed in by {', '.join(missing) or 'anybody'}",
            next_step=f"run `nbgrader collect {lab}` first",
        )
    return wanted


def _grade_one(api: NbGraderAPI, lab: str, student: str) -> Graded:
    submission = _submission(api, lab, student)
    began = now()
    handed_in = sorted(path.name for path in submission.submitted.glob("*.ipynb"))
    if f"{submission.notebook}.ipynb" not in handed_in:
        return _without_its_notebook(submission, handed_in)
    result = api.autograde(lab, student)
    verdicts = read_verdicts(submission.evidence)
    if verdicts is not None and verdicts.graded_at >= began and result["success"] == (verdicts.state == "graded"):
        return Graded(verdicts, submission.evidence)
    # Something failed outside of what keeps verdicts itself: nbgrader's own steps, its database, another process.
    _LOG.error("%s", result.get("log") or result.get("error"))
    try:
        with hold(submission):
            return _keep(submission, "ungraded", take_back_grades(submission), reason=_last_line(result.get("error")))
    except GradingError as error:
        return Graded(SubmissionVerdicts(lab, student, "ungraded", str(error), graded_at=now()), submission.evidence)


def _without_its_notebook(submission: Submission, handed_in: list[str]) -> Graded:
    """Nothing at all is zero points, as in nbgrader; another name is for a person to put right."""
    if not handed_in:
        return _keep(submission, "graded", give_zero(submission), note="no notebook was handed in")
    reason = (
        f"expected {submission.notebook}.ipynb, found {', '.join(handed_in)}; "
        f"give the file its name back and grade it again"
    )
    return _keep(submission, "ungraded", take_back_grades(submission), reason=reason)


def _keep(submission: Submission, state: Any, max_score: float, *, reason: str = "", note: str = "") -> Graded:
    verdicts = SubmissionVerdicts(
        submission.lab,
        submission.student,
        state,
        reason,
        max_score=max_score,
        notes=(note,) if note else (),
        graded_at=now(),
    )
    write_verdicts(submission.evidence, verdicts)
    return Graded(verdicts, submission.evidence)


def _last_line(error: Any) -> str:
    lines = [line for line in str(error or "").splitlines() if line.strip()]
    return f"nbgrader could not grade it: {lines[-1].strip() if lines else 'it did not say why'}"


def _submission(api: NbGraderAPI, lab: str, student: str) -> Submission:
    course = api.coursedir
    source = Path(course.format_path(course.source_directory, ".", lab))
    notebooks = sorted(source.glob("*.ipynb"))
    if len(notebooks) != 1:
        raise GradingError(f"{source} has {len(notebooks)} notebooks", expected="the lab's one notebook")
    return Submission(
        lab=lab,
        student=student,
        notebook=notebooks[0].stem,
        course_root=Path(course.root),
        submitted=Path(course.format_path(course.submitted_directory, student, lab)),
        source=notebooks[0],
        working=Path(course.format_path(course.autograded_directory, student, lab)),
        db_url=course.db_url,
        course_id=course.course_id,
    )


def _api(course_root: Path, connection: Connection | None, changes: Config | None) -> NbGraderAPI:
    """nbgrader's API with the course's configuration, as its own commands would read it."""
    root = course_root.resolve()
    app = NbGrader(log_level=logging.ERROR)  # it misses a file in places that nobody told it to look in
    app.load_cwd_config = False
    if (root / CONFIG_FILE).is_file():
        app.initialize([], root=str(root))
    else:
        app.update_config(configure(Config(), root))
    config = Config(app.config)
    config.CourseDirectory.root = str(root)
    if connection is not None:
        config.RunTwoKernels.connection = connection
    config.merge(changes or Config())
    return NbGraderAPI(config=config)
