"""How verdicts and text that a student may have written are shown, the same in a terminal and on a page.

A verdict is never told by colour alone: each has a symbol and a word. Text that came from a cluster is
cleaned here of what could make a reader see something else than is there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SYMBOLS = {"passed": "✓", "failed": "✗", "unsettled": "…", "unchecked": "?"}
"""One sign for each verdict."""

MEANINGS = {
    "passed": "the points are earned",
    "failed": "what was asked for is not so",
    "unsettled": "it was still converging when the deadline passed; the points are not earned",
    "unchecked": "something of ours went wrong; it costs nothing, and the submission stays ungraded for now",
}
"""What each verdict says to a reader."""

TIMINGS = {
    "workspace_s": "workspace made in",
    "kernels_s": "kernels",
    "student_s": "student's cells",
    "check_s": "check cells",
    "waiting_s": "of them criteria",
    "total_s": "in all",
}
"""What the names of timings mean; others are shown as they are."""

TEXT_LIMIT = 20_000
"""Characters of one piece of evidence that are shown; the rest is in `verdicts.json`."""


def plain(text: str) -> str:
    """Text without control and direction-changing characters, cut to `TEXT_LIMIT`."""
    kept = "".join(character for character in text if character in "\n\t" or unicodedata.category(character)[0] != "C")
    if len(kept) <= TEXT_LIMIT:
        return kept
    return f"{kept[:TEXT_LIMIT]}\n… {len(kept) - TEXT_LIMIT} more characters in verdicts.json"


def in_pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Text made `plain`, piece by piece, each with whether it stood between backticks, which are left out."""
    for index, piece in enumerate(re.split(r"`([^`]+)`", plain(text))):
        if piece:
            yield piece, index % 2 == 1


def one_line(text: str, limit: int = 300) -> str:
    """Text as a part of one line: no control character, no line break, cut to `limit`."""
    kept = plain(" ".join(text.split()))
    return kept if len(kept) <= limit else f"{kept[:limit]}…"


def points(value: float) -> str:
    """Points as a person writes them: 2, 1.5, 0.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def duration(seconds: float) -> str:
    """A duration at the precision a reader cares for: 0.4 s, 12 s, 3 min 20 s."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 120 else f"{whole // 60} min {whole % 60} s"
