"""What came of known answers: of one, beside what it must come to, and of all answers of a lab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autograder.grading.verdicts import State, Verdict
from autograder.proving.answers import Answer
from autograder.proving.goldens import Message, differences, message_of

Standing = Literal["held", "reworded", "failed", "undecided", "unfit"]


@dataclass(frozen=True)
class Run:
    """One answer, graded."""

    lab: str
    """Which lab's."""
    answer: Answer
    """With what it claims."""
    expected_lost: tuple[str, ...]
    """Sentences of the criteria it must lose, in the lab's order."""
    verdicts: tuple[Verdict, ...]
    """What it got, in the lab's order; none where it was not run."""
    expected_score: float
    """The lab's points without those of what it must lose."""
    max_score: float
    """All of the lab's points."""
    outage: str = ""
    """Why it has no grade, after all attempts; empty if it has one. It says nothing about the grader."""
    seconds: float = 0.0
    """Wall time, from a fresh workspace to the last verdict."""
    attempts: int = 0
    """How often it was run; more than once only where something of ours went wrong."""

    @property
    def score(self) -> float:
        return float(sum(each.earned for each in self.verdicts))

    @property
    def losses(self) -> tuple[Verdict, ...]:
        """Of the criteria it did lose, in the lab's order."""
        return tuple(each for each in self.verdicts if each.state in ("failed", "unsettled"))

    @property
    def lost(self) -> tuple[str, ...]:
        """Their sentences."""
        return tuple(each.sentence for each in self.losses)

    @property
    def surprises(self) -> tuple[str, ...]:
        """Where it got something else than it must: what proves the grader, or the answer, wrong."""
        return tuple(
            [f"kept: {each}" for each in self.expected_lost if self._state(each) == "passed"]
            + [
                f"lost: {each.sentence} ({each.message})"
                for each in self.verdicts
                if each.sentence in self.lost and each.sentence not in self.expected_lost
            ]
        )

    @property
    def told(self) -> Message | None:
        """What is said of the first criterion that it lost; None where it lost none."""
        return message_of(self.losses[0]) if self.losses else None

    @property
    def other_words(self) -> str:
        """How what it is told differs from what is on file; '' where that is the same, or nothing to be compared."""
        if self.answer.kind != "wrong" or self.told is None or self.surprises or self.outage:
            return ""
        if self.answer.golden is None:
            return ""
        return differences(self.told, self.answer.golden)

    @property
    def standing(self) -> Standing:
        """What came of it.

        held: it got what it must, and was told what is on file; reworded: what it must, in other words; failed: it got
        something else; undecided: an outage, whatever it got; unfit: not run.
        """
        if self.answer.unfit:
            return "unfit"
        if self.outage:
            return "undecided"
        if self.surprises:
            return "failed"
        return "reworded" if self.other_words else "held"

    @property
    def passed(self) -> bool:
        """Whether it got the points it must; in which words is another question."""
        return self.standing in ("held", "reworded")

    @property
    def remarks(self) -> tuple[str, ...]:
        """All that keeps it from having held, a sentence each."""
        words = f"told otherwise: {self.other_words}" if self.other_words else ""
        return tuple(each for each in (self.answer.unfit, *self.surprises, self.outage, words) if each)

    def _state(self, sentence: str) -> State | None:
        return next((each.state for each in self.verdicts if each.sentence == sentence), None)


@dataclass(frozen=True)
class Proof:
    """What became of proving one lab."""

    lab: str
    """Its name."""
    runs: tuple[Run, ...]
    """One for each answer that was asked for and run, in the order they lie on file."""
    unnamed: tuple[str, ...]
    """Sentences of criteria that no wrong answer names."""
    not_run: tuple[Answer, ...] = ()
    """Those that were asked for, and not come to before it was ended."""

    @property
    def passed(self) -> bool:
        return not self.unnamed and not self.not_run and all(each.passed for each in self.runs)

    @property
    def failed(self) -> bool:
        """Whether it is certain that something is wrong, whatever else is undecided."""
        return bool(self.unnamed) or any(each.standing in ("failed", "unfit") for each in self.runs)

    @property
    def reworded(self) -> tuple[Run, ...]:
        """Those that got what they must, in other words than are on file: no reason for the proof to fail."""
        return tuple(each for each in self.runs if each.standing == "reworded")

    @property
    def outage(self) -> bool:
        """Whether something of ours kept it from being decided."""
        return any(each.standing == "undecided" for each in self.runs)
