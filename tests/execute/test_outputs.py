"""Messages to outputs: what is kept of anything at all."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execute.outputs import VERDICTS, Outputs, clean, verdicts_in


def _cell(*messages: tuple[str, Any], trusted: bool = False) -> NotebookNode:
    cell = new_code_cell("x")
    outputs = Outputs(cell, {}, trusted=trusted)
    for kind, content in messages:
        outputs.add(kind, content)
    outputs.settle()
    return cell


def test_text_on_one_stream_is_one_output() -> None:
    cell = _cell(*(("stream", {"name": "stdout", "text": str(number)}) for number in range(5)))
    assert [output.text for output in cell.outputs] == ["01234"]


@pytest.mark.parametrize(
    "message",
    [
        ("stream", {"name": 5, "text": {"a": "\ud800"}}),
        ("stream", {}),
        ("display_data", {"data": [1]}),
        ("display_data", {"data": {"text/plain": 5, "application/json": {"a": "\ud800"}, "image/png": None}}),
        ("display_data", {"data": {"text/html": ["a", "b", 3]}, "transient": 7}),
        ("execute_result", {"data": {"text/plain": "x"}, "metadata": 5, "execution_count": "no"}),
        ("execute_input", {"execution_count": -5}),
        ("error", {"ename": None, "evalue": 5, "traceback": "no"}),
        ("error", {"traceback": [1, None, "\udfff"]}),
        ("update_display_data", {"data": 3, "transient": {"display_id": [1]}}),
        ("clear_output", {"wait": "x"}),
        ("comm_open", {"data": {}}),
    ],
)
def test_whatever_comes_the_notebook_stays_valid_and_can_be_saved(message: tuple[str, Any]) -> None:
    notebook = new_notebook(cells=[_cell(message)])
    nbformat.validate(notebook)
    json.dumps(notebook, ensure_ascii=False).encode()


def test_our_mime_types_come_from_the_grader_alone() -> None:
    message = ("display_data", {"data": {VERDICTS: {"verdicts": [{"earned": 2}]}, "text/plain": "t"}})
    assert verdicts_in(_cell(message)) == []
    assert verdicts_in(_cell(message, trusted=True)) == [{"earned": 2}]


def test_an_update_reaches_every_place_that_shows_it_and_smuggles_nothing_in() -> None:
    shown = ("display_data", {"data": {"text/plain": "old"}, "transient": {"display_id": "d"}})
    update = {"data": {"text/plain": "new", VERDICTS: {"verdicts": [{}]}}, "transient": {"display_id": "d"}}
    cell = _cell(shown, shown, ("update_display_data", update))
    assert [dict(output.data) for output in cell.outputs] == [{"text/plain": "new"}] * 2


def test_clearing_can_wait_for_the_next_output() -> None:
    text = ("stream", {"name": "stdout", "text": "a"})
    assert _cell(text, ("clear_output", {"wait": False})).outputs == []
    assert len(_cell(text, ("clear_output", {"wait": True})).outputs) == 1
    assert _cell(text, ("clear_output", {"wait": True}), text).outputs[0].text == "a"


def test_what_is_nested_without_end_is_cut() -> None:
    deep: dict[str, Any] = {}
    innermost = deep
    for _ in range(500):
        innermost["a"] = {}
        innermost = innermost["a"]
    assert len(json.dumps(clean(deep))) < 500
