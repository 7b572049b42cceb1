"""`autograder grade` and `autograder prove`: submissions, and the graders themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.choosing import Context, Course, Kubeconfig, course_folder
from autograder.cli.explaining import EXIT_FAILED, EXIT_UNGRADED, notes, output


def grade(
    lab: Annotated[str, typer.Argument(help="For example lab02-serve-a-model.")],
    students: Annotated[list[str] | None, typer.Option("--student", help="Only this one; may be repeated.")] = None,
    course: Course = Path("."),
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Grade what was submitted, on the live cluster, into nbgrader's gradebook."""
    raise NotImplementedError


def prove(
    labs: Annotated[list[str] | None, typer.Argument(metavar="[LAB]…", help="Without it, every lab.")] = None,
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Run every known answer of a lab and show what its grader makes of it: right, wrong, odd and blank."""
    raise NotImplementedError
