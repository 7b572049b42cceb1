"""The student kernel: where a submission's own cells run.

Says which kernel the sandbox starts and what it is given; what it can see and use is the sandbox's
and the limits'.
"""

from __future__ import annotations

import dataclasses
import sys
from dataclasses import dataclass
from pathlib import Path

from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec

from autograder.execute.kernel import Kernel
from autograder.execute.limits import Limits
from autograder.execute.outputs import Store

# Without the folder of the submission on the path, and without the debugger that ipykernel would start
# for an editor: it is a third of the time to start. A cell may import both.
_START = """
import sys
sys.path.remove("")
sys.modules["debugpy"] = None
import ipykernel.debugger
del sys.modules["debugpy"]
from ipykernel import kernelapp
kernelapp.launch_new_instance()
"""


@dataclass(frozen=True)
class Belongings:
    """What a student kernel is given."""

    kubeconfig: str = ""
    """The student's, as YAML, for an API server at `sandbox.API_PORT` of 127.0.0.1."""
    server: str = ""
    """URL of the API server behind it; empty for none."""
    proxy: str = dataclasses.field(default="", repr=False)
    """An HTTP proxy on the way there; the kernel does not see it."""
    files: Path | None = None
    """The submission's folder, copied into the home."""
    kubectl: Path | None = None
    """A kubectl program to lend; None for the one on PATH, if any."""


def kernel(belongings: Belongings, limits: Limits) -> Kernel:
    """A student kernel, to be started without further arguments."""
    manager = AsyncKernelManager()
    manager._kernel_spec = KernelSpec(
        # -s: packages that the submission put into its home are not found either.
        argv=[sys.executable, "-s", "-c", _START, "-f", "{connection_file}", "--HistoryManager.hist_file=:memory:"],
        language="python",
        display_name="student",
        interrupt_mode="message",
        metadata={
            "kernel_provisioner": {
                "provisioner_name": "autograder-sandbox",
                "config": {
                    "files": str(belongings.files or ""),
                    "kubeconfig": belongings.kubeconfig,
                    "server": belongings.server,
                    "proxy": belongings.proxy,
                    "kubectl": str(belongings.kubectl or ""),
                    "limits": dataclasses.asdict(limits),
                },
            }
        },
    )
    store = Store(notebook_bytes=int(limits.kept_mib * 2**20), cell_bytes=int(limits.kept_cell_mib * 2**20))
    return Kernel(manager, trusted=False, start_s=limits.start_s, interrupt_s=limits.interrupt_s, store=store)
