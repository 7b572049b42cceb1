"""Reads a submission for nbgrader's autograde step, which reads every notebook twice.

The first pass reads what `receiving` took of the submission, whatever its name. It goes through `reading`, so that a
file of any kind is one submission's problem, and the steps after this one know which submission they work on. The
second goes on with what the first made, and not with what lies in `autograded/` meanwhile: formgrader shows that to
whoever looks while a submission runs, and for good where grading was killed, so it is disarmed already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters.base import BaseConverter

from autograder.grading.disarming import KNOWN, disarm
from autograder.grading.reading import read_notebook
from autograder.grading.registering import source_notebook
from autograder.grading.submission import NOTES, RESOURCE, note, submission_of


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert has no types
    """nbgrader's exporter for autograding; see the module."""

    _notes: tuple[str, ...] = ()
    """What the first pass put right, for the second to keep with the verdicts."""
    _ready: str = ""
    """The notebook that the first pass made, as the second runs it."""
    _known: dict[str, NotebookNode | None]
    """What came of trying to show its cells; most come again."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Read, preprocess and write out one notebook, of `submitted/` first and of `autograded/` then."""
        converter = self.parent
        assert isinstance(converter, BaseConverter)
        named = resources["nbgrader"]
        source = source_notebook(converter.coursedir, named["assignment"])
        submission = submission_of(converter.coursedir, named["assignment"], named["student"], source)
        first = Path(filename).parent.resolve() == submission.submitted.resolve()
        if first:
            self._notes = converter.taken.notes
            self._ready, self._known = "", {}
        notebook = nbformat.reads(self._ready, 4) if self._ready else read_notebook(converter.taken.notebook)
        resources[RESOURCE] = submission
        resources[NOTES] = list(self._notes)
        resources[KNOWN] = self._known
        resources["metadata"] = {"name": submission.notebook, "path": str(Path(filename).parent)}
        output, resources = self.from_notebook_node(notebook, resources, **kw)
        if first:
            self._ready = str(output)
            shown = nbformat.reads(self._ready, 4)
            for remark in disarm(shown, submission, self._known):
                note(resources, remark)
            output = nbformat.writes(shown)
        self._notes = tuple(resources[NOTES])
        return str(output), resources
