"""The two kernels over one notebook: who runs which cell, and what a kernel's end means.

A student kernel that ends is the student's affair: the cells left to it say so, and the check cells
go on, because the cluster decides. A grader kernel that ends or gets stuck is ours: another one takes
its place and the criteria of that cell stay without a verdict, which grading counts as unchecked. While
check cells look, the sandbox stands still. A time limit that a busy machine is to blame for, or that the
lab's own set-up met, is ours as well, and raised.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from nbformat import NotebookNode

from autograder.errors import ExecutionError
from autograder.execute import cells, grader, student
from autograder.execute.kernel import Ended, Kernel
from autograder.execute.limits import Limits
from autograder.execute.outputs import verdicts_in
from autograder.execute.provisioner import SandboxProvisioner

_NOTES = 40
_NAMED = 5
_LOOKS = 3
"""how often a check cell is run where something it needs is taken away while it looks, by a Pod perhaps"""
_MOST_TIMES_LONGER = 3.0
"""how much longer than its limit a starved cell may take, as a multiple of the limit"""


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
    restore: Callable[[], list[str]] | None = None
    """Puts back what must be in the workspace before check cells look, and says what was missing."""
    hold: Callable[[bool], None] | None = None
    """Says that rights in the workspace stand still from here on, while check cells look, or may be given again."""
    stop: Event | None = None
    """Ends the run once it is set, from another thread."""


@dataclass
class Report:
    """What comes out of a run besides its notebook."""

    verdicts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """By grade_id; empty for a check cell that ended without saying anything."""
    ended_because: str = ""
    """Why the student kernel ended early; empty when it did not."""
    timings: Timings | None = None
    """None until the end."""
    notes: list[str] = field(default_factory=list)
    """What instructor and student must know besides."""

    def note(self, remark: str) -> None:
        """Keeps a remark once, and no more of them than are read."""
        if remark not in self.notes and len(self.notes) < _NOTES:
            self.notes.append(remark)


class Progress(Protocol):
    """The part of papermill's NotebookExecutionManager that a run needs."""

    nb: NotebookNode

    def cell_start(self, cell: NotebookNode, cell_index: int) -> None: ...
    def cell_complete(self, cell: NotebookNode, cell_index: int) -> None: ...
    def autosave_cell(self) -> None: ...


async def run(progress: Progress, setup: Setup) -> None:
    """Run every code cell of `progress.nb` where it belongs.

    Raises:
        AutograderError: a kernel could not be started, or this machine was too busy to run a student's cell.
    """
    setup = replace(setup, limits=setup.limits.scaled())
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
        self._student_wrote = self._still = False

    async def start(self) -> None:
        """Both at once; when one fails the other is not waited for."""
        async with asyncio.TaskGroup() as together:
            together.create_task(self._student.start())
            together.create_task(self._start_grader())
        if left_out := _sandbox(self._student).left_out:
            named = ", ".join(name[:80] for name in left_out[:_NAMED]) + (" …" if len(left_out) > _NAMED else "")
            self._setup.report.note(f"files that were too many, too large or no files were left out: {named}")

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
            await self._hold_still()
            for _ in range(_LOOKS):
                await self._run_as_grader(cell, progress)
                if _could_look(cell) or not await self._put_back():
                    break
            self._setup.report.verdicts[grade_id] = verdicts_in(cell)
            self._check_s += time.monotonic() - started

    async def _run_as_student(self, cell: NotebookNode, progress: Progress) -> None:
        limits, report = self._setup.limits, self._setup.report
        if report.ended_because:
            cell.outputs = [_error("KernelEnded", f"this cell was not run: {report.ended_because}")]
            return
        await self._let_go()
        sandbox = _sandbox(self._student)
        is_setup = not self._student_wrote and _is_the_labs_own(cell)
        self._student_wrote = self._student_wrote or not (is_setup or _is_parameters(cell))
        limit_s = min(limits.cell_s, max(limits.student_s - self._student_s, 0.0))
        patience = _Patience(sandbox, limit_s)
        ended = await self._student.run(
            cell, deadline_s=limit_s, on_tick=progress.autosave_cell, more_s=patience.more_s
        )
        if self._student.cut:
            said = f"output of this cell was cut: it said more than is kept ({limits.kept_cell_mib:g} MiB a cell)"
            cell.outputs.append(_error("OutputCut", said))
            report.note(f"output was cut: a cell said more than is kept ({limits.kept_cell_mib:g} MiB a cell)")
        if ended is Ended.DONE:
            return
        overdue = f"it ran longer than {limits.cell_s:g} s, or all cells together longer than {limits.student_s:g} s"
        if ended is not Ended.DEAD and (is_setup or patience.was_not_enough()):
            raise ExecutionError(
                f"the lab's own set-up cell did not end within {limit_s:g} s"
                if is_setup
                else f"a cell did not end within {patience.granted_s:.0f} s more than its {limit_s:g} s,"
                " and waited for a processor for most of them",
                expected="a machine that is less busy",
                next_step="try again when the machine is less busy, or set AUTOGRADER_PATIENCE=3",
            )
        if ended is Ended.INTERRUPTED:
            cell.outputs.append(_error("TimeLimit", f"this cell was interrupted: {overdue}"))
            report.note(f"a cell was interrupted: {overdue}")
            return
        report.ended_because = f"the kernel was ended: {overdue}"
        if ended is Ended.DEAD:
            report.ended_because = f"the kernel ended: {sandbox.explain_end()}"
        cell.outputs.append(_error("KernelEnded", report.ended_because))
        report.note(f"{report.ended_because}; the student's cells after that were not run")
        await self._student.close()

    async def _hold_still(self) -> None:
        """Nothing of the student's moves in the sandbox from here on, and what the checks need is there.

        Rights come first: a Pod of the student's would learn from a sandbox that stands still that it is looked at.
        """
        if self._still:
            return
        self._still = True
        if self._setup.hold is not None:
            await asyncio.to_thread(self._setup.hold, True)
        if not self._setup.report.ended_because:
            await _sandbox(self._student).freeze()
        await self._put_back()

    async def _put_back(self) -> bool:
        """Whether something that checks need was missing: it may have been while they looked, and they look again."""
        remarks = await asyncio.to_thread(self._setup.restore) if self._setup.restore is not None else []
        for remark in remarks:
            self._setup.report.note(remark)
        return bool(remarks)

    async def _let_go(self) -> None:
        if not self._still:
            return
        if self._setup.hold is not None:
            await asyncio.to_thread(self._setup.hold, False)
        _sandbox(self._student).thaw()
        self._still = False

    async def _run_as_grader(self, cell: NotebookNode, progress: Progress) -> None:
        limits = self._setup.limits
        ended = await self._grader.run(cell, deadline_s=limits.check_cell_s, on_tick=progress.autosave_cell)
        if ended is Ended.DONE:
            return
        late = f"it ran longer than {limits.check_cell_s:g} s"
        because = "the grader kernel ended" if ended is Ended.DEAD else late
        cell.outputs.append(_error("CheckCellEnded", f"this check did not come to its end: {because}"))
        self._setup.report.note(f"a check did not come to its end: {because}")
        if ended is not Ended.INTERRUPTED:
            await self._grader.close()
            self._grader = grader.kernel(self._desk, limits)
            await self._start_grader()

    def timings(self, cells_s: tuple[float, ...], elapsed_s: float) -> Timings:
        said = (verdict for listed in self._setup.report.verdicts.values() for verdict in listed)
        waiting_s = sum(float(verdict.get("seconds") or 0.0) for verdict in said)
        kernels_s = elapsed_s - self._student_s - self._check_s
        return Timings(kernels_s, self._student_s, self._check_s, waiting_s, cells_s)


class _Patience:
    """How much longer a cell may take because this machine keeps it waiting."""

    def __init__(self, sandbox: SandboxProvisioner, limit_s: float) -> None:
        self._sandbox = sandbox
        self._left_s = _MOST_TIMES_LONGER * limit_s
        self.granted_s = 0.0
        self._started_s = time.monotonic()
        self._before = sandbox.waited

    def was_not_enough(self) -> bool:
        """Whether it was kept waiting for longer than was made up for; else the cell has had its time."""
        return self._left_s <= 0 and self._starved()

    def more_s(self) -> float:
        """As long as it was kept waiting and not given more time for yet."""
        waited_s = self._sandbox.waited.since(self._before).waited_s - self.granted_s
        if not self._starved() or self._left_s <= 0 or waited_s <= 0:
            return 0.0
        longer_s = min(max(waited_s, 1.0), self._left_s)
        self.granted_s += longer_s
        self._left_s -= longer_s
        return longer_s

    def _starved(self) -> bool:
        return self._sandbox.waited.since(self._before).starved(time.monotonic() - self._started_s)


def _could_look(cell: NotebookNode) -> bool:
    """Whether a check cell came to a verdict on all that it asked."""
    said = verdicts_in(cell)
    return bool(said) and all(verdict.get("state") != "unchecked" for verdict in said)


def _is_the_labs_own(cell: NotebookNode) -> bool:
    """A cell that the lab hands out locked; grading takes these marks off whatever a student wrote."""
    marks = cell.metadata.get("nbgrader")
    return isinstance(marks, dict) and marks.get("locked") is True and not marks.get("solution")


def _is_parameters(cell: NotebookNode) -> bool:
    return "injected-parameters" in cell.metadata.get("tags", ())


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
