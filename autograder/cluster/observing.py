"""What an embedded cluster is doing, read from its directory and from the kernel: status, logs, names.

Nothing here changes anything, and a cluster that is gone is an answer, not an error.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster import enclosing, laying, remembering
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
    components: tuple[ComponentStatus, ...]
    directory: Path
    kubeconfig: Path


def status(name: str = "course", *, ask: bool = True) -> Status:
    """What the cluster's processes are doing; never raises for a cluster that is not there, or is damaged.

    Args:
        ask: whether the API server is asked about the node; it is said to be not ready otherwise.
    """
    directory = directory_of(name)
    kubeconfig = directory / "kubeconfig"
    alive = running(directory)
    has_node = (directory / "cable.json").exists()
    server = laying.server(kubeconfig)
    ready = ask and alive and has_node and bool(server) and _node_of(kubeconfig)
    parts = tuple(_components(directory)) if alive else ()
    return Status(name, alive, server, ready, has_node, parts, directory, kubeconfig)


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
    logs = directory_of(name) / "logs"
    found = sorted(logs.glob("*.log")) if component is None else [logs / f"{component}.log"]
    if not all(path.exists() for path in found) or not found:
        names = ", ".join(path.stem for path in sorted(logs.glob("*.log"))) or "none"
        raise ClusterError(f"no log of {component or name}", expected=f"one of: {names}")
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


def _node_of(kubeconfig: Path) -> bool:
    try:
        return node_ready(Requester(kubeconfig))
    except (OSError, ValueError):  # keys that are none
        return False


def node_ready(api: Requester) -> bool:
    """Whether the API server says that a node is ready."""
    try:
        code, nodes = api.send("GET", "/api/v1/nodes")
    except OSError:
        return False
    conditions = [each for node in nodes.get("items", []) for each in node["status"].get("conditions", [])]
    return code == 200 and any(each["type"] == "Ready" and each["status"] == "True" for each in conditions)


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
    pids = _pids_inside(directory)
    state = remembering.read_json(directory / "state.json")
    for part in state if isinstance(state, list) else []:
        with contextlib.suppress(KeyError, TypeError):
            restarts = max(part["starts"] - 1, 0)
            yield ComponentStatus(str(part["name"]), pids.get(part["pid"]), restarts, str(part["state"]))


def _pids_inside(directory: Path) -> dict[int, int]:
    """The pid that the supervisor knows each of its children by → the pid that this machine knows it by."""
    holder = _holder(directory)
    if holder is None:
        return {}
    supervisor = enclosing.first_process(holder.pid) if (directory / "cable.json").exists() else holder.pid
    pids = {}
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{supervisor}/task/{supervisor}/children").read_text().split():
            with contextlib.suppress(OSError):
                found = re.search(r"^NSpid:.*?(\d+)$", Path(f"/proc/{child}/status").read_text(), re.MULTILINE)
                if found:
                    pids[int(found.group(1))] = int(child)
    return pids
