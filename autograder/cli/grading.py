"""`autograder grade`: what was handed in, graded on the live cluster."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from autograder.cli.choosing import Context, Course, Kubeconfig, course_folder, open_cluster
from autograder.cli.explaining import EXIT_UNGRADED, notes, output
from autograder.report.showing import duration, one_line, points

if TYPE_CHECKING:
    from autograder.grading.grading import Graded


def grade(
    lab: Annotated[str, typer.Argument(help="For example lab02-serve-a-model.")],
    students: Annotated[list[str] | None, typer.Option("--student", help="Only this one; may be repeated.")] = None,
    ungraded: Annotated[bool, typer.Option("--ungraded", help="Only those who have no grade yet.")] = False,
    course: Course = Path("."),
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Grade what was submitted, on the live cluster, into nbgrader's gradebook."""
    from autograder.grading.grading import class_standings, course_api, handed_in
    from autograder.grading.grading import grade as grade_lab
    from autograder.report.reading import as_the_gradebook_has_it, line_up, submission_of
    from autograder.report.terminal import results_table

    root, lab = course_folder(course), lab.rstrip("/")
    handed_in(course_api(root), lab, students or None)  # before a cluster is started for nothing
    graded = grade_lab(
        lab,
        students or None,
        course_root=root,
        connection=open_cluster(kubeconfig, context, lab=lab),
        progress=say,
        only_ungraded=ungraded,
    )
    if not graded:
        who = ", ".join(map(one_line, students)) if students else f"everybody who handed {lab} in"
        said = f"nobody was graded: {who} has a grade of {lab} already"
        output().print(escape(said), highlight=False, soft_wrap=True)
        return
    read = as_the_gradebook_has_it([submission_of(one.verdicts.as_json()) for one in graded], class_standings(root))
    output().print(results_table(line_up(lab, read)))
    following = f"next: autograder report (a page for you), nbgrader generate_feedback {lab} (for the students)"
    output().print(following, highlight=False, soft_wrap=True)
    if any(one.state == "ungraded" for one in graded):
        notes().print(
            "[magenta]something is left ungraded[/], which costs nobody a point; what is in the way is said above. "
            f"Then: autograder grade {lab} --ungraded",
            highlight=False,
            soft_wrap=True,
        )
        raise typer.Exit(EXIT_UNGRADED)
    if any(one.is_earlier for one in graded):
        notes().print(
            "[magenta]some were not graded again[/] and keep the grade they had; what is in the way is said above",
            highlight=False,
            soft_wrap=True,
        )
        raise typer.Exit(EXIT_UNGRADED)


def say(one: Graded) -> None:
    """One line about one graded submission, as soon as there is one."""
    seconds = one.verdicts.timings.get("total_s")
    taken = f"[dim] in {duration(seconds)}[/]" if seconds else ""
    what = f"{points(one.score)} / {points(one.max_score)}" if one.state == "graded" else f"ungraded: {one.reason}"
    what += ", the earlier grade" if one.is_earlier else ""
    notes().print(
        f"{escape(one_line(one.student))} · {escape(one.lab)} · {escape(one_line(what, 600))}{taken}",
        highlight=False,
        soft_wrap=True,
    )
