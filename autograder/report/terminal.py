"""A class's results as tables for a terminal.

What passes through: one `LabResults`, into a rich renderable. The same matrix as on the page, with a
legend below, because sentences do not fit above a column.
"""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from autograder.report.reading import Criterion, LabResults, Submission, Verdict
from autograder.report.showing import SYMBOLS, in_pieces, one_line, points

_STYLES = {"passed": "green", "failed": "bold red", "unsettled": "yellow", "unchecked": "magenta"}
_NOTES = 5
"""How many of one student's notes stand below the table."""


def results_table(results: LabResults) -> RenderableType:
    """Students by criteria, and what each criterion says."""
    return Group(_matrix(results), _legend(results), Text())


def findings_table(submission: Submission) -> RenderableType:
    """One student's criteria, each with what was found and what to do next."""
    table = Table(
        title=Text(f"{submission.lab} · {one_line(submission.student)}"), title_justify="left", show_lines=True
    )
    table.add_column("criterion", ratio=2)
    table.add_column("verdict", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    remarks = [text for text in (*submission.notes, submission.reason) if text]
    if remarks or any(map(_why, submission.verdicts)):
        table.add_column("what was found", ratio=3)
    before = ""
    for verdict in submission.verdicts:
        why = _why(verdict)
        row = [
            _in_words(verdict.sentence + (" (hidden)" if verdict.hidden else "")),
            Text(f"{SYMBOLS[verdict.state]} {verdict.state}", style=_STYLES[verdict.state]),
            Text(f"{points(verdict.earned)}/{points(verdict.points)}"),
            Text("as above", style="dim") if why and why == before else _in_words(why),
        ]
        table.add_row(*row[: len(table.columns)])
        before = why
    for text in remarks:
        table.add_row(Text("note", style="dim"), "", "", _in_words(text, "yellow"))
    return table


def _in_words(text: str, style: str = "") -> Text:
    """Text in which what stands between backticks is set apart without them, as on the page."""
    pieces = in_pieces(text)
    return Text.assemble(*((piece, f"{style} bold" if is_code else style) for piece, is_code in pieces))


def _why(verdict: Verdict) -> str:
    """Why a criterion did not pass, each part in a line of its own; a message has them all in one."""
    if verdict.state == "passed":
        return ""
    if not verdict.found:
        further = "" if verdict.next_step in verdict.message else f"\nnext {verdict.next_step}"
        return verdict.message + further
    parts = (("expected", verdict.expected), ("found", verdict.found), ("next", verdict.next_step))
    return "\n".join(f"{name} {text}" for name, text in parts if text)


def _matrix(results: LabResults) -> Table:
    table = Table(title=Text(one_line(results.lab)), title_justify="left", title_style="bold")
    table.add_column("student", no_wrap=True)
    for criterion in results.criteria:
        table.add_column(str(criterion.number), justify="center", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    for submission in results.submissions:
        table.add_row(
            Text(one_line(submission.student)),
            *(_cell(criterion, submission.student) for criterion in results.criteria),
            _score(submission),
        )
    return table


def _cell(criterion: Criterion, student: str) -> Text:
    verdict = criterion.verdicts.get(student)
    if verdict is None:
        return Text("·", style="dim")
    return Text(f"{SYMBOLS[verdict.state]} {points(verdict.earned)}", style=_STYLES[verdict.state])


def _score(submission: Submission) -> Text:
    if not submission.graded:
        return Text("ungraded", style="magenta")
    shown = Text(f"{points(submission.score)} / {points(submission.max_score)}", style="bold")
    return shown.append(f" + {submission.by_hand} by hand", style="magenta") if submission.by_hand else shown


def _legend(results: LabResults) -> Table:
    legend = Table(box=None, show_header=False, padding=(0, 1))
    legend.add_column(justify="right", style="dim")
    legend.add_column()
    for criterion in results.criteria:
        worth = f" ({points(criterion.points)}{', hidden' if criterion.hidden else ''})"
        legend.add_row(str(criterion.number), _in_words(criterion.sentence).append(worth, style="dim"))
    signs = Text()
    for state, symbol in SYMBOLS.items():
        signs.append(f"{symbol} {state}   ", style=_STYLES[state])
    legend.add_row("", signs)
    for submission in results.submissions:
        who = one_line(submission.student)
        if submission.reason:
            legend.add_row("", _in_words(f"{who}: {one_line(submission.reason, 1000)}", "magenta"))
        if submission.otherwise:
            given = f"{submission.otherwise:+g} points by hand or for the time of handing in, as the gradebook has it"
            legend.add_row("", Text(f"{who}: {given}", style="yellow"))
        for note in submission.notes[:_NOTES]:
            legend.add_row("", _in_words(f"{who}: {one_line(note)}", "yellow"))
        if len(submission.notes) > _NOTES:
            legend.add_row(
                "", Text(f"{who}: {len(submission.notes) - _NOTES} more notes in the report", style="yellow")
            )
    return legend
