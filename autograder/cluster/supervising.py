"""Starts a cluster's components, restarts those that die, keeps their logs small.

Runs as a process of its own (`python -m autograder.cluster.supervising DIRECTORY`). With a node it is
the first process of the cluster's own namespaces (see `enclosing`), so that when it ends the kernel ends
everything that it ever started: shims, containers and what they left behind. Without a node every
component is told to die with it.

What it knows it writes to `state.json`; it takes no orders but SIGTERM.
"""

from __future__ import annotations

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

from autograder.cluster import enclosing, volumes
from autograder.cluster.components import Component, load

_POLL_S = 0.05
_IDLE_S = 0.1
_RETRY_S = 0.5
_FIRST_RESTART_S = 0.2
_SLOWEST_RESTART_S = 5.0
_STEADY_S = 20.0
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

    @property
    def state(self) -> str:
        if self.process is not None:
            return "running"
        if self.done:
            return "done"
        return "restarting" if self.starts else "waiting"


class Supervisor:
    """Keeps `components` running until it is told to stop."""

    def __init__(self, directory: Path, components: list[Component]) -> None:
        self.directory = directory
        self.parts = [_Running(component) for component in components]
        self._last_state = ""

    def run(self) -> None:
        """Returns when SIGTERM or SIGINT has come."""
        stopping = {signal.SIGTERM, signal.SIGINT}
        signal.pthread_sigmask(signal.SIG_BLOCK, stopping | {signal.SIGCHLD})
        while True:
            self._reap()
            open_now = functools.cache(_accepts)  # many wait for the same address, and to ask costs the one asked
            for part in self.parts:
                self._start_when_due(part, open_now)
                self._rotate(part)
            volumes.make_writable(self.directory / "volumes")
            self._publish()
            waiting = any(part.process is None and not part.done for part in self.parts)
            received = signal.sigtimedwait(stopping | {signal.SIGCHLD}, _POLL_S if waiting else _IDLE_S)
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

    def _ended(self, part: _Running, code: int) -> None:
        part.process = None
        if part.component.once and code == 0:
            part.done = True
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
            part.not_before = time.monotonic() + _RETRY_S
            return
        if not all(accepts(address) for address in component.waits_for):
            part.not_before = time.monotonic() + _POLL_S
            return
        with self._log(part).open("ab") as log:
            part.process = subprocess.Popen(
                component.argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=os.environ | dict(component.environment),
                preexec_fn=_detach,  # this process has one thread
            )
        part.started_at = time.monotonic()
        part.starts += 1

    def _rotate(self, part: _Running) -> None:
        """Keeps one older log; the component appends, so truncating under it is safe."""
        log = self._log(part)
        if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
            shutil.copyfile(log, log.with_suffix(".log.1"))
            os.truncate(log, 0)

    def _log(self, part: _Running) -> Path:
        return self.directory / "logs" / f"{part.component.name}.log"

    def _note(self, part: _Running, text: str) -> None:
        stamp = time.strftime("%Y-%m-%d %H:%M:%S")
        with (self.directory / "logs" / "supervisor.log").open("a") as log:
            log.write(f"{stamp} {part.component.name} {text}\n")

    def _publish(self) -> None:
        state = [
            {
                "name": part.component.name,
                "pid": part.process.pid if part.process else None,
                "starts": part.starts,
                "state": part.state,
            }
            for part in self.parts
        ]
        text = json.dumps(state)
        if text != self._last_state:
            target = self.directory / "state.json"
            part_file = target.with_suffix(".part")
            part_file.write_text(text)
            part_file.replace(target)
            self._last_state = text


def _detach() -> None:
    """In the child: a process group of its own, no blocked signals, and no life after the supervisor."""
    os.setpgid(0, 0)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _answers(url: str) -> bool:
    """Whether an https URL of this cluster's answers 200; whoever answers gives nothing and gets nothing."""
    try:
        with urllib.request.urlopen(url, timeout=1, context=_UNVERIFIED) as response:  # noqa: S310
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
        probe.settimeout(1)
        return probe.connect_ex(target) == 0


def main() -> None:
    """Supervises the components listed in the directory named by the first argument."""
    directory = Path(sys.argv[1])
    if "--enclosed" in sys.argv:
        directory = enclosing.settle(directory)
    Supervisor(directory, load(directory / "components.json")).run()


if __name__ == "__main__":
    main()
