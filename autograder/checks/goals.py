"""What can be asked of an object that is waited for, kind by kind.

A goal knows when it holds, which other objects tell when that may have changed, and what the object's prospects
are. How long to wait is left to `waiting`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.checks import prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.settling import Outlook, condition_of, is_steady, judge_workload
from autograder.checks.watching import Collection

WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController")


@dataclass(frozen=True)
class Goal:
    """That the object exists."""

    asked: str = "to exist"
    """the goal in words, after the object's name"""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        return True

    def follows(self, target: Target) -> list[Collection]:
        """Collections whose changes may change the answer, beside the object itself."""
        return []

    def outlook(self, api: Api, target: Target, document: JsonObject) -> Outlook:
        """What can be expected while it does not hold."""
        return Outlook("moving", f"{target} is there, and not so")


@dataclass(frozen=True)
class Gone(Goal):
    """That the object does not exist."""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        return False

    def outlook(self, api: Api, target: Target, document: JsonObject) -> Outlook:
        if document["metadata"].get("deletionTimestamp"):
            return Outlook("moving", f"{target} is being deleted")
        return Outlook("stuck", f"{target} is there", grace_s=3.0)


@dataclass(frozen=True)
class Until(Goal):
    """That a check's own function says so."""

    says: Callable[[JsonObject], Any] = bool
    """given the object"""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        return bool(self.says(document))


@dataclass(frozen=True)
class Condition(Goal):
    """That a condition is True, or that the phase has a name."""

    name: str = ""
    """the condition's type, or the phase"""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        phase = (document.get("status") or {}).get("phase")
        return phase == self.name or condition_of(document, self.name).get("status") == "True"

    def outlook(self, api: Api, target: Target, document: JsonObject) -> Outlook:
        return prospects.of_a_condition(api, target, document, self.name)


@dataclass(frozen=True)
class PodReady(Goal):
    """That a Pod is ready."""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        return is_steady(document, api.now())

    def outlook(self, api: Api, target: Target, document: JsonObject) -> Outlook:
        outlook = prospects.of_a_pod(api, document)
        if outlook.state == "settled":  # it has ended, and a Pod that has ended is never ready again
            return Outlook("stuck", outlook.found, pod=target.name, ask="log")
        return outlook


@dataclass(frozen=True)
class WorkloadReady(Goal):
    """That the current revision is rolled out and enough of its Pods are ready."""

    count: int | None = None
    """how many Pods must be ready; None: as many as are asked for"""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        wanted = self.count if self.count is not None else asked_for(document)
        if not rolled_out(document) or _ready_count(document) < wanted:
            return False
        pods = prospects.current_pods(api, target, document)
        return sum(is_steady(pod, api.now()) for pod in pods) >= wanted

    def follows(self, target: Target) -> list[Collection]:
        return [Collection(KNOWN["pods"].collection(target.namespace))]

    def outlook(self, api: Api, target: Target, document: JsonObject) -> Outlook:
        wanted, ready = asked_for(document), _ready_count(document)
        if self.count is not None and wanted < self.count and judge_workload(document).state == "settled":
            return Outlook(
                "stuck",
                f"{target} asks for {wanted}, and {ready} ready",
                f"how many Pods does it ask for? kubectl get {target.kind.plural} {target.name}",
                grace_s=2.0,
            )
        return prospects.of_a_workload(api, target, document, ready, self.count or wanted)


@dataclass(frozen=True)
class ServiceReady(Goal):
    """That enough Pods are ready behind a Service."""

    count: int = 1
    """how many endpoints must be ready"""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        return len(prospects.steady_behind(api, target)) >= self.count

    def follows(self, target: Target) -> list[Collection]:
        slices = {"labelSelector": f"kubernetes.io/service-name={target.name}"}
        return [
            Collection(KNOWN["endpointslices"].collection(target.namespace), slices),
            Collection(KNOWN["pods"].collection(target.namespace)),
        ]

    def outlook(self, api: Api, target: Target, document: JsonObject) -> Outlook:
        return prospects.of_a_service(api, target, document, self.count)


@dataclass(frozen=True)
class JobComplete(Goal):
    """That a Job is complete, or has enough completions."""

    count: int | None = None
    """how many completions; None: all, by its condition"""

    def holds(self, api: Api, target: Target, document: JsonObject) -> bool:
        if self.count is None:
            return condition_of(document, "Complete").get("status") == "True"
        return int((document.get("status") or {}).get("succeeded") or 0) >= self.count

    def follows(self, target: Target) -> list[Collection]:
        return [Collection(KNOWN["pods"].collection(target.namespace))]

    def outlook(self, api: Api, target: Target, document: JsonObject) -> Outlook:
        done = int((document.get("status") or {}).get("succeeded") or 0)
        if condition_of(document, "Complete").get("status") == "True":
            return Outlook("stuck", f"{target} is complete with {done} completions")
        wanted = self.count or int((document.get("spec") or {}).get("completions") or 1)
        return prospects.of_a_workload(api, target, document, done, wanted)


def goal_of(
    target: Target,
    ready: int | bool | None,
    complete: int | bool | None,
    condition: str | None,
    gone: bool,
    until: Callable[[JsonObject], Any] | None,
    waiting_for: str,
) -> Goal:
    """The goal that the keywords of `lab.wait` name.

    Raises:
        TypeError: they name several, or one that the kind cannot have.
    """
    named = [ready not in (None, False), complete not in (None, False), bool(condition), gone, until is not None]
    if sum(named) > 1:
        raise TypeError("lab.wait takes one of ready=, complete=, condition=, gone= and until=")
    if condition:
        return Condition(f"to be {condition}", condition)
    if gone:
        return Gone("to be gone")
    if until is not None:
        return Until(f"to have {waiting_for}" if waiting_for else "to be as the check asks", until)
    if complete not in (None, False):
        if target.kind.name != "Job":
            raise TypeError(f"{target.kind.name} has no complete=")
        count = None if complete is True else complete
        return JobComplete("to be complete" if count is None else f"to have {count} completions", count)
    if ready not in (None, False):
        return _ready_goal(target, None if ready is True else ready)
    return Goal()


def _ready_goal(target: Target, count: int | None) -> Goal:
    if target.kind.name == "Pod":
        return PodReady("to be ready")
    if target.kind.name == "Service":
        return ServiceReady(f"to have {count or 1} ready behind it", count or 1)
    if target.kind.name in WORKLOADS:
        return WorkloadReady("to have all its Pods ready" if count is None else f"to have {count} ready", count)
    return Condition("to be Ready", "Ready")


def asked_for(document: JsonObject) -> int:
    """How many Pods a workload wants."""
    if document.get("kind") == "DaemonSet":
        return int((document.get("status") or {}).get("desiredNumberScheduled") or 0)
    replicas = (document.get("spec") or {}).get("replicas")
    return 1 if replicas is None else int(replicas)


def _ready_count(document: JsonObject) -> int:
    status = document.get("status") or {}
    return int(status.get("numberReady" if document.get("kind") == "DaemonSet" else "readyReplicas") or 0)


def rolled_out(document: JsonObject) -> bool:
    """As `kubectl rollout status` has it: no Pod of an earlier revision counts, or is left."""
    spec, status, kind = document.get("spec") or {}, document.get("status") or {}, document.get("kind")
    if int(status.get("observedGeneration") or 0) < int(document["metadata"].get("generation") or 0):
        return False
    if kind in ("Deployment", "StatefulSet") and (spec.get("updateStrategy") or {}).get("type") != "OnDelete":
        updated = int(status.get("updatedReplicas") or 0)
        return updated >= asked_for(document) and int(status.get("replicas") or 0) <= updated
    if kind == "DaemonSet":
        return int(status.get("updatedNumberScheduled") or 0) >= asked_for(document)
    return True
