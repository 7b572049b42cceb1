"""The table under a check cell, as HTML and as text.

Whatever comes from the cluster is a student's to choose: it is escaped, never interpreted.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.checks.criteria import Verdict

_MARKS = {
    "passed": ("✓", "#1a7f37"),
    "failed": ("✗", "#b42318"),
    "unsettled": ("…", "#9a6700"),
    "unchecked": ("?", "#57606a"),
}


class Points(float):
    """What a check cell ends in: a number, which nbgrader reads, and in a notebook's page a sentence."""

    def __new__(cls, earned: float, *, of: float) -> Points:
        points = super().__new__(cls, earned)
        points._of = of
        return points

    _of: float

    def _repr_html_(self) -> str:
        return f"{_number(self)} of {_number(self._of)} points"


def show(verdicts: Sequence[Verdict], data: Mapping[str, Any]) -> None:
    """Display the table, with `data` (by MIME type) beside it; without a notebook, print it."""
    text = as_text(verdicts)
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(text)
        return
    if get_ipython() is None:
        print(text)
        return
    display({"text/plain": text, "text/html": as_html(verdicts), **data}, raw=True)


def as_text(verdicts: Sequence[Verdict]) -> str:
    lines = []
    for verdict in verdicts:
        mark, _ = _MARKS[verdict.state]
        lines.append(f"{mark} {_number(verdict.earned)}/{_number(verdict.points)}  {verdict.sentence}")
        if verdict.state != "passed":
            lines.append(f"      {verdict.state}: {verdict.message}")
    return "\n".join(lines) or "no criteria"


def as_html(verdicts: Sequence[Verdict]) -> str:
    rows = "".join(_row(verdict) for verdict in verdicts)
    return f'<table style="text-align:left">{rows}</table>' if rows else "<p>no criteria</p>"


def _row(verdict: Verdict) -> str:
    mark, colour = _MARKS[verdict.state]
    place = "text-align:left;vertical-align:top;padding-right:1em"  # formgrader's page has no room between cells
    # Mixed with the colour of text it can be read on a dark page as well as on a light one.
    marked = f"{place};white-space:nowrap;font-weight:bold;color:color-mix(in srgb, {colour} 70%, currentColor)"
    cells = [
        f'<td style="{marked}">{mark} {verdict.state}</td>',
        f'<td style="{place};white-space:nowrap">{_number(verdict.earned)} / {_number(verdict.points)}</td>',
        f'<td style="{place}">{in_words(verdict.sentence)}{_reasons(verdict)}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _reasons(verdict: Verdict) -> str:
    if verdict.state == "passed":
        return ""
    parts = [("expected", verdict.expected), ("found", verdict.found), ("next", verdict.next_step)]
    lines = [f"<b>{name}</b> {in_words(text)}" for name, text in parts if text]
    return "<br>" + "<br>".join(lines or [in_words(verdict.message)])


def in_words(text: str) -> str:
    """Text that a student may have written, as HTML; what stands between backticks is set as code."""
    pieces = html.escape(text).split("`")
    if len(pieces) % 2 == 0:  # one of them is alone
        return "`".join(pieces)
    return "".join(f"<code>{piece}</code>" if index % 2 else piece for index, piece in enumerate(pieces))


def _number(points: float) -> str:
    return f"{points:g}"
