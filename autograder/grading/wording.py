"""What nbgrader logs, made fit for a terminal.

File names, times and ids of submissions are a student's words, and nbgrader logs them as they are: an escape sequence
among them would be obeyed by the terminal, a line break would make a message of its own.
"""

from __future__ import annotations

import logging
import re
import unicodedata

from autograder.report.showing import one_line

_LINE_BREAKS = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029]")


class CleanRecord(logging.LogRecord):
    """A log record whose message has no control character, and whose words have no line break."""

    def getMessage(self) -> str:  # noqa: N802  # logging's name
        if isinstance(self.args, tuple) and self.msg != "%s":
            self.args = tuple(one_line(each, 2000) if isinstance(each, str) else each for each in self.args)
        message = _LINE_BREAKS.sub(" ", super().getMessage())
        return "".join(each for each in message if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cf"))


def clean_records() -> None:
    """Have every log record of this process cleaned, from here on."""
    logging.setLogRecordFactory(CleanRecord)
