"""What a submitted notebook says about itself, and how much of it is believed.

Metadata and text come from a student. Which kernel a cell belongs to is read here, once, before
anything runs; tags are read by nobody. What a check cell must say to be one is the lab's business:
grading passes it in.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from papermill.translators import translate_parameters

from autograder.execute.outputs import clean


def prepared(notebook: NotebookNode, parameters: Mapping[str, str]) -> NotebookNode:
    """A copy that can be run and saved, with the student kernel's parameters in a cell of their own."""
    ready: NotebookNode = clean(copy.deepcopy(notebook))
    metadata = ready.metadata
    metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata["papermill"] = {"parameters": {}, "default_parameters": {}, "environment_variables": {}}
    for cell in ready.cells:
        tags = cell.metadata.get("tags")
        cell.metadata["papermill"] = {}
        cell.metadata["tags"] = [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list) else []
    # As papermill does it: parameters of an earlier run are replaced, or the notebook would run with them.
    earlier = [index for index, cell in enumerate(ready.cells) if _is_injected(cell)]
    ready.cells = [cell for cell in ready.cells if not _is_injected(cell)]
    source = translate_parameters("python3", "python", dict(parameters), "Parameters")
    injected = new_code_cell(source, metadata={"tags": ["injected-parameters"], "papermill": {}})
    defaults = [index for index, cell in enumerate(ready.cells) if "parameters" in cell.metadata["tags"]]
    ready.cells.insert(defaults[0] + 1 if defaults else earlier[0] if earlier else 0, injected)
    metadata["papermill"]["parameters"] = dict(parameters)
    return ready


def _is_injected(cell: NotebookNode) -> bool:
    """Whether papermill put it there; a cell that nbgrader knows is the lab's, whatever its tags say."""
    return "injected-parameters" in cell.metadata["tags"] and not cell.metadata.get("nbgrader")


def is_graded(cell: NotebookNode) -> bool:
    """Whether a cell claims to be an autograder cell: nbgrader's words are `grade` and not `solution`."""
    marks = cell.metadata.get("nbgrader")
    return (
        cell.cell_type == "code"
        and isinstance(marks, dict)
        and marks.get("grade") is True
        and not marks.get("solution")
        and isinstance(marks.get("grade_id"), str)
    )


def check_cell_id(cell: NotebookNode, known: Mapping[str, str] | None) -> str | None:
    """The `grade_id` of a cell that the grader kernel runs, or None for the student's.

    Args:
        known: source by `grade_id` of the lab's own check cells. A cell that claims to be one and
            does not read like it is the student's, whatever it says. None to believe the notebook,
            which only its author should.
    """
    if not is_graded(cell):
        return None
    grade_id: str = cell.metadata["nbgrader"]["grade_id"]
    if known is not None and known.get(grade_id, "").strip() != cell.source.strip():
        return None
    return grade_id


def said(ename: str, evalue: str) -> dict[str, Any]:
    """An error output in our own words, for a cell whose kernel can no longer speak."""
    return {"output_type": "error", "ename": ename, "evalue": evalue, "traceback": [f"{ename}: {evalue}"]}
