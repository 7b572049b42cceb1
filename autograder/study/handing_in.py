"""A learner's own work, graded as an instructor would: in a fresh workspace, with the hidden criteria.

It goes into a course of one student below `study/`, in nbgrader's own folders and by the one path that grading has, so
an instructor's gradebook in the same clone is not touched. What is handed in is a copy: all that changes in the
learner's folder is `handed-in/`, with the pages on what came of it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster.connection import Connection
from autograder.errors import StudyError
from autograder.grading.grading import CONFIG_FILE, Graded, class_standings, course_api, grade
from autograder.report.page import write_own_page
from autograder.report.reading import Submission, as_the_gradebook_has_it, submission_of
from autograder.report.showing import one_line
from autograder.study.desks import LEARNER, Desk

REPORT, FEEDBACK = "report.html", "feedback.html"
"""What came of the work, beside it."""


@dataclass(frozen=True)
class HandedIn:
    """What came of handing a lab in."""

    graded: Graded
    submission: Submission
    """The same, as reports show it."""
    report: Path
    """A page on each criterion, why, and the evidence."""
    feedback: Path | None
    """The notebook as a student gets it back; None where there is no grade, or it could not be made."""
    why_no_feedback: str = ""
    """Empty where there is one, or no grade."""


def require_work(desk: Desk) -> None:
    """Stop before a cluster is started for nothing.

    Raises:
        StudyError: there is nothing to hand in.
    """
    if not desk.work.is_dir():
        raise StudyError(
            f"nothing in {desk.work}",
            expected=f"your own {desk.notebook.name}",
            next_step=f"begin it with `autograder study {desk.lab}`",
        )


def hand_in(desk: Desk, connection: Connection, progress: Callable[[Graded], None] | None = None) -> HandedIn:
    """Grade what is saved in a learner's folder.

    Args:
        progress: called with the grade as soon as there is one.

    Raises:
        StudyError: there is nothing to hand in, or it cannot be copied.
        GradingError: the lab is not as grading needs it.
    """
    require_work(desk)
    take_in(desk)
    (desk.results / FEEDBACK).unlink(missing_ok=True)  # of an earlier grade
    (graded,) = grade(
        desk.lab,
        [LEARNER],
        course_root=desk.course,
        connection=connection,
        progress=progress,
        to_go_on=f"autograder study --hand-in {desk.lab}",
    )
    standings = class_standings(desk.course)
    shown = submission_of(graded.verdicts.as_json())
    (shown,) = as_the_gradebook_has_it([shown], standings) or [shown]
    report = desk.results / REPORT
    feedback, why = _feedback(desk) if graded.state == "graded" else (None, "")
    write_own_page(shown, report)
    return HandedIn(graded, shown, report, feedback, why)


def take_in(desk: Desk) -> None:
    """The course's folders, with the lab as it is now and the work as it is saved."""
    handed_in = desk.course / "submitted" / LEARNER / desk.lab
    source = desk.course / "source" / desk.lab
    try:
        for folder in (handed_in, source):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(desk.root / "source" / desk.lab, source)
        shutil.copy(desk.root / CONFIG_FILE, desk.course)
        # Links stay links: grading leaves them out, and says so.
        ignore = shutil.ignore_patterns(".ipynb_checkpoints", desk.results.name)
        shutil.copytree(desk.work, handed_in, symlinks=True, ignore=ignore)
    except OSError as error:  # shutil.Error, which names each file, is one
        raise StudyError(
            f"{desk.work} cannot be handed in: {one_line(str(error))}",
            expected="files that can be copied",
            next_step="see that there is room and that nothing but your work lies there, then hand it in again",
        ) from error


def _feedback(desk: Desk) -> tuple[Path | None, str]:
    """What `nbgrader generate_feedback` makes, beside the work, or why there is none: the grade stands either way."""
    result = course_api(desk.course).generate_feedback(desk.lab, LEARNER)
    page = desk.course / "feedback" / LEARNER / desk.lab / f"{desk.lab}.html"
    if result["success"] and page.is_file():
        return put_beside_the_work(desk, page)
    said = [line for line in str(result.get("log") or result.get("error") or "").splitlines() if line.strip()]
    return None, one_line(said[-1]) if said else "nbgrader did not say why"


def put_beside_the_work(desk: Desk, feedback: Path) -> tuple[Path | None, str]:
    """Copy a page, and the pictures that lie beside it, to where the learner's JupyterLab opens it; or why not."""
    shown = desk.results / FEEDBACK
    try:
        shutil.copytree(feedback.parent, desk.results, dirs_exist_ok=True)
        (desk.results / feedback.name).replace(shown)
    except OSError as error:
        return None, one_line(str(error))
    return shown, ""
