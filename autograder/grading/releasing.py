"""Releases feedback that shows the grade as it is to those who can fetch it, and names the others.

nbgrader finds a student's feedback by a secret that its own `submit` leaves in the submission. A submission that was
put in by hand has none: nbgrader's step ends there with a traceback, and nobody after that one gets anything. It also
gives out whatever page is there, of an earlier grade too.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.exchange.default import ExchangeReleaseFeedback
from nbgrader.utils import notebook_hash

from autograder.grading.converting import folders_of
from autograder.grading.stamping import grade_stamp, stamp_of
from autograder.report.showing import one_line

_LONGEST_SECRET = 4096


class ReleaseFeedbackToThoseWhoSubmitted(ExchangeReleaseFeedback):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's release_feedback step; see the module."""

    def copy_files(self) -> None:
        course: Any = self.coursedir
        root = Path(course.root)
        by_hand: list[str] = []
        with Gradebook(course.db_url, course.course_id) as gradebook:
            for lab, student in folders_of(
                course, course.feedback_directory, course.assignment_id, course.student_id or "*"
            ):
                folder = Path(course.format_path(course.feedback_directory, student, lab))
                graded = Path(course.format_path(course.autograded_directory, student, lab))
                pages = [path for path in sorted(folder.glob("*.html")) if (graded / f"{path.stem}.ipynb").is_file()]
                made_from = grade_stamp(gradebook, root, lab, student)
                secret = _secret(folder / "submission_secret.txt")
                if pages and not all(made_from and stamp_of(page) == made_from for page in pages):
                    self._hold_back(lab, student, fetched=bool(secret))
                elif secret:
                    for page in pages:
                        self._release(page, secret)
                    self.log.info("Feedback released: %s's %s", student, lab)
                else:
                    by_hand += map(str, pages)
        for path in by_hand:
            self.log.warning(
                "%s was not handed in through the exchange, so it cannot be fetched there: give it by hand",
                one_line(path, 500),
            )

    def _hold_back(self, lab: str, student: str, *, fetched: bool) -> None:
        by_hand = "give it by hand, since it was not handed in through the exchange"
        self.log.warning(
            "%s's %s was graded, or changed by hand, after its feedback was made, so it is not released: "
            "nbgrader generate_feedback %s, then %s",
            one_line(student),
            lab,
            lab,
            "release_feedback again" if fetched else by_hand,
        )

    def _release(self, page: Path, secret: str) -> None:
        name = notebook_hash(secret=secret, notebook_id=page.stem)
        unfinished = Path(self.dest_path, f"{name}-tmp.html")
        shutil.copy(page, unfinished)
        unfinished.replace(Path(self.dest_path, f"{name}.html"))


def _secret(path: Path) -> str:
    """What nbgrader's `submit` left; empty if it left nothing."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(_LONGEST_SECRET).decode("utf-8", "replace")
    except OSError:
        return ""
