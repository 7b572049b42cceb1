"""Any file can be called .ipynb: it is read, or refused with a sentence, and never stops a batch."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest
from grading import small_lab

from autograder.errors import GradingError
from autograder.grading.reading import read_notebook


def written(folder: Path, content: object) -> Path:
    path = folder / "lab.ipynb"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


def notebook(*cells: object, **changes: object) -> dict[str, object]:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **changes}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[]", "is JSON, but not a notebook"),
        ("[" * 100_000, "is nested too deeply|is not JSON"),
        (notebook(nbformat=5), "says nbformat 5"),
        (notebook(nbformat="4" * 999), "says nbformat 44444444444444444444$|says nbformat 4444"),
        (notebook(cells=None), "has no list of cells"),
        (notebook("x"), "something else than a cell at position 1"),
        (notebook({"cell_type": "code", "source": 7}), "a cell without text at position 1"),
        (notebook(*[{}] * 2001), "has 2001 cells"),
        ({"nbformat": 3, "worksheets": 7}, "cannot be converted"),
    ],
)
def test_what_is_no_notebook_is_refused_in_a_sentence(tmp_path: Path, content: object, complaint: str) -> None:
    with pytest.raises(GradingError, match=complaint):
        read_notebook(written(tmp_path, content))


def test_text_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lab.ipynb"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(GradingError, match="UTF-8"):
        read_notebook(path)


def test_a_large_file_is_not_opened(tmp_path: Path) -> None:
    path = written(tmp_path, notebook({"source": "x" * 2**20}))
    with pytest.raises(GradingError, match="MiB large"):
        read_notebook(path, max_mib=1)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    target = written(tmp_path, notebook())
    link = tmp_path / "link.ipynb"
    link.symlink_to(target)
    with pytest.raises(GradingError, match="a file of its own"):
        read_notebook(link)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lab.ipynb")
    with pytest.raises(GradingError, match="not a regular file"):
        read_notebook(tmp_path / "lab.ipynb")


@pytest.mark.parametrize(
    "cell",
    [
        {},
        {"cell_type": "code"},
        {"cell_type": "unheard of", "source": "x"},
        {"cell_type": "code", "source": ["a\n", "b"], "metadata": None, "outputs": "all of them"},
        {"cell_type": "code", "source": "x", "metadata": {"tags": 7, "nbgrader": "yes", "jupyter": []}},
        {"cell_type": "code", "source": "x", "metadata": {"tags": ["a,b", ""]}, "id": "?!"},
        {"cell_type": "markdown", "source": "x", "attachments": {"a": 7}},
        {"cell_type": "code", "source": "\ud800"},
    ],
)
def test_a_sloppy_cell_becomes_a_valid_one(tmp_path: Path, cell: dict[str, object]) -> None:
    read = read_notebook(written(tmp_path, notebook(cell)))
    nbformat.validate(read)
    nbformat.writes(read).encode()
    assert len(read.cells) == 1


def test_outputs_are_left_behind(tmp_path: Path) -> None:
    source = small_lab.source_notebook()
    source.cells[1].outputs = [nbformat.v4.new_output("stream", text="x" * 1000)]
    path = tmp_path / "lab.ipynb"
    nbformat.write(source, path)
    read = read_notebook(path)
    assert read.cells[1].outputs == []
    assert [cell.source for cell in read.cells] == [cell.source for cell in source.cells]
    assert read.cells[1].metadata["tags"] == ["parameters"]


def test_a_notebook_of_format_3_is_read(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "input": "print(1)", "outputs": [], "language": "python", "metadata": {}}
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]}
    assert [cell.source for cell in read_notebook(written(tmp_path, old)).cells] == ["print(1)"]
