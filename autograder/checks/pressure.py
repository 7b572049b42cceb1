"""Whether the machine has so little time for anybody that being slow says nothing about the work.

Told from what a student cannot arrange: the kernel's own account of how long tasks waited for a processor here, how
long the node takes to begin with a Pod that it was given, how long the API server takes for a trivial answer. Only what
the student's own Pods do not bring about counts: where they keep the machine busy, the work is judged as it is. A
student who could fake all of it would gain no point: what is left unchecked is tried again, and then shown to whoever
runs the course as not graded.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.checks.api import Api, JsonObject, NoAnswerError
from autograder.checks.kinds import KNOWN
from autograder.checks.settling import condition_of, moment
from autograder.errors import AutograderError

STALLED_SHARE = 0.8
"""from which share of the time on, with somebody waiting for a processor, the machine is too busy"""
NODE_BEGINS_S = 6.0
"""how long a node that has time never takes to begin with a Pod: it takes one second, and timestamps are whole"""
TRIVIAL_S = 0.8
"""how long an API server that has time never takes to say that it is well"""
IDLE_SHARE = 0.2
"""where the processors have nothing to do for more of the time than this, who waits is held back by a limit of its own,
which the kernel counts as waiting for a processor"""
OWN_SHARE = 0.4
"""from which share of the machine on the student's own Pods are what keeps it busy"""
PROBE_S = 0.04
"""what a probe that starts a program costs the node, in processor seconds, whatever the program costs"""
_RECENT_S = 300.0
_WINDOW_S = 1.0
"""a shorter stretch of time says nothing"""
_PRESSURE, _STAT = Path("/proc/pressure/cpu"), Path("/proc/stat")


@dataclass(frozen=True)
class _Sample:
    """The kernel's counters at one moment."""

    at: float
    """by the monotonic clock"""
    stalled_s: float | None
    """how long somebody has waited for a processor, since the start; None where the kernel does not say"""
    lately: float
    """the share of the last ten seconds in which somebody waited, as the kernel has it; 0 where it does not say"""
    idle: int
    """ticks that the processors had nothing to do"""
    ticks: int
    """ticks of all kinds"""


class Gauge:
    """How busy the machine has been since the gauge was made."""

    def __init__(self) -> None:
        self._begun = _sample()

    def stalled(self) -> bool:
        """Whether tasks on this machine have waited for a processor nearly all of the time; asks no one."""
        now = _sample()
        passed_s = now.at - self._begun.at
        if passed_s < _WINDOW_S:
            return now.lately >= STALLED_SHARE
        ticks = now.ticks - self._begun.ticks
        idle = (now.idle - self._begun.idle) / ticks if ticks > 0 else None
        if now.stalled_s is None or self._begun.stalled_s is None:
            return idle is not None and idle <= 0.02
        stalled = (now.stalled_s - self._begun.stalled_s) / passed_s >= STALLED_SHARE
        return stalled and (idle is None or idle <= IDLE_SHARE)

    def why(self, api: Api, namespace: str) -> str:
        """What shows that the machine, and not the work, is slow; '' where nothing does."""
        with contextlib.suppress(AutograderError, NoAnswerError):
            signs = [
                "somebody waited for a processor nearly all of the time" if self.stalled() else "",
                _node_is_late(api, namespace),
                _server_is_late(api),
            ]
            found = [sign for sign in signs if sign]
            if found and _own_processors(api, namespace) < OWN_SHARE * (os.cpu_count() or 1):
                return found[0]
        return ""


def _sample() -> _Sample:
    stalled_s, lately, idle, ticks = None, 0.0, 0, 0
    with contextlib.suppress(OSError, ValueError):
        match = re.search(r"^some avg10=([\d.]+) .*total=(\d+)", _PRESSURE.read_text(), re.MULTILINE)
        if match:
            lately, stalled_s = float(match[1]) / 100, int(match[2]) / 1e6
    with contextlib.suppress(OSError, ValueError, IndexError):
        counted = [int(each) for each in _STAT.read_text().splitlines()[0].split()[1:9]]
        idle, ticks = counted[3] + counted[4], sum(counted)
    return _Sample(time.monotonic(), stalled_s, lately, idle, ticks)


def _node_is_late(api: Api, namespace: str) -> str:
    """Pods that a node was given lately and took long to begin with. No manifest changes that, and no student may."""
    for pod in api.items(KNOWN["pods"].collection(namespace))[0]:
        given = condition_of(pod, "PodScheduled")
        since = moment(given.get("lastTransitionTime")) if given.get("status") == "True" else None
        if since is None or api.now() - since > _RECENT_S:
            continue
        begun = moment((pod.get("status") or {}).get("startTime")) or api.now()
        if begun - since >= NODE_BEGINS_S:
            return f"the node took {begun - since:.0f} s to begin with Pod `{pod['metadata']['name']}`"
    return ""


def _server_is_late(api: Api) -> str:
    """The quicker of two trivial answers, so that one hiccup does not count."""
    taken_s = []
    for _ in range(2):
        begun = time.monotonic()
        api.once("GET", "/readyz", timeout_s=5.0)
        taken_s.append(time.monotonic() - begun)
    return f"the API server took {min(taken_s):.1f} s to say that it is well" if min(taken_s) >= TRIVIAL_S else ""


def _own_processors(api: Api, namespace: str) -> float:
    """How many processors a namespace keeps busy: its Pods, as far as anybody measures it, and the node for them."""
    probing = sum(_probes_a_second(pod) for pod in api.items(KNOWN["pods"].collection(namespace))[0]) * PROBE_S
    try:
        answer = api.once("GET", f"/apis/metrics.k8s.io/v1beta1/namespaces/{namespace}/pods", timeout_s=5.0)
    except NoAnswerError:
        return probing
    found: list[JsonObject] = answer.document().get("items") or [] if answer.status == 200 else []
    used = [str((each.get("usage") or {}).get("cpu")) for pod in found for each in pod.get("containers") or []]
    return probing + sum(map(_processors, used))


def _probes_a_second(pod: JsonObject) -> float:
    """How often the node starts a program in a Pod to see how it is."""
    if (pod.get("status") or {}).get("phase") != "Running":
        return 0.0
    spec = pod.get("spec") or {}
    containers = [*(spec.get("initContainers") or []), *(spec.get("containers") or [])]
    probes = [each.get(f"{kind}Probe") or {} for each in containers for kind in ("readiness", "liveness", "startup")]
    return sum(1 / max(1, probe.get("periodSeconds") or 10) for probe in probes if probe.get("exec"))


def _processors(quantity: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?)([num]?)", quantity)
    return float(match[1]) * {"": 1.0, "m": 1e-3, "u": 1e-6, "n": 1e-9}[match[2]] if match else 0.0
