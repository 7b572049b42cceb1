"""Private folders: each execution has one of its own, and what a killed one left is found."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.execute import places


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "home"
    made.mkdir(mode=0o700)
    monkeypatch.setattr(places, "_home", lambda: made)
    return made


def test_executions_that_begin_while_others_clear_up_keep_their_folders(home: Path) -> None:
    def executions(count: int) -> int:
        for _ in range(count):
            places.sweep(lambda folder: None)
            place = places.open_place()
            (place.folder / "work").write_text(place.name)
            places.sweep(lambda folder: None)
            assert (place.folder / "work").read_text() == place.name
            place.close()
        return count

    # A lock belongs to an open file, not to a process: threads contend for it as processes do.
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert list(pool.map(executions, [150] * 8)) == [150] * 8
    assert not list(home.iterdir())


def test_what_an_execution_that_was_killed_left_is_cleared_away_and_what_lives_is_not(home: Path) -> None:
    (home / "autograder-0000dead").mkdir()
    (home / "autograder-0000dead.lock").touch()
    living = places.open_place()
    told: list[str] = []
    assert places.sweep(lambda folder: told.append(folder.name)) == ["autograder-0000dead"] == told
    assert living.folder.is_dir()
    living.close()
    assert not list(home.iterdir())
