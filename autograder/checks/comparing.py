"""Saying what is expected of a value, and what it was instead.

Values come from a student's server or objects: they are shown short, and compared by type as well, because to
Python `True == 1` and to a client of the student's server it is not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection
from typing import Any, NoReturn, TypeVar

from autograder.errors import CheckFailed

SHOWN_CHARACTERS = 200
_absent: Any = object()
T = TypeVar("T")


def shown(value: object) -> str:
    """`value` as a reader meets it, on one line and short."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=True)
    except (TypeError, ValueError, RecursionError):
        text = f"<{type(value).__name__}>"
    text = "".join(letter if letter.isprintable() else "·" for letter in text)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def expect(
    value: T,
    *,
    what: str = "",
    equal: object = _absent,
    one_of: Collection[Any] = _absent,
    at_least: float = _absent,
    at_most: float = _absent,
    contains: object = _absent,
    matches: str = _absent,
    next_step: str = "",
) -> T:
    """Return `value` if everything that is said of it holds; `what` names it in the message.

    Raises:
        CheckFailed: something does not hold.
        TypeError: nothing was said of it.
    """
    given = {
        "equal": equal,
        "one_of": one_of,
        "at_least": at_least,
        "at_most": at_most,
        "contains": contains,
        "matches": matches,
    }
    asked = {name: wanted for name, wanted in given.items() if wanted is not _absent}
    if not asked:
        raise TypeError(f"lab.expect needs something to expect: one of {', '.join(given)}")
    for name, wanted in asked.items():
        holds, in_words = _COMPARISONS[name]
        if not holds(value, wanted):
            of_what = f"{what} to be " if what else ""
            raise CheckFailed(shown(value), expected=of_what + in_words(wanted), next_step=next_step)
    return value


def fail(found: str, *, expected: str = "", next_step: str = "") -> NoReturn:
    """End the criterion as failed, with a message of the check's own."""
    raise CheckFailed(found, expected=expected, next_step=next_step)


def _same(left: object, right: object) -> bool:
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    return left == right


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _holds(value: object, part: object) -> bool:
    if isinstance(value, str):
        return isinstance(part, str) and part in value
    return isinstance(value, list | tuple | set | frozenset | dict) and part in value


def _matches(value: object, pattern: str) -> bool:
    # A student's text of any length meets a lab's pattern: the length bounds what backtracking can cost.
    return isinstance(value, str) and len(value) <= 10_000 and re.search(pattern, value) is not None


_COMPARISONS: dict[str, tuple[Callable[[Any, Any], bool], Callable[[Any], str]]] = {
    "equal": (_same, shown),
    "one_of": (
        lambda value, wanted: any(_same(value, each) for each in wanted),
        lambda wanted: "one of " + ", ".join(map(shown, wanted)),
    ),
    "at_least": (lambda value, wanted: _is_number(value) and value >= wanted, lambda wanted: f"at least {wanted}"),
    "at_most": (lambda value, wanted: _is_number(value) and value <= wanted, lambda wanted: f"at most {wanted}"),
    "contains": (_holds, lambda wanted: f"something with {shown(wanted)} in it"),
    "matches": (_matches, lambda wanted: f"something like {wanted}"),
}
