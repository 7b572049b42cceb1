"""The embedded cluster's life, seen from the machine: up, status, logs, down.

`up` leaves a directory below the user's state directory and a keeper process; everything else follows
from those two. Each step can be repeated: whatever a crash left behind, `up` goes on from there and
`down` removes it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster import addons, building, cgroups, components, enclosing, images
from autograder.cluster.configuring import configure
from autograder.cluster.connection import Connection
from autograder.cluster.places import state_dir
from autograder.cluster.processes import Recorded
from autograder.cluster.requesting import Requester
from autograder.errors import ClusterError, ClusterNotRunning

Say = Callable[[str], None]
"""Told, in a few words, what is being done."""

_READY_TIMEOUT_S = 60
_POLL_S = 0.05
_USUAL_API_PORT = 6443
_UNROUTED_ADDRESS = "203.0.113.1"
"""From the range kept for documentation: advertised where there is no node that could use it."""
_REQUIRED = {
    "containerd": "containerd",
    "runc": "runc",
    "iptables": "iptables",
    "ipset": "ipset",
    "ip": "iproute2",
    "unshare": "util-linux",
    "/usr/lib/cni/bridge": "containernetworking-plugins",
}


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


def up(name: str = "course", *, say: Say = lambda text: None, wait_node: bool = True) -> Connection:
    """Starts the cluster, or finds it running; returns when its API server and its node are ready.

    Programs and images that are missing are built first, which takes minutes once.

    Raises:
        BuildFailed: a program or image could not be built.
        ClusterError: a component did not come up in time.
    """
    directory = _directory(name)
    with _lock(name):
        missing = missing_requirements()
        if missing:
            say(f"control plane only, without a node: {'; '.join(missing)}")
        programs = _programs(has_node=not missing)
        if not missing:
            images.ensure_images()
        if not _running(directory):
            layout, server = _lay_out(name, directory, has_node=not missing)
            configure(layout, directory, server=server, image_store=images.store())
            components.save(directory / "components.json", components.components(layout, programs))
            (directory / "layout.json").write_text(json.dumps(_layout_fields(layout)))
            (directory / "wanted").touch()
        _keep(directory)
        _wait_until_serving(name, directory, wait_node=wait_node and not missing)
    return connection(name)


def down(name: str = "course") -> None:
    """Ends the cluster and removes everything that it made on this machine; does nothing where there is none."""
    directory = _directory(name)
    with _lock(name):
        with contextlib.suppress(FileNotFoundError):
            (directory / "wanted").unlink()
        for recorded in ("keeper", "holder"):
            process = Recorded.read(directory / f"{recorded}.json")
            if process is not None:
                first = enclosing.first_process(process.pid) if recorded == "holder" else None
                process.kill()
                _outlast(first)
        cgroups.remove(name)
        cable = directory / "cable.json"
        if cable.exists():
            enclosing.remove_link(json.loads(cable.read_text())["link"])
        _remove(directory)
    _lock_file(name).unlink(missing_ok=True)


def status(name: str = "course") -> Status:
    """What the cluster's processes are doing; never raises for a cluster that is not there."""
    directory = _directory(name)
    kubeconfig = directory / "kubeconfig"
    running = _running(directory)
    has_node = (directory / "cable.json").exists()
    ready = running and has_node and _node_ready(Requester(kubeconfig))
    server = connection(name).server if kubeconfig.exists() else ""
    parts = tuple(_components(directory)) if running else ()
    return Status(name, running, server, ready, has_node, parts, directory, kubeconfig)


def list_clusters() -> list[str]:
    """Names of the clusters that have left anything on this machine."""
    root = state_dir() / "clusters"
    return sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []


def kubeconfig_path(name: str = "course") -> Path:
    """The administrator's kubeconfig.

    Raises:
        ClusterNotRunning: there is no such cluster.
    """
    path = _directory(name) / "kubeconfig"
    if not path.exists():
        raise ClusterNotRunning(
            f"no embedded cluster called {name}", next_step=f"autograder cluster up --name {name}"
        )
    return path


def connection(name: str = "course") -> Connection:
    """The running cluster as everything else sees it."""
    return Connection(kubeconfig_path(name), image_prefix=images.REGISTRY, kubectl=building.kubectl())


def log_files(name: str, component: str | None = None) -> list[Path]:
    """The logs of one component, or of all; the older half of a rotated one first.

    Raises:
        ClusterError: there is no such component.
    """
    logs = _directory(name) / "logs"
    found = sorted(logs.glob("*.log")) if component is None else [logs / f"{component}.log"]
    if not all(path.exists() for path in found) or not found:
        names = ", ".join(path.stem for path in sorted(logs.glob("*.log"))) or "none"
        raise ClusterError(f"no log of {component or name}", expected=f"one of: {names}")
    return [path for log in found for path in (log.with_suffix(".log.1"), log) if path.exists()]


def missing_requirements() -> list[str]:
    """Why a node cannot run here, one sentence each; empty where it can."""
    reasons = []
    if os.geteuid() != 0:
        reasons.append("a node needs root (network, mounts and containers)")
    packages = sorted({package for program, package in _REQUIRED.items() if shutil.which(program) is None})
    if packages:
        reasons.append(f"not installed: {', '.join(packages)} (apt-get install {' '.join(packages)})")
    return reasons


def _programs(*, has_node: bool) -> components.Programs:
    kube = building.program("kube").parent
    if not has_node:
        nowhere = kube / "none"
        return components.Programs(kube, nowhere, nowhere, nowhere)
    building.program("pause")
    return components.Programs(
        kube,
        building.program("registry"),
        # These two may still be building; the supervisor starts each when it is there.
        building.path("metrics-server"),
        building.path("kube-router"),
    )


def _lay_out(name: str, directory: Path, *, has_node: bool) -> tuple[components.Layout, str]:
    """Addresses for a cluster about to start, the same as last time where there was one; and the API server's URL."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    described = directory / "cable.json"
    if has_node:
        if described.exists():
            cable = enclosing.Cable(**json.loads(described.read_text()))
        else:
            cable = enclosing.free_cable(name)
            described.write_text(json.dumps(cable.__dict__))
        layout = components.Layout(
            name, enclosing.BASE, cable.node_address, "0.0.0.0", _USUAL_API_PORT, 2379, 2380, has_node=True  # noqa: S104
        )
        return layout, f"https://{cable.node_address}:{_USUAL_API_PORT}"
    ports = directory / "ports.json"
    if not ports.exists():
        ports.write_text(json.dumps(_free_ports(_USUAL_API_PORT, 2379, 2380)))
    api, etcd, peer = json.loads(ports.read_text())
    layout = components.Layout(name, directory, _UNROUTED_ADDRESS, "127.0.0.1", api, etcd, peer, has_node=False)
    return layout, f"https://127.0.0.1:{api}"


def _layout_fields(layout: components.Layout) -> dict[str, object]:
    return {key: str(value) if isinstance(value, Path) else value for key, value in vars(layout).items()}


def _load_layout(directory: Path) -> components.Layout:
    fields = json.loads((directory / "layout.json").read_text())
    return components.Layout(**{**fields, "base": Path(fields["base"])})


def _free_ports(*usual: int) -> list[int]:
    """Each usual port where it is free, else one that the kernel picks; all held until all are chosen."""
    with contextlib.ExitStack() as held:
        chosen = []
        for port in usual:
            probe = held.enter_context(socket.socket())
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                probe.bind(("127.0.0.1", 0))
            chosen.append(probe.getsockname()[1])
        return chosen


def _keep(directory: Path) -> None:
    """A keeper, unless one is at work."""
    keeper = Recorded.read(directory / "keeper.json")
    if keeper is not None and keeper.alive:
        return
    with (directory / "logs" / "keeper.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "autograder.cluster.keeping", str(directory)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )


def _wait_until_serving(name: str, directory: Path, *, wait_node: bool) -> None:
    api = Requester(directory / "kubeconfig")
    deadline = time.monotonic() + _READY_TIMEOUT_S
    _wait(lambda: _ready(api), deadline, f"the API server of {name}", name, "kube-apiserver")
    addons.install(api, _load_layout(directory))
    if wait_node:
        _wait(lambda: _node_ready(api), deadline, f"the node of {name}", name, "kubelet")


def _wait(holds: Callable[[], bool], deadline: float, what: str, name: str, component: str) -> None:
    while not holds():
        if time.monotonic() > deadline:
            raise ClusterError(
                f"{what} was not ready within {_READY_TIMEOUT_S} s",
                next_step=f"autograder cluster logs {component} --name {name}",
            )
        time.sleep(_POLL_S)


def _ready(api: Requester) -> bool:
    try:
        return api.send("GET", "/readyz")[0] == 200
    except OSError:
        return False


def _node_ready(api: Requester) -> bool:
    try:
        code, nodes = api.send("GET", "/api/v1/nodes")
    except OSError:
        return False
    conditions = [each for node in nodes.get("items", []) for each in node["status"].get("conditions", [])]
    return code == 200 and any(each["type"] == "Ready" and each["status"] == "True" for each in conditions)


def _running(directory: Path) -> bool:
    holder = Recorded.read(directory / "holder.json")
    return holder is not None and holder.alive


def _components(directory: Path) -> Iterator[ComponentStatus]:
    pids = _pids_inside(directory)
    try:
        state = json.loads((directory / "state.json").read_text())
    except (OSError, ValueError):
        return
    for part in state:
        yield ComponentStatus(part["name"], pids.get(part["pid"]), max(part["starts"] - 1, 0), part["state"])


def _pids_inside(directory: Path) -> dict[int, int]:
    """The pid that the supervisor knows each of its children by → the pid that this machine knows it by."""
    holder = Recorded.read(directory / "holder.json")
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


def _outlast(pid: int | None, timeout_s: float = 10) -> None:
    """Returns when the first process inside has gone, and with it all the others."""
    deadline = time.monotonic() + timeout_s
    while pid is not None and Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def _remove(directory: Path) -> None:
    """Removes the directory; its mounts went with the namespaces, a moment after the last process."""
    deadline = time.monotonic() + 10
    while directory.exists():
        try:
            shutil.rmtree(directory)
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _directory(name: str) -> Path:
    if not re.fullmatch(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?", name):
        raise ClusterError(
            f"the name {name!r}", expected="at most 40 lower-case letters, digits and hyphens", next_step="choose another"
        )
    return state_dir() / "clusters" / name


def _lock_file(name: str) -> Path:
    return state_dir() / f"{name}.lock"


@contextlib.contextmanager
def _lock(name: str) -> Iterator[None]:
    """One `up` or `down` of a cluster at a time."""
    _directory(name)
    state_dir().mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        with _lock_file(name).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # A `down` that held it before may have removed the file; then this lock is nobody's.
            if _lock_file(name).exists() and os.fstat(file.fileno()).st_ino == _lock_file(name).stat().st_ino:
                yield
                return

