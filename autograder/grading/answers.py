"""Known solutions of a lab, on file, and the notebooks they are handed in as.

An answer says only what is different about it: its cells take the place of the reference solution's, which lives in
`source/LAB` and nowhere else. What comes out is what a student would submit, made from the instructor's notebook as
nbgrader releases it. The format is described in tests/answers/README.md; the demo's submissions are written in it too.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import nbformat
from nbformat import NotebookNode

from autograder.checks.reading import Declared, declared_criteria, parsed
from autograder.errors import GradingError
from autograder.grading.canonical import CanonicalCell

Kind = Literal["right", "wrong", "blank", "other"]

_MARKER = re.compile(r"^# %% cell: (\S+)\s*$", re.MULTILINE)
_VERBATIM = re.compile(r"^#\| ?", re.MULTILINE)


@dataclass(frozen=True)
class Answer:
    """One solution of a lab, right or wrong."""

    name: str
    """Unique among the answers of its lab and kind, like selector_typo."""
    kind: Kind
    """right: full marks; wrong: loses exactly `loses`; blank: scores 0; other: nothing is claimed."""
    says: str
    """What it is, in one line."""
    cells: Mapping[str, str]
    """Source by grade_id, of the solution cells that differ from the reference."""
    loses: tuple[str, ...] = ()
    """Sentences of the criteria that a wrong answer loses."""


REFERENCE = Answer("reference", "right", "the solution in the instructor's own notebook", {})
BLANK = Answer("blank", "blank", "the released notebook, untouched", {})


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
            for cell, marks in _marked(self.notebook)
            if marks.get("grade") and not marks.get("solution") and cell.cell_type == "code"
        }

    @cached_property
    def solution_cells(self) -> dict[str, str]:
        """Source by grade_id of the reference solution's cells, in order."""
        return {marks["grade_id"]: cell.source for cell, marks in _marked(self.notebook) if marks.get("solution")}

    @cached_property
    def criteria(self) -> dict[str, list[Declared]]:
        """What each check cell looks for, by its grade_id."""
        return {grade_id: declared_criteria(source) for grade_id, source in self.check_cells.items()}

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Every criterion's sentence, in order."""
        return tuple(each.sentence for declared in self.criteria.values() for each in declared)


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


def read_answers(folder: Path, source: LabSource) -> list[Answer]:
    """All answers to a lab: the reference, those in `folder`/right and `folder`/wrong, and the blank one.

    Raises:
        GradingError: a file is not an answer to this lab.
    """
    right = [read_answer(path, "right") for path in sorted(folder.glob("right/*.py"))]
    wrong = [read_answer(path, "wrong") for path in sorted(folder.glob("wrong/*.py"))]
    for answer in [*right, *wrong]:
        _require_fit(answer, source)
    return [REFERENCE, *right, *wrong, BLANK]


def read_answer(path: Path, kind: Kind = "other") -> Answer:
    """One answer file.

    Args:
        path: its name without the ending is the answer's.
        kind: what it claims to be.

    Raises:
        GradingError: it is not written as tests/answers/README.md says.
    """
    text = path.read_text(encoding="utf-8")
    head, *parts = _MARKER.split(text)
    try:
        tree = parsed(head)
    except SyntaxError as error:
        raise _unfit(path, f"is not Python before its first cell: {error}") from error
    says = (ast.get_docstring(tree) or "").strip().partition("\n")[0]
    if not says:
        raise _unfit(path, "does not say what it is", expected="a docstring at the top")
    sources = [_VERBATIM.sub("", each.strip("\n")) for each in parts[1::2]]
    if len(set(parts[::2])) < len(sources):
        raise _unfit(path, "replaces the same cell twice")
    cells = dict(zip(parts[::2], sources, strict=True))
    return Answer(path.stem, kind, says, cells, _losses(tree, path, kind))


def submitted(source: LabSource, answer: Answer) -> NotebookNode:
    """The notebook that a student would hand in: the released one with this answer in its solution cells."""
    notebook = released(source)
    for cell, marks in _marked(notebook):
        if marks.get("solution") and answer.kind != "blank":
            grade_id = marks["grade_id"]
            cell.source = answer.cells.get(grade_id, source.solution_cells[grade_id])
    return notebook


def released(source: LabSource) -> NotebookNode:
    """The notebook as nbgrader hands it out: no solution, no hidden criterion, no output."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearOutput, ClearSolutions, LockCells

    notebook = copy.deepcopy(source.notebook)
    config = _nbgrader_config(source.path.parents[2])
    for step in (LockCells, ClearSolutions, ClearOutput, ClearHiddenTests):
        notebook, _ = step(config=config).preprocess(notebook, {})
    return notebook


def canonical_cells(source: LabSource) -> tuple[CanonicalCell, ...]:
    """The lab's cells as the gradebook would have them, hidden criteria included, without a gradebook."""
    cleared = {marks["grade_id"]: cell.source for cell, marks in _marked(released(source))}
    return tuple(
        CanonicalCell(
            grade_id=marks["grade_id"],
            kind="solution" if marks.get("solution") else "check" if marks.get("grade") else "locked",
            cell_type=cell.cell_type,
            source=cleared[marks["grade_id"]] if marks.get("solution") else cell.source,
            points=marks.get("points"),
            locked=bool(marks.get("locked")),
            checksum=None,
        )
        for cell, marks in _marked(source.notebook)
    )


def _nbgrader_config(root: Path) -> object:
    """The course's own, which may set what a cleared solution looks like."""
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    if not (root / "nbgrader_config.py").is_file():
        return Config()
    return PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()


def _marked(notebook: NotebookNode) -> list[tuple[NotebookNode, Mapping[str, Any]]]:
    """Cells that nbgrader knows, with its metadata."""
    marked = ((cell, cell.metadata.get("nbgrader") or {}) for cell in notebook.cells)
    return [(cell, marks) for cell, marks in marked if marks.get("grade_id")]


def _losses(tree: ast.Module, path: Path, kind: Kind) -> tuple[str, ...]:
    found: tuple[str, ...] | None = None
    for node in tree.body:
        if isinstance(node, ast.Assign) and _is_name(node.targets[0], "LOSES"):
            try:
                found = tuple(str(each) for each in ast.literal_eval(node.value))
            except (ValueError, TypeError) as error:
                raise _unfit(path, "has a LOSES that is not a list of sentences") from error
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            raise _unfit(path, f"has other code before its first cell, in line {node.lineno}")
    if kind == "wrong" and not found:
        raise _unfit(path, "does not say what it loses", expected='LOSES = ["sentence", …]')
    if kind == "right" and found is not None:
        raise _unfit(path, "says what it loses", expected="a right answer, which loses nothing")
    return found or ()


def _is_name(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _require_fit(answer: Answer, source: LabSource) -> None:
    for wanted, known, what in (
        (answer.cells.keys(), list(source.solution_cells), "solution cell"),
        (answer.loses, list(source.sentences), "criterion"),
    ):
        unknown = [each for each in wanted if each not in known]
        if unknown:
            raise GradingError(
                f"{answer.kind}/{answer.name} names the {what} “{unknown[0]}”",
                expected=f"one that {source.lab} has: {'; '.join(known)}",
                next_step="correct the answer's file",
            )


def _unfit(path: Path, found: str, *, expected: str = "an answer") -> GradingError:
    return GradingError(
        f"{path.name} {found}", expected=expected, next_step="tests/answers/README.md shows how one is written"
    )
