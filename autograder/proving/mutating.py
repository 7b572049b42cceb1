"""Tries mutants on the live cluster: is there a known answer that notices?

A wrong answer notices when it keeps a criterion that it must lose, the reference when it loses one. The first that does
is enough. One that cannot be graded tells nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any, Literal

from autograder.cluster.connection import Connection
from autograder.execute.limits import Limits
from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.mutants import Mutant, mutants_of, mutated, sentences, who_can_tell
from autograder.proving.outcomes import Run
from autograder.proving.running import Job, run
from autograder.proving.side_by_side import side_by_side
from autograder.proving.sources import LabSource, labs_in, read_lab
from autograder.workspace import course_root, sweep

End = Literal["caught", "missed", "undecided"]


@dataclass(frozen=True)
class Trial:
    """One mutant, and the answers that may notice."""

    source: LabSource
    """The lab as it is."""
    mutant: Mutant
    """What is made of it."""
    answers: tuple[Answer, ...]
    """In the order they are asked."""

    @property
    def key(self) -> tuple[str, str]:
        """Lab and mutant, by name."""
        return self.source.lab, self.mutant.label


@dataclass(frozen=True)
class Tried:
    """What came of a mutant."""

    trial: Trial
    runs: tuple[Run, ...]
    """Of the answers that were asked: all but the last did not notice."""
    seconds: float
    """Wall time of all of them."""

    @property
    def caught_by(self) -> Answer | None:
        """The answer that noticed."""
        last = self.runs[-1] if self.runs else None
        return last.answer if last is not None and notices(self.trial, last) else None

    @property
    def end(self) -> End:
        if self.caught_by:
            return "caught"
        return "undecided" if any(each.outage for each in self.runs) else "missed"


def trials(
    labs: Sequence[str] | None, *, course: Path | None = None, criteria: Collection[int] = ()
) -> tuple[Trial, ...]:
    """The mutants of some labs.

    Args:
        labs: by the names of their folders; None for all.
        course: the course's folder, where it is not found by itself.
        criteria: only mutants that touch one of these, counted from 1; all if empty.

    Raises:
        GradingError: a lab is not as it must be, or has no such criterion.
    """
    root = course_root(course)
    found: list[Trial] = []
    for lab in dict.fromkeys(labs or labs_in(root)):
        source = read_lab(root, lab)
        answers = read_answers(root / "tests" / "answers" / lab, source)
        found += [
            Trial(source, mutant, tuple(who_can_tell(source, mutant, answers)))
            for mutant in mutants_of(source, criteria)
        ]
    return tuple(found)


def mutate(
    tried: Sequence[Trial],
    *,
    connection: Connection,
    at_once: int = 2,
    limits: Limits | None = None,
    on_start: Callable[[Trial], None] = lambda trial: None,
    on_end: Callable[[Trial, Tried], None] = lambda trial, tried: None,
    on_stop: Callable[[], None] = lambda: None,
) -> list[Tried | None]:
    """Try each; None for those that were not finished when Ctrl-C was pressed. Otherwise as `proofs.prove`.

    Worked examples are left out: what a check cell finds does not depend on them.
    """
    sweep(connection, wait=False)

    def work(trial: Trial, stop: Event) -> Tried:
        source = mutated(trial.source, trial.mutant)
        began = time.monotonic()
        runs: list[Run] = []
        for answer in trial.answers:
            runs.append(run(Job(source, answer, examples=False), connection, limits=limits, stop=stop))
            if notices(trial, runs[-1]):
                break
        return Tried(trial, tuple(runs), time.monotonic() - began)

    return side_by_side(tried, work, at_once=at_once, on_start=on_start, on_end=on_end, on_stop=on_stop)


def notices(trial: Trial, done: Run) -> bool:
    """Whether an answer got something else than it must, of the criteria that the mutant touches."""
    if done.outage:
        return False
    touched = sentences(trial.source, trial.mutant)
    states = {each.sentence: each.state for each in done.verdicts}
    kept = [each for each in touched if each in done.expected_lost and states.get(each) == "passed"]
    lost = [each for each in touched if done.answer.kind == "right" and each in done.lost]
    return bool(kept or lost)


def as_json(tried: Sequence[tuple[Trial, Tried | None]]) -> dict[str, Any]:
    """Everything that a reader can ask of some mutants."""
    return {
        "passed": all(done is not None and done.end == "caught" for _, done in tried),
        "mutants": [
            {
                "lab": trial.source.lab,
                "number": trial.mutant.number,
                "cell": trial.mutant.grade_id,
                "line": trial.mutant.line,
                "criteria": list(trial.mutant.criteria),
                "sentences": list(sentences(trial.source, trial.mutant)),
                "kind": trial.mutant.kind,
                "says": trial.mutant.says,
                "answers": [each.label for each in trial.answers],
                "end": done.end if done else "not run",
                "caught_by": done.caught_by.label if done and done.caught_by else None,
                "tried": [each.answer.label for each in done.runs] if done else [],
                "outages": [each.outage for each in done.runs if each.outage] if done else [],
                "seconds": round(done.seconds, 1) if done else None,
            }
            for trial, done in tried
        ],
    }
