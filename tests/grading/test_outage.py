"""The API server goes away in the middle of a check: the right grade after a retry, or none; never fewer points."""

from __future__ import annotations

import contextlib
import os
import signal
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import kubernetes
import pytest
import urllib3
from grading import small_lab
from grading.cuttable import Relay, cuttable
from grading.small_lab import LAB, answered
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config

from autograder.cluster import embedded
from autograder.cluster.connection import Connection
from autograder.cluster.observing import status
from autograder.grading.configuring import configure

pytestmark = pytest.mark.live

WAITS_FOR_A_SIGNAL = """\
from autograder import lab

with lab.criterion(2, "ConfigMap `settings` exists"):
    lab.wait("configmap/settings", timeout_s=20)

with lab.criterion(2, "the signal comes"):
    lab.wait("configmap/signal", timeout_s=45)
lab.points()"""
"""The signal is the test's to give: until then the grader is in the middle of this check."""


PATIENT = """\
import kubernetes, time
kubernetes.config.load_kube_config()
kubernetes.client.CoreV1Api().create_namespaced_config_map(namespace, {{"metadata": {{"name": "begun"}}}})
for _ in range(5):
    time.sleep(0.5)
    try:
{answer}
    except Exception as error:
        print("never mind:", type(error).__name__)
time.sleep(8)"""
"""Works at it for some seconds, and goes on whatever happens; it ends when the outage is over."""


@pytest.fixture
def waiting_course(course):
    """The course's lab with a check that can be met in its middle."""
    small_lab.write_source(course.root, small_lab.source_notebook(check_settings=WAITS_FOR_A_SIGNAL))
    result = NbGraderAPI(config=configure(Config(), course.root)).generate_assignment(LAB)
    assert result["success"], result
    return course


class Namespaces:
    """Looks at the workspaces of a student by a way that is never cut."""

    def __init__(self, connection: Connection, student: str) -> None:
        self.core = kubernetes.client.CoreV1Api(connection.api_client())
        self.selector = f"course.autograder/student={student},course.autograder/role=student"
        self.seen: set[str] = set()

    def next_with_settings(self, made: str = "more", timeout_s: float = 120) -> str:
        """A workspace not returned before, once that ConfigMap is there; `more` is what a student makes last."""
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            for namespace in self.core.list_namespace(label_selector=self.selector).items:
                name = namespace.metadata.name
                if name not in self.seen and self._has(name, made):
                    self.seen.add(name)
                    return name
            time.sleep(0.1)
        raise AssertionError("no new workspace came as far as its check cells")

    def _has(self, name: str, made: str) -> bool:
        found = self.core.list_namespaced_config_map(name, field_selector=f"metadata.name={made}")
        return bool(found.items)

    def give_signal(self, name: str) -> None:
        self.core.create_namespaced_config_map(name, {"metadata": {"name": "signal"}})

    def left(self) -> list[str]:
        """Workspaces that nobody has begun to remove."""
        found = self.core.list_namespace(label_selector=self.selector).items
        return [each.metadata.name for each in found if each.metadata.deletion_timestamp is None]


@pytest.fixture
def way(connection: Connection, tmp_path: Path) -> Iterator[tuple[Connection, Relay]]:
    with cuttable(connection, tmp_path) as opened:
        yield opened


def in_the_middle_of_a_check(seconds: float = 3.0) -> None:
    """The check cell waits for 45 s from here on."""
    threading.Event().wait(seconds)


def grading(course, student: str, connection: Connection, **changes: object) -> ThreadPoolExecutor:
    course.submit(student, answered(course.released))
    config = Config()
    config.RunTwoKernels.update(changes)
    pool = ThreadPoolExecutor(1)
    pool.result = pool.submit(course.grade, student, connection, config)  # type: ignore[attr-defined]
    return pool


def test_an_outage_in_the_middle_of_a_check_ends_with_the_right_grade(
    waiting_course, connection: Connection, way: tuple[Connection, Relay]
) -> None:
    relayed, relay = way
    workspaces = Namespaces(connection, "ora")
    pool = grading(waiting_course, "ora", relayed)
    workspaces.next_with_settings()
    in_the_middle_of_a_check()
    relay.cut()
    threading.Timer(8.0, relay.mend).start()
    workspaces.give_signal(workspaces.next_with_settings())
    result = pool.result.result(timeout=240)
    assert (result.state, result.score) == ("graded", small_lab.POINTS), result.verdicts
    assert result.verdicts.attempts == 2
    assert any("attempt 1" in note for note in result.verdicts.notes)
    assert waiting_course.points("ora") == {"check-settings": 4.0, "check-more": 2.0}
    assert workspaces.left() == []


@pytest.mark.parametrize("answer", [small_lab.SOLUTION, "print('nothing')"], ids=["right", "wrong"])
def test_an_outage_while_the_students_own_cells_run_costs_no_points(
    course, connection: Connection, way: tuple[Connection, Relay], answer: str
) -> None:
    """Whoever catches every error has nothing to show when checks look, and the server is well again by then."""
    relayed, relay = way
    student = "ida" if answer == small_lab.SOLUTION else "ivo"
    workspaces = Namespaces(connection, student)
    course.submit(student, answered(course.released, PATIENT.format(answer=textwrap.indent(answer, "        "))))
    with ThreadPoolExecutor(1) as pool:
        graded = pool.submit(course.grade, student, relayed, Config())
        workspaces.next_with_settings("begun")
        relay.cut()
        in_the_middle_of_a_check(6.0)
        relay.mend()
        result = graded.result(timeout=240)
    assert result.state == "graded", result.reason
    assert result.score == (small_lab.POINTS if answer == small_lab.SOLUTION else 0)
    assert result.verdicts.attempts == 2
    # Where a busy machine lets the outage outlast the cell, what follows the cell meets it.
    said = " ".join(result.verdicts.notes)
    assert "the API server was not well while the submission ran" in said or "no answer from" in said
    assert workspaces.left() == []


def test_an_outage_that_lasts_leaves_the_submission_ungraded(
    waiting_course, connection: Connection, way: tuple[Connection, Relay]
) -> None:
    relayed, relay = way
    workspaces = Namespaces(connection, "udo")
    pool = grading(waiting_course, "udo", relayed, patience_s=2.0)
    workspaces.next_with_settings()
    in_the_middle_of_a_check()
    relay.cut()
    result = pool.result.result(timeout=240)
    assert result.state == "ungraded"
    assert result.reason
    assert waiting_course.points("udo") == {"check-settings": None, "check-more": None}
    assert waiting_course.verdicts("udo").state == "ungraded"
    for name in workspaces.left():
        workspaces.core.delete_namespace(name)


def test_a_killed_api_server_costs_no_points(waiting_course, disposable_cluster: str) -> None:
    connection = embedded.connection(disposable_cluster)
    workspaces = Namespaces(connection, "kim")
    pool = grading(waiting_course, "kim", connection)
    workspaces.next_with_settings()
    in_the_middle_of_a_check()
    (server,) = [each for each in status(disposable_cluster).components if "apiserver" in each.name]
    assert server.pid
    os.kill(server.pid, signal.SIGKILL)
    result = _giving_signals(workspaces, pool)
    assert (result.state, result.score) == ("graded", small_lab.POINTS), result.verdicts
    assert waiting_course.points("kim") == {"check-settings": 4.0, "check-more": 2.0}


def _giving_signals(workspaces: Namespaces, pool: ThreadPoolExecutor):
    """The result, with a signal for whichever attempt it takes, as soon as the server can take one."""
    workspaces.seen.clear()
    while not pool.result.done():
        with contextlib.suppress(kubernetes.client.ApiException, urllib3.exceptions.HTTPError, AssertionError):
            workspaces.give_signal(workspaces.next_with_settings(timeout_s=1))
    return pool.result.result()
