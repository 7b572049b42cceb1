"""Makes the gradebook know a lab as its source has it now.

nbgrader does this only when it generates `release/`, and refuses once somebody has handed in: a fresh clone, where
`release/` is there already, has no gradebook, and a check that was added, changed or taken out could never be graded.
Here the gradebook follows the source before anything is graded. What cells that stay have earned stays as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Comment, Grade, Gradebook, MissingEntry
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ClearSolutions,
    ComputeChecksums,
    IncludeHeaderFooter,
    LockCells,
    SaveCells,
)
from traitlets.config import Config

from autograder.errors import AutograderError, GradingError
from autograder.grading.declaring import CheckCriteria
from autograder.report.showing import one_line

BEFORE_SAVING = (
    IncludeHeaderFooter,
    CheckCriteria,
    LockCells,
    ClearSolutions,
    ClearOutput,
    CheckCellMetadata,
    ComputeChecksums,
)
"""What is done to a source before its cells are kept."""


class SaveLab(SaveCells):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's step that keeps a lab's cells, also where submissions exist."""

    def _create_notebook(self, nb: NotebookNode) -> None:
        try:
            notebook = self.gradebook.find_notebook(self.notebook_id, self.assignment_id)
        except MissingEntry:
            notebook = None
        if notebook is not None and notebook.submissions:
            self._take_out(notebook)
            self._put_in(notebook)
        super()._create_notebook(nb)

    def _take_out(self, notebook: Any) -> None:
        """Remove the cells that are no more, and the points and comments they had."""
        database = self.gradebook.db
        for cells, kept in (
            (notebook.grade_cells, self.new_grade_cells),
            (notebook.solution_cells, self.new_solution_cells),
            (notebook.task_cells, self.new_task_cells),
            (notebook.source_cells, self.new_source_cells),
        ):
            for cell in [each for each in cells if each.name not in kept]:
                for given in [*getattr(cell, "grades", ()), *getattr(cell, "comments", ())]:
                    database.delete(given)
                database.delete(cell)
        database.commit()

    def _put_in(self, notebook: Any) -> None:
        """Add the cells that are new, and a place for their points and comments in every submission."""
        gradebook, place = self.gradebook, (self.notebook_id, self.assignment_id)
        rows = list(notebook.submissions)

        def new(cells: Any, wanted: dict[str, Any]) -> Iterable[tuple[str, Any]]:
            known = {cell.name for cell in cells}
            return [(name, info) for name, info in wanted.items() if name not in known]

        for name, info in new(notebook.grade_cells, self.new_grade_cells):
            cell = gradebook.update_or_create_grade_cell(name, *place, **info)
            for row in rows:
                gradebook.db.add(Grade(cell_id=cell.id, notebook=row, needs_manual_grade=True))
        for name, info in new(notebook.solution_cells, self.new_solution_cells):
            cell = gradebook.update_or_create_solution_cell(name, *place, **info)
            for row in rows:
                gradebook.db.add(Comment(cell_id=cell.id, notebook=row))
        for name, info in new(notebook.task_cells, self.new_task_cells):
            cell = gradebook.update_or_create_task_cell(name, *place, **info)
            for row in rows:
                gradebook.db.add(Comment(cell_id=cell.id, notebook=row))
                gradebook.db.add(Grade(cell_id=cell.id, notebook=row, needs_manual_grade=True))
        for name, info in new(notebook.source_cells, self.new_source_cells):
            gradebook.update_or_create_source_cell(name, *place, **info)
        gradebook.db.commit()


def source_notebook(course: CourseDirectory, lab: str) -> Path:
    """The one notebook of a lab's source.

    Raises:
        GradingError: there is no such lab, or it has none or several.
    """
    sources = Path(course.format_path(course.source_directory, ".", "."))
    folder = Path(course.format_path(course.source_directory, ".", lab))
    if not folder.is_dir():
        labs = sorted(each.name for each in sources.iterdir() if each.is_dir()) if sources.is_dir() else []
        near = get_close_matches(lab, labs, n=1, cutoff=0.5)
        raise GradingError(
            f"there is no lab {one_line(lab)}",
            expected=f"one of {', '.join(labs) or 'none'}",
            next_step=f"is {near[0]} meant?" if near else "",
        )
    notebooks = sorted(each for each in folder.iterdir() if each.suffix == ".ipynb" and not each.name.startswith("."))
    if len(notebooks) != 1:
        raise GradingError(
            f"{folder} has {len(notebooks)} notebooks",
            expected="the lab's one notebook",
            next_step="move the others to labs of their own",
        )
    return notebooks[0]


def register(course: CourseDirectory, lab: str, config: Config) -> str:
    """Make the gradebook know a lab as its source has it.

    Args:
        config: of the course: headers, and what a cleared solution looks like.

    Returns:
        what changed, as a sentence; empty if the gradebook knew it all.

    Raises:
        GradingError: the source is no lab that could be graded.
    """
    path = source_notebook(course, lab)
    named = {"student": ".", "assignment": lab, "notebook": path.stem, "db_url": course.db_url}
    resources: dict[str, Any] = {"nbgrader": named, "unique_key": path.stem}
    wanted = _prepared(path, resources, config)
    with Gradebook(course.db_url, *([course.course_id] if course.course_id else [])) as gradebook:
        before = _cells(gradebook, lab, path.stem)
        now = _cells_of(wanted)
        if before == now:
            return ""
        gradebook.update_or_create_assignment(lab)
        for notebook in [each.name for each in gradebook.find_assignment(lab).notebooks if each.name != path.stem]:
            if gradebook.find_notebook(notebook, lab).submissions:
                raise GradingError(
                    f"the gradebook has submissions of {lab} as {notebook}.ipynb, the source is {path.name} now",
                    next_step=f"give the source its name {notebook}.ipynb back",
                )
            gradebook.remove_notebook(notebook, lab)
    SaveLab(config=config).preprocess(wanted, resources)
    return _changes(lab, before, now)


def _prepared(path: Path, resources: dict[str, Any], config: Config) -> NotebookNode:
    """The source as nbgrader keeps it: with hidden criteria, without solutions."""
    try:
        notebook = nbformat.read(path, as_version=4)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        for step in BEFORE_SAVING:
            notebook, resources = step(config=config).preprocess(notebook, resources)
        return notebook
    except AutograderError:
        raise
    except Exception as error:  # nbgrader and nbformat raise many kinds
        raise GradingError(
            f"{path} cannot be made into a lab: {type(error).__name__}: {error}",
            next_step="correct it in JupyterLab's Create Assignment panel",
        ) from error


def _cells_of(notebook: NotebookNode) -> dict[str, tuple[Any, ...]]:
    """What the gradebook keeps of each cell that nbgrader knows."""
    found = {}
    for cell in notebook.cells:
        marks = cell.metadata.get("nbgrader") or {}
        if not any(marks.get(kind) for kind in ("grade", "solution", "locked", "task")):
            continue
        points = float(marks["points"]) if marks.get("grade") or marks.get("task") else None
        kind = (bool(marks.get("grade")), bool(marks.get("solution")), bool(marks.get("task")))
        found[marks["grade_id"]] = (cell.source, cell.cell_type, points, *kind)
    return found


def _cells(gradebook: Gradebook, lab: str, name: str) -> dict[str, tuple[Any, ...]] | None:
    """The same as the gradebook has it; None if it does not know the lab."""
    try:
        notebook = gradebook.find_notebook(name, lab)
    except MissingEntry:
        return None
    points = {cell.name: float(cell.max_score) for cell in (*notebook.grade_cells, *notebook.task_cells)}
    grade, solution, task = (
        {cell.name for cell in cells} for cells in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells)
    )
    return {
        cell.name: (
            cell.source or "",
            cell.cell_type,
            points.get(cell.name),
            cell.name in grade,
            cell.name in solution,
            cell.name in task,
        )
        for cell in notebook.source_cells
    }


def _changes(lab: str, before: dict[str, tuple[Any, ...]] | None, now: dict[str, tuple[Any, ...]]) -> str:
    if before is None:
        return f"the gradebook knows {lab} now"
    parts = [
        ("changed", [name for name in now if name in before and now[name] != before[name]]),
        ("new", [name for name in now if name not in before]),
        ("gone", [name for name in before if name not in now]),
    ]
    said = "; ".join(f"{what}: {', '.join(names)}" for what, names in parts if names)
    return f"the gradebook follows source/{lab} now ({said}); grade again whoever was graded before"
