"""Every one of nbgrader's commands, as a person runs them, with the course's configuration."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import nbformat
import pytest
from grading import small_lab
from grading.small_lab import LAB, answered

from autograder.cluster.connection import Connection

STUDENTS_CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "kubernetes-for-ml"
c.Exchange.root = "{exchange}"
"""
HIDDEN_WORDS = ("secret size", "HIDDEN TESTS", "whether it exists at all")


@pytest.mark.live
@pytest.mark.timeout(1200)  # fourteen commands, each of which imports all of nbgrader
def test_a_course_runs_from_generate_to_export(course, connection: Connection, tmp_path: Path) -> None:
    _run(course, "generate_assignment", LAB, "--force")
    _run(course, "release_assignment", LAB)
    for student, answer in (("bea", small_lab.PARTLY), ("cyd", None)):
        desk = tmp_path / student
        desk.mkdir()
        (desk / "nbgrader_config.py").write_text(STUDENTS_CONFIG.format(exchange=course.root / "exchange"))
        _run(course, "fetch_assignment", LAB, cwd=desk, JUPYTER_DATA_DIR=str(desk / "data"))
        path = desk / LAB / f"{LAB}.ipynb"
        released = nbformat.read(path, as_version=4)
        path.write_text("no notebook") if answer is None else nbformat.write(answered(released, answer), path)
        _run(course, "submit", LAB, f"--student={student}", cwd=desk, JUPYTER_DATA_DIR=str(desk / "data"))
    _run(course, "collect", LAB, "--ExchangeCollect.check_owner=False")

    autograded = course.nbgrader("autograde", LAB)
    assert autograded.returncode == 1, "one submission is left ungraded"
    assert "not JSON" in autograded.stderr
    assert course.points("bea") == {"check-settings": 3.0, "check-more": 2.0}
    assert course.points("cyd") == {"check-settings": None, "check-more": None}
    assert course.verdicts("cyd").state == "ungraded"

    _run(course, "generate_feedback", LAB)
    _run(course, "release_feedback", LAB)
    _nothing_hidden_in(course.root / "feedback", course.root / "exchange", course.root / "release")
    page = (course.root / "feedback" / "bea" / LAB / f"{LAB}.html").read_text()
    assert "its colour is blue" in page
    assert "Hidden check 1" in page
    assert "Score: 5.0 / 6.0" in page

    _run(course, "export", "--to", str(tmp_path / "grades.csv"))
    rows = list(csv.DictReader((tmp_path / "grades.csv").open()))
    assert {row["student_id"]: row["score"] for row in rows} == {"bea": "5.0", "cyd": ""}

    again = {student: course.grade(student, connection).score for student in ("bea", "cyd")}
    assert again == {"bea": 5.0, "cyd": 0.0}, "autograder grade gives the same grades"


def test_a_lab_whose_criteria_do_not_add_up_is_not_generated(course) -> None:
    small_lab.write_source(course.root, small_lab.source_notebook(points=5))
    refused = course.nbgrader("generate_assignment", LAB, "--force")
    assert refused.returncode != 0
    assert "check-settings add up to 4 points" in refused.stderr


def test_commands_work_from_another_folder(course, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    _run(course, "generate_assignment", LAB, "--force", "--course-dir", str(course.root), cwd=elsewhere)
    users = Path(course.environment["JUPYTER_CONFIG_DIR"])
    users.mkdir(exist_ok=True)
    (course.root / "nbgrader_config.py").rename(users / "nbgrader_config.py")
    _run(course, "generate_assignment", LAB, "--force", cwd=elsewhere, AUTOGRADER_COURSE=str(course.root))
    assert sorted(path.name for path in elsewhere.iterdir()) == []


def _run(course, *arguments: str, expect: int = 0, **options) -> None:
    done = course.nbgrader(*arguments, **options)
    assert done.returncode == expect, done.stdout + done.stderr


def _nothing_hidden_in(*folders: Path) -> None:
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".html" for path in files)
    for path in files:
        text = path.read_text(errors="replace")
        if path.suffix == ".ipynb":
            text = json.dumps(json.loads(text)) if text.startswith("{") else text
        for words in HIDDEN_WORDS:
            assert words not in text, f"{path} tells of a hidden criterion"
