"""Criteria and what came of them: the tally that a check cell keeps and `points()` hands over.

A criterion is a block of code. What it raises decides its verdict: a finding about the work costs the points,
anything else is not the student's doing. A criterion that fails never hides the next. What the block asked of the
cluster, and evidence of it, is kept beside the verdict; how it is shown is left to `showing`.
"""

from __future__ import annotations

import math
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from types import TracebackType
from typing import Literal

from autograder.checks import connecting, evidence, reading, showing
from autograder.checks.api import Api
from autograder.errors import AutograderError, CheckFailed, CheckUnsettled, ClusterError, Finding

MIME = "application/vnd.autograder.verdicts+json"
State = Literal["passed", "failed", "unsettled", "unchecked"]
MESSAGE_CHARACTERS = 2000


@dataclass
class Verdict:
    """What came of one criterion."""

    sentence: str
    """what the student reads"""
    points: float
    """what it is worth"""
    line: int
    """where it stands in its cell, counted from 1"""
    state: State = "unchecked"
    earned: float = 0.0
    """all of the points, or none"""
    message: str = ""
    """why, for people; '' when passed"""
    expected: str = ""
    found: str = ""
    next_step: str = ""
    evidence: list[evidence.Exhibit] = field(default_factory=list)
    """what the grader saw"""
    seconds: float = 0.0
    """from start to end"""
    api_calls: int = 0
    api_seconds: float = 0.0
    """of these, until the API server (or a Pod through it) had answered"""
    waiting_seconds: float = 0.0
    """of these, until something changed"""


@dataclass
class Tally:
    """The verdicts of one cell so far."""

    cell: object = None
    """which run of which cell it belongs to"""
    verdicts: list[Verdict] = field(default_factory=list)


_tally = Tally()


def criterion(points: float, sentence: str) -> Criterion:
    """One thing that the cell looks for; for use as `with lab.criterion(2, "…"):`.

    Raises:
        TypeError: points or sentence cannot be those of a criterion.
    """
    problem = reading.problem_with(points, sentence)
    if problem:
        raise TypeError(problem)
    return Criterion(float(points), sentence, sys._getframe(1).f_lineno)


def points() -> float:
    """End a check cell: show the table of its verdicts and return the points earned."""
    verdicts = verdicts_so_far()
    _tally.verdicts.clear()
    showing.show(verdicts, {MIME: {"verdicts": [asdict(verdict) for verdict in verdicts]}})
    return showing.Points(_sum(each.earned for each in verdicts), of=_sum(each.points for each in verdicts))


def _sum(points: Iterable[float]) -> float:
    """0.1 + 0.2 must be 0.3 in a gradebook."""
    return round(math.fsum(points), 6)


def verdicts_so_far() -> list[Verdict]:
    """The verdicts of the cell that runs, in order."""
    return _tally_of_this_cell().verdicts[:]


class Criterion:
    """The block of one criterion. Leaves its verdict in the cell's tally."""

    def __init__(self, points: float, sentence: str, line: int) -> None:
        self.verdict = Verdict(sentence, points, line)

    def __enter__(self) -> None:
        _tally_of_this_cell().verdicts.append(self.verdict)
        evidence.begin()
        connecting.renew()
        self._started = time.monotonic()
        self._api: Api | None = None
        try:
            self._api = connecting.current()
        except AutograderError:
            return  # the question that needs it will say so
        self._before = self._api.meter.snapshot()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        verdict = self.verdict
        try:
            if isinstance(error, CheckFailed | CheckUnsettled | AssertionError):
                error = self._not_held_against_the_work() or error
            self._conclude(error)
            verdict.evidence = evidence.collect(self._api, wanted=verdict.state in ("failed", "unsettled"))
        finally:
            verdict.seconds = round(time.monotonic() - self._started, 3)
            if self._api:
                after = self._api.meter.snapshot()
                verdict.api_calls = after[0] - self._before[0]
                verdict.api_seconds = round(after[1] - self._before[1], 3)
                verdict.waiting_seconds = round(after[2] - self._before[2], 3)
        # An interrupt is how a cell that takes too long is ended: that must go on its way.
        return kind is None or issubclass(kind, Exception | SystemExit)

    def _conclude(self, error: BaseException | None) -> None:
        verdict = self.verdict
        if error is None:
            verdict.state, verdict.earned = "passed", verdict.points
            return
        if isinstance(error, Finding):
            verdict.state = "unsettled" if isinstance(error, CheckUnsettled) else "failed"
        elif isinstance(error, AssertionError):
            verdict.state = "failed"
        if isinstance(error, Finding | AutograderError):
            verdict.expected, verdict.found = _plain(error.expected), _plain(error.found)
            verdict.next_step, verdict.message = _plain(error.next_step), _plain(str(error))
        elif isinstance(error, AssertionError):
            verdict.found = verdict.message = _plain(str(error) or "this does not hold")
        else:
            verdict.found = _plain(f"the check itself went wrong: {_named(error)}")
            verdict.message = f"{verdict.found}; nothing is held against the work"

    def _not_held_against_the_work(self) -> AutograderError | None:
        """Why a finding does not count; None if it does.

        What was seen while the API server was away, or had just come back and not yet read everything, may not
        be the truth: it can report no endpoint where there is one, and deny what it allows.
        """
        if self._api is None:
            return None
        if self._api.meter.snapshot()[3] > self._before[3] or not self._api.ready():
            return ClusterError(
                "the API server was away, or had only just started, while this was checked",
                next_step="nothing is held against the work; try again",
            )
        return None


def _tally_of_this_cell() -> Tally:
    """A cell that died before its `points()` must not hand its verdicts to the next."""
    cell = _running_cell()
    if _tally.cell != cell:
        _tally.cell = cell
        _tally.verdicts.clear()
    return _tally


def _running_cell() -> object:
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return getattr(shell, "execution_count", None)


def _plain(text: str) -> str:
    """Text that may hold a student's, without what a terminal obeys or a message cannot carry."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "·" for letter in text[:MESSAGE_CHARACTERS])


def _named(error: BaseException) -> str:
    """The exception in one line, with where in the check it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" (line {frames[0].lineno} of the cell)" if frames else ""
    return f"{type(error).__name__}: {error}"[:500] + where
