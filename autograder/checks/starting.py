"""Why a Pod does not start or does not stay, where only its events say so: the node, or what the Pod asks of it.

A node that cannot start any Pod is ours. One that cannot start this Pod, because of what its manifest asks for, tells
the student something; and a container that its own probe ends has not crashed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.checks.api import JsonObject
from autograder.checks.quantities import amount
from autograder.checks.settling import Outlook, quoted

LEAST_MEMORY_BYTES = 8 * 1024 * 1024
"""below this a container is not even set up, whatever it is to run"""
_TOO_LITTLE = ("memory limit too low", "OOM-killed")
_ROOT_CA = 'configmap "kube-root-ca.crt" not found'
_NOT_THERE = re.compile(
    r"(?:configmap|secret|serviceaccount|persistentvolumeclaim)s? \"(?!kube-root-ca\.crt\")[^\"]+\" not found"
)
"""what a Pod can mount and a student can make; a driver, or what the control plane makes in every namespace, is not"""
PATIENT_S = 10.0
"""from how much time on a probe would let every server of a lab get ready, on a machine that has time"""
_SANDBOX_FAILS_S = 20.0
"""how long a node is given to get over what kept it from starting a Pod"""


def why_not_started(pod: JsonObject, outlook: Outlook, events: Sequence[JsonObject], waited_s: float) -> Outlook:
    """The outlook of a Pod that is being started for suspiciously long, with what its events say."""
    name = str(pod["metadata"]["name"])
    for event in reversed(events):
        message, shown = str(event["message"]), quoted(event["message"])  # what is shown is cut
        if event["reason"] in ("Pulling", "Pulled", "Started"):
            break  # it has got over whatever was before
        if event["reason"] == "FailedMount" and _NOT_THERE.search(message):
            return Outlook("stuck", f"{outlook.found}: “{shown}” (event FailedMount)", outlook.next_step, pod=name)
        if event["reason"] == "FailedMount" and _ROOT_CA in message and waited_s > _SANDBOX_FAILS_S:
            return Outlook("ours", f"the control plane has not put into the namespace what Pods need: “{shown}”")
        if event["reason"] == "FailedCreatePodSandBox":
            own = _own_doing(pod, message)
            if own:
                return Outlook(
                    "stuck",
                    f"Pod `{name}` cannot be started: {own}; “{shown}” (event FailedCreatePodSandBox)",
                    f"kubectl describe pod {name}, and look at what it asks for",
                    grace_s=6.0,
                    pod=name,
                )
            if waited_s > _SANDBOX_FAILS_S:
                found = f"the node cannot start Pod `{name}`: “{shown}” (event FailedCreatePodSandBox)"
                return Outlook("ours", found)
    return outlook


def why_not_staying(pod: JsonObject, outlook: Outlook, events: Sequence[JsonObject]) -> Outlook:
    """The outlook of a Pod whose container has ended: who ended it, where it was the Pod's own probe."""
    killed = next((each for each in reversed(events) if each["reason"] == "Killing"), None)
    match = re.search(r"(?:[Cc]ontainer (\S+) )?failed (liveness|startup) probe", killed["message"]) if killed else None
    if match is None:
        return outlook
    which = match[2]
    said = [each["message"] for each in events if each["reason"] == "Unhealthy"]
    answers = [message for message in said if message.lower().startswith(which)]
    quotation = f": “{quoted(answers[-1])}” (event Unhealthy)" if answers else ""
    name = pod["metadata"]["name"]
    return replace(
        outlook,
        found=f"the node ends a container of Pod `{name}` again and again, because its {which} probe fails{quotation}",
        next_step=f"what does the {which} probe ask, and when may a server that works answer it so? "
        f"kubectl describe pod {name}",
        ask="",
        # One that waits as long as this ends no server that had its time: a busy machine gave it none.
        by_time=_granted_s(pod, match[1] or "", f"{which}Probe") >= PATIENT_S,
    )


def _granted_s(pod: JsonObject, container: str, probe: str) -> float:
    """How long a container's probe lets it be without a good answer."""
    spec = pod.get("spec") or {}
    for each in [*(spec.get("initContainers") or []), *(spec.get("containers") or [])]:
        asked = each.get(probe)
        if each.get("name") == container and asked:
            tries = int(asked.get("failureThreshold") or 3)
            return float(int(asked.get("initialDelaySeconds") or 0) + tries * int(asked.get("periodSeconds") or 10))
    return 0.0


def memory_limit(pod: JsonObject) -> tuple[str, float] | None:
    """The smallest memory limit in a Pod, as written and in bytes; None where there is none."""
    spec = pod.get("spec") or {}
    limited = [spec, *(spec.get("initContainers") or []), *(spec.get("containers") or [])]
    limits = [((each.get("resources") or {}).get("limits") or {}).get("memory") for each in limited]
    found = [(str(each), amount(str(each))) for each in limits if each is not None]
    return min(found, key=lambda each: each[1], default=None)


def _own_doing(pod: JsonObject, message: str) -> str:
    """What in a Pod's own manifest keeps its sandbox from being made; '' where it is the node."""
    limit = memory_limit(pod)
    if limit and (limit[1] < LEAST_MEMORY_BYTES or any(sign in message for sign in _TOO_LITTLE)):
        unit = " (M is a million bytes, Mi is 1,048,576)" if limit[0].endswith("M") else ""
        return f"its memory limit is {limit[0]}{unit}, too little for any container"
    spec: dict[str, Any] = pod.get("spec") or {}
    contexts = [spec.get("securityContext") or {}]
    contexts += [each.get("securityContext") or {} for each in spec.get("containers") or []]
    asked = {
        "hostUsers": spec.get("hostUsers") is False,
        "runtimeClassName": bool(spec.get("runtimeClassName")),
        "a security profile of the node's": any(_has_profile(each) for each in contexts),
        "sysctls": any(each.get("sysctls") for each in contexts),
    }
    unusual = [what for what, is_asked in asked.items() if is_asked]
    return f"it asks for {' and '.join(unusual)}, which this node does not have" if unusual else ""


def _has_profile(context: JsonObject) -> bool:
    local = [(context.get(kind) or {}).get("type") == "Localhost" for kind in ("seccompProfile", "appArmorProfile")]
    return any(local) or bool(context.get("seLinuxOptions"))
