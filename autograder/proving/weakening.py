"""Small ways in which a check cell could have been written more weakly: the edits that mutants are made of.

Worked out on the syntax tree and made on the text, so that all other lines stay as they are. Code within an f-string is
left alone: its place in the text is not known before Python 3.12.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["always passes", "statement removed", "threshold", "entry dropped", "and, or"]

_FLOORS = ("at_least", "ready", "complete")
_CEILINGS = ("at_most",)
_LISTS = ("allow", "deny", "among", "apart_from", "core")
_LESS_IS_STRICTER = (("only_rights", "allow"), ("only_rights", "apart_from"))
"""Where an entry is an exception, dropping it takes nothing from what is asked."""
_JUDGE_NOTHING = ("points", "holds")
"""Verbs of `lab` that fail nothing by themselves."""
_WEAKER: Mapping[type[ast.cmpop], int] = {ast.GtE: -1, ast.Gt: -1, ast.LtE: 1, ast.Lt: 1}
"""What is added to a bound on the right of each, to let more pass."""


@dataclass(frozen=True)
class Edit:
    """One change to a check cell's text."""

    kind: Kind
    """What is done."""
    says: str
    """What becomes of what, in a few words."""
    node: ast.stmt | ast.expr
    """What is replaced."""
    text: str
    """What stands in its place."""
    perhaps_stricter: bool = False
    """Whether it may ask for more instead of less, so that a right answer is who notices."""

    def made_in(self, source: str) -> str:
        """The cell, changed so."""
        lines = source.encode().split(b"\n")  # a tree counts columns in bytes
        first, last = self.node.lineno - 1, (self.node.end_lineno or self.node.lineno) - 1
        before = lines[first][: self.node.col_offset]
        after = lines[last][self.node.end_col_offset :]
        lines[first : last + 1] = [before + self.text.encode() + after]
        return b"\n".join(lines).decode()


@dataclass(frozen=True)
class Definitions:
    """What a check cell defines for its criteria to use."""

    statements: Mapping[str, ast.stmt]
    """Functions and values at the top of the cell, by name."""

    @classmethod
    def of(cls, tree: ast.Module) -> Definitions:
        found: dict[str, ast.stmt] = {}
        for statement in tree.body:
            if isinstance(statement, ast.FunctionDef):
                found[statement.name] = statement
            elif isinstance(statement, ast.Assign):
                found |= {target.id: statement for target in statement.targets if isinstance(target, ast.Name)}
        return cls(found)

    def used_in(self, node: ast.AST) -> set[str]:
        """The names of those that are needed for it, directly or through others."""
        found: set[str] = set()
        waiting = [node]
        while waiting:
            names = {each.id for each in ast.walk(waiting.pop()) if isinstance(each, ast.Name)}
            new = (names & self.statements.keys()) - found
            found |= new
            waiting += [self.statements[name] for name in new]
        return found

    def floors(self, function: str) -> set[str]:
        """Which of a function's parameters it hands on as the least that must be there."""
        defined = self.statements.get(function)
        return {
            keyword.value.id
            for call in _calls(defined)
            for keyword in call.keywords
            if keyword.arg in _FLOORS and isinstance(keyword.value, ast.Name)
        }

    def parameters(self, function: str) -> list[str]:
        defined = self.statements.get(function)
        return [each.arg for each in defined.args.args] if isinstance(defined, ast.FunctionDef) else []


def edits_in(region: ast.stmt, definitions: Definitions) -> Iterator[Edit]:
    """All of them in a criterion's block, or in a function or value that criteria use, in the order they stand."""
    failing = _failing(region)
    for node in _nodes(region):
        if isinstance(node, ast.Expr):
            yield from _statement(node, region, definitions)
        elif isinstance(node, ast.Call):
            yield from _bounds(node, definitions)
            yield from _entries(node)
        elif isinstance(node, ast.Compare):
            yield from _comparison(node, -1 if node in failing else 1)
        elif isinstance(node, ast.BoolOp):
            yield from _connective(node)


def entries_of(name: str, defined: ast.stmt, users: Sequence[ast.AST]) -> Iterator[Edit]:
    """Entries dropped from a value that calls are given as a list of what is allowed or denied."""
    uses = [
        (_verb(call), keyword.arg)
        for user in users
        for call in _calls(user)
        for keyword in call.keywords
        if keyword.arg in _LISTS and name in {each.id for each in ast.walk(keyword.value) if isinstance(each, ast.Name)}
    ]
    if uses and isinstance(defined, ast.Assign):
        for node in _nodes(defined):
            if isinstance(node, ast.List | ast.Tuple | ast.Set):
                yield from _dropped(node, any(use in _LESS_IS_STRICTER for use in uses))


def _statement(node: ast.Expr, region: ast.stmt, definitions: Definitions) -> Iterator[Edit]:
    """A call that judges, and whose value nobody uses, is left out."""
    if not isinstance(node.value, ast.Call) or (isinstance(region, ast.With) and region.body == [node]):
        return  # the only one of its criterion: without it, that always passes
    verb, of_lab = _verb(node.value), _is_of_lab(node.value.func)
    if (of_lab and verb not in _JUDGE_NOTHING) or (not of_lab and verb in definitions.statements):
        yield Edit("statement removed", f"`{'lab.' if of_lab else ''}{verb}(…)` is left out", node, "pass")


def _bounds(call: ast.Call, definitions: Definitions) -> Iterator[Edit]:
    floors = definitions.floors(_verb(call))
    names = definitions.parameters(_verb(call))
    given = [*zip(names, call.args, strict=False), *((each.arg or "", each.value) for each in call.keywords)]
    for name, value in given:
        if not isinstance(value, ast.Constant) or isinstance(value.value, bool) or not isinstance(value.value, int):
            continue
        if name in _CEILINGS or ((name in _FLOORS or name in floors) and value.value > 0):
            weaker = value.value + (1 if name in _CEILINGS else -1)
            yield Edit("threshold", f"`{name}={value.value}` becomes {weaker}", value, str(weaker))


def _entries(call: ast.Call) -> Iterator[Edit]:
    for keyword in call.keywords:
        if keyword.arg in _LISTS and isinstance(keyword.value, ast.List | ast.Tuple | ast.Set):
            yield from _dropped(keyword.value, (_verb(call), keyword.arg) in _LESS_IS_STRICTER)


def _dropped(node: ast.List | ast.Tuple | ast.Set, perhaps_stricter: bool) -> Iterator[Edit]:
    if len(node.elts) < 2:  # without its only entry it asks nothing at all: that is another mutant
        return
    for number, entry in enumerate(node.elts):
        left = copy.copy(node)
        left.elts = [*node.elts[:number], *node.elts[number + 1 :]]
        yield Edit("entry dropped", f"`{ast.unparse(entry)}` is dropped", node, ast.unparse(left), perhaps_stricter)


def _comparison(node: ast.Compare, sense: int) -> Iterator[Edit]:
    """A bound is moved by one, so that more pass; `sense` is -1 where who meets it fails."""
    sides = [node.left, *node.comparators]
    for operator, left, right in zip(node.ops, sides, sides[1:], strict=False):
        step = sense * _WEAKER.get(type(operator), 0)
        for side, change in ((right, step), (left, -step)):
            if step and isinstance(side, ast.Constant) and type(side.value) is int:
                weaker = side.value + change
                yield Edit(
                    "threshold", f"`{ast.unparse(node)}`: {side.value} becomes {weaker}", side, str(weaker), True
                )


def _failing(region: ast.AST) -> set[ast.AST]:
    """What stands in the conditions under which a criterion fails."""
    conditions = [
        each.test
        for each in ast.walk(region)
        if isinstance(each, ast.If) and any(_verb(call) == "fail" for inner in each.body for call in _calls(inner))
    ]
    return {node for condition in conditions for node in ast.walk(condition)}


def _connective(node: ast.BoolOp) -> Iterator[Edit]:
    """`and` for `or`, and the other way round; `x or []` says what stands for nothing, and decides nothing."""
    if any(isinstance(each, ast.Constant | ast.List | ast.Dict | ast.Tuple) for each in node.values):
        return
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    swapped = ast.unparse(ast.BoolOp(other, node.values))
    words = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    says = f"`{ast.unparse(node)}`: `{words[0]}` becomes `{words[1]}`"
    yield Edit("and, or", says, node, f"({swapped})", perhaps_stricter=True)


def _nodes(region: ast.AST) -> Iterator[ast.AST]:
    """A node and all below it, in the order they are written, without what stands in f-strings."""
    yield region
    for child in ast.iter_child_nodes(region):
        if not isinstance(child, ast.JoinedStr):
            yield from _nodes(child)


def _calls(node: ast.AST | None) -> list[ast.Call]:
    return [each for each in ast.walk(node) if isinstance(each, ast.Call)] if node else []


def _verb(call: ast.Call) -> str:
    """`lab.wait(…)` and `wait(…)` are both `wait`."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _is_of_lab(function: ast.expr) -> bool:
    return isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "lab"
