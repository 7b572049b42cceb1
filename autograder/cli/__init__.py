"""The command line: `autograder …`.

What passes through: words typed by a person, into calls of the packages below, and their results into
tables and sentences. No rule of grading lives here. One module per group of commands; each imports what
it needs when its command runs, so that `autograder --help` answers at once.

Exit codes: 0 done; 1 something of ours, the machine's or the cluster's went wrong; 2 the command was
mistyped; 3 graded, and something was left ungraded; 4 proven, and known answers were told something else than is on
file; 130 ended with Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from autograder import deadlines
from autograder.cli import authoring, cluster, demo, grading, images, mutating, proving, reporting, studying, workspace
from autograder.cli.explaining import explain, notes
from autograder.errors import AutograderError
from autograder.interrupting import hear_every_press

app = typer.Typer(
    name="autograder",
    help="A Kubernetes course for ML engineers, graded on a live cluster.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
app.command("demo")(demo.demo)
app.command("grade")(grading.grade)
app.command("new")(authoring.new)
app.command("prove")(proving.prove)
app.command("mutate")(mutating.mutate)
app.command("report")(reporting.report)
app.command("study")(studying.study)
app.add_typer(cluster.app, name="cluster")
app.add_typer(workspace.app, name="workspace")
app.add_typer(images.app, name="images")


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show tracebacks of explained errors too.")] = False,
) -> None:
    if debug:
        os.environ["AUTOGRADER_DEBUG"] = "1"
    if problem := deadlines.problem():
        notes().print(problem, highlight=False, soft_wrap=True)


def main() -> None:
    """Run the command line; an error of ours becomes one panel and an exit code."""
    hear_every_press()
    try:
        app(prog_name="autograder")
    except AutograderError as error:
        if os.environ.get("AUTOGRADER_DEBUG"):
            raise
        sys.exit(explain(error))
