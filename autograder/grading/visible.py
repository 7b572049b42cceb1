"""What of a lab's cell a student may see: everything outside nbgrader's hidden regions and mark schemes.

One place decides it, for recognising what was handed out and for feedback alike.
"""

from __future__ import annotations

BEGIN_HIDDEN = "BEGIN HIDDEN TESTS"
END_HIDDEN = "END HIDDEN TESTS"
_REGIONS = ((BEGIN_HIDDEN, END_HIDDEN), ("BEGIN MARK SCHEME", "END MARK SCHEME"))
"""What nbgrader takes out of a cell before it hands it out, whatever its type."""


def visible_source(source: str) -> str:
    """A cell's source without its hidden regions, as nbgrader releases it.

    A region that is never closed hides the rest of the cell: when in doubt, less is shown.
    """
    for begin, end in _REGIONS:
        if begin in source:
            source = _without(source, begin, end)
    return source


def _without(source: str, begin: str, end: str) -> str:
    shown = []
    hidden = False
    for line in source.split("\n"):
        if begin in line:
            hidden = True
        elif end in line:
            hidden = False
        elif not hidden:
            shown.append(line)
    return "\n".join(shown)


def is_hidden_line(source: str, line: int) -> bool:
    """Whether a line, counted from 1, is in a hidden region."""
    hidden = False
    for text in source.split("\n")[:line]:
        if BEGIN_HIDDEN in text:
            hidden = True
        elif END_HIDDEN in text:
            hidden = False
    return hidden
