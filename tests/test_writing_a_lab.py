"""course/writing-a-lab.md, done as it is written: its commands run, its cells and files put where it says."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from cloning import ROOT, fresh_clone, run_there, shell_blocks

from autograder.cluster.connection import Connection
from autograder.proving.fitting import read_answers
from autograder.proving.goldens import FILE_NAME, read
from autograder.proving.sources import LabSource, read_lab

PAGE = ROOT / "course" / "writing-a-lab.md"
LAB = "lab15-wake-up"
_BLOCK = re.compile(r"^(?:<!-- (cell|file): (\S+) -->\n)?```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def steps() -> Iterator[tuple[str, str, str]]:
    """`run`, `cell` or `file`; which one; what is run or put there. In the page's order."""
    for found in _BLOCK.finditer(PAGE.read_text()):
        what, name, language, body = found.groups()
        if what:
            yield what, name, body
        elif language == "console":
            for commands in shell_blocks(f"\n{found[0]}"):
                yield "run", "", "\n".join(commands)


def put_into_cell(clone: Path, name: str, text: str) -> None:
    path = clone / "source" / LAB / f"{LAB}.ipynb"
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    (cell,) = (each for each in notebook.cells if each.id == name)
    cell.source = text.rstrip("\n")
    nbformat.write(notebook, path)


def follow(clone: Path, environment: dict[str, str], *, without: str = "\0") -> list[str]:
    """Do what the page says; the commands that were run.

    Args:
        without: commands with this in them are left out.
    """
    run: list[str] = []
    for what, name, body in steps():
        if what == "cell":
            put_into_cell(clone, name, body)
        elif what == "file":
            path = clone / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body)
        elif without not in body:
            run_there(clone, environment, body.split("\n"))
            run.append(body)
    return run


def source_of(clone: Path) -> LabSource:
    return read_lab(clone, LAB)


def test_the_page_shows_a_lab_whose_answers_fit(tmp_path: Path) -> None:
    clone, environment = fresh_clone(tmp_path, "none")
    run = follow(clone, environment, without="prove")
    assert len(run) == 5
    source = source_of(clone)
    assert len(source.sentences) == 2
    answers = read_answers(clone / "tests" / "answers" / LAB, source)
    assert [(each.label, each.unfit) for each in answers] == [
        ("right/reference", ""),
        ("right/three_in_two_steps", ""),
        ("wrong/labelled_by_hand", ""),
        ("wrong/one_copy", ""),
        ("blank/blank", ""),
    ]
    assert {sentence for each in answers for sentence in each.loses} == set(source.sentences)
    released = (clone / "release" / LAB / f"{LAB}.ipynb").read_text()
    assert "at least two Pods ready" in released
    assert "patch_namespaced_deployment" not in released
    assert source.sentences[1] not in released
    task = [body for what, name, body in steps() if name in ("task", "solve", "check")]
    assert sum(body.count("\n") for body in task) < 50, "it is a small lab"


@pytest.mark.live
@pytest.mark.timeout(900)
def test_the_lab_that_the_page_writes_is_proven(connection: Connection, tmp_path: Path) -> None:
    clone, environment = fresh_clone(tmp_path, connection.kubeconfig.parent.name)
    follow(clone, environment)
    kept = json.loads((clone / ".proof" / f"{LAB}.json").read_text())["answers"]
    assert {label: (each["standing"], each["expected"], each["got"]) for label, each in kept.items()} == {
        "right/reference": ("held", 2, 2),
        "right/three_in_two_steps": ("held", 2, 2),
        "wrong/labelled_by_hand": ("held", 1, 1),
        "wrong/one_copy": ("held", 1, 1),
        "blank/blank": ("held", 0, 0),
    }
    goldens = read(clone / "tests" / "answers" / LAB / FILE_NAME)
    assert sorted(goldens) == ["labelled_by_hand", "one_copy"]
    assert all(part for (message,) in goldens.values() for part in (message.expected, message.found, message.next_step))
    changed = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True)
    assert all(line.startswith("?? ") and LAB in line for line in changed.stdout.splitlines()), changed.stdout
