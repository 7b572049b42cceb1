"""Proves that a lab's grader is right: every known answer, on the live cluster, by a student's own path.

A grader is a program and can be wrong in both directions. So each lab comes with right answers, which must get full
marks, and wrong ones, which must lose exactly the criteria they name; a blank one must score 0; and every criterion
must be lost by some wrong answer, or nobody would notice if it always passed. An outage proves nothing either way,
and is reported as what it is. Nothing is written into the course: no gradebook, no evidence.
"""

from __future__ import annotations

import copy
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.checks.reading import with_criterion_always_passing
from autograder.cluster.connection import Connection
from autograder.errors import AutograderError, GradingError
from autograder.execute.limits import Limits
from autograder.grading.attempting import Terms, attempt
from autograder.grading.reassembling import reassembled
from autograder.grading.submission import Submission
from autograder.grading.verdicts import CellVerdicts, State, Verdict
from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.handing_in import lay_beside, submitted
from autograder.proving.sources import LabSource, canonical_cells, labs_in, read_lab
from autograder.workspace import course_root, sweep


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
    """What it got, in the lab's order."""
    expected_score: float
    """The lab's points without those of what it must lose."""
    max_score: float
    """All of the lab's points."""
    outage: str = ""
    """Why it has no grade, after all attempts; empty if it has one. It says nothing about the grader."""
    seconds: float = 0.0
    """Wall time, from a fresh workspace to the last verdict."""

    @property
    def score(self) -> float:
        return float(sum(each.earned for each in self.verdicts))

    @property
    def lost(self) -> tuple[str, ...]:
        """Sentences of the criteria it did lose."""
        return tuple(each.sentence for each in self.verdicts if each.state in ("failed", "unsettled"))

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
    def passed(self) -> bool:
        return not (self.surprises or self.outage or self.answer.unfit)

    def _state(self, sentence: str) -> State | None:
        return next((each.state for each in self.verdicts if each.sentence == sentence), None)


@dataclass(frozen=True)
class Proof:
    """What became of proving one lab."""

    lab: str
    """Its name."""
    runs: tuple[Run, ...]
    """One for each answer that was asked for, in the order they lie on file."""
    unnamed: tuple[str, ...]
    """Sentences of criteria that no wrong answer names."""

    @property
    def passed(self) -> bool:
        return not self.unnamed and all(each.passed for each in self.runs)

    @property
    def outage(self) -> bool:
        """Whether something of ours kept it from being decided."""
        return any(each.outage for each in self.runs)


@dataclass(frozen=True)
class _Job:
    """One answer to be run."""

    source: LabSource
    """With the criterion to be mutated already so."""
    answer: Answer
    """Which one."""
    limits: Limits
    """Of its kernels."""


def prove(
    labs: Sequence[str] | None = None,
    *,
    connection: Connection,
    course: Path | None = None,
    answers: Path | None = None,
    only: Collection[str] | None = None,
    mutate: tuple[str, int] | None = None,
    concurrency: int = 2,
    limits: Limits | None = None,
    on_run: Callable[[Run], None] = lambda run: None,
) -> list[Proof]:
    """Grade all known answers of some labs and compare.

    Args:
        labs: by the names of their folders; None for all.
        connection: the cluster to run them on.
        course: the course's folder, where it is not found by itself.
        answers: the folder with one folder a lab; tests/answers in the course if not given.
        only: names of the answers to run, like selector_typo; None for all. Which criteria are named is judged by all.
        mutate: grade_id of a check cell and the index (from 0) of the criterion in it that is to always pass: then the
            proof must fail, or nothing would notice if that criterion did.
        concurrency: how many answers run at once; most of their time is waiting.
        limits: of the kernels.
        on_run: called as each answer is done, from the threads that run them.

    Raises:
        GradingError: a lab or an answer is not as it must be, or `only` names none.
        ClusterUnreachable: the cluster does not answer.
    """
    root = course_root(course)
    sweep(connection, wait=False)
    sources = [read_lab(root, lab) for lab in labs or labs_in(root)]
    known = {each.lab: read_answers((answers or root / "tests" / "answers") / each.lab, each) for each in sources}
    jobs = [
        _Job(_mutated(source, mutate), answer, limits or Limits())
        for source in sources
        for answer in known[source.lab]
        if only is None or answer.name in only
    ]
    if not jobs:
        raise GradingError(
            f"no answer called {', '.join(only or ())}",
            expected=f"one of {', '.join(each.name for found in known.values() for each in found)}",
        )

    def run(job: _Job) -> Run:
        done = _run(job, connection)
        with suppress(Exception):  # a terminal that went away is no reason to lose a proof
            on_run(done)
        return done

    with ThreadPoolExecutor(max_workers=concurrency, thread_name_prefix="proving") as pool:
        runs = list(pool.map(run, jobs))
    return [
        Proof(source.lab, tuple(each for each in runs if each.lab == source.lab), _unnamed(source, known[source.lab]))
        for source in sources
    ]


def _unnamed(source: LabSource, answers: list[Answer]) -> tuple[str, ...]:
    named = {sentence for answer in answers if answer.kind == "wrong" for sentence in answer.loses}
    return tuple(each for each in source.sentences if each not in named)


def _mutated(source: LabSource, mutate: tuple[str, int] | None) -> LabSource:
    """The lab with one criterion that always passes."""
    if mutate is None:
        return source
    grade_id, index = mutate
    if not 0 <= index < len(source.criteria.get(grade_id, [])):
        raise GradingError(f"no criterion {index} in a check cell {grade_id} of {source.lab}")
    notebook = copy.deepcopy(source.notebook)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            cell.source = with_criterion_always_passing(cell.source, index)
    return replace(source, notebook=notebook)


def _run(job: _Job, connection: Connection) -> Run:
    """Grade one answer, as any submission is: put together again, attempted, settled."""
    source, answer = job.source, job.answer
    started = time.monotonic()
    try:
        cells, problem = _graded(job, connection) if not answer.unfit else ((), "")
    except Exception as error:  # whatever is raised in a thread is that answer's, and the others go on
        cells, problem = (), str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}"
    verdicts = tuple(each for cell in cells for each in cell.verdicts)
    expected = source.sentences if answer.kind == "blank" else answer.loses
    worth = {each.sentence: each.points for found in source.criteria.values() for each in found}
    return Run(
        lab=source.lab,
        answer=answer,
        expected_lost=tuple(each for each in source.sentences if each in expected),
        verdicts=verdicts,
        expected_score=float(sum(points for sentence, points in worth.items() if sentence not in expected)),
        max_score=float(sum(worth.values())),
        outage=problem,
        seconds=time.monotonic() - started,
    )


def _graded(job: _Job, connection: Connection) -> tuple[tuple[CellVerdicts, ...], str]:
    """The verdicts, and why there are none to rely on."""
    source = job.source
    lab_cells = canonical_cells(source)
    notebook = submitted(source, job.answer)
    notebook.cells, _ = reassembled(notebook.cells, lab_cells)
    with tempfile.TemporaryDirectory(prefix="proving-") as folder:
        submission = _submission(job, Path(folder))
        submission.evidence.mkdir(parents=True)
        lay_beside(source, job.answer, submission.working)
        outcome = attempt(
            notebook,
            submission,
            [each for each in lab_cells if each.kind == "check"],
            connection,
            files=submission.working,
            terms=Terms(limits=job.limits),
        )
    return outcome.cells, outcome.reason


def _submission(job: _Job, root: Path) -> Submission:
    """A course of one submission, in a folder that goes away: nothing of a proof is kept with the grades."""
    name = job.source.path.stem
    return Submission(
        lab=job.source.lab,
        student=f"{job.answer.kind}-{job.answer.name}",
        notebook=name,
        course_root=root,
        submitted=root / "submitted",
        source=job.source.path,
        working=root / "working",
        db_url="",
    )
