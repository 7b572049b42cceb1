"""The terminal's tables say what the page says, and do not obey a student's control characters."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from autograder.report.reading import read_labs
from autograder.report.terminal import findings_table, results_table


def shown(renderable: RenderableType) -> str:
    written = StringIO()
    Console(file=written, width=120).print(renderable)
    return written.getvalue()


@pytest.fixture
def results(evidence: Path):
    return read_labs(evidence)[0]


def row(table: str, student: str) -> list[str]:
    line = next(line for line in table.splitlines() if f"│ {student} " in line)
    return [cell.strip() for cell in line.split("│")[1:-1]]


def test_each_student_has_a_sign_and_points_for_each_criterion(results) -> None:
    table = shown(results_table(results))

    assert row(table, "ada") == ["ada", "✓ 2", "✓ 2", "✓ 2", "✓ 1", "✓ 1", "✓ 1", "✓ 1", "10 / 10"]
    assert row(table, "chidi") == ["chidi", "… 0", "✓ 2", "✓ 2", "✓ 1", "✓ 1", "✗ 0", "✓ 1", "7 / 10"]


def test_points_that_no_check_gave_are_named(results) -> None:
    ada = next(submission for submission in results.submissions if submission.student == "ada")
    late = replace(results, submissions=(replace(ada, score=8.5),))

    assert "ada: -1.5 points by hand or for the time of handing in" in shown(results_table(late))
    assert "by hand" not in shown(results_table(results))


def test_ungraded_submissions_are_named_with_their_reason(results) -> None:
    table = shown(results_table(results))

    assert row(table, "fay") == ["fay", *"·······", "ungraded"]
    assert "fay: fay's file is not a notebook" in table


def test_one_students_findings_quote_what_was_found_and_the_next_step(results) -> None:
    bela = next(submission for submission in results.submissions if submission.student == "bela")
    table = " ".join(shown(findings_table(bela)).replace("│", " ").split())

    assert "expected two ready endpoints behind Service sentiment found none: its selector is" in table
    assert table.count("next compare kubectl get service sentiment") == 1


def test_who_has_passed_everything_sees_no_column_of_findings_and_no_backticks(results) -> None:
    ada = next(submission for submission in results.submissions if submission.student == "ada")
    table = shown(findings_table(ada))

    assert "Deployment sentiment keeps two replicas ready" in table
    assert "what was found" not in table


def test_the_same_reason_twice_in_a_row_is_told_once(results) -> None:
    bela = next(submission for submission in results.submissions if submission.student == "bela")
    failed = next(verdict for verdict in bela.verdicts if verdict.state == "failed")
    twice = replace(bela, verdicts=(failed, failed))

    assert shown(findings_table(twice)).count("its selector is") == 1
    assert "as above" in shown(findings_table(twice))


def test_markup_in_a_students_text_is_shown_and_not_obeyed(results) -> None:
    hostile = next(submission for submission in results.submissions if submission.student.startswith("<"))
    table = shown(findings_table(hostile))

    assert "<script>" in table
    assert "\x1b[2J" not in table
