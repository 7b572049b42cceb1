"""Whatever a student hands in is graded, or ungraded for a reason that is said: by nbgrader's command and by ours."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from pathlib import Path

import nbformat
import pytest
from grading import small_lab
from grading.small_lab import LAB, answered, find
from nbformat.v4 import new_code_cell

from autograder.grading.grading import course_api
from autograder.grading.keeping import handed_in_at

WAYS = pytest.mark.parametrize("way", ["nbgrader", "autograder"])
READS_A_FILE = small_lab.SOLUTION + '\nassert open("data.txt").read() == "mine"'


def zipped(members: dict[str, str | bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def hand_in(course, student: str, files: dict[str, object]) -> Path:
    """Put files below a submission's folder: notebooks, text or bytes, by where they lie."""
    folder = course.submit(student, None)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content)
        else:
            nbformat.write(content, path, version=nbformat.NO_CONVERT)
    return folder


@WAYS
@pytest.mark.live
def test_the_one_notebook_that_carries_the_work_is_graded_under_any_name(course, way: str) -> None:
    right, untouched = answered(course.released), course.released
    text = nbformat.writes(right)
    hand_in(
        course, "deeper", {f"{LAB}/{LAB}.ipynb": answered(course.released, READS_A_FILE), f"{LAB}/data.txt": "mine"}
    )
    hand_in(course, "txt", {f"{LAB}.ipynb.txt": text})
    hand_in(course, "upper", {f"{LAB}.IPYNB": text})
    hand_in(course, "zip", {f"{LAB}.zip": zipped({f"work/{LAB}.ipynb": text, f"__MACOSX/work/._{LAB}.ipynb": "x"})})
    hand_in(course, "copy", {f"{LAB}.ipynb": untouched, f"{LAB}-Copy1.ipynb": right})
    hand_in(course, "renamed", {f"{LAB} (1).ipynb": right})
    hand_in(course, "scratch", {f"{LAB}.ipynb": right, "notes.ipynb": nbformat.v4.new_notebook()})
    hand_in(course, "proper", {f"{LAB}.ipynb": right, f".ipynb_checkpoints/{LAB}-checkpoint.ipynb": untouched})
    done = course.graded_by(way)
    assert done.returncode == 0, done.stdout + done.stderr
    taken = {
        "deeper": f"found and graded {LAB}/{LAB}.ipynb",
        "txt": f"found and graded {LAB}.ipynb.txt",
        "upper": f"found and graded {LAB}.IPYNB",
        "zip": f"found and graded {LAB}.zip/work/{LAB}.ipynb",
        "copy": f"found and graded {LAB}-Copy1.ipynb; {LAB}.ipynb beside it holds no work",
        "renamed": f"found and graded {LAB} (1).ipynb",
        "scratch": "",
        "proper": "",
    }
    for student, said in taken.items():
        verdicts = course.verdicts(student)
        assert (verdicts.state, verdicts.score) == ("graded", small_lab.POINTS), (student, verdicts)
        assert [note for note in verdicts.notes if "found and graded" in note] == (
            [f"expected {LAB}.ipynb, {said}"] if said else []
        )
        assert said in done.stdout + done.stderr
        assert course.points(student) == {"check-settings": 4.0, "check-more": 2.0}
    feedback = course.nbgrader("generate_feedback", LAB)
    assert feedback.returncode == 0, feedback.stderr
    page = (course.root / "feedback" / "copy" / LAB / f"{LAB}.html").read_text()
    assert f"found and graded {LAB}-Copy1.ipynb" in page, "the student is told"


@WAYS
@pytest.mark.live
def test_what_could_be_one_or_another_is_left_to_a_person(course, way: str) -> None:
    right, partly = answered(course.released), answered(course.released, small_lab.PARTLY)
    hand_in(course, "two", {f"{LAB}.ipynb": right, f"{LAB}-Copy1.ipynb": partly})
    hand_in(course, "other", {"homework.ipynb": nbformat.v4.new_notebook(cells=[new_code_cell("1 + 1")])})
    hand_in(course, "broken", {f"{LAB}.ipynb": "{", f"{LAB}-Copy1.ipynb": right})
    hand_in(course, "bomb", {f"{LAB}.zip": zipped({f"{LAB}.ipynb": b"0" * (80 * 2**20)})})
    hand_in(course, "nozip", {f"{LAB}.zip": b"PK\x03\x04 nothing of the kind"})
    done = course.graded_by(way)
    assert done.returncode == (1 if way == "nbgrader" else 3), done.stderr
    reasons = {
        "two": "of which each could be the answer",
        "other": "without one cell of this lab",
        "broken": "of which each could be the answer",
        "bomb": "unpacks to more than can be graded",
        "nozip": "cannot be unpacked",
    }
    for student, reason in reasons.items():
        verdicts = course.verdicts(student)
        assert verdicts.state == "ungraded"
        assert reason in verdicts.reason
        assert reason in done.stderr, "said in the terminal"
        assert course.points(student) == {"check-settings": None, "check-more": None}
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if "two" in line]) == 1, "one line a student"
    exported = course.exported()
    for student, reason in reasons.items():
        assert exported[student]["score"] == exported[student]["raw_score"] == ""
        assert exported[student]["state"].startswith("ungraded: ")
        assert reason in exported[student]["state"]


def test_an_archive_reaches_nothing_outside_of_itself(course, tmp_path: Path) -> None:
    text = nbformat.writes(answered(course.released))
    link = zipfile.ZipInfo("work/link.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(link, str(course.root / "source" / LAB / f"{LAB}.ipynb"))
        for name in ("../../../escaped.ipynb", "/escaped.ipynb", "a/../../../escaped.ipynb", "..\\escaped.ipynb"):
            archive.writestr(name, text)
    hand_in(course, "eve", {f"{LAB}.zip": packed.getvalue()})
    result = course.grade("eve")
    assert result.state == "ungraded", "what could not be read is nobody's zero"
    assert f"{LAB}.zip, in which no notebook was found" in result.reason
    assert list(course.root.rglob("escaped*")) == []


def test_files_without_a_notebook_are_looked_at_by_a_person(course) -> None:
    packed, twice = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{LAB}.ipynb", nbformat.writes(answered(course.released)))
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr(f"{LAB}.zip", packed.getvalue())
    for student, files in {"ann": {f"{LAB}.zip": twice.getvalue()}, "bob": {"answer.py": b"print(1)"}}.items():
        hand_in(course, student, files)
        result = course.grade(student)
        assert result.state == "ungraded"
        assert "in which no notebook was found" in result.reason


@WAYS
@pytest.mark.live
def test_nothing_at_all_is_zero_points_and_says_so(course, way: str) -> None:
    course.submit("dan", None)
    done = course.graded_by(way)
    assert done.returncode == 0, done.stderr
    assert course.points("dan") == {"check-settings": 0.0, "check-more": 0.0}
    assert course.verdicts("dan").notes == ("no notebook was handed in",)


@WAYS
@pytest.mark.live
def test_odd_files_cost_nobody_a_grade(course, way: str, tmp_path: Path) -> None:
    """Endless, blocking, circular and nonsensical things beside a right answer."""
    right = answered(course.released)
    folder = course.submit("eve", right)
    (folder / "endless").symlink_to("/dev/zero")
    (folder / "endless.txt").symlink_to("/dev/zero")
    (folder / "round").symlink_to(folder)
    (folder / "shadow").symlink_to("/etc/shadow")
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "data.csv")
    course.submit("far", right).joinpath("timestamp.txt").write_text("9999-12-31 23:59:59 UTC")
    course.submit("odd", right).joinpath("timestamp.txt").write_text("\x1b[2J\x1b]0;mine\x07 graded\nann: 10 / 10")
    endless = course.submit("endless", right)
    (endless / "timestamp.txt").unlink()
    (endless / "timestamp.txt").symlink_to("/dev/zero")
    folders = course.submit("folders", right)
    (folders / "timestamp.txt").unlink()
    for name in ("timestamp.txt", "submission_secret.txt"):
        (folders / name / "data").mkdir(parents=True)
    deep = json.loads(nbformat.writes(right))
    nested: object = 1
    for _ in range(900):
        nested = {"x": nested}
    deep["metadata"]["deep"] = nested
    for cell in deep["cells"]:
        cell["metadata"]["deep"] = nested
        cell["metadata"].setdefault("nbgrader", {})["deep"] = nested
    course.submit("deep", json.dumps(deep))
    course.submit("na\x1b[31mme\nd", right)
    done = course.graded_by(way)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr.replace("\x1b[0m", "").replace("\x1b[33m", "").replace("\x1b[1m", "")
    for student in ("eve", "far", "odd", "endless", "folders", "deep", "na\x1b[31mme\nd"):
        verdicts = course.verdicts(student)
        assert (verdicts.state, verdicts.score) == ("graded", small_lab.POINTS), (student, verdicts.reason)
    assert not any(line.startswith("ann: 10") for line in (done.stdout + done.stderr).splitlines())
    graded = course.root / "autograded" / "eve" / LAB
    assert sorted(path.name for path in graded.iterdir()) == [f"{LAB}.ipynb", "timestamp.txt"]
    assert any("left out" in note for note in course.verdicts("eve").notes)
    assert any("no time of a submission" in note for note in course.verdicts("far").notes)
    assert any("submission_secret.txt, timestamp.txt (a folder" in each for each in course.verdicts("folders").notes)
    assert len(course.exported()) == 7


@pytest.mark.parametrize(
    "text",
    ["2026-11-24 12:00:00 UTC", "2026-11-24 12:00:00.123456 CET", "2026-11-24T12:00:00+01:00", "2026-11-24 12:00"],
)
def test_a_time_that_somebody_can_have_meant_is_read(tmp_path: Path, text: str) -> None:
    (tmp_path / "timestamp.txt").write_text(text)
    when, remark = handed_in_at(tmp_path)
    assert remark == ""
    assert when
    assert (when.year, when.month, when.day) == (2026, 11, 24)


def test_a_time_that_would_block_or_never_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "timestamp.txt")
    assert "not known" in handed_in_at(tmp_path)[1] or handed_in_at(tmp_path) == (None, "")
    (tmp_path / "timestamp.txt").unlink()
    (tmp_path / "timestamp.txt").symlink_to("/dev/zero")
    assert handed_in_at(tmp_path)[0] is None
    (tmp_path / "timestamp.txt").unlink()
    (tmp_path / "timestamp.txt").write_bytes(b"\xff\xfe\x00\x00")
    assert handed_in_at(tmp_path)[0] is None


@pytest.mark.parametrize(
    "text", ["9999-12-31 23:59:59 UTC", "0001-01-01 00:00:00 UTC", "x" * 10_000, "99999999999999999999"]
)
def test_a_time_that_nobody_can_have_meant_is_ignored_with_a_remark(tmp_path: Path, text: str) -> None:
    (tmp_path / "timestamp.txt").write_text(text)
    when, remark = handed_in_at(tmp_path)
    assert when is None
    assert "was ignored" in remark


@pytest.mark.live
def test_parameters_that_papermill_left_are_replaced(course, connection) -> None:
    notebook = answered(course.released)
    at = notebook.cells.index(find(notebook, "settings"))
    old = new_code_cell('# Parameters\nnamespace = "somebody-elses"\n', metadata={"tags": ["injected-parameters"]})
    notebook.cells.insert(at + 1, old)
    course.submit("pam", notebook)
    result = course.grade("pam", connection)
    assert result.score == small_lab.POINTS, result.verdicts
    assert any("as papermill does" in note for note in result.verdicts.notes)


def test_remarks_about_a_submission_are_bounded(course) -> None:
    notebook = answered(course.released)
    marks = small_lab.marks("x" * 190, grade=True, locked=True, points=1)
    notebook.cells += [
        new_code_cell("1", metadata={"nbgrader": {**marks, "grade_id": f"{'x' * 190}-{number}"}})
        for number in range(1900)
    ]
    course.submit("max", notebook)
    course.graded_by("nbgrader", "--RunTwoKernels.kubeconfig=/nowhere")
    file = course.root / "evidence" / "max" / LAB / "verdicts.json"
    verdicts = course.verdicts("max")
    assert len(verdicts.notes) <= 41
    assert "more remarks like these" in " ".join(verdicts.notes)
    assert file.stat().st_size < 100_000


@WAYS
@pytest.mark.live
def test_names_with_brackets_are_names(course, way: str, tmp_path: Path) -> None:
    root = tmp_path / "course [2026]"
    course.root.rename(root)
    moved = type(course)(root, course.environment)
    moved.submit("ada [2]", answered(moved.released))
    moved.submit("ada *", answered(moved.released, small_lab.PARTLY))
    student = ("--student=ada [2]",) if way == "nbgrader" else ("--student", "ada [2]")
    done = moved.graded_by(way, *student)
    assert done.returncode == 0, done.stdout + done.stderr
    assert moved.points("ada [2]") == {"check-settings": 4.0, "check-more": 2.0}
    assert not (root / "evidence" / "ada *").exists(), "a name is no pattern where somebody has it"
    assert moved.nbgrader("generate_feedback", LAB).returncode == 0
    assert (root / "feedback" / "ada [2]" / LAB / f"{LAB}.html").is_file()
    assert moved.nbgrader("generate_assignment", LAB, "--force").returncode == 0
    assert "BEGIN SOLUTION" not in (root / "release" / LAB / f"{LAB}.ipynb").read_text()


@WAYS
@pytest.mark.live
def test_a_traceback_is_shown_to_those_who_ask(course, way: str) -> None:
    course.submit("ann", "no notebook")
    if way == "nbgrader":
        assert "Traceback" in course.nbgrader("autograde", LAB, "--debug").stderr
    else:
        assert "Traceback" in course.autograder("--debug", "grade", LAB).stderr
    assert "Traceback" not in course.graded_by(way).stderr


@pytest.mark.live
def test_what_formgrader_shows_is_the_reason(course, connection) -> None:
    course.submit("ann", "no notebook")
    shown = course_api(course.root, connection).autograde(LAB, "ann")
    assert not shown["success"]
    assert "is not JSON" in shown["log"]
    assert shown["error"] == "1 of 1 submissions are left ungraded"
    assert "Traceback" not in shown["log"]


@pytest.mark.live
def test_only_who_has_no_grade_is_graded_again(course) -> None:
    course.submit("ada", answered(course.released))
    course.submit("ben", "{")
    assert course.autograder("grade", LAB).returncode == 3
    told = " ".join(course.nbgrader("generate_feedback", LAB).stderr.split())
    assert f"ben has no grade for {LAB}, so there is no feedback" in told
    before = course.verdicts("ada")
    course.submit("ben", answered(course.released, small_lab.PARTLY))
    done = course.autograder("grade", LAB, "--ungraded")
    assert done.returncode == 0, done.stderr
    assert course.verdicts("ada") == before
    assert course.verdicts("ben").score == 5.0
    assert "everybody who handed" in course.autograder("grade", LAB, "--ungraded").stdout
    only_one = course.autograder("grade", LAB, "--ungraded", "--student", "ben").stdout
    assert f"nobody was graded: ben has a grade of {LAB} already" in only_one
