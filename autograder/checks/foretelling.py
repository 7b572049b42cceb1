"""What a Pod's own probes would say at this moment, whenever the node happens to ask them.

A node asks every few seconds, so a probe that looks at the wrong thing may be right by luck: it is asked for the first
time when all is well. The same question is put here by the check. Only what can be asked from outside is: a probe that
runs a command, asks over TLS or needs a header of its own is taken at the node's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.checks import looking
from autograder.checks.api import Api, JsonObject, NoAnswerError
from autograder.checks.connecting import current
from autograder.checks.kinds import target_of
from autograder.checks.pressure import Gauge
from autograder.checks.settling import moment, staying_containers
from autograder.errors import ClusterError, Finding

_NOBODY_LISTENS = ("connection refused", "no route to host", "i/o timeout", "context deadline exceeded")
_AS_LONG_AS_S = 3.0
"""how long an answer may take; a node waits for one second, unless told otherwise"""
_succeeding: dict[tuple[str, str, str], float] = {}
"""by a Pod's uid, a container's name and its start: since when no answer to its probes was seen to be a bad one"""


def would_be_ready(pod: str | JsonObject, *, namespace: str | None = None) -> bool:
    """Whether a node that asked the Pod's probes now would call it ready. False where that cannot be foretold.

    Delays count: a Pod that may not be asked yet would not be ready.
    """
    api = current()
    document = looking.read(api, target_of(api, pod, namespace))
    if document is None or (document.get("spec") or {}).get("readinessGates"):
        return False
    containers = staying_containers(document)
    return bool(containers) and all(
        (status.get("state") or {}).get("running") and _would_be(api, document, container, status)
        for container, status in containers
    )


@contextmanager
def in_time(pod: JsonObject, *, usual_s: float) -> Iterator[None]:
    """A finding about a Pod that has run for longer than it usually needs counts only where the machine had time.

    Raises:
        ClusterError: there was a finding, the Pod has run for `usual_s`, and the machine is too busy.
    """
    try:
        yield
    except Finding as finding:
        api = current()
        document = looking.read(api, target_of(api, pod)) or pod
        statuses = (document.get("status") or {}).get("containerStatuses") or []
        started = [moment(((each.get("state") or {}).get("running") or {}).get("startedAt")) for each in statuses]
        ran_s = api.now() - max((each for each in started if each), default=api.now())
        if ran_s >= usual_s and (why := Gauge().why(api, api.place.namespace)):
            raise ClusterError(
                f"{finding.found}, {ran_s:.0f} s after a start that takes {usual_s:g} s; the machine is busy: {why}",
                next_step="nothing is held against the work",
            ) from finding
        raise


def _would_be(api: Api, pod: JsonObject, container: JsonObject, status: JsonObject) -> bool:
    run = _run_of(pod, status)
    ran_s = api.now() - (moment(run[2]) or api.now())
    startup = None if status.get("started") else container.get("startupProbe")
    readiness: dict[str, Any] = container.get("readinessProbe") or {}
    for probe in (startup, readiness):
        if probe and (
            ran_s < float(probe.get("initialDelaySeconds") or 0) or not _succeeds(api, pod, container, probe)
        ):
            _succeeding.pop(run, None)
            return False
    # A node that calls it ready has seen enough of them, and one good answer more changes nothing.
    since = _succeeding.setdefault(run, api.now())
    return bool(status.get("ready")) or api.now() - since >= _repeated_s(readiness)


def _run_of(pod: JsonObject, status: JsonObject) -> tuple[str, str, str]:
    started = ((status.get("state") or {}).get("running") or {}).get("startedAt")
    return str(pod["metadata"].get("uid")), str(status.get("name")), str(started)


def _repeated_s(probe: JsonObject) -> float:
    """How long a probe must go on succeeding until it has done so often enough."""
    times = max(int(probe.get("successThreshold") or 1), 1) - 1
    return times * float(probe.get("periodSeconds") or 10)


def _succeeds(api: Api, pod: JsonObject, container: JsonObject, probe: JsonObject) -> bool:
    http, tcp = probe.get("httpGet") or {}, probe.get("tcpSocket") or {}
    port = _number((http or tcp).get("port"), container)
    own_way = http.get("scheme", "HTTP") != "HTTP" or http.get("host") or http.get("httpHeaders") or tcp.get("host")
    if port is None or own_way:
        return False
    target = target_of(api, pod)
    path, _, asked = str(http.get("path") or "/").partition("?")
    url = f"{target.kind.collection(target.namespace)}/{target.name}:{port}/proxy/{path.lstrip('/')}"
    query = dict(part.partition("=")[::2] for part in asked.split("&") if part)
    try:
        answer = api.once("GET", url, query=query, timeout_s=_AS_LONG_AS_S, limit_bytes=64 * 1024)
    except NoAnswerError:
        return False
    if tcp:
        return not any(sign in answer.message() for sign in _NOBODY_LISTENS)
    return 200 <= answer.status < 400


def _number(port: Any, container: JsonObject) -> int | None:
    """A probe's port, which may be one of the container's by name."""
    if isinstance(port, int):
        return port
    named = {each.get("name"): each.get("containerPort") for each in container.get("ports") or []}
    return named.get(port)
