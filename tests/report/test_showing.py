"""Points, durations and foreign text are written as a person writes and can read them."""

from __future__ import annotations

import pytest

from autograder.report.showing import TEXT_LIMIT, duration, plain, points


@pytest.mark.parametrize(("value", "written"), [(2.0, "2"), (1.5, "1.5"), (1 / 3, "0.33"), (0.0, "0"), (10.0, "10")])
def test_points_have_no_needless_digits(value: float, written: str) -> None:
    assert points(value) == written


@pytest.mark.parametrize(("seconds", "written"), [(0.42, "0.4 s"), (12.4, "12 s"), (200, "3 min 20 s")])
def test_durations_have_the_precision_a_reader_cares_for(seconds: float, written: str) -> None:
    assert duration(seconds) == written


def test_control_and_direction_characters_are_removed_and_lines_stay() -> None:
    assert plain("a\x1b[2J\tb\nc\u202ed\u200b") == "a[2J\tb\ncd"


def test_long_text_is_cut_and_says_so() -> None:
    cut = plain("x" * (TEXT_LIMIT + 5))

    assert len(cut) < TEXT_LIMIT + 80
    assert cut.endswith("5 more characters in verdicts.json")
