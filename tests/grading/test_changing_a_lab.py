"""The gradebook follows a lab's source, from a fresh clone on, and nobody loses a grade for it."""

from __future__ import annotations

import shutil

import nbformat
import pytest
from grading import small_lab
from grading.small_lab import LAB, answered, find
from nbformat.v4 import new_code_cell

from autograder.grading.grading import grade

WAYS = pytest.mark.parametrize("way", ["nbgrader", "autograder"])
CHECK_SIZE = """\
from autograder import lab

with lab.criterion(3, "its size is a number"):
    lab.expect(lab.get_object("configmap/settings")["data"].get("size", "").isdigit(), equal=True, what="whether it is")
lab.points()"""


def without_gradebook(course) -> None:
    """As a clone is: `release/` is there, the gradebook is not."""
    for path in course.root.glob("gradebook.db*"):
        path.unlink()
    assert (course.root / "release" / LAB).is_dir()


@WAYS
@pytest.mark.live
def test_a_fresh_clone_grades_without_a_step_before(course, way: str) -> None:
    without_gradebook(course)
    course.submit("ada", answered(course.released))
    done = course.graded_by(way)
    assert done.returncode == 0, done.stdout + done.stderr
    assert course.points("ada") == {"check-settings": 4.0, "check-more": 2.0}


def test_generate_assignment_on_a_fresh_clone_makes_the_gradebook_and_leaves_the_release(course) -> None:
    without_gradebook(course)
    release = course.root / "release" / LAB / f"{LAB}.ipynb"
    before = release.stat().st_mtime_ns
    done = course.nbgrader("generate_assignment", LAB)
    assert done.returncode == 0, done.stderr
    assert f"the gradebook knows {LAB} now" in done.stderr
    assert "was left as it is; --force makes it anew" in done.stderr
    assert release.stat().st_mtime_ns == before
    with course.gradebook as gradebook:
        assert gradebook.find_assignment(LAB).max_score == small_lab.POINTS
    assert course.nbgrader("generate_assignment", LAB, "--force").returncode == 0, "the next step that it says"
    assert release.stat().st_mtime_ns > before


@pytest.mark.live
def test_a_check_that_is_changed_added_or_removed_is_graded_and_costs_nobody_a_grade(course, connection) -> None:
    course.submit("ada", answered(course.released))
    course.submit("ben", answered(course.released, small_lab.PARTLY))
    assert [each.score for each in grade(LAB, course_root=course.root, connection=connection)] == [6.0, 5.0]

    # Changed and added: the next grading takes them over, whoever was not graded again keeps what was earned.
    changed = small_lab.source_notebook()
    find(changed, "check-more").source = small_lab.CHECK_MORE.replace("`more` exists", "`more` is there")
    marks = small_lab.marks("check-size", grade=True, locked=True, points=3)
    changed.cells.append(new_code_cell(CHECK_SIZE, metadata={"nbgrader": marks}))
    small_lab.write_source(course.root, changed)
    done = course.nbgrader("autograde", LAB, "--force", "--student=ada")
    assert done.returncode == 0, done.stderr
    assert "changed: check-more; new: check-size" in done.stderr
    assert course.points("ada") == {"check-settings": 4.0, "check-more": 2.0, "check-size": 3.0}
    assert course.points("ben") == {"check-settings": 3.0, "check-more": 2.0, "check-size": None}
    assert "ConfigMap `more` is there" in str(course.verdicts("ada"))
    exported = course.exported()
    assert (exported["ada"]["score"], exported["ada"]["state"]) == ("9.0", "graded")
    assert (exported["ben"]["score"], exported["ben"]["state"]) == ("", "ungraded: the lab has changed, grade it again")

    # Removed: by generate_assignment, which used to refuse and to leave no release behind.
    smaller = small_lab.source_notebook()
    smaller.cells = [cell for cell in smaller.cells if small_lab.grade_id_of(cell) != "check-more"]
    small_lab.write_source(course.root, smaller)
    done = course.nbgrader("generate_assignment", LAB, "--force")
    assert done.returncode == 0, done.stderr
    assert "gone: check-more, check-size" in done.stderr
    assert course.points("ben") == {"check-settings": 3.0}
    assert course.exported()["ben"]["score"] == "3.0"
    assert [each.score for each in grade(LAB, course_root=course.root, connection=connection)] == [4.0, 3.0]

    # Worth less than was earned: no table shows 4 of 3 without a word.
    fewer = small_lab.CHECK_SETTINGS.replace('lab.criterion(2, "ConfigMap', 'lab.criterion(1, "ConfigMap')
    cheaper = small_lab.source_notebook(check_settings=fewer, points=3)
    cheaper.cells = [cell for cell in cheaper.cells if small_lab.grade_id_of(cell) != "check-more"]
    small_lab.write_source(course.root, cheaper)
    assert course.nbgrader("generate_assignment", LAB, "--force").returncode == 0
    exported = course.exported()
    assert exported["ada"]["state"] == "graded, as the lab was before it was changed: grade it again"
    assert exported["ben"]["state"] == "graded"
    assert [each.score for each in grade(LAB, course_root=course.root, connection=connection)] == [3.0, 2.0]
    assert course.exported()["ada"]["state"] == "graded"


@WAYS
@pytest.mark.live
def test_a_lab_that_cannot_be_graded_is_refused_before_a_submission_is_touched(course, way: str) -> None:
    course.submit("dan", None)
    assert course.grade("dan").state == "graded"
    before = course.verdicts("dan")
    small_lab.write_source(course.root, small_lab.source_notebook(points=5))
    done = course.graded_by(way)
    assert done.returncode == 1
    assert "add up to 4 points" in " ".join((done.stdout + done.stderr).split())
    assert "Traceback" not in done.stderr
    assert course.verdicts("dan") == before
    assert course.points("dan") == {"check-settings": 0.0, "check-more": 0.0}


def test_what_cannot_be_generated_leaves_the_release_as_it_was(course) -> None:
    release = course.root / "release" / LAB / f"{LAB}.ipynb"
    before = release.read_bytes()
    broken = small_lab.source_notebook(points=5)
    small_lab.write_source(course.root, broken)
    refused = course.nbgrader("generate_assignment", LAB, "--force")
    assert refused.returncode == 1
    assert "nothing of it was changed" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert release.read_bytes() == before
    assert not list(course.root.glob(".generating-*"))


@pytest.mark.parametrize("command", ["autograde", "generate_assignment"])
def test_a_lab_that_is_not_there_is_named_beside_those_that_are(course, command: str) -> None:
    done = course.nbgrader(command, "lab99-none")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "lab99-none" in done.stderr


def test_what_is_said_when_nothing_was_handed_in_can_be_done(course) -> None:
    """The error's next step, tried as it stands."""
    done = course.autograder("grade", LAB)
    assert done.returncode == 1
    said = " ".join(done.stderr.replace("│", " ").split())
    assert f"put a notebook into submitted/STUDENT/{LAB}/" in said
    target = course.root / "submitted" / "STUDENT" / LAB
    target.mkdir(parents=True)
    shutil.copy(course.root / "release" / LAB / f"{LAB}.ipynb", target)
    assert course.autograder("report").returncode == 1
    collected = course.nbgrader("collect", LAB)
    assert "Traceback" not in collected.stderr
    nbformat.read(target / f"{LAB}.ipynb", as_version=4)
    assert [each.student for each in grade(LAB, course_root=course.root)] == ["STUDENT"]
