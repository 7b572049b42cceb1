"""Running a small program inside the cluster, for what only a Pod can see: a name, a route, a policy.

The Pod runs beside the student's namespace, in one where the student has no rights; in a self-check it runs in
the student's own. It may do nothing, uses little, and is removed whatever comes of it. A Pod that cannot be
started is ours. A program that fails in it, or does not end, says something about the work, once the same Pod has
reached something that is not the student's: before that, it says something about the network.
"""

from __future__ import annotations

import contextlib
import re
import textwrap
from collections.abc import Sequence

from autograder.checks import evidence, looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.comparing import shown
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.patience import Patience
from autograder.checks.pressure import Gauge
from autograder.checks.sentences import fresh_name
from autograder.checks.settling import quoted
from autograder.checks.watching import Collection, Watching
from autograder.cluster.refusals import refusal
from autograder.deadlines import scaled
from autograder.errors import AutograderError, CheckFailed, ClusterError, Finding

OUTPUT_CHARACTERS = 64 * 1024
_STARTING_S = 60.0
_CONTROL_S = 10.0
_NO_NAMES, _NO_ROUTE = 103, 104  # what the runner ends with; no program's own code comes out above 101
_MEMORY = "128Mi"
_TIMED_OUT = re.compile(r"timed out|TimeoutError")
_NOTHING_HELD = "nothing is held against the work"
_RUNNER = """
import socket, subprocess, sys, time
limit, patience, control, *program = sys.argv[1:]
def end(code):
    \"\"\"Before a failure counts: this Pod finds and reaches something that no student can touch.\"\"\"
    until = time.monotonic() + float(control)
    while True:
        trouble = 103
        try:
            address = socket.getaddrinfo("kubernetes.default.svc", 443, type=socket.SOCK_STREAM)[0]
            trouble = 104
            with socket.socket(*address[:3]) as way:
                way.settimeout(3)
                way.connect(address[4])
            sys.exit(code)
        except OSError:
            if time.monotonic() > until:
                sys.exit(trouble)
        time.sleep(0.2)
start = time.monotonic()
while True:
    left = float(limit) - (time.monotonic() - start)
    try:
        done = subprocess.run(program, capture_output=True, text=True, errors="replace", timeout=max(left, 0.1))
    except subprocess.TimeoutExpired:
        end(124)
    if done.returncode == 0 or time.monotonic() - start > float(patience):
        break
    time.sleep(0.5)
sys.stdout.write(done.stdout[-60000:])
if done.returncode:
    sys.stdout.write(done.stderr[-4000:])
    sys.stdout.flush()
    end(min(done.returncode, 100) if done.returncode > 0 else 101)
"""
"""runs a program in the Pod, again while it fails: a policy lets a new Pod in only after a moment"""


def probe(
    program: str | Sequence[str], *, timeout_s: float = 30.0, patience_s: float = 8.0, namespace: str | None = None
) -> str:
    """Run Python source (or an argv) in a Pod and return what it printed.

    A program that fails is started again for `patience_s`.

    Raises:
        CheckFailed: it still fails, or does not end within `timeout_s`; quotes its last line.
        ClusterError: the Pod could not be run.
    """
    api = current()
    argv = _python(program) if isinstance(program, str) else list(program)
    gauge = Gauge()
    place = namespace or api.place.grader_namespace or api.place.namespace
    target = Target(KNOWN["pods"], fresh_name("probe"), place)
    try:
        # Made inside: where the answer is lost on its way the Pod may be there all the same.
        limits = (scaled(timeout_s), scaled(min(patience_s, timeout_s)), scaled(_CONTROL_S))
        command = ["python3", "-c", _RUNNER, *map(str, limits), *argv]
        create(api, target, pod_that_runs(api, target, command, lasts_s=_STARTING_S + timeout_s + _CONTROL_S))
        exit_code, reason = _run(api, target, timeout_s)
        output = (looking.log_of(api, target, lines=2000) or "")[-OUTPUT_CHARACTERS:]
    finally:
        with contextlib.suppress(AutograderError):
            api.ask("DELETE", target.path, body={"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0})
    evidence.saw_text("output", target.name, output)
    if exit_code == 0:
        return output
    _require_counts(exit_code, reason)
    lines = [line for line in output.splitlines() if line.strip()]
    if exit_code == 124:
        raise _failed(api, gauge, f"a program in a Pod of its own did not end in {scaled(timeout_s):g} s", slow=True)
    said = f"its last line: “{quoted(lines[-1])}”" if lines else "it printed nothing"
    if reason == "OOMKilled":
        said = f"it was given more than its {_MEMORY} of memory can hold"
    found = f"a program in a Pod of its own failed with exit code {exit_code}; {said}"
    raise _failed(api, gauge, found, slow=bool(lines) and bool(_TIMED_OUT.search(lines[-1])))


def _failed(api: Api, gauge: Gauge, found: str, *, slow: bool) -> Finding | AutograderError:
    """What to raise: an answer that came too late on a machine that has no time says nothing about the work."""
    if slow and (why := gauge.why(api, api.place.namespace)):
        return ClusterError(f"{found}; the machine is busy: {why}", next_step=_NOTHING_HELD)
    return CheckFailed(
        found,
        expected="another Pod to get an answer",
        # What a Pod that asks by a name and a port depends on: all of it is seen in one look.
        next_step="which Services are there, on which ports, and which Pods are behind them? "
        "kubectl get services,endpointslices",
    )


def create(api: Api, target: Target, pod: JsonObject) -> None:
    """Make a probe's Pod.

    Raises:
        ClusterError: it was refused.
    """
    answer = api.exchange("POST", target.kind.collection(target.namespace), body=pod)
    if answer.status < 300:
        return
    refused = refusal(answer.status, answer.message())
    raise ClusterError(
        f"the probe Pod was refused: {answer.message()}" + (f" (by {refused.by})" if refused.by else ""),
        next_step=f"{refused.next_step}; {_NOTHING_HELD}",
    )


def _require_counts(exit_code: int | None, reason: str) -> None:
    """A failure that is the probe's own says nothing about the work.

    Raises:
        ClusterError: it is.
    """
    if exit_code in (_NO_NAMES, _NO_ROUTE):
        how = "finds no address for" if exit_code == _NO_NAMES else "does not reach"
        raise ClusterError(
            f"the probe Pod {how} `kubernetes.default.svc`, so what it could not reach means nothing",
            expected="a network that lets a Pod of the course reach DNS and the API server",
            next_step="a policy of the platform forbids it, or DNS or the network plugin is down: "
            "`kubectl get networkpolicies -A`, `kubectl -n kube-system get pods`; " + _NOTHING_HELD,
        )
    if exit_code is None or (exit_code == 137 and reason != "OOMKilled"):
        raise ClusterError(
            f"the probe Pod was ended from outside ({reason or 'it did not end by itself'})",
            next_step="the node is short of something, or too slow: `kubectl describe node`; " + _NOTHING_HELD,
        )


def _python(source: str) -> list[str]:
    """Source may be indented as the check around it is; what is not Python is the check's mistake, not the work's."""
    source = textwrap.dedent(source)
    compile(source, "probe", "exec")
    return ["python3", "-c", source]


def _run(api: Api, target: Target, timeout_s: float) -> tuple[int | None, str]:
    """Wait for the Pod's end; the exit code, or None where it was ended from outside, and the reason given."""
    patience = Patience(_STARTING_S + timeout_s + _CONTROL_S)
    own = Collection(target.kind.collection(target.namespace), {"fieldSelector": f"metadata.name={target.name}"})
    with Watching(api, [own]) as watching:
        while True:
            pod = own.one()
            if pod is None:
                raise ClusterError(
                    f"the probe {target} was removed while it ran",
                    next_step=f"find out what removes Pods there (a clean-up job, a full node); {_NOTHING_HELD}",
                )
            ended = _ended(pod)
            if ended is not None:
                return ended
            outlook = prospects.of_a_pod(api, pod)
            ours = outlook.state == "ours"
            left_s = 0.0 if ours else patience.left_s(api, outlook)
            if left_s <= 0 and _runs(pod) and not ours:
                return None, "it ran longer than it lets any program run"
            if left_s <= 0:
                raise ClusterError(
                    f"the probe could not be run: {outlook.found}",
                    next_step=f"a node must be able to run {_image(api)} (AUTOGRADER_IMAGES says from which registry): "
                    f"`kubectl describe nodes`, `autograder images`; {_NOTHING_HELD}",
                )
            watching.until_changed(min(left_s, outlook.look_again_s))


def _ended(pod: JsonObject) -> tuple[int | None, str] | None:
    status = pod.get("status") or {}
    for container in status.get("containerStatuses") or []:
        terminated = (container.get("state") or {}).get("terminated")
        if terminated and terminated.get("reason") in ("StartError", "ContainerCannotRun"):
            raise ClusterError(
                f"the probe could not be run: {shown(terminated.get('message'))}",
                next_step=f"the node's container runtime says why; {_NOTHING_HELD}",
            )
        if terminated:
            return int(terminated.get("exitCode", 1)), str(terminated.get("reason") or "")
    if status.get("phase") in ("Failed", "Succeeded"):
        return None, str(status.get("reason") or status.get("message") or "")
    return None


def _image(api: Api) -> str:
    return f"{api.place.image_prefix}/python:1"


def _runs(pod: JsonObject) -> bool:
    return (pod.get("status") or {}).get("phase") == "Running"


def pod_that_runs(api: Api, target: Target, command: list[str], *, lasts_s: float) -> JsonObject:
    """A Pod of the course's Python image for one command: it may do nothing, uses little, and is ended after a time."""
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": target.name, "namespace": target.namespace, "labels": {"course.autograder/role": "probe"}},
        "spec": {
            "restartPolicy": "Never",
            "activeDeadlineSeconds": int(scaled(lasts_s)),
            "terminationGracePeriodSeconds": 0,
            "automountServiceAccountToken": False,
            "enableServiceLinks": False,
            "securityContext": {
                "runAsNonRoot": True,
                "runAsUser": 1000,
                "runAsGroup": 1000,
                "seccompProfile": {"type": "RuntimeDefault"},
            },
            "containers": [
                {
                    "name": "probe",
                    "image": _image(api),
                    "command": command,
                    "resources": {
                        "requests": {"cpu": "20m", "memory": "48Mi"},
                        "limits": {"cpu": "500m", "memory": _MEMORY},
                    },
                    "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
                }
            ],
        },
    }
