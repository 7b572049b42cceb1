"""What a learner types is understood or refused in a sentence, before a cluster is started for nothing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from autograder.cli import studying
from autograder.study.desks import Desk
from autograder.study.own_work import lay_out


def study(desk: Desk, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "AUTOGRADER_COURSE": str(desk.root), "COLUMNS": "120", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "autograder.cli", "study", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_every_lab_is_listed_untouched_before_anything_is_done(desk: Desk) -> None:
    listed = study(desk, "--list")

    assert listed.returncode == 0, listed.stderr
    assert [line.split()[1:4:2] for line in listed.stdout.splitlines() if line.startswith("│ lab")] == [
        [path.name, "untouched"] for path in sorted((desk.root / "release").iterdir())
    ]
    assert not desk.work.exists(), "looking makes nothing"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--hand-in"], 2, "name the LAB as well"),
        (["--reset"], 2, "name the LAB as well"),
        (["lab06-rbac", "--reset", "--hand-in"], 2, "three different things"),
        (["lab99"], 1, "one of lab01-find-your-way, lab02-serve-a-model, "),
        (["--hand-in", "lab06-rbac"], 1, "begin it with `autograder study lab06-rbac`"),
    ],
)
def test_what_cannot_be_meant_is_said(desk: Desk, words: list[str], code: int, said: str) -> None:
    done = study(desk, *words)

    assert done.returncode == code
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_a_notebook_that_cannot_be_read_is_listed_with_why(desk: Desk) -> None:
    lay_out(desk)
    desk.notebook.write_text("[bold]no notebook[/nonsense]")

    assert "lab06-rbac: lab06-rbac.ipynb is not a notebook" in study(desk, "--list").stderr


@pytest.mark.parametrize(
    ("variables", "said", "opens"),
    [
        ({"DISPLAY": ":0"}, None, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, None, True),
        ({}, None, False),
        ({"DISPLAY": "localhost:10.0", "SSH_CONNECTION": "10.0.0.2 5 10.0.0.1 22"}, None, False),
        ({}, True, True),
        ({"DISPLAY": ":0"}, False, False),
    ],
)
def test_a_browser_is_opened_where_somebody_sits_before_a_desktop(
    variables: dict[str, str], said: bool | None, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert studying._wants_browser(said) is opens
