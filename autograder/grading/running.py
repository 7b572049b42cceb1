"""nbgrader's execute step, in two kernels.

Stands where nbgrader's own `Execute` stood. The notebook it is given has been put together again by
`reassembling`; what it passes on are verdicts, in `resources`, and a notebook to look at. A submission that
ends without a grade raises, so that nbgrader leaves it ungraded, goes on with the next and exits non-zero.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbgrader.preprocessors import LimitOutput
from traitlets import Any as AnyTrait
from traitlets import Dict, Float, Integer, Unicode

from autograder.cluster.connection import Connection, connect
from autograder.errors import AutograderError, GradingError, Ungraded
from autograder.execute.limits import Limits
from autograder.grading.attempting import Outcome, Terms, attempt
from autograder.grading.canonical import canonical_cells
from autograder.grading.keeping import keep_ungraded, now
from autograder.grading.submission import NOTES, Submission
from autograder.grading.verdicts import SubmissionVerdicts, write_verdicts

VERDICTS = "autograder_verdicts"
_NOT_FOR_THE_SANDBOX = ("*.ipynb", "submission_secret.txt", "timestamp.txt", ".ipynb_checkpoints", "__pycache__")
"""The graded notebook holds the hidden criteria; the rest is nbgrader's, or of no use there."""


class RunTwoKernels(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """Executes a submission in a workspace of its own."""

    enabled = True
    kubeconfig = Unicode("", help="Of an existing cluster; empty for $KUBECONFIG or the embedded one.").tag(config=True)
    context = Unicode("", help="In that kubeconfig.").tag(config=True)
    retries = Integer(2, help="Attempts after the first, where something of ours went wrong.").tag(config=True)
    patience_s = Float(120.0, help="How long to wait for an API server that went away, in seconds.").tag(config=True)
    limits = Dict({}, help="Fields of autograder.execute.limits.Limits to change, by name.").tag(config=True)
    connection = AnyTrait(None, allow_none=True, help="A Connection that is open already.").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        submission = Submission.of(resources)
        notes = tuple(resources[NOTES])
        check_cells = [cell for cell in canonical_cells(submission) if cell.kind == "check"]
        try:
            with _files(submission) as files:
                outcome = attempt(nb, submission, check_cells, self._connection(), files=files, terms=self._terms())
        except AutograderError as error:
            keep_ungraded(submission, str(error), notes)
            raise
        verdicts = _verdicts(submission, outcome, notes)
        if outcome.reason or outcome.notebook is None:
            write_verdicts(submission.evidence, verdicts)
            raise Ungraded(
                f"no grade for {submission.student}'s {submission.lab}, attempts: {outcome.attempts}; {outcome.reason}",
                next_step=f"see {submission.evidence}, then try again",
            )
        resources[VERDICTS] = verdicts
        return _presentable(outcome.notebook), resources

    def _connection(self) -> Connection:
        if isinstance(self.connection, Connection):
            return self.connection
        return connect(Path(self.kubeconfig).expanduser() if self.kubeconfig else None, self.context or None)

    def _terms(self) -> Terms:
        try:
            limits = replace(Limits(), **self.limits)
        except TypeError as error:
            raise GradingError(
                f"c.RunTwoKernels.limits: {error}", expected="fields of autograder.execute.limits.Limits"
            ) from error
        return Terms(retries=self.retries, patience_s=self.patience_s, limits=limits)


class LimitOutputAndSaySo(LimitOutput):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's step that cuts long output, with a note where it did."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        before = _length(nb)
        nb, resources = super().preprocess(nb, resources)
        if _length(nb) < before:
            verdicts = resources[VERDICTS]
            said = f"output was cut to {self.max_lines} lines a cell for showing; the grade does not depend on it"
            resources[VERDICTS] = replace(verdicts, notes=(said, *verdicts.notes))
        return nb, resources


def _length(notebook: NotebookNode) -> int:
    """Characters of output that are shown."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return sum(len(output.get("text", "")) + sum(map(len, output.get("traceback", ()))) for output in outputs)


def _verdicts(submission: Submission, outcome: Outcome, notes: tuple[str, ...]) -> SubmissionVerdicts:
    return SubmissionVerdicts(
        lab=submission.lab,
        student=submission.student,
        state="ungraded" if outcome.reason else "graded",
        reason=outcome.reason,
        cells=outcome.cells,
        max_score=float(sum(cell.points for cell in outcome.cells)),
        workspace=outcome.workspace,
        attempts=outcome.attempts,
        timings=outcome.timings,
        notes=outcome.notes + notes,  # a student makes as many of the others as they like
        graded_at=now(),
    )


def _presentable(notebook: NotebookNode) -> NotebookNode:
    """The executed notebook as nbgrader goes on with it: without what an engine notes for itself."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
    return notebook


@contextmanager
def _files(submission: Submission) -> Iterator[Path]:
    """A copy of what was handed in beside the notebook, for the sandbox; links are left behind.

    A link in a submission leads where its author would like to read.
    """
    ignore = shutil.ignore_patterns(*_NOT_FOR_THE_SANDBOX)

    def left_out(folder: str, names: list[str]) -> set[str]:
        relative = Path(folder).relative_to(submission.working)
        handed_in = submission.submitted / relative
        return {str(name) for name in ignore(folder, names)} | {
            name for name in names if Path(folder, name).is_symlink() or (handed_in / name).is_symlink()
        }

    with tempfile.TemporaryDirectory(prefix="autograder-files-") as folder:
        copied = Path(folder, "files")
        if submission.working.is_dir():
            shutil.copytree(submission.working, copied, ignore=left_out)
        else:
            copied.mkdir()
        yield copied
