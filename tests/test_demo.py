"""The demo shows what it says: a right, a partly right, a wrong, a hostile and a broken submission, each judged so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cluster.connection import Connection

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "demo"


@pytest.fixture(scope="module")
def demonstrated(connection: Connection) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder.cli", "demo", "--name", connection.kubeconfig.parent.name]
    environment = {name: value for name, value in os.environ.items() if name != "KUBECONFIG"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.live
@pytest.mark.parametrize(
    ("lab", "student", "state", "score"),
    [
        ("lab02-serve-a-model", "ada", "graded", 10),
        ("lab02-serve-a-model", "ben", "graded", 6),
        ("lab06-rbac", "eve", "graded", 0),
        ("lab06-rbac", "dan", "graded", 1),
        ("lab06-rbac", "fay", "ungraded", 0),
    ],
)
def test_each_sample_gets_what_it_says_it_is_worth(
    demonstrated: subprocess.CompletedProcess[str], lab: str, student: str, state: str, score: float
) -> None:
    assert demonstrated.returncode == 0, demonstrated.stderr
    verdicts = json.loads((DEMO / "evidence" / student / lab / "verdicts.json").read_text())

    assert (verdicts["state"], verdicts["score"]) == (state, score)


@pytest.mark.live
def test_it_says_where_the_report_is_and_what_to_do_next(demonstrated: subprocess.CompletedProcess[str]) -> None:
    assert str(DEMO / "report.html") in demonstrated.stdout
    assert demonstrated.stdout.index("source .venv/bin/activate") < demonstrated.stdout.index("autograder cluster down")
    assert "fay" in (DEMO / "report.html").read_text()


@pytest.mark.live
def test_the_readme_shows_the_table_that_it_prints(demonstrated: subprocess.CompletedProcess[str]) -> None:
    readme = (ROOT / "README.md").read_text()
    table = readme[readme.index("lab02-serve-a-model\n┏") : readme.index("\n[… lab06-rbac, what each")]
    printed = [line.rstrip() for line in demonstrated.stdout.splitlines()]
    begin = printed.index("lab02-serve-a-model")
    shown = table.splitlines()
    assert printed[begin : begin + len(shown)] == shown
