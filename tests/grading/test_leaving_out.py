"""Nothing that was handed in disappears in silence: what was not read is said, and alone it is nobody's zero."""

from __future__ import annotations

import io
import os
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from grading.small_lab import LAB, answered
from grading.test_collecting import as_nobody
from nbgrader.coursedir import CourseDirectory

from autograder.errors import GradingError
from autograder.grading import receiving
from autograder.grading.canonical import canonical_cells
from autograder.grading.misplacing import misplaced
from autograder.grading.omitting import LeftOut
from autograder.grading.receiving import copy_file, copy_files, received
from autograder.grading.submission import Submission
from autograder.grading.unpacking import unpack_all

Fill = Callable[[Path], object]
EMPTY = nbformat.writes(nbformat.v4.new_notebook())


def submission(root: Path) -> Submission:
    """Eve's, with an empty folder."""
    folder = root / "submitted" / "eve" / LAB
    folder.mkdir(parents=True, exist_ok=True)
    source = root / "source" / LAB / f"{LAB}.ipynb"
    return Submission(LAB, "eve", LAB, root, folder, source, root / "autograded" / "eve" / LAB, "")


def written(path: Path, content: str | bytes = "1") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def deeply(folder: Path, name: str) -> Path:
    return folder.joinpath(*"abcdefghi", name)


def notes_of(root: Path, fill: Fill, notebook: str = EMPTY) -> list[str]:
    """What is said about a submission with a notebook, once it is laid out."""
    handed_in = submission(root)
    written(handed_in.submitted / f"{LAB}.ipynb", notebook)
    fill(handed_in.submitted)
    with received(handed_in, ()) as taken:
        assert taken
        return [*taken.notes, *copy_files(taken.folder, handed_in.working)]


@pytest.mark.live
def test_work_that_cannot_be_read_is_nobodys_zero(course) -> None:
    kinds: dict[str, Fill] = {
        "link": lambda folder: (folder / "answer.ipynb").symlink_to("/dev/zero"),
        "pipe": lambda folder: os.mkfifo(folder / "pipe"),
        "deep": lambda folder: written(deeply(folder, f"{LAB}.ipynb"), EMPTY),
        "feedback": lambda folder: written(folder / "feedback" / f"{LAB}.ipynb", EMPTY),
        "venv": lambda folder: written(folder / ".venv" / "answer.py"),
        "folder": lambda folder: (folder / "work").mkdir(),
        "time": lambda folder: written(folder / "timestamp.txt" / f"{LAB}.ipynb", EMPTY),
        "secret": lambda folder: (folder / "submission_secret.txt").symlink_to("/etc/hostname"),
        "bytes": lambda folder: os.mkdir(os.fsencode(folder) + b"/\xff\xfe"),
        "lines": lambda folder: written(folder / "a\nb"),
    }
    for student, fill in kinds.items():
        folder = course.submit(student, None)
        (folder / "timestamp.txt").unlink()
        fill(folder)
    course.submit("nothing", None).joinpath("submission_secret.txt").write_text("x")
    done = course.autograder("grade", LAB)
    assert done.returncode == 3, done.stderr
    for student in kinds:
        verdicts = course.verdicts(student)
        assert verdicts.state == "ungraded", student
        assert "in which no notebook was found" in verdicts.reason
        assert set(course.points(student).values()) == {None}
    assert "were left out: answer.ipynb (a link)" in course.verdicts("link").reason
    assert "a/b/c/d/e/f/g/h/i (a folder more than 8 deep)" in course.verdicts("deep").reason
    assert (course.verdicts("nothing").state, course.verdicts("nothing").score) == ("graded", 0.0)
    assert "Traceback" not in done.stderr


def test_a_folder_that_is_closed_was_handed_in() -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        handed_in = submission(root)
        written(handed_in.submitted / "work" / f"{LAB}.ipynb", EMPTY)
        with as_nobody(root):
            (handed_in.submitted / "work").chmod(0)
            with pytest.raises(GradingError, match=r"work, in which no notebook.*work \(it cannot be read: Permission"):
                received(handed_in, ()).__enter__()
            written(handed_in.submitted / "data.txt")
            (handed_in.submitted / "data.txt").chmod(0)
            said = " ".join(notes_of(root, lambda _: None))
            assert "work (it cannot be read: Permission denied)" in said
            assert "data.txt (it cannot be read: Permission denied)" in said
            handed_in.submitted.chmod(0)
            with pytest.raises(GradingError, match=r"it cannot be read: Permission denied"):
                received(handed_in, ()).__enter__()
            for path in (handed_in.submitted, handed_in.submitted / "work"):
                path.chmod(0o700)


def test_a_notebook_as_it_was_handed_out_is_no_zero_beside_what_was_not_read(course) -> None:
    handed_in = replace(submission(course.root), db_url=f"sqlite:///{course.root}/gradebook.db")
    cells = canonical_cells(handed_in)
    written(handed_in.submitted / f"{LAB}.ipynb", nbformat.writes(course.released))
    with received(handed_in, cells) as taken:
        assert taken, "zero points, and nobody has to look"
    unread: dict[str, Fill] = {
        "not-collected.txt says": lambda folder: written(folder / "not-collected.txt", "were left out: x (a link)"),
        "a link": lambda folder: (folder / "answer.ipynb").symlink_to("/dev/zero"),
        "8 deep": lambda folder: written(deeply(folder, "answer.ipynb"), nbformat.writes(answered(course.released))),
        "cannot be unpacked": lambda folder: written(folder / "answer.zip", b"PK\x03\x04"),
    }
    for why, fill in unread.items():
        shutil.rmtree(handed_in.submitted)
        written(handed_in.submitted / f"{LAB}.ipynb", nbformat.writes(course.released))
        fill(handed_in.submitted)
        with pytest.raises(GradingError, match=rf"as it was handed out, and beside it .*{why}"):
            received(handed_in, cells).__enter__()
    written(handed_in.submitted / f"{LAB}.ipynb", nbformat.writes(answered(course.released)))
    with received(handed_in, cells) as taken:
        assert taken
        assert any("cannot be unpacked" in note for note in taken.notes)


@pytest.mark.parametrize("name", ["timestamp.txt", "submission_secret.txt"])
def test_a_folder_in_the_place_of_a_file_of_nbgraders_is_left_out(tmp_path: Path, name: str) -> None:
    said = notes_of(tmp_path, lambda folder: written(folder / name / "data.txt"))
    assert said == [f"were left out: {name} (a folder, where nbgrader keeps a file)"]
    working = tmp_path / "autograded" / "eve" / LAB
    assert not copy_file(tmp_path / "submitted" / "eve" / LAB / name, working / name)
    assert not (working / name).exists()


def test_nothing_that_is_left_out_is_left_out_in_silence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MAX_FILES", 20)

    def fill(folder: Path) -> None:
        for number in range(25):
            written(folder / f"{number:02}.txt")
        written(deeply(folder, "answer.txt"))
        (folder / "a" / "link").symlink_to("/etc/passwd")
        os.mkfifo(folder / "a" / "pi\npe")
        written(folder / "feedback" / "data.txt")
        written(folder / ".ipynb_checkpoints" / "x.ipynb")

    (note,) = notes_of(tmp_path, fill)
    assert note.startswith("were left out: ")
    for each in (
        "19.txt, 20.txt, 21.txt and 3 more (after 20 files)",
        "a/pi pe (a pipe, socket or device)",
        "a/link (a link)",
        "a/b/c/d/e/f/g/h/i (a folder more than 8 deep)",
        "feedback (not looked into)",
    ):
        assert each in note
    assert "checkpoints" not in note
    assert "\n" not in note


def test_a_notebook_is_found_behind_any_number_of_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MAX_FILES", 20)
    monkeypatch.setattr(receiving, "MAX_ENTRIES", 60)
    handed_in = submission(tmp_path)
    for number in range(50):
        written(handed_in.submitted / "data" / f"{number}.txt")
        written(handed_in.submitted / "more" / f"{number}.txt")
    written(handed_in.submitted / "zz.ipynb", EMPTY)
    found, left = receiving.look_below(handed_in.submitted)
    assert found[0].name == "zz.ipynb"
    assert len(found) == 20
    assert "(after 60 files and folders, and whatever follows)" in left.note()


def test_files_that_are_not_beside_the_notebook_are_said(tmp_path: Path) -> None:
    handed_in = submission(tmp_path)
    written(handed_in.submitted / "timestamp.txt", "2026-11-24 12:00:00 UTC")
    written(handed_in.submitted / "data.txt")
    written(handed_in.submitted / "work" / f"{LAB}.ipynb", EMPTY)
    written(handed_in.submitted / "work" / "more.txt")
    with received(handed_in, ()) as taken:
        assert taken
        assert "were left out: data.txt (not beside the notebook)" in taken.notes


def test_what_does_not_fit_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MAX_MIB_IN_ALL", 1)

    def fill(folder: Path) -> None:
        written(folder / "large.bin", b"x" * 2**20)
        written(folder / "small.txt")

    assert notes_of(tmp_path, fill) == ["were left out: small.txt (beyond 1 MiB in all)"]


def archived(fill: Callable[[zipfile.ZipFile], object]) -> bytes:
    """An archive with a notebook, and what is put beside it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{LAB}.ipynb", EMPTY)
        fill(archive)
    return packed.getvalue()


def odd_entries(archive: zipfile.ZipFile) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(link, "/etc/passwd")
    archive.writestr("../out.txt", "x")
    archive.writestr("bomb.txt", b"0" * (64 * 2**20), zipfile.ZIP_BZIP2)


def entries_over_each_other(archive: zipfile.ZipFile) -> None:
    archive.writestr("data", "x")
    archive.writestr("data/more.txt", "y")
    with pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("data", "z")


def many_entries(archive: zipfile.ZipFile) -> None:
    for number in range(2001):
        archive.writestr(f"many/{number:04}", "")


@pytest.mark.parametrize(
    ("fill", "said"),
    [
        (
            odd_entries,
            "work.zip/link.txt (a link); work.zip/../out.txt (its path leads out of the archive, or is too long or "
            "deep); work.zip/bomb.txt (packed in a way that is not unpacked)",
        ),
        (entries_over_each_other, "work.zip/data/more.txt, work.zip/data (an entry before it has its place)"),
        (many_entries, "work.zip/many/1999, work.zip/many/2000 (after 2000 entries of an archive)"),
    ],
)
def test_of_an_archive_what_is_not_unpacked_is_said(
    tmp_path: Path, fill: Callable[[zipfile.ZipFile], object], said: str
) -> None:
    handed_in = submission(tmp_path)
    written(handed_in.submitted / "work.zip", archived(fill))
    left = LeftOut()
    (folder,), bad = unpack_all([handed_in.submitted / "work.zip"], tmp_path / "space", left)
    assert not bad
    assert left.said() == said
    assert (folder / f"{LAB}.ipynb").is_file()
    if fill is entries_over_each_other:
        assert (folder / "data").read_text() == "x"


def test_an_archive_beyond_those_that_are_unpacked_is_said(tmp_path: Path) -> None:
    def fill(folder: Path) -> None:
        for number in range(7):
            written(folder / f"{number}.zip", archived(lambda archive: archive.writestr("x", "y"))[-22:])

    assert "5.zip, 6.zip (after 5 archives none is unpacked)" in notes_of(tmp_path, fill)[-1]


def test_an_archive_that_says_two_things_is_for_a_person(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{LAB}.ipynb", EMPTY)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(f"{LAB}.ipynb", "{}")
    handed_in = submission(tmp_path)
    written(handed_in.submitted / "work.zip", packed.getvalue())
    with pytest.raises(GradingError, match="more than once"):
        received(handed_in, ()).__enter__()


def test_an_archive_that_lists_more_than_anybody_can_look_at_is_not_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number in range(100):
            archive.writestr(f"{number}" + "x" * 60_000, "")
    handed_in = submission(tmp_path)
    written(handed_in.submitted / "work.zip", packed.getvalue())
    with pytest.raises(GradingError, match="lists more than can be looked at"):
        received(handed_in, ()).__enter__()


def test_a_file_is_copied_whatever_is_in_its_place(tmp_path: Path) -> None:
    """A student's folder may be named like a file of the lab's, and a student's file like a folder."""
    written(tmp_path / "lab" / "data.csv", "lab's")
    written(tmp_path / "target" / "data.csv" / "mine.txt")
    written(tmp_path / "target" / "more")
    assert copy_file(tmp_path / "lab" / "data.csv", tmp_path / "target" / "data.csv")
    assert copy_file(tmp_path / "lab" / "data.csv", tmp_path / "target" / "more" / "data.csv")
    assert (tmp_path / "target" / "data.csv").read_text() == "lab's"
    assert (tmp_path / "target" / "more" / "data.csv").read_text() == "lab's"


def test_names_are_bounded_whatever_they_are() -> None:
    left = LeftOut()
    for why in range(8):
        for number in range(1000):
            left.add(f"{number}\n\x1b[31m\udcff" + "x" * 250, f"reason {why}")
    assert left.note().count("reason") == 8
    assert len(left.note()) < 400
    assert all(character.isprintable() for character in left.note())


@pytest.mark.live
def test_work_that_lies_where_nobody_looks_is_named(course) -> None:
    course.submit("ada", answered(course.released))
    submitted = course.root / "submitted"
    written(submitted / "hal" / "lab" / f"{LAB}.ipynb", EMPTY)
    places = [f"ben/{LAB}.ipynb", f"cyd/{LAB.upper()}/x.ipynb", f"{LAB}/dan/x.ipynb", "eve.ipynb", f"fay/{LAB}"]
    for place in places:
        written(submitted / place, EMPTY)
    written(submitted / "gil" / "another-lab" / "another-lab.ipynb", EMPTY)
    done = course.autograder("grade", LAB)
    said = " ".join(done.stderr.split())
    assert done.returncode == 0, said
    assert f"submitted/STUDENT/{LAB}/" in said
    for named in (
        f"ben/{LAB}.ipynb",
        f"cyd/{LAB.upper()}",
        f"{LAB}/dan",
        "eve.ipynb",
        f"fay/{LAB}",
        f"hal/lab/{LAB}.ipynb",
    ):
        assert said.count(f"submitted/{named}") == 1, said
    assert "gil" not in said
    for student, named in (("ben", f"ben/{LAB}.ipynb"), ("hal", f"hal/lab/{LAB}.ipynb"), ("fay", f"fay/{LAB}")):
        assert f"submitted/{named}" in " ".join(course.autograder("grade", LAB, "--student", student).stderr.split())
    assert f"submitted/ben/{LAB}.ipynb" in course.nbgrader("autograde", LAB, "--force").stderr


def test_a_crowded_folder_is_said_not_to_be_looked_through_and_hides_nobody_elses(tmp_path) -> None:
    crowd = tmp_path / "submitted" / "ada"
    crowd.mkdir(parents=True)
    for number in range(2_001):
        (crowd / str(number)).touch()
    written(tmp_path / "submitted" / "ben" / f"{LAB}.ipynb", EMPTY)
    said = misplaced(CourseDirectory(root=str(tmp_path)), LAB)
    assert f"submitted/ben/{LAB}.ipynb" in said
    assert said.endswith("not looked through to the end for misplaced work (over 2000 entries): submitted/ada")


def test_another_labs_folder_is_in_its_place_and_where_folders_are_a_courses_own_nothing_is_guessed(tmp_path) -> None:
    written(tmp_path / "submitted" / "ben" / f"{LAB}.ipynb", EMPTY)
    usual = CourseDirectory(root=str(tmp_path))
    assert f"ben/{LAB}.ipynb" in misplaced(usual, LAB)
    written(tmp_path / "source" / f"{LAB}0" / f"{LAB}0.ipynb", EMPTY)
    written(tmp_path / "submitted" / "cyd" / f"{LAB}0" / f"{LAB}0.ipynb", EMPTY)
    assert "cyd" not in misplaced(usual, LAB)
    for folder in ("lab", f"{LAB}0"):
        written(tmp_path / "submitted" / "dan" / folder / f"{LAB}.ipynb", EMPTY)
        written(tmp_path / "submitted" / "dan" / folder / "notes.ipynb", EMPTY)
    said = misplaced(usual, LAB)
    assert f"submitted/dan/lab/{LAB}.ipynb, submitted/dan/{LAB}0/{LAB}.ipynb;" in said
    assert "notes" not in said
    usual.directory_structure = "{nbgrader_step}/{assignment_id}/{student_id}"
    assert misplaced(usual, LAB) == ""
