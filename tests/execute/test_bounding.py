"""What bounds a sandbox where systemd makes its group, as far as that shows without one; `make test-vm` has one."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

from execute.small_notebooks import until

from autograder.execute import bounding
from autograder.execute.limits import Limits


def test_a_scope_is_held_open_until_let_go_by_what_keeps_nothing_of_the_sandbox_s(tmp_path: Path) -> None:
    manager = bounding._Manager(("env",), {}, tmp_path, frozenset({"memory", "pids"}))
    bounds = bounding._bound_by_systemd(manager, "autograder-x", Limits(), tmp_path)
    assert bounds.held_open is not None
    ours, theirs = socket.socketpair()
    high = os.dup2(theirs.fileno(), 77)
    os.set_inheritable(high, True)
    pipe = str(bounds.held_open[0])
    held = bounding.Bounds(bounds.groups, ("env",), {}, bounds.held_open)
    done = subprocess.run(held.entering(["echo", "ran"]), pass_fds=[high], capture_output=True, text=True, check=True)
    theirs.close()
    os.close(high)
    assert done.stdout == "ran\n", "and its output is at its end"
    until(lambda: _holders(pipe) != [])
    ours.settimeout(5)
    assert ours.recv(1) == b"", "nobody else has the descriptor any more"
    assert _holders(pipe) != []
    held.let_go()
    until(lambda: _holders(pipe) == [])


def test_what_systemd_was_seen_to_bound_is_not_called_lacking(tmp_path: Path) -> None:
    group = tmp_path / "autograder-x.scope"
    assert bounding.Bounds(dict.fromkeys(("memory", "pids"), group)).lacking == ""
    assert "bounds a submission's processes as a whole" in bounding.Bounds({"memory": group}).lacking
    assert "bounds a submission's memory and processes as a whole" in bounding.Bounds({}).lacking


def test_a_group_that_is_gone_costs_an_answer_and_no_error(tmp_path: Path) -> None:
    gone = bounding.Bounds(dict.fromkeys(("memory", "pids", "cpuacct"), tmp_path / "gone.scope"))
    assert (gone.cpu_used_s(), gone.ran_out_of_memory()) == (0.0, False)


def _holders(pipe: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cmdline").read_bytes().split(b"\0")[:2] == [b"cat", pipe.encode()]:
                found.append(process.name)
        except OSError:
            continue
    return found
