"""Changes some lines of a text and leaves the others: how an answer says what it does otherwise than the reference.

A change is found by the lines it replaces and not by their numbers, so that it still fits, or is said not to, after the
reference was changed elsewhere. Indentation is the reference's own: an answer is read without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from autograder.errors import GradingError


@dataclass(frozen=True)
class Hunk:
    """Some lines that stand together, and what is put in their place."""

    line: int
    """Where it begins in the answer's file, counted from 1."""
    old: tuple[str, ...]
    """At least one."""
    new: tuple[str, ...]
    """None where the lines are deleted."""


def patched(text: str, hunks: Sequence[Hunk], *, file: str, what: str) -> str:
    """The text with every hunk's lines replaced.

    Args:
        file: the answer's, for errors.
        what: what the text is, for errors, like “the reference's cell serve-service”.

    Raises:
        GradingError: a hunk fits nowhere, or in several places, or two want the same line.
    """
    lines = text.split("\n")
    placed = sorted(((_place(lines, hunk, file, what), hunk) for hunk in hunks), key=lambda pair: pair[0])
    for (start, before), (following, hunk) in pairwise(placed):
        if start + len(before.old) > following:
            raise GradingError(
                f"{file}, line {hunk.line}: “{hunk.old[0].strip()}” is changed in line {before.line} already",
                expected=f"every line of {what} in one hunk",
                next_step="make one hunk of the two",
            )
    for start, hunk in reversed(placed):
        lines[start : start + len(hunk.old)] = _indented(lines[start : start + len(hunk.old)], hunk, file)
    return "\n".join(lines)


def _place(lines: list[str], hunk: Hunk, file: str, what: str) -> int:
    """The index of the line that the hunk begins at."""
    here, wanted = [line.strip() for line in lines], [line.strip() for line in hunk.old]
    fits = [at for at in range(len(here)) if here[at : at + len(wanted)] == wanted]
    if len(fits) == 1:
        return fits[0]
    if fits:
        raise GradingError(
            f"{file}, line {hunk.line}: “{wanted[0]}” stands {len(fits)} times in {what}, "
            f"in lines {', '.join(str(at + 1) for at in fits)}",
            expected="lines that stand there together exactly once",
            next_step="add lines around it, as `#-` and again as `#+`, until there is one place it can mean",
        )
    known = max(_fitting(here[at:], wanted) for at in range(len(here)))
    raise GradingError(
        f"{file}, line {hunk.line + known}: “{wanted[known]}” does not stand in {what}"
        + (f" after “{wanted[known - 1]}”" if known else ""),
        expected="lines that stand there together exactly once",
        next_step="look at it in the lab's source, and write its lines after `#-` as they are there",
    )


def _fitting(here: Sequence[str], wanted: Sequence[str]) -> int:
    """How many of the wanted lines stand here, from the first."""
    same = 0
    while same < min(len(here), len(wanted)) and here[same] == wanted[same]:
        same += 1
    return same


def _indented(found: Sequence[str], hunk: Hunk, file: str) -> list[str]:
    """The new lines, as far to the right of the first line found as they are of the first old one."""
    there, written = next(
        ((_indent(line), _indent(old)) for line, old in zip(found, hunk.old, strict=True) if old.strip()), ("", "")
    )
    lines = []
    for number, line in enumerate(hunk.new, start=hunk.line + len(hunk.old)):
        indent = _indent(line)
        left = len(written) - len(indent)
        if line.strip() and left > len(there):
            raise GradingError(
                f"{file}, line {number}: “{line.strip()}” stands {left} columns to the left of the first old line",
                expected=f"at most {len(there)}, which is how far that line is indented",
                next_step="indent it as it is meant beside the first line after `#-`",
            )
        indent = there[: len(there) - left] if left > 0 else there + indent[len(written) :]
        lines.append(indent + line.lstrip() if line.strip() else "")
    return lines


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
