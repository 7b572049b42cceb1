"""Each student gets an answer of their own, whatever another one handed in."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import yaml
from grading import small_lab
from grading.small_lab import LAB, answered
from traitlets.config import Config

from autograder.cluster.connection import Connection
from autograder.errors import GradingError
from autograder.grading.grading import Graded, grade


def test_no_notebook_at_all_is_zero_points(course) -> None:
    course.submit("dan", None)
    result = course.grade("dan")
    assert (result.state, result.score, result.max_score) == ("graded", 0.0, small_lab.POINTS)
    assert course.points("dan") == {"check-settings": 0.0, "check-more": 0.0}


def test_a_notebook_that_is_a_link_is_not_read(course) -> None:
    folder = course.submit("dan", None)
    (folder / f"{LAB}.ipynb").symlink_to(course.root / "source" / LAB / f"{LAB}.ipynb")
    result = course.grade("dan")
    assert result.state == "ungraded"
    assert "a file of its own" in result.reason


def test_one_students_trouble_is_not_the_next_ones(course) -> None:
    course.submit("ann", "no notebook")
    course.submit("bob", '{"nbformat": 4, "cells": 7}')
    course.submit("cem", None)
    seen: list[Graded] = []
    results = grade(LAB, course_root=course.root, progress=seen.append)
    assert [(each.student, each.state) for each in results] == [
        ("ann", "ungraded"),
        ("bob", "ungraded"),
        ("cem", "graded"),
    ]
    assert seen == results


@pytest.mark.parametrize(("lab", "students"), [("lab99-none", None), (LAB, ["nobody"]), (LAB, None)])
def test_what_cannot_be_meant_is_an_error(course, lab: str, students: list[str] | None) -> None:
    with pytest.raises(GradingError):
        grade(lab, students, course_root=course.root)


def test_a_cluster_that_is_not_there_costs_no_points(course, tmp_path: Path) -> None:
    course.submit("eva", answered(course.released))
    result = course.grade("eva", nowhere(tmp_path), Config(RunTwoKernels={"retries": 1, "patience_s": 0.1}))
    assert result.state == "ungraded"
    assert "no answer from" in result.reason
    assert [verdict.state for cell in result.verdicts.cells for verdict in cell.verdicts] == ["unchecked"] * 4
    assert course.points("eva") == {"check-settings": None, "check-more": None}


def test_a_gradebook_that_is_being_written_is_waited_for(course) -> None:
    course.submit("dan", None)
    course.grade("dan")
    writer = sqlite3.connect(course.root / "gradebook.db", isolation_level=None, check_same_thread=False)
    writer.execute("BEGIN IMMEDIATE")
    release = threading.Timer(7.0, writer.execute, ["COMMIT"])  # longer than the five seconds SQLite waits by itself
    release.start()
    assert course.grade("dan").state == "graded"
    release.join()
    writer.close()


def test_a_submission_that_another_process_grades_is_left_to_it(course) -> None:
    course.submit("dan", "no notebook")
    course.grade("dan")
    before = course.verdicts("dan")
    folder = course.root / "evidence" / "dan" / LAB
    holder = subprocess.run(
        ["flock", "--nonblock", folder / ".lock", sys.executable, "-c", GRADE_ELSEWHERE, LAB, str(course.root)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "is being graded by another process" in holder.stdout
    assert course.verdicts("dan") == before


GRADE_ELSEWHERE = """
import sys
from pathlib import Path
from autograder.grading.grading import grade
(result,) = grade(sys.argv[1], ["dan"], course_root=Path(sys.argv[2]))
print(result.state, result.reason)
"""


def nowhere(folder: Path) -> Connection:
    """A kubeconfig whose API server's port nobody listens on."""
    names = {"name": "nowhere"}
    content = {
        "current-context": "nowhere",
        "clusters": [{**names, "cluster": {"server": "https://127.0.0.1:1"}}],
        "contexts": [{**names, "context": {"cluster": "nowhere", "user": "nobody"}}],
        "users": [{"name": "nobody", "user": {"token": "none"}}],
    }
    path = folder / "nowhere"
    path.write_text(yaml.safe_dump(content))
    return Connection(path)


def test_what_a_killed_run_left_is_taken_up_again_without_being_forced(course) -> None:
    """SIGKILL leaves half a submission in `autograded/`, and verdicts that say that grading did not end."""
    course.submit("dan", None)
    course.grade("dan")
    file = course.root / "evidence" / "dan" / LAB / "verdicts.json"
    file.write_text(file.read_text().replace('"graded"', '"ungraded"'))
    (course.root / "autograded" / "dan" / LAB).mkdir(parents=True)
    done = course.nbgrader("autograde", LAB)
    assert done.returncode == 0, done.stderr
    assert course.verdicts("dan").state == "graded"
