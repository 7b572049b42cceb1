"""`autograder report`: a class's results, in the terminal and as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.choosing import Course, course_folder
from autograder.cli.explaining import output
from autograder.errors import GradingError


def report(
    labs: Annotated[list[str] | None, typer.Argument(metavar="[LAB]…", help="Without it, every graded lab.")] = None,
    course: Course = Path("."),
    student: Annotated[str | None, typer.Option("--student", help="Show one student's findings.")] = None,
    target: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The page; evidence/report.html by default."),
    ] = None,
) -> None:
    """Show how the class did, criterion by criterion, and write it as one HTML page for instructors."""
    from autograder.grading.grading import class_standings
    from autograder.report.page import write_page
    from autograder.report.reading import read_labs
    from autograder.report.terminal import findings_table, results_table

    root = course_folder(course)
    evidence = root / "evidence"
    results = read_labs(evidence, [each.rstrip("/") for each in labs or ()], class_standings(root))
    if student is None:
        tables = [results_table(lab) for lab in results]
    else:
        found = [one for lab in results for one in lab.submissions if one.student == student]
        tables = [findings_table(submission) for submission in found]
    if not tables:
        raise GradingError(
            f"no verdicts of {student} under {evidence}",
            expected=f"one of {', '.join(sorted({one.student for lab in results for one in lab.submissions}))}",
            next_step="name one of these, or run `autograder grade LAB --student STUDENT`",
        )
    for table in tables:
        output().print(table)
    page = write_page(results, target or evidence / "report.html")
    output().print(f"report  {page}", highlight=False, soft_wrap=True)
