"""Nothing of a student's runs in the browser of whoever grades by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from grading import small_lab
from grading.small_lab import LAB, find
from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

from autograder.grading.disarming import Disarm
from autograder.grading.submission import RESOURCE, Submission

TABLE = '<table style="x"><tr><td onclick="evil()">1</td></tr></table>'


@pytest.fixture
def resources(tmp_path: Path) -> dict[str, Submission]:
    source = small_lab.write_source(tmp_path)
    return {RESOURCE: Submission(LAB, "eve", LAB, tmp_path, tmp_path, source, tmp_path, "")}


@pytest.mark.parametrize(
    "mime", ["text/html", "image/svg+xml", "application/javascript", "text/markdown", "text/latex"]
)
def test_an_output_loses_what_would_run(resources: dict[str, Submission], mime: str) -> None:
    notebook = small_lab.source_notebook()
    data = {mime: "<script>evil()</script><img src=x onerror=evil()>", "text/plain": "plain"}
    find(notebook, "make-settings").outputs = [new_output("display_data", data=data)]
    Disarm().preprocess(notebook, resources)
    (output,) = find(notebook, "make-settings").outputs
    assert output.data["text/plain"] == "plain"
    assert "<script" not in str(output)
    assert "onerror" not in str(output)


def test_a_table_stays_a_table(resources: dict[str, Submission]) -> None:
    notebook = small_lab.source_notebook()
    find(notebook, "make-settings").outputs = [new_output("display_data", data={"text/html": TABLE})]
    Disarm().preprocess(notebook, resources)
    shown = find(notebook, "make-settings").outputs[0].data["text/html"]
    assert shown == "<table><tbody><tr><td>1</td></tr></tbody></table>"


@pytest.mark.parametrize("make", [new_markdown_cell, new_raw_cell])
def test_a_text_cell_loses_what_would_run(resources: dict[str, Submission], make) -> None:
    notebook = small_lab.source_notebook()
    notebook.cells.append(make("**mine** <script>evil()</script>"))
    Disarm().preprocess(notebook, resources)
    assert notebook.cells[-1].source == "**mine** evil()"


def test_what_is_the_labs_own_stays_as_it_is(resources: dict[str, Submission]) -> None:
    notebook = small_lab.source_notebook()
    own = new_output("display_data", data={"text/html": TABLE})
    find(notebook, "check-settings").outputs = [own]
    before = [cell.source for cell in notebook.cells]
    Disarm().preprocess(notebook, resources)
    assert [cell.source for cell in notebook.cells] == before
    assert find(notebook, "check-settings").outputs[0].data["text/html"] == TABLE
