"""The command line answers at once, speaks in expected, found and next step, and says how it went by its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import deadlines
from autograder.cli import main
from autograder.cluster.connection import Connection
from autograder.errors import ClusterUnreachable, RequirementMissing, Ungraded

REPOSITORY = Path(__file__).resolve().parent.parent
HEAVY = ("kubernetes", "nbgrader", "papermill", "nbconvert", "jupyter_client", "IPython", "autograder.cluster")


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`autograder WORDS` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "autograder.cli", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "COLUMNS": "120", "NO_COLOR": "1", **environment},
        check=False,
    )


def called(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """`autograder WORDS` in this process; returns the exit code."""
    monkeypatch.setattr(sys, "argv", ["autograder", *words])
    monkeypatch.delenv("AUTOGRADER_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course's folder in which two students were graded."""
    (tmp_path / "nbgrader_config.py").touch()
    for student, state in (("ada", "passed"), ("ben", "failed")):
        folder = tmp_path / "evidence" / student / "lab06-rbac"
        folder.mkdir(parents=True)
        verdict = {
            "sentence": "the notebook may create Pods",
            "points": 2,
            "earned": 2 if state == "passed" else 0,
            "state": state,
            "message": "no Role grants it",
            "next_step": "ask `kubectl auth can-i`",
        }
        cell = {"grade_id": "rights", "points": 2, "earned": verdict["earned"], "verdicts": [verdict]}
        whole = {"lab": "lab06-rbac", "student": student, "state": "graded", "score": verdict["earned"]}
        (folder / "verdicts.json").write_text(json.dumps({**whole, "max_score": 2, "cells": [cell]}))
    return tmp_path


def test_help_names_every_command() -> None:
    shown = run("--help").stdout

    for command in ("cluster", "demo", "grade", "images", "mutate", "new", "prove", "report", "study", "workspace"):
        assert f"│ {command} " in shown


@pytest.mark.parametrize(
    ("group", "commands"),
    [
        ("cluster", ["up", "down", "status", "logs", "kubectl", "kubeconfig", "build"]),
        ("workspace", ["open", "list", "close", "sweep"]),
    ],
)
def test_help_names_every_command_of_a_group(group: str, commands: list[str]) -> None:
    shown = run(group, "--help").stdout

    assert all(f"│ {command} " in shown for command in commands)


def test_help_loads_nothing_heavy() -> None:
    program = "import sys, autograder.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert [module for module in HEAVY if module in loaded.stdout.split()] == []


def test_an_error_is_one_panel_with_what_was_expected_found_and_next(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(name: str) -> None:
        raise RequirementMissing("no runc", expected="runc on PATH", next_step="apt-get install runc")

    monkeypatch.setattr("autograder.cluster.embedded.kubeconfig_path", fail)
    code = called(monkeypatch, "cluster", "kubeconfig")
    shown = capfd.readouterr().err

    assert code == 1
    assert "requirement missing" in shown
    lines = [" ".join(line.strip("│ \n").split()) for line in shown.splitlines()]
    assert lines[1:4] == ["expected runc on PATH", "found no runc", "next step apt-get install runc"]
    assert "Traceback" not in shown


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    ended = run("--debug", "report", "--course", str(tmp_path))

    assert ended.returncode == 1
    assert "Traceback" in ended.stderr
    assert "GradingError" in ended.stderr


def test_something_left_ungraded_has_an_exit_code_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(name: str) -> None:
        raise Ungraded("ada's lab06-rbac could not be checked", next_step="grade it again")

    monkeypatch.setattr("autograder.cluster.embedded.kubeconfig_path", fail)

    assert called(monkeypatch, "cluster", "kubeconfig") == 3
    assert "could not be checked" in capfd.readouterr().err


def test_markup_in_an_error_is_shown_and_not_obeyed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(name: str) -> None:
        raise ClusterUnreachable("[bold]https://[fd00::1]:6443[/bold] [/nonsense]")

    monkeypatch.setattr("autograder.cluster.embedded.kubeconfig_path", fail)

    assert called(monkeypatch, "cluster", "kubeconfig") == 1
    assert "[bold]https://[fd00::1]:6443[/bold] [/nonsense]" in capfd.readouterr().err


def test_a_mistyped_command_exits_with_two() -> None:
    assert run("clutser").returncode == 2


def test_report_prints_the_class_and_writes_the_page(course: Path) -> None:
    ended = run("report", "--course", str(course))

    assert ended.returncode == 0, ended.stderr
    assert "2 / 2" in ended.stdout
    assert "the notebook may create Pods" in ended.stdout
    assert "ask <code>kubectl auth can-i</code>" in (course / "evidence" / "report.html").read_text()


def test_report_of_one_student_prints_the_findings(course: Path) -> None:
    ended = run("report", "lab06-rbac", "--student", "ben", "--course", str(course))

    assert "no Role grants it" in ended.stdout
    assert "ada" not in ended.stdout


def test_report_of_a_student_who_was_not_graded_is_an_error(course: Path) -> None:
    ended = run("report", "--student", "zoe", "--course", str(course))

    assert ended.returncode == 1
    assert "zoe" in ended.stderr


def test_a_folder_that_is_no_course_is_an_error_that_says_how_to_name_one(tmp_path: Path) -> None:
    ended = run("report", "--course", str(tmp_path))

    assert ended.returncode == 1
    assert "--course" in ended.stderr


def test_status_of_a_cluster_that_does_not_run_exits_with_one(tmp_path: Path) -> None:
    ended = run("cluster", "status", "--name", "nowhere", AUTOGRADER_STATE=str(tmp_path))

    assert ended.returncode == 1
    assert "does not run" in ended.stdout


@pytest.mark.live
def test_kubectl_is_the_clusters_own_and_passes_its_options_on(connection: Connection) -> None:
    name = connection.kubeconfig.parent.name
    ended = run("cluster", "kubectl", "--name", name, "get", "namespaces", "-o", "name")

    assert ended.returncode == 0, ended.stderr
    assert "namespace/kube-system" in ended.stdout.splitlines()
    assert "Server Version: v1.35." in run("cluster", "kubectl", "--name", name, "--", "version").stdout


@pytest.mark.live
def test_status_lists_what_runs(connection: Connection) -> None:
    name = connection.kubeconfig.parent.name
    ended = run("cluster", "status", "--name", name)

    assert ended.returncode == 0, ended.stderr
    assert "kube-apiserver" in ended.stdout
    assert connection.server in ended.stdout
    assert str(connection.kubeconfig) in ended.stdout


@pytest.mark.parametrize(("said", "taken"), [("abc", "1"), ("0.5", "1"), ("1000", "100")])
def test_a_patience_that_cannot_be_meant_is_said(said: str, taken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_PATIENCE", said)
    assert f"{said!r} and taken for {taken}; expected is a number from 1 to 100" in deadlines.problem()
    monkeypatch.setenv("AUTOGRADER_PATIENCE", "20")
    assert deadlines.problem() == ""
