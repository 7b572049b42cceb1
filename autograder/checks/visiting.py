"""Looking from inside a Pod of the student's: what lies on its volumes, whatever its own programs say of them.

A container of the course's own image joins the Pod for one command, as `kubectl debug` lets one join. Nothing of the
student's runs in it, and a volume that only one Pod may mount is mounted already. It stays in the Pod's list and goes
with the Pod. What keeps the Pod is not told of it, and no quota counts it. Where it takes a right that the grader has
not, the lab's manifests give it: see course/cluster/labs.
"""

from __future__ import annotations

from autograder.checks.api import JsonObject
from autograder.checks.comparing import shown
from autograder.checks.connecting import current
from autograder.checks.kinds import Target
from autograder.checks.pods import target_of_pod
from autograder.checks.sentences import fresh_name
from autograder.checks.waiting import wait
from autograder.cluster.refusals import refusal
from autograder.deadlines import scaled
from autograder.errors import CheckFailed, ClusterError

_PLACE = "/volume"
_FOUND, _NOT_FOUND = 0, 1
_LOOKS_S = 12.0
_LOOKER = """
import os, stat, sys, time
wanted, place, until = sys.argv[1].encode(), sys.argv[2], time.monotonic() + float(sys.argv[3])
files = []
for folder, _, names in os.walk(place):
    for path in (os.path.join(folder, name) for name in names):
        try:
            about = os.lstat(path)
        except OSError:
            continue
        if stat.S_ISREG(about.st_mode) and time.monotonic() < until:
            files.append((-about.st_mtime, path))
for _, path in sorted(files):
    try:
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb", buffering=0) as file:
            kept, pieces = b"", 256
            while pieces and (more := file.read(1 << 18)) and time.monotonic() < until:
                if wanted in kept + more:
                    sys.exit(0)
                kept, pieces = more[-len(wanted):], pieces - 1
    except OSError:
        continue
sys.exit(1)
"""
"""ends with 0 where a text is in a file's first 64 MiB, else with 1; follows no link, and ends in time"""
_THE_PODS_DOING = (400, 404, 409, 422)


def on_volume(pod: JsonObject, volume: str, text: str, *, timeout_s: float = 20.0) -> bool:
    """Whether a text stands in a file on a volume of a running Pod, in whatever directory of it.

    Args:
        volume: by its name in the Pod's `volumes`.
        text: one line or a part of one, as it is in the file.

    Raises:
        CheckFailed: the Pod is gone, or nothing else can run in it.
        CheckUnsettled: it was not found out within `timeout_s`.
        ClusterError: this account may not look, or the cluster keeps it from it.
    """
    command = ["python3", "-I", "-S", "-c", _LOOKER, text, _PLACE, str(scaled(_LOOKS_S))]
    target, name = target_of_pod(pod), fresh_name("visit")
    _join(
        target,
        {
            "name": name,
            "image": f"{current().place.image_prefix}/python:1",
            "command": command,
            "volumeMounts": [{"name": volume, "mountPath": _PLACE, "readOnly": True}],
            "securityContext": _who_writes(pod, volume),
        },
    )
    seen = wait(target, until=lambda now: _end_of(now, name), waiting_for="looked at from inside", timeout_s=timeout_s)
    end = _end_of(seen, name) or {}
    if end.get("exitCode") not in (_FOUND, _NOT_FOUND):
        raise CheckFailed(
            f"what looks at the volume `{volume}` in {target} ended with exit code {end.get('exitCode')}"
            f" ({shown(end.get('reason'))})",
            expected="room in that Pod for a small program more",
            next_step="kubectl describe pod: its Ephemeral Containers say how they ended",
        )
    return bool(end["exitCode"] == _FOUND)


def _join(target: Target, visitor: JsonObject) -> None:
    """Have a container run in a Pod that is there.

    Raises:
        CheckFailed: the Pod is gone, or takes no other container.
        ClusterError: this account may not do that.
    """
    api = current()
    answer = api.exchange(
        "PATCH",
        f"{target.path}/ephemeralcontainers",
        body={"spec": {"ephemeralContainers": [visitor]}},
        headers={"Content-Type": "application/strategic-merge-patch+json"},
    )
    if answer.status < 300:
        return
    if answer.status in _THE_PODS_DOING:
        raise CheckFailed(
            f"nothing more can run in {target}: {answer.message()}",
            expected="a Pod that is there and can be looked at from inside",
            next_step="kubectl get pods, kubectl get events: what became of it?",
        )
    refused = refusal(answer.status, answer.message())
    raise ClusterError(
        f"{'the grader' if api.place.grading else 'your account'} cannot look into {target}: {answer.message()}"
        + (f" (by {refused.by})" if refused.by else ""),
        next_step=f"{refused.next_step}; nothing is held against the work",
    )


def _who_writes(pod: JsonObject, volume: str) -> JsonObject:
    """The settings of the first container that mounts a volume: who wrote a file may read it, and was let in."""
    for container in pod["spec"]["containers"]:
        if any(mount["name"] == volume for mount in container.get("volumeMounts") or []):
            return dict(container.get("securityContext") or {})
    return {}


def _end_of(pod: JsonObject, name: str) -> JsonObject | None:
    for status in (pod.get("status") or {}).get("ephemeralContainerStatuses") or []:
        if status.get("name") == name:
            # Where it could not even start, its state is that it waits to.
            state, last = status.get("state") or {}, status.get("lastState") or {}
            return state.get("terminated") or last.get("terminated")
    return None
