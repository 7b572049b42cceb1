"""Judgements about single objects: what is stuck, what is moving, and what is the cluster's own fault."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks.blaming import lacking
from autograder.checks.settling import (
    SETTLED,
    Outlook,
    is_steady,
    judge_pod,
    judge_workload,
    moment,
    quoted,
    worst,
)
from autograder.checks.starting import why_not_started, why_not_staying

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


BACK_OFF = (
    'Back-off pulling image "localhost:5000/x:1": ErrImagePull: failed to pull and unpack image "localhost:5000/x:1": '
    'failed to resolve reference "localhost:5000/x:1": '
)
HEAD = BACK_OFF + 'failed to do request: Head "http://localhost:5000/v2/a-model-server-with-a-long-name/manifests/1": '


@pytest.mark.parametrize(
    ("message", "state"),
    [
        (BACK_OFF + "localhost:5000/x:1: not found", "stuck"),
        ("reading manifest 1 in localhost:5000/x: manifest unknown", "stuck"),
        ("pull access denied, repository does not exist or may require authorization", "stuck"),
        ("invalid reference format", "stuck"),
        (HEAD + "dial tcp 127.0.0.1:5000: connect: connection refused", "ours"),
        (HEAD + "net/http: TLS handshake timeout", "ours"),
        (HEAD + "dial tcp: lookup registry.example.org: no such host", "ours"),
        (BACK_OFF + "unexpected status from HEAD request to http://localhost:5000/v2/x: 503 Unavailable", "ours"),
        (BACK_OFF + "failed to authorize: failed to fetch anonymous token: 401 Unauthorized", "ours"),
        (BACK_OFF + "unexpected status from HEAD request to http://localhost:5000/v2/x: 403 Forbidden", "ours"),
        ("failed to extract layer sha256:0: write /usr/lib/x: no space left on device: unknown", "ours"),
        ("failed to copy: could not fetch content descriptor sha256:0 from remote: not found", "ours"),
        ("no match for platform in manifest: not found", "ours"),
        ("", "stuck"),
        ('Back-off pulling image "localhost:5000/x:1"', "stuck"),
    ],
)
@pytest.mark.parametrize("reason", ["ErrImagePull", "ImagePullBackOff"])
def test_of_the_courses_images_only_one_that_is_not_there_is_the_students(
    reason: str, message: str, state: str
) -> None:
    outlook = judge_pod(pod([waiting(reason, message)]), NOW, "localhost:5000")
    assert outlook.state == state, outlook.found
    assert message.rpartition('": ')[2] in outlook.found


def test_a_name_that_is_looked_for_in_the_courses_registry_is_the_courses() -> None:
    asked = 'failed to do request: Head "http://127.0.0.1:5000/v2/library/python/manifests/3?ns=docker.io": EOF'
    away = waiting("ImagePullBackOff", asked) | {"image": "docker.io/library/python:3"}
    assert judge_pod(pod([away]), NOW, "localhost:5000").state == "ours"
    assert judge_pod(pod([away]), NOW, "registry.example.org/course").state == "stuck"
    assert judge_pod(pod([waiting("ErrImageNeverPull", "not present")]), NOW, "localhost:5000").state == "stuck"


@pytest.mark.parametrize(
    ("reason", "message", "state"),
    [
        ("CreateContainerError", "context deadline exceeded", "crowded"),
        ("CreateContainerError", 'failed to reserve container name "a_b": name "a_b" is reserved for "c"', "crowded"),
        ("RunContainerError", "failed to create shim task: context deadline exceeded: unknown", "crowded"),
        ("CreateContainerConfigError", "failed to sync secret cache: timed out waiting for the condition", "crowded"),
        ("CreateContainerError", "failed to prepare snapshot: write /var/lib/x: no space left on device", "ours"),
        ("RunContainerError", "runc create failed: mkdir /sys/fs/cgroup/x: no space left on device: unknown", "ours"),
        ("RunContainerError", 'exec: "no space left on device": executable file not found in $PATH: unknown', "stuck"),
        ("RunContainerError", 'exec: "x: context deadline exceeded": stat x: no such file: unknown', "stuck"),
        ("RunContainerError", "create mountpoint for /data/x mount: mkdirat x: no space left on device", "stuck"),
        ("CreateContainerConfigError", "open /seccomp/no space left on device: no such file or directory", "stuck"),
    ],
)
def test_a_container_that_a_node_cannot_create_is_the_nodes_unless_its_manifest_is_why(
    reason: str, message: str, state: str
) -> None:
    outlook = judge_pod(pod([waiting(reason, message)]), NOW)
    assert (outlook.state, outlook.by_time) == (state, state == "crowded")


def first(container: dict[str, Any], **spec: Any) -> dict[str, Any]:
    """A Pod with an init container in that state."""
    document = pod(initContainerStatuses=[{"name": "first", "image": "x", **container}], phase="Pending")
    document["spec"]["initContainers"] = [{"name": "first", **spec}]
    return document


@pytest.mark.parametrize("before", [{}, {"terminated": {"exitCode": 137, "reason": "OOMKilled"}}])
def test_what_is_done_first_may_take_several_tries(before: dict[str, Any]) -> None:
    done = {"restartCount": 2, "lastState": before, "state": {"terminated": {"exitCode": 0}}}
    assert judge_pod(first(done), NOW).state == "moving"
    assert judge_pod(first(done | {"state": {"terminated": {"exitCode": 1}}}), NOW).state == "stuck"
    assert judge_pod(first(done, restartPolicy="Always"), NOW).state == "stuck"
    once = pod([{"name": "main", **done}])
    assert judge_pod(once, NOW).state == "stuck"
    once["spec"]["restartPolicy"] = "OnFailure"
    assert judge_pod(once, NOW) == Outlook("moving", "Pod `web-1` is starting")


def test_a_registry_that_is_not_the_courses_is_the_students_choice() -> None:
    away = waiting("ImagePullBackOff", "dial tcp: connection refused") | {"image": "docker.io/library/x"}
    assert judge_pod(pod([away]), NOW, "localhost:5000").state == "stuck"


@pytest.mark.parametrize(
    ("message", "state"),
    [
        ("0/1 nodes are available: 1 Insufficient memory.", "stuck"),
        ("0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/not-ready: }", "ours"),
        ("no nodes available to schedule pods", "ours"),
        (
            "0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: "
            "0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
            "ours",
        ),
        ("0/1 nodes are available: 1 node(s) were unschedulable. preemption: 0/1 nodes are available.", "ours"),
        ("0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.", "ours"),
        ("0/1 nodes are available: 1 node(s) had untolerated taint {node.kubernetes.io/disk-pressure: }.", "ours"),
        (
            "0/1 nodes are available: 1 node(s) had taint {node.kubernetes.io/memory-pressure: }, that the pod didn't "
            "tolerate.",
            "ours",
        ),
        ("0/1 nodes are available: 1 node(s) had taints that the pod didn't tolerate.", "ours"),
        ("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).", "crowded"),
        ("0/2 nodes are available: 1 Insufficient example.org/gpu, 1 node(s) had untolerated taint(s).", "stuck"),
        (
            "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, "
            "1 node(s) had untolerated taint(s).",
            "stuck",
        ),
        ("0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.", "stuck"),
        ('0/1 nodes are available: persistentvolumeclaim "x" not found. not found', "stuck"),
        (
            "0/9 nodes are available: "
            + ", ".join(f"1 node(s) had untolerated taint {{a-long-key-of-a-taint-{n}: }}" for n in range(9))
            + ".",
            "ours",
        ),
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
    ("spec", "conditions", "made", "state"),
    [
        ({}, [], THEN, "ours"),
        ({"schedulerName": "default-scheduler"}, [], THEN, "ours"),
        ({}, [], "2027-01-15T07:59:50Z", "moving"),
        ({}, [condition("PodScheduled", "False", reason="SchedulingGated")], THEN, "moving"),
        ({"schedulerName": "my-own"}, [], THEN, "moving"),
        ({"schedulingGates": [{"name": "x"}]}, [], THEN, "moving"),
        ({"nodeName": "nowhere"}, [], THEN, "moving"),
    ],
)
def test_a_pod_that_no_scheduler_looks_at_is_not_the_students_doing(
    spec: dict[str, Any], conditions: list[dict[str, Any]], made: str, state: str
) -> None:
    document = pod(phase="Pending", conditions=conditions)
    del document["status"]["startTime"]
    document["spec"] |= spec
    document["metadata"]["creationTimestamp"] = made
    assert judge_pod(document, NOW).state == state


def test_a_node_that_went_away_takes_readiness_back_and_that_is_not_the_students_doing() -> None:
    running = {"name": "main", "ready": True, "state": {"running": {"startedAt": "2027-01-15T07:00:00Z"}}}
    conditions = [condition("ContainersReady", "True"), condition("Ready", "False")]
    document = pod([running], phase="Running", conditions=conditions)
    assert judge_pod(document, NOW).state == "ours"
    document["spec"]["readinessGates"] = [{"conditionType": "example.org/later"}]
    assert judge_pod(document, NOW).state == "stuck"


def test_a_container_that_stays_beside_the_others_decides_about_its_pod_as_they_do() -> None:
    long_ago = {"running": {"startedAt": "2027-01-15T07:57:00Z"}}
    beside = {"name": "first", "state": long_ago}
    document = first(beside, restartPolicy="Always", readinessProbe={"initialDelaySeconds": 300})
    document["status"] |= {"phase": "Running", "containerStatuses": [{"name": "main", "state": long_ago}]}
    assert judge_pod(document, NOW).state == "moving"
    document["status"]["conditions"] = [condition("Ready", "True")]
    assert is_steady(document, NOW)
    document["status"]["initContainerStatuses"] = [beside | {"state": {"running": {"startedAt": THEN}}}]
    document["spec"]["initContainers"] = [{"name": "first", "restartPolicy": "Always"}]
    assert not is_steady(document, NOW - 59)


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
        ({"replicas": 1}, {}, "moving"),
    ],
)
def test_a_workload_says_whether_it_is_done(spec: dict[str, Any], status: dict[str, Any], state: str) -> None:
    document = {"kind": "Deployment", "metadata": {"name": "web", "generation": 2}, "spec": spec, "status": status}
    assert judge_workload(document).state == state


@pytest.mark.parametrize(
    ("kind", "spec", "status", "state"),
    [
        ("Job", {"suspend": True, "completions": 1}, {}, "stuck"),
        ("Job", {"completions": 1, "parallelism": 1}, {"startTime": THEN, "active": 1}, "settled"),
        ("Job", {"parallelism": 2}, {"startTime": THEN, "active": 2}, "settled"),
        ("Job", {"parallelism": 2}, {}, "moving"),
        ("Job", {"parallelism": 2, "managedBy": "example.org/other"}, {}, "settled"),
        ("CronJob", {"schedule": "* * * * *"}, {}, "settled"),
        ("CronJob", {"schedule": "* * * * *", "suspend": True}, {}, "stuck"),
        ("DaemonSet", {}, {"observedGeneration": 1}, "settled"),
        ("ReplicationController", {"replicas": 1}, {}, "moving"),
    ],
)
def test_each_kind_says_in_its_own_way_whether_it_was_looked_at(
    kind: str, spec: dict[str, Any], status: dict[str, Any], state: str
) -> None:
    document = {"kind": kind, "metadata": {"name": "web", "generation": 1}, "spec": spec, "status": status}
    assert judge_workload(document).state == state


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"])
def test_a_workload_that_no_controller_looks_at_is_not_the_students_doing(kind: str) -> None:
    metadata: dict[str, Any] = {"name": "web", "generation": 1, "creationTimestamp": THEN}
    document = {"kind": kind, "metadata": metadata, "spec": {"replicas": 1}}
    assert judge_workload(document, NOW).state == "ours"
    assert judge_workload(document, NOW - 50).state == "moving"
    assert judge_workload(document).state == "moving"
    metadata["managedFields"] = [{"time": "2027-01-15T07:59:55Z"}]
    assert judge_workload(document, NOW).state == "moving"
    metadata["managedFields"][0]["subresource"] = "status"
    assert judge_workload(document, NOW).state == "ours"


def test_a_name_that_nothing_can_be_made_under_is_the_students() -> None:
    metadata = {"name": "w" * 250, "generation": 1, "creationTimestamp": THEN}
    document: dict[str, Any] = {"kind": "Deployment", "metadata": metadata, "spec": {"replicas": 1}}
    assert judge_workload(document, NOW).state == "moving"
    message = 'Failed to create new replica set "w-1": ReplicaSet.apps "w-1" is invalid: metadata.name: too long'
    refused = condition("Progressing", "False", reason="ReplicaSetCreateError", message=message)
    outlook = judge_workload(document | {"status": {"conditions": [refused]}}, NOW)
    assert (outlook.state, outlook.since) == ("stuck", None)


@pytest.mark.parametrize(
    ("message", "state"),
    [
        ('pods "web-" is forbidden: exceeded quota: none', "stuck"),
        ('Pod "x" is invalid: spec.x: Invalid value: "Internal error occurred: failed calling webhook"', "stuck"),
        ('admission webhook "a.example.org" denied the request: no', "stuck"),
        ('Internal error occurred: failed calling webhook "a.example.org": failed to call webhook: EOF', "ours"),
        ("etcdserver: request timed out", "ours"),
        ('Post "https://127.0.0.1:6443/api/v1/namespaces/x/pods": dial tcp: connection refused', "ours"),
        ('pods "web-" is forbidden: status unknown for quota: workspace, resources: pods', "ours"),
    ],
)
def test_a_control_plane_that_cannot_make_pods_is_not_the_students_doing(message: str, state: str) -> None:
    failure = condition("ReplicaFailure", "True", reason="FailedCreate", message=message)
    status = {"observedGeneration": 1, "conditions": [failure]}
    document = {"kind": "ReplicaSet", "metadata": {"name": "web", "generation": 1}, "spec": {}, "status": status}
    assert judge_workload(document).state == state
    document["metadata"] = {"name": "web", "generation": 2}
    assert judge_workload(document).state == "moving"


@pytest.mark.parametrize(
    ("reason", "message", "state"),
    [
        ("FailedMount", 'MountVolume.SetUp failed for volume "x" : configmap "settings" not found', "stuck"),
        ("FailedMount", "driver name csi.example.org not found in the list of registered CSI drivers", "moving"),
        ("FailedMount", 'MountVolume.SetUp failed for volume "x" : configmap "kube-root-ca.crt" not found', "ours"),
        ("FailedCreatePodSandBox", "x" * 400 + ": container init was OOM-killed (memory limit too low?)", "stuck"),
        ("FailedCreatePodSandBox", "x" * 400 + ": plugin not ready", "ours"),
    ],
)
def test_the_whole_of_an_event_is_read_before_it_is_cut(reason: str, message: str, state: str) -> None:
    document = pod(phase="Pending")
    document["spec"]["containers"][0]["resources"] = {"limits": {"memory": "10M"}}
    event = {"reason": reason, "message": message}
    assert why_not_started(document, Outlook("moving", "it is starting"), [event], 60.0).state == state


@pytest.mark.parametrize(
    ("message", "lacks"),
    [
        ("0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available.", ["cpu"]),
        ("0/3 nodes are available: 1 Insufficient memory, 2 Too many pods.", ["memory", "pods"]),
        ("0/1 nodes are available: 1 Insufficient nvidia.com/gpu. no new claims", ["nvidia.com/gpu"]),
        ("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint {gpu: yes}.", ["cpu"]),
        ("0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable.", []),
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
