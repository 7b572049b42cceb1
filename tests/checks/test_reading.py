"""Criteria read from a cell's source, and cells with one criterion that always passes."""

from __future__ import annotations

import ast
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from autograder.checks.reading import Declared, declared_criteria, with_criterion_always_passing
from autograder.errors import GradingError

CELL = """\
from autograder import lab

with lab.criterion(2, "two replicas are ready"):
    lab.wait("deployment/x", ready=2)
    lab.expect(1, equal=1)
### BEGIN HIDDEN TESTS
def helper():
    return 1

with lab.criterion(0.5, "a Pod that dies is replaced"):
    lab.replace("deployment/x")
### END HIDDEN TESTS
with lab.criterion(points=1, sentence="on one line"): lab.get("service/x")
lab.points()
"""


def test_every_criterion_is_read_in_order_with_points_sentence_line_and_whether_it_is_hidden() -> None:
    assert declared_criteria(CELL) == [
        Declared(2.0, "two replicas are ready", False, 3),
        Declared(0.5, "a Pod that dies is replaced", True, 10),
        Declared(1.0, "on one line", False, 13),
    ]


def test_a_cell_without_criteria_declares_none() -> None:
    assert declared_criteria("lab.points()") == []


def test_magics_do_not_keep_a_cell_from_being_read() -> None:
    assert len(declared_criteria("%matplotlib inline\n!ls\n" + CELL)) == 3


@pytest.mark.parametrize(
    "call",
    ['lab.criterion(n, "x")', "lab.criterion(1, name)", 'lab.criterion(1, f"{x}")', 'lab.criterion(0, "x")',
     'lab.criterion(-1, "x")', 'lab.criterion(True, "x")', 'lab.criterion(1, "")', 'lab.criterion("1", "x")',
     "lab.criterion(1)", 'lab.criterion(1, "x", 3)'],
)  # fmt: skip
def test_points_and_sentence_must_be_literals_that_make_sense(call: str) -> None:
    with pytest.raises(GradingError):
        declared_criteria(f"with {call}:\n    pass")


def test_a_cell_that_is_not_python_is_an_error_of_ours() -> None:
    with pytest.raises(GradingError):
        declared_criteria("with lab.criterion(1, 'x'")


@pytest.mark.parametrize("index", [0, 1, 2])
def test_a_mutated_cell_has_the_same_criteria_and_only_the_chosen_body_is_gone(index: int) -> None:
    mutated = with_criterion_always_passing(CELL, index)
    assert declared_criteria(mutated) == declared_criteria(CELL)
    bodies = ["lab.wait", "lab.replace", "lab.get"]
    assert [body in mutated for body in bodies] == [number != index for number in range(3)]
    compile(mutated, "cell", "exec")


def test_there_is_no_fourth_criterion_to_mutate() -> None:
    with pytest.raises(IndexError):
        with_criterion_always_passing(CELL, 3)


def test_threads_read_cells_at_once_whoever_else_parses_meanwhile() -> None:
    """CPython 3.11 raises SystemError where two threads make syntax trees (python/cpython#106905)."""
    sources = [
        "\n".join(f"x{line} = [{line}, ({number}, {{'a': f(b)}})]" for line in range(80)) for number in range(40)
    ]
    over = threading.Event()

    def parse_without_asking() -> None:
        while not over.is_set():
            with suppress(SystemError):
                ast.parse("a.b(c)[1] + d")  # as whoever formats a traceback does

    other = threading.Thread(target=parse_without_asking)
    other.start()
    try:
        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(declared_criteria, sources)) == [[]] * len(sources)
    finally:
        over.set()
        other.join()


def test_a_cell_that_is_nested_too_deeply_is_refused_in_a_sentence() -> None:
    with pytest.raises(GradingError, match="not Python"):
        declared_criteria("(" * 5000 + ")" * 5000)


def test_a_parser_that_another_thread_disturbed_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    parse, disturbed = ast.parse, iter([True, True])

    def parse_disturbed(source: str) -> ast.Module:
        if next(disturbed, False):
            raise SystemError("AST constructor recursion depth mismatch (before=74, after=71)")
        return parse(source)

    monkeypatch.setattr(ast, "parse", parse_disturbed)
    assert declared_criteria('with lab.criterion(1, "it was asked again"):\n    pass')[0].points == 1.0
