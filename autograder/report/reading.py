"""Takes in what grading wrote down, so that every kind of report shows the same thing.

What passes through: `evidence/STUDENT/LAB/verdicts.json`, read into frozen values and lined up by
criterion for a whole class. How the values look on a page is for the modules beside this one.

The files are ours, the words in them partly a student's (a log line, a message of their server): text is
kept as it is here and must be escaped where it is shown.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from autograder.errors import GradingError

STATES = ("passed", "failed", "unsettled", "unchecked")
"""Every verdict there is, from the best to the one that is not the student's doing."""


@dataclass(frozen=True)
class Evidence:
    """One thing the grader saw."""

    kind: str
    """What sort of thing: an object, an event, a log."""
    name: str
    """Which one."""
    text: str
    """What it said, as the grader kept it."""


@dataclass(frozen=True)
class Verdict:
    """What came of one criterion for one student."""

    cell: str
    """grade_id of the check cell it stands in."""
    sentence: str
    """The criterion, as the student reads it."""
    state: str
    """One of `STATES`."""
    points: float
    """What the criterion is worth."""
    earned: float
    """What the student got for it."""
    hidden: bool
    """Whether students never see its source."""
    message: str
    """All of the explanation in one sentence."""
    expected: str
    """What should have been the case; may be empty."""
    found: str
    """What was the case; may be empty."""
    next_step: str
    """What to look at next; may be empty."""
    evidence: tuple[Evidence, ...]
    """What the verdict rests on."""
    seconds: float
    """How long the check took."""


@dataclass(frozen=True)
class Submission:
    """One student's lab, as it was graded."""

    lab: str
    student: str
    state: str
    """graded, or ungraded: something of ours or a file that is no notebook kept it from a grade."""
    reason: str
    """Why it is ungraded; empty when graded."""
    score: float
    max_score: float
    verdicts: tuple[Verdict, ...]
    """In the order of the notebook."""
    workspace: str
    """Id of the workspace it ran in; empty when it never ran."""
    attempts: int
    """How many times it was run until it had its grade."""
    timings: Mapping[str, float]
    """Seconds, by what they went into."""
    notes: tuple[str, ...]
    """What was put right about the notebook before it ran, and what went wrong in earlier attempts."""
    graded_at: str
    """When, as grading wrote it (ISO 8601)."""
    by_hand: int = 0
    """Cells that a person has yet to give points for."""

    @property
    def otherwise(self) -> float:
        """The points that no check gave: a person's, or, below 0, what the gradebook took for being late."""
        return round(self.score - sum(each.earned for each in self.verdicts), 6) if self.graded else 0.0

    @property
    def graded(self) -> bool:
        return self.state == "graded"


@dataclass(frozen=True)
class Criterion:
    """One criterion of a lab, and how the class did on it."""

    number: int
    """Position in the lab, from 1."""
    cell: str
    sentence: str
    points: float
    hidden: bool
    verdicts: Mapping[str, Verdict]
    """By student; a student whose submission never came this far is missing."""

    @property
    def counts(self) -> dict[str, int]:
        """How many students have each verdict; every state is a key."""
        counted = Counter(verdict.state for verdict in self.verdicts.values())
        return {state: counted[state] for state in STATES}


@dataclass(frozen=True)
class LabResults:
    """A class's results in one lab."""

    lab: str
    criteria: tuple[Criterion, ...]
    submissions: tuple[Submission, ...]
    """By student's name."""

    @property
    def max_score(self) -> float:
        return max((submission.max_score for submission in self.submissions), default=0.0)


def read_labs(
    evidence: Path, labs: Iterable[str] = (), standings: Mapping[tuple[str, str], Standing] | None = None
) -> list[LabResults]:
    """Read every lab's results under an evidence folder, or those of the named labs.

    Args:
        standings: what the gradebook has, by lab and student; None where there is none. It counts points given by hand,
            and whoever was removed from it is left out.

    Raises:
        GradingError: there is nothing to read, or a file is not what grading writes.
    """
    wanted = set(labs)
    by_lab: dict[str, list[Submission]] = {}
    for path in sorted(evidence.glob("*/*/verdicts.json")):
        if not wanted or path.parent.name in wanted:
            submission = read_submission(path)
            by_lab.setdefault(submission.lab, []).append(submission)
    by_lab = {lab: kept for lab, all_of in by_lab.items() if (kept := as_the_gradebook_has_it(all_of, standings))}
    missing = wanted - by_lab.keys()
    if missing or not by_lab:
        what = ", ".join(sorted(missing)) or "any lab"
        raise GradingError(
            f"nothing has been graded yet for {what} under {evidence}",
            next_step="run `autograder grade LAB` first, in the course's folder",
        )
    return [line_up(lab, submissions) for lab, submissions in sorted(by_lab.items())]


class Standing(Protocol):
    """What a gradebook says of one student's lab."""

    @property
    def score(self) -> float: ...
    @property
    def max_score(self) -> float: ...
    @property
    def open_cells(self) -> int: ...


def as_the_gradebook_has_it(
    submissions: list[Submission], standings: Mapping[tuple[str, str], Standing] | None
) -> list[Submission]:
    """Submissions with the gradebook's scores, those left out that it does not have (any more)."""
    known = {lab for lab, _ in standings or ()}
    if standings is None or not known.intersection(one.lab for one in submissions):
        return submissions
    found = []
    for one in submissions:
        standing = standings.get((one.lab, one.student))
        if standing is None:
            continue
        if one.graded:
            one = replace(one, score=standing.score, max_score=standing.max_score, by_hand=standing.open_cells)
        found.append(one)
    return found


def read_submission(path: Path) -> Submission:
    """Read one `verdicts.json`.

    Raises:
        GradingError: the file is not what grading writes.
    """
    try:
        return submission_of(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GradingError(
            f"{path} cannot be read: {type(error).__name__}: {error}",
            expected="the verdicts that grading wrote",
            next_step="grade this submission again, which writes the file anew",
        ) from error


def line_up(lab: str, submissions: list[Submission]) -> LabResults:
    """Line a class's verdicts up by criterion."""
    verdicts: dict[tuple[str, str], dict[str, Verdict]] = {}
    for submission in submissions:
        for verdict in submission.verdicts:
            verdicts.setdefault((verdict.cell, verdict.sentence), {})[submission.student] = verdict
    criteria = []
    for number, by_student in enumerate(verdicts.values(), start=1):
        first = next(iter(by_student.values()))
        criteria.append(Criterion(number, first.cell, first.sentence, first.points, first.hidden, by_student))
    return LabResults(lab, tuple(criteria), tuple(sorted(submissions, key=lambda one: one.student)))


def submission_of(raw: dict[str, Any]) -> Submission:
    """What grading wrote, taken in.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is something else.
    """
    verdicts = [_verdict(cell["grade_id"], verdict) for cell in raw["cells"] for verdict in cell["verdicts"]]
    return Submission(
        lab=str(raw["lab"]),
        student=str(raw["student"]),
        state=str(raw["state"]),
        reason=str(raw.get("reason") or ""),
        score=float(raw.get("score") or 0),
        max_score=float(raw.get("max_score") or 0),
        verdicts=tuple(verdicts),
        workspace=str(raw.get("workspace") or ""),
        attempts=int(raw.get("attempts") or 1),
        timings={str(name): float(seconds) for name, seconds in (raw.get("timings") or {}).items()},
        notes=tuple(map(str, raw.get("notes") or ())),
        graded_at=str(raw.get("graded_at") or ""),
    )


def _verdict(cell: str, raw: dict[str, Any]) -> Verdict:
    state = str(raw["state"])
    if state not in STATES:
        raise ValueError(f"a verdict is one of {', '.join(STATES)}, not {state!r}")
    return Verdict(
        cell=str(cell),
        sentence=str(raw["sentence"]),
        state=state,
        points=float(raw["points"]),
        earned=float(raw["earned"]),
        hidden=bool(raw.get("hidden")),
        message=str(raw.get("message") or ""),
        expected=str(raw.get("expected") or ""),
        found=str(raw.get("found") or ""),
        next_step=str(raw.get("next_step") or ""),
        evidence=tuple(
            Evidence(str(one.get("kind") or ""), str(one.get("name") or ""), str(one.get("text") or ""))
            for one in raw.get("evidence") or ()
        ),
        seconds=float(raw.get("seconds") or 0),
    )
