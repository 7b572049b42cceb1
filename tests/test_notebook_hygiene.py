"""Notebooks are committed valid, clean, and free of the machine they were made on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = sorted([*ROOT.glob("source/*/*.ipynb"), *ROOT.glob("release/*/*.ipynb")])
HOME = re.compile(r"/(?:root|home/\w+|Users/\w+|work|tmp)/")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_notebooks_to_look_at() -> None:
    assert {path.parent.parent.name for path in NOTEBOOKS} == {"source", "release"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_is_valid_and_runs_in_the_standard_kernel(path: Path) -> None:
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)

    assert notebook.metadata.kernelspec.name == "python3"
    ids = [cell.id for cell in notebook.cells]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_has_neither_outputs_nor_execution_counts(path: Path) -> None:
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
        if cell.cell_type == "code":
            assert not cell.outputs, f"cell {number} has outputs"
            assert cell.execution_count is None, f"cell {number} has an execution count"
        transient = cell.metadata.keys() & {"execution", "ExecuteTime", "collapsed", "papermill"}
        assert not transient, f"cell {number} has {transient} in its metadata"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_names_no_path_of_the_machine_it_was_made_on(path: Path) -> None:
    assert HOME.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_a_notebook_is_stored_so_that_a_change_is_a_small_diff(path: Path) -> None:
    words = path.read_text(encoding="utf-8")

    assert words == json.dumps(json.loads(words), indent=1, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=name)
def test_graded_cells_have_ids_of_their_own(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    graded = [cell.metadata.nbgrader.grade_id for cell in cells if "nbgrader" in cell.metadata]

    assert graded
    assert len(graded) == len(set(graded))
