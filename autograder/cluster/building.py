"""Builds the Go programs that a cluster is made of, once, into the user's cache.

In go: the modules under `autograder/cluster/go`, each pinned by its go.mod and go.sum. Out comes one
directory per program and key, `programs/NAME-KEY/`, where the key is a hash of everything that decides what
the compiler makes; a changed line of source is another key, and an unchanged tree never builds twice. A
build happens beside its place and is renamed into it under a lock, so what `built` finds is complete,
whoever was killed in the middle.

Left to others: which Go compiles (`toolchain`), what a person sees meanwhile (`progress`), and running what
was built.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.cluster import progress as progressing
from autograder.cluster import room
from autograder.cluster.locking import held, held_now, is_held
from autograder.cluster.places import cache_dir
from autograder.cluster.processes import Recorded, record
from autograder.cluster.progress import Progress, Step
from autograder.cluster.toolchain import Go, find_go, needed_version
from autograder.deadlines import scaled
from autograder.errors import BuildFailed

SOURCES = Path(__file__).parent / "go"
_KILLED_WITHIN_S = 5

KUBE_VERSION = "v1.35.4"
COMPONENTS = (
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubelet",
    "kube-proxy",
    "kubectl",
    "etcd",
    "coredns",
)

# Without DWARF (which -s and -w throw away anyway) the compiler writes a fifth less and is done 8 % sooner.
FLAGS = ("-buildvcs=false", "-gcflags=all=-dwarf=false")


@dataclass(frozen=True)
class Program:
    """One Go program of ours."""

    #: also the directory of its module under `go/`, and the file's name
    name: str
    #: what `go build` is given: the module's own main package, or the one its `tool` directive names
    package: str
    #: what a build takes on two cores with nothing cached
    usual_s: float
    #: values set in the linked packages, as in `-X name=value`
    set_values: tuple[str, ...] = ()
    #: other names the program answers to; a symbolic link each
    names: tuple[str, ...] = ()
    #: where the module lies
    sources: Path = SOURCES

    @property
    def module(self) -> Path:
        return self.sources / self.name

    @property
    def arguments(self) -> tuple[str, ...]:
        """What `go build` is called with, but for the output file."""
        ldflags = " ".join(("-s", "-w", *(f"-X {value}" for value in self.set_values)))
        return (*FLAGS, f"-ldflags={ldflags}", self.package)


_KUBE_VALUES = (
    f"k8s.io/component-base/version.gitVersion={KUBE_VERSION}",
    "k8s.io/component-base/version.gitMajor=1",
    "k8s.io/component-base/version.gitMinor=35",
    f"k8s.io/client-go/pkg/version.gitVersion={KUBE_VERSION}",
)

#: In the order they are built: what the first Pod needs comes first.
PROGRAMS: dict[str, Program] = {
    program.name: program
    for program in (
        Program("kube", ".", usual_s=450, set_values=_KUBE_VALUES, names=COMPONENTS),
        Program("pause", ".", usual_s=15),
        Program("registry", ".", usual_s=50),
        Program("kube-router", "github.com/cloudnativelabs/kube-router/v2/cmd/kube-router", usual_s=75),
        Program("metrics-server", "sigs.k8s.io/metrics-server/cmd/metrics-server", usual_s=100),
    )
}


def program(name: str, *, progress: Progress | None = None) -> Path:
    """The program's file, built first if need be.

    Raises:
        BuildFailed: the compiler said no; its last lines are in the message.
        RequirementMissing: there is no Go new enough.
    """
    return build((name,), progress=progress)[name]


def path(name: str) -> Path:
    """Where the program's file is, or will be once it is built."""
    return _place(PROGRAMS[name]) / name


def built(name: str) -> Path | None:
    """The program's file if it is there already; never builds."""
    return path(name) if path(name).is_file() else None


def missing(names: Iterable[str] = PROGRAMS) -> list[Program]:
    """Those of the programs that would have to be built, with the time each usually takes."""
    return [PROGRAMS[name] for name in names if built(name) is None]


def build(names: Iterable[str] = PROGRAMS, *, progress: Progress | None = None) -> dict[str, Path]:
    """Builds what is not there; returns where each program is. Waits for another process that is at it."""
    report = progress or progressing.shown()
    with room.named(room.PROGRAMS_MIB, programs_dir(), *_gos_places()):
        return {name: built(name) or _build_locked(PROGRAMS[name], report) for name in names}


def _gos_places() -> list[Path]:
    """Where the Go toolchain writes: its two caches, and what it links in."""
    home = Path.home()
    cache = os.environ.get("GOCACHE") or os.environ.get("XDG_CACHE_HOME") or str(home / ".cache")
    return [Path(cache), Path(os.environ.get("GOPATH") or home / "go"), Path(tempfile.gettempdir())]


def component(name: str, *, progress: Progress | None = None) -> Path:
    """A Kubernetes component under its own name (`kubelet`, `etcd`, …); builds the program if need be."""
    return program("kube", progress=progress).with_name(name)


def kubectl(*, progress: Progress | None = None) -> Path:
    """The cluster's own `kubectl`."""
    return component("kubectl", progress=progress)


def build_in_background(names: Iterable[str]) -> Path | None:
    """Has what is not there built at low priority by a process that outlives this one.

    Returns:
        The log of that process; None if there was nothing to do. Whoever needs one of the programs before
        it is ready calls `program` and waits; a build that fails here is tried again, and reported, there.
    """
    log = programs_dir() / "background.log"
    absent = missing(names)
    # One that is at it already, or waits for its turn, is enough: whoever comes later leaves it to that one.
    wanted = [each.name for each in absent if not is_held(_turn(each))]
    if not wanted:
        return log if absent else None
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", __name__, *wanted]
    with log.open("ab") as output:
        # The process forks itself off before it builds, so there is no child left to be waited for.
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=True)
    return log


def _turn(wanted: Program) -> Path:
    """The lock of the one process that builds the program in the background."""
    place = _place(wanted)
    return place.with_name(place.name + ".background.lock")


def end_background_builds() -> None:
    """Ends what `build_in_background` began and is still at it, compilers included."""
    for file in programs_dir().glob("background-*.json"):
        process = Recorded.read(file)
        if process is not None and process.alive:
            _kill_group(process.pid)  # it leads a session of its own
        file.unlink(missing_ok=True)


def _kill_group(leader: int) -> None:
    """SIGKILLs a process group, and returns when nobody in it can write any more."""
    deadline = time.monotonic() + scaled(_KILLED_WITHIN_S)
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(leader, signal.SIGKILL)
            time.sleep(0.02)


def programs_dir() -> Path:
    """Where the programs lie, and what says who builds them."""
    return cache_dir() / "programs"


def _place(wanted: Program) -> Path:
    return programs_dir() / f"{wanted.name}-{key(wanted)}"


@cache
def key(wanted: Program) -> str:
    """Sixteen hex digits that change whenever the program would: sources, flags, names, processor."""
    digest = hashlib.sha256()
    parts = [platform.machine(), *wanted.arguments, *wanted.names]
    for part in parts:
        digest.update(part.encode() + b"\0")
    for source in sorted(wanted.module.iterdir()):
        digest.update(source.name.encode() + b"\0" + hashlib.sha256(source.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _build_locked(wanted: Program, report: Progress) -> Path:
    place = _place(wanted)
    with report.step(f"build {wanted.name}", wanted.usual_s) as step:
        step.tell("waiting for another process that builds it")
        with held(place.with_name(place.name + ".lock")):
            if not (place / wanted.name).is_file():
                _build(wanted, place, step)
    return place / wanted.name


def _build(wanted: Program, place: Path, step: Step) -> None:
    """Builds into a directory beside `place` and moves it there; the caller holds the lock."""
    go = find_go(needed_version(wanted.module / "go.mod"))
    for leftover in place.parent.glob(f".{place.name}-*"):
        shutil.rmtree(leftover)
    unfinished = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
    try:
        unfinished.chmod(0o755)
        _compile(go, wanted, unfinished / wanted.name, step)
        for name in wanted.names:
            (unfinished / name).symlink_to(wanted.name)
        if place.exists():
            shutil.rmtree(place)
        unfinished.rename(place)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _compile(go: Go, wanted: Program, output: Path, step: Step) -> None:
    command = [str(go.executable), "build", "-v", "-o", str(output), *wanted.arguments]
    step.tell("reading the module")
    with subprocess.Popen(
        command,
        cwd=wanted.module,
        env=go.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            last_lines = _follow(running, step)
        except BaseException:
            running.terminate()
            raise
    if running.returncode != 0:
        raise BuildFailed(
            f"`go build` of {wanted.name} ended with {running.returncode}: {' | '.join(last_lines)}",
            next_step="the quoted lines are the compiler's own; after a failed download, run it again",
        )


def _follow(running: subprocess.Popen[str], step: Step) -> list[str]:
    """Turns the lines of `go build -v` (modules fetched, packages compiled, errors) into a few words."""
    assert running.stderr is not None
    compiled, last_lines = 0, deque[str](maxlen=8)
    for line in running.stderr:
        text = line.strip()
        last_lines.append(text)
        if text.startswith("go: downloading"):
            step.tell(f"fetching {text.split()[-2]}")
        else:
            compiled += 1
            step.tell(f"{compiled} packages compiled, {text}")
    return list(last_lines)


def _detach() -> bool:
    """Forks; True in the new process, which belongs to no terminal and to no parent."""
    if os.fork():
        return False
    os.setsid()
    os.nice(10)
    return True


def _build_recorded(names: Sequence[str]) -> None:
    """Builds, and can be found meanwhile by whoever wants it to end."""
    file = programs_dir() / f"background-{os.getpid()}.json"
    with contextlib.ExitStack() as turns:
        mine = [name for name in names if turns.enter_context(held_now(_turn(PROGRAMS[name])))]
        if not mine:
            return
        record(file, os.getpid())
        try:
            build(mine)
        finally:
            file.unlink(missing_ok=True)


if __name__ == "__main__" and _detach():
    _build_recorded(sys.argv[1:])
