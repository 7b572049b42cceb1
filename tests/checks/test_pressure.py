"""A machine without time for anybody is told from work that is slow, and never excuses what can be seen to be wrong."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from checks.conftest import SERVER, Playground

from autograder import lab
from autograder.checks import pressure
from autograder.checks.api import Api
from autograder.checks.criteria import Verdict
from autograder.checks.patience import Patience
from autograder.checks.pressure import Gauge
from autograder.checks.settling import Outlook
from autograder.errors import CheckFailed, CheckUnsettled, ClusterError

Run = Callable[[Callable[[], Any]], Verdict]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gauge, "stalled", lambda *_: True)


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Gauge, "stalled", lambda *_: False)
    monkeypatch.setattr(pressure, "_server_is_late", lambda *_: "")
    monkeypatch.setattr(pressure, "_node_is_late", lambda *_: "")


@pytest.fixture
def both_cores_busy() -> Iterator[None]:
    burn = [sys.executable, "-c", "import time; end = time.time() + 20\nwhile time.time() < end: pass"]
    burning = [subprocess.Popen(burn) for _ in range(8)]
    yield
    for each in burning:
        each.kill()
        each.wait()


@pytest.mark.usefixtures("both_cores_busy")
def test_the_kernel_says_when_both_cores_are_taken() -> None:
    gauge, deadline = Gauge(), time.monotonic() + 15
    while not gauge.stalled() and time.monotonic() < deadline:
        gauge._begun = pressure._sample() if time.monotonic() > deadline - 10 else gauge._begun
        sum(range(2_000_000))
    assert gauge.stalled()


@pytest.mark.parametrize(
    ("stalled_s", "idle", "busy"),
    [(9.5, 10, True), (9.5, 1700, False), (3.0, 10, False), (None, 10, True), (None, 1700, False)],
)
def test_a_program_that_its_own_limit_holds_back_makes_no_machine_busy(
    monkeypatch: pytest.MonkeyPatch, stalled_s: float | None, idle: int, busy: bool
) -> None:
    # Two processors for ten seconds. The kernel counts what a limit holds back as waiting for a processor, too.
    then = pressure._Sample(at=100.0, stalled_s=None if stalled_s is None else 50.0, lately=0.0, idle=5000, ticks=9000)
    now = replace(
        then,
        at=110.0,
        stalled_s=None if stalled_s is None else 50.0 + stalled_s,
        idle=5000 + idle,
        ticks=11000,
    )
    gauge = Gauge()
    gauge._begun = then
    monkeypatch.setattr(pressure, "_sample", lambda: now)
    assert gauge.stalled() == busy


@pytest.mark.live
@pytest.mark.usefixtures("busy")
def test_what_still_moves_on_a_busy_machine_is_given_time_and_then_left_unchecked(looking_at: Api) -> None:
    patience, moving = Patience(0.05), Outlook("moving", "Pod `x` is starting")
    extended = [patience.left_s(looking_at, moving) for _ in range(3) if not time.sleep(0.06)]
    assert extended[0] > 0
    time.sleep(0.15)
    patience.left_s(looking_at, moving)
    time.sleep(0.1)
    assert patience.left_s(looking_at, moving) <= 0
    assert isinstance(patience.ended(looking_at, looking_at.place.namespace, moving, "it to run"), ClusterError)


@pytest.mark.live
@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize(("by_time", "kind"), [(False, CheckFailed), (True, ClusterError)])
def test_what_can_be_seen_to_be_wrong_stays_wrong_on_a_busy_machine(
    looking_at: Api, by_time: bool, kind: type[Exception]
) -> None:
    stuck = Outlook("stuck", "the image is not there", by_time=by_time)
    assert isinstance(Patience(1).ended(looking_at, looking_at.place.namespace, stuck, "it to run"), kind)


@pytest.mark.live
@pytest.mark.usefixtures("quiet")
def test_on_a_machine_with_time_it_is_unsettled_as_before(looking_at: Api) -> None:
    moving = Outlook("moving", "Pod `x` is starting")
    assert isinstance(Patience(1).ended(looking_at, looking_at.place.namespace, moving, "it to run"), CheckUnsettled)


@pytest.mark.live
@pytest.mark.usefixtures("busy")
def test_a_student_whose_own_pods_keep_the_machine_busy_gains_nothing(
    looking_at: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Gauge().why(looking_at, looking_at.place.namespace)
    monkeypatch.setattr(pressure, "_own_processors", lambda *_: 16.0)
    assert Gauge().why(looking_at, looking_at.place.namespace) == ""


@pytest.mark.live
@pytest.mark.usefixtures("busy")
def test_probes_that_keep_the_node_busy_are_the_students_own_doing(looking_at: Api, playground: Playground) -> None:
    """Whatever programs they start, the node pays for starting them."""
    gauge = Gauge()
    assert gauge.why(looking_at, playground.namespace)
    each_second = {"exec": {"command": ["no-such-program"]}, "periodSeconds": 1}
    probes = {"readinessProbe": each_second, "livenessProbe": {**each_second, "failureThreshold": 100_000}}
    least = {"resources": {"requests": {"cpu": "1m", "memory": "8Mi"}}}
    names = range(int(pressure.OWN_SHARE * (os.cpu_count() or 1) / pressure.PROBE_S / 2) + 1)
    idle = [{"name": f"c{name}", "image": "localhost:5000/pause:1", **probes, **least} for name in names]
    spec = {"containers": idle, "terminationGracePeriodSeconds": 0}
    pod = {"metadata": {"name": "storm"}, "spec": spec}
    playground.create("/api/v1/namespaces/{}/pods", pod)
    deadline = time.monotonic() + 120
    while gauge.why(looking_at, playground.namespace) and time.monotonic() < deadline:
        time.sleep(0.5)
    assert not gauge.why(looking_at, playground.namespace)
    looking_at.ask("DELETE", f"/api/v1/namespaces/{playground.namespace}/pods/storm")


@pytest.mark.live
@pytest.mark.usefixtures("looking_at", "busy")
@pytest.mark.parametrize(("page", "state"), [("loading", "unchecked"), ("missing", "unsettled")])
def test_a_criterion_that_ends_so_is_unchecked_unless_the_server_had_time_to_refuse(
    playground: Playground, verdict_of: Run, page: str, state: str
) -> None:
    playground.deployment(page, ["python3", "-u", "-c", SERVER], ready=f"/{page}")
    lab.wait(f"deployment/{page}", until=lambda it: (it.get("status") or {}).get("replicas"))
    pod = lab.pods(f"app={page}")[0]
    lab.until(lambda: [each for each in lab.events(pod) if "statuscode" in each["message"]])
    verdict = verdict_of(lambda: lab.wait(f"deployment/{page}", ready=1, timeout_s=3))
    assert verdict.state == state, verdict.message
    assert ("busy machine" in verdict.message) == (state == "unchecked")


@pytest.mark.live
@pytest.mark.usefixtures("looking_at", "busy")
@pytest.mark.parametrize("named", ["", "of-another-cluster"])
def test_a_claim_of_a_class_that_makes_no_volume_is_wrong_on_a_busy_machine_too(
    playground: Playground, verdict_of: Run, named: str
) -> None:
    name = f"claim-{named or 'of-none'}"
    asked = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "4Mi"}}, "storageClassName": named}
    playground.create("/api/v1/namespaces/{}/persistentvolumeclaims", {"metadata": {"name": name}, "spec": asked})
    verdict = verdict_of(lambda: lab.wait(f"pvc/{name}", condition="Bound", timeout_s=30))
    assert verdict.state == "failed", verdict.message
    assert "class" in verdict.found


@pytest.mark.parametrize(("written", "processors"), [("250m", 0.25), ("1500000n", 0.0015), ("2", 2.0), ("none", 0.0)])
def test_processors_are_read_as_the_metrics_write_them(written: str, processors: float) -> None:
    assert pressure._processors(written) == pytest.approx(processors)
