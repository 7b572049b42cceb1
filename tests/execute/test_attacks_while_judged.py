"""What a submission leaves running: none of it moves, and nothing it sent arrives, while check cells look."""

from __future__ import annotations

import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest
from execute.conftest import Run, Server
from execute.small_notebooks import CHECK, RIGHT, check_cell, points, text_of
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execute.execution import execute
from autograder.execute.running import Setup

SLOW_CHECK = "import time; time.sleep(1.5)\n" + CHECK
TAKING_BACK = """
import json, os, ssl, time, urllib.request

def put(text):
    account = json.load(open(os.environ["KUBECONFIG"]))
    trust = ssl.create_default_context(cadata=account["ca"])
    request = urllib.request.Request(account["server"] + "/answer", text, method="PUT")
    urllib.request.urlopen(request, context=trust).read()

def take_back():
    while not os.path.exists("/tmp/go"): time.sleep(0.05)
    time.sleep(0.5)
    while True:
        try: put(b"taken back")
        except OSError: pass
        time.sleep(0.05)
"""
LEFT_BEHIND = {
    "a thread": "import threading; threading.Thread(target=take_back, daemon=True).start()",
    "a process": "if os.fork() == 0: os.setsid(); take_back()",
    "an orphan": """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0: take_back()
            os._exit(0)
        """,
    "a dozen that wake each other": """
        import signal
        def wake():
            while True:
                for name in os.listdir("/proc"):
                    if name.isdigit() and int(name) != os.getpid():
                        try: os.kill(int(name), signal.SIGCONT)
                        except OSError: pass
        for number in range(12):
            if os.fork() == 0: os.setsid(); (take_back if number % 4 == 0 else wake)()
        """,
    "one that will not be stopped": """
        import signal
        for number in (signal.SIGTSTP, signal.SIGCONT, signal.SIGINT): signal.signal(number, signal.SIG_IGN)
        if os.fork() == 0: os.setsid(); take_back()
        """,
    "half a request": """
        account = json.load(open(os.environ["KUBECONFIG"]))
        import socket, threading
        trust = ssl.create_default_context(cadata=account["ca"])
        open_ = trust.wrap_socket(socket.create_connection(("127.0.0.1", 6443)), server_hostname="127.0.0.1")
        open_.sendall(b"PUT /answer HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: 10\\r\\n\\r\\ntaken")
        threading.Timer(0.8, lambda: open_.sendall(b" back")).start()
        """,
}


@pytest.mark.parametrize("left", LEFT_BEHIND.values(), ids=LEFT_BEHIND.keys())
def test_nothing_is_taken_back_while_a_check_looks(run: Run, left: str) -> None:
    cell = TAKING_BACK + textwrap.dedent(left) + '\nput(b"42"); open("/tmp/go", "w").close()'
    execution = run(cell, check_cell(source=SLOW_CHECK), with_check=False)
    assert points(execution) == 2.0, text_of(execution.notebook.cells[1])


def test_what_stood_still_goes_on_with_the_students_next_cell(run: Run, server: Server) -> None:
    cell = TAKING_BACK + LEFT_BEHIND["a thread"] + '\nput(b"42"); open("/tmp/go", "w").close()'
    later = 'print("on"); time.sleep(2)'
    execution = run(cell, check_cell(source=SLOW_CHECK), later, check_cell("again", SLOW_CHECK), with_check=False)
    assert text_of(execution.notebook.cells[3]) == "on\n"
    assert (points(execution), points(execution, "again")) == (2.0, 0.0)
    assert server.stored == "taken back"


def test_rights_stand_still_before_the_sandbox_does_and_until_the_students_next_cell(
    setup: Setup, server: Server, tmp_path: Path
) -> None:
    """A Pod of the student's could learn from a sandbox that stands still that checks look, and tidy up."""
    said: list[bool] = []

    def hold(still: bool) -> None:
        said.append(still)
        before, deadline = server.stored, time.monotonic() + 10
        while still and server.stored == before:
            assert time.monotonic() < deadline, "the sandbox stands still already"
            time.sleep(0.02)

    beating = """
def beat():
    number = 0
    while True:
        number += 1
        put(str(number).encode())
        time.sleep(0.05)
import threading; threading.Thread(target=beat, daemon=True).start()
"""
    cells = [
        new_code_cell(TAKING_BACK + beating),
        check_cell("one"),
        check_cell("two"),
        new_code_cell("1"),
        check_cell(),
    ]
    notebook = new_notebook()
    notebook.cells = cells
    execute(notebook, replace(setup, hold=hold), {"namespace": "lab-ada"}, output_path=tmp_path / "out.ipynb")
    assert said == [True, False, True]


def test_a_kernel_that_ended_or_was_never_used_is_checked_all_the_same(run: Run) -> None:
    assert points(run(RIGHT, "import os; os._exit(0)")) == 2.0
    assert points(run()) == 0.0
