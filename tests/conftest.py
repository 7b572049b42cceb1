"""A real cluster for every test that wants one: the embedded one, started once and left to the next run.

Tests share the cluster named by `AUTOGRADER_TEST_CLUSTER` (`test` when unset), each with workspaces or
namespaces of its own. A test that kills or removes a cluster asks for `disposable_cluster` instead.

Where pytest-xdist runs several files of tests at once, each of its processes has a cluster of its own, and the first
one's is left to the next run. A test that nothing else may run beside is marked `alone`. A file whose labs are each a
long test of their own is spread over the processes, lab by lab.

`make test-offline` runs them where no network is but loopback and the clusters' own (`tests/offline.py`). A test that
needs another is marked `outside` and says why; it is skipped there.
"""

from __future__ import annotations

import fcntl
import os
import signal
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import offline
import pytest
from xdist.scheduler import LoadFileScheduling

from autograder.cluster import embedded
from autograder.cluster.connection import Connection
from autograder.workspace import Workspace, open_workspace

REPOSITORY = Path(__file__).parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
"""which of pytest-xdist's processes this is; the first where it is the only one"""
SPREAD = "labs/test_notebook_cells.py"
"""as long as a third of all other files, in one piece"""


def pytest_configure() -> None:
    # What a shell starts in its background ignores Ctrl-C, and a test that presses it would wait for ever.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if WORKER != "gw0":
        name = os.environ.get("AUTOGRADER_TEST_CLUSTER", "test")
        os.environ["AUTOGRADER_TEST_CLUSTER"] = f"{name}-{WORKER}"


class _FileByFile(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return nodeid if file.endswith(SPREAD) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> _FileByFile:
    """Tests of one file run in one process, one after another, since they share what they made."""
    return _FileByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a cluster is live, marked or not: `-m 'not live'` starts none. What needs the outside waits."""
    for item in items:
        if {"connection", "disposable_cluster"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.live)
        outside = item.get_closest_marker("outside")
        if outside is not None and os.environ.get(offline.VARIABLE):
            item.add_marker(pytest.mark.skip(reason=f"needs the outside: {outside.args[0]}"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """A test marked `alone` waits for those that run, and those that come after wait for it."""
    folder = Path(item.config.rootpath, ".pytest_cache")
    folder.mkdir(exist_ok=True)
    with open(folder / "turn.lock", "w") as turn, open(folder / "running.lock", "w") as running:
        # Whoever wants to run takes a turn first, so that a test that waits to be alone is not passed by.
        fcntl.flock(turn, fcntl.LOCK_EX)
        fcntl.flock(running, fcntl.LOCK_EX if item.get_closest_marker("alone") else fcntl.LOCK_SH)
        fcntl.flock(turn, fcntl.LOCK_UN)
        return (yield)


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def connection() -> Iterator[Connection]:
    name = os.environ.get("AUTOGRADER_TEST_CLUSTER", "test")
    yield embedded.up(name)
    if WORKER != "gw0":
        embedded.down(name)


@pytest.fixture
def disposable_cluster() -> Iterator[str]:
    """The name of a cluster that is up, is this test's alone, and is gone afterwards."""
    name = f"t-{uuid.uuid4().hex[:8]}"
    embedded.up(name)
    try:
        yield name
    finally:
        embedded.down(name)


@pytest.fixture
def workspace(connection: Connection) -> Iterator[Callable[..., Workspace]]:
    """Opens workspaces; all are removed when the test ends."""
    with ExitStack() as opened:

        def open_one(lab: str = "lab02-serve-a-model", student: str = "ada") -> Workspace:
            return opened.enter_context(open_workspace(connection, lab, student, wait=False))

        yield open_one
