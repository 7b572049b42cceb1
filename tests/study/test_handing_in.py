"""Handing in alone comes to what an instructor would have given, and touches nothing of theirs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.cluster.connection import Connection
from autograder.errors import StudyError
from autograder.proving.answers import REFERENCE
from autograder.proving.handing_in import submitted
from autograder.proving.sources import read_lab
from autograder.study.desks import Desk
from autograder.study.handing_in import hand_in, put_beside_the_work, require_work, take_in
from autograder.study.own_work import lay_out
from autograder.study.states import Points, state


def test_a_lab_that_was_never_opened_cannot_be_handed_in(desk: Desk) -> None:
    with pytest.raises(StudyError, match="autograder study lab06-rbac"):
        require_work(desk)


def test_feedback_lies_beside_the_work_with_its_pictures_and_is_handed_in_by_nobody(desk: Desk) -> None:
    lay_out(desk)
    made = desk.course / "feedback" / "you" / desk.lab
    made.mkdir(parents=True)
    for name in (f"{desk.lab}.html", "idea.svg"):
        (made / name).write_text(name)

    assert put_beside_the_work(desk, made / f"{desk.lab}.html") == (desk.results / "feedback.html", "")
    assert put_beside_the_work(desk, made / f"{desk.lab}.html")[1] == "", "and once more"
    take_in(desk)
    handed_in = desk.course / "submitted" / "you" / desk.lab
    assert sorted(path.name for path in desk.results.iterdir()) == ["feedback.html", "idea.svg"]
    assert {path.name for path in handed_in.iterdir()} == {path.name for path in desk.released.iterdir()}


@pytest.mark.live
def test_the_notebook_as_it_is_handed_out_gets_nothing(desk: Desk, connection: Connection) -> None:
    lay_out(desk)
    command = [sys.executable, "-m", "autograder.cli", "study", "--hand-in", desk.lab]
    environment = {name: value for name, value in os.environ.items() if name != "KUBECONFIG"} | {
        "AUTOGRADER_COURSE": str(desk.root),
        "AUTOGRADER_CLUSTER": connection.kubeconfig.parent.name,
        "COLUMNS": "120",
    }
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stderr
    assert "lab06-rbac  0 of 10 points" in done.stdout
    assert "(hidden)" in done.stdout, "the hidden criteria are told: nobody else is left to tell them"
    assert "report    handed-in/report.html\nfeedback  handed-in/feedback.html\n" in done.stdout
    assert (desk.work / "handed-in" / "report.html").is_file()
    assert "idea.svg" in {path.name for path in (desk.work / "handed-in").iterdir()}, "a picture of the feedback's"
    assert "Traceback" not in done.stderr
    assert state(desk).stage == "handed in"
    handed_out = (desk.root / "release" / desk.lab).iterdir()
    assert {path.name for path in desk.work.iterdir()} == {"handed-in", *(path.name for path in handed_out)}


@pytest.mark.live
def test_the_reference_answer_is_done(desk: Desk, connection: Connection, repository: Path) -> None:
    desk.work.mkdir(parents=True)
    nbformat.write(submitted(read_lab(repository, desk.lab), REFERENCE), desk.notebook)
    came = hand_in(desk, connection)

    assert (came.graded.score, came.graded.max_score) == (10, 10)
    assert came.why_no_feedback == ""
    assert came.feedback
    assert "passed" in came.feedback.read_text()
    assert (state(desk).stage, state(desk).graded) == ("done", Points(10, 10))
    assert not (desk.root / "gradebook.db").exists(), "an instructor's gradebook is another"
