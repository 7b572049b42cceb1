"""A limit that was met is said; one that a busy machine or the lab itself is to blame for costs no points."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from execute.conftest import Run
from execute.small_notebooks import RIGHT, check_cell, points, text_of, until
from nbformat.v4 import new_code_cell

from autograder.errors import ExecutionError
from autograder.execute import starving
from autograder.execute.starving import Moment, Waiting

ENDLESS = "import time; time.sleep(60)"  # which no busy machine is to blame for
SETUP = {"nbgrader": {"locked": True, "grade": False, "solution": False, "grade_id": "setup"}}


def _kept_waiting(monkeypatch: pytest.MonkeyPatch, ran: float, waited: float) -> None:
    """The sandbox's share of the time, as if counted."""
    monkeypatch.setattr(Waiting, "count", lambda self, pid: Moment(time.monotonic() * ran, time.monotonic() * waited))


def test_a_set_up_cell_of_the_labs_own_over_its_limit_is_ours(run: Run) -> None:
    with pytest.raises(ExecutionError, match="set-up cell did not end within 1 s"):
        run(new_code_cell(ENDLESS, metadata=SETUP), RIGHT, cell_s=1.0)


def test_a_locked_cell_that_a_students_cell_made_slow_is_theirs(run: Run) -> None:
    execution = run(ENDLESS, new_code_cell(ENDLESS, metadata=SETUP), cell_s=1.0)
    assert "interrupted: it ran longer than 1 s" in text_of(execution.notebook.cells[2])
    assert any("a cell was interrupted" in note for note in execution.notes)


def test_a_cell_that_was_kept_from_running_gets_more_time_and_then_another_attempt(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kept_waiting(monkeypatch, ran=0.1, waited=0.9)
    assert points(run(f"import time; time.sleep(5)\n{RIGHT}", cell_s=4.0)) == 2.0
    with pytest.raises(ExecutionError, match="waited for a processor"):
        run(ENDLESS, cell_s=1.0)


@pytest.mark.parametrize(("ran", "waited"), [(0.0, 0.0), (1.9, 5.0), (0.1, 0.2)], ids=["asleep", "greedy", "a little"])
def test_a_cell_that_had_its_share_or_wanted_none_is_held_to_its_limit(
    run: Run, monkeypatch: pytest.MonkeyPatch, ran: float, waited: float
) -> None:
    _kept_waiting(monkeypatch, ran, waited)
    execution = run(ENDLESS, cell_s=1.0)
    assert "interrupted: it ran longer than 1 s" in text_of(execution.notebook.cells[1])


def test_waiting_for_a_processor_is_told_from_sleeping() -> None:
    processor = min(os.sched_getaffinity(0))
    busy = f"import os; os.sched_setaffinity(0, [{processor}])\nwhile True: pass"
    shell = f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {busy!r}])\ntime.sleep(60)"
    started = [subprocess.Popen([sys.executable, "-c", shell])]
    asleep = subprocess.Popen([sys.executable, "-c", "import subprocess; subprocess.run(['sleep', '60'])"])
    others = [subprocess.Popen([sys.executable, "-c", busy]) for _ in range(5)]
    children: set[int] = set()
    try:
        waiting, sleeping = Waiting(), Waiting()
        until(lambda: waiting.count(started[0].pid).ran_s > 0.1 and any(starving.below(asleep.pid)))
        before, before_asleep = waiting.count(started[0].pid), sleeping.count(asleep.pid)
        threading.Event().wait(3)
        wanted, slept = waiting.count(started[0].pid), sleeping.count(asleep.pid)
        children = set(starving.below(started[0].pid)) | set(starving.below(asleep.pid))
    finally:
        for pid in children:
            os.kill(pid, 9)
        for process in (*started, asleep, *others):
            process.kill()
            process.wait()
    assert wanted.since(before).starved(3.0)
    assert not slept.since(before_asleep).starved(3.0)


def test_what_was_cut_is_said_and_the_notebook_stays_small(run: Run, tmp_path: Path) -> None:
    flood = """
from IPython.display import display, update_display
for _ in range(300): display("", display_id="d")
for _ in range(3): update_display("x" * 300_000, display_id="d")
"""
    execution = run(flood, "print('on')", kept_cell_mib=1.0, output_mib=4.0, cell_s=60.0)
    assert (tmp_path / "out.ipynb").stat().st_size < 2 * 2**20
    nbformat.validate(execution.notebook)
    assert "output of this cell was cut" in text_of(execution.notebook.cells[1])
    assert any("output was cut" in note for note in execution.notes)
    assert text_of(execution.notebook.cells[2]) == "on\n"


def test_display_data_of_a_type_that_is_no_json_keeps_the_notebook_valid(run: Run) -> None:
    cell = (
        "from IPython.display import display\ndisplay({'x/json': {'a': 1}, 'text/plain': 'shown'}, raw=True)\n" + RIGHT
    )
    execution = run(cell)
    nbformat.validate(execution.notebook)
    assert points(execution) == 2.0


def test_uploads_have_an_end_that_is_said(run: Run) -> None:
    cell = """
import json, os, ssl, urllib.request
account = json.load(open(os.environ["KUBECONFIG"]))
trust = ssl.create_default_context(cadata=account["ca"])
for _ in range(20):
    request = urllib.request.Request(account["server"] + "/answer", b"x" * 2**18, method="PUT")
    urllib.request.urlopen(request, context=trust).read()
"""
    execution = run(cell, RIGHT, upload_mib=2.0)
    assert execution.ended_because == "the kernel ended: it sent more than 2 MiB to the API server"
    assert any("2 MiB to the API server" in note for note in execution.notes)
    assert points(run(cell, RIGHT)) == 2.0


def test_files_that_do_not_fit_are_left_out_and_named(run: Run, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    for number in range(30):
        (files / f"{number:02}.txt").write_text("x")
    execution = run("import os; print(len(os.listdir()))", files=files, files_at_most=10)
    assert text_of(execution.notebook.cells[1]) == "10\n"
    assert any("left out: 10.txt, 11.txt" in note for note in execution.notes)


def test_files_of_a_submission_change_nothing_of_how_a_kernel_starts(run: Run, tmp_path: Path) -> None:
    files = tmp_path / "files"
    (files / ".kube").mkdir(parents=True)
    for name in ("sitecustomize", "usercustomize", "ipython_config", "ipython_kernel_config", "jupyter_config", "json"):
        (files / f"{name}.py").write_text("import os; os._exit(7)")
    (files / ".kube" / "kuberc").write_text("garbage: [")
    execution = run("import os; print(os.environ['KUBERC'])\n" + RIGHT, files=files)
    assert text_of(execution.notebook.cells[1]).startswith("off\n")
    assert points(execution) == 2.0


def test_patience_reaches_both_kernels_and_stretches_their_limits(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_PATIENCE", "3")
    said = "import os; print(os.environ['AUTOGRADER_PATIENCE'])"
    check = check_cell(source=said)
    execution = run(said, "import time; time.sleep(2.5); print('done')", ENDLESS, check, with_check=False, cell_s=2.0)
    assert [text_of(cell) for cell in execution.notebook.cells[1:3]] == ["3\n", "done\n"]
    assert "longer than 6 s" in text_of(execution.notebook.cells[3])
    assert text_of(execution.notebook.cells[4]) == "3\n"
