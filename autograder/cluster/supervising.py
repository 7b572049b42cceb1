"""Starts a cluster's components, restarts those that die, keeps their logs small.

Runs as a process of its own (`python -m autograder.cluster.supervising DIRECTORY`). With a node it is
the first process of the cluster's own namespaces (see `enclosing`), so that when it ends the kernel ends
everything that it ever started: shims, containers and what they left behind. Without a node every
component is told to die with it.

What it knows it writes to `state.json`; it takes no orders but SIGTERM, and what is added to its list. A second node
is one component of the first one's supervisor, and has a supervisor of its own.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster import enclosing, remembering
from autograder.cluster.components import Component, load
from autograder.deadlines import scaled
from autograder.errors import AutograderError, ClusterError

_POLL_S = 0.05
_IDLE_S = 0.1
_RETRY_S = 0.5
_FIRST_RESTART_S = 0.2
_SLOWEST_RESTART_S = 5.0
_STEADY_S = 20.0
_ASK_AGAIN_S = 1.0
_LOOK_AGAIN_S = 5.0
"""Between two looks whether what was done once still has something to be done for: a request over TLS each."""
_GONE_S = 20.0
"""What was done for a component is taken back when that has not answered for so long."""
_LOG_LIMIT_BYTES = 8 * 1024 * 1024
_PR_SET_PDEATHSIG = 1
_UNVERIFIED = ssl._create_unverified_context()  # noqa: S323 (asked for a status, told nothing)


@dataclass
class _Running:
    """A component and what became of it so far."""

    component: Component
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    starts: int = 0
    not_before: float = 0.0
    delay_s: float = _FIRST_RESTART_S
    done: bool = False
    blocked_by: str = ""
    """What it waits for at the moment."""
    gone_since: float = 0.0
    """When what its work depends on was last not there, and has not been since."""
    look_at: float = 0.0
    """When that is looked at next."""
    undoing: bool = False
    """Whether `process` takes its work back."""
    taken_back: bool = False

    @property
    def state(self) -> str:
        if self.process is not None:
            return "running"
        if self.done:
            return "done"
        return "restarting" if self.starts and not self.taken_back else "waiting"


class Supervisor:
    """Keeps `components` running until it is told to stop."""

    def __init__(self, directory: Path, components: list[Component]) -> None:
        self.directory = directory
        self.parts = [_Running(component) for component in components]
        self._last_state = ""
        self._listed = (0, 0)

    def run(self) -> None:
        """Returns when SIGTERM or SIGINT has come."""
        stopping = {signal.SIGTERM, signal.SIGINT}
        signal.pthread_sigmask(signal.SIG_BLOCK, stopping | {signal.SIGCHLD})
        while True:
            self._reap()
            self._take_in()
            open_now = functools.cache(_accepts)  # many wait for the same address, and to ask costs the one asked
            for part in self.parts:
                self._start_when_due(part, open_now)
                self._withdraw_when_due(part, open_now)
                self._rotate(part)
            self._publish()
            waiting = any(part.process is None and not part.done for part in self.parts)
            received = signal.sigtimedwait(stopping | {signal.SIGCHLD}, scaled(_POLL_S) if waiting else _IDLE_S)
            if received is not None and received.si_signo in stopping:
                return

    def _reap(self) -> None:
        """Collects what has ended: components, and whatever was orphaned onto this process."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            for part in self.parts:
                if part.process is not None and part.process.pid == pid:
                    self._ended(part, os.waitstatus_to_exitcode(status))

    def _take_in(self) -> None:
        """Takes in components that were added to the list since: what a lab asks for joins a running cluster."""
        with contextlib.suppress(OSError):
            status = (self.directory / "components.json").stat()
            if (status.st_mtime_ns, status.st_ino) != self._listed:
                self._listed = status.st_mtime_ns, status.st_ino
                known = {part.component.name for part in self.parts}
                listed = load(self.directory / "components.json")
                self.parts += [_Running(component) for component in listed if component.name not in known]

    def _withdraw_when_due(self, part: _Running, accepts: Callable[[str], bool]) -> None:
        """Takes back what was done once for a component that has gone since, and does it again when that is back."""
        component, now = part.component, time.monotonic()
        if not component.undo or part.process is not None or now < part.look_at:
            return
        part.look_at = now + _LOOK_AGAIN_S
        if accepts(component.waits_for[0]):
            part.gone_since = 0.0
            return
        part.gone_since = part.gone_since or now
        long = now - part.gone_since > scaled(_GONE_S)
        # A life before this one may have done it, so it is also taken back where this one has not.
        if long and not part.taken_back and all(map(accepts, component.waits_for[1:])):
            self._note(part, f"takes its work back: {component.waits_for[0]} does not answer")
            self._spawn(part, component.undo)
            part.undoing = part.process is not None

    def _ended(self, part: _Running, code: int) -> None:
        part.process = None
        if part.undoing:
            part.undoing = False
            if code == 0:
                part.done, part.taken_back = False, True
            return
        if part.component.once and code == 0:
            part.done, part.taken_back = True, False
            return
        now = time.monotonic()
        if now - part.started_at > _STEADY_S:
            part.delay_s = _FIRST_RESTART_S
        self._note(part, f"ended with {code}; starts again in {part.delay_s:.1f} s")
        part.not_before = now + part.delay_s
        part.delay_s = min(part.delay_s * 2, _SLOWEST_RESTART_S)

    def _start_when_due(self, part: _Running, accepts: Callable[[str], bool]) -> None:
        component = part.component
        if part.process is not None or part.done or time.monotonic() < part.not_before:
            return
        if shutil.which(component.argv[0]) is None:
            part.not_before, part.blocked_by = time.monotonic() + _RETRY_S, ""
            return
        part.blocked_by = next((address for address in component.waits_for if not accepts(address)), "")
        if part.blocked_by:
            part.not_before = time.monotonic() + scaled(_ASK_AGAIN_S if component.undo else _POLL_S)
            return
        self._spawn(part, component.argv)
        part.starts += 1

    def _spawn(self, part: _Running, argv: tuple[str, ...]) -> None:
        try:
            with self._log(part).open("ab") as log:
                part.process = subprocess.Popen(
                    argv,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=os.environ | dict(part.component.environment),
                    preexec_fn=_detach,  # this process has one thread
                )
        except (OSError, subprocess.SubprocessError) as error:
            part.not_before = time.monotonic() + part.delay_s
            part.delay_s = min(part.delay_s * 2, _SLOWEST_RESTART_S)
            self._note(part, f"could not be started: {error}")
        part.started_at = time.monotonic()

    def _rotate(self, part: _Running) -> None:
        """Keeps one older log; the component appends, so truncating under it is safe."""
        log = self._log(part)
        with contextlib.suppress(OSError):  # a full disk: what can be done is to give room back
            if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
                try:
                    shutil.copyfile(log, log.with_suffix(".log.1"))
                finally:
                    os.truncate(log, 0)

    def _log(self, part: _Running) -> Path:
        return self.directory / "logs" / f"{part.component.name}.log"

    def _note(self, part: _Running, text: str) -> None:
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        with contextlib.suppress(OSError), (self.directory / "logs" / "supervisor.log").open("a") as log:
            log.write(f"{stamp} {part.component.name} {text}\n")

    def _publish(self) -> None:
        state = [
            {
                "name": part.component.name,
                "pid": part.process.pid if part.process else None,
                "starts": part.starts,
                "state": part.state,
                "waits_for": part.blocked_by if part.process is None else "",
            }
            for part in self.parts
        ]
        text = json.dumps(state)
        if text != self._last_state:
            with contextlib.suppress(OSError):  # tried again in a moment
                remembering.write(self.directory / "state.json", text)
                self._last_state = text


def _detach() -> None:
    """In the child: a process group of its own, no blocked signals, and no life after the supervisor."""
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _answers(url: str) -> bool:
    """Whether an https URL of this cluster's answers 200; whoever answers gives nothing and gets nothing."""
    try:
        with urllib.request.urlopen(url, timeout=scaled(1), context=_UNVERIFIED) as response:  # noqa: S310
            return bool(response.status == 200)
    except OSError:
        return False


def _accepts(address: str) -> bool:
    """Whether something listens on `host:port` or a socket, an https URL answers well, or a file is there."""
    if address.startswith("https:"):
        return _answers(address)
    if Path(address).is_file():
        return True
    target: str | tuple[str, int] = address
    family = socket.AF_UNIX
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        target, family = (host, int(port)), socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(scaled(1))
        return probe.connect_ex(target) == 0


def main() -> None:
    """Supervises the components listed in the directory named by the first argument."""
    directory = Path(sys.argv[1])
    try:
        if "--enclosed" in sys.argv:
            directory = enclosing.settle(directory)
        elif "--adjoined" in sys.argv:
            directory = enclosing.settle_beside(directory)
        while not (parts := load(directory / "components.json")):
            _pause()  # it is damaged, or being written: `up` makes it anew
        if not {"--enclosed", "--adjoined"} & set(sys.argv) and any(part.name == "kubelet" for part in parts):
            # Where the file that says so was lost, a node must not run in the machine's own network.
            raise ClusterError("a node outside of namespaces of its own", next_step="autograder cluster up")
    except (AutograderError, OSError, subprocess.SubprocessError) as error:
        print(f"Error: {error}", file=sys.stderr, flush=True)
        _pause()  # whoever starts this again does so at once
        sys.exit(1)
    Supervisor(directory, parts).run()


def _pause() -> None:
    """A second, or less when the end is wanted."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM, signal.SIGINT})
    if signal.sigtimedwait({signal.SIGTERM, signal.SIGINT}, 1) is not None:
        sys.exit(0)


if __name__ == "__main__":
    main()
