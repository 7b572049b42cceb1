"""From what the grader kernel said to verdicts: every criterion that a check cell declares gets exactly one.

The lab's source says which criteria there are and what they are worth; a kernel only says what came of
them. What was never reached, or does not fit what is declared, is not the student's doing: unchecked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.checks.reading import Declared, declared_criteria, ends_in_points
from autograder.errors import GradingError
from autograder.grading.canonical import CanonicalCell
from autograder.grading.verdicts import CellVerdicts, Verdict, verdict_of
from autograder.grading.visible import is_hidden_line

_WORST_FIRST = ("unchecked", "failed", "unsettled", "passed")


def settled(
    check_cells: Iterable[CanonicalCell], said: Mapping[str, Sequence[Mapping[str, Any]]]
) -> tuple[CellVerdicts, ...]:
    """One verdict for each criterion of each check cell, in the lab's order.

    Args:
        said: verdicts by grade_id, as the grader kernel displayed them.

    Raises:
        GradingError: a check cell's criteria cannot be read.
    """
    return tuple(_cell(cell, said.get(cell.grade_id) or ()) for cell in check_cells)


def unchecked(check_cells: Iterable[CanonicalCell], message: str) -> tuple[CellVerdicts, ...]:
    """The verdicts of a run that never came to its check cells."""
    return tuple(
        CellVerdicts(
            cell.grade_id,
            cell.points or 0.0,
            tuple(_without_verdict(each, message, cell) for each in declared_criteria(cell.source)),
        )
        for cell in check_cells
    )


def _cell(cell: CanonicalCell, said: Sequence[Mapping[str, Any]]) -> CellVerdicts:
    reported = _by_sentence(said)
    verdicts = []
    for declared in declared_criteria(cell.source):
        found = reported.get(declared.sentence, [])
        if not found:
            verdict = _without_verdict(declared, "the check cell ended before it came to this criterion", cell)
        elif any(one.points != declared.points for one in found):
            verdict = _without_verdict(declared, "the grader reported other points than the lab declares", cell)
        else:
            # A criterion in a loop is reported more than once: it holds if it always held.
            worst = min(found, key=lambda one: _WORST_FIRST.index(one.state))
            verdict = replace(worst, line=declared.line, hidden=_hidden(declared, cell))
        verdicts.append(verdict)
    return CellVerdicts(cell.grade_id, cell.points or 0.0, tuple(verdicts))


def _by_sentence(said: Sequence[Mapping[str, Any]]) -> dict[str, list[Verdict]]:
    reported: dict[str, list[Verdict]] = {}
    for raw in said:
        try:
            verdict = verdict_of(raw)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue  # nothing that could be told apart: its criterion stays unreached
        reported.setdefault(verdict.sentence, []).append(verdict)
    return reported


def _without_verdict(declared: Declared, message: str, cell: CanonicalCell) -> Verdict:
    return Verdict(
        declared.sentence,
        declared.points,
        "unchecked",
        message=message,
        line=declared.line,
        hidden=_hidden(declared, cell),
    )


def _hidden(declared: Declared, cell: CanonicalCell) -> bool:
    return declared.hidden or is_hidden_line(cell.source, declared.line)


def check_criteria(cell_name: str, source: str, points: float) -> None:
    """Whether a check cell's criteria can stand for its points.

    Raises:
        GradingError: it has none, two share a sentence, they do not add up, or `lab.points()` does not come last.
    """
    declared = declared_criteria(source)
    if not declared:
        raise GradingError(
            f"the check cell {cell_name} declares no criterion",
            expected='with lab.criterion(points, "sentence"): …',
            next_step="give the cell its criteria, or make it an ordinary cell",
        )
    sentences = [each.sentence for each in declared]
    twice = sorted({sentence for sentence in sentences if sentences.count(sentence) > 1})
    if twice:
        raise GradingError(
            f"the check cell {cell_name} has two criteria “{twice[0]}”",
            expected="a sentence of its own for each criterion",
        )
    if not ends_in_points(source):
        raise GradingError(
            f"the check cell {cell_name} does not end with `lab.points()`: what its criteria come to would be lost",
            expected="`lab.points()` as the last line, outside every block",
            next_step="move it there; what is to be done after it belongs before it",
        )
    total = sum(each.points for each in declared)
    if abs(total - points) > 1e-9:
        raise GradingError(
            f"the criteria of the check cell {cell_name} add up to {total:g} points",
            expected=f"the {points:g} points of the cell",
            next_step="change the criteria's points, or the cell's points in the Create Assignment panel",
        )
