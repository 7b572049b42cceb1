"""The embedded cluster's life, seen from the machine: up, a second node, status, logs, down.

`up` leaves a directory below the user's state directory and a keeper process; everything else follows
from those two. Each step can be repeated: whatever a crash left behind, `up` goes on from there and
`down` removes it.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.cluster import (
    addons,
    addressing,
    adjoining,
    agents,
    building,
    cgroups,
    components,
    confining,
    diagnosing,
    enclosing,
    images,
    laying,
    nodes,
    places,
    privileges,
    room,
)
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
from autograder.cluster.processes import Recorded, running_module
from autograder.cluster.requesting import Requester
from autograder.deadlines import scaled
from autograder.errors import ClusterError, ClusterNotRunning, RequirementMissing

Say = Callable[[str], None]
"""Told, in a few words, what is being done."""

_READY_TIMEOUT_S = 60
_POLL_S = 0.05
_POLICY_TIMEOUT_S = 30
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
    with room.named(room.CLUSTER_MIB, directory, building.programs_dir(), Path(tempfile.gettempdir())), _lock(name):
        missing = missing_requirements()
        if missing:
            say(f"control plane only, without a node: {'; '.join(missing)}")
        programs = _programs(has_node=not missing)
        if not missing:
            images.ensure_images()
        if running(directory) and (broken := laying.damaged(directory)):
            say(f"{', '.join(broken)} of cluster {name} was damaged and is made again: the cluster starts anew")
            _end_processes(directory)
        elif running(directory) and laying.outdated(directory):
            say(
                f"cluster {name} was started by another version of this project: it starts anew, with all that is in it"
            )
            _end_processes(directory)
        if not running(directory):
            _end_processes(directory)  # none that is on record; others would have the directory's files open
            if not missing:
                cgroups.make(places.identity(directory))  # the keeper's too; what this machine lacks is said here
            layout, server = laying.lay_out(name, directory, has_node=not missing)
            configure(layout, directory, server=server, image_store=images.store())
            parts = components.control_plane(layout, programs) + agents.agents(layout, programs)
            if layout.has_node and adjoining.is_wanted(directory):
                parts.append(adjoining.lay_out(directory, layout, programs, image_store=images.store()))
            components.save(directory / "components.json", parts)
            laying.save(layout, directory)
            laying.sign(directory)
            (directory / "state.json").unlink(missing_ok=True)  # of the life before
            if not missing:
                cgroups.make(places.identity(directory))  # the keeper's too; what this machine lacks is said here
            (directory / "wanted").touch()
        _keep(directory)
        _wait_until_serving(name, directory, wait_node=wait_node, say=say)
    return connection(name)


def adjoin(name: str = "course", *, say: Say = lambda text: None) -> None:
    """Gives the running cluster its node with GPUs, or finds it there; returns when it takes Pods.

    It stays until the cluster goes, and comes again with it.

    Raises:
        ClusterNotRunning: there is no such cluster.
        RequirementMissing: it is a control plane alone, as this machine bears no node.
        ClusterError: the node was not ready in time.
    """
    directory = directory_of(name)
    with room.named(room.NODE_MIB, directory, Path(tempfile.gettempdir())), _lock(name):
        if not running(directory):
            raise ClusterNotRunning(f"no embedded cluster called {name} runs", next_step="autograder cluster up")
        layout = require_node(name, "a node, to set another with GPUs beside it")
        parts = components.load(directory / "components.json")
        api, node = Requester(directory / "kubeconfig"), nodes.with_gpus(layout)
        deadline = time.monotonic() + scaled(_READY_TIMEOUT_S)
        what = f"the node with GPUs of {name}"
        # Its taint is there before its kubelet is: no Pod of another lab's ever lands there.
        _wait(lambda: _registered(api, node), deadline, f"the Node object of {what}", name, "kube-apiserver")
        if not any(part.name == nodes.GPU_NODE for part in parts):
            say(f"a second node, with GPUs, is started beside the first of cluster {name}")
            second = adjoining.lay_out(directory, layout, _programs(has_node=True), image_store=images.store())
            components.save(directory / "components.json", [*parts, second])
        _wait(lambda: adjoining.is_ready(api, node, directory), deadline, what, name, nodes.GPU_NODE)


def require_node(name: str, expected: str) -> components.Layout:
    """The layout of a cluster that has a node.

    Args:
        expected: what is wanted of it, for whoever reads that there is none.

    Raises:
        RequirementMissing: it is a control plane alone.
    """
    layout = laying.load(directory_of(name))
    if layout is None or not layout.has_node:
        raise RequirementMissing(
            f"cluster {name} is a control plane alone: {'; '.join(missing_requirements()) or 'it has no node'}",
            expected=expected,
            next_step="mend what is named, then: autograder cluster down; autograder cluster up",
        )
    return layout


def _registered(api: Requester, node: nodes.Node) -> bool:
    try:
        return adjoining.register(api, node)
    except OSError:
        return False


def down(name: str = "course") -> None:
    """Ends the cluster and removes everything that it made on this machine; does nothing where there is none.

    What is built in the background is built for clusters: it ends with the last of them.
    """
    directory = directory_of(name)
    with _lock(name):
        with contextlib.suppress(FileNotFoundError):
            (directory / "wanted").unlink()
        _end_processes(directory)
        cgroups.remove(places.identity(directory))
        addressing.remove_link(addressing.link_of(directory))
        _remove(directory)
    if not any(running(directory_of(each)) for each in list_clusters()):
        building.end_background_builds()
    _lock_file(name).unlink(missing_ok=True)
    for place in (state_dir() / "clusters", state_dir()):
        with contextlib.suppress(OSError):  # other clusters are still there
            place.rmdir()


def _end_processes(directory: Path) -> None:
    """Ends keeper and supervisor, and with them all others; also where the files that name them are damaged."""
    for module, file in (("keeping", "keeper.json"), ("supervising", "holder.json")):
        recorded = Recorded.read(directory / file)
        found = running_module(f"autograder.cluster.{module}", str(directory))
        for process in ([recorded] if recorded is not None else []) + found:
            first = enclosing.first_process(process.pid) if module == "supervising" and process.alive else None
            process.kill()
            _outlast(first)


def connection(name: str = "course") -> Connection:
    """The running cluster as everything else sees it."""
    return Connection(kubeconfig_path(name), image_prefix=images.REGISTRY, kubectl=building.kubectl())


def missing_requirements() -> list[str]:
    """Why a node cannot run here, one sentence each; empty where it can."""
    reasons = privileges.lacking()
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


def _keep(directory: Path) -> None:
    """A keeper, unless one is at work."""
    keeper = Recorded.read(directory / "keeper.json")
    if (keeper is not None and keeper.alive) or running_module("autograder.cluster.keeping", str(directory)):
        return
    (directory / "keeper.json").unlink(missing_ok=True)  # of one that is gone
    with (directory / "logs" / "keeper.log").open("ab") as log:
        subprocess.Popen(
            [sys.executable, "-m", "autograder.cluster.keeping", str(directory)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
        )


def _wait_until_serving(name: str, directory: Path, *, wait_node: bool, say: Say) -> None:
    api = Requester(directory / "kubeconfig")
    deadline = time.monotonic() + scaled(_READY_TIMEOUT_S)
    _wait(lambda: _ready(api), deadline, f"the API server of {name}", name, "kube-apiserver")
    layout = laying.load(directory)
    if layout is None:
        raise ClusterError(f"no whole layout.json in {directory}", next_step=f"autograder cluster up --name {name}")
    _wait(lambda: _furnished(api, layout, name), deadline, f"what is put into {name}", name, "kube-apiserver")
    (directory / Path(layout.furnished).name).touch()
    if wait_node and layout.has_node:
        _wait(lambda: node_ready(api, layout.name), deadline, f"the node of {name}", name, "kubelet")
        _wait_for_policy(name, say)


def _furnished(api: Requester, layout: components.Layout, name: str) -> bool:
    """Puts in what is put into every cluster; False where the API server, ready as it was, did not take all of it."""
    try:
        if not _is_done(name, agents.METRICS_API):
            addons.withdraw_metrics(api)  # of a life before this one
        addons.install(api, layout)
    except OSError:
        return False
    return True


def _wait_for_policy(name: str, say: Say) -> None:
    """Returns when NetworkPolicies hold: until then Pods reach nothing, and a lab would wait in vain."""
    if _is_done(name, agents.POLICY):
        return
    if building.built("kube-router") is None:
        say("NetworkPolicies are not enforced before kube-router is built, and Pods reach nothing until then")
        building.program("kube-router")
    deadline = time.monotonic() + scaled(_POLICY_TIMEOUT_S)
    what = f"the enforcement of NetworkPolicies of {name}"
    _wait(lambda: _is_done(name, agents.POLICY), deadline, what, name, "kube-router")
    if not confining.FILTERS_BRIDGES.exists():
        say("NetworkPolicies do not hold between Pods: this kernel has no br_netfilter (modprobe br_netfilter)")


def _is_done(name: str, component: str) -> bool:
    return any(part.name == component and part.state == "done" for part in status(name, ask=False).components)


def _wait(holds: Callable[[], bool], deadline: float, what: str, name: str, component: str) -> None:
    started = time.monotonic()
    directory = directory_of(name)
    while not holds():
        if time.monotonic() > deadline or _has_given_up(directory):
            full = room.full_one((directory, Path(tempfile.gettempdir()), building.programs_dir()))
            if full is not None:
                raise room.shortage(full, room.CLUSTER_MIB, _ailing(directory, component).found)
            cause = _ailing(directory, component)
            raise ClusterError(
                f"{what} was not ready within {time.monotonic() - started:.0f} s: {cause.found}",
                next_step=f"{cause.remedy}autograder cluster logs {cause.component} --name {name}",
            )
        time.sleep(scaled(_POLL_S))


def _ailing(directory: Path, component: str) -> diagnosing.Ailing:
    if component == nodes.GPU_NODE:
        return adjoining.ailing(directory)
    return diagnosing.ailing(directory, component)


def _has_given_up(directory: Path) -> bool:
    """Whether the keeper has ended without a supervisor: it says why in its log, and nothing more will come."""
    keeper = Recorded.read(directory / "keeper.json")
    return keeper is not None and not keeper.alive and not running(directory)


def _ready(api: Requester) -> bool:
    try:
        return api.send("GET", "/readyz")[0] == 200
    except OSError:
        return False


def _outlast(pid: int | None, timeout_s: float = 10) -> None:
    """Returns when the first process inside has gone, and with it all the others."""
    deadline = time.monotonic() + scaled(timeout_s)
    while pid is not None and Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.01)


def _remove(directory: Path) -> None:
    """Removes the directory; its mounts went with the namespaces, a moment after the last process."""
    deadline = time.monotonic() + scaled(10)
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
    "adjoin",
    "connection",
    "down",
    "kubeconfig_path",
    "list_clusters",
    "log_files",
    "missing_requirements",
    "require_node",
    "status",
    "up",
]
