"""What the grader kernel said becomes one verdict for each criterion that the lab declares."""

from __future__ import annotations

import json

import pytest
from grading.small_lab import CHECK_SETTINGS

from autograder.errors import GradingError
from autograder.grading.canonical import CanonicalCell
from autograder.grading.settling import check_criteria, settled
from autograder.grading.verdicts import CellVerdicts, Verdict

CELL = CanonicalCell("check-settings", "check", "code", CHECK_SETTINGS, 4.0, True, "c")
SENTENCES = ("ConfigMap `settings` exists", "its colour is blue", "its secret size is seven")


def said(sentence: str, state: str = "passed", points: object = 1, **more: object) -> dict[str, object]:
    return {"sentence": sentence, "state": state, "points": points, **more}


def everything_passed() -> list[dict[str, object]]:
    return [said(SENTENCES[0], points=2), said(SENTENCES[1]), said(SENTENCES[2])]


def settle(verdicts: list[dict[str, object]]) -> CellVerdicts:
    (cell,) = settled([CELL], {"check-settings": verdicts})
    return cell


def states(cell: CellVerdicts) -> list[str]:
    return [verdict.state for verdict in cell.verdicts]


def test_all_passed_is_the_cells_points_as_a_plain_float() -> None:
    cell = settle(everything_passed())
    assert cell.earned == 4.0
    assert type(cell.earned) is float
    assert [verdict.hidden for verdict in cell.verdicts] == [False, False, True]


def test_a_criterion_that_was_never_reached_is_unchecked() -> None:
    cell = settle(everything_passed()[:2])
    assert states(cell) == ["passed", "passed", "unchecked"]
    assert "before it came to" in cell.verdicts[2].message


def test_a_check_cell_that_said_nothing_is_unchecked_as_a_whole() -> None:
    (cell,) = settled([CELL], {})
    assert states(cell) == ["unchecked"] * 3


@pytest.mark.parametrize("points", [100, 0, -1, "1e9", float("nan")])
def test_points_other_than_declared_are_not_believed(points: object) -> None:
    cell = settle([said(SENTENCES[0], points=2), said(SENTENCES[1], points=points), said(SENTENCES[2])])
    assert cell.verdicts[1].state == "unchecked"
    assert cell.earned <= 3.0


@pytest.mark.parametrize("wrong", [{}, {"sentence": SENTENCES[1]}, said(SENTENCES[1], state="perfect"), said("other")])
def test_what_is_no_verdict_leaves_its_criterion_unreached(wrong: dict[str, object]) -> None:
    assert states(settle([said(SENTENCES[0], points=2), wrong, said(SENTENCES[2])])) == [
        "passed",
        "unchecked",
        "passed",
    ]


def test_earned_is_counted_from_states_and_never_read() -> None:
    cell = settle(
        [said(SENTENCES[0], "failed", 2, earned=2), said(SENTENCES[1], earned=99), said(SENTENCES[2], "unsettled")]
    )
    assert cell.earned == 1.0


def test_a_criterion_in_a_loop_holds_only_if_it_always_held() -> None:
    cell = settle([*everything_passed(), said(SENTENCES[1], "failed"), said(SENTENCES[1])])
    assert states(cell) == ["passed", "failed", "passed"]


@pytest.mark.parametrize(
    ("points", "cell_points", "earned"),
    [((0.1, 0.2), 0.3, 0.3), ((1 / 3,) * 3, 1.0, 1.0), ((2.0, 2.0000000001), 4.0, 4.0)],
)
def test_sums_of_floats_are_never_a_hair_over_or_under(
    points: tuple[float, ...], cell_points: float, earned: float
) -> None:
    verdicts = tuple(Verdict(f"criterion {at}", each, "passed") for at, each in enumerate(points))
    assert CellVerdicts("x", cell_points, verdicts).earned == earned


def test_a_number_of_another_kind_becomes_a_plain_float() -> None:
    class Float64(float):
        """As numpy's is a float, and prints itself otherwise."""

        def __repr__(self) -> str:
            return "np.float64(2.0)"

    cell = settle([said(SENTENCES[0], points=Float64(2)), said(SENTENCES[1]), said(SENTENCES[2])])
    assert {type(verdict.points) for verdict in cell.verdicts} == {float}
    assert json.dumps(cell.earned) == "4.0"


@pytest.mark.parametrize(
    ("source", "points", "complaint"),
    [
        ("x = 1", 1, "declares no criterion"),
        (CHECK_SETTINGS, 5, "add up to 4 points"),
        (CHECK_SETTINGS.replace("its colour is blue", SENTENCES[0]), 4, "has two criteria"),
        (CHECK_SETTINGS.replace("criterion(2,", "criterion(two,"), 4, "must be literals"),
        ("with lab.criterion(:", 1, "is not Python"),
        (CHECK_SETTINGS.removesuffix("lab.points()"), 4, "does not end with `lab.points"),
        (f"{CHECK_SETTINGS}\nprint('done')", 4, "does not end with `lab.points"),
        (CHECK_SETTINGS.replace("\nlab.points()", "\nif True:\n    lab.points()"), 4, "does not end with `lab.points"),
    ],
)
def test_a_lab_that_could_not_be_graded_is_refused(source: str, points: float, complaint: str) -> None:
    with pytest.raises(GradingError, match=complaint):
        check_criteria("check-settings", source, points)
