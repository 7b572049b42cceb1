"""Grading again what was graded: a new grade, or the one that was there, whatever ends the run."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from grading import small_lab
from grading.small_lab import LAB, answered
from grading.test_grading import nowhere
from traitlets.config import Config

from autograder.cluster.connection import Connection
from autograder.grading import restoring
from autograder.grading.grading import course_api

pytestmark = pytest.mark.live

IMPATIENT = Config(RunTwoKernels={"retries": 0, "patience_s": 0.1})
EARNED = {"check-settings": 3.0, "check-more": 2.0}

DIE_IN_THE_MIDDLE = """
import os, signal, sys
from pathlib import Path
import autograder.grading.running as running
from autograder.grading.grading import grade
running.attempt = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
grade(sys.argv[1], ["ada"], course_root=Path(sys.argv[2]), connection=object())
"""

GRADE_IN_AN_OUTAGE = """
import sys
from pathlib import Path
from autograder import cli
from autograder.cli import grading
from autograder.cluster.connection import Connection
kubeconfig = Path(sys.argv.pop())
grading.open_cluster = lambda *_, **__: Connection(kubeconfig)  # it was there when the command began
cli.main()
"""


@pytest.fixture
def graded(course, connection: Connection):
    """A course whose student earned 5 of 6, and has feedback."""
    course.submit("ada", answered(course.released, small_lab.PARTLY))
    assert course.grade("ada", connection).score == 5.0
    assert course.nbgrader("generate_feedback", LAB).returncode == 0
    assert page(course).is_file()
    return course


def page(course) -> Path:
    return course.root / "feedback" / "ada" / LAB / f"{LAB}.html"


def files(folder: Path) -> dict[str, bytes]:
    """All that lies in a folder, the verdicts apart."""
    kept = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("verdicts.json", ".lock")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in kept}


def folders(course) -> list[dict[str, bytes]]:
    return [files(course.root / step / "ada" / LAB) for step in ("autograded", "evidence")]


def die_in_the_middle(course) -> None:
    done = subprocess.run([sys.executable, "-c", DIE_IN_THE_MIDDLE, LAB, course.root], check=False)
    assert done.returncode == -signal.SIGKILL


def test_an_outage_gives_an_unchanged_submission_its_grade_back(graded, tmp_path: Path) -> None:
    before, lying = graded.verdicts("ada"), folders(graded)
    for _ in range(2):  # an outage after an outage as well
        result = graded.grade("ada", nowhere(tmp_path), IMPATIENT)
        assert (result.state, result.score) == ("graded", 5.0), result.reason
        after = graded.verdicts("ada")
        assert (after.state, after.cells, after.graded_at) == ("graded", before.cells, before.graded_at)
        (said,) = [note for note in after.notes if note not in before.notes]
        assert said.startswith(f"graded on {before.graded_at[:19]}")
        assert "grading it again did not come to an end" in said
        assert "no answer from" in said
        assert graded.points("ada") == EARNED
        assert folders(graded) == lying
    assert graded.exported()["ada"]["score"] == "5.0"
    assert graded.nbgrader("generate_feedback", LAB).returncode == 0
    assert "Score: 5.0 / 6.0" in page(graded).read_text()
    assert "no answer from" not in page(graded).read_text(), "an outage of ours is of no use to a student"

    # Work that was handed in anew has no claim to it.
    graded.submit("ada", answered(graded.released))
    assert graded.grade("ada", nowhere(tmp_path), IMPATIENT).state == "ungraded"
    assert graded.points("ada") == dict.fromkeys(EARNED)
    assert not (graded.root / "autograded" / "ada" / LAB).exists()
    assert graded.exported()["ada"]["score"] == ""


def test_nbgraders_own_command_gives_it_back_and_says_so(graded, tmp_path: Path) -> None:
    config = f"--RunTwoKernels.kubeconfig={nowhere(tmp_path).kubeconfig}"
    done = graded.nbgrader("autograde", LAB, "--force", config, "--RunTwoKernels.retries=0")
    assert done.returncode != 0
    assert "ada's lab00-settings keeps its earlier grade" in done.stderr
    assert (graded.verdicts("ada").state, graded.points("ada")) == ("graded", EARNED)


def test_our_own_command_says_whose_grade_is_an_earlier_one(graded, tmp_path: Path) -> None:
    with (graded.root / "nbgrader_config.py").open("a") as file:
        file.write("c.RunTwoKernels.retries, c.RunTwoKernels.patience_s = 0, 0.1\n")
    command = [sys.executable, "-c", GRADE_IN_AN_OUTAGE, "grade", f"{LAB}/", str(nowhere(tmp_path).kubeconfig)]
    environment = {**graded.environment, "COLUMNS": "200", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=graded.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert f"ada · {LAB} · 5 / 6, the earlier grade" in done.stderr
    assert "some were not graded again and keep the grade they had" in done.stderr
    assert "left ungraded" not in done.stderr
    assert graded.points("ada") == EARNED


def test_a_killed_run_reads_as_ungraded_and_the_next_one_has_the_grade_to_give_back(
    graded, connection: Connection, tmp_path: Path
) -> None:
    before, lying = graded.verdicts("ada"), folders(graded)
    die_in_the_middle(graded)
    die_in_the_middle(graded)  # what is kept outlives another one
    left = graded.verdicts("ada")
    assert left.state == "ungraded"
    assert f"the grade of {before.graded_at} is kept" in left.reason
    row = graded.exported()["ada"]
    assert (row["score"], row["state"]) == ("", f"ungraded: {left.reason}")
    (shown,) = course_api(graded.root).get_submissions(LAB)
    assert not shown["autograded"], "formgrader would show 0 of 6"

    # No page is made from points that nobody gave, and the old one goes.
    assert (graded.root / "autograded" / "ada" / LAB / f"{LAB}.ipynb").is_file()
    feedback = graded.nbgrader("generate_feedback", LAB)
    assert "ada has no grade for lab00-settings" in feedback.stderr
    assert not page(graded).exists()

    result = graded.grade("ada", nowhere(tmp_path), IMPATIENT)
    assert (result.state, result.score) == ("graded", 5.0)
    assert graded.verdicts("ada").cells == before.cells
    assert (graded.points("ada"), folders(graded)) == (EARNED, lying)

    die_in_the_middle(graded)
    assert graded.grade("ada", connection).score == 5.0
    assert not (graded.root / "evidence" / "ada" / LAB / "before").exists()
    assert not any(note.startswith("graded on") for note in graded.verdicts("ada").notes)


def test_what_a_killed_run_kept_is_not_given_to_other_work(graded, tmp_path: Path) -> None:
    die_in_the_middle(graded)
    graded.submit("ada", answered(graded.released))
    assert graded.grade("ada", nowhere(tmp_path), IMPATIENT).state == "ungraded"
    graded.submit("ada", answered(graded.released, small_lab.PARTLY))  # and the older work again has none either
    assert graded.grade("ada", nowhere(tmp_path), IMPATIENT).state == "ungraded"
    assert graded.points("ada") == dict.fromkeys(EARNED)


def test_a_full_disk_costs_no_grade(graded, connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    lying = folders(graded)
    monkeypatch.setattr(restoring, "_link_or_copy", full)
    result = graded.grade("ada", connection)
    assert (result.state, result.score) == ("graded", 5.0)
    assert "No space left on device" in result.verdicts.notes[0]
    assert (graded.verdicts("ada").state, graded.points("ada"), folders(graded)) == ("graded", EARNED, lying)


@pytest.mark.alone
def test_ctrl_c_ends_the_command_and_costs_nobody_a_grade(graded) -> None:
    """As a terminal sends it, to all of the command's processes."""
    graded.submit("bob", answered(graded.released, "import time\ntime.sleep(300)"))
    graded.submit("cem", answered(graded.released))
    evidence = graded.root / "evidence"
    command = [sys.executable, "-m", "autograder.cli", "grade", LAB, "--student", "bob", "--student", "cem"]
    for student, earlier in (("bob", ""), ("ada", "keeps its earlier grade")):
        command[-3] = student
        running = evidence / student / LAB / "verdicts.json"
        process = subprocess.Popen(
            command,
            cwd=graded.root,
            env=graded.environment,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored below a job
        )
        try:
            _until(lambda running=running: running.with_name("attempt-1.ipynb").is_file() and _begun(running))
            os.killpg(process.pid, signal.SIGINT)
            _, said = process.communicate(timeout=90)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        assert process.returncode not in (0, 3), said
        assert "interrupted: 0 of 2 submissions" in " ".join(said.split())
        assert earlier in " ".join(said.split())
        next_step = " ".join(said.split()).partition("To go on: ")[2]
        assert shlex.split(next_step)[:5] == ["autograder", "grade", LAB, "--student", student]
        assert not (evidence / "cem").exists(), "the next student is not begun with"
    assert graded.verdicts("bob").state == "ungraded"
    assert (graded.verdicts("ada").score, graded.points("ada")) == (5.0, EARNED)
    assert "it was interrupted" in graded.verdicts("ada").notes[0]
    assert graded.exported()["cem"]["state"] == "ungraded: handed in, not graded yet"


def _begun(verdicts: Path) -> bool:
    return "began and did not end" in verdicts.read_text()


def _until(so: Callable[[], bool], timeout_s: float = 120) -> None:
    deadline = time.monotonic() + timeout_s
    while not so():
        assert time.monotonic() < deadline, "grading did not begin"
        time.sleep(0.02)


def test_only_the_same_files_are_the_same_work(course) -> None:
    api = course_api(course.root)
    folder = course.submit("ada", answered(course.released))
    work = restoring.work_in(_submission(api))
    os.utime(folder / f"{LAB}.ipynb", (0, 0))
    shutil.copytree(folder, folder.with_name("copy"))
    shutil.rmtree(folder)
    folder.with_name("copy").rename(folder)
    assert restoring.work_in(_submission(api)) == work
    (folder / "more.txt").write_text("")
    more = restoring.work_in(_submission(api))
    (folder / "more.txt").write_text("x")
    assert len({work, more, restoring.work_in(_submission(api))}) == 3


def _submission(api):
    from autograder.grading.registering import source_notebook
    from autograder.grading.submission import submission_of

    return submission_of(api.coursedir, LAB, "ada", source_notebook(api.coursedir, LAB))
