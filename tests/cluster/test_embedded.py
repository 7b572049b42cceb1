"""The embedded cluster comes up, heals and goes without a trace."""

from __future__ import annotations

import os
import signal
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from cluster import traces  # type: ignore[import-not-found]

from autograder.cluster import addons, agents, embedded
from autograder.cluster.connection import Connection
from autograder.cluster.processes import Recorded
from autograder.cluster.requesting import Requester

pytestmark = pytest.mark.live

HEALING_S = 10


def eventually(holds: Callable[[], object], timeout_s: float, what: str) -> float:
    """Seconds until `holds` was true; fails when it was not within `timeout_s`."""
    started = time.monotonic()
    while not holds():
        assert time.monotonic() - started < timeout_s, f"not within {timeout_s} s: {what}"
        time.sleep(0.1)
    return time.monotonic() - started


def kubectl(name: str, *argv: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
    connection = embedded.connection(name)
    assert connection.kubectl is not None
    return subprocess.run(
        [connection.kubectl, *argv],
        env=os.environ | {"KUBECONFIG": str(connection.kubeconfig)},
        input=stdin,
        capture_output=True,
        text=True,
        check=check,
        timeout=120,
    )


def serving(name: str) -> bool:
    """The API server answers, the node is ready and every component runs; metrics come later."""
    status = embedded.status(name)
    if not status.running or not status.node_ready:
        return False
    try:
        ready = Requester(status.kubeconfig).send("GET", "/readyz")[0] == 200
    except OSError:
        return False
    parts = [part for part in status.components if part.name != agents.METRICS_API]
    return ready and all(part.state in {"running", "done"} for part in parts)


WORK = """
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 10Mi}}
---
apiVersion: v1
kind: Pod
metadata: {name: worker, labels: {app: worker}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: main
    image: localhost:5000/python:1
    command: [python3, -m, http.server, "8080"]
    volumeMounts: [{name: data, mountPath: /data}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: Service
metadata: {name: worker}
spec:
  selector: {app: worker}
  ports: [{port: 80, targetPort: 8080}]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: worker}
spec: {podSelector: {matchLabels: {app: worker}}, ingress: [{from: [{podSelector: {}}]}]}
"""


def start_work(name: str) -> None:
    kubectl(name, "apply", "-f", "-", stdin=WORK)
    kubectl(name, "wait", "--for=condition=Ready", "pod/worker", "--timeout=60s")


@pytest.mark.alone
def test_down_leaves_nothing_of_a_cluster_that_has_worked() -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    before = traces.take(name)
    embedded.up(name)
    try:
        start_work(name)
        during = traces.take(name)
        assert during.processes, "the listing finds the processes of a running cluster"
        assert during.interfaces - before.interfaces, "the listing finds the cable of a running cluster"
        assert during.cgroups, "the listing finds the Pods' control groups"
        assert during.kernel_settings == before.kernel_settings
        assert during.chains == before.chains, "no rule of a cluster is in the machine's own network"
    finally:
        embedded.down(name)
    assert traces.take(name) == before


@pytest.mark.alone
def test_down_leaves_nothing_when_everything_was_killed_first() -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    before = traces.take(name)
    embedded.up(name)
    try:
        start_work(name)
        kill_everything(name)
    finally:
        embedded.down(name)
    assert traces.take(name) == before


def kill_everything(name: str) -> None:
    """kill -9 of every process of the cluster, the keeper first so that it starts nothing again."""
    directory = embedded.status(name).directory
    for recorded in ("keeper", "holder"):
        process = Recorded.read(directory / f"{recorded}.json")
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
    eventually(lambda: not traces.take(name).processes, 10, "every process of the cluster has ended")


def test_a_cluster_killed_whole_comes_up_again_with_what_it_held(disposable_cluster: str) -> None:
    kubectl(disposable_cluster, "create", "configmap", "kept", "--from-literal=a=b")
    start_work(disposable_cluster)
    kill_everything(disposable_cluster)
    assert not embedded.status(disposable_cluster).running
    embedded.up(disposable_cluster)
    assert kubectl(disposable_cluster, "get", "configmap", "kept", "-o", "jsonpath={.data.a}").stdout == "b"
    eventually(lambda: _worker_serves(disposable_cluster), 60, "the Pod of before runs again")


def _worker_serves(name: str) -> bool:
    path = "/api/v1/namespaces/default/services/worker/proxy/"
    return kubectl(name, "get", "--raw", path, check=False).returncode == 0


@pytest.fixture(scope="module")
def sturdy() -> Iterator[str]:
    """One cluster whose parts are killed one after another."""
    name = f"t-{uuid.uuid4().hex[:8]}"
    embedded.up(name)
    yield name
    embedded.down(name)


@pytest.mark.parametrize(
    "component",
    [
        "etcd",
        "kube-apiserver",
        "kube-controller-manager",
        "kube-scheduler",
        "containerd",
        "kubelet",
        "kube-proxy",
        "coredns",
        "registry",
        "kube-router",
        "metrics-server",
        "volumes",
        "supervisor",
    ],
)
def test_a_killed_component_is_healed_within_ten_seconds(sturdy: str, component: str) -> None:
    eventually(lambda: serving(sturdy), 60, "the cluster serves before anything is killed")
    victim = _pid(sturdy, component)
    os.kill(victim, signal.SIGKILL)
    eventually(lambda: _pid(sturdy, component) not in {victim, None}, HEALING_S, f"{component} runs again")
    eventually(lambda: serving(sturdy), HEALING_S, f"the cluster serves again without the old {component}")


def _pid(name: str, component: str) -> int | None:
    if component == "supervisor":
        holder = Recorded.read(embedded.status(name).directory / "holder.json")
        return holder.pid if holder is not None else None
    return next(part.pid for part in embedded.status(name).components if part.name == component)


def test_a_killed_keeper_leaves_the_cluster_running_and_is_replaced_by_up(sturdy: str) -> None:
    keeper = Recorded.read(embedded.status(sturdy).directory / "keeper.json")
    assert keeper is not None
    os.kill(keeper.pid, signal.SIGKILL)
    eventually(lambda: not keeper.alive, 5, "the keeper has ended")
    assert serving(sturdy)
    embedded.up(sturdy)
    eventually(lambda: Recorded.read(keeper_file(sturdy)) not in {keeper, None}, 5, "a new keeper")
    assert serving(sturdy)


def test_a_metrics_server_that_hangs_keeps_no_namespace_from_going(sturdy: str) -> None:
    """An API that is registered and does not answer stops every removal: it is taken back, and comes again."""
    path = ("get", "apiservice", "v1beta1.metrics.k8s.io", "-o", "name")
    eventually(lambda: kubectl(sturdy, *path, check=False).returncode == 0, 90, "it is registered when it is ready")
    hung = _pid(sturdy, "metrics-server")
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)
    try:
        kubectl(sturdy, "create", "namespace", "leaving")
        eventually(lambda: kubectl(sturdy, *path, check=False).returncode, 60, "the API is taken back")
        kubectl(sturdy, "delete", "namespace", "leaving", "--timeout=60s")
    finally:
        os.kill(hung, signal.SIGCONT)
    eventually(lambda: kubectl(sturdy, *path, check=False).returncode == 0, 60, "it is registered again")


def keeper_file(name: str) -> Path:
    return embedded.status(name).directory / "keeper.json"


def test_up_finds_a_running_cluster_and_starts_nothing(sturdy: str) -> None:
    before = embedded.status(sturdy).components
    embedded.up(sturdy)
    assert [part.pid for part in embedded.status(sturdy).components] == [part.pid for part in before]


@pytest.mark.alone
def test_without_containerd_there_is_a_control_plane_and_it_says_why_no_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    before = traces.take(name)
    monkeypatch.setenv("PATH", str(tmp_path))  # nothing of a node's is found
    said: list[str] = []
    try:
        connection = embedded.up(name, say=said.append)
        assert "without a node" in " ".join(said)
        assert "apt-get install" in " ".join(said)
        status = embedded.status(name)
        assert (status.running, status.has_node, status.node_ready) == (True, False, False)
        assert kubectl(name, "get", "--raw", "/readyz").stdout == "ok"
        assert connection.server.startswith("https://127.0.0.1:")
        other = f"{name}-b"
        try:
            assert embedded.up(other).server != connection.server, "a second cluster takes other ports"
        finally:
            embedded.down(other)
        _assert_etcd_is_closed(status.directory)
    finally:
        embedded.down(name)
    monkeypatch.undo()
    assert traces.take(name) == before


def _assert_etcd_is_closed(directory: Path) -> None:
    """Another local user has the port and no certificate."""
    import json
    import ssl
    import urllib.request

    port = json.loads((directory / "ports.json").read_text())[1]
    unverified = ssl._create_unverified_context()
    with pytest.raises((OSError, ssl.SSLError)):
        urllib.request.urlopen(f"https://127.0.0.1:{port}/health", context=unverified, timeout=5)
    assert (directory / "pki").stat().st_mode & 0o077 == 0


def test_nothing_of_etcd_or_the_kubelet_listens_on_the_machine_itself(sturdy: str) -> None:
    listening = subprocess.run(["ss", "-Hltn"], capture_output=True, text=True, check=True).stdout
    ports = {line.split()[3].rpartition(":")[2] for line in listening.splitlines()}
    assert not ports & {"2379", "2380", "10250", "6443", "5000"}


def test_the_kubeconfig_works_for_any_tool_and_is_nobody_elses(sturdy: str) -> None:
    path = embedded.kubeconfig_path(sturdy)
    assert path.stat().st_mode & 0o077 == 0
    content = yaml.safe_load(path.read_text())
    assert content["current-context"] == sturdy
    assert "certificate-authority-data" in content["clusters"][0]["cluster"]


def test_what_an_api_server_that_hangs_up_did_not_take_is_put_in_again(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, asked, install = connection.kubeconfig.parent.name, [], addons.install

    def hang_up_once(*arguments: Any) -> None:
        asked.append(arguments)
        if len(asked) == 1:
            raise ConnectionResetError("closed")
        install(*arguments)

    monkeypatch.setattr(addons, "install", hang_up_once)
    embedded.up(name)
    assert len(asked) == 2
    assert serving(name)
