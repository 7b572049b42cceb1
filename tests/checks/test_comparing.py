"""Expectations, and values that try to get around them."""

from __future__ import annotations

from typing import Any

import pytest

from autograder import lab
from autograder.checks.comparing import SHOWN_CHARACTERS, shown
from autograder.errors import CheckFailed


@pytest.mark.parametrize(
    ("value", "expectation"),
    [
        ("positive", {"equal": "positive"}),
        (2, {"equal": 2.0}),
        ("a", {"one_of": ("a", "b")}),
        (3, {"at_least": 3, "at_most": 3}),
        ("loaded model v1", {"contains": "model"}),
        (["a"], {"contains": "a"}),
        ("v1.35.4", {"matches": r"^v1\.35"}),
    ],
)
def test_what_holds_is_returned(value: Any, expectation: dict[str, Any]) -> None:
    assert lab.expect(value, **expectation) == value


@pytest.mark.parametrize(
    ("value", "expectation"),
    [
        ("negative", {"equal": "positive"}),
        (True, {"equal": 1}),
        (1, {"equal": True}),
        (True, {"at_least": 1}),
        ("3", {"at_least": 1}),
        (float("nan"), {"at_least": 0}),
        (None, {"one_of": ("a",)}),
        ({"a": 1}, {"matches": "a"}),
        ("a" * 10_001, {"matches": "a"}),
        (5, {"contains": 5}),
        (2, {"at_least": 1, "at_most": 1}),
    ],
)
def test_what_does_not_hold_fails_and_says_what_was_seen(value: Any, expectation: dict[str, Any]) -> None:
    with pytest.raises(CheckFailed) as caught:
        lab.expect(value, what="the label", next_step="look", **expectation)
    assert caught.value.found == shown(value)
    assert caught.value.expected.startswith("the label to be ")
    assert caught.value.next_step == "look"


def test_expecting_nothing_is_a_bug_of_the_check() -> None:
    with pytest.raises(TypeError):
        lab.expect(1)


def test_what_is_shown_is_short_and_on_one_line() -> None:
    text = shown("line\nline\x1b[31m" + "x" * 10_000)
    assert len(text) == SHOWN_CHARACTERS
    assert "\n" not in text
    assert "\x1b" not in text
