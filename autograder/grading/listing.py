"""What nbgrader's API reads for formgrader's tables, read with care.

One student's file must not take a table away from the class, hang the server or fill its memory; a submission whose
verdicts say *ungraded* is one that needs grading, and not one that earned 0 of 10; and Ctrl-C ends what runs.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import nbgrader.apps.api
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log

from autograder.errors import GradingError
from autograder.grading.keeping import handed_in_at
from autograder.grading.submission import evidence_folder
from autograder.grading.verdicts import read_verdicts
from autograder.interrupting import hear_every_press

_autograded_students = NbGraderAPI.get_autograded_students
_existing_notebooks = NbGraderAPI._filter_existing_notebooks


def read_carefully() -> None:
    """Put these functions where nbgrader's API and its commands look; doing it again changes nothing."""
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    NbGraderAPI.get_autograded_students = _graded_students
    NbGraderAPI._filter_existing_notebooks = _graded_notebooks
    nbgrader.apps.api.capture_log = _capture_log
    hear_every_press()


def _existing_timestamp(_course: CourseDirectory, folder: str) -> datetime | None:
    """nbgrader's own follows links, waits for pipes and ends the process over a word it cannot read."""
    return handed_in_at(Path(folder))[0]


def _submitted_timestamp(api: NbGraderAPI, assignment_id: str, student_id: str) -> datetime | None:
    """The same in another place, and for every student of the table."""
    course: Any = api.coursedir
    return handed_in_at(Path(course.format_path(course.submitted_directory, student_id, assignment_id)))[0]


def _graded_students(api: NbGraderAPI, assignment_id: str) -> set[str]:
    """nbgrader's own counts whoever has a row and a folder; grading that was killed leaves both."""
    return {each for each in _autograded_students(api, assignment_id) if not _is_ungraded(api, assignment_id, each)}


def _graded_notebooks(api: NbGraderAPI, assignment_id: str, notebooks: list[Any]) -> list[Any]:
    """Those that there is something to look at of."""
    graded = [each for each in notebooks if not _is_ungraded(api, assignment_id, each.student.id)]
    found: list[Any] = _existing_notebooks(api, assignment_id, graded)
    return found


def _is_ungraded(api: NbGraderAPI, lab: str, student: str) -> bool:
    course: Any = api.coursedir
    try:
        verdicts = read_verdicts(evidence_folder(Path(course.root), lab, student))
    except GradingError:
        return True  # nobody can say what the points rest on
    return verdicts is not None and verdicts.state == "ungraded"


def _capture_log(app: Any, *arguments: Any, **options: Any) -> dict[str, Any]:
    """nbgrader's own takes Ctrl-C for one more submission that failed, and whoever called it goes on to the next."""
    pressed: list[KeyboardInterrupt] = []
    start = app.start

    def starting() -> None:
        try:
            start()
        except KeyboardInterrupt as error:
            pressed.append(error)
            raise

    app.start = starting
    result: dict[str, Any] = capture_log(app, *arguments, **options)
    if pressed:
        raise pressed[0]
    kind, _, said = str(result.get("error") or "").strip().rpartition("\n")[2].partition(": ")
    if kind.endswith(".NbGraderException"):
        result["error"] = said  # where it was raised helps nobody, and formgrader shows this
    return result
