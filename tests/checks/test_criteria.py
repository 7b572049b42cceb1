"""From what a criterion's block raises to the verdict and the points, without a cluster."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from autograder import lab
from autograder.checks.criteria import MIME, Verdict
from autograder.errors import CheckFailed, CheckUnsettled, ClusterUnreachable

pytestmark = pytest.mark.usefixtures("without_cluster")
Run = Callable[[Callable[[], Any]], Verdict]


def raising(error: BaseException) -> Callable[[], None]:
    def question() -> None:
        raise error

    return question


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (CheckFailed("wrong"), "failed"),
        (CheckUnsettled("not yet"), "unsettled"),
        (AssertionError("wrong"), "failed"),
        (ClusterUnreachable("gone"), "unchecked"),
        (ZeroDivisionError(), "unchecked"),
        (TimeoutError(), "unchecked"),
        (SystemExit(1), "unchecked"),
        (RecursionError(), "unchecked"),
    ],
)
def test_what_is_raised_decides_the_verdict(verdict_of: Run, error: BaseException, state: str) -> None:
    verdict = verdict_of(raising(error))
    assert (verdict.state, verdict.earned) == (state, 0.0)
    assert verdict.message


def test_a_block_that_ends_earns_all_of_its_points(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: None)
    assert (verdict.state, verdict.earned, verdict.message) == ("passed", 1.0, "")


def test_a_failing_criterion_does_not_hide_the_next() -> None:
    with lab.criterion(1, "first"):
        raise CheckFailed("no")
    with lab.criterion(2, "second"):
        pass
    assert lab.points() == 2.0


def test_an_interrupt_goes_on_its_way_and_leaves_the_criterion_unchecked() -> None:
    with pytest.raises(KeyboardInterrupt), lab.criterion(1, "first"):
        raise KeyboardInterrupt
    assert lab.points() == 0.0


def test_points_are_a_number_and_start_anew() -> None:
    for points in (0.1, 0.2):
        with lab.criterion(points, "holds"):
            pass
    total = lab.points()
    assert isinstance(total, float)
    assert repr(total) == "0.3"
    assert lab.points() == 0.0


@pytest.mark.parametrize("points", [0, -1, math.nan, math.inf, True, "1", None])
def test_points_that_are_none_are_refused(points: Any) -> None:
    with pytest.raises(TypeError):
        lab.criterion(points, "holds")


def test_where_there_is_no_cluster_a_question_is_unchecked_and_says_what_to_do(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.get_object("deployment/x"))
    assert verdict.state == "unchecked"
    assert "KUBECONFIG" in verdict.message


def test_an_assertion_without_a_message_still_explains_itself(verdict_of: Run) -> None:
    assert verdict_of(raising(AssertionError())).message == "this does not hold"


def test_a_bug_in_a_check_names_its_line(verdict_of: Run) -> None:
    assert "ZeroDivisionError" in verdict_of(raising(ZeroDivisionError("by zero"))).message


@pytest.fixture
def notebook() -> Any:
    shell = InteractiveShell.instance()
    yield shell
    InteractiveShell.clear_instance()


def run_cell(shell: Any, source: str) -> Any:
    with capture_output() as captured:
        result = shell.run_cell(source, store_history=True)
    return captured.outputs, result


def test_a_cell_displays_table_and_verdicts_and_ends_in_the_points(notebook: Any) -> None:
    outputs, result = run_cell(
        notebook,
        "from autograder import lab\n"
        "with lab.criterion(2, 'a <b>bold</b> claim'):\n    lab.fail('<script>', expected='x & y')\n"
        "with lab.criterion(1, 'holds'):\n    pass\n"
        "lab.points()",
    )
    assert result.result == 1.0
    data = outputs[0].data
    verdicts = data[MIME]["verdicts"]
    assert [(v["sentence"], v["state"], v["earned"], v["points"], v["line"]) for v in verdicts] == [
        ("a <b>bold</b> claim", "failed", 0.0, 2.0, 2),
        ("holds", "passed", 1.0, 1.0, 4),
    ]
    assert {"expected", "found", "next_step", "message", "evidence", "seconds", "api_calls", "api_seconds",
            "waiting_seconds"} <= set(verdicts[0])  # fmt: skip
    assert "<script>" not in data["text/html"]
    assert "&lt;script&gt;" in data["text/html"]
    assert "<b>bold</b>" not in data["text/html"]


def test_the_points_are_a_number_to_nbgrader_and_a_sentence_to_a_reader(notebook: Any) -> None:
    _, result = run_cell(
        notebook,
        "from autograder import lab\n"
        "with lab.criterion(2, 'does not hold'):\n    lab.fail('no')\n"
        "with lab.criterion(0.5, 'holds'):\n    pass\n"
        "lab.points()",
    )
    shown, _ = notebook.display_formatter.format(result.result)
    assert shown == {"text/plain": "0.5", "text/html": "0.5 of 2.5 points"}


def test_a_cell_that_died_before_its_points_leaves_nothing_to_the_next(notebook: Any) -> None:
    run_cell(notebook, "from autograder import lab\nwith lab.criterion(5, 'mine'):\n    pass\nraise ValueError")
    _, result = run_cell(notebook, "with lab.criterion(1, 'other'):\n    pass\nlab.points()")
    assert result.result == 1.0
