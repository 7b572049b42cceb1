"""The grader kernel: where check cells run.

A process of its own with an empty folder as its home and working directory, a clean environment
and the grader's credentials. It is never told where a submission lies. Nothing is read from the
configuration of whoever grades, and nothing is remembered for a next time.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec

from autograder import deadlines
from autograder.execute import places
from autograder.execute.forking import ForkedProvisioner
from autograder.execute.kernel import Kernel
from autograder.execute.limits import Limits
from autograder.execute.outputs import Store

_KEPT_BYTES = 256 * 2**20
"""of what check cells say: bounded by the checks themselves, and never to be cut here"""


@dataclass(frozen=True)
class Credentials:
    """How check cells reach the cluster."""

    kubeconfig: str
    """The grader's, as YAML."""
    workspace: dict[str, Any]
    """What `autograder.lab` needs to know, apart from the kubeconfig."""


@contextlib.contextmanager
def desk() -> Iterator[Path]:
    """A private, empty folder for one grader kernel."""
    place = places.open_place()
    try:
        yield place.folder
    finally:
        place.close()


def kernel(folder: Path, limits: Limits) -> Kernel:
    """A grader kernel, to be started with `launch(folder, ...)`."""
    manager = AsyncKernelManager(transport="ipc", ip=str(folder / "k"))
    manager.connection_file = str(folder / "connection.json")
    argv = ["-f", "{connection_file}", "--HistoryManager.enabled=False"]
    manager._kernel_spec = KernelSpec(argv=argv, language="python", display_name="grader")
    manager.provisioner = ForkedProvisioner(parent=manager, kernel_spec=manager._kernel_spec)
    store = Store(notebook_bytes=_KEPT_BYTES, cell_bytes=_KEPT_BYTES)
    return Kernel(manager, trusted=True, start_s=limits.start_s, interrupt_s=limits.interrupt_s, store=store)


def launch(folder: Path, credentials: Credentials) -> dict[str, Any]:
    """Writes what the kernel finds in its folder, and says how to start it."""
    home = folder / "home"
    shutil.rmtree(home, ignore_errors=True)
    (home / "tmp").mkdir(parents=True, mode=0o700)
    kubeconfig = folder / "kubeconfig"
    kubeconfig.write_text(credentials.kubeconfig)
    workspace = folder / "workspace.json"
    workspace.write_text(json.dumps({**credentials.workspace, "kubeconfig": str(kubeconfig)}))
    environment = {
        "AUTOGRADER_WORKSPACE": str(workspace),
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "KUBECONFIG": str(kubeconfig),
        "LANG": "C.UTF-8",
        "PATH": f"{os.path.dirname(sys.executable)}:/usr/local/bin:/usr/bin:/bin",
        "TMPDIR": str(home / "tmp"),
        deadlines.VARIABLE: f"{deadlines.patience():g}",
    }
    return {"env": environment, "cwd": str(home)}
