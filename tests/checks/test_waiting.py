"""Waiting for what is on its way, and giving up early on what is not, on a real cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from checks.conftest import SERVER, Playground

from autograder import lab
from autograder.checks.api import Api
from autograder.checks.criteria import Verdict

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at", "a_quiet_machine")]
Run = Callable[[Callable[[], Any]], Verdict]
SERVE = ["python3", "-u", "-c", SERVER]


@pytest.fixture(scope="module", autouse=True)
def web(playground: Playground) -> None:
    playground.deployment("web", SERVE, replicas=2, ready="/who")
    playground.service("web", {"app": "web"})
    playground.service("typo", {"app": "wbe"})
    playground.deployment("no-image", SERVE, image="never-built:1")
    playground.deployment("bad-name", SERVE, image="Not An Image")
    playground.deployment("crash", ["python3", "-c", "import sys; sys.exit('cannot open model.joblib')"])
    playground.deployment("too-big", SERVE, resources={"requests": {"cpu": "100"}})
    playground.deployment("no-config", SERVE, envFrom=[{"configMapRef": {"name": "not-there"}}])


def test_a_deployment_is_waited_for_until_its_pods_are_ready() -> None:
    document = lab.wait("deployment/web", ready=2)
    assert document["status"]["readyReplicas"] == 2


def test_what_holds_at_once_costs_three_questions(looking_at: Api) -> None:
    lab.wait("deployment/web", ready=2)
    before = looking_at.meter.calls
    lab.wait("deployment/web", ready=True)
    assert looking_at.meter.calls - before == 3  # the Deployment, its ReplicaSet, its Pods


def test_a_service_is_waited_for_by_its_ready_endpoints() -> None:
    assert lab.wait("service/web", ready=2)["kind"] == "Service"


def test_a_deployment_that_asks_for_fewer_fails_before_the_deadline(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("deployment/web", ready=3))
    assert (verdict.state, verdict.seconds < 10) == ("failed", True)
    assert "asks for 2" in verdict.found


def test_an_image_that_does_not_exist_fails_before_the_deadline_and_is_named(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("deployment/no-image", ready=1))
    assert (verdict.state, verdict.seconds < 20) == ("failed", True)
    assert "never-built:1: not found" in verdict.found


def test_a_name_that_is_no_image_fails_before_the_deadline(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("deployment/bad-name", ready=1))
    assert (verdict.state, verdict.seconds < 20) == ("failed", True)
    assert "names no valid image" in verdict.found


def test_a_pod_in_crashloop_fails_before_the_deadline_and_its_last_words_are_quoted(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("deployment/crash", ready=1))
    assert (verdict.state, verdict.seconds < 40) == ("failed", True)
    assert "exit code 1" in verdict.found
    assert "cannot open model.joblib" in verdict.found
    assert {exhibit.kind for exhibit in verdict.evidence} == {"object", "events", "log"}


def test_a_pod_that_no_node_can_take_fails_before_the_deadline(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("deployment/too-big", ready=1))
    assert (verdict.state, verdict.seconds < 20) == ("failed", True)
    assert "Insufficient cpu" in verdict.found


def test_a_missing_configmap_fails_before_the_deadline(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("deployment/no-config", ready=1))
    assert (verdict.state, verdict.seconds < 25) == ("failed", True)
    assert 'configmap "not-there" not found' in verdict.found


def test_a_service_that_selects_nothing_fails_within_seconds_once_all_has_settled(verdict_of: Run) -> None:
    lab.wait("deployment/web", ready=2)
    verdict = verdict_of(lambda: lab.wait("service/typo", ready=1))
    assert (verdict.state, verdict.seconds < 10) == ("failed", True)
    assert "app=wbe" in verdict.found


def test_what_is_not_there_fails_within_seconds_and_what_is_there_is_named(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("deployment/sentiment", ready=1))
    assert (verdict.state, verdict.seconds < 6) == ("failed", True)
    assert "`web`" in verdict.found


def test_a_probe_that_is_never_answered_is_unsettled_at_the_deadline_and_only_once(
    playground: Playground, verdict_of: Run
) -> None:
    # Made here: what has not been ready for a minute and a half is a failure.
    playground.deployment("unready", SERVE, ready="/broken")
    first = verdict_of(lambda: lab.wait("deployment/unready", ready=1, timeout_s=12))
    assert first.state == "unsettled"
    assert "statuscode: 500" in first.found
    again = verdict_of(lambda: lab.wait("deployment/unready", ready=1, timeout_s=60))
    assert again.state in ("unsettled", "failed")
    assert again.seconds < 9


def test_a_change_is_seen_when_it_happens_and_counted_as_waiting(playground: Playground, verdict_of: Run) -> None:
    playground.pod("brief", ["python3", "-c", "import time; time.sleep(3)"])
    verdict = verdict_of(lambda: lab.wait("pod/brief", until=lambda pod: pod["status"]["phase"] == "Running"))
    assert verdict.state == "passed"
    assert verdict.waiting_seconds <= verdict.seconds < 15
    assert verdict.api_calls >= 1


def test_a_job_is_waited_for_and_a_failed_one_says_so(playground: Playground, verdict_of: Run) -> None:
    for name, program in (("train", "print('done')"), ("broken", "raise SystemExit('no data')")):
        template = {"spec": {"restartPolicy": "Never", "containers": [
            {"name": "main", "image": "localhost:5000/python:1", "command": ["python3", "-c", program]}]}}  # fmt: skip
        spec = {"template": template, "backoffLimit": 0, "completions": 2, "parallelism": 2}
        document = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name}, "spec": spec}
        playground.create("/apis/batch/v1/namespaces/{}/jobs", document)
    assert lab.wait("job/train", complete=2)["status"]["succeeded"] == 2
    assert lab.wait("job/train", complete=True)
    verdict = verdict_of(lambda: lab.wait("job/broken", complete=True))
    assert (verdict.state, verdict.seconds < 30) == ("failed", True)
    assert "BackoffLimitExceeded" in verdict.found


def test_a_quota_that_keeps_pods_from_being_made_fails_before_the_deadline(
    playground: Playground, verdict_of: Run
) -> None:
    quota = {"apiVersion": "v1", "kind": "ResourceQuota", "metadata": {"name": "tight"},
             "spec": {"hard": {"count/replicasets.apps": "100", "requests.nvidia.com/gpu": "0"}}}  # fmt: skip
    playground.create("/api/v1/namespaces/{}/resourcequotas", quota)
    lab.wait("quota/tight", until=lambda it: (it.get("status") or {}).get("used"))
    gpu = {"limits": {"nvidia.com/gpu": "1"}, "requests": {"nvidia.com/gpu": "1"}}
    playground.deployment("over-quota", SERVE, resources=gpu)
    verdict = verdict_of(lambda: lab.wait("deployment/over-quota", ready=1))
    assert (verdict.state, verdict.seconds < 20) == ("failed", True)
    assert "exceeded quota: tight" in verdict.found


def test_gone_holds_when_it_is_and_fails_when_nobody_deletes_it(verdict_of: Run) -> None:
    assert lab.wait("configmap/never-made", gone=True) == {}
    verdict = verdict_of(lambda: lab.wait("service/web", gone=True))
    assert (verdict.state, verdict.seconds < 8) == ("failed", True)


def test_a_question_is_asked_until_it_is_answered() -> None:
    answers = iter(["", "", "yes"])
    assert lab.until(lambda: next(answers), timeout_s=5) == "yes"


def test_a_question_that_stays_unanswered_is_unsettled(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.until(lambda: False, waiting_for="rain", timeout_s=1))
    assert (verdict.state, verdict.expected) == ("unsettled", "rain")


def test_a_mistake_in_a_check_is_not_held_against_the_work(verdict_of: Run) -> None:
    assert verdict_of(lambda: lab.wait("deployment/web", ready=1, gone=True)).state == "unchecked"
    assert verdict_of(lambda: lab.wait("wrokload/web")).state == "unchecked"
    assert verdict_of(lambda: lab.wait("web")).state == "unchecked"


def test_room_that_the_quota_promises_and_others_have_is_not_held_against_the_work(
    playground: Playground, verdict_of: Run
) -> None:
    lab.wait("deployment/web", ready=2)
    quota = {
        "apiVersion": "v1",
        "kind": "ResourceQuota",
        "metadata": {"name": "wide"},
        "spec": {"hard": {"requests.cpu": "999"}},
    }
    playground.create("/api/v1/namespaces/{}/resourcequotas", quota)
    verdict = verdict_of(lambda: lab.wait("deployment/too-big", ready=1, timeout_s=3))
    assert verdict.state == "unchecked"
    assert "Insufficient cpu" in verdict.message
