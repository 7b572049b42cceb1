"""What a person sees of a proof: on a terminal one moving picture of what runs, in a log a line for each answer.

Afterwards a table a lab, the same for both; and all of this for mutants as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from autograder.proving.mutating import Trial, Tried
from autograder.proving.outcomes import Proof, Run
from autograder.proving.pacing import Pace
from autograder.report.showing import duration, one_line, plain, points

Signs = Mapping[str, tuple[str, str, str]]
"""For each way to come out a sign, a style and words: never colour alone."""

SIGNS: Signs = {
    "held": ("✓", "green", "got what it must"),
    "reworded": ("≠", "yellow", "got what it must, and was told something else than is on file"),
    "failed": ("✗", "bold red", "got something else"),
    "undecided": ("?", "magenta", "undecided, for a reason of ours"),
    "unfit": ("!", "bold red", "no answer to the lab as it is"),
}
"""Of answers, by their standing."""

MUTANT_SIGNS: Signs = {
    "caught": ("✓", "green", "caught"),
    "missed": ("✗", "bold red", "missed"),
    "undecided": ("?", "magenta", "undecided, for a reason of ours or the mutant's"),
}
"""Of mutants, by how they ended."""

STOPPING = "ending: what runs is put away first; Ctrl-C again leaves it to the next command's sweep"
"""Said when Ctrl-C was pressed."""

_SHOWN_AT_ONCE = 12


@contextmanager
def progress(pace: Pace, signs: Signs, console: Console) -> Iterator[Callable[[str, bool], None]]:
    """Shows how it goes for as long as the block runs.

    Yields:
        what prints a line about one that ended; a line that need not be read is left out where all is seen moving.
    """

    def say(line: str, needed: bool) -> None:
        if needed or not console.is_terminal:
            console.print(line, highlight=False, soft_wrap=True)

    if not console.is_terminal:
        yield say
        return
    with Live(get_renderable=lambda: _picture(pace, signs), console=console, refresh_per_second=2, transient=True):
        yield say


def run_line(pace: Pace, run: Run) -> str:
    """One answer, as soon as it is done."""
    sign, style, words = SIGNS[run.standing]
    said = f": {words}; {escape(one_line(' · '.join(run.remarks)))}" if run.remarks else ""
    return f"[{style}]{sign}[/] {place(pace)} · {run.lab} · {run.answer.label}[dim] in {duration(run.seconds)}[/]{said}"


def tried_line(pace: Pace, tried: Tried) -> str:
    """One mutant, as soon as it is known whether somebody notices."""
    sign, style, words = MUTANT_SIGNS[tried.end]
    mutant, by = tried.trial.mutant, f" by {tried.caught_by.label}" if tried.caught_by else ""
    return (
        f"[{style}]{sign}[/] {place(pace)} · {tried.trial.source.lab} · {mutant.label} · {escape(mutant.says)}: "
        f"{words}{by}[dim] in {duration(tried.seconds)}[/]"
    )


def place(pace: Pace) -> str:
    """` 7 of 130`."""
    return f"{pace.done:>{len(str(len(pace.keys)))}} of {len(pace.keys)}"


def proof_table(proof: Proof) -> Table:
    """Answer, expected, got."""
    table = Table(title=proof.lab, title_justify="left", title_style="bold")
    for heading in ("", "answer", "what it is", "expected", "got", "took", "surprises"):
        table.add_column(heading, justify="right" if heading in ("expected", "got", "took") else "left")
    for run in proof.runs:
        sign, style, _ = SIGNS[run.standing]
        table.add_row(
            Text(sign, style=style),
            Text(run.answer.label),
            Text(run.answer.says),
            points(run.expected_score),
            Text(points(run.score) if run.verdicts and not run.outage else "–", style=style),
            duration(run.seconds) + (f", {run.attempts} attempts" if run.attempts > 1 else ""),
            Text("\n".join(plain(words) for words in run.remarks)),
        )
    for answer in proof.not_run:
        table.add_row("", Text(answer.label), Text(answer.says), "", "", "", "[dim]not run[/]")
    return table


def mutants_table(lab: str, tried: Sequence[tuple[Trial, Tried | None]]) -> Table:
    """Mutant, criterion, what was changed, and who noticed; those that were not run are shown with who could tell."""
    table = Table(title=f"mutants of {lab}", title_justify="left", title_style="bold")
    for heading in ("", "mutant", "criterion", "what is weaker", "came out", "answers", "took"):
        table.add_column(heading, justify="right" if heading in ("criterion", "answers", "took") else "left")
    for trial, done in tried:
        sign, style, words = MUTANT_SIGNS[done.end] if done else ("", "dim", "not run")
        by = f" by {done.caught_by.label}" if done and done.caught_by else ""
        outage = (
            next((each.outage for each in done.runs if each.outage), "") if done and done.end == "undecided" else ""
        )
        table.add_row(
            Text(sign, style=style),
            Text(trial.mutant.label),
            ", ".join(map(str, trial.mutant.criteria)),
            Text(trial.mutant.says),
            Text(plain(f"{words}{by}{': ' if outage else ''}{outage}"), style=style),
            f"{len(done.runs)} of {len(trial.answers)}" if done else str(len(trial.answers)),
            duration(done.seconds) if done else "",
        )
    return table


def _picture(pace: Pace, signs: Signs) -> RenderableType:
    """How many are done and how, how long the rest takes, and what runs now."""
    left = pace.left_s()
    counted = " · ".join(
        f"[{style}]{sign}[/] {pace.counts[how]} {words}"
        for how, (sign, style, words) in signs.items()
        if pace.counts[how]
    )
    head = Table.grid(padding=(0, 2))
    head.add_row(
        f"[bold]{pace.done}[/] of {len(pace.keys)}",
        ProgressBar(total=len(pace.keys), completed=pace.done, width=30),
        "" if left is None else f"about {duration(left)} left",
        counted,
    )
    running = Table.grid(padding=(0, 2))
    for key, seconds in list(pace.so_far().items())[:_SHOWN_AT_ONCE]:
        running.add_row("  [dim]runs[/]", f"{key[0]} · {key[1]}", f"[dim]{duration(seconds)}[/]")
    return Group(head, running)
