"""Reads a submission for nbgrader's autograde step, which reads every notebook twice.

The first pass reads what `receiving` took of the submission, whatever its name; the second what the first wrote. Both
go through `reading`, so that a file of any kind is one submission's problem, and the steps after this one know which
submission they work on.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import BaseConverter

from autograder.grading.reading import read_notebook
from autograder.grading.registering import source_notebook
from autograder.grading.submission import NOTES, RESOURCE, submission_of


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert has no types
    """nbgrader's exporter for autograding; see the module."""

    _notes: tuple[str, ...] = ()
    """What the first pass put right, for the second to keep with the verdicts."""

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
        notebook = read_notebook(converter.taken.notebook if first else Path(filename))
        resources[RESOURCE] = submission
        resources[NOTES] = list(self._notes)
        resources["metadata"] = {"name": submission.notebook, "path": str(Path(filename).parent)}
        output, resources = self.from_notebook_node(notebook, resources, **kw)
        self._notes = tuple(resources[NOTES])
        return str(output), resources
