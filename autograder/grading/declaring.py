"""Refuses to release a lab whose check cells could not be graded as they promise.

Runs in `nbgrader generate_assignment`, before anything is put into the gradebook: what is wrong with a
lab is said to its author, not found out on a student's submission.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader import utils

from autograder.errors import GradingError
from autograder.grading.settling import check_criteria


class CheckCriteria(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """Every check cell: literal criteria, each with a sentence of its own, that add up to its points."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        _require_one_notebook(Path(resources["metadata"]["path"]))
        for cell in nb.cells:
            if cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell):
                marks = cell.metadata.nbgrader
                check_criteria(marks["grade_id"], cell.source, float(marks["points"]))
        return nb, resources


def _require_one_notebook(folder: Path) -> None:
    """A lab is one notebook: a second one would have a workspace, and a grade, of its own."""
    notebooks = sorted(path.name for path in folder.glob("*.ipynb"))
    if len(notebooks) > 1:
        raise GradingError(
            f"{folder.name} has the notebooks {', '.join(notebooks)}",
            expected="one notebook for a lab",
            next_step="move the others to labs of their own",
        )
