"""What is said when a kernel cannot be started."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from execute.conftest import Run
from execute.small_notebooks import RIGHT, check_cell, points, text_of

from autograder.errors import ExecutionError, RequirementMissing
from autograder.execute import filtering, forking, places, sandbox, student


def test_a_missing_program_is_named_with_its_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox.shutil, "which", lambda name: None)
    with pytest.raises(RequirementMissing, match="apt-get install bubblewrap"):
        run(RIGHT)


def test_a_sandbox_that_does_not_come_up_says_why(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_SETTINGS", ("/etc",))
    monkeypatch.setattr(sandbox, "SOCKETS", "/proc/nowhere")
    with pytest.raises(ExecutionError, match=r"the sandbox ended with 1.*bwrap: "):
        run(RIGHT)


def test_a_grader_that_cannot_be_copied_says_how_to_find_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    forking._end_template()
    monkeypatch.setattr(forking.sys, "executable", "/bin/false")
    with pytest.raises(ExecutionError, match="no grader kernel was started"):
        forking._template().fork([], env={}, cwd="/")
    monkeypatch.undo()
    assert points(run(RIGHT)) == 2.0


def test_running_sandboxes_never_share_a_uid() -> None:
    with places.borrowed_uid() as one, places.borrowed_uid() as other:
        assert one != other
        assert min(one, other) > 60_000
    with places.borrowed_uid() as again:
        assert again == min(one, other)


def test_a_folder_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    assert places._private(tmp_path / "new").stat().st_mode & 0o777 == 0o700
    tmp_path.chmod(0o755)
    with pytest.raises(ExecutionError, match="only this user can enter"):
        places._private(tmp_path)


def test_grader_kernels_do_not_share_their_random_numbers(run: Run) -> None:
    look = check_cell("look", "import random, uuid; print(random.random(), uuid.uuid4())")
    printed = {text_of(run(look, with_check=False).notebook.cells[1]) for _ in range(2)}
    assert len(printed) == 2


def test_the_filter_is_the_same_program_for_every_machine_it_knows() -> None:
    for machine in ("x86_64", "aarch64"):
        compiled = filtering.program(machine)
        assert len(compiled) % 8 == 0
        assert len(compiled) // 8 < 4096
    assert filtering.program("pdp11") == b""
    assert os.uname().machine not in ("x86_64", "aarch64") or filtering.program()


def test_a_kernel_that_ends_while_starting_is_quoted(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(student, "_START", "raise SystemExit('no ipykernel here')")
    with pytest.raises(ExecutionError, match=r"ended while starting.*no ipykernel here"):
        run(RIGHT)
