"""Times the reference answer of each lab, handed in several times: here, and by nbgrader as it comes.

Both get the same notebooks, the same cluster and one command for all submissions. Stock nbgrader has one
kernel for the student's cells and the check cells, no sandbox, and no workspace a submission: all share one, made
beforehand, so that every submission but the first finds what the first one left. Its clock starts after that.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from rich.console import Group
from rich.table import Table

from autograder.cluster import embedded
from autograder.cluster.connection import Connection
from autograder.proving.answers import REFERENCE
from autograder.proving.handing_in import submitted
from autograder.proving.sources import labs_in, read_lab
from autograder.workspace import install_shared, open_workspace, sweep

ROOT = Path(__file__).resolve().parents[2]
NAME = "bench"


@dataclass(frozen=True)
class Measured:
    """One command that graded one lab."""

    lab: str
    here_s: float
    stock_s: float
    scores_here: list[float]
    scores_stock: list[float]
    verdicts: list[dict[str, Any]]
    """Each submission's verdicts.json, from here."""


def compared(submissions: int) -> Group:
    """Both labs, here and with stock nbgrader."""
    connection = embedded.up(NAME)
    install_shared(connection)
    try:
        measured = [_measure(connection, lab, submissions) for lab in labs_in(ROOT)]
    finally:
        embedded.down(NAME)
    return Group(_rates(measured, submissions), _shares(measured))


def _measure(connection: Connection, lab: str, submissions: int) -> Measured:
    with _course(lab, submissions, ROOT / "nbgrader_config.py") as course:
        here_s = _timed(course, [sys.executable, "-m", "autograder.cli", "grade", lab], AUTOGRADER_CLUSTER=NAME)
        files = sorted(course.glob("evidence/*/*/verdicts.json"))
        verdicts = [json.loads(file.read_text()) for file in files]
        scores_here = _scores(course, lab)
    sweep(connection)
    with _course(lab, submissions, None) as course, _shared_workspace(connection, lab, course) as environment:
        stock_s = _timed(course, [sys.executable, "-m", "nbgrader", "autograde", lab], **environment)
        scores_stock = _scores(course, lab)
    return Measured(lab, here_s, stock_s, scores_here, scores_stock, verdicts)


@contextmanager
def _course(lab: str, submissions: int, config: Path | None) -> Iterator[Path]:
    """A course with the lab generated and the reference handed in; nbgrader's defaults without a config."""
    with tempfile.TemporaryDirectory(prefix="bench-course-") as place:
        course = Path(place)
        if config:
            shutil.copy(config, course)
        else:
            (course / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'stock'\n")
        shutil.copytree(ROOT / "source" / lab, course / "source" / lab)
        _timed(course, [sys.executable, "-m", "nbgrader", "generate_assignment", lab, "--create"])
        source = read_lab(ROOT, lab)
        for number in range(submissions):
            handed_in = course / "submitted" / f"student{number}" / lab / source.path.name
            handed_in.parent.mkdir(parents=True)
            nbformat.write(submitted(source, REFERENCE), handed_in)
        yield course


@contextmanager
def _shared_workspace(connection: Connection, lab: str, course: Path) -> Iterator[dict[str, str]]:
    """The environment in which a plain kernel is the student and the grader at once."""
    with open_workspace(connection, lab, "stock") as workspace:
        student, grader, described = (course / name for name in ("student.yaml", "grader.yaml", "workspace.json"))
        student.write_text(workspace.student_kubeconfig())
        grader.write_text(workspace.grader_kubeconfig())
        described.write_text(json.dumps({**workspace.as_json(), "kubeconfig": str(grader)}))
        kubectl = connection.kubectl.parent if connection.kubectl else ""
        yield {
            "KUBECONFIG": str(student),
            "AUTOGRADER_WORKSPACE": str(described),
            "PATH": f"{kubectl}{os.pathsep}{os.environ['PATH']}",
        }


def _timed(course: Path, command: list[str], **environment: str) -> float:
    """Seconds that a command takes in the course's folder."""
    kept = {name: value for name, value in os.environ.items() if name != "KUBECONFIG"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{environment.pop('PATH', os.environ['PATH'])}"
    began = time.monotonic()
    ended = subprocess.run(
        command, cwd=course, env={**kept, **environment, "PATH": path}, capture_output=True, text=True, check=False
    )
    if ended.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {ended.returncode}:\n{ended.stderr[-2000:]}")
    return time.monotonic() - began


def _scores(course: Path, lab: str) -> list[float]:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return sorted(submission.score for submission in gradebook.assignment_submissions(lab))


def _rates(measured: list[Measured], submissions: int) -> Table:
    table = Table(title=f"grading {submissions} times the reference answer, one command", title_justify="left")
    for heading in ("lab", "", "taken", "per minute", "scores"):
        table.add_column(heading, justify="right" if heading in ("taken", "per minute") else "left")
    for one in measured:
        for what, seconds, scores in (("here", one.here_s, one.scores_here), ("stock", one.stock_s, one.scores_stock)):
            said = ", ".join(sorted({f"{score:g}" for score in scores}))
            table.add_row(one.lab, what, f"{seconds:.1f} s", f"{60 * submissions / seconds:.1f}", said)
    table.caption = "stock nbgrader: one kernel, no sandbox, one workspace shared by all and made beforehand"
    table.caption_justify = "left"
    return table


def _shares(measured: list[Measured]) -> Table:
    table = Table(title="here, where the time goes", title_justify="left")
    table.add_column("")
    for one in measured:
        table.add_column(one.lab, justify="right")
    rows = [_spent(one) for one in measured]
    for what in rows[0]:
        table.add_row(
            what,
            *(
                f"{row[what]:5.1f} s  {100 * row[what] / one.here_s:3.0f} %"
                for row, one in zip(rows, measured, strict=True)
            ),
        )
    return table


def _spent(one: Measured) -> dict[str, float]:
    """Seconds of the whole command, by what they went into."""
    timings = [verdicts["timings"] for verdicts in one.verdicts]
    verdicts = [verdict for each in one.verdicts for cell in each["cells"] for verdict in cell["verdicts"]]
    waiting = sum(verdict["waiting_seconds"] for verdict in verdicts)
    asking = sum(verdict["api_seconds"] for verdict in verdicts)
    kernels = sum(timing["kernels_s"] for timing in timings)
    students = sum(timing["student_s"] for timing in timings)
    checks = sum(timing["check_s"] for timing in timings)
    workspaces = sum(timing["workspace_s"] for timing in timings)
    spent = {
        "kernels: starting, ending": kernels,
        "kernels: students' cells": students,
        "kernels: check cells themselves": max(checks - asking - waiting, 0.0),
        "API calls: workspaces": workspaces,
        "API calls: criteria": asking,
        "waiting: criteria, for the cluster": waiting,
    }
    return {**spent, "nbgrader and the rest": max(one.here_s - sum(spent.values()), 0.0)}
