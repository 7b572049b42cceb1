"""Feedback, exports and reports say what the gradebook says: pictures, points by hand, and who was removed included."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from grading import small_lab
from grading.small_lab import LAB, answered, find, marks
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.grading.grading import class_standings, grade
from autograder.report.reading import read_labs

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ANSWER = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
TASK = """\
## Draw it
### BEGIN MARK SCHEME
Two points for a drawing.
### END MARK SCHEME
Send it in."""


def picture(name: str, data: str = PIXEL) -> dict[str, dict[str, str]]:
    return {name: {"image/png": data}}


def by_hand() -> NotebookNode:
    """The small lab with cells that a person grades, and pictures."""
    notebook = small_lab.source_notebook()
    explain = marks("explain", grade=True, solution=True, points=3)
    told = new_markdown_cell(
        "Told: ![the lab's](attachment:Bild%20ä%201.png)", metadata={"nbgrader": marks("told", locked=True)}
    )
    told.attachments = picture("Bild ä 1.png")
    plain = new_markdown_cell("Plain: ![the lab's](attachment:plain.png)")
    plain.attachments = picture("plain.png")
    answer = new_markdown_cell("![the solution](attachment:solved.png)", metadata={"nbgrader": explain})
    answer.attachments = picture("solved.png", ANSWER)
    task = new_markdown_cell(TASK, metadata={"nbgrader": marks("draw", task=True, locked=True, points=2)})
    notebook.cells += [told, plain, answer, task]
    return notebook


@pytest.fixture
def hand_graded(course):
    small_lab.write_source(course.root, by_hand())
    done = course.nbgrader("generate_assignment", LAB, "--force")
    assert done.returncode == 0, done.stderr
    return course


def test_a_solutions_picture_is_not_handed_out(hand_graded) -> None:
    handed_out = (hand_graded.root / "release" / LAB / f"{LAB}.ipynb").read_text()
    assert ANSWER not in handed_out
    assert PIXEL in handed_out, "the lab's own is"
    assert "MARK SCHEME" not in handed_out


@pytest.mark.live
def test_pictures_are_kept_and_never_keep_feedback_from_anybody(hand_graded, connection) -> None:
    course = hand_graded
    texts = {
        "pasted": ("![mine](attachment:image.png)", picture("image.png", ANSWER)),
        "blanks": ("![mine](<attachment:Bildschirmfoto (1) ü.png>)", picture("Bildschirmfoto (1) ü.png", ANSWER)),
        "quoted": ("![mine](attachment:mein%20Bild%20%C3%BC.png)", picture("mein Bild ü.png", ANSWER)),
        "missing": ("Mine: ![mine](attachment:gone.png)", {}),
        "hostile": ("![x](attachment:a.png)", {"a.png": {'image/png;base64,x" onerror="evil()': "x"}}),
    }
    for student, (text, attachments) in texts.items():
        notebook = answered(course.released)
        find(notebook, "explain").source = text
        find(notebook, "explain").attachments = attachments
        course.submit(student, notebook)
    for result in grade(LAB, course_root=course.root, connection=connection):
        assert (result.state, result.score) == ("graded", small_lab.POINTS), result.reason
        assert result.verdicts.notes == (), "nobody is said to have changed the task or the lab's pictures"
    done = course.nbgrader("generate_feedback", LAB)
    assert done.returncode == 0, done.stderr
    for student in texts:
        page = (course.root / "feedback" / student / LAB / f"{LAB}.html").read_text()
        assert page.count(PIXEL) == 2, "both of the lab's own"
        assert (ANSWER in page) == (student in ("pasted", "blanks", "quoted"))
        assert "onerror" not in page
        assert "Two points for a drawing" not in page
        kept = nbformat.read(course.root / "autograded" / student / LAB / f"{LAB}.ipynb", as_version=4)
        assert bool(find(kept, "explain").get("attachments")) == (ANSWER in page)

    # Points by hand: open until they are given, then in every sum.
    assert course.exported()["pasted"]["score"] == ""
    assert course.exported()["pasted"]["state"] == "ungraded: 2 to grade by hand"
    assert "by hand" in course.autograder("report").stdout
    with course.gradebook as gradebook:
        for name, given in (("explain", 2.0), ("draw", 1.0)):
            cell = gradebook.find_grade(name, LAB, LAB, "pasted")
            cell.manual_score, cell.needs_manual_grade = given, False
        gradebook.db.commit()
    assert course.exported()["pasted"]["score"] == "9.0"
    (results,) = read_labs(course.root / "evidence", [LAB], class_standings(course.root))
    (pasted,) = [one for one in results.submissions if one.student == "pasted"]
    assert (pasted.score, pasted.max_score, pasted.by_hand) == (9.0, 11.0, 0)
    assert "9 / 11" in course.autograder("report").stdout

    # A regrade keeps what a person gave.
    again = course.autograder("grade", LAB, "--student", "pasted")
    assert "9 / 11" in again.stdout, again.stdout + again.stderr


@pytest.mark.live
def test_feedback_follows_the_grade(course, connection) -> None:
    course.submit("ada", answered(course.released, small_lab.PARTLY))
    course.grade("ada", connection)
    page = course.root / "feedback" / "ada" / LAB / f"{LAB}.html"
    assert course.nbgrader("generate_feedback", LAB).returncode == 0
    assert "Score: 5.0 / 6.0" in page.read_text()
    course.submit("ada", answered(course.released))
    course.grade("ada", connection)
    assert course.nbgrader("generate_feedback", LAB).returncode == 0
    assert "Score: 6.0 / 6.0" in page.read_text()
    course.submit("ada", "{")
    assert course.grade("ada", connection).state == "ungraded"
    gone = course.nbgrader("generate_feedback", LAB)
    assert "has no grade" in gone.stderr
    assert not page.exists(), "what was said of an older submission is no feedback for this one"


@pytest.mark.live
def test_feedback_is_released_to_whoever_can_fetch_it_and_the_others_are_named(course, connection) -> None:
    for student in ("ada", "ben", "eve"):
        folder = course.submit(student, answered(course.released))
        if student == "ben":
            (folder / "submission_secret.txt").write_text("secret of ben")
        if student == "eve":
            os.mkfifo(folder / "submission_secret.txt")
    grade(LAB, course_root=course.root, connection=connection)
    assert course.nbgrader("generate_feedback", LAB).returncode == 0
    done = course.nbgrader("release_feedback", LAB)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    released = list(Path(course.root, "exchange", "kubernetes-for-ml", "feedback").glob("*.html"))
    assert len(released) == 1
    assert f"feedback/ada/{LAB}/{LAB}.html was not handed in through the exchange" in done.stderr


@pytest.mark.live
def test_no_page_of_an_earlier_grade_is_released(course, connection) -> None:
    for student in ("ada", "ben", "eve"):
        folder = course.submit(student, answered(course.released))
        (folder / "submission_secret.txt").write_text(f"secret of {student}")
    # A page of somebody's own says nothing of a grade, and is not given out.
    (folder / "own.html").write_text("<p>mine</p>")
    grade(LAB, course_root=course.root, connection=connection)
    assert course.nbgrader("generate_feedback", LAB).returncode == 0
    with course.gradebook as gradebook:
        # What formgrader writes when a person changes the points of a check cell.
        gradebook.find_grade("check-settings", LAB, LAB, "ada").manual_score = 1.0
        gradebook.db.commit()
    course.grade("ben", connection)  # the same points, and other verdicts
    secret = course.root / "feedback" / "ada" / LAB / "submission_secret.txt"
    secret.rename(secret.with_name("aside"))
    by_hand = course.nbgrader("release_feedback", LAB)
    assert f"nbgrader generate_feedback {LAB}, then give it by hand" in by_hand.stderr
    secret.with_name("aside").rename(secret)

    done = course.nbgrader("release_feedback", LAB)

    assert done.returncode == 0, done.stderr
    released = Path(course.root, "exchange", "kubernetes-for-ml", "feedback")
    assert len(list(released.glob("*.html"))) == 1
    for student in ("ada", "ben"):
        assert f"{student}'s {LAB} was graded, or changed by hand, after its feedback was made" in done.stderr
    assert f"nbgrader generate_feedback {LAB}" in done.stderr
    # The way out that it names.
    assert course.nbgrader("generate_feedback", LAB).returncode == 0
    assert "not released" not in course.nbgrader("release_feedback", LAB).stderr
    pages = [page.read_text() for page in released.glob("*.html")]
    assert len(pages) == 3
    assert sum("Score: 3.0 / 6.0" in page for page in pages) == 1


def test_a_student_who_was_removed_is_listed_no_more(course) -> None:
    for student in ("ada", "ben"):
        course.submit(student, None)
        course.grade(student)
    removed = course.nbgrader("db", "student", "remove", "ben", "--force")
    assert removed.returncode == 0, removed.stderr
    shown = course.autograder("report")
    assert "ada" in shown.stdout
    assert "ben" not in shown.stdout
    assert "ben" not in (course.root / "evidence" / "report.html").read_text()
    assert list(course.exported()) == ["ada"]


def test_who_was_not_graded_yet_has_a_row_without_a_score(course) -> None:
    course.submit("ada", None)
    course.grade("ada")
    course.submit("ben", answered(course.released))
    with course.gradebook as gradebook:
        gradebook.add_student("cem")
    exported = course.exported()
    assert (exported["ada"]["score"], exported["ada"]["state"]) == ("0.0", "graded")
    assert (exported["ben"]["score"], exported["ben"]["state"]) == ("", "ungraded: handed in, not graded yet")
    assert (exported["cem"]["score"], exported["cem"]["state"]) == ("0.0", "nothing handed in")
