"""What a learner wrote is theirs: no later run, no newer lab and no fresh start takes it away."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from autograder.errors import StudyError
from autograder.study.desks import Desk, closed, desk_for, desks
from autograder.study.own_work import lay_out, put_aside


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A lab with a file beside its notebook, and one in a folder."""
    released = tmp_path / "release" / "lab01"
    (released / "data" / ".ipynb_checkpoints").mkdir(parents=True)
    (released / "lab01.ipynb").write_text("as handed out")
    (released / "data" / "rows.csv").write_text("1,2")
    (released / "data" / ".ipynb_checkpoints" / "rows.csv").write_text("an editor's")
    (released / "lab01.ipynb").chmod(0o444)
    return Desk(tmp_path, "lab01")


def test_a_lab_is_laid_out_with_the_files_beside_it(desk: Desk) -> None:
    assert lay_out(desk) == ["data/rows.csv", "lab01.ipynb"]
    assert sorted(path.name for path in desk.work.rglob("*")) == ["data", "lab01.ipynb", "rows.csv"]
    desk.notebook.write_text("a learner may write here, whatever the rights of what was handed out")


def test_what_a_learner_wrote_is_never_written_over(desk: Desk) -> None:
    lay_out(desk)
    desk.notebook.write_text("my own work")
    (desk.released / "lab01.ipynb").chmod(0o644)
    (desk.released / "lab01.ipynb").write_text("a newer one")

    assert lay_out(desk) == []
    assert desk.notebook.read_text() == "my own work"


def test_what_is_missing_is_put_back_beside_what_is_there(desk: Desk) -> None:
    lay_out(desk)
    (desk.work / "data" / "rows.csv").unlink()
    (desk.work / "mine.txt").write_text("notes")

    assert lay_out(desk) == ["data/rows.csv"]
    assert (desk.work / "mine.txt").read_text() == "notes"


def test_a_link_in_a_notebooks_place_is_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    desk.work.mkdir(parents=True)
    desk.notebook.symlink_to(tmp_path / "nowhere")

    assert lay_out(desk) == ["data/rows.csv"]
    assert not (tmp_path / "nowhere").exists()


def test_beginning_anew_keeps_every_earlier_work_whole(desk: Desk) -> None:
    moment = datetime(2026, 3, 1, 18, 30, 5)
    kept = []
    for words in ("first", "second"):
        lay_out(desk)
        desk.notebook.write_text(words)
        kept.append(put_aside(desk, now=moment))
        assert not desk.work.exists()

    assert [path.name for path in kept if path] == ["lab01-20260301-183005", "lab01-20260301-183005-2"]
    assert [(path / "lab01.ipynb").read_text() for path in kept if path] == ["first", "second"]
    assert put_aside(desk) is None, "there is nothing left to put aside"


def test_a_folder_that_cannot_be_written_is_said(desk: Desk) -> None:
    desk.work.parent.mkdir()
    desk.work.write_text("a file where the folder should be")
    with pytest.raises(StudyError, match="lab01"):
        lay_out(desk)


def test_a_misspelt_lab_is_said_with_those_there_are(desk: Desk, tmp_path: Path) -> None:
    assert [each.lab for each in desks(tmp_path)] == ["lab01"]
    with pytest.raises(StudyError, match="expected one of lab01; found no lab called lab1"):
        desk_for(tmp_path, "lab1")
    with pytest.raises(StudyError, match="make release"):
        desks(tmp_path / "release")


def test_what_holds_credentials_is_closed_to_other_users_of_the_machine(desk: Desk) -> None:
    desk.ours.mkdir(parents=True)
    desk.ours.chmod(0o755)

    assert closed(desk.ours).stat().st_mode & 0o777 == 0o700
