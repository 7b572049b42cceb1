"""A check cell's criteria, read from its source without running it.

Grading needs to know which criteria a cell declares, also when it never reached them, and which of them are
hidden. Proving needs the same cell with one criterion that always passes, and others that are somewhat weaker. Both are
why points and sentence must be literals.
"""

from __future__ import annotations

import ast
import math
import threading
from dataclasses import dataclass
from functools import lru_cache

from autograder.errors import GradingError

BEGIN_HIDDEN = "### BEGIN HIDDEN TESTS"
END_HIDDEN = "### END HIDDEN TESTS"
_PARSING = threading.Lock()
_TRIES = 20


@dataclass(frozen=True)
class Declared:
    """One criterion, as its cell declares it."""

    points: float
    """what it is worth"""
    sentence: str
    """what the student reads"""
    hidden: bool
    """whether students do not get to see it"""
    line: int
    """where its `with` stands, counted from 1"""


def declared_criteria(source: str) -> list[Declared]:
    """The criteria of a check cell, in order.

    Raises:
        GradingError: the cell is not Python, or a criterion's points or sentence are not literals.
    """
    return list(_declared(source))


@lru_cache(maxsize=512)
def _declared(source: str) -> tuple[Declared, ...]:
    hidden = _hidden_lines(source)
    return tuple(
        Declared(*_literals(call), hidden=node.lineno in hidden, line=node.lineno) for node, call in _criteria(source)
    )


def ends_in_points(source: str) -> bool:
    """Whether the last thing that a check cell does, outside every block, is `lab.points()`.

    Raises:
        GradingError: the cell is not Python.
    """
    body = tree_of(source).body
    last = body[-1].value if body and isinstance(body[-1], ast.Expr) else None
    return isinstance(last, ast.Call) and _is_called(last.func, "points")


def with_criterion_always_passing(source: str, index: int) -> str:
    """The same cell with the body of criterion `index` (from 0) replaced by `pass`; all other lines keep their place.

    Raises:
        IndexError: there is no such criterion.
    """
    node, _ = _criteria(source)[index]
    lines = source.split("\n")
    first, last = node.body[0], node.body[-1]
    end = last.end_lineno or last.lineno
    if first.lineno == node.items[-1].context_expr.end_lineno:  # `with …: body` on one line
        head = lines[first.lineno - 1].encode()[: first.col_offset].decode()
    else:
        head = " " * first.col_offset
    lines[first.lineno - 1 : end] = [f"{head}pass"] + [""] * (end - first.lineno)
    return "\n".join(lines)


def _criteria(source: str) -> list[tuple[ast.With, ast.Call]]:
    return criteria_in(tree_of(source))


def criteria_in(tree: ast.Module) -> list[tuple[ast.With, ast.Call]]:
    """The criteria of a check cell's tree, as `declared_criteria` counts them: their blocks, and what declares them."""
    found = [
        (node, item.context_expr)
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        for item in node.items
        if isinstance(item.context_expr, ast.Call) and _is_called(item.context_expr.func, "criterion")
    ]
    return sorted(found, key=lambda pair: pair[0].lineno)


def tree_of(source: str) -> ast.Module:
    """A check cell's tree; its lines are the source's.

    Raises:
        GradingError: the cell is not Python.
    """
    try:
        return parsed(_without_magics(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise GradingError(f"a check cell is not Python: {error}") from error


def parsed(source: str) -> ast.Module:
    """Python's syntax tree of a source, also where several threads ask at once.

    CPython 3.11 counts how deep a tree is in a place that all threads share (python/cpython#106905): a second one
    that makes one meanwhile gets a SystemError. A lock keeps our own threads apart. Whoever formats a traceback
    parses a line as well and knows nothing of the lock, so that error means *again* and nothing else.
    """
    with _PARSING:
        for _ in range(_TRIES):
            try:
                return ast.parse(source)
            except SystemError:
                continue
        return ast.parse(source)


def _is_called(function: ast.expr, name: str) -> bool:
    return (isinstance(function, ast.Attribute) and function.attr == name) or (
        isinstance(function, ast.Name) and function.id == name
    )


def _literals(call: ast.Call) -> tuple[float, str]:
    names = {keyword.arg: keyword.value for keyword in call.keywords}
    given = [*call.args, *(names[name] for name in ("points", "sentence")[len(call.args) :] if name in names)]
    try:
        points, sentence = (ast.literal_eval(argument) for argument in given)  # of a tree: nothing is parsed
    except (ValueError, TypeError, RecursionError) as error:
        raise GradingError(
            f"line {call.lineno}: the points and the sentence of a criterion must be literals",
            next_step='write lab.criterion(2, "what is true of a right answer")',
        ) from error
    problem = problem_with(points, sentence)
    if problem:
        raise GradingError(f"line {call.lineno}: {problem}")
    return float(points), sentence


def problem_with(points: object, sentence: object) -> str:
    """What is wrong with a criterion's points or sentence; '' if nothing is."""
    if isinstance(points, bool) or not isinstance(points, int | float) or not math.isfinite(points) or points <= 0:
        return f"the points of a criterion are {points!r} and must be a number above 0"
    if not isinstance(sentence, str) or not sentence.strip():
        return "a criterion's sentence must be text"
    return ""


def _hidden_lines(source: str) -> set[int]:
    hidden, inside = set(), False
    for number, line in enumerate(source.split("\n"), start=1):
        # nbgrader looks for the marks anywhere in a line, so that is what hides.
        if BEGIN_HIDDEN in line:
            inside = True
        elif END_HIDDEN in line:
            inside = False
        elif inside:
            hidden.add(number)
    return hidden


def _without_magics(source: str) -> str:
    """Lines that only IPython understands become comments, so that the rest can be parsed."""
    lines = source.split("\n")
    return "\n".join(f"# {line}" if line.startswith(("%", "!")) else line for line in lines)
