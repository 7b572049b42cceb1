"""What grading writes is read whole and lined up by criterion, and anything else is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.errors import GradingError
from autograder.report.reading import read_labs, read_submission

LAB = "lab02-serve-a-model"


def test_verdicts_of_a_class_line_up_by_criterion(evidence: Path) -> None:
    (results,) = read_labs(evidence)

    assert results.lab == LAB
    assert [criterion.number for criterion in results.criteria] == [1, 2, 3, 4, 5, 6, 7]
    third = results.criteria[2]
    assert third.sentence == "the Service answers for a sentence it has never seen"
    assert third.counts == {"passed": 2, "failed": 2, "unsettled": 0, "unchecked": 1}
    assert {criterion.number for criterion in results.criteria if criterion.hidden} == {6, 7}


def test_an_ungraded_submission_keeps_its_reason_and_has_no_verdicts(evidence: Path) -> None:
    (results,) = read_labs(evidence)

    fay = next(submission for submission in results.submissions if submission.student == "fay")
    assert not fay.graded
    assert fay.reason == "fay's file is not a notebook"
    assert fay.verdicts == ()


def test_a_lab_that_nobody_was_graded_for_is_an_error_that_names_it(evidence: Path) -> None:
    with pytest.raises(GradingError, match="lab06-rbac") as raised:
        read_labs(evidence, [LAB, "lab06-rbac"])
    assert "autograder grade" in raised.value.next_step


def test_no_evidence_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GradingError, match="nothing has been graded"):
        read_labs(tmp_path / "evidence")


@pytest.mark.parametrize(
    "damage",
    [
        lambda words: words[: len(words) // 2],
        lambda words: words.replace('"passed"', '"splendid"'),
        lambda words: json.dumps([json.loads(words)]),
        lambda words: words.replace('"sentence"', '"sentences"'),
    ],
    ids=["cut off", "a fifth verdict", "another shape", "a missing key"],
)
def test_a_damaged_file_is_an_error_that_names_the_file(evidence: Path, damage) -> None:
    path = evidence / "student0" / LAB / "verdicts.json"
    path.write_text(damage(path.read_text()))

    with pytest.raises(GradingError, match=r"student0.*verdicts\.json"):
        read_submission(path)
