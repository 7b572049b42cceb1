"""Options that several commands share: which cluster, and which course."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.errors import GradingError

if TYPE_CHECKING:
    from autograder.cluster.connection import Connection

Name = Annotated[
    str, typer.Option("--name", metavar="NAME", envvar="AUTOGRADER_CLUSTER", help="Of the embedded cluster.")
]
"""Of an embedded cluster."""

Kubeconfig = Annotated[
    Path | None,
    typer.Option("--kubeconfig", help="Use an existing cluster. Without it: $KUBECONFIG, else the embedded cluster."),
]
"""Of an existing cluster."""

Context = Annotated[
    str | None, typer.Option("--context", envvar="AUTOGRADER_CONTEXT", help="A context of that kubeconfig.")
]
"""In an existing cluster's kubeconfig."""

Course = Annotated[
    Path, typer.Option("--course", metavar="FOLDER", help="The course's folder: it holds nbgrader_config.py.")
]
"""The folder that nbgrader works in."""


Jobs = Annotated[
    int,
    typer.Option("--jobs", "-j", min=0, help="How many run side by side; 0 for as many as the machine's cores bear."),
]
"""Answers or mutants on one cluster."""

Json = Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Write what came of it for other programs.")]
"""A file that is made."""


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


def open_cluster(kubeconfig: Path | None, context: str | None, name: str | None = None, *, lab: str = "") -> Connection:
    """The cluster the user means; the embedded one is started, and made ready for every lab.

    Whatever keeps workspaces from being made on it is said here, before a submission is touched, and what a crash
    left behind is swept away.

    Args:
        lab: whose workspaces are wanted; without it, what all labs have in common is looked at.
    """
    from autograder.cluster.connection import DEFAULT_CLUSTER, connect, listed_in_environment
    from autograder.workspace import prepare

    if kubeconfig or context or (listed_in_environment() and not name):
        connection = connect(kubeconfig, context)
    else:
        connection = start_cluster(name or os.environ.get("AUTOGRADER_CLUSTER") or DEFAULT_CLUSTER)
    prepare(connection, lab)
    return connection


def start_cluster(name: str) -> Connection:
    """Start the embedded cluster, or find it running, and install what labs may rely on everywhere."""
    from autograder.cli.explaining import notes
    from autograder.cluster import embedded
    from autograder.workspace import install_shared

    if not embedded.status(name).running:
        notes().print(
            f"cluster {name} is started, which takes a quarter of a minute where all is built", highlight=False
        )
    connection = embedded.up(name, say=lambda text: notes().print(text, highlight=False))
    install_shared(connection)
    return connection
