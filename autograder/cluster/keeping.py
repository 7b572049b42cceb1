"""Keeps an embedded cluster's supervisor alive: `python -m autograder.cluster.keeping DIRECTORY`.

A supervisor restarts components; somebody has to restart the supervisor. This process does only that.
When it is killed itself the cluster runs on, and the next `autograder cluster up` puts a new keeper in
its place.
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
from pathlib import Path

from autograder.cluster import cgroups, enclosing
from autograder.cluster.addressing import Cable
from autograder.cluster.places import identity
from autograder.cluster.processes import Recorded, record


def keep(directory: Path) -> None:
    """Starts the supervisor again whenever it has ended, for as long as the cluster is wanted."""
    record(directory / "keeper.json", os.getpid())
    while (directory / "wanted").exists():
        holder = Recorded.read(directory / "holder.json")
        if holder is None or not holder.alive:
            record(directory / "holder.json", _start(directory))
        else:
            _outlast(holder.pid)


def _start(directory: Path) -> int:
    """A supervisor, enclosed where the cluster has a node; returns the pid that stands for it."""
    cable = Cable.read(directory / "cable.json")
    if cable is None:
        argv = [sys.executable, "-m", "autograder.cluster.supervising", str(directory)]
        return subprocess.Popen(argv, stdin=subprocess.DEVNULL).pid
    # A new supervisor is a rebooted node: no Pod of its last life is running.
    cgroups.remove(identity(directory))
    cgroups.make(identity(directory))
    return enclosing.enclose(directory, cable).pid


def _outlast(pid: int) -> None:
    """Returns when the process has ended, be it a child of this one or not."""
    with contextlib.suppress(ProcessLookupError):
        handle = os.pidfd_open(pid)
        select.select([handle], [], [])
        os.close(handle)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
