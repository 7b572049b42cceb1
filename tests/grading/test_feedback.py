"""A student is told why, and nothing of a hidden criterion but a number and its points."""

from __future__ import annotations

import re

import pytest
from grading import small_lab
from grading.small_lab import find
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output
from nbgrader.coursedir import CourseDirectory

from autograder.grading.converting import GenerateFeedbackCarefully
from autograder.grading.feedback import criteria_table_html, for_students
from autograder.grading.verdicts import CellVerdicts, Evidence, Verdict

OPEN = Verdict("its colour is blue", 1.0, "failed", "m", "blue <b>", "red", "the ConfigMap's data")
HIDDEN = Verdict(
    "its secret size is seven",
    1.0,
    "failed",
    message="secret message",
    expected="secret seven",
    found="secret eight",
    next_step="secret step",
    evidence=(Evidence("object", "secret name", "secret text"),),
    hidden=True,
)
CELLS = {
    "check-settings": CellVerdicts("check-settings", 4.0, (OPEN, HIDDEN)),
    "check-more": CellVerdicts("check-more", 2.0, (HIDDEN,)),
}


@pytest.fixture
def graded() -> NotebookNode:
    """An executed notebook in which the grader said everything it could."""
    notebook = small_lab.source_notebook()
    find(notebook, "make-settings").outputs = [new_output("stream", text="a student's line")]
    find(notebook, "check-settings").outputs = [
        new_output("display_data", data={"text/html": criteria_table_html([HIDDEN], show_hidden=True)}),
        new_output("stream", name="stderr", text="secret warning"),
        new_output("error", ename="E", evalue="secret", traceback=["line 1: secret size"]),
        new_output("execute_result", data={"text/plain": "secret 3.0"}, execution_count=1),
    ]
    return notebook


def test_of_a_hidden_criterion_only_a_number_and_points_are_left(graded: NotebookNode) -> None:
    for_students(graded, CELLS)
    assert "secret" not in str(graded)
    table = find(graded, "check-settings").outputs[0].data["text/html"]
    assert "Hidden check 1" in table
    assert "0 / 1" in table
    assert "HIDDEN TESTS" not in str(graded)


def test_hidden_checks_are_numbered_through_the_lab(graded: NotebookNode) -> None:
    for_students(graded, CELLS)
    assert "Hidden check 2" in find(graded, "check-more").outputs[0].data["text/html"]


def test_a_criterion_that_can_be_seen_is_explained_and_escaped(graded: NotebookNode) -> None:
    for_students(graded, CELLS)
    table = find(graded, "check-settings").outputs[0].data["text/html"]
    assert "its colour is blue" in table
    assert "blue &lt;b&gt;" in table
    assert "the ConfigMap&#x27;s data" in table


def test_a_students_own_outputs_stay(graded: NotebookNode) -> None:
    for_students(graded, CELLS)
    assert find(graded, "make-settings").outputs[0].text == "a student's line"


def test_without_verdicts_on_file_nothing_of_the_graders_is_shown(graded: NotebookNode) -> None:
    for_students(graded, {})
    assert "secret" not in str(graded)
    assert "no verdicts on file" in find(graded, "check-settings").outputs[0].data["text/html"]


def test_a_region_that_is_never_closed_hides_the_rest(graded: NotebookNode) -> None:
    cell = find(graded, "check-settings")
    cell.source = cell.source.replace("### END HIDDEN TESTS", "")
    for_students(graded, CELLS)
    assert "secret" not in cell.source


def test_an_instructor_sees_hidden_criteria_like_others() -> None:
    table = criteria_table_html([HIDDEN], show_hidden=True)
    assert "its secret size is seven" in table
    assert "secret eight" in table


def test_the_page_fetches_and_runs_nothing_is_dark_by_night_and_shows_what_opens(graded: NotebookNode) -> None:
    for_students(graded, CELLS)
    graded.cells.append(new_markdown_cell("<details><summary>Hint 1</summary>a secret of ours</details>"))
    for cell in graded.cells:
        cell.metadata.setdefault("nbgrader", {}).update(score=0, points=1)
    exporter = HTMLExporter(config=GenerateFeedbackCarefully(coursedir=CourseDirectory()).config)
    named = {"notebook": "lab", "score": 0, "max_score": 6, "late_penalty": 0}
    page, _ = exporter.from_notebook_node(graded, {"nbgrader": named, "metadata": {"name": "lab"}})

    assert "<script" not in page
    assert not re.findall(r"""(?:src|href)=["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import""", page)
    assert "prefers-color-scheme: dark" in page
    assert re.search(r"summary \{\s*display: list-item", page)
    assert "Score: 0.0 / 6.0" in page, "it is nbgrader's own page"
    assert "#008000" in page, "code is coloured"
