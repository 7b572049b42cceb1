"""A lab as its author wrote it, and the notebooks made of it: what is handed out, and what a grader keeps to itself."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config
from traitlets.config.loader import LazyConfigValue, PyFileConfigLoader

from autograder.checks.reading import Declared, declared_criteria
from autograder.errors import GradingError
from autograder.grading.canonical import CanonicalCell
from autograder.grading.receiving import files_below


@dataclass(frozen=True)
class LabSource:
    """A lab as its author wrote it, with solutions and hidden criteria."""

    lab: str
    """Name of its folder."""
    notebook: NotebookNode
    """The instructor's."""
    path: Path
    """Where it was read."""

    @cached_property
    def check_cells(self) -> dict[str, str]:
        """Source by grade_id of the cells that the grader runs, in order."""
        return {
            marks["grade_id"]: cell.source
            for cell, marks in marked(self.notebook)
            if marks.get("grade") and not marks.get("solution") and cell.cell_type == "code"
        }

    @cached_property
    def solution_cells(self) -> dict[str, str]:
        """Source by grade_id of the reference solution's cells, in order, as a student would have written them."""
        from nbgrader.preprocessors import ClearSolutions

        clearing = ClearSolutions(config=self.config)
        marks_of = (clearing.begin_solution_delimeter, clearing.end_solution_delimeter)
        return {
            marks["grade_id"]: _without(marks_of, cell.source)
            for cell, marks in marked(self.notebook)
            if marks.get("solution")
        }

    @cached_property
    def criteria(self) -> dict[str, list[Declared]]:
        """What each check cell looks for, by its grade_id."""
        return {grade_id: declared_criteria(source) for grade_id, source in self.check_cells.items()}

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Every criterion's sentence, in order."""
        return tuple(each.sentence for declared in self.criteria.values() for each in declared)

    @cached_property
    def files(self) -> dict[str, Path]:
        """What is handed out beside the notebook, by its name below the lab's folder."""
        folder = self.path.parent
        found = {path.relative_to(folder).as_posix(): path for path in files_below(folder)}
        return {name: path for name, path in found.items() if path.suffix != ".ipynb"}

    @cached_property
    def students_files(self) -> frozenset[str]:
        """Those of them that students may hand in a version of their own of; grading puts the others back."""
        named = self.config.Autograde.get("exclude_overwriting", {})
        named = named.get_value({}) if isinstance(named, LazyConfigValue) else named
        return frozenset(named.get(self.lab, ()))

    @cached_property
    def config(self) -> Config:
        """The course's own, which may say what marks a solution and what a cleared one looks like."""
        root = self.path.parents[2]
        if not (root / "nbgrader_config.py").is_file():
            return Config()
        return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def read_lab(root: Path, lab: str) -> LabSource:
    """The lab's source, which must hold one notebook whose criteria are all told apart by their sentences.

    Raises:
        GradingError: there is no such lab, or two of its criteria say the same.
    """
    folder = root / "source" / lab
    found = sorted(folder.glob("*.ipynb"))
    if len(found) != 1:
        raise GradingError(
            f"{len(found)} notebooks in {folder}",
            expected="exactly one",
            next_step=f"the labs here are: {', '.join(labs_in(root)) or 'none'}",
        )
    source = LabSource(lab, nbformat.read(found[0], as_version=4), found[0])
    twice = sorted({each for each in source.sentences if source.sentences.count(each) > 1})
    if twice:
        raise GradingError(
            f"two criteria of {lab} say “{twice[0]}”",
            expected="sentences that are unique within a lab",
            next_step="say in each what sets it apart",
        )
    return source


def labs_in(root: Path) -> list[str]:
    """The names of all labs."""
    return sorted(path.parent.name for path in (root / "source").glob("*/*.ipynb"))


def released(source: LabSource) -> NotebookNode:
    """The notebook as nbgrader hands it out: no solution, no hidden criterion, no output."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearOutput, ClearSolutions, LockCells

    notebook = copy.deepcopy(source.notebook)
    for step in (LockCells, ClearSolutions, ClearOutput, ClearHiddenTests):
        notebook, _ = step(config=source.config).preprocess(notebook, {})
    return notebook


def canonical_cells(source: LabSource) -> tuple[CanonicalCell, ...]:
    """The lab's cells as the gradebook would have them, hidden criteria included, without a gradebook."""
    cleared = {marks["grade_id"]: cell.source for cell, marks in marked(released(source))}
    return tuple(
        CanonicalCell(
            grade_id=marks["grade_id"],
            kind="solution" if marks.get("solution") else "check" if marks.get("grade") else "locked",
            cell_type=cell.cell_type,
            source=cleared[marks["grade_id"]] if marks.get("solution") else cell.source,
            points=marks.get("points"),
            locked=bool(marks.get("locked")),
            checksum=None,
            # As grading has them: papermill puts its parameters where the lab says, or the proof runs another notebook.
            tags=() if marks.get("grade") else tuple(cell.metadata.get("tags", ())),
        )
        for cell, marks in marked(source.notebook)
    )


def marked(notebook: NotebookNode) -> list[tuple[NotebookNode, Mapping[str, Any]]]:
    """Cells that nbgrader knows, with its metadata."""
    found = ((cell, cell.metadata.get("nbgrader") or {}) for cell in notebook.cells)
    return [(cell, marks) for cell, marks in found if marks.get("grade_id")]


def _without(marks: tuple[str, str], source: str) -> str:
    """A cell without the lines that say where its solution begins and ends: no student writes those."""
    return "\n".join(line for line in source.split("\n") if not any(mark in line for mark in marks))
