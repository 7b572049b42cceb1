"""An answer's file → the answer; tests/answers/README.md describes the format. The lab is not asked: `fitting` does."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import cast

from autograder.checks.reading import parsed
from autograder.errors import GradingError
from autograder.proving.answers import Answer, How, Kind, Part
from autograder.proving.patching import Hunk

_MARKER = re.compile(r"# %% (cell|change|before|after|file|change file): (\S+)\s*")
_LIKE_A_MARKER = "# %%"
_VERBATIM = re.compile(r"^#\| ?", re.MULTILINE)
_HUNK_LINE = re.compile(r"#([-+])(?: (.*))?")
_NEVER_AN_ANSWERS = ("timestamp.txt", "submission_secret.txt")
"""What nbgrader puts beside a submission."""


def read_answer(path: Path, kind: Kind = "other") -> Answer:
    """One answer file.

    Args:
        path: its name without the ending is the answer's.
        kind: what it claims to be.

    Raises:
        GradingError: it is not written as tests/answers/README.md says.
    """
    file = path.name if kind == "other" else f"{kind}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise _unfit(file, f"is no text: {error}") from error
    head, parts = _taken_apart(text, file)
    try:
        tree = parsed(head)
    except (SyntaxError, ValueError) as error:
        raise _unfit(file, f"is not Python before its first cell: {error}") from error
    says = (ast.get_docstring(tree) or "").strip().partition("\n")[0]
    if not says:
        raise _unfit(file, "does not say what it is", expected="a docstring at the top")
    _require_one_meaning(parts, file)
    return Answer(path.stem, kind, says, tuple(parts), _losses(tree, file, kind))


def _taken_apart(text: str, file: str) -> tuple[str, list[Part]]:
    """What stands before the first marker, and the parts."""
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith(_LIKE_A_MARKER)]
    parts = []
    for start, end in pairwise([*starts, len(lines)]):
        marker = _MARKER.fullmatch(lines[start])
        if marker is None:
            raise _unfit(
                f"{file}, line {start + 1}:",
                f"“{lines[start]}” is no marker",
                expected="# %% cell: GRADE_ID, or change, before, after, file, change file",
            )
        parts.append(_part(cast("How", marker[1]), marker[2], start + 1, lines[start + 1 : end], file))
    return "\n".join(lines[: starts[0]] if starts else lines), parts


def _part(how: How, name: str, line: int, body: Sequence[str], file: str) -> Part:
    if how in ("file", "change file"):
        _require_below_the_lab(name, f"{file}, line {line}:")
    if how in ("change", "change file"):
        return Part(how, name, line, hunks=_hunks(body, line + 1, f"{file}, line"))
    text = _VERBATIM.sub("", "\n".join(body).strip("\n"))
    return Part(how, name, line, f"{text}\n" if how == "file" and text else text)


def _hunks(body: Sequence[str], first: int, at: str) -> tuple[Hunk, ...]:
    """The hunks of a change: old lines, then new ones; an empty line or the next old one ends it."""
    hunks: list[Hunk] = []
    line, old, new = 0, [], []  # type: ignore[var-annotated]
    for number, text in enumerate([*body, ""], start=first):
        found = _HUNK_LINE.fullmatch(text)
        if found is None and text.strip():
            raise _unfit(f"{at} {number}:", f"“{text}” is no line of a change", expected="`#- old line`, `#+ new line`")
        if old and (found is None or (found[1] == "-" and new)):
            hunks.append(Hunk(line, tuple(old), tuple(new)))
            old, new = [], []
        if found is None:
            continue
        if found[1] == "-":
            line = line if old else number
            old.append(found[2] or "")
        elif not old:
            raise _unfit(
                f"{at} {number}:",
                f"“{text}” is added without saying where",
                expected="the line it replaces before it, after `#-`",
                next_step="repeat a line that stands there, as `#-` and as `#+`; or begin with `# %% before: …`",
            )
        else:
            new.append(found[2] or "")
    if not hunks:
        raise _unfit(f"{at} {first - 1}:", "nothing is changed", expected="`#- old line` and `#+ new line` below")
    return tuple(hunks)


def _require_below_the_lab(name: str, at: str) -> None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name or name == ".":
        raise _unfit(at, f"“{name}” is not below the lab's folder", expected="a plain name, or folder/name")
    if path.suffix.lower() == ".ipynb" or name in _NEVER_AN_ANSWERS:
        raise _unfit(at, f"“{name}” is nothing that an answer brings", expected="a file beside the notebook")


def _require_one_meaning(parts: Sequence[Part], file: str) -> None:
    """Of a cell or file, all of it is given once, or each kind of change to it at most once."""
    seen: dict[tuple[bool, str], list[How]] = {}
    for part in parts:
        what = "file" if part.of_a_file else "cell"
        before = seen.setdefault((part.of_a_file, part.name), [])
        if part.how in before:
            raise _unfit(f"{file}, line {part.line}:", f"the same {what} twice: {part.how} {part.name}")
        if before and what in (part.how, *before):
            raise _unfit(
                f"{file}, line {part.line}:",
                f"the {what} {part.name} is both replaced and changed",
                expected="one or the other",
                next_step=f"write all of it below `# %% {what}: {part.name}`, or none of it",
            )
        before.append(part.how)


def _losses(tree: ast.Module, file: str, kind: Kind) -> tuple[str, ...]:
    found: tuple[str, ...] | None = None
    for node in tree.body:
        if isinstance(node, ast.Assign) and _is_name(node.targets[0], "LOSES"):
            try:
                found = tuple(str(each) for each in ast.literal_eval(node.value))
            except (ValueError, TypeError) as error:
                raise _unfit(file, "has a LOSES that is not a list of sentences") from error
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            raise _unfit(file, f"has other code before its first cell, in line {node.lineno}")
    if kind == "wrong" and not found:
        raise _unfit(file, "does not say what it loses", expected='LOSES = ["sentence", …]')
    if kind == "right" and found is not None:
        raise _unfit(file, "says what it loses", expected="a right answer, which loses nothing")
    return found or ()


def _is_name(target: ast.expr, name: str) -> bool:
    return isinstance(target, ast.Name) and target.id == name


def _unfit(
    where: str,
    found: str,
    *,
    expected: str = "an answer",
    next_step: str = "tests/answers/README.md shows how one is written",
) -> GradingError:
    return GradingError(f"{where} {found}", expected=expected, next_step=next_step)
