"""What can still change by itself, and what cannot.

A student's cells have run before a check asks, so the cluster is only catching up with them. Each judgement says
whether an object is still moving, is as its owner wants it, or is stuck: then why, quoting the condition or state that
decides, and how long to give it. What is stuck because of the cluster itself is told apart: that is ours. Whose doing
the words of a message are is `blaming`'s to say.
"""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from autograder.checks import blaming
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
_AWAY_S = 20.0
"""how long a scheduler or a node that is there never takes to begin with a Pod"""
_CONTROLLERS_AWAY_S = 30.0
"""how long controllers that are there never take to look at a workload"""
_OBSERVED = ("Deployment", "ReplicaSet", "ReplicationController", "StatefulSet", "DaemonSet")
"""the kinds whose controllers say which generation they have looked at; a Job's and a CronJob's do not"""
_PULLING = ("ErrImagePull", "ImagePullBackOff", "ErrImageNeverPull", "RegistryUnavailable")
_LONG_NAME = 200
"""from how many characters on what a controller makes may not be called after its maker, so that it gets nowhere"""


@dataclass(frozen=True)
class Outlook:
    """What can be expected of an object."""

    state: Literal["settled", "moving", "stuck", "crowded", "ours"]
    """as its owner wants it; on its way; unable to get there; waiting for room or a node's time; the cluster's fault"""
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
    refusal: str = ""
    """the whole message with which Pods were refused"""


SETTLED = Outlook("settled")


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


def how_many(number: int, noun: str) -> str:
    """`1 Pod`, `2 Pods`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


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


def staying_containers(pod: JsonObject) -> list[tuple[JsonObject, JsonObject]]:
    """The containers that are to run as long as the Pod, which all decide whether it is ready: spec and status.

    One that is started first and stays (an init container with `restartPolicy: Always`) is among them.
    """
    spec, status = pod.get("spec") or {}, pod.get("status") or {}
    first = [each for each in spec.get("initContainers") or [] if each.get("restartPolicy") == "Always"]
    told = [*(status.get("initContainerStatuses") or []), *(status.get("containerStatuses") or [])]
    by_name = {str(each.get("name")): each for each in told}
    return [(each, by_name.get(str(each.get("name"))) or {}) for each in [*first, *(spec.get("containers") or [])]]


def is_steady(pod: JsonObject, now: float) -> bool:
    """Whether a Pod is ready and about to stay so. `now` by the cluster's clock.

    A container without a readiness probe counts as ready from its start to its end, also one that is about to crash;
    and one that has ended before may do so again.
    """
    if not is_ready(pod):
        return False
    for asked, container in staying_containers(pod):
        running = (container.get("state") or {}).get("running") or {}
        ran_s = now - (moment(running.get("startedAt")) or 0.0)
        if container.get("restartCount") and ran_s < STEADY_AGAIN_S:
            return False
        if not asked.get("readinessProbe") and ran_s < STEADY_S:
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
    away = _left_lying(pod, now)
    if away:
        return Outlook("ours", f"{name} {away}")
    statuses = [*(status.get("initContainerStatuses") or []), *(status.get("containerStatuses") or [])]
    outlooks = [_judge_container(name, pod, container, image_prefix) for container in statuses]
    decisive = worst(outlooks)
    if decisive is not None:
        return replace(decisive, pod=pod["metadata"]["name"])
    if is_steady(pod, now):
        return Outlook("settled", f"{name} is ready")
    if is_ready(pod):
        return Outlook("moving", f"{name} has only just started", look_again_s=0.7, pod=pod["metadata"]["name"])
    gated = bool((pod.get("spec") or {}).get("readinessGates"))
    if condition_of(pod, "ContainersReady").get("status") == "True" and not gated:
        # A node writes both at once; only whoever finds the node away takes back the one and leaves the other.
        return Outlook("ours", f"the containers of {name} are ready, and its node has not been heard of for a while")
    if statuses and status.get("phase") == "Running":
        return _running_and_not_ready(name, pod, now)
    return Outlook("moving", f"{name} is starting")


def _running_and_not_ready(name: str, pod: JsonObject, now: float) -> Outlook:
    """A server may need a while; one that has had a minute more than it asked for is not about to answer."""
    containers = staying_containers(pod)
    delays = [int((asked.get("readinessProbe") or {}).get("initialDelaySeconds") or 0) for asked, _ in containers]
    started = [
        moment(((told.get("state") or {}).get("running") or {}).get("startedAt")) or now for _, told in containers
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


def _left_lying(pod: JsonObject, now: float) -> str:
    """What the scheduler, or the node that it chose, has not done about a Pod in all the time it had; '' elsewhere."""
    spec, scheduled = pod.get("spec") or {}, condition_of(pod, "PodScheduled")
    if scheduled.get("status") == "True" and not (pod.get("status") or {}).get("startTime"):
        waited_s = now - (moment(scheduled.get("lastTransitionTime")) or now)
        found = f"was given to a node {waited_s:.0f} s ago, and the node has not started on it"
        return found if waited_s > _AWAY_S else ""
    waited_s = now - (moment(pod["metadata"].get("creationTimestamp")) or now)
    # With a scheduler, a node or a gate of the student's choosing it is not for the cluster's own to do anything.
    own_way = spec.get("nodeName") or spec.get("schedulingGates")
    if scheduled or own_way or spec.get("schedulerName", "default-scheduler") != "default-scheduler":
        return ""
    return f"was made {waited_s:.0f} s ago, and no scheduler has looked at it" if waited_s > _AWAY_S else ""


def _unschedulable(name: str, scheduled: JsonObject) -> Outlook:
    message = str(scheduled.get("message"))
    whose = blaming.of_scheduling(message)
    if whose == "ours":
        return Outlook("ours", f"{name} waits for a node: {quoted(message)}")
    return Outlook(
        whose or "stuck",
        f"no node takes {name}: “{quoted(message)}” (condition PodScheduled)",
        "compare what the Pod asks for with what the message counts",
        grace_s=8.0,
        since=moment(scheduled.get("lastTransitionTime")),
        lacks=tuple(blaming.lacking(message)),
    )


def _judge_container(name: str, pod: JsonObject, container: JsonObject, image_prefix: str) -> Outlook:
    waiting: dict[str, Any] = (container.get("state") or {}).get("waiting") or {}
    reason, message = str(waiting.get("reason", "")), str(waiting.get("message", ""))
    where = f"container `{container.get('name')}` of {name}"
    describe = f"kubectl describe pod {pod['metadata']['name']}"
    if reason == "InvalidImageName":
        return Outlook("stuck", f"{where} names no valid image: “{quoted(message)}”", "look at the image's name")
    if reason in _PULLING:
        return _judge_pull(where, str(container.get("image", "")), reason, message, image_prefix)
    terminated = (container.get("state") or {}).get("terminated") or {}
    if terminated.get("exitCode") == 0 and not _runs_again(pod, container):
        return SETTLED  # however often it failed before
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
        found = f"{where} cannot be started: “{quoted(message)}” ({reason})"
        whose = blaming.of_creation(message)
        return Outlook(whose or "stuck", found, describe, grace_s=6.0, by_time=whose == "crowded")
    if reason:
        return Outlook(
            "moving",
            f"{where} waits: {reason}" + (f", “{quoted(message)}”" if message else ""),
            describe,
            ask="log" if reason == "CrashLoopBackOff" else "events",
        )
    if terminated and terminated.get("exitCode") != 0:
        return Outlook(
            "moving", f"{where} has ended: {_ending(container)}", f"kubectl logs {pod['metadata']['name']}", ask="log"
        )
    return SETTLED


def _runs_again(pod: JsonObject, container: JsonObject) -> bool:
    """Whether a container that has ended well is started again: neither what is done first nor what runs once is."""
    spec = pod.get("spec") or {}
    first = {each.get("name"): each for each in spec.get("initContainers") or []}.get(container.get("name"))
    policy = spec.get("restartPolicy", "Always") if first is None else first.get("restartPolicy")
    return bool(policy == "Always")


def _judge_pull(where: str, image: str, reason: str, message: str, image_prefix: str) -> Outlook:
    short = quoted(message.rpartition('": ')[2])  # containerd tells the whole way down; the end of it decides
    found = f"{where} cannot get its image `{quoted(image)}`: " + (f"“{short}” ({reason})" if short else reason)
    never = reason == "ErrImageNeverPull"
    ours = not never and blaming.is_ours_to_serve(image, message, image_prefix)
    if ours and blaming.says_why(message) and not blaming.has_no_such_image(message):
        return Outlook("ours", f"{found}; the course's registry does not serve it")
    grace_s = 1.0 if never or blaming.is_certain(message) else 15.0
    return Outlook("stuck", found, "is there an image of exactly this name and tag?", grace_s=grace_s)


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


def judge_workload(document: JsonObject, now: float | None = None) -> Outlook:
    """What can be expected of a Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob, Pods aside.

    Only with `now`, by the cluster's clock, is a workload that no controller looks at told from one just changed.
    """
    kind, name = str(document.get("kind") or ""), document["metadata"]["name"]
    spec, status = document.get("spec") or {}, document.get("status") or {}
    called = f"{kind or 'workload'} `{name}`"
    progressing = condition_of(document, "Progressing")
    if progressing.get("reason") == "ReplicaSetCreateError":  # such a Deployment is not said to be observed
        return replace(_refused(called, progressing), since=None)
    if _is_unobserved(document):
        waited_s = 0.0 if now is None else now - (_changed_at(document) or now)
        if waited_s > _CONTROLLERS_AWAY_S and len(name) < _LONG_NAME:
            return Outlook("ours", f"{called} was changed {waited_s:.0f} s ago, and no controller has looked at it")
        return Outlook("moving", f"{called} has just been changed")
    failure = condition_of(document, "ReplicaFailure")
    if failure.get("status") == "True":
        return _refused(called, failure)
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


def _refused(called: str, failure: JsonObject) -> Outlook:
    return Outlook(
        "ours" if blaming.is_the_control_planes(failure.get("message")) else "stuck",
        f"{called} may not make its Pods: “{quoted(failure.get('message'))}” ({failure.get('reason')})",
        "what does the message say is missing or too much?",
        grace_s=5.0,
        since=moment(failure.get("lastTransitionTime")),
        refusal=str(failure.get("message") or ""),
    )


def _is_unobserved(document: JsonObject) -> bool:
    """Whether a workload's controller has not looked at it as it is now."""
    spec, status = document.get("spec") or {}, document.get("status") or {}
    if document.get("kind") in _OBSERVED:
        return int(status.get("observedGeneration") or 0) < int(document["metadata"].get("generation") or 0)
    # A Job's controller notes when it began; one that is suspended or another controller's it need not look at.
    others = spec.get("suspend") or spec.get("managedBy") or status.get("startTime") or status.get("conditions")
    return document.get("kind") == "Job" and not others


def _changed_at(document: JsonObject) -> float | None:
    """When somebody last asked something else of an object: what is written to its status aside."""
    metadata = document["metadata"]
    written = [each.get("time") for each in metadata.get("managedFields") or [] if not each.get("subresource")]
    times = [moment(each) for each in (metadata.get("creationTimestamp"), *written)]
    return max((each for each in times if each is not None), default=None)
