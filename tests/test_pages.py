"""What the first pages say is there: every link, command, target and module they name, and every module is named."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import uuid
from pathlib import Path

import pytest
import typer
import yaml
from cloning import ROOT, fresh_clone, run_there, shell_blocks

from autograder.cli import app
from autograder.cluster import embedded
from autograder.cluster.connection import Connection

PAGES = [
    ROOT / name
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "course/checks.md", "course/demo/README.md")
]
LINKING = [
    *PAGES,
    *(ROOT / name for name in ("course/README.md", "course/writing-a-lab.md", "tests/answers/README.md")),
]
"""those whose shell blocks are run elsewhere as well"""


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands() -> set[str]:
    """`cluster up`, `grade`, …"""
    found: set[str] = set()

    def walk(command: object, words: tuple[str, ...]) -> None:
        found.add(" ".join(words))
        for name, inner in getattr(command, "commands", {}).items():
            walk(inner, (*words, name))

    walk(typer.main.get_command(app), ())
    return found


@pytest.mark.parametrize("page", LINKING, ids=lambda page: page.name)
def test_every_link_leads_to_something(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", LINKING, ids=lambda page: page.name)
def test_every_command_that_a_page_shows_exists(page: Path) -> None:
    shown = re.findall(r"(?:`|^\$ )autograder ([a-z]+)(?: ([a-z]+))?", page.read_text(), re.MULTILINE)
    groups = {command.split()[0] for command in commands() if " " in command}

    for first, second in shown:
        assert (f"{first} {second}" if first in groups and second else first) in commands()


@pytest.mark.parametrize("page", LINKING, ids=lambda page: page.name)
def test_every_make_target_that_a_page_shows_exists(page: Path) -> None:
    assert set(re.findall(r"(?:`|^\$ )make ([a-z]+)", page.read_text(), re.MULTILINE)) <= targets()


def rows() -> dict[str, str]:
    """A line of the house for each module, as its docstring would have it."""
    found = {}
    for path in sorted((ROOT / "autograder").rglob("*.py")):
        name = path.relative_to(ROOT / "autograder").as_posix()
        if path.name not in ("__init__.py", "__main__.py"):
            docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
            found[name] = f"| `{name}` | {' '.join(docstring.partition(chr(10) * 2)[0].split())} |"
    return found


@pytest.mark.live
@pytest.mark.timeout(900)  # a cluster of its own, once up and once down, and seven commands of nbgrader's and ours
def test_every_shell_block_runs_on_a_fresh_clone_in_order(connection: Connection, tmp_path: Path) -> None:
    name = f"pages-{uuid.uuid4().hex[:6]}"
    clone, environment = fresh_clone(tmp_path, name)
    pages = [clone / page.relative_to(ROOT) for page in [*PAGES, *sorted((ROOT / "course").rglob("README.md"))]]
    run = [commands for page in dict.fromkeys(pages) for commands in shell_blocks(page.read_text())]
    assert sum(map(len, run)) >= 11, "the README shows how a class is graded and how a cluster is started"
    try:
        for commands in run:
            run_there(clone, environment, commands)
    finally:
        embedded.down(name)
    verdicts = json.loads((clone / "evidence" / "ada" / "lab06-rbac" / "verdicts.json").read_text())
    assert (verdicts["state"], verdicts["score"]) == ("graded", 0.0)
    assert (clone / "evidence" / "report.html").is_file()
    assert (clone / "feedback" / "ada" / "lab06-rbac" / "lab06-rbac.html").is_file()
    assert "ada" in (clone / "grades.csv").read_text()
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert changed.stdout in ("", "?? grades.csv\n"), "nothing that is committed was changed"


def test_every_module_has_its_line_in_the_house() -> None:
    named = set(re.findall(r"^\| `([a-z_/]+\.py)` \|", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE))
    missing = [row for name, row in rows().items() if name not in named]

    assert missing == [], "add to CONTRIBUTING.md:\n" + "\n".join(missing)
    assert named - rows().keys() == set(), "lines in CONTRIBUTING.md for modules that are gone"


def test_no_module_is_longer_than_400_lines() -> None:
    long = [path for path in (ROOT / "autograder").rglob("*.py") if len(path.read_text().splitlines()) > 400]

    assert long == []


def test_the_conda_environment_names_no_version_that_pyproject_names() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    *conda, pip = environment["dependencies"]

    assert [requirement.split(">")[0] for requirement in conda] == ["python", "pip"]
    assert pip == {"pip": ["-e .[go]"]}
