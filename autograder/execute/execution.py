"""One submission, executed: what grading asks of this package.

A notebook and a workspace go in; the executed notebook, the grader's verdicts and the times come
out. What a student did wrong is in the notebook; what went wrong here is raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode
from papermill.engines import papermill_engines

from autograder.execute import cells
from autograder.execute.engine import setup_for
from autograder.execute.limits import Limits
from autograder.execute.running import Setup, Timings

if TYPE_CHECKING:
    from autograder.cluster.connection import Connection
    from autograder.workspace import Workspace


@dataclass(frozen=True)
class Execution:
    """What came of one submission."""

    notebook: NotebookNode
    """Executed, with a cell of parameters added at its top."""
    verdicts: dict[str, list[dict[str, Any]]]
    """By grade_id, as `autograder.lab` displayed them in the grader kernel; [] where it displayed none."""
    timings: Timings
    """Where the time went."""
    ended_because: str
    """Why the student kernel ended early, as a sentence; empty when it did not."""
    notes: tuple[str, ...] = ()
    """What instructor and student must know: limits that were met, output that was cut, what was put back."""


def execute_submission(
    notebook: NotebookNode,
    connection: Connection,
    workspace: Workspace,
    *,
    files: Path | None,
    output_path: Path,
    limits: Limits | None = None,
    check_cells: Mapping[str, str] | None = None,
    progress_bar: bool = False,
    stop: Event | None = None,
) -> Execution:
    """Run a submission in a workspace.

    Args:
        notebook: not changed.
        files: folder whose content the student kernel finds in its home, as far as it fits.
        output_path: where the notebook is saved as it goes.
        check_cells: source by grade_id of the lab's own check cells. Only these run in the grader
            kernel; a cell that merely says it is one runs in the student kernel. None believes the
            notebook, which is right only where an instructor wrote it.
        progress_bar: papermill's, on stderr.
        stop: once set, from another thread, the kernels are put away and this call ends at once.

    Raises:
        asyncio.CancelledError: it was stopped.
        ExecutionError: a kernel or its sandbox could not be started, or the machine was too busy for it.
        RequirementMissing: a program for the sandbox is not installed.
        WorkspaceError: the workspace gave no credentials.
    """
    setup = setup_for(
        connection,
        workspace,
        files=files,
        limits=limits or Limits(),
        check_cells=None if check_cells is None else dict(check_cells),
        stop=stop,
    )
    parameters = {"namespace": workspace.namespace, "images": workspace.image_prefix}
    return execute(notebook, setup, parameters, output_path=output_path, progress_bar=progress_bar)


def execute(
    notebook: NotebookNode,
    setup: Setup,
    parameters: Mapping[str, str],
    *,
    output_path: Path,
    progress_bar: bool = False,
) -> Execution:
    """As `execute_submission`, for kernels that were set up some other way."""
    executed = papermill_engines.execute_notebook_with_engine(
        "autograder",
        cells.prepared(notebook, parameters),
        "python3",
        output_path=str(output_path),
        progress_bar=progress_bar,
        setup=setup,
    )
    report = setup.report
    if report.timings is None:
        raise AssertionError("a run that ends without an error leaves its timings")
    return Execution(executed, report.verdicts, report.timings, report.ended_because, tuple(report.notes))
