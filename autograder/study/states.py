"""How far a learner is with each lab: from their own notebook, and from what came of handing it in.

What the check cells said last stands in the notebook's outputs. That is a learner's own file and may hold anything,
by accident as well: it is shown, and nothing depends on it. Points are those that the lab declares for a criterion;
of the notebook only whether it passed is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from autograder.checks.criteria import MIME
from autograder.checks.reading import declared_criteria
from autograder.cluster import remembering
from autograder.errors import GradingError
from autograder.grading.keeping import UNFINISHED
from autograder.grading.verdicts import SubmissionVerdicts, read_verdicts
from autograder.study.desks import Desk

Stage = Literal["untouched", "started", "handed in", "done"]
MAX_MIB = 64
"""A larger notebook is not read."""


@dataclass(frozen=True)
class Points:
    """Some of the points there are."""

    earned: float
    of: float

    @property
    def all(self) -> bool:
        return self.earned >= self.of > 0


@dataclass(frozen=True)
class State:
    """How far one lab is."""

    lab: str
    stage: Stage
    """done: handed in, and every point earned."""
    checked: Points | None
    """By the check cells in the learner's own notebook, when they last ran; of the criteria that they can see. None as
    long as none of them ran."""
    graded: Points | None
    """By handing in, hidden criteria included; None where that came to no grade."""
    remark: str = ""
    """What kept something from being known."""


def state(desk: Desk) -> State:
    """How far a learner is with a lab. Whatever their notebook holds, this says something."""
    cells, remark = _own_cells(desk.notebook)
    released = _cells(remembering.read_record(desk.released / desk.notebook.name))
    graded, remark_of_grade = _graded(desk)
    stage: Stage = "started"
    if graded is not None or remark_of_grade:
        stage = "done" if graded is not None and graded.all else "handed in"
    elif not remark and (not cells or _is_as_released(cells, released)):
        stage = "untouched"
    return State(desk.lab, stage, _checked(cells, released), graded, remark or remark_of_grade)


def _graded(desk: Desk) -> tuple[Points | None, str]:
    """The grade, or why there is none although something was handed in."""
    try:
        verdicts: SubmissionVerdicts | None = read_verdicts(desk.evidence)
    except GradingError as error:
        return None, error.found
    if verdicts is None:
        return None, ""
    if verdicts.state != "graded" and verdicts.reason.startswith(UNFINISHED):
        return None, f"being graded, or {verdicts.reason}: then `autograder study --hand-in {desk.lab}` grades it"
    if verdicts.state != "graded":
        return None, f"handed in and ungraded: {verdicts.reason}"
    return Points(verdicts.score, verdicts.max_score), ""


def _own_cells(path: Path) -> tuple[list[dict[str, Any]], str]:
    """The cells of a learner's notebook, and why it could not be read where it is there and could not."""
    try:
        if not path.is_file():
            return [], ""
        if path.stat().st_size > MAX_MIB * 2**20:
            return [], f"{path.name} is larger than {MAX_MIB} MiB"
    except OSError as error:
        return [], f"{path.name} cannot be read: {error.strerror}"
    record = remembering.read_record(path)
    if not isinstance(record.get("cells"), list):
        return [], f"{path.name} is not a notebook that could be read"
    return _cells(record), ""


def _cells(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    cells = record.get("cells")
    return [each for each in cells if isinstance(each, dict)] if isinstance(cells, list) else []


def _is_as_released(cells: list[dict[str, Any]], released: list[dict[str, Any]]) -> bool:
    """Whether nothing was written and nothing was run."""
    written = [(each.get("cell_type"), _text(each.get("source"))) for each in cells]
    handed_out = [(each.get("cell_type"), _text(each.get("source"))) for each in released]
    return written == handed_out and not any(each.get("outputs") or each.get("execution_count") for each in cells)


def _checked(cells: list[dict[str, Any]], released: list[dict[str, Any]]) -> Points | None:
    said: dict[str, dict[str, bool]] = {}
    for cell in cells:
        said.setdefault(_grade_id(cell), {}).update(_said(cell))
    earned = of = 0.0
    ran = False
    for cell in released:
        marks = _marks(cell)
        if cell.get("cell_type") != "code" or not marks.get("grade") or marks.get("solution"):
            continue
        ran = ran or bool(said.get(_grade_id(cell)))
        for criterion in declared_criteria(_text(cell.get("source"))):
            of += criterion.points
            if said.get(_grade_id(cell), {}).get(criterion.sentence):
                earned += criterion.points
    return Points(earned, of) if ran else None


def _said(cell: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """What a check cell displayed, as far as it can be understood: sentences, and whether each passed."""
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        shown = data.get(MIME) if isinstance(data, dict) else None
        verdicts = shown.get("verdicts") if isinstance(shown, dict) else None
        for verdict in verdicts if isinstance(verdicts, list) else ():
            if isinstance(verdict, dict) and isinstance(verdict.get("sentence"), str):
                yield verdict["sentence"], verdict.get("state") == "passed"


def _grade_id(cell: Mapping[str, Any]) -> str:
    grade_id = _marks(cell).get("grade_id")
    return grade_id if isinstance(grade_id, str) else ""


def _marks(cell: Mapping[str, Any]) -> dict[str, Any]:
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return marks if isinstance(marks, dict) else {}


def _text(source: object) -> str:
    if isinstance(source, list):
        return "".join(each for each in source if isinstance(each, str))
    return source if isinstance(source, str) else ""
