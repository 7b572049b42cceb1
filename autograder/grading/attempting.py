"""Runs a submission until its grader could look at everything, or says why it could not.

An attempt is a fresh workspace, both kernels, and the verdicts. An outage, a kernel that would not start or
a criterion left unchecked costs a student nothing: the submission is attempted again, a bounded number of
times, after the API server answers again. What a student's work did is never a reason to try again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from threading import Event

from nbformat import NotebookNode

from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.errors import AutograderError, GradingError, RequirementMissing
from autograder.execute.execution import Execution, execute_submission
from autograder.execute.limits import Limits
from autograder.grading.canonical import CanonicalCell
from autograder.grading.settling import settled, unchecked
from autograder.grading.submission import Submission
from autograder.grading.verdicts import TRIED, CellVerdicts
from autograder.grading.witnessing import Witness, witnessed
from autograder.report.showing import one_line
from autograder.workspace import open_workspace, remove
from autograder.workspace.requesting import opened, poll

_LOG = logging.getLogger(__name__)
_ASKED_EVERY_S = 1.0
"""signing in may start a program"""


@dataclass(frozen=True)
class Terms:
    """How a submission is attempted."""

    retries: int = 2
    """Attempts after the first."""
    patience_s: float = 120.0
    """How long to wait for an API server that does not answer, before each attempt."""
    limits: Limits = field(default_factory=Limits)
    """Of the machine, for one attempt."""
    wait_for_removal: bool = False
    """Whether the next submission waits until this one's workspace is gone; otherwise it goes by itself."""
    stop: Event | None = None
    """Ends an attempt, and all that would follow it, once it is set from another thread."""


@dataclass(frozen=True)
class Outcome:
    """What came of all attempts."""

    notebook: NotebookNode | None
    """As the last attempt that ran left it; None if none did."""
    cells: tuple[CellVerdicts, ...]
    """Of the last attempt."""
    reason: str
    """Why the submission has no grade; empty if it has one."""
    workspace: str
    attempts: int
    timings: Mapping[str, float]
    """Seconds of the last attempt, and `total_s` of all."""
    notes: tuple[str, ...]
    """What the last attempt met that its reader must know, and what went wrong in attempts before it."""


def attempt(
    notebook: NotebookNode,
    submission: Submission,
    check_cells: Sequence[CanonicalCell],
    connection: Connection,
    *,
    files: Path | None,
    terms: Terms,
) -> Outcome:
    """Attempt a submission until it has a grade or the retries are used up.

    Args:
        notebook: put together again; not changed.
        files: what the student handed in beside it.

    Raises:
        GradingError: a check cell of the lab cannot be read.
        RequirementMissing: something must be installed first; nothing was made.
        asyncio.CancelledError: it was stopped.
    """
    started = time.monotonic()
    connection.kubectl_to_lend()  # without one no attempt says anything of the student's work
    outcome = Outcome(None, unchecked(check_cells, "the submission was not run"), "it was not run", "", 0, {}, ())
    problems: list[str] = []
    for number in range(1, terms.retries + 2):
        outcome = _attempt(number, notebook, submission, check_cells, connection, files, terms, outcome)
        if not outcome.reason:
            break
        problems.append(f"{TRIED}{number}: {outcome.reason}")
        if number <= terms.retries:
            _LOG.warning("%s/%s, attempt %d: %s", submission.student, submission.lab, number, one_line(outcome.reason))
        if terms.stop is not None and terms.stop.is_set():
            raise asyncio.CancelledError
        if not _answers(connection, scaled(terms.patience_s) if number <= terms.retries else 0.0):
            break
        _clear_up(connection, outcome.workspace)
    notes = (*(problems[:-1] if outcome.reason else problems), *outcome.notes)
    timings = {**outcome.timings, "total_s": round(time.monotonic() - started, 3)}
    return replace(outcome, timings=timings, notes=notes)


def _attempt(
    number: int,
    notebook: NotebookNode,
    submission: Submission,
    check_cells: Sequence[CanonicalCell],
    connection: Connection,
    files: Path | None,
    terms: Terms,
    before: Outcome,
) -> Outcome:
    """One attempt; whatever keeps it from verdicts becomes the outcome's reason."""
    execution: Execution | None = None
    witness = Witness()
    workspace_id = ""
    opened_s = 0.0
    problem = ""
    started = time.monotonic()
    try:
        with open_workspace(connection, submission.lab, submission.student, wait=terms.wait_for_removal) as workspace:
            workspace_id = workspace.id
            opened_s = time.monotonic() - started
            with witnessed(connection, workspace.namespace) as witness:
                execution = execute_submission(
                    notebook,
                    connection,
                    workspace,
                    files=files,
                    output_path=submission.evidence / f"attempt-{number}.ipynb",
                    limits=terms.limits,
                    check_cells={cell.grade_id: cell.source for cell in check_cells},
                    stop=terms.stop,
                )
    except AutograderError as error:
        if number == 1 and isinstance(error, RequirementMissing | GradingError):
            raise  # another attempt would meet it again; a later one keeps what earlier ones found
        problem = str(error)
    except Exception as error:  # a bug of ours must not look like a student's work either
        _LOG.debug("%s/%s, attempt %d", submission.student, submission.lab, number, exc_info=True)
        problem = f"{type(error).__name__}: {error}"
    if execution is None:
        cells = unchecked(check_cells, problem)
        return Outcome(before.notebook, cells, problem, workspace_id, number, {}, ())
    if problem:
        # The verdicts were in before the workspace could not be removed: a later sweep finds it.
        _LOG.warning("%s/%s: %s", submission.student, submission.lab, problem)
    cells = settled(check_cells, execution.verdicts)
    if witness.why and any(verdict.state != "passed" for cell in cells for verdict in cell.verdicts):
        cells = unchecked(check_cells, witness.why)
    timings = {"workspace_s": round(opened_s, 3), **_timings(execution)}
    return Outcome(execution.notebook, cells, _why_unchecked(cells), workspace_id, number, timings, _notes(execution))


def _clear_up(connection: Connection, workspace: str) -> None:
    """Remove what an outage kept an attempt from removing."""
    try:
        if workspace:
            remove(connection, workspace, wait=False)
    except AutograderError as error:
        _LOG.warning("the workspace %s is left to a sweep: %s", workspace, error)


def _why_unchecked(cells: Sequence[CellVerdicts]) -> str:
    left = [verdict for cell in cells for verdict in cell.unchecked]
    if not left:
        return ""
    # Hidden criteria are not named: this sentence is seen by whoever runs the command.
    message = next((verdict.message for verdict in left if verdict.message), "no reason was given")
    return f"{len(left)} of {sum(len(cell.verdicts) for cell in cells)} criteria could not be checked: {message}"


def _notes(execution: Execution) -> tuple[str, ...]:
    """What whoever reads the verdicts must know of how it ran: a kernel that ended, a limit that was met."""
    notes = [str(each) for each in getattr(execution, "notes", ())]
    if execution.ended_because and not any(execution.ended_because in each for each in notes):
        notes.append(f"the notebook did not run to its end: {execution.ended_because}")
    return tuple(notes)


def _timings(execution: Execution) -> dict[str, float]:
    values = {each.name: getattr(execution.timings, each.name) for each in fields(execution.timings)}
    return {name: round(value, 3) for name, value in values.items() if isinstance(value, int | float)}


def _answers(connection: Connection, patience_s: float) -> bool:
    """Whether the API server answers within that time; one that nobody can sign in to does not."""
    asked = -_ASKED_EVERY_S

    def ready() -> bool:
        nonlocal asked
        if time.monotonic() - asked < _ASKED_EVERY_S:
            return False
        asked = time.monotonic()
        try:
            with opened(connection) as api:  # signed in anew: what a program or a file gives may be back
                return api.get("/readyz").status == 200
        except AutograderError:
            return False

    return poll(ready, deadline=time.monotonic() + patience_s)
