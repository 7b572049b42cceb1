"""The student's and the grader's own view of a workspace: clients with their credentials, not the administrator's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
import yaml
from kubernetes import client, config

from autograder.cluster.connection import Connection
from autograder.workspace import Workspace


@pytest.fixture
def acting_as() -> Iterator[Callable[[str], client.ApiClient]]:
    """A client from a kubeconfig's text; closed when the test ends."""
    with ExitStack() as stack:

        def open_client(kubeconfig: str) -> client.ApiClient:
            return stack.enter_context(config.new_client_from_config_dict(yaml.safe_load(kubeconfig)))

        yield open_client


@pytest.fixture
def as_student(acting_as: Callable[[str], client.ApiClient]) -> Callable[[Workspace], client.ApiClient]:
    return lambda workspace: acting_as(workspace.student_kubeconfig())


@pytest.fixture
def as_grader(acting_as: Callable[[str], client.ApiClient]) -> Callable[[Workspace], client.ApiClient]:
    return lambda workspace: acting_as(workspace.grader_kubeconfig())


@pytest.fixture
def admin(connection: Connection) -> Iterator[client.CoreV1Api]:
    with connection.api_client() as api_client:
        yield client.CoreV1Api(api_client)
