"""What of a submission is left out, and why, in one sentence that stays short.

Whoever reads a grade must be able to see that something was handed in and not looked at: a file that is missing
beside a notebook makes right work wrong. Names are a student's words and there may be thousands of them, so a few are
kept for each reason, and how many there were.
"""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.report.showing import one_line

NOT_COLLECTED = "not-collected.txt"
"""What collecting writes beside a submission that it could not take as it was handed in."""
LINK = "a link"
ODD = "a pipe, socket or device"
UNREADABLE = "it cannot be read"
_SHOWN = 3
_NAME = 60
"""Characters of one name that are shown."""
_LENGTH = 370
"""Characters of all together: a remark that is longer would be cut, and with it the last reasons."""


@dataclass
class LeftOut:
    """Names of what was left out, by reason; it grows while somebody looks."""

    names: dict[str, list[str]] = field(default_factory=dict)
    """A few for each reason."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many each reason has in all."""

    def __bool__(self) -> bool:
        return bool(self.counts)

    def add(self, name: str, why: str) -> None:
        """Remember one more."""
        self.counts[why] = self.counts.get(why, 0) + 1
        kept = self.names.setdefault(why, [])
        if len(kept) < _SHOWN:
            kept.append(one_line(name, _NAME) or "a name of unprintable characters")

    def take_in(self, other: LeftOut) -> None:
        """Remember what somebody else left out as well."""
        for why, names in other.names.items():
            self.counts[why] = self.counts.get(why, 0) + other.counts[why]
            kept = self.names.setdefault(why, [])
            kept += names[: _SHOWN - len(kept)]

    def said(self) -> str:
        """Each reason with its names, as many as there is room for; empty if nothing was left out."""
        text = ""
        for shown, length in ((_SHOWN, _NAME), (1, _NAME), (1, _NAME // 3), (0, 0)):
            text = "; ".join(
                f"{_some([one_line(name, length) for name in names[:shown]], self.counts[why])} ({why})"
                for why, names in self.names.items()
            )
            if len(text) <= _LENGTH:
                break
        return text

    def note(self) -> str:
        """A remark for whoever reads the grade; empty if nothing was left out."""
        return f"were left out: {self.said()}" if self else ""


def what_it_is(mode: int) -> str:
    """Why something is neither taken nor looked into; empty for a regular file and a folder."""
    if stat.S_ISLNK(mode):
        return LINK
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else ODD


def why_not(error: OSError) -> str:
    """Why the machine does not give something, without the path that Python says it with."""
    return f"{UNREADABLE}: {error.strerror}" if error.strerror else UNREADABLE


def listed(names: Sequence[str], most: int = 5) -> str:
    """A few names, and how many more there are."""
    return _some(names[:most], len(names))


def _some(names: Sequence[str], count: int) -> str:
    if not names:
        return str(count)
    more = f" and {count - len(names)} more" if count > len(names) else ""
    return ", ".join(names) + more
