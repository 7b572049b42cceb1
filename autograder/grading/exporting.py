"""Exports grades as CSV without turning *ungraded* into zero points.

nbgrader's exporter sums whatever points there are, so a submission that an outage left without a grade would be
exported as 0 of 10, and one that never came to a row of the gradebook not at all. Here each has a row, its score stays
empty, and a column says why. A student who handed nothing in has 0, as in nbgrader.
"""

from __future__ import annotations

import csv
from glob import escape
from pathlib import Path
from typing import Any

from nbgrader import plugins
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

from autograder.errors import GradingError
from autograder.grading.converting import folders_of
from autograder.grading.gradebook import open_points
from autograder.grading.submission import evidence_folder
from autograder.grading.verdicts import FILE_NAME, read_verdicts
from autograder.report.showing import one_line

NOT_GRADED = "ungraded: handed in, not graded yet"
COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
    "state",
)


def take_the_place_of_nbgraders_own() -> None:
    """Whoever names nbgrader's exporter (`--exporter=nbgrader.plugins.CsvExportPlugin`) gets this one."""
    plugins.CsvExportPlugin = plugins.export.CsvExportPlugin = ExportGrades


class ExportGrades(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """`nbgrader export`: nbgrader's own columns, and a submission's state."""

    def export(self, gradebook: Gradebook) -> None:
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        labs, students = {str(name) for name in self.assignment}, {str(name) for name in self.student}
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            for assignment in gradebook.assignments:
                if labs and assignment.name not in labs:
                    continue
                for student in gradebook.students:
                    if not students or student.id in students:
                        writer.writerow(self._row(gradebook, assignment, student))
                known = {student.id for student in gradebook.students}
                for name in self._handed_in(assignment.name):
                    if name in known or self._was_removed(assignment.name, name):
                        continue
                    if not students or name in students:
                        writer.writerow(
                            {"assignment": assignment.name, "student_id": name, "max_score": assignment.max_score}
                            | {"duedate": assignment.duedate, "state": NOT_GRADED}
                        )

    def _row(self, gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
        row = {
            "assignment": assignment.name,
            "duedate": assignment.duedate,
            "student_id": student.id,
            "last_name": student.last_name,
            "first_name": student.first_name,
            "email": student.email,
            "max_score": assignment.max_score,
        }
        try:
            submission = gradebook.find_submission(assignment.name, student.id)
        except MissingEntry:
            if student.id in self._handed_in(assignment.name):
                return row | {"state": NOT_GRADED}
            return row | {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0, "state": "nothing handed in"}
        row["timestamp"] = submission.timestamp
        state = self._state(assignment.name, student.id, submission)
        if state.startswith("ungraded"):
            return row | {"state": state}
        penalty = submission.late_submission_penalty
        return row | {
            "raw_score": submission.score,
            "late_submission_penalty": penalty,
            "score": max(0.0, submission.score - penalty),
            "state": state,
        }

    def _state(self, lab: str, student: str, submission: Any) -> str:
        """graded, or why there is no score."""
        missing = open_points(submission)
        if not missing and submission.score > submission.max_score:
            return "graded, as the lab was before it was changed: grade it again"
        verdicts = None
        if self._course is not None:
            try:
                verdicts = read_verdicts(evidence_folder(Path(self._course.root), lab, student))
            except GradingError as error:
                self.log.warning("%s", error)
        grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
        if verdicts is not None and verdicts.state == "ungraded" and any(each.manual_score is None for each in grades):
            return f"ungraded: {one_line(verdicts.reason)}"  # points beside that are no run's that came to its end
        if not missing:
            return "graded"
        checks = {cell.grade_id for cell in verdicts.cells} if verdicts is not None else set()
        by_hand = {cell.name for notebook in submission.assignment.notebooks for cell in notebook.solution_cells}
        by_hand |= {cell.name for notebook in submission.assignment.notebooks for cell in notebook.task_cells}
        left = {each.name for each in grades if each.auto_score is None and each.manual_score is None}
        if left <= by_hand:
            return f"ungraded: {missing} to grade by hand"
        return "ungraded" if left & checks or verdicts is None else "ungraded: the lab has changed, grade it again"

    def _handed_in(self, lab: str) -> list[str]:
        """Whoever has something in `submitted/`."""
        if self._course is None:
            return []
        return [who for _, who in folders_of(self._course, self._course.submitted_directory, escape(lab), "*")]

    def _was_removed(self, lab: str, student: str) -> bool:
        """Whether somebody whom the gradebook does not know was in it: verdicts come after a row, and stay."""
        return (evidence_folder(Path(self._course.root), lab, student) / FILE_NAME).is_file()

    @property
    def _course(self) -> Any:
        """nbgrader's course directory; None where somebody exports a gradebook alone."""
        return getattr(self.parent, "coursedir", None)
