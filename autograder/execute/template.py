"""The process that grader kernels are copied from: everything imported, nothing ever run.

A cold kernel spends most of its start importing the same modules as the one before. This program
imports them once and forks a kernel for each request. No cell and nothing of a submission is ever
seen here, so every kernel starts from the same clean state. It ends when the process that asks it
does, and its kernels with it.

Run from a file, isolated, with one argument: the descriptor of a socket that carries one JSON
request at a time, `{"argv": [...], "env": {...}, "cwd": "..."}`, and answers each with a descriptor
of the new process (pidfd_open(2)).
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
from typing import Any

_PR_SET_PDEATHSIG = 1
_REQUEST_BYTES = 1_000_000


def main(descriptor: int) -> None:
    """Fork kernels until nobody can ask for one any more."""
    _import_everything()

    libc = ctypes.CDLL(None)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that ended are nobody's to wait for
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for whoever grades
    gc.freeze()
    with socket.socket(fileno=descriptor) as asking:
        while request := asking.recv(_REQUEST_BYTES):
            own = os.getpid()
            pid = os.fork()
            if pid == 0:
                libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
                if os.getppid() != own:
                    os._exit(1)
                asking.close()
                _become_kernel(json.loads(request))
            process = os.pidfd_open(pid)
            socket.send_fds(asking, [b"forked"], [process])
            os.close(process)


def _import_everything() -> None:
    """What a kernel imports by itself and what every check cell does; but for a debugger, which takes longest."""
    sys.modules["debugpy"] = None  # type: ignore[assignment]
    for name in (
        "autograder.lab",
        "encodings.idna",
        "http.client",
        "IPython.core.completerlib",
        "IPython.core.debugger",
        "IPython.core.oinspect",
        "IPython.extensions.storemagic",
        "ipykernel.debugger",
        "ipykernel.ipkernel",
        "ipykernel.kernelapp",
        "tornado.platform.asyncio",
        "tornado.queues",
    ):
        importlib.import_module(name)


def _become_kernel(request: dict[str, Any]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    os.environ.clear()
    os.environ.update(request["env"])
    os.chdir(request["cwd"])
    sys.argv = ["kernel", *request["argv"]]
    IPKernelApp.launch_instance(argv=request["argv"])
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]))
