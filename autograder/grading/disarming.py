"""Takes out of a student's cells what would run in the browser of whoever looks at them.

formgrader shows a graded notebook on a page that can change grades with one request; a script in an output or in
a text cell would be on that page. Tables and formatting stay, and so does everything that is the lab's own.
"""

from __future__ import annotations

import json
from typing import Any

from nbconvert.preprocessors.sanitize import SanitizeHTML
from nbformat import NotebookNode
from nbgrader import utils

from autograder.grading.submission import Submission

_INLINE = ("a", "b", "br", "code", "em", "i", "span", "strong", "sub", "sup")
_BLOCKS = ("blockquote", "div", "h1", "h2", "h3", "h4", "hr", "p", "pre")
_LISTS_AND_TABLES = ("dd", "dl", "dt", "li", "ol", "ul", "table", "tbody", "td", "tfoot", "th", "thead", "tr")


class Disarm(SanitizeHTML):  # type: ignore[misc]  # nbconvert has no types
    """A late step of autograding; see the module."""

    enabled = True

    def __init__(self, **kw: Any) -> None:
        super().__init__(**kw)
        self.tags = [*_INLINE, *_BLOCKS, *_LISTS_AND_TABLES]
        self.attributes = {"a": ["href", "title"], "td": ["colspan", "rowspan"], "th": ["colspan", "rowspan"]}
        self.strip = True
        self.safe_output_keys = {"metadata", "text/plain", "image/png", "image/jpeg", "application/json"}
        self.sanitized_output_types = {"text/html"}

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        handed_out = _texts(Submission.of(resources))
        for index, cell in enumerate(nb.cells):
            is_labs = cell.cell_type != "code" and cell.source in handed_out
            is_check = cell.cell_type == "code" and utils.is_grade(cell) and not utils.is_solution(cell)
            if not is_labs and not is_check:
                nb.cells[index], resources = self.preprocess_cell(cell, resources, index)
        return nb, resources


def _texts(submission: Submission) -> set[str]:
    """The text cells of the lab's source."""
    cells = json.loads(submission.source.read_text(encoding="utf-8"))["cells"]
    return {"".join(cell["source"]) for cell in cells if cell["cell_type"] != "code"}
