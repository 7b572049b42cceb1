"""What a person sees while something long is made: its name, how long it took, how long it should take.

On a terminal that is a moving line; in a log it is one line at the start, one every half minute and one at
the end, so that nobody who watches a CI job thinks it hangs. Those who build say what happens through
`Progress` and `Step`; how it looks is decided here alone.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Display

BETWEEN_LINES_S = 30.0


class Step(Protocol):
    """One thing being made."""

    def tell(self, detail: str) -> None:
        """What happens right now, in a few words; called as often as one likes."""


class Progress(Protocol):
    """Where a builder reports."""

    def step(self, name: str, usual_s: float) -> AbstractContextManager[Step]:
        """Shows `name` from entering to leaving; `usual_s` is what it takes on two cores."""


def shown(stream: TextIO | None = None) -> Progress:
    """The progress for a person: on stderr, or on `stream`."""
    target = stream or sys.stderr
    return (
        _Moving(Console(file=target)) if target.isatty() else Lines(lambda line: print(line, file=target, flush=True))
    )


class Quiet:
    """Shows nothing."""

    @contextmanager
    def step(self, name: str, usual_s: float) -> Iterator[Step]:
        yield _Told()


class Lines:
    """Plain lines, for logs."""

    def __init__(self, write: Callable[[str], None], *, between_lines_s: float = BETWEEN_LINES_S) -> None:
        self._write = write
        self._between_lines_s = between_lines_s

    @contextmanager
    def step(self, name: str, usual_s: float) -> Iterator[Step]:
        told, started, done = _Told(), time.monotonic(), threading.Event()

        def repeat() -> None:
            while not done.wait(self._between_lines_s):
                self._write(f"{name}: {spoken(time.monotonic() - started)} so far; {told.detail or 'working'}")

        self._write(f"{name}: started (usually {spoken(usual_s)})")
        ticking = threading.Thread(target=repeat, daemon=True)
        ticking.start()
        try:
            yield told
        except BaseException:
            self._write(f"{name}: stopped after {spoken(time.monotonic() - started)}")
            raise
        else:
            self._write(f"{name}: ready after {spoken(time.monotonic() - started)}")
        finally:
            done.set()
            ticking.join()


class _Told:
    """A step that only remembers what it was told last."""

    def __init__(self) -> None:
        self.detail = ""

    def tell(self, detail: str) -> None:
        self.detail = detail


class _Moving:
    """One moving line on a terminal; the bar is time, measured against the usual one."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, name: str, usual_s: float) -> Iterator[Step]:
        display = Display(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn(f"usually {spoken(usual_s)}"),
            TextColumn("[dim]{task.fields[detail]}"),
            console=self._console,
        )
        task = display.add_task(name, total=usual_s, detail="")
        started, done = time.monotonic(), threading.Event()

        class Told:
            def tell(self, detail: str) -> None:
                display.update(task, detail=detail)

        def advance() -> None:
            while not done.wait(0.5):
                # Never full before it is done, however slow the machine.
                display.update(task, completed=min(time.monotonic() - started, usual_s * 0.98))

        ticking = threading.Thread(target=advance, daemon=True)
        with display:
            ticking.start()
            try:
                yield Told()
                display.update(task, completed=usual_s, detail="ready")
            finally:
                done.set()
                ticking.join()


def spoken(seconds: float) -> str:
    """`75` becomes `1 min 15 s`."""
    whole = round(seconds)
    if whole < 1:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(whole, 60)
    return " ".join(part for part in (f"{minutes} min" if minutes else "", f"{rest} s" if rest else "") if part)
