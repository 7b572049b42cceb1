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
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.cluster import addons, building, cgroups, components, enclosing, images
from autograder.cluster.configuring import configure
from autograder.cluster.connection import Connection
from autograder.cluster.observing import (
    ComponentStatus,
    Status,
    directory_of,
    kubeconfig_path,
    list_clusters,
    log_files,
    node_ready,
    running,
    status,
)
from autograder.cluster.places import state_dir
from autograder.cluster.processes import Recorded
from autograder.cluster.requesting import Requester
from autograder.errors import ClusterError

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


def up(name: str = "course", *, say: Say = lambda text: None, wait_node: bool = True) -> Connection:
    """Starts the cluster, or finds it running; returns when its API server and its node are ready.

    Programs and images that are missing are built first, which takes minutes once.

    Raises:
        BuildFailed: a program or image could not be built.
        ClusterError: a component did not come up in time.
    """
    directory = directory_of(name)
    with _lock(name):
        missing = missing_requirements()
        if missing:
            say(f"control plane only, without a node: {'; '.join(missing)}")
        programs = _programs(has_node=not missing)
        if not missing:
            images.ensure_images()
        if not running(directory):
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
    directory = directory_of(name)
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
    for place in (state_dir() / "clusters", state_dir()):
        with contextlib.suppress(OSError):  # other clusters are still there
            place.rmdir()


def connection(name: str = "course") -> Connection:
    """The running cluster as everything else sees it."""
    return Connection(kubeconfig_path(name), image_prefix=images.REGISTRY, kubectl=building.kubectl())


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
    # Nothing waits for these two: each joins the running cluster when it is built.
    building.build_in_background(("kube-router", "metrics-server"))
    return components.Programs(
        kube,
        building.program("registry"),
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
            name,
            enclosing.BASE,
            cable.node_address,
            "0.0.0.0",  # noqa: S104 (of a network of its own)
            _USUAL_API_PORT,
            2379,
            2380,
            has_node=True,
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
    layout = _load_layout(directory)
    addons.install(api, layout)
    (directory / Path(layout.furnished).name).touch()
    if wait_node:
        _wait(lambda: node_ready(api), deadline, f"the node of {name}", name, "kubelet")


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


def _lock_file(name: str) -> Path:
    return state_dir() / f"{name}.lock"


@contextlib.contextmanager
def _lock(name: str) -> Iterator[None]:
    """One `up` or `down` of a cluster at a time."""
    directory_of(name)
    state_dir().mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        with _lock_file(name).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # A `down` that held it before may have removed the file; then this lock is nobody's.
            if _lock_file(name).exists() and os.fstat(file.fileno()).st_ino == _lock_file(name).stat().st_ino:
                yield
                return


__all__ = [
    "ComponentStatus",
    "Status",
    "connection",
    "down",
    "kubeconfig_path",
    "list_clusters",
    "log_files",
    "missing_requirements",
    "status",
    "up",
]
