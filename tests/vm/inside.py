"""What is tried inside: `make demo` and `make test` as far as they need no internet, on a machine as it was installed.

Runs as root from a systemd unit, that is in a control group that holds processes, as every ordinary session does.
Each line goes to a serial port: `STEP what`, `HOLDS what`, `FAILED what: why`, `NOTE text`, and `END` at the end.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from autograder.deadlines import scaled
from tests.vm.disk import STUDENT_UID

GROUPS = Path("/sys/fs/cgroup")
LABS = ("lab06-rbac", "lab02-serve-a-model")
CLUSTER = "course"
MEMORY_MIB = 1200
"""of a sandbox; where no group counts, a kernel has to start within so much address space"""
_BEGAN = time.monotonic()
_wrong = 0

Trial = Callable[[], Iterator[tuple[bool, str]]]


def the_machine() -> Iterator[tuple[bool, str]]:
    """Is it the machine that it should be?"""
    yield Path("/proc/1/comm").read_text().strip() == "systemd", "systemd is the first process"
    yield _words(GROUPS / "cgroup.controllers") >= {"cpu", "memory", "pids"}, "control groups are of version 2"
    own = Path("/proc/self/cgroup").read_text().strip()
    yield own.endswith(".service"), f"this runs in a unit's group ({own})"
    yield platform.python_version() == "3.11.2", f"Python is Debian's 3.11.2 ({platform.python_version()})"
    yield Path(sys.base_prefix) == Path("/usr"), "the virtual environment was made from /usr"
    apparmor = Path("/sys/module/apparmor/parameters/enabled").read_text().strip()
    profiles = len(Path("/sys/kernel/security/apparmor/profiles").read_text().splitlines())
    yield apparmor == "Y", f"AppArmor is on, with {profiles} profiles"
    yield Path("/proc/net/if_inet6").read_text().strip() != "", "IPv6 is on"
    rules = _output("nft", "list", "ruleset")
    yield rules.count("policy drop") == 2, "a firewall drops what is forwarded and what comes in unasked"
    yield "nf_tables" in _output("iptables", "--version"), "iptables is backed by nftables"
    _note(f"kernel {platform.release()}, controllers {_text(GROUPS / 'cgroup.controllers')}")
    _note(f"the root passes on {_text(GROUPS / 'cgroup.subtree_control')}")


def sandboxes() -> Iterator[tuple[bool, str]]:
    """A sandbox over its limits is ended: root's, that of a user whom systemd knows, and of one it does not."""
    for who, options in (("root", {}), ("a user", {"manager": True}), ("a user without systemd", {"manager": False})):
        for name, holds in _sandbox(who, **options):
            yield holds, f"{who}: {name}"
    yield not list(GROUPS.rglob("autograder-*")), "no control group of a sandbox is left"


def cluster_up() -> Iterator[tuple[bool, str]]:
    """`autograder cluster up` gives a node that is Ready."""
    began = time.monotonic()
    code, said = _run("autograder", "cluster", "up")
    yield code == 0, f"`autograder cluster up` in {time.monotonic() - began:.0f} s{_tail(code, said)}"
    if code:
        _note(_output("autograder", "cluster", "status"))
        for part in ("supervisor", "keeper", "kube-apiserver", "kubelet", "containerd"):
            _note(f"{part}: {_output('autograder', 'cluster', 'logs', part)[-1500:]}")
        return
    nodes = json.loads(_kubectl("get", "nodes", "-o", "json"))["items"]
    conditions = {each["type"]: each["status"] for node in nodes for each in node["status"]["conditions"]}
    yield conditions.get("Ready") == "True", f"the node is Ready ({conditions})"
    (group,) = GROUPS.glob("autograder-*")
    counted = _words(group / "cgroup.controllers")
    wanted = {"cpu", "cpuset", "hugetlb", "memory", "pids"} & _words(GROUPS / "cgroup.controllers")
    yield counted >= wanted, f"the cluster's group counts {' '.join(sorted(wanted))}"


def pods() -> Iterator[tuple[bool, str]]:
    """A Pod runs within its limits, and one over its memory limit is killed."""
    greedy = _pod("greedy", "x = bytearray(200_000_000)", {"limits": {"memory": "50Mi", "cpu": "200m"}})
    modest = _pod(
        "modest",
        "import os; p = '/sys/fs/cgroup/'; print(*(open(p + n).read().strip() for n in ('memory.max', 'cpu.max')))",
        {"limits": {"memory": "100Mi", "cpu": "500m"}},
    )
    for manifest in (greedy, modest):
        _kubectl("apply", "-f", "-", stdin=json.dumps(manifest))
    seconds = f"--timeout={scaled(60):.0f}s"
    _kubectl("wait", "--for=jsonpath={.status.phase}=Failed", "pod/greedy", seconds)
    state = json.loads(_kubectl("get", "pod", "greedy", "-o", "json"))["status"]["containerStatuses"][0]["state"]
    ended = state.get("terminated", {})
    yield (ended.get("reason"), ended.get("exitCode")) == ("OOMKilled", 137), f"a greedy Pod ended with {ended}"
    _kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/modest", seconds)
    seen = _kubectl("logs", "modest").strip()
    yield seen == f"{100 * 2**20} 50000 100000", f"a modest Pod sees its own limits ({seen})"
    _kubectl("delete", "pod", "greedy", "modest", "--now")


def labs() -> Iterator[tuple[bool, str]]:
    """Both labs' reference answers get full marks."""
    for lab in LABS:
        handed_in = Path("submitted/ada", lab)
        handed_in.mkdir(parents=True, exist_ok=True)
        shutil.copy(f"source/{lab}/{lab}.ipynb", handed_in)
        code, said = _run("nbgrader", "generate_assignment", lab, "--create", "--force", "--log-level=WARN")
        if code:
            yield False, f"{lab}: generate_assignment{_tail(code, said)}"
        began = time.monotonic()
        code, said = _run("autograder", "grade", lab)
        took_s = time.monotonic() - began
        _note(said[-3000:])
        verdicts = json.loads(Path("evidence/ada", lab, "verdicts.json").read_text())
        score, most = verdicts.get("score"), verdicts.get("max_score")
        yield (code, score) == (0, 10), f"{lab}: {score} of {most} in {took_s:.0f} s, exit code {code}"
        for verdict in _lost(verdicts):
            _note(json.dumps(verdict)[:1500])


def cluster_down(before: object, passed_on: str) -> Iterator[tuple[bool, str]]:
    """`autograder cluster down` leaves nothing."""
    code, said = _run("autograder", "cluster", "down")
    yield code == 0, f"`autograder cluster down`{_tail(code, said)}"
    after = _traces()
    for name, found in vars(after).items():
        # The images' cache of mounts and chains aside, all that there is more of now was left.
        more = sorted(found - getattr(before, name))
        yield not more, f"no {name.replace('_', ' ')} left{': ' + '; '.join(more)[:500] if more else ''}"
    yield not list(GROUPS.rglob("autograder-*")), "no control group left"
    now = _text(GROUPS / "cgroup.subtree_control")
    yield set(now.split()) <= set(passed_on.split()), f"the root passes on no more than before ({now})"


def _lost(found: Any) -> Iterator[dict[str, Any]]:
    """Every verdict that is not *passed*, wherever it is on file."""
    if isinstance(found, dict) and found.get("state") in {"failed", "unsettled", "unchecked"} and "sentence" in found:
        yield {key: found[key] for key in ("sentence", "state", "message", "seconds") if key in found}
    for each in found.values() if isinstance(found, dict) else found if isinstance(found, list) else ():
        yield from _lost(each)


# -- the sandbox -----------------------------------------------------------------------------------------------------

_EXECUTE = """
import sys, json, logging
from pathlib import Path
from nbformat.v4 import new_code_cell, new_notebook
from autograder.execute import bounding, execution
from autograder.execute.grader import Credentials
from autograder.execute.limits import Limits
from autograder.execute.running import Report, Setup
from autograder.execute.student import Belongings
said = []
handler = logging.Handler()
handler.emit = lambda record: said.append(record.getMessage())
logging.getLogger("autograder").addHandler(handler)
for name, limits, source in json.loads(sys.stdin.read()):
    setup = Setup(Belongings(), Credentials("", {}), Limits(**limits), None, Report())
    notebook = new_notebook(cells=[new_code_cell(source)])
    try:
        done = execution.execute(notebook, setup, {}, output_path=Path(sys.argv[1], "out.ipynb"))
    except Exception as error:
        print(json.dumps([name, "", repr(error)[:1500]]), flush=True)
        continue
    said_of = [out.get("text") or f"{out.get('ename')} {out.get('evalue')}" for out in done.notebook.cells[1].outputs]
    text = "".join(said_of)
    print(json.dumps([name, text, done.ended_because]), flush=True)
print(json.dumps(["said", " ".join(said), sorted(bounding._systemd().bounds) if bounding._systemd() else []]))
"""
_FILL = """
import os, time
for _ in range(8):
    if os.fork() == 0:
        held = bytearray(b"x") * (250 * 2**20)
        time.sleep(60)
        os._exit(0)
time.sleep(60)
ends = [os.wait()[1] for _ in range(8)]
print(ends.count(9), "of 8 were killed")
"""
_FORK = """
import os, time
for made in range(100):
    try:
        if os.fork() == 0:
            while True: time.sleep(1)
    except OSError as error:
        print("refused"); break
"""
_SPIN = """
import os, time
for _ in range(2):
    if os.fork() == 0:
        while True: pass
time.sleep(3000)
"""


def _sandbox(who: str, *, manager: bool | None = None) -> Iterator[tuple[str, bool]]:
    asked_cpu_s, cpu_s = 3, int(scaled(3))  # this limit is stretched like every deadline
    attempts = [
        ("memory", {"memory_mib": MEMORY_MIB}, "held = bytearray(b'x') * (1500 * 2**20)"),
        ("memory of all", {"memory_mib": MEMORY_MIB}, _FILL),
        ("processes", {"processes": 60, "memory_mib": MEMORY_MIB}, _FORK),
        ("cpu", {"cpu_s": asked_cpu_s}, _SPIN),
    ]
    with tempfile.TemporaryDirectory(prefix="ag-", dir="/tmp") as folder:
        os.chmod(folder, 0o777)
        began = time.monotonic()
        command, environment = [sys.executable, "-c", _EXECUTE, folder], dict(os.environ)
        if manager is not None:
            ids = (f"--reuid={STUDENT_UID}", f"--regid={STUDENT_UID}", "--clear-groups")
            command = ["setpriv", *ids, "--", *command]
            environment |= {"HOME": "/home/student", "TMPDIR": folder}
            if manager:
                environment["XDG_RUNTIME_DIR"] = f"/run/user/{STUDENT_UID}"
            else:
                # Nobody whom systemd knows: /run/user/UID of another one.
                command[1:3] = ["--reuid=54321", "--regid=54321"]
        asking, errors = Path(folder, "attempts.json"), Path(folder, "errors")
        asking.write_text(json.dumps(attempts))
        with asking.open() as stdin, errors.open("w") as stderr:
            running = subprocess.Popen(
                command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=environment, text=True
            )
            assert running.stdout is not None
            # One by one, as they come: the next may outlast the machine's time.
            yield from (each for line in running.stdout for each in _seen(who, json.loads(line), manager, cpu_s))
        ended = running.wait()
        if ended:
            _note(f"{who}: {errors.read_text()[-2000:]}")
    _note(f"{who}: all of it took {time.monotonic() - began:.0f} s")
    yield "all was tried", ended == 0


def _seen(who: str, told: Any, manager: bool | None, cpu_s: int) -> Iterator[tuple[str, bool]]:
    """What one attempt shows."""
    name, text, because = told
    _note(f"{who}: {name}: {text[:300]} | {because}")
    if name == "memory":
        # Where no group counts, it may map no more than that, and is told so itself.
        told_itself = manager is False and "MemoryError" in text
        yield (
            "one process over its memory ends it, and it is said why",
            told_itself or because.endswith(f"it needed more than {MEMORY_MIB} MiB of memory"),
        )
    elif name == "memory of all":
        killed = int(text.split()[0]) if text[:1].isdigit() else 0
        yield "memory is counted over all processes", bool(because) or 3 <= killed < 8
    elif name == "processes":
        # Where no group counts, memory that processes share is counted for each of them, and may end them first.
        yield (
            "no more processes than it may have",
            "refused" in text or (manager is False and "MiB of memory" in because),
        )
    elif name == "cpu":
        yield "CPU time over all processes ends it", f"more than {cpu_s} s of CPU time" in because
    elif name == "said" and manager is False:
        yield "that no group bounds it is said", "no control group that bounds" in text
    elif name == "said":
        yield "bounded as a whole, by systemd's scope", not text and {"memory", "pids"} <= set(because)


# -- the rest --------------------------------------------------------------------------------------------------------


def _pod(name: str, program: str, resources: dict[str, object]) -> dict[str, object]:
    container = {
        "name": "main",
        "image": "localhost:5000/python:1",
        "command": ["python3", "-c", program],
        "resources": resources,
    }
    spec = {"containers": [container], "terminationGracePeriodSeconds": 0, "restartPolicy": "Never"}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}


def _kubectl(*words: str, stdin: str = "") -> str:
    from autograder.cluster import building, embedded

    environment = os.environ | {"KUBECONFIG": str(embedded.kubeconfig_path(CLUSTER))}
    done = subprocess.run(
        [str(building.kubectl()), *words], env=environment, input=stdin, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"kubectl {' '.join(words)}: {done.stderr.strip()[-800:]}")
    return done.stdout


def _run(*argv: str) -> tuple[int, str]:
    done = subprocess.run(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.returncode, done.stdout.strip()


def _output(*argv: str) -> str:
    return _run(*argv)[1]


def _tail(code: int, said: str) -> str:
    return f": {code}: {said[-1500:]}" if code else ""


def _traces() -> object:
    sys.path.insert(0, "tests")
    from cluster import traces

    return traces.take(CLUSTER)


def _words(file: Path) -> set[str]:
    return set(_text(file).split())


def _text(file: Path) -> str:
    return file.read_text().strip()


def _say(kind: str, text: str) -> None:
    at_s = time.monotonic() - _BEGAN
    for line in text.splitlines() or [""]:
        _port.write(f"{kind} [{at_s:5.0f} s] {line}\n")
    _port.flush()


def _note(text: str) -> None:
    _say("NOTE", text)


def _try(name: str, trial: Callable[[], Iterator[tuple[bool, str]]]) -> None:
    global _wrong
    _say("STEP", name)
    try:
        for holds, what in trial():
            _say("HOLDS" if holds else "FAILED", what)
            _wrong += not holds
    except Exception:
        _fail(f"{name}: {traceback.format_exc()[-2500:]}")


def _fail(what: str) -> None:
    global _wrong
    _wrong += 1
    _say("FAILED", what)


def main() -> None:
    chosen = set(filter(None, (sys.argv[2] if len(sys.argv) > 2 else "").split(",")))
    cluster_is_missing = False
    before, passed_on = _traces(), _text(GROUPS / "cgroup.subtree_control")
    steps = {
        "machine": the_machine,
        "up": cluster_up,
        "pods": pods,
        "labs": labs,
        "down": lambda: cluster_down(before, passed_on),
        "sandboxes": sandboxes,
    }
    needs_cluster = ("pods", "labs")
    for name, trial in steps.items():
        if chosen and name not in chosen:
            continue
        wrong_before = _wrong
        if name in needs_cluster and cluster_is_missing:
            _fail(f"{name}: not tried, there is no cluster")
            continue
        _try(name, trial)
        cluster_is_missing |= name == "up" and _wrong > wrong_before
    _say("END", f"{_wrong} wrong")
    with contextlib.suppress(OSError):
        os.fsync(_port.fileno())


if __name__ == "__main__":
    _port = open(sys.argv[1], "w")  # noqa: SIM115 (for the whole life of this program)
    main()
