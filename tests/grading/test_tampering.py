"""A submission says what it likes about its check cells; its points are those of its work."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
from grading import small_lab
from grading.small_lab import LAB, answered, find
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.cluster.connection import Connection
from autograder.grading.grading import Graded


def skip_tag(notebook: NotebookNode) -> None:
    find(notebook, "check-settings").metadata["tags"] = ["skip-execution"]


def other_points(notebook: NotebookNode) -> None:
    find(notebook, "check-settings").metadata.nbgrader["points"] = 400


def other_id(notebook: NotebookNode) -> None:
    find(notebook, "check-settings").metadata.nbgrader["grade_id"] = "check-nothing"


def easy_copy(notebook: NotebookNode) -> None:
    copied = copy.deepcopy(find(notebook, "check-settings"))
    copied.source = "4.0"
    copied["id"] = "copied"
    notebook.cells.append(copied)


def plain_copies(notebook: NotebookNode) -> None:
    for _ in range(3):
        notebook.cells.insert(
            1, new_code_cell(find(notebook, "check-more").source, metadata=find(notebook, "check-more").metadata)
        )


def deleted(notebook: NotebookNode) -> None:
    notebook.cells.remove(find(notebook, "check-settings"))
    notebook.cells.remove(find(notebook, "check-more"))


def markdown(notebook: NotebookNode) -> None:
    cell = find(notebook, "check-settings")
    cell.cell_type = "markdown"
    del cell["outputs"], cell["execution_count"]


def unlocked(notebook: NotebookNode) -> None:
    cell = find(notebook, "check-settings")
    cell.metadata.nbgrader.update(locked=False, checksum="0")
    cell.source = "4.0"


def solution_flag(notebook: NotebookNode) -> None:
    cell = find(notebook, "check-settings")
    cell.metadata.nbgrader["solution"] = True
    cell.source = "4.0"


def not_graded(notebook: NotebookNode) -> None:
    for grade_id in ("check-settings", "check-more"):
        find(notebook, grade_id).metadata.nbgrader["grade"] = False


def extra_credit(notebook: NotebookNode) -> None:
    find(notebook, "check-settings").metadata.nbgrader.update(extra_credit=10, score=4, manual_score=4)


def added_check_cell(notebook: NotebookNode) -> None:
    metadata = {"nbgrader": small_lab.marks("check-mine", grade=True, locked=True, points=50)}
    notebook.cells.append(new_code_cell("50.0", metadata=metadata))


def from_the_future(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["schema_version"] = 99


def no_metadata(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata = NotebookNode({})


def first_things_last(notebook: NotebookNode) -> None:
    notebook.cells.insert(0, notebook.cells.pop(notebook.cells.index(find(notebook, "check-settings"))))


TRICKS = (
    skip_tag,
    other_points,
    other_id,
    easy_copy,
    plain_copies,
    deleted,
    markdown,
    unlocked,
    solution_flag,
    not_graded,
    extra_credit,
    added_check_cell,
    from_the_future,
    no_metadata,
    first_things_last,
)


LIVE_TRICKS = (skip_tag, other_points, easy_copy, deleted, markdown, solution_flag, no_metadata)
"""Those that change what is run where; test_reassembling looks at what is left of each of them."""


@pytest.mark.live
@pytest.mark.parametrize("trick", LIVE_TRICKS, ids=lambda trick: trick.__name__)
def test_a_trick_with_metadata_changes_no_points(
    trick: Callable[[NotebookNode], None], course, submitted: Callable[[str, NotebookNode], Graded]
) -> None:
    notebook = answered(course.released, small_lab.PARTLY)
    trick(notebook)
    result = submitted("eve", notebook)
    assert (result.state, result.score, result.max_score) == ("graded", 5.0, 6.0), result.reason
    assert course.points("eve") == {"check-settings": 3.0, "check-more": 2.0}
    with course.gradebook as gradebook:
        assert gradebook.find_submission(LAB, "eve").score == 5.0


@pytest.mark.live
def test_a_resubmission_does_not_keep_what_an_earlier_one_earned(
    course, submitted: Callable[[str, NotebookNode], Graded]
) -> None:
    assert submitted("bea", answered(course.released)).score == small_lab.POINTS
    blank = course.released
    deleted(blank)
    assert submitted("bea", blank).score == 0.0
    assert course.points("bea") == {"check-settings": 0.0, "check-more": 0.0}


@pytest.mark.live
def test_a_resubmission_that_cannot_be_read_does_not_either(
    course, connection: Connection, submitted: Callable[[str, NotebookNode], Graded]
) -> None:
    submitted("bea", answered(course.released))
    course.submit("bea", "{")
    assert course.grade("bea", connection).state == "ungraded"
    assert course.points("bea") == {"check-settings": None, "check-more": None}
