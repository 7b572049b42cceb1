"""`autograder study`: a lab for somebody who learns alone, from its first cell to its grade."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.choosing import Context, Kubeconfig, open_cluster
from autograder.cli.explaining import EXIT_UNGRADED, notes, output
from autograder.errors import AutograderError, StudyError
from autograder.report.showing import one_line, points

if TYPE_CHECKING:
    from autograder.cluster.connection import Connection
    from autograder.study.desks import Desk
    from autograder.study.handing_in import HandedIn
    from autograder.study.serving import Place, Served
    from autograder.study.staying import Stay

_WARNED_BEFORE_S = 600.0
_GONE = (
    "[magenta]its workspace is gone[/], with the cluster or by itself: end it with Ctrl-C where it was started, and "
    "start it again, and you get another; your files stay"
)
"""How long before a workspace's end whoever works in it is told."""
_STYLES = {"untouched": "dim", "started": "yellow", "handed in": "cyan", "done": "green"}


def study(
    lab: Annotated[str | None, typer.Argument(help="Without it, the first that is not done.")] = None,
    show: Annotated[bool, typer.Option("--list", help="Say how far you are with each lab, and open none.")] = False,
    hand_in: Annotated[
        bool, typer.Option("--hand-in", help="Grade LAB as an instructor would, hidden criteria included.")
    ] = False,
    reset: Annotated[
        bool, typer.Option("--reset", help="Begin LAB anew: another workspace, fresh files; your own are kept aside.")
    ] = False,
    browser: Annotated[
        bool | None,
        typer.Option("--browser/--no-browser", help="Open a browser; by default where there is a desktop."),
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=1, max=65535, help="For JupyterLab; by default one that is free.")
    ] = None,
    kubeconfig: Kubeconfig = None,
    context: Context = None,
) -> None:
    """Learn alone: open a lab in JupyterLab, in a workspace of your own on the cluster."""
    from autograder.study.desks import desk_for, desks
    from autograder.workspace import course_root

    if show + hand_in + reset > 1:
        raise typer.BadParameter("--list, --hand-in and --reset are three different things; give one of them")
    if (hand_in or reset) and lab is None:
        raise typer.BadParameter("name the LAB as well", param_hint="--hand-in" if hand_in else "--reset")
    root = course_root()
    if show:
        _list(desks(root))
        return
    desk = desk_for(root, Path(lab).name) if lab else _first_not_done(desks(root))
    if hand_in:
        _hand_in(desk, kubeconfig, context)
    else:
        _open(desk, kubeconfig, context, anew=reset, browser=_wants_browser(browser), port=port)


def _list(all_of: list[Desk]) -> None:
    from rich.table import Table
    from rich.text import Text

    from autograder.study.states import state

    table = Table()
    for heading in ("lab", "state", "self-check", "handed in"):
        table.add_column(heading, justify="right" if heading in ("self-check", "handed in") else "left")
    states = [state(each) for each in all_of]
    for one in states:
        checked, graded = (
            f"{points(each.earned)} of {points(each.of)}" if each else "–" for each in (one.checked, one.graded)
        )
        table.add_row(one.lab, Text(one.stage, style=_STYLES[one.stage]), checked, graded)
    output().print(table)
    for one in states:
        if one.remark:
            notes().print(f"{one.lab}: {one_line(one.remark)}", markup=False, highlight=False, soft_wrap=True)
    notes().print(
        "self-check: what the check cells in your notebook said last; handed in: hidden criteria too\n"
        "to go on: autograder study LAB; to be graded: autograder study --hand-in LAB",
        style="dim",
        highlight=False,
        soft_wrap=True,
    )


def _first_not_done(all_of: list[Desk]) -> Desk:
    from autograder.study.states import state

    for each in all_of:
        if state(each).stage != "done":
            return each
    output().print("every lab is done; name one to open it again", highlight=False)
    raise typer.Exit


def _open(
    desk: Desk, kubeconfig: Path | None, context: str | None, *, anew: bool, browser: bool, port: int | None
) -> None:
    from autograder.study import furnishing, own_work, serving, staying

    with serving.turn(desk) as is_mine:
        if not is_mine:
            _say_where_it_is_open(desk, serving.running(desk), anew=anew)
            if not _has_workspace(desk, kubeconfig, context):
                notes().print(_GONE, highlight=False, soft_wrap=True)
            return
        _step("lab", desk.lab)
        connection = open_cluster(kubeconfig, context, lab=desk.lab)
        if anew:
            staying.leave(desk, connection)
            if kept := own_work.put_aside(desk):
                _step("kept", f"your work until now, in {desk.within_course(kept)}")
        stay = staying.stay(desk, connection)
        _say_stay(stay)
        _say_files(desk, own_work.lay_out(desk))
        environment = furnishing.furnish(desk, stay.workspace)
        try:
            with serving.served(desk, environment, port=port, browser=browser) as served:
                _say_where(served.place, "is here; Ctrl-C ends it and keeps everything")
                _wait(served, stay)
        except KeyboardInterrupt:
            notes().print()
        _say_how_to_go_on(desk, stay, gone=not _has_workspace(desk, kubeconfig, context))


def _has_workspace(desk: Desk, kubeconfig: Path | None, context: str | None) -> bool:
    """Whether the learner's workspace is where their JupyterLab looks for it; no cluster is started to find out."""
    from autograder.cluster.connection import connect
    from autograder.study import staying

    try:
        return staying.is_there(desk, connect(kubeconfig, context, start=False))
    except AutograderError:
        return False


def _wait(served: Served, stay: Stay) -> None:
    """Until JupyterLab is ended from within, or by Ctrl-C."""
    left_s = (stay.workspace.expires - datetime.now(UTC)).total_seconds()
    if not served.wait(max(0.0, left_s - _WARNED_BEFORE_S)):
        notes().print(
            f"[magenta]your workspace ends at {_clock(stay.workspace.expires)}[/]: save your notebook, end this with "
            "Ctrl-C and start it again, and you get another",
            highlight=False,
            soft_wrap=True,
        )
        served.wait()
    if served.process.returncode:
        raise StudyError(
            f"JupyterLab ended by itself, with {served.process.returncode}",
            expected="it to run until you end it",
            next_step=f"start it again; what it said is in {served.log}",
        )


def _say_where_it_is_open(desk: Desk, place: Place | None, *, anew: bool) -> None:
    if anew or place is None:
        raise StudyError(
            f"{desk.lab} is open in JupyterLab",
            expected="nobody at work on it" if anew else "it to say where, which it does once it has started",
            next_step="end that one with Ctrl-C where it was started, then try again",
        )
    _say_where(place, f"has {desk.lab} open already, here; it ends where it was started")


def _say_stay(stay: Stay) -> None:
    workspace = stay.workspace
    until = f"until {_clock(workspace.expires)}"
    if stay.instead_of:
        _step(
            "workspace",
            f"{workspace.namespace}, {until}: a new one, since yours {stay.instead_of}. Nothing you made is in it: run "
            "your notebook again from the top",
        )
    else:
        _step("workspace", f"{workspace.namespace}, {until}{'' if stay.is_new else ', as you left it'}")


def _say_files(desk: Desk, copied: list[str]) -> None:
    folder = desk.within_course(desk.work)
    if desk.notebook.name in copied:
        _step("files", f"{folder}, as they are handed out")
    elif copied:
        _step("files", f"{folder}, as you left them, and what was missing: {one_line(', '.join(copied))}")
    else:
        _step("files", f"{folder}, as you left them")


def _say_where(place: Place, words: str) -> None:
    """The address alone goes to stdout, for a program that reads it."""
    _step("JupyterLab", words)
    output().print(place.url, highlight=False, soft_wrap=True)
    sys.stdout.flush()
    if way := os.environ.get("SSH_CONNECTION", "").split():
        host = way[2] if len(way) == 4 else "THIS_MACHINE"
        tunnel = f"ssh -N -L {place.port}:127.0.0.1:{place.port} {host}"
        notes().print(f"  first, where your browser is: {tunnel}", highlight=False, markup=False, soft_wrap=True)


def _say_how_to_go_on(desk: Desk, stay: Stay, *, gone: bool) -> None:
    from rich.table import Table

    workspace = "is gone" if gone else f"stays until {_clock(stay.workspace.expires)}"
    notes().print(
        f"JupyterLab is ended. Your work is in {desk.within_course(desk.work)}, and your workspace {workspace}.",
        highlight=False,
        soft_wrap=True,
    )
    steps = Table.grid(padding=(0, 2))
    steps.add_column(no_wrap=True)
    steps.add_column()
    commands = [
        ("source .venv/bin/activate", "first, in every new terminal: what follows is found then"),
        (f"autograder study {desk.lab}", "goes on where you are"),
        (f"autograder study --hand-in {desk.lab}", "grades what you have, hidden criteria included"),
        (f"autograder study --reset {desk.lab}", "begins anew, and keeps what you have"),
        ("autograder study --list", "says how far you are with each lab"),
    ]
    if stay.workspace.connection.is_embedded:
        commands.append(("autograder cluster down", "removes the cluster and your workspace; your files stay"))
    for command, what in commands:
        steps.add_row(f"  {command}", f"[dim]{what}[/]")
    notes().print(steps, highlight=False)


def _hand_in(desk: Desk, kubeconfig: Path | None, context: str | None) -> None:
    from autograder.cli.grading import say
    from autograder.report.terminal import findings_table
    from autograder.study.handing_in import hand_in, require_work

    require_work(desk)
    connection: Connection = open_cluster(kubeconfig, context, lab=desk.lab)
    _step("hand in", f"{desk.within_course(desk.notebook)} as it is saved, in a fresh workspace; a minute or several")
    came: HandedIn = hand_in(desk, connection, say)
    output().print(findings_table(came.submission))
    graded = came.graded
    if graded.state == "graded":
        score = f"{points(graded.score)} of {points(graded.max_score)} points"
        output().print(f"{desk.lab}  [bold]{score}[/]", highlight=False)
    for what, page in (("report", came.report), ("feedback", came.feedback)):
        if page:
            output().print(f"{what:<8}  {page.relative_to(desk.work)}", highlight=False, soft_wrap=True)
    _step("where", f"in {desk.within_course(desk.work)}, the folder that JupyterLab shows")
    if came.why_no_feedback:
        notes().print(f"no feedback page: {came.why_no_feedback}", markup=False, highlight=False, soft_wrap=True)
    if graded.state == "graded" and graded.score >= graded.max_score:
        notes().print("every point: `autograder study` opens the first lab that is not done", highlight=False)
    if graded.state == "ungraded" or graded.is_earlier:
        left = "keeps the grade it had" if graded.is_earlier else "is left ungraded"
        notes().print(
            f"[magenta]it {left}[/]; what is in the way is said above. Then: autograder study --hand-in {desk.lab}",
            highlight=False,
            soft_wrap=True,
        )
        raise typer.Exit(EXIT_UNGRADED)


def _wants_browser(said: bool | None) -> bool:
    """What was said; else whether whoever reads this sits before a desktop of this machine."""
    if said is not None:
        return said
    desktop = sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    return desktop and not os.environ.get("SSH_CONNECTION")


def _clock(moment: datetime) -> str:
    """Local time, with the day where it is not today."""
    local = moment.astimezone()
    return f"{local:%H:%M}" if local.date() == datetime.now().date() else f"{local:%a %H:%M}"


def _step(what: str, words: str) -> None:
    from rich.markup import escape

    notes().print(f"[bold]{what:<10}[/]  {escape(words)}", highlight=False, soft_wrap=True)
