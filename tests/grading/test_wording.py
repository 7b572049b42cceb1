"""A student's words reach a terminal as words: no escape sequence, and no line of their own."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from rich.console import Console

from autograder.cli.explaining import explain
from autograder.errors import GradingError
from autograder.grading.wording import CleanRecord
from autograder.report.showing import one_line

NAME = "na\x1b[31mme\x07\r\n[ERROR] ben: 0 points\x9b2J\u202egnp"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(CleanRecord)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("test-wording")
    logger.addHandler(handler)
    yield logger, stream
    logger.removeHandler(handler)
    logging.setLogRecordFactory(before)


def test_a_word_that_is_logged_is_on_its_line(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = log
    logger.warning("left a link out of %s: %s", NAME, 7)
    logger.warning("Removing existing assignment: {}".format(NAME.replace("\n", "")))  # as nbgrader does
    for line in stream.getvalue().splitlines():
        assert line.isprintable()
    assert len(stream.getvalue().splitlines()) == 2


def test_a_part_of_a_line_is_printable_and_short() -> None:
    assert one_line(NAME).isprintable()
    assert len(one_line("x" * 10_000)) < 400


def test_an_error_of_ours_obeys_nothing_of_a_students(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr("autograder.cli.explaining.notes", lambda: Console(file=shown, width=100))
    explain(GradingError(f"{NAME} is no notebook", expected=NAME, next_step=NAME))
    assert "\x1b" not in shown.getvalue()
    assert "\x9b" not in shown.getvalue()
