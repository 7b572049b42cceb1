"""A real cluster for every test that wants one: the embedded one, started once and left to the next run.

Tests share the cluster named by `AUTOGRADER_TEST_CLUSTER` (`test` when unset), each with workspaces or
namespaces of its own. A test that kills or removes a cluster asks for `disposable_cluster` instead.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from autograder.cluster import embedded
from autograder.cluster.connection import Connection
from autograder.workspace import Workspace, open_workspace

REPOSITORY = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def repository() -> Path:
    return REPOSITORY


@pytest.fixture(scope="session")
def connection() -> Connection:
    return embedded.up(os.environ.get("AUTOGRADER_TEST_CLUSTER", "test"))


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
