"""Submissions that harm whoever runs beside or after them. Each is stopped at its limit and leaves nothing."""

from __future__ import annotations

import os
import re
import resource
import shutil
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from execute.conftest import Run
from execute.small_notebooks import QUICK, RIGHT, check_cell, execution_elsewhere, points, text_of, until

from autograder.execute import bounding, places, starving

HOME_OF_PLACES = places._home
LIMITS = {"cell_s": 2.0, "interrupt_s": 0.5, "memory_mib": 400, "processes": 48}

ATTACKS = {
    "a loop that swallows KeyboardInterrupt": """
        while True:
            try:
                while True: pass
            except KeyboardInterrupt:
                pass
        """,
    "a loop in C that hears nothing": "sum(iter(int, 1))",
    "an interrupt handler of its own": """
        import signal, time
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while True: time.sleep(1)
        """,
    "a hundred forks": """
        import os, time
        for _ in range(100):
            try:
                if os.fork() == 0:
                    while True: time.sleep(1)
            except OSError as error:
                print(type(error).__name__, error); break
        """,
    "a fork bomb": """
        import os
        while True:
            try: os.fork()
            except OSError: pass
        """,
    "three gigabytes": """
        held = bytearray(3 * 2**30)
        """,
    "three gigabytes in files": """
        for folder in ("/tmp", "/dev/shm", "/home/student", "/run/kernel"):
            try:
                with open(f"{folder}/big", "wb") as file:
                    for _ in range(3072): file.write(bytes(2**20))
            except OSError as error: print(folder, error.strerror)
        """,
    "an exit behind everybody's back": "import os; os._exit(0)",
    "killing everything": """
        import os, signal
        for pid in (os.getppid(), 1, -1):
            try: os.kill(pid, signal.SIGKILL)
            except OSError as error: print(pid, error)
        """,
    "closing every descriptor": "import os; os.closerange(0, 4096)",
    "garbage to the API server": """
        import os, socket
        held = []
        for _ in range(300):
            try:
                held.append(socket.create_connection(("127.0.0.1", 6443), 1)); held[-1].sendall(os.urandom(65536))
            except OSError: pass
        """,
    "writing into the system": """
        import os, sys
        import autograder
        ours = os.path.dirname(autograder.__file__)
        places = ("/root", "/run/autograder", "/usr", "/etc", "/", "/proc/sys/kernel/core_pattern")
        for path in (sys.prefix, ours, *places):
            try:
                open(path if os.path.isfile(path) else os.path.join(path, "mine"), "w"); print("WROTE", path)
            except OSError as error: print(path, error.strerror)
        """,
}


@pytest.fixture(autouse=True)
def the_machine_is_not_to_blame(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about limits; whose fault a busy machine is, is `test_a_busy_machine`'s."""
    monkeypatch.setattr(starving.Moment, "starved", lambda self, wall_s: False)


@pytest.fixture(autouse=True)
def nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[Path]]]:
    """Folders and control groups of this test's executions are gone when it ends; says which are there meanwhile."""
    home, names, opened = Path(tempfile.mkdtemp(prefix="ag-", dir="/tmp")), [], places.open_place

    def open_place() -> places.Place:
        place = opened()
        names.append(place.name)
        return place

    def traces() -> list[Path]:
        folders = [path for path in home.iterdir() if path.name.startswith("autograder-")]
        groups = [group for name in names for group in bounding.groups_of(name)]
        return folders + [group for group in groups if group.exists()]

    monkeypatch.setattr(places, "_home", lambda: home)
    monkeypatch.setattr(places, "open_place", open_place)
    yield traces
    assert traces() == []
    shutil.rmtree(home)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_it_is_stopped_and_the_check_and_the_next_submission_go_on(run: Run, attack: str) -> None:
    started = time.monotonic()
    execution = run(attack.replace("\n        ", "\n"), **LIMITS)
    assert time.monotonic() - started < 30
    assert points(execution) == 0.0
    assert "WROTE" not in text_of(execution.notebook.cells[1])
    assert points(run(RIGHT)) == 2.0


def test_256_mib_of_output_end_the_kernel_and_do_not_pile_up_here(run: Run) -> None:
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    execution = run("for _ in range(256): print('x' * 2**20)", RIGHT, memory_mib=2048)
    grown_mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib) / 1024
    assert execution.ended_because == "the kernel ended: it sent out more than 2 MiB of output"
    assert text_of(execution.notebook.cells[2]) == f"this cell was not run: {execution.ended_because}"
    assert grown_mib < 64
    assert points(run(RIGHT)) == 2.0


def test_one_message_of_256_mib_does_not_pile_up_here(run: Run) -> None:
    before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    flood = "get_ipython().kernel.iopub_socket.send_multipart([b'x' * 2**24] * 16)\nimport time; time.sleep(5)"
    execution = run(flood, memory_mib=1024)
    grown_mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib) / 1024
    assert "2 MiB of output" in execution.ended_because
    assert grown_mib < 64


def test_a_student_is_told_why_the_kernel_ended(run: Run) -> None:
    execution = run("held = bytearray(3 * 2**30)", RIGHT, memory_mib=400)
    said = text_of(execution.notebook.cells[1])
    assert "it needed more than 400 MiB of memory" in said or "MemoryError" in str(execution.notebook.cells[1].outputs)
    execution = run("while True: pass", "print('on')", cell_s=1.0)
    assert "interrupted: it ran longer than 1 s" in text_of(execution.notebook.cells[1])
    assert text_of(execution.notebook.cells[2]) == "on\n"


def test_cpu_time_is_counted_over_all_processes(run: Run) -> None:
    source = """
    import os, time
    for _ in range(2):
        if os.fork() == 0:
            while True: pass
    time.sleep(90)
    """
    execution = run(textwrap.dedent(source), cpu_s=3, cell_s=80.0, student_s=80.0)
    assert execution.ended_because == "the kernel ended: it used more than 3 s of CPU time"


def test_all_cells_together_have_a_limit_too(run: Run) -> None:
    execution = run("import time; time.sleep(1.2)", "import time; time.sleep(20)", RIGHT, student_s=2.0)
    assert "all cells together longer than 2 s" in text_of(execution.notebook.cells[2])


def test_processes_of_a_submission_end_with_it(run: Run) -> None:
    marker = f"sleep 3{os.getpid() % 1000:03d}"
    run(f"import subprocess; subprocess.Popen({marker.split()!r}, start_new_session=True)", check_cell("late"))
    assert marker.split() not in [_command(pid) for pid in _pids()]


def test_what_a_killed_grader_left_is_swept_by_the_next(run: Run, nothing_is_left: Callable[[], list[Path]]) -> None:
    left = places.open_place()
    (left.folder / "secret").write_text("x")
    bounding.bound(left.name, QUICK, left.folder)
    os.close(left._lock)  # what the kernel does when a process ends
    assert left.folder in nothing_is_left()
    assert points(run(RIGHT)) == 2.0
    assert not any(left.name in path.name for path in nothing_is_left())


def test_sandbox_and_grader_die_with_the_process_that_grades(tmp_path: Path) -> None:
    output = tmp_path / "out.ipynb"
    cell = "import subprocess, time; subprocess.Popen(['sleep', '600']); print('up', flush=True); time.sleep(600)"
    grading = execution_elsewhere(output, [cell], autosave_s=1)
    try:
        until(lambda: output.exists() and "up\\n" in output.read_text())
        family = _descendants(str(grading.pid))
        names = {name for pid in family for name in re.findall(r"autograder-\w{8}", _read(f"/proc/{pid}/cgroup"))}
        assert len(family) >= 4
    finally:
        grading.kill()
        grading.wait()
    until(lambda: not [pid for pid in family if _command(pid)], timeout_s=10)
    monkeypatched, places._home = places._home, HOME_OF_PLACES
    try:
        places.sweep(bounding.remove)
        assert not [name for name in names if (places._home() / name).exists()]
    finally:
        places._home = monkeypatched


def _pids() -> list[str]:
    return [name for name in os.listdir("/proc") if name.isdigit()]


def _descendants(pid: str) -> list[str]:
    children = [each for each in _pids() if _read(f"/proc/{each}/stat").rpartition(")")[2].split()[1:2] == [pid]]
    return children + [below for child in children for below in _descendants(child)]


def _read(path: str) -> str:
    try:
        return Path(path).read_text()
    except OSError:
        return ""


def _command(pid: str) -> list[str]:
    return _read(f"/proc/{pid}/cmdline").split("\0")[:-1]
