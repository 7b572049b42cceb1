"""A submitted notebook gets the lab's own cells back, each once and in order, and keeps the student's work."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from grading import small_lab
from grading.small_lab import answered, find, grade_id_of
from grading.test_tampering import TRICKS
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.utils import compute_checksum

from autograder.grading.canonical import CanonicalCell
from autograder.grading.reassembling import reassembled
from autograder.grading.visible import visible_source

LAB_CELLS = (
    CanonicalCell("settings", "locked", "code", small_lab.SETTINGS, None, True, "s", ("parameters",)),
    CanonicalCell("make-settings", "solution", "code", small_lab.STUB, None, False, "m"),
    CanonicalCell("check-settings", "check", "code", small_lab.CHECK_SETTINGS, 4.0, True, "c"),
    CanonicalCell("check-more", "check", "code", small_lab.CHECK_MORE, 2.0, True, "d"),
)
ORDER = [cell.grade_id for cell in LAB_CELLS]


@pytest.fixture
def released() -> NotebookNode:
    notebook = small_lab.source_notebook()
    for cell in notebook.cells:
        cell.source = visible_source(cell.source)
    return answered(notebook)


def put_together(notebook: NotebookNode) -> tuple[list[NotebookNode], list[str]]:
    return reassembled(copy.deepcopy(notebook).cells, LAB_CELLS)


def names(cells: list[NotebookNode]) -> list[object]:
    return [grade_id_of(cell) for cell in cells if grade_id_of(cell)]


def test_an_honest_notebook_gets_its_hidden_criteria_back_and_no_remark(released: NotebookNode) -> None:
    cells, notes = put_together(released)
    assert notes == []
    assert names(cells) == ORDER
    assert [cell.source for cell in cells if grade_id_of(cell) == "check-settings"] == [small_lab.CHECK_SETTINGS]
    assert [cell.source for cell in cells if grade_id_of(cell) == "make-settings"] == [small_lab.SOLUTION]
    assert [cell.cell_type for cell in cells] == [cell.cell_type for cell in released.cells]


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.__name__)
def test_a_trick_ends_with_the_labs_own_check_cells(
    trick: Callable[[NotebookNode], None], released: NotebookNode
) -> None:
    trick(released)
    cells, notes = put_together(released)
    checks = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert [(grade_id_of(cell), cell.source) for cell in checks] == [
        ("check-settings", small_lab.CHECK_SETTINGS),
        ("check-more", small_lab.CHECK_MORE),
    ]
    assert [cell.metadata for cell in checks] == [LAB_CELLS[2].metadata(), LAB_CELLS[3].metadata()]
    assert any(cell.source == small_lab.SOLUTION for cell in cells)
    harmless = ("from_the_future", "no_metadata", "extra_credit")
    assert notes or trick.__name__ in harmless


def test_a_cell_as_an_earlier_version_of_the_lab_had_it_is_nobodys_tampering(released: NotebookNode) -> None:
    check = find(released, "check-more")
    check.source = check.source.replace("`more` exists", "`more` is there")
    check.metadata.nbgrader |= {"points": 1, "checksum": ""}
    check.metadata.nbgrader["checksum"] = compute_checksum(check)
    cells, notes = put_together(released)
    assert notes == ["the cell check-more is of another version of the lab, and the lab's present one was run"]
    assert [cell.source for cell in cells if grade_id_of(cell) == "check-more"] == [small_lab.CHECK_MORE]
    check.source += "\npass"
    _, notes = put_together(released)
    assert "the cell check-more had been changed and was restored" in notes


@pytest.mark.parametrize("points", ["many", None, [1], 10**400])
def test_a_checksum_over_odd_claims_is_no_checksum(released: NotebookNode, points: object) -> None:
    find(released, "check-more").metadata.nbgrader |= {"points": points, "checksum": "x"}
    assert put_together(released)[1]


def between_the_checks(notebook: NotebookNode, *sources: str) -> list[str]:
    """What is run, with these cells put before the last check cell; with its remarks at the end."""
    at = notebook.cells.index(find(notebook, "check-more"))
    notebook.cells[at:at] = [new_code_cell(source) for source in sources]
    cells, notes = reassembled(copy.deepcopy(notebook).cells, LAB_CELLS, {"!kubectl get pods"})
    return [str(grade_id_of(cell) or cell.source) for cell in cells if cell.cell_type == "code"] + notes


def test_what_check_cells_look_at_together_is_changed_by_nobody_between_them(released: NotebookNode) -> None:
    swap = "!kubectl delete rolebinding wide"
    assert between_the_checks(released, swap) == [
        *("settings", "make-settings", swap, "check-settings", "check-more"),
        "code between check cells was run before them, since they look at one state together",
    ]


def test_an_empty_cell_and_the_labs_own_stay_between_check_cells(released: NotebookNode) -> None:
    assert between_the_checks(released, "", "!kubectl get pods") == [
        *("settings", "make-settings", "check-settings", "", "!kubectl get pods", "check-more"),
    ]


def test_code_between_two_steps_of_a_lab_stays_there(released: NotebookNode) -> None:
    settings, solution, first, last = LAB_CELLS
    further = CanonicalCell("make-more", "solution", "code", small_lab.STUB, None, False, "f")
    answer = new_code_cell("more()", metadata=further.metadata())
    at = released.cells.index(find(released, "check-more"))
    released.cells[at:at] = [new_code_cell("a_try()"), answer, new_code_cell("another_try()")]
    cells, notes = reassembled(released.cells, (settings, solution, first, further, last))
    assert notes == []
    assert [cell.source for cell in cells if cell.cell_type == "code"][-5:] == [
        *(first.source, "a_try()", "more()", "another_try()", last.source),
    ]


def test_a_copied_check_cell_becomes_text_and_counts_once(released: NotebookNode) -> None:
    released.cells.insert(1, copy.deepcopy(find(released, "check-more")))
    cells, notes = put_together(released)
    assert names(cells) == ORDER
    assert [cell.cell_type for cell in cells if "check-more" in cell.source] == ["raw"]
    assert notes == ["a copy of the check cell check-more was not run: the cell counts once"]


def test_a_students_own_cells_stay_behind_the_cell_they_stood_behind(released: NotebookNode) -> None:
    at = released.cells.index(find(released, "make-settings"))
    released.cells.insert(at + 1, new_code_cell("mine = 1"))
    moved = released.cells.pop(released.cells.index(find(released, "check-more")))
    released.cells.insert(0, moved)
    cells, notes = put_together(released)
    sources = [cell.source for cell in cells]
    assert sources.index("mine = 1") == sources.index(small_lab.SOLUTION) + 1
    assert names(cells) == ORDER
    assert notes == ["the lab's cells were put back into their order"]


def test_a_missing_check_cell_comes_after_the_work_it_asks_about(released: NotebookNode) -> None:
    released.cells = [cell for cell in released.cells if grade_id_of(cell) != "check-settings"]
    at = released.cells.index(find(released, "make-settings"))
    released.cells.insert(at + 1, new_code_cell("more_work = 1"))
    cells, notes = put_together(released)
    sources = [cell.source for cell in cells]
    assert sources.index(small_lab.CHECK_SETTINGS) > sources.index("more_work = 1")
    assert notes == ["the cell check-settings was missing and was put back"]


def test_setup_that_was_deleted_comes_before_all_of_the_students_work() -> None:
    cells, _ = reassembled([new_code_cell("print(namespace)")], LAB_CELLS)
    assert [cell.source for cell in cells[:2]] == [small_lab.SETTINGS, "print(namespace)"]
    assert names(cells) == ["settings", "check-settings", "check-more"]


def test_only_the_lab_says_where_parameters_go(released: NotebookNode) -> None:
    released.cells.insert(0, new_code_cell("namespace = 'kube-system'", metadata={"tags": ["parameters", "mine"]}))
    cells, _ = put_together(released)
    assert [cell.metadata.get("tags") for cell in cells if cell.metadata.get("tags")] == [["mine"], ["parameters"]]
