"""Starts grader kernels as copies of a process that has imported everything already.

One such process per grading process, started with the first kernel and ended with the last line of
Python. Jupyter sees an ordinary local kernel: a provisioner whose process was forked instead of
executed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from autograder.deadlines import scaled
from autograder.errors import ExecutionError

_START_TIMEOUT_S = 60.0


class ForkedProvisioner(LocalProvisioner):  # type: ignore[misc]
    """Runs one grader kernel. The kernel spec's argv are the kernel's own arguments."""

    async def launch_kernel(self, cmd: list[str], **launch: Any) -> KernelConnectionInfo:
        self.process = _template().fork(cmd, env=launch["env"], cwd=launch["cwd"])
        return self.connection_info


class Forked:
    """A process known by its descriptor, with the part of Popen that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._ended = select.poll()
        self._ended.register(descriptor, select.POLLIN)
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """0 once it has ended, however it did."""
        if self.returncode is None and self._ended.poll(0):
            self.returncode = 0
            os.close(self._descriptor)
        return self.returncode

    def wait(self) -> int:
        """Until it has ended."""
        while self.poll() is None:
            self._ended.poll()
        return 0

    def send_signal(self, number: int) -> None:
        """Does nothing to a process that has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class _Template:
    """The process that is copied, and the socket to ask it on."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._asking, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            program = str(Path(__file__).with_name("template.py"))
            self._process = subprocess.Popen(
                [sys.executable, "-I", program, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "JUPYTER_NO_CONFIG": "1"},
                cwd="/",
            )

    def is_usable(self) -> bool:
        return self.owner == os.getpid() and self._process.poll() is None

    def end(self) -> None:
        """It ends by itself when nobody can ask any more; one that was inherited is left to its owner."""
        self._asking.close()
        if self.owner == os.getpid():
            self._process.wait()

    def fork(self, argv: list[str], *, env: dict[str, str], cwd: str) -> Forked:
        with self._lock:
            try:
                self._asking.settimeout(scaled(_START_TIMEOUT_S))
                self._asking.send(json.dumps({"argv": argv, "env": env, "cwd": cwd}).encode())
                _, descriptors, _, _ = socket.recv_fds(self._asking, 16, 1)
            except OSError as error:
                descriptors = []
                self._process.kill()
                self._process.wait()
                found = f"{type(error).__name__}: {error}"
            else:
                found = "it ended"
        if len(descriptors) != 1:
            raise ExecutionError(
                f"no grader kernel was started: {found}",
                expected="a copy of the process that has imported everything",
                next_step=f"see what `{sys.executable} -I -c 'import autograder.lab, ipykernel.kernelapp'` says",
            )
        return Forked(descriptors[0])


_templates: list[_Template] = []
_one_at_a_time = threading.Lock()


def _template() -> _Template:
    """This process's own; another one where it was lost, or inherited by a fork."""
    with _one_at_a_time:
        if not _templates or not _templates[-1].is_usable():
            _end_template()
            _templates[:] = [_Template()]
        return _templates[-1]


@atexit.register
def _end_template() -> None:
    for template in _templates:
        template.end()
    _templates.clear()
