"""How a proof looks: how long it still takes, lines in a log, a picture on a terminal, JSON and a page afterwards."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from autograder.errors import GradingError
from autograder.grading.verdicts import Verdict
from autograder.proving import pacing, remembering
from autograder.proving.answers import BLANK, REFERENCE, Answer
from autograder.proving.outcomes import Proof, Run
from autograder.proving.pacing import Pace
from autograder.proving.page import render_page, write_page
from autograder.proving.showing import SIGNS, progress, proof_table, run_line

STALE = Answer("stale", "wrong", "It was one.", unfit="its cell is gone")
HOSTILE = Answer("odd", "right", "<script>alert(1)</script> & [bold]words[/bold]")


def run(answer: Answer, state: str = "passed", **changes: object) -> Run:
    verdicts = (Verdict("it is there", points=2, state=state, message="<b>no</b> [red]such[/red] thing"),)
    whole = Run("lab00", answer, (), verdicts, expected_score=2, max_score=2, seconds=12, attempts=1)
    return replace(whole, **changes)


HELD = run(REFERENCE)
FAILED = run(HOSTILE, "failed")
UNDECIDED = run(BLANK, "unchecked", outage="the API server went away", attempts=3)
UNFIT = run(STALE, verdicts=(), seconds=0, attempts=0)
PROOF = Proof("lab00", (HELD, FAILED, UNDECIDED, UNFIT), ("nobody loses it",), (Answer("late", "wrong", "Too late."),))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(pacing.time, "monotonic", lambda: now[0])
    return now


def test_the_rest_takes_what_it_took_the_last_time(clock: list[float]) -> None:
    pace = Pace((("a", "1"), ("a", "2"), ("b", "1")), 2, {("a", "1"): 10, ("a", "2"): 30, ("b", "1"): 20})
    assert pace.left_s() == 30  # 60 of work for two, and as long as the longest
    pace.start(("a", "1"))
    pace.start(("a", "2"))
    clock[0] = 4
    assert pace.left_s() == 26
    pace.end(("a", "1"), "held")
    assert (pace.done, pace.counts["held"]) == (1, 1)


def test_what_never_ran_takes_as_long_as_the_others_of_its_lab(clock: list[float]) -> None:
    pace = Pace((("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")), 1, {("b", "1"): 100})
    assert pace.left_s() is None
    pace.start(("a", "1"))
    clock[0] = 8
    pace.end(("a", "1"), "held")
    assert pace.left_s() == 8 + 100 + 8


def lines(width: int = 200, terminal: bool = False) -> tuple[Console, io.StringIO]:
    stream = io.StringIO()
    return Console(file=stream, width=width, force_terminal=terminal, color_system=None), stream


def shown(console: Console) -> None:
    pace = Pace(tuple(("lab00", each.answer.label) for each in PROOF.runs), 2)
    with progress(pace, SIGNS, console) as say:
        for each in PROOF.runs:
            pace.start(("lab00", each.answer.label))
            pace.end(("lab00", each.answer.label), each.standing)
            say(run_line(pace, each), not each.passed)


def test_in_a_log_every_answer_is_a_line_with_its_place() -> None:
    console, stream = lines()
    shown(console)
    said = stream.getvalue().splitlines()
    assert said[0] == "✓ 1 of 4 · lab00 · right/reference in 12 s"
    assert said[1] == (
        "✗ 2 of 4 · lab00 · right/odd in 12 s: got something else; lost: it is there (<b>no</b> [red]such[/red] thing)"
    )
    assert said[2].startswith("? 3 of 4 · lab00 · blank/blank in 12 s: undecided")
    assert said[3].startswith("! 4 of 4 · lab00 · wrong/stale")
    assert len(said) == 4


def test_a_terminal_shows_how_far_it_is_and_a_line_for_what_did_not_hold() -> None:
    console, stream = lines(terminal=True)
    shown(console)
    said = stream.getvalue()
    assert "right/odd in 12 s: got something else" in said
    assert "right/reference in 12 s" not in said
    assert re.search(r"4 of 4 .*✓ 1 got what it must · ✗ 1 got something else", said)


def test_the_table_has_every_answer_those_not_run_too() -> None:
    console, stream = lines(240)
    console.print(proof_table(PROOF))
    said = stream.getvalue()
    for words in ("right/odd", "[red]such[/red]", "12 s, 3 attempts", "its cell is gone", "wrong/late", "not run"):
        assert words in said


def test_the_page_stands_alone_and_what_it_quotes_is_text(tmp_path: Path) -> None:
    page = render_page([PROOF, replace(PROOF, lab="lab01")], made_at=datetime(2026, 1, 2, tzinfo=UTC))
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>no</b>" not in page
    assert not re.search(r"(src|href)=\"(?!#)", page)
    assert "prefers-color-scheme: dark" in page
    assert "nobody loses it" in page
    assert "2026-01-02" in page
    for each in PROOF.runs:
        assert f'<th scope="row">{each.answer.name}</th>' in page
    assert write_page([PROOF], tmp_path / "new" / "proof.html").is_file()
    with pytest.raises(GradingError, match="cannot be written"):
        write_page([PROOF], tmp_path)


def test_json_says_all_of_it(tmp_path: Path) -> None:
    remembering.write(tmp_path / "new" / "proof.json", remembering.as_json([PROOF]))
    read = json.loads((tmp_path / "new" / "proof.json").read_text())
    assert read["passed"] is False
    [lab] = read["labs"]
    assert (lab["lab"], lab["not_run"], lab["named_by_no_wrong_answer"]) == (
        "lab00",
        ["wrong/late"],
        ["nobody loses it"],
    )
    assert [(each["answer"], each["standing"], each["got"]) for each in lab["answers"]] == [
        ("right/reference", "held", 2),
        ("right/odd", "failed", 0),
        ("blank/blank", "undecided", None),
        ("wrong/stale", "unfit", None),
    ]
    assert lab["answers"][2]["attempts"] == 3
    with pytest.raises(GradingError, match="cannot be written"):
        remembering.write(tmp_path, {})


def test_a_proof_of_some_answers_leaves_what_is_known_of_the_others(tmp_path: Path) -> None:
    answers = [REFERENCE, HOSTILE, BLANK, STALE, PROOF.not_run[0]]
    remembering.keep(tmp_path, PROOF, answers)
    again = Proof("lab00", (run(HOSTILE),), (), (REFERENCE,))
    remembering.keep(tmp_path, again, [each for each in answers if each is not STALE])
    standing = {label: kept["standing"] for label, kept in remembering.last(tmp_path, "lab00").items()}
    assert standing == {
        "right/reference": "not run",  # it was to be
        "right/odd": "held",
        "blank/blank": "undecided",
        "wrong/late": "not run",
    }
    assert remembering.held(tmp_path, "lab00", HOSTILE)
    assert not remembering.held(tmp_path, "lab00", Answer("new", "wrong", "Never run."))
    assert remembering.usual_s(tmp_path, ["lab00"])[("lab00", "right/odd")] == 12


@pytest.mark.parametrize("content", ["", "[]", '{"answers": 1}', '{"answers": {"right/odd": 2}}'])
def test_what_was_kept_and_is_damaged_is_nothing(tmp_path: Path, content: str) -> None:
    remembering.keep(tmp_path, PROOF, [])
    (tmp_path / ".proof" / "lab00.json").write_text(content)
    assert remembering.last(tmp_path, "lab00") == {}
    assert remembering.usual_s(tmp_path, ["lab00"]) == {}


def test_other_words_have_a_sign_of_their_own_in_lines_tables_and_pages() -> None:
    wrong = Answer("wordy", "wrong", "It was told so.", loses=("it is there",))
    reworded = run(wrong, "failed", expected_lost=("it is there",), expected_score=0)
    assert (reworded.standing, reworded.passed) == ("reworded", True)
    pace = Pace((("lab00", "wrong/wordy"),), 1)
    assert "[yellow]≠[/]" in run_line(pace, reworded)
    assert "<b>no</b>" not in run_line(pace, reworded), "what it is told is not repeated where nothing is on file"
    proof = Proof("lab00", (reworded,), ())
    assert (proof.passed, proof.failed, proof.reworded) == (True, False, (reworded,))
    console, stream = lines(240)
    console.print(proof_table(proof))
    assert "told otherwise: no message of it is on file yet" in stream.getvalue()
    page = render_page([proof])
    assert "were told something else than is on file" in page
    assert "reworded</span>" in page
