"""What an instructor collects is what a student wrote, not what a link of theirs points to; and everybody's."""

from __future__ import annotations

import codecs
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from grading.small_lab import LAB
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange import ExchangeError

from autograder.errors import GradingError
from autograder.grading import copying
from autograder.grading.collecting import CollectWithoutLinks
from autograder.grading.copying import Terms, copy_submission

NOON = "2026-11-24 12:00:00 UTC"
ONE = "2026-11-24 13:00:00 UTC"
TERMS = Terms(max_bytes=10**6, max_file_bytes=10**5, ignore=(".git",), include=("*",), groupshared=False)
AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")


def inbound(root: Path) -> Path:
    folder = root / "exchange" / "kubernetes-for-ml" / "inbound"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def record(root: Path, name: str, text: str = "1") -> Path:
    """What `nbgrader submit` leaves."""
    folder = inbound(root) / name
    folder.mkdir()
    (folder / "timestamp.txt").write_text(name.split("+")[2])
    (folder / "mine.txt").write_text(text)
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """With the rights of somebody who is not root, to whom the folder is given."""
    if os.geteuid() != 0:
        yield
        return
    codecs.lookup(
        "utf-8-sig"
    )  # Python may lie where only root can read, and what is not found once is never looked for
    for path in (folder, *folder.rglob("*")):
        os.lchown(path, 65534, 65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_links_in_a_submission_are_left_behind(course, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "solution.txt").write_text("42")
    folder = record(course.root, f"eve+{LAB}+{NOON}")
    (folder / "data").mkdir()
    (folder / "file").symlink_to(secret / "solution.txt")
    (folder / "data" / "folder").symlink_to(secret)
    (folder / "endless").symlink_to("/dev/zero")
    (folder / "data" / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    (folder / f"{LAB}.ipynb").symlink_to(course.root / "source" / LAB / f"{LAB}.ipynb")
    collected = course.nbgrader("collect", LAB)
    assert collected.returncode == 0, collected.stderr
    submitted = course.root / "submitted" / "eve" / LAB
    assert names(submitted) == ["data", "mine.txt", "not-collected.txt", "timestamp.txt"]
    assert (secret / "solution.txt").read_text() == "42"
    for said in (collected.stderr, (submitted / "not-collected.txt").read_text()):
        assert "were left out" in said
        assert "(a link)" in said
        assert "pipe (a pipe, socket or device)" in said


def test_a_link_that_is_the_submission_brings_nothing(course) -> None:
    ada = record(course.root, f"ada+{LAB}+{NOON}+r", "ada's")
    (inbound(course.root) / f"eve+{LAB}+{NOON}+x").symlink_to(course.root / "source" / LAB)
    (inbound(course.root) / f"fay+{LAB}+{NOON}+x").symlink_to(ada)
    record(course.root, f"gus+{LAB}+{NOON}+x", "gus's")
    (inbound(course.root) / f"gus+{LAB}+{ONE}+x").symlink_to(ada)
    collected = course.nbgrader("collect", LAB)
    assert collected.returncode == 1, "not everybody's was collected"
    assert "not so, for the reasons above: eve, fay" in collected.stderr
    assert "Traceback" not in collected.stderr
    submitted = course.root / "submitted"
    assert names(submitted / "ada" / LAB) == ["mine.txt", "timestamp.txt"]
    assert (submitted / "gus" / LAB / "mine.txt").read_text() == "gus's", "the last that is a folder"
    for student in ("eve", "fay"):
        assert names(submitted / student / LAB) == ["not-collected.txt"]
        result = course.grade(student)
        assert result.state == "ungraded", "handed in and not read is nobody's zero"
        assert "found a link" in result.reason


def test_one_student_keeps_nobody_elses_from_being_collected(course) -> None:
    record(course.root, f"ann+{LAB}+{NOON}+r")
    record(course.root, f"big+{LAB}+{NOON}+r", "x" * 20_000)
    (inbound(course.root) / f"flat+{LAB}+{NOON}+r").write_text("no folder")
    record(course.root, f"odd+{LAB}+zzz+1")
    record(course.root, f"late+{LAB}+99999999999999999999+1")
    for name in (b"\xff", b"..", b"", b".hidden"):
        os.mkdir(os.fsencode(inbound(course.root)) + b"/" + name + f"+{LAB}+{NOON}+1".encode())
    record(course.root, f"li\nne+{LAB}+{NOON}+1")
    deep = record(course.root, f"deep+{LAB}+{NOON}+1")
    for _ in range(300):
        deep /= "d"
        deep.mkdir()
    record(course.root, f"a+b+{LAB}+{NOON}+1")
    record(course.root, f"zoe+{LAB}+{NOON}+r")
    collected = course.nbgrader("collect", LAB, "--CourseDirectory.max_dir_size=10")
    assert collected.returncode == 1
    assert "Traceback" not in collected.stderr
    for student in ("big", "flat", "odd", "late"):
        assert names(course.root / "submitted" / student / LAB) == ["not-collected.txt"], student
        assert student in collected.stderr.splitlines()[-2] + collected.stderr.splitlines()[-1]
    for student in ("ann", "zoe", "li\nne", "deep", "a+b"):
        assert "mine.txt" in names(course.root / "submitted" / student / LAB), student
    assert sorted(path.name for path in (course.root / "submitted").iterdir()) == sorted(
        ["ann", "zoe", "li\nne", "deep", "a+b", "big", "flat", "odd", "late"]
    )
    assert not (course.root / LAB).exists()
    assert "32 deep" in (course.root / "submitted" / "deep" / LAB / "not-collected.txt").read_text()
    again = course.nbgrader("collect", LAB, "--update")
    assert (course.root / "submitted" / "big" / LAB / "mine.txt").is_file(), "a reason is no submission"
    assert "not so, for the reasons above" in again.stderr


def test_an_earlier_copy_stays_until_a_later_one_is_whole(course) -> None:
    record(course.root, f"eve+{LAB}+{NOON}+r", "early")
    assert course.nbgrader("collect", LAB).returncode == 0
    submitted = course.root / "submitted" / "eve" / LAB
    record(course.root, f"eve+{LAB}+{ONE}+r", "late" * 5000)
    collected = course.nbgrader("collect", LAB, "--update", "--CourseDirectory.max_dir_size=10")
    assert collected.returncode == 1
    assert (submitted / "mine.txt").read_text() == "early"
    assert [path.name for path in submitted.parent.iterdir()] == [LAB]
    assert course.nbgrader("collect", LAB).returncode == 0
    assert (submitted / "mine.txt").read_text() == "early", "without --update nothing is replaced"
    submitted.rename(submitted.parent / f".{LAB}.replaced")  # as a collect that was killed leaves it
    (submitted.parent / f".{LAB}.collecting").mkdir()
    assert course.nbgrader("collect", LAB).returncode == 0
    assert (submitted / "mine.txt").read_text() == "early"
    assert course.nbgrader("collect", LAB, "--update").returncode == 0
    assert (submitted / "mine.txt").read_text() == "late" * 5000
    assert [path.name for path in submitted.parent.iterdir()] == [LAB]


def test_a_folder_that_is_closed_is_its_owners_alone() -> None:
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        for student in ("ann", "eve", "zoe"):
            record(root, f"{student}+{LAB}+{NOON}+r")
        partly = inbound(root) / f"zoe+{LAB}+{NOON}+r"
        (partly / "work").mkdir()
        (partly / "work" / "answer.txt").write_text("42")
        with as_nobody(root):
            (inbound(root) / f"eve+{LAB}+{NOON}+r").chmod(0)
            (partly / "work").chmod(0)
            course = CourseDirectory(root=str(root), course_id="kubernetes-for-ml", assignment_id=LAB)
            collect = CollectWithoutLinks(coursedir=course)
            collect.root = str(root / "exchange")
            with pytest.raises(ExchangeError, match=r"not so, for the reasons above: eve$"):
                collect.start()
            assert names(root / "submitted" / "ann" / LAB) == ["mine.txt", "timestamp.txt"]
            assert names(root / "submitted" / "eve" / LAB) == ["not-collected.txt"]
            assert names(root / "submitted" / "zoe" / LAB) == ["mine.txt", "not-collected.txt", "timestamp.txt"]
            assert "work (it cannot be read" in (root / "submitted" / "zoe" / LAB / "not-collected.txt").read_text()
            (inbound(root) / f"eve+{LAB}+{NOON}+r").chmod(0o700)
            (partly / "work").chmod(0o700)


@AS_ROOT
def test_nobody_hands_in_for_somebody_who_has_an_account(course) -> None:
    ours = record(course.root, f"daemon+{LAB}+{NOON}+r", "daemon's")
    os.chown(ours, 1, 1)
    os.chown(record(course.root, f"daemon+{LAB}+{ONE}+x", "bin's"), 2, 2)
    os.chown(record(course.root, f"no-account+{LAB}+{NOON}+x"), 2, 2)
    collected = course.nbgrader("collect", LAB)
    assert collected.returncode == 0, collected.stderr
    assert "a folder of bin's under the name of daemon" in collected.stderr
    assert (course.root / "submitted" / "daemon" / LAB / "mine.txt").read_text() == "daemon's"
    assert (course.root / "submitted" / "no-account" / LAB / "mine.txt").is_file(), "an owner says nothing here"
    unchecked = course.nbgrader("collect", LAB, "--update", "--ExchangeCollect.check_owner=False")
    assert unchecked.returncode == 0, unchecked.stderr
    assert (course.root / "submitted" / "daemon" / LAB / "mine.txt").read_text() == "bin's"


@AS_ROOT
def test_another_users_file_under_a_second_name_is_not_taken(tmp_path: Path) -> None:
    folder, solution = tmp_path / "eve", tmp_path / "solution.txt"
    folder.mkdir()
    solution.write_text("42")
    os.link(solution, folder / "mine.txt")
    os.chown(folder, 65534, 65534)
    (folder / "own.txt").write_text("1")
    os.chown(folder / "own.txt", 65534, 65534)
    os.link(folder / "own.txt", folder / "twice.txt")
    left = copy_submission(folder, tmp_path / "copy", TERMS)
    assert names(tmp_path / "copy") == ["own.txt", "twice.txt"]
    assert left.note() == "were left out: mine.txt (another user's file)"


def test_what_is_opened_is_what_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file and a folder become links between a look and the copy."""
    folder, secret = tmp_path / "eve", tmp_path / "secret"
    for each in (folder / "work", secret):
        each.mkdir(parents=True)
        (each / "answer.txt").write_text(each.name)
    (folder / "mine.txt").write_text("1")

    def exchanged(mode: int) -> str:
        if not (folder / "work").is_symlink():
            (folder / "mine.txt").unlink()
            (folder / "mine.txt").symlink_to(secret / "answer.txt")
            (folder / "work").rename(tmp_path / "aside")
            (folder / "work").symlink_to(secret)
        return ""

    monkeypatch.setattr(copying, "what_it_is", exchanged)
    assert copy_submission(folder, tmp_path / "copy", TERMS)
    assert names(tmp_path / "copy") == []
    with pytest.raises(OSError, match=r"Not a directory|symbolic"):
        copy_submission(folder / "work", tmp_path / "link", TERMS)


def test_modes_that_would_lock_grading_out_or_let_others_in_are_not_kept(tmp_path: Path) -> None:
    folder = tmp_path / "eve"
    (folder / "work").mkdir(parents=True)
    (folder / "work" / "answer.txt").write_text("42")
    (folder / "work" / "answer.txt").chmod(0o6777)
    (folder / "work").chmod(0o700)
    folder.chmod(0o777)
    assert not copy_submission(folder, tmp_path / "copy", TERMS)
    modes = [(tmp_path / "copy" / name).stat().st_mode & 0o7777 for name in (".", "work", "work/answer.txt")]
    assert modes == [0o755, 0o700, 0o755]


def test_what_nbgrader_ignores_is_said_where_there_is_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "eve"
    (folder / ".git").mkdir(parents=True)
    (folder / "timestamp.txt").write_text(NOON)
    assert ".git" in copy_submission(folder, tmp_path / "copy", TERMS).note()
    (folder / "mine.txt").write_text("1")
    assert not copy_submission(folder, tmp_path / "another", TERMS)


def test_too_much_is_refused_and_a_large_file_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "eve"
    folder.mkdir()
    with (folder / "large.txt").open("wb") as file:
        file.truncate(2 * 10**5)
    assert copy_submission(folder, tmp_path / "copy", TERMS).note() == "were left out: large.txt (larger than 100 kB)"
    for number in range(11):
        (folder / f"{number}.txt").write_bytes(b"x" * 99_000)
    with pytest.raises(GradingError, match="more than 1000 kB"):
        copy_submission(folder, tmp_path / "second", TERMS)
    monkeypatch.setattr(copying, "MAX_ENTRIES", 10)
    with pytest.raises(GradingError, match="more than 10 files"):
        copy_submission(folder, tmp_path / "third", TERMS)
