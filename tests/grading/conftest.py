"""A course of one small lab in a folder of its own, with nbgrader's real configuration, commands and gradebook."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from grading import small_lab
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from traitlets.config import Config

from autograder.cluster.connection import Connection
from autograder.grading.grading import Graded, grade
from autograder.grading.verdicts import SubmissionVerdicts, read_verdicts

LAB = small_lab.LAB


@dataclass(frozen=True)
class Course:
    """A course's folder."""

    root: Path
    environment: dict[str, str]
    """For nbgrader's commands."""

    def nbgrader(self, *arguments: str, cwd: Path | None = None, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run one of nbgrader's commands, as a person would."""
        return subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=cwd or self.root,
            env={**self.environment, **changes},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def autograder(self, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run one of our commands, as a person would."""
        return subprocess.run(
            [sys.executable, "-m", "autograder.cli", *arguments],
            cwd=self.root,
            env={**self.environment, "COLUMNS": "200", "NO_COLOR": "1", **changes},
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )

    def graded_by(self, way: str, *options: str) -> subprocess.CompletedProcess[str]:
        """Grade the whole class through nbgrader's command, or through ours."""
        if way == "nbgrader":
            return self.nbgrader("autograde", LAB, "--force", *options)
        return self.autograder("grade", LAB, *options)

    def exported(self) -> dict[str, dict[str, str]]:
        """`nbgrader export`, by student."""
        done = self.nbgrader("export", "--to", "grades.csv")
        assert done.returncode == 0, done.stderr
        with (self.root / "grades.csv").open() as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}

    @property
    def released(self) -> NotebookNode:
        return nbformat.read(self.root / "release" / LAB / f"{LAB}.ipynb", as_version=4)

    def submit(self, student: str, notebook: NotebookNode | str | None, *, name: str = LAB) -> Path:
        """Put a submission where `nbgrader collect` would; text is written as it is."""
        folder = self.root / "submitted" / student / LAB
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "timestamp.txt").write_text("2026-11-24 12:00:00 UTC")
        path = folder / f"{name}.ipynb"
        if isinstance(notebook, str):
            path.write_text(notebook)
        elif notebook is not None:
            nbformat.write(notebook, path)
        return folder

    def grade(self, student: str, connection: Connection | None = None, changes: Config | None = None) -> Graded:
        (result,) = grade(LAB, [student], course_root=self.root, connection=connection, changes=changes)
        return result

    def verdicts(self, student: str) -> SubmissionVerdicts:
        found = read_verdicts(self.root / "evidence" / student / LAB)
        assert found is not None
        return found

    @property
    def gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.root}/gradebook.db")

    def points(self, student: str) -> dict[str, float | None]:
        """What the gradebook has for each check cell."""
        with self.gradebook as gradebook:
            submission = gradebook.find_submission(LAB, student)
            return {grade.name: grade.auto_score for notebook in submission.notebooks for grade in notebook.grades}


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """A course with its lab generated, to copy."""
    from autograder.grading.grading import course_api

    root = tmp_path_factory.mktemp("course")
    shutil.copy(repository / "nbgrader_config.py", root)
    small_lab.write_source(root)
    result = course_api(root).generate_assignment(LAB)
    assert result["success"], result
    return root


@pytest.fixture
def course(_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    for name in ("AUTOGRADER_COURSE", "AUTOGRADER_EXCHANGE", "KUBECONFIG"):
        monkeypatch.delenv(name, raising=False)
    # A test whose submission needs no cluster may still come to ask for one: then for that of the tests.
    monkeypatch.setenv("AUTOGRADER_CLUSTER", os.environ.get("AUTOGRADER_TEST_CLUSTER", "test"))
    root = tmp_path / "course"
    shutil.copytree(_template, root)
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter-config"),
        "JUPYTER_DATA_DIR": str(tmp_path / "jupyter-data"),
    }
    return Course(root, environment)


@pytest.fixture
def submitted(course: Course, connection: Connection) -> Callable[[str, NotebookNode], Graded]:
    """Grades a notebook as a student's submission."""

    def grade_it(student: str, notebook: NotebookNode) -> Graded:
        course.submit(student, notebook)
        return course.grade(student, connection)

    return grade_it
