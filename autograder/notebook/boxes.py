"""One object of the cluster in a line: what it is, how it is, and why it is not as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from autograder.checks import explaining
from autograder.checks.api import Api, JsonObject
from autograder.checks.kinds import KNOWN
from autograder.checks.settling import Outlook, is_ready

State = Literal["good", "busy", "bad", "idle"]
_GUARD = "course.autograder/guard"
"""what the workspace itself brings carries this label"""
_OUR_ACCOUNTS = ("default", "student")
"""what every workspace has from its start"""


@dataclass(frozen=True)
class Box:
    """One object."""

    kind: str
    """as in manifests"""
    name: str
    """its name"""
    state: State
    """as wanted; on its way there; not able to get there; nothing to be wanted of it"""
    says: str
    """how it is, in a word or two"""
    trouble: str = ""
    """why it is not as wanted, in a sentence; '' where it is"""

    @property
    def shown(self) -> str:
        return f"{self.kind} {self.name}"


def pod_box(api: Api, namespace: str, name: str, pod: JsonObject, outlook: Outlook | None) -> Box:
    phase = str((pod.get("status") or {}).get("phase") or "")
    if pod["metadata"].get("deletionTimestamp"):
        return Box("Pod", name, "busy", "is being deleted")
    if phase == "Succeeded":
        return Box("Pod", name, "good", "done")
    if phase == "Failed":
        status = pod.get("status") or {}
        why = status.get("message") or status.get("reason") or _how_it_ended(pod)
        return Box("Pod", name, "bad", "failed", str(why))
    if is_ready(pod):
        told = (pod.get("status") or {}).get("containerStatuses") or []
        restarts = sum(int(each.get("restartCount") or 0) for each in told)
        return Box("Pod", name, "good", f"ready, restarted {restarts} ×" if restarts else "ready")
    if outlook is None:
        return Box("Pod", name, "busy", "not ready")
    if outlook.state in ("stuck", "ours"):
        return Box("Pod", name, "bad", "stuck", explaining.because(api, namespace, outlook))
    return Box("Pod", name, "busy", "not ready yet", outlook.found)


def _how_it_ended(pod: JsonObject) -> str:
    for each in (pod.get("status") or {}).get("containerStatuses") or []:
        ended = (each.get("state") or {}).get("terminated") or {}
        if ended.get("exitCode"):
            return f"its container `{each.get('name')}` ended with exit code {ended['exitCode']}"
    return "it ended"


def is_over(pod: JsonObject) -> bool:
    return (pod.get("status") or {}).get("phase") in ("Succeeded", "Failed") or bool(
        pod["metadata"].get("deletionTimestamp")
    )


def workload_box(kind: str, document: JsonObject) -> Box:
    name, shown = name_of(document), KNOWN[kind].name
    status, spec = document.get("status") or {}, document.get("spec") or {}
    trouble = _condition_trouble(document)
    if kind == "jobs":
        return _job_box(name, spec, status)
    if kind == "cronjobs":
        state: State = "bad" if spec.get("suspend") else "idle"
        return Box(shown, name, state, f"{'suspended' if spec.get('suspend') else 'on'}, “{spec.get('schedule')}”")
    if kind == "daemonsets":
        ready, wanted = count_of(document, "numberReady"), count_of(document, "desiredNumberScheduled")
    else:
        ready, wanted = count_of(document, "readyReplicas"), replicas_of(document)
    if kind == "replicasets":
        return Box(shown, name, "good" if ready >= wanted else "busy", f"{ready} of {wanted} ready", trouble)
    if wanted == 0:
        return Box(shown, name, "idle", "scaled to 0")
    if ready >= wanted:
        behind = kind == "deployments" and count_of(document, "updatedReplicas") < wanted
        return Box(shown, name, "busy" if behind else "good", f"{ready} of {wanted} ready", trouble if behind else "")
    return Box(shown, name, "bad" if trouble else "busy", f"{ready} of {wanted} ready", trouble)


def _job_box(name: str, spec: JsonObject, status: JsonObject) -> Box:
    wanted, done = int(spec.get("completions") or 1), int(status.get("succeeded") or 0)
    failed = next((each for each in status.get("conditions") or [] if each.get("type") == "Failed"), None)
    counted = f"{done} of {wanted} done"
    if failed and failed.get("status") == "True":
        return Box("Job", name, "bad", counted, f"{failed.get('reason')}: {failed.get('message')}")
    if spec.get("suspend"):
        return Box("Job", name, "idle", f"{counted}, suspended")
    return Box("Job", name, "good" if done >= wanted else "busy", counted)


def _condition_trouble(document: JsonObject) -> str:
    """What a workload says of itself: that it may not make Pods, or that it gets no further."""
    for each in (document.get("status") or {}).get("conditions") or []:
        bad = "False" if each.get("type") == "Progressing" else "True" if each.get("type") == "ReplicaFailure" else ""
        if bad and each.get("status") == bad:
            return f"{each.get('reason')}: {each.get('message')}"
    return ""


def claim_boxes(claims: list[JsonObject]) -> Iterator[Box]:
    for each in by_name(claims):
        phase = str((each.get("status") or {}).get("phase") or "")
        wanted = ((each.get("spec") or {}).get("resources") or {}).get("requests") or {}
        state: State = "good" if phase == "Bound" else "busy" if phase == "Pending" else "bad"
        yield Box("PersistentVolumeClaim", name_of(each), state, f"{phase.lower()}, {wanted.get('storage')}")


def autoscaler_boxes(autoscalers: list[JsonObject]) -> Iterator[Box]:
    for each in by_name(autoscalers):
        spec, status = each.get("spec") or {}, each.get("status") or {}
        target = (spec.get("scaleTargetRef") or {}).get("name")
        now, least, most = status.get("currentReplicas", 0), spec.get("minReplicas", 1), spec.get("maxReplicas")
        says = f"{target}: {now} of {least} to {most}"
        told = [one for one in status.get("conditions") or [] if one.get("type") in ("ScalingActive", "AbleToScale")]
        bad = [f"{one.get('reason')}: {one.get('message')}" for one in told if one.get("status") == "False"]
        state: State = "bad" if bad else "good"
        yield Box("HorizontalPodAutoscaler", name_of(each), state, says, "; ".join(bad))


def rights_boxes(accounts: list[JsonObject], roles: list[JsonObject], bindings: list[JsonObject]) -> Iterator[Box]:
    """Who is given which Role, and the accounts that are given none; without the workspace's own."""
    there = {name_of(each) for each in roles}
    named = set()
    for each in by_name(bindings):
        reference = each.get("roleRef") or {}
        subjects = [f"{one.get('kind')} {one.get('name')}" for one in each.get("subjects") or []]
        named |= {str(one.get("name")) for one in each.get("subjects") or [] if one.get("kind") == "ServiceAccount"}
        if _GUARD in (each["metadata"].get("labels") or {}):
            continue
        dangling = reference.get("kind") == "Role" and str(reference.get("name")) not in there
        trouble = f"there is no Role {reference.get('name')}" if dangling else ""
        says = f"{', '.join(subjects) or 'nobody'} → {reference.get('kind')} {reference.get('name')}"
        yield Box("RoleBinding", name_of(each), "bad" if trouble else "good", says, trouble)
    for name in sorted({name_of(each) for each in accounts} - named - set(_OUR_ACCOUNTS)):
        yield Box("ServiceAccount", name, "idle", "no RoleBinding names it")


def name_of(document: JsonObject) -> str:
    return str(document["metadata"]["name"])


def by_name(documents: list[JsonObject]) -> list[JsonObject]:
    return sorted(documents, key=name_of)


def replicas_of(document: JsonObject) -> int:
    wanted = (document.get("spec") or {}).get("replicas")
    return 1 if wanted is None else int(wanted)


def count_of(document: JsonObject, field: str) -> int:
    return int((document.get("status") or {}).get(field) or 0)
