"""What an embedded cluster is doing, read from its directory and from the kernel: status, logs, names.

Nothing here changes anything, and a cluster that is gone is an answer, not an error.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.cluster import enclosing, laying, remembering
from autograder.cluster.nodes import GPU_NODE
from autograder.cluster.places import state_dir
from autograder.cluster.processes import Recorded, running_module
from autograder.cluster.requesting import Requester
from autograder.errors import ClusterError, ClusterNotRunning


@dataclass(frozen=True)
class ComponentStatus:
    """One process of a cluster."""

    name: str
    pid: int | None
    """As this machine sees it; None when it is not running."""
    restarts: int
    state: str
    """running, restarting, or waiting (for another component, or for its program to be built)."""


@dataclass(frozen=True)
class Status:
    """What is known of a cluster without asking it."""

    name: str
    running: bool
    server: str
    """URL of the API server; empty before the first start."""
    node_ready: bool
    has_node: bool
    gpu_node_ready: bool | None
    """Of the second node; None where no lab has asked for it."""
    components: tuple[ComponentStatus, ...]
    """Those of the second node are named `gpu-node/…`."""
    directory: Path
    kubeconfig: Path


def status(name: str = "course", *, ask: bool = True) -> Status:
    """What the cluster's processes are doing; never raises for a cluster that is not there, or is damaged.

    Args:
        ask: whether the API server is asked about nodes; they are said to be not ready otherwise.
    """
    directory = directory_of(name)
    kubeconfig = directory / "kubeconfig"
    alive = running(directory)
    has_node = (directory / "cable.json").exists()
    server = laying.server(kubeconfig)
    asked = ask and alive and has_node and bool(server)
    ready = asked and _is_ready(kubeconfig, name)
    second = (asked and _is_ready(kubeconfig, f"{name}-gpu")) if (directory / GPU_NODE).is_dir() else None
    parts = tuple(_components(directory)) if alive else ()
    return Status(name, alive, server, ready, has_node, second, parts, directory, kubeconfig)


def list_clusters() -> list[str]:
    """Names of the clusters that have left anything on this machine."""
    root = state_dir() / "clusters"
    return sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def kubeconfig_path(name: str = "course") -> Path:
    """The administrator's kubeconfig.

    Raises:
        ClusterNotRunning: there is no such cluster.
    """
    path = directory_of(name) / "kubeconfig"
    if not path.exists():
        raise ClusterNotRunning(f"no embedded cluster called {name}", next_step=f"autograder cluster up --name {name}")
    return path


def log_files(name: str, component: str | None = None) -> list[Path]:
    """The logs of one component, or of all; the older half of a rotated one first.

    Raises:
        ClusterError: there is no such component.
    """
    folders = {"": directory_of(name) / "logs", f"{GPU_NODE}/": directory_of(name) / GPU_NODE / "logs"}
    logs = {f"{node}{path.stem}": path for node, folder in folders.items() for path in sorted(folder.glob("*.log"))}
    found = [path for each, path in logs.items() if component in (None, each)]
    if not found:
        raise ClusterError(f"no log of {component or name}", expected=f"one of: {', '.join(logs) or 'none'}")
    return [path for log in found for path in (log.with_suffix(".log.1"), log) if path.exists()]


def directory_of(name: str) -> Path:
    """Where the cluster keeps all that it owns.

    Raises:
        ClusterError: the name cannot be that of a cluster, a node and a control group.
    """
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", name):
        raise ClusterError(
            f"the name {name!r}",
            expected="at most 40 lower-case letters, digits and hyphens",
            next_step="choose another",
        )
    return state_dir() / "clusters" / name


def _is_ready(kubeconfig: Path, node: str) -> bool:
    try:
        return node_ready(Requester(kubeconfig), node)
    except (OSError, ValueError):  # keys that are none
        return False


def node_ready(api: Requester, node: str) -> bool:
    """Whether the API server says that this node is ready."""
    try:
        code, found = api.send("GET", f"/api/v1/nodes/{node}")
    except OSError:
        return False
    if code != 200:
        return False
    return any(each["type"] == "Ready" and each["status"] == "True" for each in found["status"].get("conditions", []))


def running(directory: Path) -> bool:
    """Whether the supervisor of the cluster in this directory is alive."""
    holder = _holder(directory)
    return holder is not None and holder.alive


def _holder(directory: Path) -> Recorded | None:
    """The process that stands for the supervisor; found by its command line where its record is damaged."""
    recorded = Recorded.read(directory / "holder.json")
    if recorded is None and (directory / "holder.json").exists():
        return next(iter(running_module("autograder.cluster.supervising", str(directory))), None)
    return recorded


def _components(directory: Path) -> Iterator[ComponentStatus]:
    holder = _holder(directory)
    if holder is None:
        return
    has_node = (directory / "cable.json").exists()
    for part in _listed(directory, enclosing.first_process(holder.pid) if has_node else holder.pid):
        yield part
        if part.name == GPU_NODE and part.pid is not None:
            for each in _listed(directory / GPU_NODE, enclosing.first_process(part.pid)):
                yield replace(each, name=f"{GPU_NODE}/{each.name}")


def _listed(directory: Path, supervisor: int | None) -> Iterator[ComponentStatus]:
    """The components of one supervisor."""
    pids = _pids_inside(supervisor)
    state = remembering.read_json(directory / "state.json")
    for part in state if isinstance(state, list) else []:
        with contextlib.suppress(KeyError, TypeError):
            restarts = max(part["starts"] - 1, 0)
            yield ComponentStatus(str(part["name"]), pids.get(part["pid"]), restarts, str(part["state"]))


def _pids_inside(supervisor: int | None) -> dict[int, int]:
    """The pid that a supervisor knows each of its children by → the pid that this machine knows it by."""
    pids: dict[int, int] = {}
    if supervisor is None:
        return pids
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split():
            with contextlib.suppress(OSError):
                found = re.search(r"^NSpid:.*?(\d+)$", Path(f"/proc/{child}/status").read_text(), re.MULTILINE)
                if found:
                    pids[int(found.group(1))] = int(child)
    return pids
