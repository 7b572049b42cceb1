"""Collects submissions, each by itself, without following links.

The exchange's inbound folder is written by students, under any name and with anything in it, and nbgrader copies what
it finds there with the instructor's rights: a link, be it in a submission or the submission itself, would bring a
solution or another's work; one name that is no record of nbgrader's, or one folder that is too large or closed, would
keep everybody's from being collected. Here each record ends in a copy or in a reason. What could not be taken is
written beside the copy, or in its place where there is none, so that grading leaves it to a person.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import check_mode, parse_utc

from autograder.errors import AutograderError, GradingError
from autograder.grading.copying import Terms, copy_submission
from autograder.grading.omitting import NOT_COLLECTED, listed, what_it_is, why_not
from autograder.report.showing import one_line


@dataclass(frozen=True)
class _Record:
    """One hand-in, by the name of its folder."""

    student: str
    folder: Path
    when: datetime
    """UTC, without saying so, as nbgrader has it."""


class CollectWithoutLinks(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's collect step: the latest record of each student, of regular files."""

    def init_src(self) -> None:
        course = self.coursedir
        if not course.course_id:
            self.fail("no course id; say it with --course")
        self.inbound_path = os.path.join(self.root, course.course_id, "inbound")
        if not os.path.isdir(self.inbound_path):
            self.fail(f"expected the course's inbound folder, found none: {self.inbound_path}")
        if not check_mode(self.inbound_path, read=True, execute=True):
            self.fail(f"{self.inbound_path} cannot be read; it must be readable for whoever collects")
        self._refused: dict[str, list[str]] = {}
        records: dict[str, list[_Record]] = {}
        marked = f"+{course.assignment_id}+"
        for name in sorted(os.listdir(self.inbound_path)):
            student, mark, rest = name.rpartition(marked)
            if not mark or not (student == course.student_id or fnmatchcase(student, course.student_id or "*")):
                continue
            try:
                found = self._record(name, student, rest)
            except GradingError as error:
                self.log.warning("%s was not collected: %s", name, str(error))
                if _is_a_name(student):
                    self._refused.setdefault(student, []).append(str(error))
            else:
                records.setdefault(student, []).append(found)
        self.src_records = [self._latest(records[student]) for student in sorted(records)]

    def _record(self, name: str, student: str, rest: str) -> _Record:
        """A record that may be collected.

        Raises:
            GradingError: its name is none of nbgrader's, it is no folder, or it is not that student's.
        """
        if not _is_a_name(student):
            raise GradingError("a student's name that no folder can have", next_step="ask who handed it in")
        folder = Path(self.inbound_path, name)
        try:
            when = parse_utc(rest.rpartition("+")[0] or rest)  # what follows the last + is random
        except Exception as error:  # dateutil raises many kinds
            raise GradingError(
                "a name without a time of submission",
                expected="STUDENT+LAB+TIME",
                next_step="rename it, or have it handed in again with `nbgrader submit`",
            ) from error
        try:
            state = folder.lstat()
        except OSError as error:
            raise GradingError(why_not(error)) from error
        if not stat.S_ISDIR(state.st_mode):
            raise GradingError(
                what_it_is(state.st_mode) or "a file",
                expected="a folder",
                next_step="look at what it is, and have the submission handed in again with `nbgrader submit`",
            )
        if self.check_owner and (owner := _somebody_else(student, state.st_uid)):
            raise GradingError(
                f"a folder of {owner}'s under the name of {one_line(student)}",
                expected="one of the student's own",
                next_step="ask both; ExchangeCollect.check_owner = False collects whatever the name says",
            )
        return _Record(student, folder, when)

    def _latest(self, records: Sequence[_Record]) -> _Record:
        """The last one, or with --before-duedate the last of those in time if there is one."""
        course = self.coursedir
        due = None
        if self.before_duedate:
            with Gradebook(course.db_url, course.course_id) as gradebook:
                try:
                    due = gradebook.find_assignment(course.assignment_id).duedate
                except MissingEntry:
                    due = None
        in_time = [record for record in records if due is None or record.when <= due]
        return max(in_time or records, key=lambda record: (record.when, record.folder.name))

    def copy_files(self) -> None:
        lab = self.coursedir.assignment_id
        if not self.src_records and not self._refused:
            self.log.warning("nothing of %s was handed in", lab)
        failed = []
        for record in self.src_records:
            try:
                self._collect(record)
            except Exception as error:
                reason = _reason(error)
                self.log.error("%s was not collected: %s", record.folder.name, reason)
                self._keep_reason(record.student, [reason])
                failed.append(record.student)
        collected = {record.student for record in self.src_records}
        for student, reasons in self._refused.items():
            if student not in collected:
                self._keep_reason(student, reasons)
                failed.append(student)
        if failed:
            names = listed([one_line(student, 60) for student in failed], most=20)
            self.fail(f"everything else was collected; not so, for the reasons above: {names}")

    def _collect(self, record: _Record) -> None:
        """Copy a record into submitted/, unless what is there is as new."""
        student, lab = one_line(record.student), self.coursedir.assignment_id
        target = self._target(record.student)
        _end_what_was_killed(target)
        there = target.is_dir() and os.listdir(target) != [NOT_COLLECTED]
        if there and (self.update or self.before_duedate):
            before = self.coursedir.get_existing_timestamp(str(target))
            newer = self.update and (before is None or record.when > before)
            if not newer and not (self.before_duedate and before != record.when):
                self.log.info("No newer submission to collect: %s %s", student, lab)
                return
        elif there:
            self.log.info("Submission already exists, use --update to update: %s %s", student, lab)
            return
        self.log.info("%s submission: %s %s", "Updating" if there else "Collecting", student, lab)
        self.do_copy(str(record.folder), str(target))

    def do_copy(self, src: str, dest: str, log: object = None) -> None:
        """Copy a submission whole, beside what is there, and only then put it in its place."""
        course = self.coursedir
        target = Path(dest)
        target.parent.mkdir(parents=True, exist_ok=True)
        new, old = _beside(target)
        terms = Terms(
            max_bytes=1000 * course.max_dir_size,
            max_file_bytes=1000 * course.max_file_size if course.max_file_size else None,
            ignore=tuple(course.ignore or ()),
            include=tuple(course.include or ()),
            groupshared=course.groupshared,
        )
        try:
            left = copy_submission(Path(src), new, terms)
            if left:
                self.log.warning("%s: %s", Path(src).name, left.note())
                _write_reasons(new, [left.note()], groupshared=course.groupshared)
            if target.is_dir():
                target.rename(old)
            new.rename(target)
        finally:
            _end_what_was_killed(target)

    def _keep_reason(self, student: str, reasons: Sequence[str]) -> None:
        """Have grading know that something was handed in, where nothing of it is there."""
        try:
            target = self._target(student)
            if target.is_dir() and os.listdir(target) not in ([], [NOT_COLLECTED]):
                self.log.warning("%s: what was collected before stays in its place", student)
                return
            target.mkdir(parents=True, exist_ok=True)
            _write_reasons(target, reasons, groupshared=self.coursedir.groupshared)
        except Exception as error:
            self.log.error("%s: %s", student, _reason(error))

    def _target(self, student: str) -> Path:
        course = self.coursedir
        return Path(course.format_path(course.submitted_directory, student, course.assignment_id))


def _is_a_name(student: str) -> bool:
    """Whether a folder below `submitted/` may have it, and grading would find it there."""
    try:
        student.encode()
    except UnicodeEncodeError:  # bytes that are no text: no gradebook can hold them
        return False
    return bool(student) and not student.startswith(".")


def _somebody_else(student: str, uid: int) -> str:
    """Whose a record is that says it is a student's; empty unless it is certainly neither theirs nor an instructor's.

    Where students have no accounts of their own on this machine, an owner says nothing.
    """
    try:
        own = pwd.getpwnam(student).pw_uid
    except (KeyError, ValueError):
        return ""
    if uid in (own, os.geteuid(), 0):
        return ""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _beside(target: Path) -> tuple[Path, Path]:
    """Where a new copy is made, and where the old one waits meanwhile; grading passes over both names."""
    return target.parent / f".{target.name}.collecting", target.parent / f".{target.name}.replaced"


def _end_what_was_killed(target: Path) -> None:
    """The old copy back where no new one took its place, and nothing half done beside it."""
    new, old = _beside(target)
    if old.is_dir() and not target.exists():
        old.rename(target)
    for folder in (new, old):
        if folder.is_symlink():
            folder.unlink()
        elif folder.is_dir():
            shutil.rmtree(folder)


def _write_reasons(folder: Path, reasons: Sequence[str], *, groupshared: bool) -> None:
    path = folder / NOT_COLLECTED
    if path.is_dir():
        shutil.rmtree(path)  # a student's, under our name
    text = "; ".join(dict.fromkeys(reasons))
    path.write_text(f"{text[:2000]}\n", encoding="utf-8")
    path.chmod(0o660 if groupshared else 0o644)


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return why_not(error)
    return one_line(str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}")
