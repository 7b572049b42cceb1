"""Takes a solution's pictures out of what is handed out; nbgrader clears a solution's text alone."""

from __future__ import annotations

from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from autograder.grading.picturing import drop_unused_pictures


class ClearPictures(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """A step of `nbgrader generate_assignment`, after solutions, hidden tests and mark schemes are cleared."""

    enabled = True

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        drop_unused_pictures(cell)
        return cell, resources
