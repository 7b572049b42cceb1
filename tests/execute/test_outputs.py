"""Messages to outputs: what is kept of anything at all."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execute.outputs import VERDICTS, Outputs, Store, clean, verdicts_in


def _cell(*messages: tuple[str, Any], trusted: bool = False) -> NotebookNode:
    cell = new_code_cell("x")
    outputs = Outputs(cell, Store(), trusted=trusted)
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


def _anything(chance: random.Random, depth: int = 0) -> Any:
    """Something that JSON can carry; the odd kinds more often than the plain ones."""
    odd = ["", "\ud800", "application/json", "x\n" * 50, "\x00\x1b[2J", "a" * 5000, "application/vnd.autograder.x+json"]
    plain: list[Any] = [None, True, False, 0, -1, 2**70, 1.5, float("nan"), float("inf"), *odd]
    if depth > 3 or chance.random() < 0.6:
        return chance.choice(plain)
    if chance.random() < 0.5:
        return [_anything(chance, depth + 1) for _ in range(chance.randrange(5))]
    return {str(_anything(chance, 9)): _anything(chance, depth + 1) for _ in range(chance.randrange(5))}


def _message(chance: random.Random) -> tuple[str, Any]:
    mimes = ["text/plain", "application/json", "x/json", "json", "application/x+json", "application/jsonjson", "a\nb"]
    mimes += [
        "application/json\n",
        "text/html+json",
        "APPLICATION/JSON",
        "application/vnd.x.v2+json",
        "",
        "/",
        "é/json",
    ]
    kinds = [
        "stream",
        "display_data",
        "execute_result",
        "error",
        "update_display_data",
        "clear_output",
        "execute_input",
    ]
    content = {
        name: _anything(chance)
        for name in ("name", "text", "data", "metadata", "execution_count", "ename", "evalue", "traceback", "transient")
        if chance.random() < 0.8
    }
    if chance.random() < 0.8:
        content["data"] = {chance.choice(mimes): _anything(chance) for _ in range(chance.randrange(4))}
    if chance.random() < 0.7:
        content["transient"] = {"display_id": chance.choice(["a", "b", "c"])}
    return chance.choice(kinds), content


@pytest.mark.parametrize("seed", range(60))
def test_nothing_that_a_kernel_may_say_makes_the_notebook_invalid_or_raises(seed: int) -> None:
    chance = random.Random(seed)
    notebook = new_notebook(cells=[_cell(*(_message(chance) for _ in range(60)))])
    nbformat.validate(notebook)
    written = nbformat.writes(notebook)
    assert "NaN" not in written
    assert "Infinity" not in written
    assert nbformat.validate(nbformat.reads(written, as_version=4)) is None
    written.encode()


@pytest.mark.parametrize("mime", ["x/json", "json", "text/html+json", "application/JSON", "image/x+json"])
def test_what_only_ends_in_json_is_text(mime: str) -> None:
    cell = _cell(("display_data", {"data": {mime: {"a": [1]}, "text/plain": "kept"}}))
    nbformat.validate(new_notebook(cells=[cell]))
    assert cell.outputs[0].data["text/plain"] == "kept"


def test_a_number_nested_deeper_than_python_can_say_is_no_end() -> None:
    deep: Any = "x"
    for _ in range(900):
        deep = {"a": deep}
    cell = _cell(("stream", {"text": deep}), ("display_data", {"data": {"text/plain": deep, "application/json": deep}}))
    nbformat.validate(new_notebook(cells=[cell]))


def _flood(kind: str, number: int) -> Iterator[tuple[str, Any]]:
    """About a megabyte of messages that would be much more in a notebook."""
    match kind:
        case "one update of three hundred displays":
            for _ in range(300):
                yield "display_data", {"data": {"text/plain": ""}, "transient": {"display_id": "d"}}
            yield "update_display_data", {"data": {"text/plain": "x" * 2**20}, "transient": {"display_id": "d"}}
        case "a line each":
            yield "stream", {"text": "\n" * 2**20}
        case "empty lists":
            yield "display_data", {"data": {"application/json": [[]] * 2**17}}
        case "empty lists, deep":
            value: Any = [[]] * 2**16
            for _ in range(30):
                value = [value]
            yield "display_data", {"data": {"application/json": value}}
        case "two streams in turn":
            for number in range(30_000):
                yield "stream", {"name": ("stdout", "stderr")[number % 2], "text": "x"}
        case "control characters":
            yield "stream", {"text": "\x01" * 2**20}
        case "many types":
            yield "display_data", {"data": {f"x/{number}": "" for number in range(50_000)}}
        case "a traceback":
            yield "error", {"ename": "E" * 2**18, "evalue": "v" * 2**18, "traceback": [""] * 2**18}
        case "errors without end":
            for _ in range(3_000):
                yield "error", {"ename": "E", "evalue": "v", "traceback": [""] * 60}


FLOODS = [
    "one update of three hundred displays",
    "a line each",
    "empty lists",
    "empty lists, deep",
    "two streams in turn",
    "control characters",
    "many types",
    "a traceback",
    "errors without end",
]


@pytest.mark.parametrize("kind", FLOODS)
def test_what_is_kept_is_bounded_as_it_is_written(kind: str) -> None:
    store = Store(notebook_bytes=3 * 2**20, cell_bytes=2**20)
    cells, cut = [], False
    for number in range(6):
        cell = new_code_cell("x")
        outputs = Outputs(cell, store, trusted=False)
        for message in _flood(kind, number):
            outputs.add(*message)
        outputs.settle()
        cut = cut or outputs.cut
        cells.append(cell)
    notebook = new_notebook(cells=cells)
    nbformat.validate(notebook)
    assert max(len(nbformat.writes(new_notebook(cells=[cell]))) for cell in cells) < 1.6 * 2**20
    assert len(nbformat.writes(notebook)) < 4.5 * 2**20
    assert cut or kind in ("a traceback", "many types")


def test_room_is_given_back_by_clearing_and_an_error_is_always_kept() -> None:
    store = Store(notebook_bytes=100_000, cell_bytes=100_000)
    cell = new_code_cell("x")
    outputs = Outputs(cell, store, trusted=False)
    for _ in range(100):
        outputs.add("display_data", {"data": {"text/plain": "x" * 50_000}, "transient": {"display_id": "d"}})
        outputs.add("clear_output", {"wait": True})
    assert (outputs.cut, len(cell.outputs)) == (False, 1)
    outputs.add("stream", {"text": "y" * 1_000_000})
    outputs.add("error", {"ename": "ValueError", "evalue": "here", "traceback": []})
    outputs.settle()
    assert outputs.cut
    assert cell.outputs[-1].evalue == "here"
    assert store.stored_bytes < 110_000
