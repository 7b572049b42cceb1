"""What can still change by itself, and what cannot.

A student's cells have run before a check asks, so the cluster is only catching up with them. Each judgement says
whether an object is still moving, is as its owner wants it, or is stuck: then why, quoting the condition or state that
decides, and how long to give it. What is stuck because of the cluster itself is told apart: that is ours.
"""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from autograder.checks.api import JsonObject
from autograder.deadlines import scaled

RESTARTS_UNTIL_HOPELESS = 2
"""how often a container may end before nobody expects it to stay"""
STEADY_S = 3.0
"""how long a container that nothing probes must have run to count as ready"""
STEADY_AGAIN_S = 8.0
"""the same for one that has been restarted"""
UNREADY_S = 90.0
"""how long a running Pod may take to become ready, over what its probe allows"""
_QUOTE_CHARACTERS = 300
_OURS_IN_SCHEDULING = (
    "node.kubernetes.io/not-ready",
    "node.kubernetes.io/unreachable",
    "no nodes available to schedule",
)
_GONE_FOR_GOOD = (
    "not found",
    "manifest unknown",
    "unauthorized",
    "forbidden",
    "denied",
    "no such host",
    "does not exist",
)
_REGISTRY_AWAY = ("connection refused", "i/o timeout", "connection reset", "deadline exceeded", "EOF")


@dataclass(frozen=True)
class Outlook:
    """What can be expected of an object."""

    state: Literal["settled", "moving", "stuck", "crowded", "ours"]
    """as its owner wants it; on its way; unable to get there; waiting for room that others have; the cluster's fault"""
    found: str = ""
    """what is the case, as a sentence without a full stop"""
    next_step: str = ""
    """what the student looks at"""
    grace_s: float = 0.0
    """how long a stuck state must have lasted to be believed"""
    since: float | None = None
    """when it began, in seconds since 1970 by the cluster's clock; None where the cluster does not say"""
    look_again_s: float = 3.0
    """after how long it may be otherwise though nothing was changed"""
    pod: str = ""
    """the Pod that it is about"""
    lacks: tuple[str, ...] = ()
    """what all nodes have too little of, if that is all that is in its way"""
    by_time: bool = False
    """whether it is believed to be stuck only because it has taken long: a busy machine makes anything do that"""
    ask: Literal["", "log", "events"] = ""
    """where the words that decide are to be found"""


SETTLED = Outlook("settled")


def lacking(message: str) -> list[str]:
    """What all nodes have too little of, if that is all that a scheduler's message complains of; else []."""
    reasons = message.partition(": ")[2].partition(". ")[0].rstrip(".").split(", ")
    found = [re.fullmatch(r"\d+ (?:Insufficient (\S+)|Too many (pods))", reason) for reason in reasons]
    return [match[1] or match[2] for match in found if match] if all(found) else []


def worst(outlooks: Sequence[Outlook], enough: int | None = None) -> Outlook | None:
    """The outlook that decides for several objects, `enough` of which (or all) must get there; None where they have."""
    order = ("ours", "stuck", "crowded", "moving")
    for state in order if enough is not None else ():
        others = [each for each in outlooks if each.state != state]
        if len(others) < (enough or 0):
            break
        outlooks = others
    unsettled = [each for each in outlooks if each.state in order]
    return min(unsettled, key=lambda each: order.index(each.state), default=None)


def quoted(text: object) -> str:
    """A message of the cluster's, on one line, short, and with nothing in it that a terminal would obey."""
    line = " ".join(str(text).split())
    line = "".join(letter if letter.isprintable() else "·" for letter in line)
    return line if len(line) <= _QUOTE_CHARACTERS else line[: _QUOTE_CHARACTERS - 1] + "…"


def moment(timestamp: object) -> float | None:
    """Seconds since 1970 of a Kubernetes timestamp."""
    found = re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", str(timestamp))
    return float(calendar.timegm(time.strptime(found.group(), "%Y-%m-%dT%H:%M:%S"))) if found else None


def condition_of(document: JsonObject, name: str) -> JsonObject:
    """The condition of that type, or {}."""
    for condition in (document.get("status") or {}).get("conditions") or []:
        if condition.get("type") == name:
            return dict(condition)
    return {}


def is_ready(pod: JsonObject) -> bool:
    """Whether a Pod is ready and not on its way out."""
    return not pod["metadata"].get("deletionTimestamp") and condition_of(pod, "Ready").get("status") == "True"


def is_staying(pod: JsonObject) -> bool:
    """Whether a Pod has neither ended nor is on its way out."""
    return not pod["metadata"].get("deletionTimestamp") and (pod.get("status") or {}).get("phase") not in (
        "Succeeded",
        "Failed",
    )


def is_steady(pod: JsonObject, now: float) -> bool:
    """Whether a Pod is ready and about to stay so. `now` by the cluster's clock.

    A container without a readiness probe counts as ready from its start to its end, also one that is about to crash;
    and one that has ended before may do so again.
    """
    if not is_ready(pod):
        return False
    containers = (pod.get("spec") or {}).get("containers") or []
    probed = {str(each.get("name")): bool(each.get("readinessProbe")) for each in containers}
    for container in (pod.get("status") or {}).get("containerStatuses") or []:
        running = (container.get("state") or {}).get("running") or {}
        ran_s = now - (moment(running.get("startedAt")) or 0.0)
        if container.get("restartCount") and ran_s < STEADY_AGAIN_S:
            return False
        if not probed.get(str(container.get("name"))) and ran_s < STEADY_S:
            return False
    return True


def judge_pod(pod: JsonObject, now: float, image_prefix: str = "") -> Outlook:
    """What can be expected of a Pod. `now` by the cluster's clock; images under `image_prefix` are the course's."""
    name = f"Pod `{pod['metadata']['name']}`"
    status = pod.get("status") or {}
    if pod["metadata"].get("deletionTimestamp"):
        return Outlook("moving", f"{name} is being deleted")
    if status.get("phase") in ("Succeeded", "Failed"):
        return Outlook("settled", f"{name} has ended: {quoted(status.get('reason') or status['phase'])}")
    scheduled = condition_of(pod, "PodScheduled")
    if scheduled.get("status") == "False" and scheduled.get("reason") == "Unschedulable":
        return _unschedulable(name, scheduled)
    if not status.get("startTime") and scheduled.get("status") == "True":
        waited_s = now - (moment(scheduled.get("lastTransitionTime")) or now)
        if waited_s > 20:
            return Outlook(
                "ours", f"{name} was given to a node {waited_s:.0f} s ago, and the node has not started on it"
            )
    statuses = [*(status.get("initContainerStatuses") or []), *(status.get("containerStatuses") or [])]
    outlooks = [_judge_container(name, pod, container, image_prefix) for container in statuses]
    decisive = worst(outlooks)
    if decisive is not None:
        return replace(decisive, pod=pod["metadata"]["name"])
    if is_steady(pod, now):
        return Outlook("settled", f"{name} is ready")
    if is_ready(pod):
        return Outlook("moving", f"{name} has only just started", look_again_s=0.7, pod=pod["metadata"]["name"])
    if statuses and status.get("phase") == "Running":
        return _running_and_not_ready(name, pod, now)
    return Outlook("moving", f"{name} is starting")


def _running_and_not_ready(name: str, pod: JsonObject, now: float) -> Outlook:
    """A server may need a while; one that has had a minute more than it asked for is not about to answer."""
    containers = (pod.get("spec") or {}).get("containers") or []
    delays = [int((each.get("readinessProbe") or {}).get("initialDelaySeconds") or 0) for each in containers]
    started = [
        moment(((each.get("state") or {}).get("running") or {}).get("startedAt")) or now
        for each in pod["status"].get("containerStatuses") or []
    ]
    ran_s = now - max(started, default=now)
    return Outlook(
        "stuck" if ran_s > scaled(UNREADY_S) + max(delays, default=0) else "moving",
        f"{name} has run for {max(ran_s, 0):.0f} s and is not ready",
        f"what does its readiness probe ask, and what does it get? kubectl describe pod {pod['metadata']['name']}",
        grace_s=5.0,
        pod=pod["metadata"]["name"],
        by_time=True,
        ask="events",
    )


def _unschedulable(name: str, scheduled: JsonObject) -> Outlook:
    message = quoted(scheduled.get("message"))
    if any(sign in message for sign in _OURS_IN_SCHEDULING):
        return Outlook("ours", f"{name} waits for a node: {message}")
    return Outlook(
        "stuck",
        f"no node takes {name}: “{message}” (condition PodScheduled)",
        "compare what the Pod asks for with what the message counts",
        grace_s=8.0,
        since=moment(scheduled.get("lastTransitionTime")),
        lacks=tuple(lacking(str(scheduled.get("message")))),
    )


def _judge_container(name: str, pod: JsonObject, container: JsonObject, image_prefix: str) -> Outlook:
    waiting: dict[str, Any] = (container.get("state") or {}).get("waiting") or {}
    reason, message = str(waiting.get("reason", "")), quoted(waiting.get("message", ""))
    where = f"container `{container.get('name')}` of {name}"
    describe = f"kubectl describe pod {pod['metadata']['name']}"
    if reason == "InvalidImageName":
        return Outlook("stuck", f"{where} names no valid image: “{message}”", "look at the image's name")
    if reason in ("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull"):
        return _judge_pull(where, str(container.get("image", "")), reason, message, image_prefix)
    terminated = (container.get("state") or {}).get("terminated") or {}
    restarts = int(container.get("restartCount") or 0)
    always = (pod.get("spec") or {}).get("restartPolicy", "Always") == "Always"  # a Job counts its own failures
    # Between two restarts a container is shown as ended for a long while before it is said to be in back-off.
    if _ended_for_memory(container) and (terminated or reason == "CrashLoopBackOff"):
        return Outlook(
            "stuck" if always and restarts >= RESTARTS_UNTIL_HOPELESS else "moving",
            f"{where} is ended whenever it takes more memory than its limit: {_ending(container)}",
            f"how much does it need, and what is its limit? {describe}",
        )
    if always and restarts >= RESTARTS_UNTIL_HOPELESS and (terminated or reason == "CrashLoopBackOff"):
        return Outlook(
            "stuck",
            f"{where} ends again after each of {restarts} restarts: {_ending(container)}",
            f"read what it says before it ends: kubectl logs {pod['metadata']['name']} --previous",
            ask="log",
        )
    if reason in ("CreateContainerConfigError", "CreateContainerError", "RunContainerError"):
        return Outlook("stuck", f"{where} cannot be started: “{message}” ({reason})", describe, grace_s=6.0)
    if reason:
        return Outlook(
            "moving",
            f"{where} waits: {reason}" + (f", “{message}”" if message else ""),
            describe,
            ask="log" if reason == "CrashLoopBackOff" else "events",
        )
    if terminated and terminated.get("exitCode") != 0:
        return Outlook(
            "moving", f"{where} has ended: {_ending(container)}", f"kubectl logs {pod['metadata']['name']}", ask="log"
        )
    return SETTLED


def _judge_pull(where: str, image: str, reason: str, message: str, image_prefix: str) -> Outlook:
    short = message.rpartition('": ')[2]  # containerd tells the whole way down; the end of it decides
    found = f"{where} cannot get its image `{quoted(image)}`: " + (f"“{short}” ({reason})" if short else reason)
    if image_prefix and image.startswith(f"{image_prefix}/") and any(sign in message for sign in _REGISTRY_AWAY):
        return Outlook("ours", f"{found}; the course's registry is away")
    known = reason == "ErrImageNeverPull" or any(sign in message for sign in _GONE_FOR_GOOD)
    return Outlook("stuck", found, "is there an image of exactly this name and tag?", grace_s=1.0 if known else 15.0)


def _ended(container: JsonObject) -> JsonObject:
    before = (container.get("lastState") or {}).get("terminated")
    return before or (container.get("state") or {}).get("terminated") or {}


def _ended_for_memory(container: JsonObject) -> bool:
    return _ended(container).get("reason") == "OOMKilled"


def _ending(container: JsonObject) -> str:
    ended = _ended(container)
    if not ended:
        return "the node does not say why"
    said = f", “{quoted(ended['message'])}”" if ended.get("message") else ""
    return f"exit code {ended.get('exitCode')} ({ended.get('reason', 'Error')}){said}"


def judge_workload(document: JsonObject) -> Outlook:
    """What can be expected of a Deployment, ReplicaSet, StatefulSet, DaemonSet or Job, Pods aside."""
    kind, name = str(document.get("kind") or ""), document["metadata"]["name"]
    spec, status = document.get("spec") or {}, document.get("status") or {}
    called = f"{kind or 'workload'} `{name}`"
    if (
        int(status.get("observedGeneration") or 0) < int(document["metadata"].get("generation") or 0)
        and "completions" not in spec
    ):
        return Outlook("moving", f"{called} has just been changed")
    failure = condition_of(document, "ReplicaFailure")
    if failure.get("status") == "True":
        return Outlook(
            "stuck",
            f"{called} may not make its Pods: “{quoted(failure.get('message'))}” ({failure.get('reason')})",
            "what does the message say is missing or too much?",
            grace_s=5.0,
            since=moment(failure.get("lastTransitionTime")),
        )
    progressing = condition_of(document, "Progressing")
    if progressing.get("reason") == "ProgressDeadlineExceeded":
        return Outlook(
            "stuck",
            f"{called} has given up: “{quoted(progressing.get('message'))}”",
            f"kubectl rollout status deployment/{name}",
        )
    failed = condition_of(document, "Failed")
    if failed.get("status") == "True":
        return Outlook(
            "stuck",
            f"{called} has failed: “{quoted(failed.get('message'))}” ({failed.get('reason')})",
            f"kubectl logs job/{name}",
        )
    if spec.get("suspend") and not (document["metadata"].get("labels") or {}).get("kueue.x-k8s.io/queue-name"):
        return Outlook("stuck", f"{called} is suspended", grace_s=4.0)
    if spec.get("paused") and int(status.get("updatedReplicas") or 0) < int(spec.get("replicas") or 0):
        return Outlook("stuck", f"the rollout of {called} is paused", grace_s=2.0)
    if "replicas" in spec and int(status.get("replicas") or 0) < int(spec["replicas"]):
        return Outlook("moving", f"{called} is making its Pods")
    if "replicas" in spec and int(status.get("replicas") or 0) > int(spec["replicas"]):
        return Outlook("moving", f"{called} is removing Pods")
    return SETTLED
