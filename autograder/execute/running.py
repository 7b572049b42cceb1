"""The two kernels over one notebook: who runs which cell, and what a kernel's end means.

A student kernel that ends is the student's affair: the cells left to it say so, and the check cells
go on, because the cluster decides. A grader kernel that ends or gets stuck is ours: another one takes
its place and the criteria of that cell stay without a verdict, which grading counts as unchecked.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from nbformat import NotebookNode

from autograder.errors import ExecutionError
from autograder.execute import cells, grader, student
from autograder.execute.kernel import Ended, Kernel
from autograder.execute.limits import Limits
from autograder.execute.outputs import verdicts_in
from autograder.execute.provisioner import SandboxProvisioner


@dataclass(frozen=True)
class Timings:
    """Where the time went; all in seconds of wall time."""

    kernels_s: float
    """Both kernels coming up and going away."""
    student_s: float
    """Student cells."""
    check_s: float
    """Check cells, waiting included."""
    waiting_s: float
    """What the criteria themselves took: calls to the API server and waiting for the cluster."""
    cells_s: tuple[float, ...]
    """Each cell of the notebook, in order; 0 for one that was not run."""


@dataclass(frozen=True)
class Setup:
    """All that a run needs besides its notebook."""

    belongings: student.Belongings
    """The student kernel's."""
    credentials: grader.Credentials
    """The grader kernel's."""
    limits: Limits
    """Of both."""
    check_cells: Mapping[str, str] | None
    """Source by grade_id of what may run in the grader kernel; None to believe the notebook."""
    report: Report
    """Where verdicts and timings are put."""


@dataclass
class Report:
    """What comes out of a run besides its notebook."""

    verdicts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By grade_id; empty for a check cell that ended without saying anything."""
    ended_because: str = ""
    """Why the student kernel ended early; empty when it did not."""
    timings: Timings | None = None
    """None until the end."""


class Progress(Protocol):
    """The part of papermill's NotebookExecutionManager that a run needs."""

    nb: NotebookNode

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None: ...
    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None: ...
    def autosave_cell(self) -> None: ...


async def run(progress: Progress, setup: Setup) -> None:
    """Run every code cell of `progress.nb` where it belongs.

    Raises:
        AutograderError: a kernel could not be started.
    """
    with grader.desk() as desk:
        both = _Pair(setup, desk)
        seconds: list[float] = []
        began = time.monotonic()
        try:
            await both.start()
            for index, cell in enumerate(progress.nb.cells):
                started = time.monotonic()
                progress.cell_start(cell, cell_index=index)
                if cell.cell_type == "code" and cell.source.strip():
                    await both.run(cell, progress)
                    seconds.append(time.monotonic() - started)
                else:
                    seconds.append(0.0)
                progress.cell_complete(cell, cell_index=index)
        finally:
            await asyncio.shield(both.close())
            elapsed_s = time.monotonic() - began
            setup.report.timings = both.timings(tuple(seconds), elapsed_s)


class _Pair:
    """Both kernels of one run."""

    def __init__(self, setup: Setup, desk: Path) -> None:
        self._setup = setup
        self._desk = desk
        self._student = student.kernel(setup.belongings, setup.limits)
        self._grader = grader.kernel(desk, setup.limits)
        self._student_s = self._check_s = 0.0

    async def start(self) -> None:
        """Both at once; when one fails the other is not waited for."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._student.start())
            together.create_task(self._start_grader())

    async def _start_grader(self) -> None:
        await self._grader.start(**grader.launch(self._desk, self._setup.credentials))

    async def close(self) -> None:
        await asyncio.gather(self._student.close(), self._grader.close())

    async def run(self, cell: NotebookNode, progress: Progress) -> None:
        grade_id = cells.check_cell_id(cell, self._setup.check_cells)
        started = time.monotonic()
        if grade_id is None:
            await self._run_as_student(cell, progress)
            self._student_s += time.monotonic() - started
        else:
            await self._run_as_grader(cell, progress)
            self._setup.report.verdicts[grade_id] = verdicts_in(cell)
            self._check_s += time.monotonic() - started

    async def _run_as_student(self, cell: NotebookNode, progress: Progress) -> None:
        limits, report = self._setup.limits, self._setup.report
        if report.ended_because:
            cell.outputs = [_error("KernelEnded", f"this cell was not run: {report.ended_because}")]
            return
        left_s = limits.student_s - self._student_s
        ended = await self._student.run(
            cell, deadline_s=min(limits.cell_s, max(left_s, 0.0)), on_tick=progress.autosave_cell
        )
        overdue = f"it ran longer than {limits.cell_s:g} s, or all cells together longer than {limits.student_s:g} s"
        if ended is Ended.INTERRUPTED:
            cell.outputs.append(_error("TimeLimit", f"this cell was interrupted: {overdue}"))
        elif ended is not Ended.DONE:
            report.ended_because = f"the kernel was ended: {overdue}"
            if ended is Ended.DEAD:
                report.ended_because = f"the kernel ended: {_sandbox(self._student).explain_end()}"
            cell.outputs.append(_error("KernelEnded", report.ended_because))
            await self._student.close()

    async def _run_as_grader(self, cell: NotebookNode, progress: Progress) -> None:
        limits = self._setup.limits
        ended = await self._grader.run(cell, deadline_s=limits.check_cell_s, on_tick=progress.autosave_cell)
        if ended is Ended.DONE:
            return
        late = f"it ran longer than {limits.check_cell_s:g} s"
        because = "the grader kernel ended" if ended is Ended.DEAD else late
        cell.outputs.append(_error("CheckCellEnded", f"this check did not come to its end: {because}"))
        if ended is not Ended.INTERRUPTED:
            await self._grader.close()
            self._grader = grader.kernel(self._desk, limits)
            await self._start_grader()

    def timings(self, cells_s: tuple[float, ...], elapsed_s: float) -> Timings:
        said = (verdict for listed in self._setup.report.verdicts.values() for verdict in listed)
        waiting_s = sum(float(verdict.get("seconds") or 0.0) for verdict in said)
        kernels_s = elapsed_s - self._student_s - self._check_s
        return Timings(kernels_s, self._student_s, self._check_s, waiting_s, cells_s)


def _sandbox(kernel: Kernel) -> SandboxProvisioner:
    provisioner = kernel.manager.provisioner
    if not isinstance(provisioner, SandboxProvisioner):
        raise ExecutionError(
            f"the student kernel was started by {type(provisioner).__name__}",
            expected="SandboxProvisioner",
            next_step="pip install this package again: its entry points are missing",
        )
    return provisioner


def _error(ename: str, evalue: str) -> NotebookNode:
    return NotebookNode(cells.said(ename, evalue))
