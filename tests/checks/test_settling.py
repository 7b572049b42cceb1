"""Judgements about single objects: what is stuck, what is moving, and what is the cluster's own fault."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks.settling import (
    SETTLED,
    Outlook,
    is_steady,
    judge_pod,
    judge_workload,
    lacking,
    moment,
    quoted,
    worst,
)
from autograder.checks.starting import why_not_staying

NOW = 1_800_000_000.0
THEN = "2027-01-15T07:59:00Z"  # a minute before


def pod(containers: list[dict[str, Any]] | None = None, **status: Any) -> dict[str, Any]:
    statuses = {"containerStatuses": containers} if containers is not None else {}
    spec = {"containers": [{"name": "main"}], "restartPolicy": "Always"}
    return {"metadata": {"name": "web-1"}, "spec": spec, "status": {"startTime": THEN, **statuses, **status}}


def waiting(reason: str, message: str = "", **more: Any) -> dict[str, Any]:
    state = {"waiting": {"reason": reason, "message": message}}
    return {"name": "main", "image": "localhost:5000/x:1", "state": state, **more}


def condition(kind: str, status: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "status": status, "lastTransitionTime": THEN, **more}


def test_timestamps_are_read_in_every_form() -> None:
    assert moment("2027-01-15T08:00:00Z") == NOW
    assert moment("2027-01-15T08:00:00.123456Z") == NOW
    assert moment(None) is None


@pytest.mark.parametrize(
    ("container", "state"),
    [
        (waiting("ContainerCreating"), "moving"),
        (waiting("InvalidImageName"), "stuck"),
        (waiting("ErrImagePull", 'failed to resolve reference "x": x: not found'), "stuck"),
        (waiting("ImagePullBackOff", "dial tcp 127.0.0.1:5000: connect: connection refused"), "ours"),
        (waiting("CrashLoopBackOff", restartCount=1), "moving"),
        (waiting("CrashLoopBackOff", restartCount=2), "stuck"),
        (waiting("CreateContainerConfigError", 'secret "x" not found'), "stuck"),
        ({"name": "main", "state": {"terminated": {"exitCode": 1}}, "restartCount": 0}, "moving"),
        ({"name": "main", "state": {"terminated": {"exitCode": 1}}, "restartCount": 2}, "stuck"),
    ],
)
def test_a_container_decides_about_its_pod(container: dict[str, Any], state: str) -> None:
    assert judge_pod(pod([container]), NOW, "localhost:5000").state == state


def test_a_registry_that_is_not_the_courses_is_the_students_choice() -> None:
    away = waiting("ImagePullBackOff", "dial tcp: connection refused") | {"image": "docker.io/library/x"}
    assert judge_pod(pod([away]), NOW, "localhost:5000").state == "stuck"


@pytest.mark.parametrize(
    ("message", "state"),
    [
        ("0/1 nodes are available: 1 Insufficient memory.", "stuck"),
        ("0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }", "ours"),
        ("no nodes available to schedule pods", "ours"),
    ],
)
def test_a_node_that_is_away_is_not_the_students_doing(message: str, state: str) -> None:
    found = condition("PodScheduled", "False", reason="Unschedulable", message=message)
    assert judge_pod(pod(conditions=[found]), NOW).state == state


def test_a_node_that_does_not_start_on_a_pod_is_not_the_students_doing() -> None:
    document = pod(conditions=[condition("PodScheduled", "True")])
    del document["status"]["startTime"]
    assert judge_pod(document, NOW).state == "ours"


@pytest.mark.parametrize(
    ("ran_s", "restarts", "probed", "steady"),
    [(1, 0, False, False), (5, 0, False, True), (1, 0, True, True), (5, 2, True, False), (20, 2, False, True)],
)
def test_a_pod_that_is_ready_for_a_moment_does_not_count(ran_s: int, restarts: int, probed: bool, steady: bool) -> None:
    running = {"name": "main", "restartCount": restarts, "state": {"running": {"startedAt": THEN}}}
    document = pod([running], phase="Running", conditions=[condition("Ready", "True")])
    if probed:
        document["spec"]["containers"][0]["readinessProbe"] = {"httpGet": {"path": "/"}}
    assert is_steady(document, NOW - 60 + ran_s) is steady


@pytest.mark.parametrize(
    ("spec", "status", "state"),
    [
        ({"replicas": 1}, {"observedGeneration": 1}, "moving"),
        ({"replicas": 1}, {"observedGeneration": 2, "replicas": 0}, "moving"),
        ({"replicas": 1}, {"observedGeneration": 2, "replicas": 1}, "settled"),
        ({"replicas": 1}, {"observedGeneration": 2, "replicas": 2}, "moving"),
        ({"replicas": 1, "paused": True}, {"observedGeneration": 2, "replicas": 1}, "stuck"),
        ({"suspend": True, "completions": 1}, {}, "stuck"),
    ],
)
def test_a_workload_says_whether_it_is_done(spec: dict[str, Any], status: dict[str, Any], state: str) -> None:
    document = {"kind": "Deployment", "metadata": {"name": "web", "generation": 2}, "spec": spec, "status": status}
    assert judge_workload(document).state == state


@pytest.mark.parametrize(
    ("message", "lacks"),
    [
        ("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available.", ["cpu"]),
        ("0/3 nodes are available: 1 Insufficient memory, 2 Too many pods.", ["memory", "pods"]),
        ("0/1 nodes are available: 1 Insufficient nvidia.com/gpu. no new claims", ["nvidia.com/gpu"]),
        ("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {gpu: yes}.", []),
        ("0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.", []),
    ],
)
def test_a_lack_of_room_is_told_from_a_node_that_is_not_wanted(message: str, lacks: list[str]) -> None:
    assert lacking(message) == lacks


def test_one_stuck_pod_decides_only_where_the_others_are_too_few() -> None:
    stuck, moving = Outlook("stuck", "s"), Outlook("moving", "m")
    assert worst([stuck, moving, moving], 2) == moving
    assert worst([stuck, moving], 2) == stuck
    assert worst([moving, stuck]) == stuck
    assert worst([SETTLED, SETTLED]) is None
    assert worst([stuck, SETTLED], 1) is None


@pytest.mark.parametrize(
    ("probe", "by_time"),
    [
        ({"periodSeconds": 1, "failureThreshold": 1}, False),
        ({"periodSeconds": 5}, True),
        ({}, True),
        ({"periodSeconds": 1, "initialDelaySeconds": 9, "failureThreshold": 1}, True),
    ],
)
def test_a_patient_probe_that_ends_a_container_may_be_the_machines_doing(probe: dict[str, Any], by_time: bool) -> None:
    killed = pod([waiting("CrashLoopBackOff", restartCount=3)])
    killed["spec"]["containers"][0]["livenessProbe"] = {"httpGet": {"path": "/healthz", "port": 8080}, **probe}
    events = [{"reason": "Killing", "message": "Container main failed liveness probe, will be restarted"}]
    outlook = why_not_staying(killed, judge_pod(killed, NOW), events)
    assert "its liveness probe fails" in outlook.found
    assert (outlook.state, outlook.by_time) == ("stuck", by_time)


def test_a_message_of_the_clusters_is_quoted_short_and_on_one_line() -> None:
    assert quoted("a\n  b") == "a b"
    assert quoted("\x1b[31mred\ud800") == "·[31mred·"
    assert len(quoted("x" * 5000)) == 300
