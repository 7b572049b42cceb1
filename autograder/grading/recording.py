"""Writes a submission's points into nbgrader's gradebook.

nbgrader would read them off the cells' outputs; here they come from the verdicts alone, as a plain float
within a cell's points. Cells that a person grades are left to nbgrader.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import SaveAutoGrades

from autograder.errors import GradingError
from autograder.grading.running import VERDICTS
from autograder.grading.submission import Submission
from autograder.grading.verdicts import write_verdicts


class RecordVerdicts(SaveAutoGrades):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's step that saves grades, with another source of points."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        nb, resources = super().preprocess(nb, resources)
        # Only now: a run that is killed before has left points in no place, or verdicts that say ungraded.
        write_verdicts(Submission.of(resources).evidence, resources[VERDICTS])
        return nb, resources

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        if cell.cell_type != "code" or utils.is_solution(cell):
            super()._add_score(cell, resources)
            return
        grade_id = cell.metadata["nbgrader"]["grade_id"]
        verdicts = resources[VERDICTS].cell(grade_id)
        if verdicts is None or verdicts.unchecked:
            raise GradingError(f"the check cell {grade_id} has no verdicts that could be points")
        grade = self.gradebook.find_grade(grade_id, self.notebook_id, self.assignment_id, self.student_id)
        grade.auto_score = verdicts.earned
        grade.needs_manual_grade = grade.manual_score is not None
        self.gradebook.db.commit()
