"""One HTML file that shows an instructor how a class did, and why; or somebody who learns alone, how they did.

What passes through: `LabResults`, by a jinja2 template, into a page that stands alone: no script, no
font, no picture from elsewhere, so that it can be mailed, archived and opened offline. Much of its text
was written by students or by programs of theirs. Everything is escaped, and the page's own content
security policy allows nothing but its style sheet.

Both pages show hidden criteria: they are for whoever grades, who may be the learner. What a student of a class gets is
nbgrader's feedback.
"""

from __future__ import annotations

import os
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from autograder.report.reading import LabResults, Submission, line_up
from autograder.report.showing import MEANINGS, SYMBOLS, TIMINGS, duration, in_pieces, plain, points

_TEMPLATES = Path(__file__).parent / "templates"


def write_page(results: list[LabResults], target: Path) -> Path:
    """Write the page, whole or not at all, and say where it is."""
    return put(target, render_page(results))


def write_own_page(submission: Submission, target: Path) -> Path:
    """Write the page on a learner's own work, whole or not at all, and say where it is."""
    return put(target, render_own_page(submission))


def put(target: Path, page: str) -> Path:
    """Write a page that is rendered, whole or not at all, and say where it is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    unfinished.write_text(page, encoding="utf-8")
    unfinished.replace(target)
    return target.resolve()


def render_page(results: list[LabResults], *, made_at: datetime | None = None) -> str:
    """The page as text."""
    return template(_TEMPLATES / "page.html.j2", made_at).render(
        labs=[_lab(one) for one in results],
        symbols=SYMBOLS,
        meanings=MEANINGS,
        timing_names=TIMINGS,
    )


def render_own_page(submission: Submission) -> str:
    """One lab, told to whoever handed it in."""
    return template(_TEMPLATES / "own.html.j2").render(
        submission=submission,
        row=_row(line_up(submission.lab, [submission]), submission),
        symbols=SYMBOLS,
        meanings=MEANINGS | {"unchecked": "something of ours went wrong; it costs nothing: hand it in again"},
        timing_names=TIMINGS | {"student_s": "your cells"},
    )


def template(path: Path, made_at: datetime | None = None) -> Template:
    """A template whose page escapes all it is given and has every page's style sheet, which is light and dark."""
    environment = Environment(
        loader=FileSystemLoader(path.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        points=points, duration=duration, plain=plain, sentence=_sentence, anchor=_anchor, moment=_moment
    )
    environment.globals.update(
        style=Markup((_TEMPLATES / "page.css").read_text(encoding="utf-8")),  # noqa: S704 (our own file)
        made_at=(made_at or datetime.now(UTC)).strftime("%Y-%m-%d %H:%M UTC"),
    )
    return environment.get_template(path.name)


def _lab(results: LabResults) -> dict[str, Any]:
    """What the template needs to know of a lab beside its results."""
    scores = [submission.score for submission in results.submissions if submission.graded]
    lost = [
        (sum(verdict.points - verdict.earned for verdict in criterion.verdicts.values()), criterion)
        for criterion in results.criteria
    ]
    most_lost = max(lost, key=lambda pair: pair[0], default=(0.0, None))
    return {
        "results": results,
        "graded": len(scores),
        "ungraded": [submission for submission in results.submissions if not submission.graded],
        "median": statistics.median(scores) if scores else None,
        "full_marks": sum(score >= results.max_score > 0 for score in scores),
        "hardest": most_lost[1] if most_lost[0] > 0 else None,
        "rows": [(submission, _row(results, submission)) for submission in results.submissions],
    }


def _row(results: LabResults, submission: Submission) -> list[tuple[Any, Any]]:
    return [(criterion, criterion.verdicts.get(submission.student)) for criterion in results.criteria]


def _sentence(text: str) -> Markup:
    """A criterion's sentence, with what stands between backticks set as code."""
    return Markup("").join(
        Markup("<code>{}</code>").format(piece) if is_code else escape(piece) for piece, is_code in in_pieces(text)
    )


def _anchor(text: str) -> str:
    """A fragment for links: letters and digits stay, anything else becomes its code point."""
    return "".join(character if character.isalnum() else f"-{ord(character):x}-" for character in text)


def _moment(stamp: str) -> str:
    """An ISO 8601 time to the minute; anything else as it is."""
    try:
        return datetime.fromisoformat(stamp).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return plain(stamp)
