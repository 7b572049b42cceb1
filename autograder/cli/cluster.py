"""`autograder cluster …`: the embedded cluster, for a person."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from autograder.cli.choosing import Name, start_cluster
from autograder.cli.explaining import EXIT_FAILED, output
from autograder.errors import AutograderError

app = typer.Typer(help="The embedded Kubernetes cluster: start it, look at it, remove it.", no_args_is_help=True)


@app.command()
def up(name: Name = "course") -> None:
    """Start the cluster, building its programs first when they are not there yet."""
    connection = start_cluster(name)
    output().print(f"cluster [bold]{name}[/] answers at {connection.server}", highlight=False)
    path = str(connection.kubeconfig)
    line = f"  autograder cluster kubectl --name {name}" if os.pathsep in path else f"  export KUBECONFIG={path}"
    output().print(line, highlight=False, soft_wrap=True)
    said = (
        "  (that is its administrator's; a place to work on a lab: autograder workspace open LAB YOU -o you.kubeconfig)"
    )
    output().print(said, highlight=False, soft_wrap=True)


@app.command()
def down(
    name: Name = "course",
    every: Annotated[bool, typer.Option("--all", help="Remove every embedded cluster of this user.")] = False,
    purge: Annotated[
        bool,
        typer.Option("--purge", help="Remove what was built too; the next start builds again."),
    ] = False,
) -> None:
    """Remove the cluster: its processes, mounts, interfaces, chains and files."""
    from autograder.cluster import building, embedded, places

    for each in embedded.list_clusters() if every else [name]:
        open_there = _workspaces_on(each)
        embedded.down(each)
        output().print(f"cluster [bold]{each}[/] is gone", highlight=False)
        if open_there:
            output().print(
                f"and {', '.join(open_there)} with it: whoever worked there needs another workspace "
                "(`make study`, ended and started again, makes one)",
                highlight=False,
                markup=False,
                soft_wrap=True,
            )
    if purge:
        building.end_background_builds()
        for path in places.purge_cache():
            output().print(f"{path} is gone", highlight=False, soft_wrap=True)


def _workspaces_on(name: str) -> list[str]:
    """Those in which somebody may be at work; what is in the way of asking is in nobody's way here."""
    from autograder.cluster import embedded
    from autograder.cluster.connection import connect
    from autograder.workspace import list_workspaces

    try:
        is_well = embedded.status(name).node_ready
        there = list_workspaces(connect(name=name, start=False)) if is_well else []
    except (AutograderError, OSError):
        return []
    return [each.id for each in there if not each.going and not each.left_behind]


@app.command()
def status(name: Name = "course") -> None:
    """Show what runs, and how often each part was restarted; exit code 1 when nothing does."""
    from rich.table import Table

    from autograder.cluster import embedded

    found = embedded.status(name)
    if not found.running:
        others = ", ".join(each for each in embedded.list_clusters() if each != name)
        output().print(f"cluster [bold]{name}[/] does not run" + (f"; there is {others}" if others else ""))
        raise typer.Exit(EXIT_FAILED)
    node = ("ready" if found.node_ready else "not ready") if found.has_node else "none (control plane only)"
    if found.gpu_node_ready is not None:
        node += f" · node with GPUs {'ready' if found.gpu_node_ready else 'not ready'}"
    table = Table(title=f"{found.name} · {found.server} · node {node}", title_justify="left")
    for heading in ("component", "pid", "restarts", "state"):
        table.add_column(heading, justify="right" if heading in ("pid", "restarts") else "left")
    for component in found.components:
        table.add_row(component.name, str(component.pid or "–"), str(component.restarts), component.state)
    output().print(table)
    output().print(f"files       {found.directory}\nkubeconfig  {found.kubeconfig}", highlight=False, soft_wrap=True)


@app.command()
def logs(
    component: Annotated[str | None, typer.Argument(help="For example kubelet; without it, all of them.")] = None,
    name: Name = "course",
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on as lines are written.")] = False,
) -> None:
    """Print a component's log."""
    from autograder.cluster import embedded

    files = embedded.log_files(name, component)
    # -F goes on after a log was emptied, or was made anew by the next `up`.
    options = [
        "--lines=+1",
        *(["-F"] if follow else []),
        *(["--verbose"] if component is None else ["--quiet"]),
    ]
    os.execvp("tail", ["tail", *options, *map(str, files)])  # noqa: S606 (no shell is wanted)


@app.command(context_settings={"allow_interspersed_args": False, "ignore_unknown_options": True})
def kubectl(
    arguments: Annotated[list[str] | None, typer.Argument(metavar="[--] COMMAND…", help="For kubectl.")] = None,
    name: Name = "course",
    where: Annotated[bool, typer.Option("--where", help="Only print where the program lies.")] = False,
) -> None:
    """Run the cluster's own kubectl as its administrator: `autograder cluster kubectl get pods -A`."""
    from autograder.cluster import building, embedded

    if where:
        typer.echo(building.kubectl())
        return
    path, given = str(embedded.kubeconfig_path(name)), list(arguments or [])
    environment = {**os.environ, "KUBECONFIG": path}
    if os.pathsep in path:  # $KUBECONFIG is a list that this would divide; plugins of kubectl then find no cluster
        del environment["KUBECONFIG"]
        given.insert(0, f"--kubeconfig={path}")
    os.execve(building.kubectl(), ["kubectl", *given], environment)  # noqa: S606


@app.command()
def kubeconfig(name: Name = "course") -> None:
    """Print where the cluster's kubeconfig lies: `export KUBECONFIG=$(autograder cluster kubeconfig)`."""
    from autograder.cluster import embedded

    typer.echo(embedded.kubeconfig_path(name))


@app.command()
def build() -> None:
    """Build the cluster's programs and the course's images into the cache, and start nothing."""
    from autograder.cluster import building, images, progress

    building.build(progress=progress.shown())
    images.ensure_images()
    output().print("every program and image is built")
