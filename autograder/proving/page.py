"""A proof as one HTML file that stands alone, in the style of the class's report: a table a lab, a row an answer.

Messages in it quote what programs on a cluster said. Everything is escaped, and nothing is loaded or run.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from autograder.errors import GradingError
from autograder.proving.outcomes import Proof
from autograder.proving.showing import SIGNS
from autograder.report.page import put, template

_TEMPLATE = Path(__file__).parent / "templates" / "proof.html.j2"
_CHIPS = {
    "held": "passed",
    "reworded": "unsettled",
    "failed": "failed",
    "undecided": "unchecked",
    "unfit": "unsettled",
}
"""The colours of the report's verdicts."""


def write_page(proofs: Sequence[Proof], target: Path) -> Path:
    """Write the page, whole or not at all, and say where it is.

    Raises:
        GradingError: it cannot be written.
    """
    try:
        return put(target, render_page(proofs))
    except OSError as error:
        raise GradingError(f"{target} cannot be written: {error.strerror}", next_step="name another file") from error


def render_page(proofs: Sequence[Proof], *, made_at: datetime | None = None) -> str:
    """The page as text."""
    return template(_TEMPLATE, made_at).render(proofs=proofs, signs=SIGNS, chips=_CHIPS)
