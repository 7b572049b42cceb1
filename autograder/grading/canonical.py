"""The cells of a lab as the instructor made them: what a submission's own copies are replaced by.

Contents come from the gradebook, where `nbgrader generate_assignment` put what it released together
with the hidden criteria; their order comes from `source/`, which the gradebook does not keep. Nothing
here is ever read from a submission.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import MissingEntry

from autograder.errors import GradingError
from autograder.grading.gradebook import open_gradebook
from autograder.grading.picturing import pictures_in
from autograder.grading.submission import Submission
from autograder.grading.visible import visible_source

Kind = Literal["check", "solution", "manual", "task", "locked"]
SCHEMA_VERSION = 3
"""nbgrader's cell metadata, see nbgrader/nbgraderformat/v3.json."""


@dataclass(frozen=True)
class CanonicalCell:
    """One cell that nbgrader knows."""

    grade_id: str
    kind: Kind
    """check: run by the grader; solution: a student's code; manual: a student's answer that a person
    grades; task: graded by a person, answered elsewhere; locked: handed out and not to be changed."""
    cell_type: Literal["code", "markdown"]
    source: str
    """With hidden criteria; of solutions, what was released."""
    points: float | None
    """None where none are given."""
    locked: bool
    checksum: str | None
    tags: tuple[str, ...] = ()
    """Of the source; none on check cells, where a tag could keep a runner from running them."""
    pictures: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Attached to the source's text, by name; the gradebook does not keep them."""

    @property
    def students_own(self) -> bool:
        """Whether the text is for the student to write."""
        return self.kind in ("solution", "manual")

    @property
    def released(self) -> str:
        """The source as it was handed out."""
        return visible_source(self.source)

    def metadata(self) -> dict[str, Any]:
        """Cell metadata as nbgrader released it, with nothing of a submission's in it."""
        nbgrader: dict[str, Any] = {
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "grade": self.kind in ("check", "manual"),
            "grade_id": self.grade_id,
            "locked": self.locked,
            "schema_version": SCHEMA_VERSION,
            "solution": self.students_own,
            "task": self.kind == "task",
        }
        if self.points is not None:
            nbgrader["points"] = self.points
        if self.checksum is None:
            del nbgrader["checksum"]
        metadata: dict[str, Any] = {"deletable": False, "nbgrader": nbgrader}
        if not self.students_own:
            metadata["editable"] = False
        if self.tags:
            metadata["tags"] = list(self.tags)
        return metadata

    def cell(self, submitted: NotebookNode | None = None) -> NotebookNode:
        """A fresh cell, with the student's text and pictures where they are theirs to give."""
        make = new_code_cell if self.cell_type == "code" else new_markdown_cell
        theirs = submitted is not None and self.students_own
        cell = make(submitted.source if submitted is not None and theirs else self.source, metadata=self.metadata())
        pictures = pictures_in(submitted.get("attachments") if submitted is not None and theirs else self.pictures)
        if pictures and self.cell_type == "markdown":
            cell.attachments = pictures
        return cell


def canonical_cells(submission: Submission) -> tuple[CanonicalCell, ...]:
    """The lab's cells, in the order of its source.

    Raises:
        GradingError: the lab was never generated, or its source has other cells than the gradebook.
    """
    known = _gradebook_cells(submission)
    order = {grade_id: cell for grade_id, cell in _source_order(submission).items() if grade_id in known}
    lost = sorted(known.keys() - order.keys())
    if lost:
        raise GradingError(
            f"{submission.source} has no cell {', '.join(lost)}",
            expected="every cell that the gradebook has of this lab",
            next_step=f"run `nbgrader generate_assignment --force {submission.lab}`, and grade again",
        )
    return tuple(
        replace(
            known[grade_id],
            tags=() if known[grade_id].kind == "check" else tuple(raw["metadata"].get("tags", ())),
            pictures=pictures_in(raw.get("attachments")),
        )
        for grade_id, raw in order.items()
    )


def comparable(source: str) -> str:
    """A source for comparing: editors change the end of a cell and of a line."""
    return "\n".join(line.rstrip() for line in source.strip().splitlines())


def source_texts(submission: Submission) -> set[str]:
    """What the lab's source says outside of the cells that nbgrader knows: handed out as it is."""
    return {
        comparable("".join(cell["source"]))
        for cell in _source_cells(submission)
        if not cell["metadata"].get("nbgrader", {}).get("solution")
    }


def _gradebook_cells(submission: Submission) -> dict[str, CanonicalCell]:
    with open_gradebook(submission) as gradebook:
        try:
            notebook = gradebook.find_notebook(submission.notebook, submission.lab)
        except MissingEntry:
            raise GradingError(
                f"the gradebook does not know {submission.lab}/{submission.notebook}",
                next_step=f"run `nbgrader generate_assignment {submission.lab}` first",
            ) from None
        points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
        graded = {cell.name for cell in notebook.grade_cells}
        solutions = {cell.name for cell in notebook.solution_cells}
        tasks = {cell.name for cell in notebook.task_cells}
        return {
            cell.name: CanonicalCell(
                grade_id=cell.name,
                kind=_kind(cell.name in graded, cell.name in solutions, cell.name in tasks),
                cell_type=cell.cell_type,
                source=cell.source or "",
                points=points.get(cell.name),
                locked=bool(cell.locked),
                checksum=cell.checksum,
            )
            for cell in notebook.source_cells
        }


def _kind(graded: bool, solution: bool, task: bool) -> Kind:
    if task:
        return "task"
    if solution:
        return "manual" if graded else "solution"
    return "check" if graded else "locked"


def _source_order(submission: Submission) -> dict[str, dict[str, Any]]:
    """Every cell of the source notebook that has a grade_id, in order."""
    return {
        str(cell["metadata"]["nbgrader"]["grade_id"]): cell
        for cell in _source_cells(submission)
        if cell["metadata"].get("nbgrader", {}).get("grade_id")
    }


def _source_cells(submission: Submission) -> list[dict[str, Any]]:
    """The source notebook's cells, each with its metadata.

    Raises:
        GradingError: it is no notebook.
    """
    try:
        cells = json.loads(submission.source.read_text(encoding="utf-8"))["cells"]
        return [{**cell, "metadata": dict(cell.get("metadata") or {}), "source": cell["source"]} for cell in cells]
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise GradingError(
            f"{submission.source} cannot be read: {error}", expected="the lab's source notebook"
        ) from error
