"""What one student hands in stands in nobody's way: not of a table, of the lab's files, or of the notes that matter."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from grading import small_lab
from grading.small_lab import LAB, answered, marks
from grading.test_reassembling import LAB_CELLS
from nbformat.v4 import new_code_cell, new_notebook

from autograder.cluster.connection import Connection
from autograder.errors import ClusterUnreachable, GradingError
from autograder.grading import attempting, reassembling, running
from autograder.grading.attempting import Outcome, Terms, attempt
from autograder.grading.grading import course_api
from autograder.grading.laying import lay_out
from autograder.grading.receiving import Received
from autograder.grading.registering import source_notebook
from autograder.grading.submission import NOTES, RESOURCE, Submission, submission_of
from autograder.grading.verdicts import CellVerdicts, bounded
from autograder.grading.witnessing import witnessed


def submission(course, student: str = "ada") -> Submission:
    api = course_api(course.root)
    return submission_of(api.coursedir, LAB, student, source_notebook(api.coursedir, LAB))


class Timestamps:
    """Ways to spoil a timestamp.txt."""

    @staticmethod
    def garbage(path: Path) -> None:
        path.write_text("yesterday's 99:99")

    @staticmethod
    def bytes(path: Path) -> None:
        path.write_bytes(b"\xff\xfe\x00")

    @staticmethod
    def pipe(path: Path) -> None:
        path.unlink()
        os.mkfifo(path)

    @staticmethod
    def endless(path: Path) -> None:
        path.unlink()
        path.symlink_to("/dev/zero")

    @staticmethod
    def far(path: Path) -> None:
        path.write_text("9999-01-01 00:00:00 UTC")


@pytest.mark.parametrize("how", ["garbage", "bytes", "pipe", "endless", "far"])
def test_a_timestamp_takes_no_table_away(course, how: str) -> None:
    course.submit("ada", answered(course.released))
    course.submit("dan", None)
    course.grade("dan")  # with a time that can be read, which counts no more once there is none
    for student in ("ada", "dan"):
        getattr(Timestamps, how)(course.root / "submitted" / student / LAB / "timestamp.txt")
    course.grade("dan")
    (course.root / "autograded" / "dan" / LAB).mkdir(parents=True)
    shown: list[dict[str, Any]] = []
    asking = threading.Thread(
        target=lambda: shown.extend(course_api(course.root).get_submissions(LAB)),
        daemon=True,
    )
    asking.start()
    asking.join(60)
    assert [(one["student"], one["autograded"], one["timestamp"]) for one in shown] == [
        ("ada", False, None),
        # Where a pipe or a link lies instead, something was handed in that nobody could read: a person decides.
        ("dan", how not in ("pipe", "endless"), None),
    ]


def test_what_was_taken_up_in_vain_is_exported_without_a_score(course) -> None:
    """A full disk or a locked gradebook: there is a folder of evidence, and no row."""
    for student in ("ada", "ben"):
        course.submit(student, answered(course.released))
        (course.root / "evidence" / student / LAB).mkdir(parents=True)
        (course.root / "evidence" / student / LAB / ".lock").touch()
    with course.gradebook as gradebook:
        gradebook.add_student("ada")
    exported = course.exported()
    for student in ("ada", "ben"):
        assert (exported[student]["score"], exported[student]["state"]) == ("", "ungraded: handed in, not graded yet")


def test_points_behind_verdicts_that_say_ungraded_are_not_exported(course) -> None:
    course.submit("dan", None)
    course.grade("dan")
    file = course.root / "evidence" / "dan" / LAB / "verdicts.json"
    file.write_text(file.read_text().replace('"graded"', '"ungraded"'))
    assert course.exported()["dan"]["score"] == ""


def test_whatever_stands_where_the_labs_files_lie_is_left_out(course) -> None:
    source = course.root / "source" / LAB
    (source / "data").mkdir()
    (source / "data" / "table.csv").write_text("the lab's")
    (source / "model.py").write_text("the lab's")
    (source / "theirs.py").write_text("the lab's")
    handed_in = course.submit("ada", None)
    (handed_in / "work").mkdir()
    for folder in ("model.py", f"{LAB}.ipynb", "timestamp.txt"):
        (handed_in / "work" / folder).mkdir()
        (handed_in / "work" / folder / "x.txt").write_text("mine")
    (handed_in / "work" / "data").write_text("mine")
    (handed_in / "work" / "theirs.py").write_text("mine")
    one = submission(course)
    taken = Received(handed_in / "work" / "mine.ipynb", handed_in / "work", ())
    (said,) = lay_out(one, taken, frozenset({"theirs.py"}))
    assert {path.relative_to(one.working).as_posix() for path in one.working.rglob("*") if path.is_file()} == {
        "data/table.csv",
        "model.py",
        "theirs.py",
        "timestamp.txt",
    }
    assert not (one.working / f"{LAB}.ipynb").exists(), "the notebook itself is written there"
    assert (one.working / "model.py").read_text() == "the lab's"
    assert (one.working / "theirs.py").read_text() == "mine"
    for name in ("model.py", "data", f"{LAB}.ipynb"):
        assert name in said


def test_claims_without_end_push_out_no_note_that_matters(course, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [new_code_cell("1", metadata={"nbgrader": marks(f"mine-{number}")}) for number in range(90)]
    resources = {RESOURCE: submission(course), NOTES: ["expected a.ipynb, found b.ipynb"]}
    monkeypatch.setattr(reassembling, "canonical_cells", lambda _: LAB_CELLS)
    reassembling.Reassemble().preprocess(new_notebook(cells=claims), resources)
    form = tuple(resources[NOTES])
    assert len(form) == 1 + 15
    assert form[-1].startswith("and ")
    ours = (
        "attempt 1: no answer",
        *(f"the workspace's own RoleBinding `{number}` was put back" for number in range(9)),
    )
    outcome = Outcome(None, (CellVerdicts("check-settings", 4.0, ()),), "", "w", 2, {}, ours)
    noisy = (*(f"{each} and more" for each in form), *(f"another {number}" for number in range(90)))
    kept = bounded(running._verdicts(resources[RESOURCE], outcome, (*form, *noisy))).notes
    assert kept[: len(ours)] == ours


def unreachable(*_: Any, **__: Any) -> Any:
    raise ClusterUnreachable("the program that signs in gave nothing")


def test_whoever_cannot_be_signed_in_counts_as_no_answer(course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Connection, "account", unreachable)
    nobody = Connection(course.root / "gone")
    terms = Terms(retries=1, patience_s=0.1)
    outcome = attempt(new_notebook(), submission(course), LAB_CELLS[2:], nobody, files=None, terms=terms)
    assert outcome.reason
    assert outcome.attempts == 1
    assert [cell.grade_id for cell in outcome.cells] == ["check-settings", "check-more"]
    with witnessed(nobody, "ns") as witness:
        threading.Event().wait(0.2)
    assert "could not be asked" in witness.why


def test_a_later_attempt_that_cannot_be_made_keeps_what_earlier_ones_met(
    course, monkeypatch: pytest.MonkeyPatch
) -> None:
    met = iter([ClusterUnreachable("an outage"), GradingError("the lab cannot be read any more")])

    def opening(*_: Any, **__: Any) -> Any:
        raise next(met)

    monkeypatch.setattr(attempting, "open_workspace", opening)
    monkeypatch.setattr(attempting, "_answers", lambda *_: True)
    terms = replace(Terms(), retries=1)
    outcome = attempt(
        new_notebook(), submission(course), LAB_CELLS[2:], Connection(Path("none")), files=None, terms=terms
    )
    assert outcome.reason == "the lab cannot be read any more"
    assert outcome.notes == ("attempt 1: an outage",)
    assert sum(cell.points for cell in outcome.cells) == small_lab.POINTS
