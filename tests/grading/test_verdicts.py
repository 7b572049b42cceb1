"""The verdicts on file are whole, and say what was written, at any moment."""

from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from autograder.errors import GradingError
from autograder.grading.verdicts import (
    CellVerdicts,
    Evidence,
    SubmissionVerdicts,
    Verdict,
    read_verdicts,
    write_verdicts,
)
from autograder.report.reading import read_submission

VERDICTS = SubmissionVerdicts(
    lab="lab",
    student="ada",
    state="graded",
    cells=(
        CellVerdicts(
            "check",
            3.0,
            (
                Verdict("it is there", 2.0, "passed", line=3, seconds=0.5),
                Verdict(
                    "it is blue",
                    1.0,
                    "failed",
                    "found red",
                    "blue",
                    "red",
                    "look",
                    (Evidence("log", "x", "é"),),
                    hidden=True,
                ),
            ),
        ),
    ),
    max_score=3.0,
    workspace="w",
    attempts=1,
    timings={"total_s": 1.5},
    notes=("a note",),
    graded_at="2026-11-24T12:00:00.000+00:00",
)


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    write_verdicts(tmp_path, VERDICTS)
    assert read_verdicts(tmp_path) == VERDICTS


def test_the_report_reads_the_same(tmp_path: Path) -> None:
    shown = read_submission(write_verdicts(tmp_path, VERDICTS))
    assert (shown.score, shown.max_score, shown.attempts, shown.graded) == (2.0, 3.0, 1, True)
    assert [(verdict.earned, verdict.hidden) for verdict in shown.verdicts] == [(2.0, False), (0.0, True)]


def test_nothing_is_on_file_before_grading(tmp_path: Path) -> None:
    assert read_verdicts(tmp_path) is None


def test_an_ungraded_submission_has_no_score_whatever_its_cells_say() -> None:
    assert SubmissionVerdicts("lab", "ada", "ungraded", cells=VERDICTS.cells).score == 0.0
    assert VERDICTS.score == 2.0


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"state": "graded"}'])
def test_a_file_of_another_kind_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "verdicts.json").write_text(content)
    with pytest.raises(GradingError, match="cannot be read"):
        read_verdicts(tmp_path)


def _write_for_ever(folder: Path) -> None:
    while True:
        write_verdicts(folder, VERDICTS)


def test_a_writer_killed_at_any_moment_leaves_a_whole_file(tmp_path: Path) -> None:
    write_verdicts(tmp_path, VERDICTS)
    for _ in range(5):
        writer = multiprocessing.get_context("fork").Process(target=_write_for_ever, args=(tmp_path,))
        writer.start()
        writer.join(0.05)
        writer.kill()
        writer.join()
        assert json.loads((tmp_path / "verdicts.json").read_text())["score"] == 2.0


def test_what_a_submission_makes_the_grader_say_is_bounded(tmp_path: Path) -> None:
    wordy = Verdict(
        "it is there", 1.0, "failed", *("x" * 10**6 for _ in range(4)), (Evidence("log", "y", "z" * 10**6),) * 500
    )
    notes = tuple(f"{'n' * 10**4} {number}" for number in range(2000))
    large = SubmissionVerdicts("lab", "ada", "graded", cells=(CellVerdicts("check", 1.0, (wordy,)),), notes=notes)
    path = write_verdicts(tmp_path, large)
    assert path.stat().st_size < 600_000
    read = read_verdicts(tmp_path)
    assert read is not None
    assert "more characters were left out" in read.cells[0].verdicts[0].message
    assert read.cells[0].verdicts[0].evidence[-1].text == "480 more pieces"
    assert len(read.notes) <= 40
    assert read.score == large.score


def test_how_many_notes_were_left_out_is_said(tmp_path: Path) -> None:
    write_verdicts(tmp_path, SubmissionVerdicts("lab", "ada", "graded", notes=tuple(map(str, range(100)))))
    read = read_verdicts(tmp_path)
    assert read is not None
    assert read.notes[-1] == "and 61 more remarks like these, which were left out"
