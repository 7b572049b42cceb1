"""Puts a submitted notebook together again: the student's work, and the instructor's cells around it.

A submission says what it likes about its check cells. Here they are replaced by the lab's own, each of
them exactly once and in the lab's order, and what is left of the student's claims is taken off:

- a check cell that was changed, retyped, tagged or given other points is the lab's again;
- one that is missing is put back at its place, one that is there twice counts once (the last), and its
  untouched copies become text;
- a cell of the student's own that calls itself a check cell is an ordinary cell;
- a cell that papermill put parameters into before is left out: this run has its own;
- a cell that lost its metadata and still reads as it was handed out is recognised by that.

Students' own cells stay behind the lab's cell they stood behind; among check cells that look at one state, code of
theirs is run before the first of them. Nothing here runs anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_raw_cell
from nbgrader.utils import compute_checksum

from autograder.grading.canonical import CanonicalCell, canonical_cells, comparable, source_texts
from autograder.grading.submission import Submission, note
from autograder.grading.verdicts import MAX_FORM_NOTES, bounded_notes

_INJECTED = "injected-parameters"
"""On a cell that papermill made from the parameters of an earlier run."""
_PARAMETER_TAGS = {"parameters", _INJECTED}
"""Where papermill puts its parameters is for the lab to say."""


class Reassemble(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """The first step of sanitizing: see the module."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        submission = Submission.of(resources)
        nb.cells, notes = reassembled(nb.cells, canonical_cells(submission), source_texts(submission))
        for remark in bounded_notes(notes, MAX_FORM_NOTES):
            self.log.warning("%s: %s", submission.student, remark)
            note(resources, remark)
        return nb, resources


@dataclass
class _Placed:
    """What stands at one of the lab's cells in a submission."""

    submitted: NotebookNode
    followers: list[NotebookNode] = field(default_factory=list)


def reassembled(
    submitted: Sequence[NotebookNode], lab_cells: Sequence[CanonicalCell], handed_out: Collection[str] = ()
) -> tuple[list[NotebookNode], list[str]]:
    """A submission's cells with the lab's own among them.

    Args:
        submitted: as the student handed them in; may say anything.
        lab_cells: in the lab's order.
        handed_out: what the lab says outside of these, as `source_texts` has it.

    Returns:
        the cells to run, and a remark for each thing that was put right.
    """
    known = {cell.grade_id: cell for cell in lab_cells}
    claims = _claims(submitted, known)
    notes: list[str] = []
    opening: list[NotebookNode] = []
    placed: dict[str, _Placed] = {}
    last = opening
    for position, cell in enumerate(submitted):
        grade_id = claims.get(position)
        if grade_id is None and _INJECTED in cell.metadata.get("tags", ()):
            notes.append(f"parameters of an earlier run (a cell tagged {_INJECTED}) were replaced, as papermill does")
        elif grade_id is None:
            last.append(_students_own(cell, known, notes))
        else:
            placed[grade_id] = _Placed(cell)
            last = placed[grade_id].followers
    early = _code_among_checks(lab_cells, placed, handed_out)
    if early:
        notes.append("code between check cells was run before them, since they look at one state together")
    return _in_order(lab_cells, placed, opening, early, notes), notes


def _claims(submitted: Sequence[NotebookNode], known: Mapping[str, CanonicalCell]) -> dict[int, str]:
    """Which of the lab's cells stands at which position; of several, the last."""
    at: dict[str, int] = {}
    for position, cell in enumerate(submitted):
        grade_id = _grade_id(cell)
        if grade_id in known:
            at[grade_id] = position
    by_text = {comparable(each.released): each.grade_id for each in known.values() if not each.students_own}
    for position, cell in enumerate(submitted):
        grade_id = by_text.get(comparable(cell.source), "")
        if grade_id and grade_id not in at and not _grade_id(cell):
            at[grade_id] = position
    return {position: grade_id for grade_id, position in at.items()}


def _students_own(cell: NotebookNode, known: Mapping[str, CanonicalCell], notes: list[str]) -> NotebookNode:
    """A cell without a claim; an untouched copy of a check cell is not worth running again."""
    grade_id = _grade_id(cell)
    metadata = {key: value for key, value in cell.metadata.items() if key not in ("nbgrader", "tags")}
    tags = [tag for tag in cell.metadata.get("tags", ()) if tag not in _PARAMETER_TAGS]
    if tags:
        metadata["tags"] = tags
    for original in known.values():
        if original.kind == "check" and comparable(cell.source) in (
            comparable(original.source),
            comparable(original.released),
        ):
            notes.append(f"a copy of the check cell {original.grade_id} was not run: the cell counts once")
            return new_raw_cell(f"(a copy of the check cell {original.grade_id}, not run)")
    if grade_id or "nbgrader" in cell.metadata:
        named = f" ({grade_id})" if grade_id else ""
        notes.append(f"a cell{named} that claimed to be nbgrader's was run as one of the student's own")
    cell.metadata = NotebookNode(metadata)
    return cell


def _in_order(
    lab_cells: Sequence[CanonicalCell],
    placed: Mapping[str, _Placed],
    opening: list[NotebookNode],
    early: Mapping[str, list[NotebookNode]],
    notes: list[str],
) -> list[NotebookNode]:
    present = [cell.grade_id for cell in lab_cells if cell.grade_id in placed]
    if list(placed) != present:
        notes.append("the lab's cells were put back into their order")
    setup = list(_leading_setup(lab_cells))
    cells: list[NotebookNode] = []
    if any(each.grade_id in placed for each in setup):
        cells += opening
        opening = []
    for each in lab_cells:
        if opening and each not in setup:
            cells += opening
            opening = []
        cells += early.get(each.grade_id, ())
        here = placed.get(each.grade_id)
        if here is not None:
            notes.extend(_differences(each, here.submitted))
            cells += [each.cell(here.submitted), *here.followers]
        elif each.kind != "solution":  # an empty answer would only run what the student did not write
            notes.append(f"the cell {each.grade_id} was missing and was put back")
            cells.append(each.cell())
    return cells + opening


def _code_among_checks(
    lab_cells: Sequence[CanonicalCell], placed: Mapping[str, _Placed], handed_out: Collection[str]
) -> dict[str, list[NotebookNode]]:
    """Takes the student's own code out from among check cells, or each could be shown another cluster.

    Returns:
        what was taken, by the first of the check cells that it stood among.
    """

    def is_theirs(cell: NotebookNode) -> bool:
        says = comparable(cell.source)
        return cell.cell_type == "code" and says != "" and says not in handed_out

    taken: dict[str, list[NotebookNode]] = {}
    for together in _looking_together(lab_cells):
        for here in [placed[each.grade_id] for each in together[:-1] if each.grade_id in placed]:
            if code := [cell for cell in here.followers if is_theirs(cell)]:
                here.followers = [cell for cell in here.followers if not is_theirs(cell)]
                taken.setdefault(together[0].grade_id, []).extend(code)
    return taken


def _looking_together(lab_cells: Iterable[CanonicalCell]) -> Iterable[list[CanonicalCell]]:
    """From one check cell to the last that follows before there is something to solve again."""
    together: list[CanonicalCell] = []
    ahead: list[CanonicalCell] = []
    for cell in lab_cells:
        if cell.kind == "check":
            together += [*ahead, cell] if together else [cell]
            ahead = []
        elif cell.students_own or cell.kind == "task":
            if together:
                yield together
            together, ahead = [], []
        else:
            ahead.append(cell)
    if together:
        yield together


def _leading_setup(lab_cells: Iterable[CanonicalCell]) -> Iterable[CanonicalCell]:
    """The locked cells before anything else: what a student's own cells are written to follow."""
    for cell in lab_cells:
        if cell.kind != "locked":
            return
        yield cell


def _differences(original: CanonicalCell, submitted: NotebookNode) -> Iterable[str]:
    """What a student's version claimed beside what the lab says, where the lab's word counts."""
    name = f"the cell {original.grade_id}"
    if _reads_as_handed_out(submitted) and not _is_the_labs(original, submitted):
        yield f"{name} is of another version of the lab, and the lab's present one was run"
        return
    if submitted.cell_type != original.cell_type:
        yield f"{name} had been turned into {submitted.cell_type} and is {original.cell_type} again"
    if not original.students_own and not _is_the_labs(original, submitted):
        yield f"{name} had been changed and was restored"
    if original.kind != "check":
        return
    claimed = _nbgrader(submitted)
    wanted = original.metadata()["nbgrader"]
    changed = sorted(
        key
        for key in ("grade", "solution", "locked", "points", "task")
        if key in claimed and _differs(claimed, wanted, key)
    )
    if changed:
        yield f"{name} claimed other {', '.join(changed)} than the lab gives it"
    if submitted.metadata.get("tags"):
        yield f"{name} had tags ({', '.join(submitted.metadata.tags[:5])}), which were dropped"


def _is_the_labs(original: CanonicalCell, submitted: NotebookNode) -> bool:
    return comparable(submitted.source) in (comparable(original.released), comparable(original.source))


def _reads_as_handed_out(submitted: NotebookNode) -> bool:
    """Whether a locked cell has the checksum that nbgrader gave it: then the lab has changed since, and not the cell.

    Whoever makes up a checksum is told apart no more, and gains nothing: the lab's own cell is run all the same.
    """
    claimed = _nbgrader(submitted)
    if claimed.get("locked") is not True or not isinstance(claimed.get("checksum"), str):
        return False
    try:
        return bool(compute_checksum(submitted) == claimed["checksum"])
    except (TypeError, ValueError, KeyError, AttributeError, UnicodeError, OverflowError):
        return False  # points, a name or a source that nbgrader never gave


def _differs(claimed: Mapping[str, Any], wanted: Mapping[str, Any], key: str) -> bool:
    return bool(claimed[key] != wanted.get(key))


def _nbgrader(cell: NotebookNode) -> Mapping[str, Any]:
    claimed = cell.metadata.get("nbgrader")
    return claimed if isinstance(claimed, Mapping) else {}


def _grade_id(cell: NotebookNode) -> str:
    grade_id = _nbgrader(cell).get("grade_id")
    return grade_id if isinstance(grade_id, str) else ""
