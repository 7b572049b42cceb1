"""`autograder workspace …`: students' places on the cluster, for an instructor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.choosing import Context, Kubeconfig, open_cluster
from autograder.cli.explaining import EXIT_FAILED, output

app = typer.Typer(help="Students' places on the cluster.", no_args_is_help=True)


@app.command("open")
def open_(
    lab: Annotated[str, typer.Argument(help="For example lab02-serve-a-model.")],
    student: Annotated[str, typer.Argument(help="The student's id.")],
    kubeconfig: Kubeconfig = None,
    context: Context = None,
    target: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The student's kubeconfig; stdout by default."),
    ] = None,
    hours: Annotated[float, typer.Option("--hours", min=0.2, help="How long it may be used.")] = 8,
) -> None:
    """Make a workspace to work in by hand and write its kubeconfig; `close` removes it, `sweep` when its time is up."""
    from autograder import workspace

    _require_lab(lab)
    _require_writable(target)
    opened = workspace.create(open_cluster(kubeconfig, context, lab=lab), lab, student, lifetime_s=round(hours * 3600))
    words = opened.student_kubeconfig()
    if target is None:
        typer.echo(words)
        return
    target.touch(mode=0o600)
    target.write_text(words, encoding="utf-8")
    output().print(f"namespace {opened.namespace}; export KUBECONFIG={target.resolve()}", soft_wrap=True)


def _require_lab(lab: str) -> None:
    """A misspelt lab would get a workspace that lacks what the lab needs, and say so nowhere.

    Raises:
        GradingError: there is no such lab.
    """
    from autograder.errors import GradingError

    known = _labs()
    if known and lab not in known:
        raise GradingError(
            f"no lab called {lab}", expected=f"one of {', '.join(known)}", next_step="open it under its own name"
        )


def _labs() -> list[str]:
    """The course's labs, as far as their notebooks are here."""
    from autograder.workspace import course_root

    root = course_root()
    return sorted({path.parent.name for path in [*root.glob("source/*/*.ipynb"), *root.glob("release/*/*.ipynb")]})


@app.command("list")
def list_(kubeconfig: Kubeconfig = None, context: Context = None) -> None:
    """Show every workspace on the cluster."""
    from rich.table import Table

    from autograder import workspace
    from autograder.cluster.connection import connect

    there = workspace.list_workspaces(connect(kubeconfig, context, start=False))
    if not there:
        output().print("there is no workspace on this cluster")
        return
    table = Table()
    for heading in ("workspace", "lab", "student", "namespaces", "expires"):
        # In a narrow terminal nothing is cut, and what is copied from it stays in one piece.
        table.add_column(heading, overflow="fold", no_wrap=heading in ("workspace", "expires"))
    for found in there:
        table.add_row(found.id, found.lab, found.student, "\n".join(found.namespaces), str(found.expires))
    output().print(table)


@app.command()
def close(
    which: Annotated[
        list[str], typer.Argument(metavar="NAME…", help="Workspaces or namespaces, as `list` shows them.")
    ],
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Remove workspaces with all that is in them, whether their time is over or not."""
    from autograder import workspace
    from autograder.cluster.connection import connect
    from autograder.errors import WorkspaceError

    connection = connect(kubeconfig, context, start=False)
    found = {name: each for each in workspace.list_workspaces(connection) for name in (each.id, *each.namespaces)}
    if unknown := [name for name in which if name not in found]:
        raise WorkspaceError(
            f"no workspace called {', '.join(unknown)}",
            expected="the name of one, or of one of its namespaces; nothing was removed",
            next_step="`autograder workspace list` shows those that there are",
        )
    for identity in dict.fromkeys(found[name].id for name in which):
        removed = workspace.remove(connection, identity)
        output().print(f"removed {', '.join(removed.namespaces) or identity}", soft_wrap=True)


@app.command()
def sweep(
    kubeconfig: Kubeconfig = None,
    context: Context = None,
    every: Annotated[bool, typer.Option("--all", help="Also those whose time is not over.")] = False,
) -> None:
    """Remove workspaces whose time is over: what a crash left, and what was opened by hand."""
    from autograder import workspace
    from autograder.cluster.connection import connect

    swept = workspace.sweep(connect(kubeconfig, context, start=False), everything=every)
    output().print(f"removed {len(swept)}: {', '.join(swept)}" if swept else "nothing to remove")


@app.command("install")
def install_shared(kubeconfig: Kubeconfig = None, context: Context = None) -> None:
    """Install what labs need for all namespaces (course/cluster/shared), once for a cluster, as its administrator."""
    from autograder import workspace
    from autograder.cluster.connection import connect

    made = workspace.install_shared(connect(kubeconfig, context, start=False))
    output().print(f"made {', '.join(made)}" if made else "all of it is there already", soft_wrap=True)


@app.command()
def check(
    labs: Annotated[list[str] | None, typer.Argument(metavar="[LAB]…", help="Without it, every lab.")] = None,
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Say, lab by lab, what the cluster lacks for it, and what installs that; touches no submission."""
    from autograder.cluster.connection import connect
    from autograder.errors import RequirementMissing
    from autograder.workspace import prepare

    for lab in labs or ():
        _require_lab(lab)
    connection, lacking = connect(kubeconfig, context, start=False), 0
    for lab in labs or _labs():
        try:
            prepare(connection, lab)
        except RequirementMissing as error:
            lacking += 1
            output().print(f"{lab}: missing: {error.found}", markup=False, highlight=False, soft_wrap=True)
            output().print(f"    {error.next_step}", markup=False, highlight=False, soft_wrap=True)
        else:
            output().print(f"{lab}: nothing is missing", highlight=False, soft_wrap=True)
    if lacking:
        raise typer.Exit(EXIT_FAILED)


@app.command()
def rights(
    kubeconfig: Kubeconfig = None,
    context: Context = None,
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Print the ClusterRole that gives them, and ask no cluster.")
    ] = False,
) -> None:
    """Say which rights for making workspaces your account lacks, over all labs."""
    from autograder import workspace
    from autograder.cluster.connection import connect

    if manifest:
        typer.echo(workspace.instructor_manifest(), nl=False)
        return
    lacking = workspace.lacking_rights(connect(kubeconfig, context, start=False))
    output().print(f"missing: {lacking}" if lacking else "nothing is missing", soft_wrap=True)
    if lacking:
        raise typer.Exit(EXIT_FAILED)


def _require_writable(target: Path | None) -> None:
    """A workspace whose kubeconfig cannot be written is of use to nobody: said before one is made."""
    from autograder.errors import WorkspaceError

    if target is not None and (target.is_dir() or not target.absolute().parent.is_dir()):
        raise WorkspaceError(
            f"no file can be written at {target}", next_step="name another with --output; its folder must be there"
        )
