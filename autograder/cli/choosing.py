"""Options that several commands share: which cluster, and which course."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.errors import GradingError

Name = Annotated[
    str, typer.Option("--name", metavar="NAME", envvar="AUTOGRADER_CLUSTER", help="Of the embedded cluster.")
]
"""Of an embedded cluster."""

Kubeconfig = Annotated[
    Path | None,
    typer.Option("--kubeconfig", help="Use an existing cluster. Without it: $KUBECONFIG, else the embedded cluster."),
]
"""Of an existing cluster."""

Context = Annotated[str | None, typer.Option("--context", help="A context of that kubeconfig.")]
"""In an existing cluster's kubeconfig."""

Course = Annotated[
    Path, typer.Option("--course", metavar="FOLDER", help="The course's folder: it holds nbgrader_config.py.")
]
"""The folder that nbgrader works in."""


def course_folder(folder: Path) -> Path:
    """The course's folder, absolute.

    Raises:
        GradingError: it is no course's folder.
    """
    if not (folder / "nbgrader_config.py").is_file():
        raise GradingError(
            f"no nbgrader_config.py in {folder.resolve()}",
            expected="a course's folder",
            next_step="change into it, or name it with --course",
        )
    return folder.resolve()
