"""Exports grades as CSV without turning *ungraded* into zero points.

nbgrader's exporter sums whatever points there are, so a submission that an outage left without a grade would be
exported as 0 of 10. Here its score stays empty. A student who handed nothing in has 0, as in nbgrader.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import ExportPlugin

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
)


class ExportGrades(ExportPlugin):  # type: ignore[misc]  # nbgrader has no types
    """`nbgrader export`: nbgrader's own columns."""

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
                        writer.writerow(_row(gradebook, assignment, student))


def _row(gradebook: Gradebook, assignment: Any, student: Any) -> dict[str, Any]:
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
        return row | {"raw_score": 0.0, "late_submission_penalty": 0.0, "score": 0.0}
    row["timestamp"] = submission.timestamp
    if any(_has_no_score(grade) for notebook in submission.notebooks for grade in notebook.grades):
        return row
    penalty = submission.late_submission_penalty
    return row | {
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
    }


def _has_no_score(grade: Any) -> bool:
    return grade.auto_score is None and grade.manual_score is None
