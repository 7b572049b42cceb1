"""How far a learner is: said of any notebook, believed of none, and never a reason to fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.checks.criteria import MIME
from autograder.grading.keeping import UNFINISHED
from autograder.grading.verdicts import CellVerdicts, SubmissionVerdicts, Verdict, write_verdicts
from autograder.study.desks import Desk
from autograder.study.own_work import lay_out
from autograder.study.states import Points, state

CHECK = """from autograder import lab

with lab.criterion(2, "it runs"):
    pass
with lab.criterion(1.5, "it answers"):
    pass

lab.points()
"""


def check_cell(*outputs: Any) -> dict[str, Any]:
    marks = {"grade": True, "grade_id": "check", "solution": False, "points": 4}
    return {"cell_type": "code", "metadata": {"nbgrader": marks}, "source": CHECK, "outputs": list(outputs)}


def said(*verdicts: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {MIME: {"verdicts": list(verdicts)}}}


def passed(sentence: str) -> dict[str, Any]:
    return {"sentence": sentence, "state": "passed", "points": 1000, "earned": 1000}


def notebook(*cells: Any) -> str:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells)})


TEXT = {"cell_type": "markdown", "metadata": {}, "source": ["# A", " lab"]}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    released = tmp_path / "release" / "lab01"
    released.mkdir(parents=True)
    (released / "lab01.ipynb").write_text(notebook(TEXT, check_cell()))
    return Desk(tmp_path, "lab01")


@pytest.fixture
def holding(desk: Desk) -> Callable[[str | bytes], Any]:
    """What is said when the learner's notebook holds this."""

    def found(content: str | bytes) -> Any:
        lay_out(desk)
        desk.notebook.write_bytes(content.encode() if isinstance(content, str) else content)
        return state(desk)

    return found


def test_a_lab_that_was_never_opened_or_only_looked_at_is_untouched(desk: Desk) -> None:
    assert state(desk).stage == "untouched"
    lay_out(desk)
    assert state(desk).stage == "untouched"
    assert state(desk).checked is None


def test_something_written_or_run_is_a_start(holding: Callable[[str], Any]) -> None:
    assert holding(notebook(TEXT, check_cell(), {"cell_type": "code", "source": "mine"})).stage == "started"
    assert holding(notebook(TEXT, check_cell({"output_type": "stream", "text": "x"}))).stage == "started"
    assert holding(notebook({**TEXT, "source": "# A lab"}, check_cell())).stage == "untouched", "written otherwise"


def test_the_points_are_those_that_the_lab_declares(holding: Callable[[str], Any]) -> None:
    found = holding(notebook(TEXT, check_cell(said(passed("it runs"), passed("something else"), passed("it runs")))))

    assert found.checked == Points(2, 3.5)


def test_the_last_word_of_a_check_cell_counts(holding: Callable[[str], Any]) -> None:
    found = holding(notebook(check_cell(said(passed("it runs")), said({"sentence": "it runs", "state": "failed"}))))

    assert found.checked.earned == 0


def test_outputs_of_another_cell_are_no_check_cells(holding: Callable[[str], Any]) -> None:
    other = {"cell_type": "code", "metadata": {}, "source": "forged", "outputs": [said(passed("it runs"))]}

    assert holding(notebook(check_cell(), other)).checked is None


DEEP = '{"cells":' + "[" * 100_000 + "]" * 100_000 + "}"
DEEP_MARKS = '{"cells": [{"metadata": {"nbgrader": {"grade_id": ' + "[" * 900 + "]" * 900 + "}}}]}"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no notebook",
        "[]",
        "null",
        "12",
        '"cells"',
        '{"cells": 5}',
        '{"cells": {"0": 1}}',
        '{"worksheets": []}',
        DEEP,
        '{"cells": [' + "9" * 10_000 + "]}",
        b"\xff\xfe\x00",
        b"\x00" * 1000,
    ],
    ids=lambda content: str(content[:12]),
)
def test_what_is_no_notebook_is_said_and_not_raised(holding: Callable[[str | bytes], Any], content: str) -> None:
    found = holding(content)

    assert found.stage == "started"
    assert "lab01.ipynb" in found.remark
    assert found.checked is None


@pytest.mark.parametrize(
    "cell",
    [
        None,
        7,
        [],
        {},
        {"metadata": []},
        {"metadata": {"nbgrader": "x"}},
        {"cell_type": ["code"], "source": {"a": 1}},
        {"source": [1, None, "x"]},
        {"outputs": {"0": 1}},
        check_cell(None, 1, "x", []),
        check_cell({"data": None}, {"data": []}, {"data": {MIME: None}}, {"data": {MIME: []}}),
        check_cell({"data": {MIME: {"verdicts": {"sentence": "it runs"}}}}),
        check_cell(said(None, 1, [], {}, {"sentence": ["it runs"], "state": "passed"}, {"sentence": None})),
        check_cell(said({"sentence": "it runs", "state": ["passed"]}, {"sentence": "it runs", "state": {}})),
        check_cell(said({"sentence": "it runs\ud800", "state": "passed"})),
        {**check_cell(), "outputs": "passed"},
        {**check_cell(), "metadata": {"nbgrader": {"grade_id": {"a": []}, "grade": "yes"}}},
    ],
)
def test_odd_cells_earn_nothing_and_raise_nothing(holding: Callable[[str], Any], cell: Any) -> None:
    assert holding(notebook(TEXT, cell)).checked in (None, Points(0, 3.5))
    assert holding(DEEP_MARKS).checked is None


def test_a_folder_or_a_pipe_in_the_notebooks_place_is_not_waited_for(desk: Desk) -> None:
    desk.notebook.mkdir(parents=True)
    assert state(desk).checked is None


def test_a_notebook_of_a_hundred_megabytes_is_not_read(desk: Desk) -> None:
    desk.work.mkdir(parents=True)
    with desk.notebook.open("wb") as file:
        file.truncate(100 * 2**20)

    assert "larger than 64 MiB" in state(desk).remark


def graded(desk: Desk, *states: str) -> None:
    verdicts = tuple(Verdict(f"criterion {at}", 1.0, each) for at, each in enumerate(states))  # type: ignore[arg-type]
    cells = (CellVerdicts("check", float(len(states)), verdicts),)
    write_verdicts(desk.evidence, SubmissionVerdicts("lab01", "you", "graded", cells=cells, max_score=len(states)))


def test_handing_in_counts_from_then_on_and_full_marks_are_done(desk: Desk) -> None:
    graded(desk, "passed", "failed")
    assert (state(desk).stage, state(desk).graded) == ("handed in", Points(1, 2))
    graded(desk, "passed", "passed")
    assert (state(desk).stage, state(desk).graded) == ("done", Points(2, 2))


def test_a_hand_in_that_came_to_no_grade_says_why(desk: Desk) -> None:
    write_verdicts(desk.evidence, SubmissionVerdicts("lab01", "you", "ungraded", "the cluster was away"))
    found = state(desk)

    assert (found.stage, found.graded) == ("handed in", None)
    assert "the cluster was away" in found.remark


def test_a_hand_in_without_an_end_may_be_on_its_way(desk: Desk) -> None:
    write_verdicts(desk.evidence, SubmissionVerdicts("lab01", "you", "ungraded", UNFINISHED))

    assert state(desk).remark.startswith(f"being graded, or {UNFINISHED}: then `autograder study --hand-in lab01")


def test_a_spoilt_grade_is_said_and_not_raised(desk: Desk) -> None:
    desk.evidence.mkdir(parents=True)
    (desk.evidence / "verdicts.json").write_text("{}")

    assert "verdicts.json" in state(desk).remark
