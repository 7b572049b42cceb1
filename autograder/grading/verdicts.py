"""What came of a submission, on file: the one thing that reports, feedback and resuming rely on.

`evidence/STUDENT/LAB/verdicts.json` is written at every turn of grading, replaced in one step, and
says *ungraded* until there is a grade, so a crash never leaves a grade that was not given. Points are
counted here from states alone: nothing a kernel printed is ever read as a number.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from autograder.errors import GradingError

State = Literal["passed", "failed", "unsettled", "unchecked"]
STATES: tuple[State, ...] = ("passed", "failed", "unsettled", "unchecked")
SCHEMA = 1
FILE_NAME = "verdicts.json"
MAX_NOTES = 40
MAX_NOTE = 400
"""Characters of one note."""
MAX_WORDS = 4_000
"""Characters of one part of a message."""
MAX_EVIDENCE = 20
"""Pieces kept of one verdict, each of at most `MAX_EVIDENCE_TEXT` characters."""
MAX_EVIDENCE_TEXT = 20_000
MAX_FORM_NOTES = 15
"""Of those that a student can make as many of as they like."""
TRIED = "attempt "
STANDS = "graded on "
ATTEMPT = (TRIED, STANDS)
"""How notes about tries that failed for a reason of ours begin; a student has no use for them."""


@dataclass(frozen=True)
class Evidence:
    """One thing the grader saw."""

    kind: str
    """object, event, log …"""
    name: str
    """Which one."""
    text: str
    """What it said; may quote a student's own words."""


@dataclass(frozen=True)
class Verdict:
    """What came of one criterion."""

    sentence: str
    """The criterion, as a student reads it."""
    points: float
    """What it is worth."""
    state: State
    message: str = ""
    """All of the explanation in one sentence; for an unchecked one, what went wrong on our side."""
    expected: str = ""
    found: str = ""
    next_step: str = ""
    evidence: tuple[Evidence, ...] = ()
    line: int = 0
    """In the check cell's source, from 1."""
    seconds: float = 0.0
    """From the criterion's start to its end."""
    api_calls: int = 0
    api_seconds: float = 0.0
    """Of these, until the API server (or a Pod through it) had answered."""
    waiting_seconds: float = 0.0
    """Of these, until something on the cluster changed."""
    hidden: bool = False
    """Whether a student sees no more of it than a name and points."""

    @property
    def earned(self) -> float:
        """All of the points, or none."""
        return self.points if self.state == "passed" else 0.0


@dataclass(frozen=True)
class CellVerdicts:
    """What came of one check cell."""

    grade_id: str
    points: float
    """What the cell is worth in the gradebook."""
    verdicts: tuple[Verdict, ...]
    """In the order they are declared in the cell."""

    @property
    def earned(self) -> float:
        """A plain float within [0, points], whatever the sum of floats would say."""
        total = float(sum(verdict.earned for verdict in self.verdicts))
        if all(verdict.state == "passed" for verdict in self.verdicts) and self.verdicts:
            total = self.points
        return min(max(total, 0.0), self.points)

    @property
    def unchecked(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.state == "unchecked")


@dataclass(frozen=True)
class SubmissionVerdicts:
    """What came of one student's lab."""

    lab: str
    student: str
    state: Literal["graded", "ungraded"]
    reason: str = ""
    """Why it is ungraded; empty when graded."""
    cells: tuple[CellVerdicts, ...] = ()
    max_score: float = 0.0
    """What all check cells of the lab are worth."""
    workspace: str = ""
    """Id of the workspace of the last attempt; empty when it never ran."""
    attempts: int = 0
    """How often it was run."""
    timings: Mapping[str, float] = field(default_factory=dict)
    """Seconds, by what they went into."""
    notes: tuple[str, ...] = ()
    """What went wrong in earlier attempts, what the run met, and what was put right about the notebook before."""
    graded_at: str = ""
    """When this was written (ISO 8601, UTC)."""

    @property
    def score(self) -> float:
        return float(sum(cell.earned for cell in self.cells)) if self.state == "graded" else 0.0

    def cell(self, grade_id: str) -> CellVerdicts | None:
        return next((cell for cell in self.cells if cell.grade_id == grade_id), None)

    def as_json(self) -> dict[str, Any]:
        raw = asdict(self)
        raw |= {"schema": SCHEMA, "score": self.score, "timings": dict(self.timings)}
        for cell, raw_cell in zip(self.cells, raw["cells"], strict=True):
            raw_cell["earned"] = cell.earned
            for verdict, raw_verdict in zip(cell.verdicts, raw_cell["verdicts"], strict=True):
                raw_verdict["earned"] = verdict.earned
        return raw


def bounded_notes(notes: Iterable[str], most: int = MAX_NOTES) -> tuple[str, ...]:
    """Notes without repetition, as many and as long as somebody reads, and a word about the rest."""
    different = list(dict.fromkeys(_cut(each, MAX_NOTE) for each in notes))
    if len(different) <= most:
        return tuple(different)
    rest = len(different) - most + 1
    return (*different[: most - 1], f"and {rest} more remarks like these, which were left out")


def as_it_stands(verdicts: SubmissionVerdicts, why: str) -> SubmissionVerdicts:
    """A grade that another run was to replace and did not; `why` it did not."""
    said = f"{STANDS}{verdicts.graded_at[:19]} UTC; grading it again did not come to an end: {why}"
    return replace(verdicts, notes=(said, *(each for each in verdicts.notes if not each.startswith(STANDS))))


def bounded(verdicts: SubmissionVerdicts) -> SubmissionVerdicts:
    """The same, as large as a report can show: what a submission makes the grader say has no other bound."""
    cells = tuple(replace(cell, verdicts=tuple(map(_bounded, cell.verdicts))) for cell in verdicts.cells)
    return replace(verdicts, cells=cells, notes=bounded_notes(verdicts.notes), reason=_cut(verdicts.reason, MAX_WORDS))


def _bounded(verdict: Verdict) -> Verdict:
    evidence = tuple(
        Evidence(_cut(one.kind, MAX_NOTE), _cut(one.name, MAX_NOTE), _cut(one.text, MAX_EVIDENCE_TEXT))
        for one in verdict.evidence[:MAX_EVIDENCE]
    )
    if len(verdict.evidence) > MAX_EVIDENCE:
        evidence += (Evidence("left out", "", f"{len(verdict.evidence) - MAX_EVIDENCE} more pieces"),)
    return replace(
        verdict,
        message=_cut(verdict.message, MAX_WORDS),
        expected=_cut(verdict.expected, MAX_WORDS),
        found=_cut(verdict.found, MAX_WORDS),
        next_step=_cut(verdict.next_step, MAX_WORDS),
        evidence=evidence,
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}… ({len(text) - most} more characters were left out)"


def write_verdicts(folder: Path, verdicts: SubmissionVerdicts) -> Path:
    """Replace `folder/verdicts.json` in one step; readers see the old one or the new one, whole.

    Raises:
        GradingError: the folder cannot be written to.
    """
    path = folder / FILE_NAME
    verdicts = bounded(verdicts)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, temporary = tempfile.mkstemp(dir=folder, prefix=".verdicts-")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(verdicts.as_json(), file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise GradingError(
            f"{path} cannot be written: {error}", next_step="free space or correct the folder's permissions"
        ) from error
    return path


def read_verdicts(folder: Path) -> SubmissionVerdicts | None:
    """What was last written for a submission, or None if nothing was.

    Raises:
        GradingError: the file is not one that grading wrote.
    """
    path = folder / FILE_NAME
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return _submission(raw)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GradingError(
            f"{path} cannot be read: {type(error).__name__}: {error}",
            expected="the verdicts that grading wrote",
            next_step="grade this submission again, which writes the file anew",
        ) from error


def _submission(raw: dict[str, Any]) -> SubmissionVerdicts:
    return SubmissionVerdicts(
        lab=str(raw["lab"]),
        student=str(raw["student"]),
        state="graded" if raw["state"] == "graded" else "ungraded",
        reason=str(raw["reason"]),
        cells=tuple(
            CellVerdicts(str(cell["grade_id"]), float(cell["points"]), tuple(map(verdict_of, cell["verdicts"])))
            for cell in raw["cells"]
        ),
        max_score=float(raw["max_score"]),
        workspace=str(raw["workspace"]),
        attempts=int(raw["attempts"]),
        timings={str(name): float(seconds) for name, seconds in raw["timings"].items()},
        notes=tuple(map(str, raw["notes"])),
        graded_at=str(raw["graded_at"]),
    )


def verdict_of(raw: Mapping[str, Any]) -> Verdict:
    """A verdict as it stands in JSON, a file's or a kernel's.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    state = raw["state"]
    if state not in STATES:
        raise ValueError(f"a verdict is one of {', '.join(STATES)}, not {state!r}")
    return Verdict(
        sentence=str(raw["sentence"]),
        points=float(raw["points"]),
        state=state,
        message=str(raw.get("message") or ""),
        expected=str(raw.get("expected") or ""),
        found=str(raw.get("found") or ""),
        next_step=str(raw.get("next_step") or ""),
        evidence=tuple(
            Evidence(str(one.get("kind") or ""), str(one.get("name") or ""), str(one.get("text") or ""))
            for one in raw.get("evidence") or ()
        ),
        line=int(raw.get("line") or 0),
        seconds=float(raw.get("seconds") or 0.0),
        api_calls=int(raw.get("api_calls") or 0),
        api_seconds=float(raw.get("api_seconds") or 0.0),
        waiting_seconds=float(raw.get("waiting_seconds") or 0.0),
        hidden=bool(raw.get("hidden")),
    )
