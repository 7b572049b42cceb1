"""An API server that is away costs no points."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from checks.conftest import Playground

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api, Place
from autograder.checks.criteria import Verdict
from autograder.checks.kubeconfig import Account, read_account
from autograder.cluster import observing
from autograder.cluster.connection import Connection

Run = Callable[[Callable[[], Any]], Verdict]


@pytest.fixture
def asking() -> Iterator[Callable[[str], Api]]:
    """Checks ask whoever listens under a URL."""

    def ask(server: str) -> Api:
        api = Api(Account(server, "default", None), Place("default", "default-grader"))
        connecting.use(api)
        return api

    yield ask
    connecting.use(None)


def test_nobody_listening_is_unchecked_after_a_few_seconds(asking: Callable[[str], Api], verdict_of: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asking(f"http://127.0.0.1:{port}")
    verdict = verdict_of(lambda: lab.wait("deployment/x", ready=1))
    assert (verdict.state, 4 < verdict.seconds < 10) == ("unchecked", True)
    assert "does not answer" in verdict.message


def test_a_server_that_accepts_and_says_nothing_is_unchecked(asking: Callable[[str], Api], verdict_of: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        asking(f"http://127.0.0.1:{silent.getsockname()[1]}")
        verdict = verdict_of(lambda: lab.get("service/x"))
    assert (verdict.state, verdict.seconds < 25) == ("unchecked", True)


def test_a_finding_made_while_nobody_answers_does_not_count(asking: Callable[[str], Api], verdict_of: Run) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asking(f"http://127.0.0.1:{port}")
    assert verdict_of(lambda: lab.fail("wrong")).state == "unchecked"


@pytest.mark.live
@pytest.mark.parametrize(
    ("place", "said", "next_step"),
    [
        (Place("default"), "the API server does not know who asks", "open your place again"),
        (Place("default", "default-grader"), "the grader's account may not do this", "ask whoever runs the course"),
    ],
    ids=["a student's", "the grader's"],
)
def test_credentials_that_have_run_out_are_unchecked_and_say_the_way_back(
    place: Place, said: str, next_step: str, connection: Connection, tmp_path: Path, verdict_of: Run
) -> None:
    kubeconfig = yaml.safe_load(connection.kubeconfig.read_text())
    kubeconfig["users"] = [{"name": user["name"], "user": {"token": "run-out"}} for user in kubeconfig["users"]]
    path = tmp_path / "kubeconfig"
    path.write_text(yaml.safe_dump(kubeconfig))
    connecting.use(Api(read_account(path, connection.context), place))
    try:
        verdict = verdict_of(lambda: lab.get("service/x"))
    finally:
        connecting.use(None)
    assert (verdict.state, verdict.earned) == ("unchecked", 0)
    assert said in verdict.message
    assert next_step in verdict.next_step


@pytest.mark.live
def test_an_api_server_killed_in_the_middle_of_a_check_never_costs_points(
    disposable_cluster: str, verdict_of: Run
) -> None:
    admin = read_account(observing.kubeconfig_path(disposable_cluster))
    api = Api(admin, Place("default", "default"))
    connecting.use(api)
    Playground(api, "default").deployment("web", ["python3", "-m", "http.server", "8080"])
    Playground(api, "default").service("none", {"app": "nobody"})
    questions: list[Callable[[], Any]] = [
        lambda: lab.wait("deployment/web", ready=2, timeout_s=30),
        lambda: lab.get("service/none"),
        _many_reviews,
    ]
    for question in questions:
        killer = threading.Timer(0.8, _kill_api_server, [disposable_cluster])
        killer.start()
        verdict = verdict_of(question)
        killer.join()
        assert verdict.state == "unchecked"
        _until_ready(api)
    verdict = verdict_of(lambda: lab.wait("deployment/web", ready=1))
    assert verdict.state == "passed"
    connecting.use(None)


def _many_reviews() -> None:
    """Longer than it takes until the API server is killed, however quick the machine is."""
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        lab.can("get pods", as_="user/nobody")
    lab.fail("nobody may")


def _kill_api_server(cluster: str) -> None:
    for component in observing.status(cluster).components:
        if component.name == "kube-apiserver" and component.pid:
            os.kill(component.pid, signal.SIGKILL)


def _until_ready(api: Api) -> None:
    deadline = time.monotonic() + 60
    while not api.ready():
        assert time.monotonic() < deadline, "the API server was not restarted"
        threading.Event().wait(0.2)
