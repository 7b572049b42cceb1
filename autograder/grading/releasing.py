"""Releases feedback to those who can fetch it, and names the others.

nbgrader finds a student's feedback by a secret that its own `submit` leaves in the submission. A submission that was
put in by hand has none: nbgrader's step ends there with a traceback, and nobody after that one gets anything.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from autograder.grading.converting import folders_of
from autograder.report.showing import one_line

_LONGEST_SECRET = 4096


class ReleaseFeedbackToThoseWhoSubmitted(ExchangeReleaseFeedback):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's release_feedback step; see the module."""

    def copy_files(self) -> None:
        course: Any = self.coursedir
        by_hand = []
        for lab, student in folders_of(
            course, course.feedback_directory, course.assignment_id, course.student_id or "*"
        ):
            folder = Path(course.format_path(course.feedback_directory, student, lab))
            secret = _secret(folder / "submission_secret.txt")
            for page in sorted(folder.iterdir()):
                if page.suffix != ".html":
                    continue
                if not secret:
                    by_hand.append(str(page))
                    continue
                name = notebook_hash(secret=secret, notebook_id=page.stem)
                unfinished = Path(self.dest_path, f"{name}-tmp.html")
                shutil.copy(page, unfinished)
                unfinished.replace(Path(self.dest_path, f"{name}.html"))
                self.log.info("Feedback released: %s's %s", student, lab)
        for path in by_hand:
            self.log.warning(
                "%s was not handed in through the exchange, so it cannot be fetched there: give it by hand",
                one_line(path, 500),
            )


def _secret(path: Path) -> str:
    """What nbgrader's `submit` left; empty if it left nothing."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(_LONGEST_SECRET).decode("utf-8", "replace")
    except OSError:
        return ""
