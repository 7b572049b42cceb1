"""A rollout that a check causes, and what whoever asks meanwhile is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from checks.conftest import SERVER, Playground, pod_spec

from autograder import lab
from autograder.checks.criteria import Verdict
from autograder.checks.polling import Heard
from autograder.checks.rolling import Rollout
from autograder.errors import CheckFailed, ClusterError

Run = Callable[[Callable[[], Any]], Verdict]
SERVE = ["python3", "-u", "-c", SERVER]


def deployed(playground: Playground, name: str, replicas: int, strategy: dict[str, Any], **spec: Any) -> None:
    labels = {"app": name}
    # With no time to go at all, a Pod would be gone for the API server while its program still answers.
    template = {
        "metadata": {"labels": labels},
        "spec": {**pod_spec(SERVE, ready="/who"), "terminationGracePeriodSeconds": 1},
    }
    document = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": name},
        "spec": {
            "replicas": replicas,
            "strategy": strategy,
            "selector": {"matchLabels": labels},
            "template": template,
            **spec,
        },
    }
    playground.create("/apis/apps/v1/namespaces/{}/deployments", document)


@pytest.mark.parametrize(
    ("fewest", "soonest_end_s", "abrupt"),
    [(0, 9.0, True), (0, None, True), (2, 1.0, True), (2, 2.0, False), (1, None, False)],
)
def test_what_no_busy_machine_explains(fewest: int, soonest_end_s: float | None, abrupt: bool) -> None:
    assert Rollout(2, fewest, soonest_end_s).was_abrupt is abrupt


@pytest.mark.parametrize(
    ("fewest", "soonest_end_s", "in_time"),
    [(0, 9.0, False), (1, None, False), (1, 2.0, False), (1, 3.0, True), (4, 5.0, True)],
)
def test_what_everybody_could_have_heard_of(fewest: int, soonest_end_s: float | None, in_time: bool) -> None:
    assert Rollout(4, fewest, soonest_end_s).gave_notice is in_time


@pytest.mark.live
@pytest.mark.usefixtures("looking_at")
def test_pods_are_all_replaced_and_the_fewest_at_any_moment_are_counted(playground: Playground) -> None:
    deployed(playground, "at-once", 2, {"type": "Recreate"})
    careful = {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}}
    deployed(playground, "step-by-step", 2, careful)
    for name, fewest in (("at-once", 0), ("step-by-step", 2)):
        lab.wait(f"deployment/{name}", ready=2)
        before = {pod["metadata"]["uid"] for pod in lab.pods(f"app={name}")}
        rollout = lab.restart(f"deployment/{name}")
        assert (rollout.before, rollout.fewest) == (2, fewest), name
        assert rollout.soonest_end_s is not None, "it was seen to end"
        assert rollout.was_abrupt or fewest, "nobody was left"
        assert not before & {pod["metadata"]["uid"] for pod in lab.objects("pods")}


@pytest.mark.live
@pytest.mark.usefixtures("looking_at")
def test_a_paused_deployment_and_one_that_is_not_there_fail(playground: Playground, verdict_of: Run) -> None:
    deployed(playground, "paused", 1, {}, paused=True)
    verdict = verdict_of(lambda: lab.restart("deployment/paused"))
    assert (verdict.state, "is paused" in verdict.found) == ("failed", True)
    assert verdict_of(lambda: lab.restart("deployment/nobody")).state == "failed"


@pytest.mark.live
@pytest.mark.usefixtures("looking_at", "a_quiet_machine")
def test_requests_that_a_rollout_loses_are_counted(playground: Playground, verdict_of: Run) -> None:
    deployed(playground, "lossy", 1, {"type": "Recreate"})
    playground.service("lossy", {"app": "lossy"})
    lab.wait("service/lossy", ready=1)
    url = f"http://lossy.{playground.namespace}/think"
    with lab.polled(url, at_once=4) as heard:
        pass
    heard.require_answers()
    assert set(heard.counts) == {"200"}
    with lab.polled(url, at_once=4) as heard:
        lab.restart("deployment/lossy")
    verdict = verdict_of(heard.require_answers)
    assert verdict.state == "failed"
    assert f"requests to {url} were lost" in verdict.found


@pytest.mark.live
@pytest.mark.usefixtures("looking_at")
def test_where_nobody_ever_answers_that_is_said(playground: Playground, verdict_of: Run) -> None:
    playground.service("empty", {"app": "nobody"})
    with lab.polled(f"http://empty.{playground.namespace}/") as heard:
        pass
    verdict = verdict_of(heard.require_answers)
    assert (verdict.state, "nothing answered" in verdict.found) == ("failed", True)


def test_what_counts_as_lost() -> None:
    heard = Heard("http://x/", Counter({"200": 40, "503": 3, "RemoteDisconnected": 2}))
    with pytest.raises(CheckFailed, match="5 of 45 requests to http://x/ were lost: 3 × 503, 2 × RemoteDisconnected"):
        heard.require_answers()
    with pytest.raises(CheckFailed, match="2 of 45"):
        heard.require_answers(apart_from=[503])
    heard.busy = "somebody waited"
    with pytest.raises(ClusterError, match="somebody waited"):
        heard.require_answers()
    with pytest.raises(CheckFailed, match="5 of 45"):
        heard.require_answers(excusable=False)
    with pytest.raises(CheckFailed, match="5 of 45"):  # more than late news lose
        heard.require_answers(excusable=False, gave_notice=True)
    astray = Heard("http://x/", Counter({"200": 640, "ConnectionRefusedError": 1}))
    with pytest.raises(CheckFailed, match="1 of 641"):
        astray.require_answers()
    with pytest.raises(ClusterError, match=r"1 of 641.*the network was late"):
        astray.require_answers(gave_notice=True)
    heard.counts["ConnectionRefusedError"] = 20
    with pytest.raises(CheckFailed, match="25 of 65"):  # that much is nobody's bad luck
        heard.require_answers()
    Heard("http://x/", Counter({"200": 40, "302": 1})).require_answers()
