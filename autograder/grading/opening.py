"""Opens a submitted notebook for nbgrader's autograde step: where a submission is taken up.

nbgrader reads a notebook before any of its preprocessors runs. Doing that here means that a file of any
kind is one submission's problem, that older points are gone before anything can go wrong, and that the
steps after this one know which submission they work on.
"""

from __future__ import annotations

from pathlib import Path
from typing import IO, Any

from nbconvert.exporters import NotebookExporter
from nbgrader.converters.base import BaseConverter

from autograder.errors import GradingError
from autograder.grading.keeping import begin, hold, keep_ungraded
from autograder.grading.reading import read_notebook
from autograder.grading.submission import NOTES, RESOURCE, Submission


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert has no types
    """nbgrader's exporter for autograding; see the module."""

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Read, preprocess and write out one notebook, of `submitted/` first and of `autograded/` then."""
        submission = self._submission(Path(filename), resources)
        if Path(filename).parent.resolve() != submission.submitted.resolve():
            with self._held:
                return self._pass(submission, Path(filename), resources, **kw)
        self._held = hold(submission)
        try:
            begin(submission)
            self._notes = ()
            return self._pass(submission, Path(filename), resources, **kw)
        except BaseException as error:
            if isinstance(error, GradingError):
                keep_ungraded(submission, str(error))
            self._held.close()
            raise

    _held: IO[bytes]
    """From the start of the first pass to the end of the second."""
    _notes: tuple[str, ...] = ()
    """What the first pass put right, for the second to keep with the verdicts."""

    def _pass(self, submission: Submission, path: Path, resources: Any, **kw: Any) -> tuple[str, Any]:
        notebook = read_notebook(path)
        resources[RESOURCE] = submission
        resources[NOTES] = list(self._notes)
        resources["metadata"] = {"name": submission.notebook, "path": str(path.parent)}
        output, resources = self.from_notebook_node(notebook, resources, **kw)
        self._notes = tuple(resources[NOTES])
        return str(output), resources

    def _submission(self, path: Path, resources: Any) -> Submission:
        converter = self.parent
        assert isinstance(converter, BaseConverter)
        course = converter.coursedir
        named = resources["nbgrader"]
        lab, student, notebook = named["assignment"], named["student"], named["notebook"]

        def folder(step: str, whose: str) -> Path:
            return Path(course.format_path(step, whose, lab))

        return Submission(
            lab=lab,
            student=student,
            notebook=notebook,
            course_root=Path(course.root),
            submitted=folder(course.submitted_directory, student),
            source=folder(course.source_directory, ".") / f"{notebook}.ipynb",
            working=folder(course.autograded_directory, student),
            db_url=course.db_url,
            course_id=course.course_id,
        )
