"""How the command line speaks: results to stdout, everything about them to stderr, an error as one panel."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from autograder.errors import AutograderError, Ungraded
from autograder.report.showing import plain

if TYPE_CHECKING:
    from rich.console import Console

EXIT_FAILED = 1
"""Something of ours, the machine's or the cluster's went wrong."""
EXIT_UNGRADED = 3
"""Grading ended, and at least one submission has no grade."""
EXIT_REWORDED = 4
"""Every known answer got what it must, and at least one was told something else than is on file."""
EXIT_INTERRUPTED = 130
"""Somebody pressed Ctrl-C."""


@cache
def output() -> Console:
    """Where results go."""
    from rich.console import Console

    return Console()


@cache
def notes() -> Console:
    """Where everything about the results goes."""
    from rich.console import Console

    return Console(stderr=True)


def explain(error: AutograderError) -> int:
    """Show what was expected, what was found and what to do next; returns the exit code."""
    from rich.panel import Panel
    from rich.table import Table
    from rich.text import Text

    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column()
    for label, words in (
        ("expected", error.expected),
        ("found", error.found),
        ("next step", error.next_step),
    ):
        if words:
            rows.add_row(label, Text(plain(words)))
    ungraded = isinstance(error, Ungraded)
    title = "ungraded" if ungraded else _title(error)
    notes().print(Panel(rows, title=title, title_align="left", border_style="magenta" if ungraded else "red"))
    return EXIT_UNGRADED if ungraded else EXIT_FAILED


def _title(error: AutograderError) -> str:
    """`RequirementMissing` becomes `requirement missing`."""
    name = type(error).__name__
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
