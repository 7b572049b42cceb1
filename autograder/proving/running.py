"""Grades one known answer, by a student's own path: put together again, attempted in a fresh workspace, settled.

Nothing is written into the course: no gradebook, no evidence.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from autograder.cluster.connection import Connection
from autograder.errors import AutograderError
from autograder.execute.limits import Limits
from autograder.grading.attempting import Outcome, Terms, attempt
from autograder.grading.reassembling import reassembled
from autograder.grading.submission import Submission
from autograder.proving.answers import Answer
from autograder.proving.handing_in import lay_beside, submitted
from autograder.proving.outcomes import Run
from autograder.proving.sources import LabSource, canonical_cells


@dataclass(frozen=True)
class Job:
    """One answer to be run."""

    source: LabSource
    """The lab whose checks are asked."""
    answer: Answer
    """Which one."""
    examples: bool = True
    """Whether the lab's worked examples are run before it."""

    @property
    def key(self) -> tuple[str, str]:
        """Lab and answer, by name."""
        return self.source.lab, self.answer.label


def run(job: Job, connection: Connection, *, limits: Limits | None = None, stop: Event | None = None) -> Run:
    """Grade it. One that is unfit is not run.

    Args:
        limits: of the kernels.
        stop: ends it once it is set, from another thread.

    Raises:
        asyncio.CancelledError: it was stopped.
    """
    source, answer = job.source, job.answer
    expected = source.sentences if answer.kind == "blank" else answer.loses
    worth = {each.sentence: each.points for found in source.criteria.values() for each in found}
    began = time.monotonic()
    outcome, problem = _outcome(job, connection, Terms(limits=limits or Limits(), stop=stop))
    return Run(
        lab=source.lab,
        answer=answer,
        expected_lost=tuple(each for each in source.sentences if each in expected),
        verdicts=tuple(each for cell in outcome.cells for each in cell.verdicts) if outcome else (),
        expected_score=float(sum(points for sentence, points in worth.items() if sentence not in expected)),
        max_score=float(sum(worth.values())),
        outage=problem,
        seconds=time.monotonic() - began,
        attempts=outcome.attempts if outcome else 0,
    )


def _outcome(job: Job, connection: Connection, terms: Terms) -> tuple[Outcome | None, str]:
    """What came of it, and why there is no grade to rely on."""
    if job.answer.unfit:
        return None, ""
    try:
        outcome = _attempted(job, connection, terms)
    except Exception as error:  # whatever is raised is that answer's, and the others go on
        return None, str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}"
    return outcome, outcome.reason


def _attempted(job: Job, connection: Connection, terms: Terms) -> Outcome:
    lab_cells = canonical_cells(job.source)
    notebook = submitted(job.source, job.answer, examples=job.examples)
    notebook.cells, _ = reassembled(notebook.cells, lab_cells)
    with tempfile.TemporaryDirectory(prefix="proving-") as folder:
        submission = _submission(job, Path(folder))
        submission.evidence.mkdir(parents=True)
        lay_beside(job.source, job.answer, submission.working)
        checks = [each for each in lab_cells if each.kind == "check"]
        return attempt(notebook, submission, checks, connection, files=submission.working, terms=terms)


def _submission(job: Job, root: Path) -> Submission:
    """A course of one submission, in a folder that goes away: nothing of a proof is kept with the grades."""
    return Submission(
        lab=job.source.lab,
        student=f"{job.answer.kind}-{job.answer.name}",
        notebook=job.source.path.stem,
        course_root=root,
        submitted=root / "submitted",
        source=job.source.path,
        working=root / "working",
        db_url="",
    )
