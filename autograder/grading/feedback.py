"""What a student gets back: every criterion's verdict and reason, and of hidden criteria a name and points.

Runs before nbgrader renders the page. A check cell's outputs are the grader's and are all replaced, tracebacks
included, by a table made from the verdicts on file; its source loses its hidden regions.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader import utils
from nbgrader.converters.base import BaseConverter
from traitlets.config import Config

from autograder.checks.showing import in_words
from autograder.grading.picturing import settle_pictures
from autograder.grading.submission import evidence_folder
from autograder.grading.verdicts import ATTEMPT, CellVerdicts, Verdict, read_verdicts
from autograder.grading.visible import visible_source

_TEMPLATES = Path(__file__).parent / "templates"
_MARKS = {
    "passed": ("✓", "passed"),
    "failed": ("✗", "failed"),
    "unsettled": ("…", "unsettled"),
    "unchecked": ("?", "unchecked: it costs you nothing"),
}


def standing_alone(exporter: Config) -> Config:
    """The settings with which a page fetches nothing; none where who runs the course has a template of their own."""
    if exporter.template_name != "feedback":
        return Config()
    theirs = exporter.extra_template_basedirs
    ours = {
        "template_name": "alone",
        "extra_template_basedirs": [str(_TEMPLATES), *theirs],
        "extra_template_paths": [*exporter.extra_template_paths, *theirs],
    }
    return Config(HTMLExporter=ours)


class ShowVerdicts(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """The first step of `nbgrader generate_feedback`; see the module."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        converter = self.parent.parent
        assert isinstance(converter, BaseConverter)
        named = resources["nbgrader"]
        folder = evidence_folder(Path(converter.coursedir.root), named["assignment"], named["student"])
        verdicts = read_verdicts(folder)
        for_students(nb, {cell.grade_id: cell for cell in verdicts.cells} if verdicts else {})
        if verdicts:
            tell_notes(nb, verdicts.notes)
        return nb, resources


def for_students(notebook: NotebookNode, cells: Mapping[str, CellVerdicts]) -> None:
    """Change a graded notebook into what its student may see.

    Args:
        notebook: changed in place.
        cells: the verdicts on file, by grade_id.
    """
    hidden_before = 0
    for cell in notebook.cells:
        cell.source = visible_source(cell.source)
        settle_pictures(cell)
        if cell.cell_type != "code":
            continue
        if utils.is_grade(cell) and not utils.is_solution(cell):
            verdicts = cells.get(cell.metadata.nbgrader["grade_id"])
            shown = verdicts.verdicts if verdicts else ()
            cell.outputs = [_table(shown, hidden_before)]
            cell.execution_count = None
            hidden_before += sum(verdict.hidden for verdict in shown)


def tell_notes(notebook: NotebookNode, notes: Sequence[str]) -> None:
    """Put what its student must know of how it was graded at the top of a notebook."""
    theirs = [each for each in notes if not each.startswith(ATTEMPT)]
    if theirs:
        rows = "".join(f"<li>{html.escape(each)}</li>" for each in theirs)
        shown = new_output("display_data", data={"text/html": f"<b>About your submission</b><ul>{rows}</ul>"})
        notebook.cells.insert(0, new_code_cell("# what was found when this was graded", outputs=[shown]))


def _table(verdicts: Sequence[Verdict], hidden_before: int) -> NotebookNode:
    return new_output(
        "display_data",
        data={
            "text/html": criteria_table_html(verdicts, show_hidden=False, hidden_before=hidden_before),
            "text/plain": f"{len(verdicts)} criteria",
        },
    )


def criteria_table_html(verdicts: Sequence[Verdict], *, show_hidden: bool, hidden_before: int = 0) -> str:
    """A check cell's verdicts as an HTML table.

    Args:
        show_hidden: whether hidden criteria are told like any other, as to an instructor.
        hidden_before: how many hidden criteria earlier cells had; their names go on counting.
    """
    if not verdicts:
        return "<p>There are no verdicts on file for this cell.</p>"
    rows = []
    number = hidden_before
    for verdict in verdicts:
        number += verdict.hidden
        secret = verdict.hidden and not show_hidden
        sentence = f"Hidden check {number}" if secret else verdict.sentence
        rows.append(_row(verdict, sentence, () if secret else _reasons(verdict)))
    return f'<table style="text-align:left">{"".join(rows)}</table>'


def _row(verdict: Verdict, sentence: str, reasons: Sequence[tuple[str, str]]) -> str:
    mark, word = _MARKS[verdict.state]
    told = "".join(f"<br><b>{name}</b> {in_words(text)}" for name, text in reasons)
    short = "text-align:left;vertical-align:top;white-space:nowrap;padding-right:1.5em"
    cells = (
        (short, f"{mark} {word}"),
        (short, f"{verdict.earned:g} / {verdict.points:g}"),
        ("text-align:left;vertical-align:top", f"{in_words(sentence)}{told}"),
    )
    return "<tr>" + "".join(f'<td style="{style}">{cell}</td>' for style, cell in cells) + "</tr>"


def _reasons(verdict: Verdict) -> list[tuple[str, str]]:
    """Why it was not passed. What went wrong on our side is not for a student to sort out."""
    if verdict.state in ("passed", "unchecked"):
        return []
    parts = [("expected", verdict.expected), ("found", verdict.found), ("next step", verdict.next_step)]
    return [(name, text) for name, text in parts if text] or [("because", verdict.message)]
