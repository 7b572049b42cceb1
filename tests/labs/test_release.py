"""`release/` is what nbgrader makes of `source/` today, and gives nothing away.

The student notebooks are committed so that a course can be handed out from a clone. They are made again here, in a
copy of the course, by the same command as `make release`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.checks.reading import declared_criteria

ROOT = Path(__file__).parents[2]
LABS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)


@pytest.fixture(scope="module")
def regenerated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course that holds the sources and nothing else, after `nbgrader generate_assignment` for every lab."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "source", course / "source")
    shutil.copy(ROOT / "nbgrader_config.py", course)
    for lab in LABS:
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", lab, "--force", "--create"]
        done = subprocess.run(command, cwd=course, capture_output=True, text=True, env=private(course), check=False)
        assert done.returncode == 0, done.stderr
    return course


def private(home: Path) -> dict[str, str]:
    """The environment without this user's own Jupyter settings; nbgrader finds its tools beside this Python."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / ".jupyter"),
        "JUPYTER_DATA_DIR": str(home / ".data"),
    }


def files_below(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and ".ipynb_checkpoints" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("lab", LABS)
def test_the_release_is_what_nbgrader_makes_of_the_source(lab: str, regenerated: Path) -> None:
    made, committed = files_below(regenerated / "release" / lab), files_below(ROOT / "release" / lab)
    assert made
    assert set(committed) == set(made), "run `make release`"
    for name, content in made.items():
        assert committed[name] == content, f"{name} is out of date: run `make release`"


def test_nothing_is_released_that_has_no_source() -> None:
    assert sorted(path.name for path in (ROOT / "release").iterdir()) == LABS


@pytest.mark.parametrize("lab", LABS)
def test_no_line_of_a_solution_or_of_a_hidden_criterion_is_released(lab: str) -> None:
    source = nbformat.read(ROOT / "source" / lab / f"{lab}.ipynb", as_version=4)
    released = nbformat.read(ROOT / "release" / lab / f"{lab}.ipynb", as_version=4)
    secret = {
        line.strip()
        for cell in source.cells
        for region in (*SOLUTION.findall(cell.source), *HIDDEN.findall(cell.source))
        for line in region.split("\n")
    }
    # What the worked example and the visible criteria say openly is no secret.
    public = "\n".join(HIDDEN.sub("", SOLUTION.sub("", cell.source)) for cell in source.cells)
    secret -= {line.strip() for line in public.split("\n")}
    assert len(secret) > 10
    shown = {line.strip() for cell in released.cells for line in cell.source.split("\n")}
    assert not secret & shown


@pytest.mark.parametrize("lab", LABS)
def test_the_released_notebook_names_no_hidden_criterion(lab: str) -> None:
    source = nbformat.read(ROOT / "source" / lab / f"{lab}.ipynb", as_version=4)
    checks = [cell.source for cell in source.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    declared = [criterion for check in checks for criterion in declared_criteria(check)]
    text = (ROOT / "release" / lab / f"{lab}.ipynb").read_text()
    assert not [criterion.sentence for criterion in declared if criterion.hidden and criterion.sentence in text]
    assert [criterion.sentence for criterion in declared if not criterion.hidden]
    for mark in ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"):
        assert mark not in text


@pytest.mark.parametrize("lab", LABS)
def test_every_check_cell_still_works_without_its_hidden_part(lab: str) -> None:
    released = nbformat.read(ROOT / "release" / lab / f"{lab}.ipynb", as_version=4)
    checks = [cell for cell in released.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    assert checks
    for cell in checks:
        assert declared_criteria(cell.source), cell.metadata.nbgrader.grade_id
        assert cell.source.rstrip().endswith("lab.points()")
