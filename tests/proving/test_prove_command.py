"""`autograder prove`: what it writes and keeps, what it runs again, and its exit code."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest
from grading import small_lab
from proving.conftest import GradedAs, Small, as_claimed, prove

from autograder.proving import running

ALL = 7
"""Answers of the small lab: four wrong ones, an odd one, the reference and the blank one."""


pytestmark = pytest.mark.usefixtures("no_cluster")


def kept(course: Path) -> dict[str, str]:
    path = course / ".proof" / f"{small_lab.LAB}.json"
    answers = json.loads(path.read_text())["answers"] if path.exists() else {}
    return {label: each["standing"] for label, each in answers.items()}


def test_a_proof_that_holds_ends_with_0_and_is_kept(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
    tmp_path: Path,
) -> None:
    graded_as(*small_answers, as_claimed)
    files = ("--json", str(tmp_path / "out" / "proof.json"), "--html", str(tmp_path / "out" / "proof.html"))
    code, said, noted = prove(monkeypatch, capsys, *files)
    assert code == 0, noted
    assert "every answer got what it must" in said
    assert f"{ALL} of {ALL}" in noted
    assert set(kept(course).values()) == {"held"}
    assert json.loads((tmp_path / "out" / "proof.json").read_text())["passed"] is True
    assert "wrong" in (tmp_path / "out" / "proof.html").read_text()
    code, said, _ = prove(monkeypatch, capsys, "--rerun-failed")
    assert code == 0
    assert "every answer held the last time" in said


def test_those_that_did_not_hold_are_run_again_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, lambda answer, each: "passed" if answer.name == "size" else as_claimed(answer, each))
    code, said, noted = prove(monkeypatch, capsys)
    assert code == 1
    assert "kept: its secret size is seven" in said
    assert kept(course)["wrong/size"] == "failed"
    graded_as(*small_answers, as_claimed)
    code, said, noted = prove(monkeypatch, capsys, "--rerun-failed", small_lab.LAB)
    assert code == 0, noted
    assert "1 of 1" in noted
    assert kept(course) == dict.fromkeys(kept(course), "held")


def test_a_stale_answer_fails_the_proof_and_the_others_are_run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, as_claimed)
    path = course / "tests" / "answers" / small_lab.LAB / "wrong" / "size.py"
    path.write_text(path.read_text().replace('#- namespace, {"metadata"', '#- namespace, {"meta"'))
    code, _, noted = prove(monkeypatch, capsys)
    assert code == 1
    assert f"{ALL} of {ALL}" in noted
    assert "wrong/size.py, line 4" in noted
    assert [label for label, standing in kept(course).items() if standing != "held"] == ["wrong/size"]


def test_an_outage_alone_ends_with_3(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], graded_as: GradedAs, small_answers: Small
) -> None:
    graded_as(*small_answers, lambda answer, each: "unchecked" if answer.kind == "blank" else as_claimed(answer, each))
    code, said, _ = prove(monkeypatch, capsys)
    assert code == 3
    assert "the API server went away" in said


def test_an_answer_that_is_not_there_is_said_with_those_that_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, noted = prove(monkeypatch, capsys, "--answer", "size", "--answer", "sise")
    assert code == 1
    assert "no answer called sise" in noted
    assert "wrong/size" in noted


def test_what_came_of_an_answer_is_kept_before_the_next_one_ends(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, as_claimed)
    honest, found = running.attempt, list[set[str]]()

    def attempt(*args: object, **kwargs: object) -> object:
        time.sleep(0.3)  # the one before is told of in another thread
        found.append(set(kept(course)))
        return honest(*args, **kwargs)

    monkeypatch.setattr(running, "attempt", attempt)
    prove(monkeypatch, capsys, "--jobs", "1")
    assert [len(each) for each in found] == list(range(len(found)))


def test_ctrl_c_shows_what_is_done_and_says_what_was_not_run(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    graded_as: GradedAs,
    small_answers: Small,
    course: Path,
) -> None:
    graded_as(*small_answers, as_claimed)
    honest = running.attempt

    def attempt(notebook: object, submission: object, *args: object, **kwargs: object) -> object:
        if submission.student == "wrong-misnamed":  # type: ignore[attr-defined]
            threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
            kwargs["terms"].stop.wait(timeout=30)  # type: ignore[attr-defined]
            raise asyncio.CancelledError
        return honest(notebook, submission, *args, **kwargs)

    monkeypatch.setattr(running, "attempt", attempt)
    code, said, noted = prove(monkeypatch, capsys, "--jobs", "1")
    assert code == 130
    assert "ended before 4 answers were run" in noted
    assert said.count("not run") == 4
    assert {label for label, standing in kept(course).items() if standing == "held"} == {
        "right/reference",
        "right/otherwise",
        "wrong/colour",
    }
