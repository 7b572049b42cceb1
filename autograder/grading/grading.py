"""Grades what was handed in, student by student, through nbgrader itself.

nbgrader's own converter does the work with the course's own configuration, so this gives the same grades as
`nbgrader autograde` and formgrader's button. What this adds is an answer for each student, and that one
submission's trouble is never another's.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from shlex import quote
from typing import Any

from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

from autograder.cluster.connection import Connection
from autograder.errors import AutograderError, GradingError
from autograder.grading.configuring import configure
from autograder.grading.converting import folders_of
from autograder.grading.gradebook import Standing, standings
from autograder.grading.keeping import now
from autograder.grading.misplacing import misplaced
from autograder.grading.registering import register, source_notebook
from autograder.grading.restoring import stands
from autograder.grading.submission import Submission, submission_of
from autograder.grading.verdicts import STANDS, SubmissionVerdicts, as_it_stands, read_verdicts
from autograder.report.showing import one_line

_LOG = logging.getLogger(__name__)
CONFIG_FILE = "nbgrader_config.py"
_NAMED = 60


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

    @property
    def is_earlier(self) -> bool:
        """Whether it is the grade of an earlier run, because this one came to none."""
        return any(each.startswith(STANDS) for each in self.verdicts.notes)


def grade(
    lab: str,
    students: Iterable[str] | None = None,
    *,
    course_root: Path,
    connection: Connection | None = None,
    progress: Callable[[Graded], None] | None = None,
    changes: Config | None = None,
    only_ungraded: bool = False,
    to_go_on: str = "",
) -> list[Graded]:
    """Grade a lab's submissions, whether or not they were graded before.

    Args:
        students: all who handed something in, if None.
        course_root: the folder that holds `source/`, `submitted/` and the gradebook.
        connection: to the cluster; if None, as the configuration says.
        progress: called with each student's result as soon as there is one.
        changes: to the course's configuration.
        only_ungraded: leaves out who has a grade; what was never graded has none.
        to_go_on: the command that does what Ctrl-C left undone, where it is not `autograder grade`.

    Raises:
        GradingError: the lab is not known, or one of the students named handed nothing in.
    """
    api = course_api(course_root, connection, changes)
    wanted = handed_in(api, lab, students)
    if students is None and (elsewhere := misplaced(api.coursedir, lab)):
        _LOG.warning("%s", elsewhere)
    source = source_notebook(api.coursedir, lab)
    register(api.coursedir, lab, api.coursedir.config)
    results: list[Graded] = []
    taken_up = [submission_of(api.coursedir, lab, student, source) for student in wanted]
    if only_ungraded:
        taken_up = [each for each in taken_up if not _has_grade(each)]
    for submission in taken_up:
        try:
            results.append(_grade_one(api, submission))
        except KeyboardInterrupt:
            _LOG.warning("%s", _interrupted(results, taken_up[len(results) :], to_go_on))
            raise
        if progress:
            progress(results[-1])
    return results


def handed_in(api: NbGraderAPI, lab: str, students: Iterable[str] | None = None) -> list[str]:
    """Who handed something in, of those who were named.

    Raises:
        GradingError: there is no such lab, or somebody who was named handed nothing in.
    """
    source_notebook(api.coursedir, lab)
    course = api.coursedir
    submitted = {student for _, student in folders_of(course, course.submitted_directory, escape(lab), "*")}
    wanted = sorted(submitted) if students is None else list(dict.fromkeys(students))
    missing = [student for student in wanted if student not in submitted]
    if missing or not wanted:
        elsewhere = misplaced(course, lab)
        raise GradingError(
            f"nothing of {lab} was handed in by {', '.join(missing) or 'anybody'}"
            + (f"; {elsewhere}" if elsewhere else ""),
            expected=f"one of {', '.join(map(one_line, sorted(submitted)[:_NAMED]))}" if submitted else "",
            next_step=f"put a notebook into submitted/STUDENT/{lab}/, or, where students hand in through nbgrader's "
            f"exchange, run `nbgrader collect {lab}`",
        )
    return wanted


def _has_grade(submission: Submission) -> bool:
    try:
        verdicts = read_verdicts(submission.evidence)
    except GradingError:
        return False
    return verdicts is not None and verdicts.state == "graded"


def _grade_one(api: NbGraderAPI, submission: Submission) -> Graded:
    """One submission's answer: as it was kept, or why nothing could be."""
    began = now()
    problem = ""
    try:
        result = api.autograde(submission.lab, submission.student)
        problem = "" if result["success"] else _last_line(result.get("log") or result.get("error"))
        if problem and os.environ.get("AUTOGRADER_DEBUG"):
            _LOG.error("%s", result.get("log") or result.get("error"))
        verdicts = read_verdicts(submission.evidence)
        if verdicts is not None and verdicts.graded_at >= began and (verdicts.state == "ungraded" or not problem):
            return Graded(verdicts, submission.evidence)
        if verdicts is not None and stands(submission):
            if not any(each.startswith(STANDS) for each in verdicts.notes):
                verdicts = as_it_stands(verdicts, problem)
            who, said = one_line(submission.student), one_line(verdicts.notes[0], 600)
            _LOG.warning("%s's %s keeps its earlier grade: %s", who, submission.lab, said)
            return Graded(verdicts, submission.evidence)
    except Exception as error:
        problem = str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}"
    ungraded = SubmissionVerdicts(submission.lab, submission.student, "ungraded", problem, graded_at=now())
    return Graded(ungraded, submission.evidence)


def _interrupted(results: Sequence[Graded], rest: Sequence[Submission], to_go_on: str) -> str:
    """What is done and what is not, for whoever pressed Ctrl-C."""
    left = sum(each.state == "ungraded" for each in results)
    first = rest[0]
    who = f"{one_line(first.student)}'s {first.lab}"
    named = "".join(f" --student {one_line(quote(each.student), 10_000)}" for each in rest[:_NAMED])
    return (
        f"interrupted: {len(results)} of {len(results) + len(rest)} submissions of {first.lab} are done"
        + (f", {left} of them left ungraded" if left else "")
        + (f"; {who} keeps its earlier grade" if stands(first) else f"; {who} is ungraded")
        + f"; the others are as they were. To go on: {to_go_on or f'autograder grade {first.lab}{named}'}"
        + (f" … ({len(rest)} in all; autograder grade {first.lab} begins again)" if len(rest) > _NAMED else "")
    )


def _last_line(said: Any) -> str:
    lines = [line for line in str(said or "").splitlines() if line.strip()]
    return f"nbgrader could not grade it: {one_line(lines[-1]) if lines else 'it did not say why'}"


def class_standings(course_root: Path) -> dict[tuple[str, str], Standing] | None:
    """What a course's gradebook has of everybody; None where there is no gradebook."""
    course = course_api(course_root).coursedir
    return standings(course.db_url, course.course_id)


def course_api(course_root: Path, connection: Connection | None = None, changes: Config | None = None) -> NbGraderAPI:
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
