"""`autograder new`: a lab begun in the form that all labs have."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.explaining import output

_NEXT = """\
next, what it is to be:
  1  write the notebook in JupyterLab: what is marked TO WRITE, then the task, its solution and its criteria
  2  what workspaces begin with: course/cluster/labs/{lab}/
  3  what its grader must accept and reject: tests/answers/{lab}/
  4  autograder prove {lab} --update-goldens    it holds already, and is to hold each time you have changed it
  5  autograder mutate {lab}                    what your answers leave unproven
  6  make release check                         what students get; what a lab is held to
course/writing-a-lab.md does all of this once, on a small lab"""


def new(
    lab: Annotated[str, typer.Argument(metavar="LAB", help="lab, its place in the course, its name: lab15-wake-up.")],
    title: Annotated[str, typer.Option("--title", help="Of the notebook; from the name if not given.")] = "",
) -> None:
    """Begin a lab: its notebook, what a workspace of it begins with, its first answers. Nothing is written over."""
    from autograder.authoring.naming import named
    from autograder.authoring.scaffolding import scaffold
    from autograder.proving.sources import labs_in
    from autograder.workspace import course_root

    root = course_root()
    name = named(lab.rstrip("/"), labs_in(root))
    for path in scaffold(root, name, title):
        output().print(f"[green]new[/] {path.relative_to(root)}", highlight=False, soft_wrap=True)
    output().print(_NEXT.format(lab=name.lab), highlight=False, soft_wrap=True)
