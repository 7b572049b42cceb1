"""A Job that a check starts is the one that its template says, told otherwise where the check says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from checks.conftest import Playground, pod_spec

from autograder import lab
from autograder.checks.criteria import Verdict
from autograder.checks.launching import job_from


def template(**spec: Any) -> dict[str, Any]:
    env = [{"name": "RATE", "value": "1"}, {"name": "SEED", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]
    pod = {"containers": [{"name": "a", "env": env}, {"name": "b"}], "initContainers": [{"name": "c"}]}
    labels = {"app": "x", "job-name": "old", "batch.kubernetes.io/controller-uid": "1"}
    return {"template": {"metadata": {"labels": labels}, "spec": pod}, **spec}


def test_its_variables_are_in_every_container_and_nothing_else_is_lost() -> None:
    source = {"kind": "CronJob", "spec": {"schedule": "@daily", "jobTemplate": {"spec": template(backoffLimit=4)}}}
    job = job_from(source, "check-1", {"SEED": "7"})
    pod = job["spec"]["template"]["spec"]
    assert pod["containers"][0]["env"] == [{"name": "RATE", "value": "1"}, {"name": "SEED", "value": "7"}]
    assert pod["containers"][1]["env"] == pod["initContainers"][0]["env"] == [{"name": "SEED", "value": "7"}]
    assert job["spec"]["backoffLimit"] == 4
    assert source["spec"]["jobTemplate"]["spec"] == template(backoffLimit=4)


def test_a_job_once_more_has_nothing_of_the_first_ones() -> None:
    given = template(
        selector={}, manualSelector=False, suspend=True, ttlSecondsAfterFinished=0, activeDeadlineSeconds=1
    )
    spec = job_from({"kind": "Job", "spec": given}, "check-1", {}, 1)["spec"]
    assert set(spec) == {"template", "backoffLimit"}
    assert spec["backoffLimit"] == 0
    assert spec["template"]["metadata"]["labels"] == {"app": "x"}


def test_a_suspended_template_starts_suspended_jobs() -> None:
    source = {"kind": "CronJob", "spec": {"jobTemplate": {"spec": template(suspend=True)}}}
    assert job_from(source, "check-1", {})["spec"]["suspend"] is True


def test_one_pod_of_a_job_with_indexes() -> None:
    policy = {"rules": [{"action": "FailIndex", "onExitCodes": {"operator": "In", "values": [3]}}]}
    given = template(completionMode="Indexed", completions=8, parallelism=4, backoffLimitPerIndex=1, maxFailedIndexes=8)
    spec = job_from({"kind": "Job", "spec": {**given, "podFailurePolicy": policy}}, "check-1", {}, 1, one_pod=True)[
        "spec"
    ]
    assert (spec["completionMode"], spec["completions"], spec["parallelism"], spec["backoffLimit"]) == (
        "Indexed",
        1,
        1,
        0,
    )
    assert "backoffLimitPerIndex" not in spec
    assert spec["podFailurePolicy"]["rules"][0]["action"] == "FailJob"


TRIES = "echo tried >> /seen/tries; [ $(wc -l < /seen/tries) -ge $WANTED ]"
CLAIM = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "4Mi"}}}


@pytest.mark.live
@pytest.mark.usefixtures("looking_at")
@pytest.mark.parametrize("policy", ["Never", "OnFailure"])
@pytest.mark.parametrize(("wanted", "state"), [("2", "passed"), ("3", "failed")])
def test_two_attempts_are_two_whoever_starts_the_second(
    playground: Playground, verdict_of: Callable[[Callable[[], Any]], Verdict], policy: str, wanted: str, state: str
) -> None:
    name = f"tries-{policy.lower()}-{wanted}"
    playground.create("/api/v1/namespaces/{}/persistentvolumeclaims", {"metadata": {"name": name}, "spec": CLAIM})
    pod = pod_spec(["sh", "-c", TRIES], volumeMounts=[{"name": "seen", "mountPath": "/seen"}])
    pod |= {
        "restartPolicy": policy,
        "volumes": [{"name": "seen", "persistentVolumeClaim": {"claimName": name}}],
    }
    job = {"metadata": {"name": name}, "spec": {"suspend": True, "template": {"spec": pod}}}
    playground.create("/apis/batch/v1/namespaces/{}/jobs", job)

    def completes() -> None:
        with lab.launched(f"job/{name}", env={"WANTED": wanted}, attempts=2) as launched:
            lab.wait(launched, complete=True, timeout_s=90)

    assert verdict_of(completes).state == state
