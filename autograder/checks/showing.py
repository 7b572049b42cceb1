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
    # Mixed with the colour of text it can be read on a dark page as well as on a light one.
    style = f"color:color-mix(in srgb, {colour} 70%, currentColor);font-weight:bold"
    cells = [
        f'<td style="{style}">{mark} {verdict.state}</td>',
        f'<td style="white-space:nowrap">{_number(verdict.earned)} / {_number(verdict.points)}</td>',
        f'<td style="text-align:left">{html.escape(verdict.sentence)}{_reasons(verdict)}</td>',
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _reasons(verdict: Verdict) -> str:
    if verdict.state == "passed":
        return ""
    parts = [("expected", verdict.expected), ("found", verdict.found), ("next", verdict.next_step)]
    lines = [f"<b>{name}</b> {html.escape(text)}" for name, text in parts if text]
    return "<br>" + "<br>".join(lines or [html.escape(verdict.message)])


def _number(points: float) -> str:
    return f"{points:g}"
