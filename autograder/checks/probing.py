"""Running a small program inside the cluster, for what only a Pod can see: a name, a route, a policy.

The Pod runs beside the student's namespace, in one where the student has no rights; in a self-check it runs in
the student's own. It may do nothing, uses little, and is removed whatever comes of it. A Pod that cannot be
started is ours; a program that fails in it, or does not end, says something about the work.
"""

from __future__ import annotations

import contextlib
import textwrap
from collections.abc import Sequence

from autograder.checks import evidence, looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.comparing import shown
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.patience import Patience
from autograder.checks.sentences import fresh_name
from autograder.checks.settling import quoted
from autograder.checks.watching import Collection, Watching
from autograder.errors import AutograderError, CheckFailed, ClusterError

OUTPUT_CHARACTERS = 64 * 1024
_STARTING_S = 60.0
_RUNNER = """
import subprocess, sys, time
limit, patience, *program = sys.argv[1:]
start = time.monotonic()
while True:
    left = float(limit) - (time.monotonic() - start)
    try:
        done = subprocess.run(program, capture_output=True, text=True, errors="replace", timeout=max(left, 0.1))
    except subprocess.TimeoutExpired:
        sys.exit(124)
    if done.returncode == 0 or time.monotonic() - start > float(patience):
        break
    time.sleep(0.5)
sys.stdout.write(done.stdout[-60000:])
if done.returncode:
    sys.stdout.write(done.stderr[-4000:])
sys.exit(min(done.returncode, 100) if done.returncode > 0 else 101 if done.returncode else 0)
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
    place = namespace or api.place.grader_namespace or api.place.namespace
    target = Target(KNOWN["pods"], fresh_name("probe"), place)
    try:
        # Made inside: where the answer is lost on its way the Pod may be there all the same.
        api.ask("POST", target.kind.collection(place), body=_pod(api, target, argv, timeout_s, patience_s))
        exit_code = _run(api, target, timeout_s)
        output = (looking.log_of(api, target, lines=2000) or "")[-OUTPUT_CHARACTERS:]
    finally:
        with contextlib.suppress(AutograderError):
            api.ask("DELETE", target.path, body={"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0})
    evidence.saw_text("output", target.name, output)
    if exit_code == 0:
        return output
    lines = [line for line in output.splitlines() if line.strip()]
    if exit_code in (124, 137, None):
        raise CheckFailed(
            f"a program in a Pod of its own did not end in {timeout_s:g} s", expected="it to get its answer"
        )
    said = f"its last line: “{quoted(lines[-1])}”" if lines else "it printed nothing"
    raise CheckFailed(
        f"a program in a Pod of its own failed with exit code {exit_code}; {said}", expected="it to get its answer"
    )


def _python(source: str) -> list[str]:
    """Source may be indented as the check around it is; what is not Python is the check's mistake, not the work's."""
    source = textwrap.dedent(source)
    compile(source, "probe", "exec")
    return ["python3", "-c", source]


def _run(api: Api, target: Target, timeout_s: float) -> int | None:
    """Wait for the Pod's end; the exit code, or None where it was ended for taking too long."""
    patience = Patience(_STARTING_S + timeout_s)
    own = Collection(target.kind.collection(target.namespace), {"fieldSelector": f"metadata.name={target.name}"})
    with Watching(api, [own]) as watching:
        while True:
            pod = own.one()
            if pod is None:
                raise ClusterError(f"the probe {target} was removed while it ran")
            ended = _ended(pod)
            if ended is not None:
                return ended[0]
            outlook = prospects.of_a_pod(api, pod)
            left_s = patience.left_s(api, outlook)
            if left_s <= 0 and _runs(pod):
                return None
            if left_s <= 0:
                raise ClusterError(
                    f"the probe could not be run: {outlook.found}", next_step="nothing is held against the work"
                )
            watching.until_changed(min(left_s, outlook.look_again_s))


def _ended(pod: JsonObject) -> tuple[int | None] | None:
    for container in (pod.get("status") or {}).get("containerStatuses") or []:
        terminated = (container.get("state") or {}).get("terminated")
        if terminated and terminated.get("reason") in ("StartError", "ContainerCannotRun"):
            raise ClusterError(f"the probe could not be run: {shown(terminated.get('message'))}")
        if terminated:
            return (int(terminated.get("exitCode", 1)),)
    return (None,) if (pod.get("status") or {}).get("phase") in ("Failed", "Succeeded") else None


def _runs(pod: JsonObject) -> bool:
    return (pod.get("status") or {}).get("phase") == "Running"


def _pod(api: Api, target: Target, argv: list[str], timeout_s: float, patience_s: float) -> JsonObject:
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": target.name, "namespace": target.namespace, "labels": {"course.autograder/role": "probe"}},
        "spec": {
            "restartPolicy": "Never",
            "activeDeadlineSeconds": int(_STARTING_S + timeout_s),
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
                    "image": f"{api.place.image_prefix}/python:1",
                    "command": ["python3", "-c", _RUNNER, str(timeout_s), str(min(patience_s, timeout_s)), *argv],
                    "resources": {
                        "requests": {"cpu": "20m", "memory": "48Mi"},
                        "limits": {"cpu": "500m", "memory": "128Mi"},
                    },
                    "securityContext": {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
                }
            ],
        },
    }
