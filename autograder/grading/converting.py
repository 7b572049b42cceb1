"""nbgrader's three converters, made careful with what they are given.

nbgrader lets its steps be exchanged by configuration, but not what walks over the folders and calls them. That walk
reads names as patterns, copies whatever a link leads to, takes `release/` away before it knows that it can make it
again, keeps feedback that no longer fits the grade, and shows a traceback for a file that is no notebook. These
classes walk in its place, and leave every step to nbgrader; `install` puts them where its commands and formgrader's
buttons look.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import traceback
from collections.abc import Iterator
from fnmatch import fnmatchcase
from glob import escape, glob
from pathlib import Path
from typing import Any

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.apps.generateassignmentapp
import nbgrader.apps.generatefeedbackapp
import nbgrader.converters
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback, NbGraderException

from autograder.errors import AutograderError, GradingError, Ungraded
from autograder.grading.canonical import canonical_cells
from autograder.grading.feedback import standing_alone
from autograder.grading.gradebook import take_up
from autograder.grading.keeping import (
    begin,
    handed_in_at,
    hold,
    keep_nothing_handed_in,
    keep_ungraded,
)
from autograder.grading.laying import lay_out
from autograder.grading.listing import read_carefully
from autograder.grading.misplacing import misplaced
from autograder.grading.receiving import Received, copy_file, copy_files, files_below, received
from autograder.grading.registering import register, source_notebook
from autograder.grading.restoring import give_back, let_go, note_work, set_aside, stands, work_in
from autograder.grading.stamping import grade_stamp, stamp
from autograder.grading.submission import Submission, evidence_folder, submission_of
from autograder.grading.verdicts import FILE_NAME, read_verdicts
from autograder.report.showing import one_line


def install() -> None:
    """Put these classes where nbgrader's commands and its API take theirs from; doing it again changes nothing."""
    for ours, name, command in (
        (AutogradeCarefully, "Autograde", nbgrader.apps.autogradeapp),
        (GenerateAssignmentCarefully, "GenerateAssignment", nbgrader.apps.generateassignmentapp),
        (GenerateFeedbackCarefully, "GenerateFeedback", nbgrader.apps.generatefeedbackapp),
    ):
        for module in (command, nbgrader.apps.api, nbgrader.converters):
            if hasattr(module, name):
                setattr(module, name, ours)
    read_carefully()


def folders_of(course: Any, step: str, lab: str, student: str) -> list[tuple[str, str]]:
    """Labs and students that have a folder at a step of nbgrader's; both may be patterns, and names come first."""
    structure = course.directory_structure
    pattern = structure.format(nbgrader_step=escape(step), student_id="*", assignment_id="*")
    named = re.compile(
        re.escape(course.root + os.sep)
        + re.escape(structure)
        .replace(re.escape("{nbgrader_step}"), re.escape(step))
        .replace(re.escape("{student_id}"), r"(?P<student>[^/]+)")
        .replace(re.escape("{assignment_id}"), r"(?P<lab>[^/]+)")
    )
    paths = glob(os.path.join(escape(course.root), pattern))
    matches = (named.fullmatch(path) for path in paths if os.path.isdir(path))
    found = sorted((match["lab"], match["student"]) for match in matches if match)
    labs, students = ({pair[at] for pair in found} for at in (0, 1))
    return [
        (each, who)
        for each, who in found
        if (each == lab if lab in labs else fnmatchcase(each, lab))
        and (who == student if student in students else fnmatchcase(who, student))
        and who not in course.student_id_exclude.split(",")
    ]


def _said(error: BaseException) -> str:
    told = isinstance(error, AutograderError | NbGraderException)
    return str(error) if told else f"{type(error).__name__}: {error}"


class _Walking:
    """How all three find what to convert, and say what went wrong."""

    coursedir: Any
    log: Any
    config: Any
    parent: Any

    whose: tuple[str, str]
    """The lab and the student that are converted; nbgrader would read them off a path, which any name can spoil."""

    def init_single_notebook_resources(self, notebook_filename: str) -> dict[str, Any]:
        """What nbgrader's steps are told of a notebook."""
        lab, student = self.whose
        name = Path(notebook_filename).stem
        named = {"student": student, "assignment": lab, "notebook": name, "db_url": self.coursedir.db_url}
        return {"unique_key": name, "output_files_dir": f"{name}_files", "nbgrader": named}

    def tell(self, who: str, error: BaseException) -> str:
        """Say in one line what went wrong; where it happened only to those who ask."""
        reason = one_line(_said(error), 1000)
        self.log.error("%s: %s", one_line(who), reason)
        # Formgrader shows all that is logged, of whatever level: the reason would drown in it.
        if os.environ.get("AUTOGRADER_DEBUG") or getattr(self.parent, "log_level", logging.INFO) <= logging.DEBUG:
            self.log.error("".join(traceback.format_exception(error)))
        return reason

    def folder(self, step: str, lab: str, student: str = ".") -> Path:
        return Path(os.path.normpath(self.coursedir.format_path(step, student, lab)))


class AutogradeCarefully(_Walking, Autograde):  # type: ignore[misc]  # nbgrader has no types
    """`nbgrader autograde`: everybody who handed something in, each to a grade or a reason."""

    taken: Received | None = None
    """What the submission at hand is graded from; its first pass reads it."""

    def init_notebooks(self) -> None:
        course = self.coursedir
        self._found = folders_of(course, course.submitted_directory, course.assignment_id, course.student_id)
        if course.student_id == "*" and (elsewhere := misplaced(course, course.assignment_id)):
            self.log.warning(elsewhere)
        if not self._found:
            msg = (
                f"nothing of {course.assignment_id} was handed in by {course.student_id.replace('*', 'anybody')}; "
                f"put it into {course.submitted_directory}/STUDENT/{course.assignment_id}/, or collect it"
            )
            self.log.error(msg)
            raise NbGraderException(msg)
        try:
            for lab in dict.fromkeys(lab for lab, _ in self._found):
                if said := register(course, lab, self.config):
                    self.log.warning(said)
        except Exception as error:
            raise NbGraderException(self.tell(course.assignment_id, error)) from error

    def convert_notebooks(self) -> None:
        failed, kept = 0, 0
        for lab, student in self._found:
            try:
                self._grade(lab, student)
            except Exception as error:
                keeps = self._keeps(lab, student)
                self.tell(f"{student}'s {lab} {'keeps its earlier grade' if keeps else 'is ungraded'}", error)
                failed, kept = failed + 1, kept + keeps
        if failed:
            left = f"{failed - kept} of {len(self._found)} submissions are left ungraded"
            raise NbGraderException(f"{left}; {kept} keep an earlier grade" if kept else left)

    def _keeps(self, lab: str, student: str) -> bool:
        try:
            return stands(submission_of(self.coursedir, lab, student, source_notebook(self.coursedir, lab)))
        except GradingError:
            return False

    def _grade(self, lab: str, student: str) -> None:
        submission = submission_of(self.coursedir, lab, student, source_notebook(self.coursedir, lab))
        with hold(submission):
            self.notebooks = [str(submission.submitted / f"{submission.notebook}.ipynb")]
            if not self.init_destination(lab, student):
                return
            work = work_in(submission)
            before = set_aside(submission, work)
            try:
                when, remark = handed_in_at(submission.submitted)
                begin(submission, when, before.graded_at if before else "")
                note_work(submission, work)
                shutil.rmtree(submission.working, ignore_errors=True)
                self._run(submission, (remark,) if remark else ())
            except BaseException as error:
                if before:
                    self._give_back(submission, error)
                else:
                    if isinstance(error, Exception) and not isinstance(error, Ungraded):
                        self._keep(submission, error)  # of what was killed it stays that it did not end
                    shutil.rmtree(submission.working, ignore_errors=True)
                raise
            let_go(submission)

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Whether to grade it: not again what has a grade, unless it was handed in anew or --force says so."""
        course = self.coursedir
        working = self.folder(course.autograded_directory, assignment_id, student_id)
        if working.is_dir() and not self.force and self._has_grade(assignment_id, student_id):
            handed_in, graded = (
                handed_in_at(each)[0]
                for each in (self.folder(course.submitted_directory, assignment_id, student_id), working)
            )
            if not (handed_in and graded and handed_in > graded):
                self.log.info("%s has a grade for %s already; --force gives another", student_id, assignment_id)
                return False
        return True

    def _has_grade(self, lab: str, student: str) -> bool:
        """Not so where grading was killed, whatever it left in `autograded/`."""
        verdicts = read_verdicts(evidence_folder(Path(self.coursedir.root), lab, student))
        return verdicts is not None and verdicts.state == "graded"

    def _give_back(self, submission: Submission, error: BaseException) -> None:
        """The work is what it was, so what it had earned is as well."""
        try:
            give_back(submission, "it was interrupted" if isinstance(error, KeyboardInterrupt) else _said(error))
        except Exception as unkept:  # it is kept: the next run begins with giving it back
            self.tell(f"{submission.student}'s {submission.lab} has no grade until it is graded again", unkept)

    def _keep(self, submission: Submission, error: BaseException) -> None:
        """Write why there is no grade, as long as nothing truer was written."""
        try:
            verdicts = read_verdicts(submission.evidence)
            if verdicts:
                keep_ungraded(submission, _said(error), verdicts.notes)
            # Again: it may not have come so far, or a step after the one that gave points has failed.
            take_up(submission, handed_in_at(submission.submitted)[0])
            if not verdicts:
                keep_ungraded(submission, _said(error))  # verdicts come after a row
        except Exception as unkept:
            self.tell(f"{submission.student}'s {submission.lab}", unkept)

    def _run(self, submission: Submission, notes: tuple[str, ...]) -> None:
        with received(submission, canonical_cells(submission)) as taken:
            if taken is None:
                keep_nothing_handed_in(submission)
                return
            self.run_pre_convert_hook()
            theirs = self.exclude_overwriting.get(submission.lab, ())
            remarks = lay_out(submission, taken, frozenset(theirs))
            self.taken = Received(taken.notebook, taken.folder, (*notes, *taken.notes, *remarks))
            for remark in self.taken.notes:
                self.log.warning("%s: %s", one_line(submission.student), remark)
            self.whose = (submission.lab, submission.student)
            self.convert_single_notebook(self.notebooks[0])
            self.set_permissions(submission.lab, submission.student)
            self.run_post_convert_hook()


class GenerateAssignmentCarefully(_Walking, GenerateAssignment):  # type: ignore[misc]
    """`nbgrader generate_assignment`: `release/LAB` is replaced as a whole, or stays as it is."""

    _aside: str | None = None

    @property
    def _output_directory(self) -> str:
        return self._aside or str(self.coursedir.release_directory)

    def init_notebooks(self) -> None:
        course = self.coursedir
        sources = self.folder(course.source_directory, ".")
        labs = sorted(path.name for path in sources.iterdir() if path.is_dir()) if sources.is_dir() else []
        wanted = course.assignment_id
        self._labs = [lab for lab in labs if (lab == wanted if wanted in labs else fnmatchcase(lab, wanted))]
        if not self._labs:
            msg = f"there is no lab {wanted} in {sources}; there are: {', '.join(labs) or 'none'}"
            self.log.error(msg)
            raise NbGraderException(msg)

    def convert_notebooks(self) -> None:
        failed = []
        for lab in self._labs:
            try:
                self._generate(lab)
            except Exception as error:
                self.tell(f"{lab} was not generated, and nothing of it was changed", error)
                failed.append(lab)
        if failed:
            raise NbGraderException(f"not generated: {', '.join(failed)}")

    def _generate(self, lab: str) -> None:
        release = self.folder(self.coursedir.release_directory, lab)
        path = source_notebook(self.coursedir, lab)
        said = "" if self.no_database else register(self.coursedir, lab, self.config)
        if said:
            self.log.warning(said)
        if release.is_dir() and not self.force:
            self.log.warning("%s is there already and was left as it is; --force makes it anew", release)
            return
        with tempfile.TemporaryDirectory(prefix=".generating-", dir=self.coursedir.root) as aside:
            self._aside = Path(aside, "new").relative_to(self.coursedir.root).as_posix()
            try:
                made = self.folder(self._aside, lab)
                self.notebooks = [
                    self.coursedir.format_path(self.coursedir.source_directory, ".", lab) + f"/{path.name}"
                ]
                self.run_pre_convert_hook()
                for each in files_below(path.parent):
                    if each.suffix != ".ipynb":
                        copy_file(each, made / each.relative_to(path.parent))
                self.whose = (lab, ".")
                self.convert_single_notebook(self.notebooks[0])
                self.set_permissions(lab, ".")
            finally:
                self._aside = None
            release.parent.mkdir(parents=True, exist_ok=True)
            if release.is_dir():
                release.rename(Path(aside, "old"))
            made.rename(release)
        self.run_post_convert_hook()


class GenerateFeedbackCarefully(_Walking, GenerateFeedback):  # type: ignore[misc]
    """`nbgrader generate_feedback`: of the grades as they are now, and nothing of those that are no more."""

    def __init__(self, coursedir: Any = None, **others: Any) -> None:
        super().__init__(coursedir=coursedir, **others)
        self.update_config(standing_alone(self.config.HTMLExporter))

    def init_notebooks(self) -> None:
        course = self.coursedir
        chosen = (course.assignment_id, course.student_id)
        graded = folders_of(course, course.autograded_directory, *chosen)
        self._found = [(lab, student) for lab, student in graded if self._grade_of(lab, student)]
        made = folders_of(course, course.feedback_directory, *chosen)
        submitted = folders_of(course, course.submitted_directory, *chosen)
        for lab, student in dict.fromkeys([*submitted, *graded, *made]):
            if (lab, student) not in self._found:
                self._take_away(lab, student)
        if not self._found:
            msg = f"nothing of {course.assignment_id} has a grade; run `autograder grade {course.assignment_id}` first"
            self.log.error(msg)
            raise NbGraderException(msg)

    def _grade_of(self, lab: str, student: str) -> tuple[int, int] | None:
        """Which file of verdicts says that somebody is graded; None while there is none: points that nobody
        gave are summed up as zero."""
        folder = evidence_folder(Path(self.coursedir.root), lab, student)
        try:
            state = (folder / FILE_NAME).stat()
            verdicts = read_verdicts(folder)
        except (OSError, GradingError):
            return None
        return (state.st_ino, state.st_mtime_ns) if verdicts is not None and verdicts.state == "graded" else None

    def _stamp(self, lab: str, student: str) -> str:
        course_id = self.coursedir.course_id
        with Gradebook(self.coursedir.db_url, *([course_id] if course_id else [])) as gradebook:
            return grade_stamp(gradebook, Path(self.coursedir.root), lab, student)

    def _take_away(self, lab: str, student: str) -> None:
        feedback = self.folder(self.coursedir.feedback_directory, lab, student)
        removed = "; the feedback that was there was removed" if feedback.is_dir() else ""
        self.log.warning("%s has no grade for %s, so there is no feedback%s", one_line(student), lab, removed)
        shutil.rmtree(feedback, ignore_errors=True)

    def convert_notebooks(self) -> None:
        failed = []
        for lab, student in self._found:
            feedback = self.folder(self.coursedir.feedback_directory, lab, student)
            before, made_from = self._grade_of(lab, student), self._stamp(lab, student)
            shutil.rmtree(feedback, ignore_errors=True)  # of an earlier grade
            try:
                graded = self.folder(self.coursedir.autograded_directory, lab, student)
                copy_files(graded, feedback)
                self.run_pre_convert_hook()
                for notebook in self._notebooks(graded):
                    self.notebooks = [str(notebook)]
                    self.whose = (lab, student)
                    self.convert_single_notebook(str(notebook))
                    stamp(feedback / f"{notebook.stem}.html", made_from)
                self.set_permissions(lab, student)
                if before is None or self._grade_of(lab, student) != before:  # somebody grades it at this moment
                    self._take_away(lab, student)
                    continue
                self.run_post_convert_hook()
            except Exception as error:
                shutil.rmtree(feedback, ignore_errors=True)
                if self._grade_of(lab, student) != before:
                    self._take_away(lab, student)
                    continue
                self.tell(f"no feedback for {student}'s {lab}", error)
                failed.append(student)
        if failed:
            raise NbGraderException(f"no feedback for {len(failed)} of {len(self._found)} submissions")

    def _notebooks(self, folder: Path) -> Iterator[Path]:
        for path in sorted(folder.iterdir()):
            if path.suffix == ".ipynb" and fnmatchcase(path.stem, self.coursedir.notebook_id):
                yield path
