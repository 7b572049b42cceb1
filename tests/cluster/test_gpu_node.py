"""The second node: it comes when a lab asks, takes no Pods unasked, has the first one's walls, goes with `down`."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cluster import traces  # type: ignore[import-not-found]
from cluster.test_embedded import eventually  # type: ignore[import-not-found]
from cluster.test_walls import AS_ROOT, FORGE, addresses  # type: ignore[import-not-found]

from autograder.cluster import components, confining, embedded, enclosing, nodes, supervising
from autograder.cluster.connection import Connection

Kubectl = Callable[..., subprocess.CompletedProcess[str]]
TOLERATION = {"key": nodes.GPU, "operator": "Exists"}
ONE_GPU = {"limits": {nodes.GPU: 1}}
SERVER = "import http.server as h; h.test(h.SimpleHTTPRequestHandler, port=8080)"


@pytest.fixture(scope="module")
def with_gpus(connection: Connection) -> Connection:
    """The tests' cluster, with the second node."""
    embedded.adjoin(connection.kubeconfig.parent.name)
    return connection


@pytest.fixture
def kubectl(with_gpus: Connection) -> Iterator[Kubectl]:
    """kubectl in a namespace of the test's own."""
    namespace = f"gpus-{os.urandom(4).hex()}"

    def run(*argv: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [str(with_gpus.kubectl), f"--kubeconfig={with_gpus.kubeconfig}", "--namespace", namespace, *argv]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0 or not check, done.stderr
        return done

    run("create", "namespace", namespace)
    run("wait", "--for=create", "serviceaccount/default", "--timeout=60s")
    yield run
    run("delete", "namespace", namespace, "--wait=false")


def make_pod(
    kubectl: Kubectl,
    program: str,
    *,
    name: str = "",
    gpu: bool = True,
    security: dict[str, object] | None = None,
    **spec: object,
) -> str:
    """A Pod on the second node, or one that has no reason to be there; its name."""
    name = name or f"pod-{os.urandom(3).hex()}"
    container = {"name": "main", "image": "localhost:5000/python:1", "command": ["python3", "-u", "-c", program]}
    container |= {"securityContext": security or {}, **({"resources": ONE_GPU} if gpu else {})}
    body = {"containers": [container], "terminationGracePeriodSeconds": 0, "restartPolicy": "Never"}
    body |= {"tolerations": [TOLERATION]} if gpu else {}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": {"app": name}}}
    kubectl("apply", "-f", "-", stdin=json.dumps({**pod, "spec": {**body, **spec}}))
    return name


def said(kubectl: Kubectl, name: str) -> str:
    """What a Pod printed that ran to its end."""
    done = kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", f"pod/{name}", "--timeout=90s", check=False)
    printed = kubectl("logs", name, check=False).stdout
    assert done.returncode == 0, printed + kubectl("get", "pod", name, "-o", "yaml").stdout[-2000:]
    return printed


def node_of(kubectl: Kubectl, name: str) -> str:
    return kubectl("get", "pod", name, "-o", "jsonpath={.spec.nodeName}").stdout


def second(connection: Connection) -> str:
    return f"{connection.kubeconfig.parent.name}-gpu"


def test_a_pod_with_a_gpu_runs_there_and_reaches_a_service_of_the_first_node_by_name(
    kubectl: Kubectl, with_gpus: Connection
) -> None:
    make_pod(kubectl, SERVER, name="server", gpu=False)
    kubectl("expose", "pod", "server", "--port=80", "--target-port=8080")
    kubectl("wait", "--for=condition=Ready", "pod/server", "--timeout=60s")
    ask = "import urllib.request as u; print(u.urlopen('http://server', timeout=10).status)"
    name = make_pod(kubectl, ask)
    assert said(kubectl, name).strip() == "200"
    assert node_of(kubectl, name) == second(with_gpus)
    assert node_of(kubectl, "server") == with_gpus.kubeconfig.parent.name


def test_a_service_there_is_reached_from_the_first_node_and_through_the_api_server(kubectl: Kubectl) -> None:
    make_pod(kubectl, SERVER, name="server")
    kubectl("expose", "pod", "server", "--port=80", "--target-port=8080")
    kubectl("wait", "--for=condition=Ready", "pod/server", "--timeout=60s")
    ask = "import urllib.request as u; print(u.urlopen('http://server', timeout=10).status)"
    assert said(kubectl, make_pod(kubectl, ask, gpu=False)).strip() == "200"
    namespace = json.loads(kubectl("get", "pod", "server", "-o", "json").stdout)["metadata"]["namespace"]
    path = f"/api/v1/namespaces/{namespace}/pods/server:8080/proxy/"
    eventually(lambda: kubectl("get", "--raw", path, check=False).returncode == 0, 20, "the API server's proxy")
    assert "Serving HTTP" in kubectl("logs", "server").stdout
    assert kubectl("exec", "server", "--", "echo", "heard").stdout.strip() == "heard"


def test_a_pod_without_a_toleration_is_never_put_there(kubectl: Kubectl, with_gpus: Connection) -> None:
    name = make_pod(kubectl, "pass", gpu=False, nodeSelector=dict([nodes.GPU_LABEL]))
    message = "jsonpath={.status.conditions[?(@.type=='PodScheduled')].message}"
    eventually(lambda: "untolerated taint" in kubectl("get", "pod", name, "-o", message).stdout, 20, "it waits")
    assert node_of(kubectl, name) == ""
    others = kubectl("get", "pods", "-A", "--field-selector", f"spec.nodeName={second(with_gpus)}", "-o", "json").stdout
    for pod in json.loads(others)["items"]:
        assert any(each.get("key") in (nodes.GPU, None) for each in pod["spec"]["tolerations"]), pod["metadata"]


def test_gpus_are_counted_and_survive_a_restart_of_the_kubelet(kubectl: Kubectl, with_gpus: Connection) -> None:
    cluster, path = with_gpus.kubeconfig.parent.name, ("get", "node", second(with_gpus), "-o")
    allocatable = "jsonpath={.status.allocatable.nvidia\\.com/gpu}"
    assert kubectl(*path, allocatable).stdout == str(nodes.GPUS)
    victim = part(cluster, "kubelet")
    os.kill(victim, signal.SIGKILL)
    eventually(lambda: part(cluster, "kubelet") not in (victim, None), 15, "the kubelet runs again")
    name = make_pod(kubectl, "print('after')")
    assert said(kubectl, name).strip() == "after"
    assert kubectl(*path, allocatable).stdout == str(nodes.GPUS)


def test_the_node_as_a_whole_is_healed(kubectl: Kubectl, with_gpus: Connection) -> None:
    cluster = with_gpus.kubeconfig.parent.name
    victim = next(each.pid for each in embedded.status(cluster).components if each.name == nodes.GPU_NODE)
    assert victim is not None
    os.kill(victim, signal.SIGKILL)
    embedded.adjoin(cluster)
    assert said(kubectl, make_pod(kubectl, "print('again')")).strip() == "again"


def part(cluster: str, name: str) -> int | None:
    return next(each.pid for each in embedded.status(cluster).components if each.name == f"{nodes.GPU_NODE}/{name}")


def test_a_container_there_has_no_raw_sockets_and_no_ipv6(kubectl: Kubectl) -> None:
    program = (
        "import os, socket\n"
        "try:\n    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW); print('raw')\n"
        "except PermissionError: print('refused')\n"
        "p = '/proc/net/if_inet6'; print('addresses:', open(p).read() if os.path.exists(p) else '')\n"
    )
    assert said(kubectl, make_pod(kubectl, program, security={"runAsUser": 0})).split() == ["refused", "addresses:"]


def test_a_forged_address_gets_nothing_out_of_there_to_the_machine(kubectl: Kubectl, with_gpus: Connection) -> None:
    machine, node = addresses(with_gpus)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind((machine, 0))
        listener.settimeout(2)
        forged = ("203.0.113.7", node, "10.96.0.1", "10.244.0.250", nodes.GPU_ADDRESS, nodes.FIRST_END, machine)
        sources = ", ".join(map(repr, forged))
        program = FORGE % {"sources": sources, "machine": machine, "node": node, "port": listener.getsockname()[1]}
        assert said(kubectl, make_pod(kubectl, program, security=AS_ROOT)).split() == ["sent"]
        with pytest.raises(TimeoutError):
            pytest.fail(f"the machine received {listener.recv(2000)!r}")


@pytest.mark.parametrize("gpu", [True, False], ids=["from the second node", "from the first"])
def test_a_pod_reaches_the_api_server_and_dns_and_no_other_process_of_either_node(
    kubectl: Kubectl, with_gpus: Connection, gpu: bool
) -> None:
    machine, node = addresses(with_gpus)
    with socket.socket() as listener:
        listener.bind((machine, 0))
        listener.listen()
        program = (
            "import socket, time\n"
            "until = time.monotonic() + 20\n"
            "while time.monotonic() < until:\n"  # a new Pod is let in after a moment
            f"    try:\n        socket.create_connection(('{node}', 6443), timeout=1); break\n"
            "    except OSError: pass\n"
            f"targets = [('{node}', port) for port in (6443, 53, 10250, 4443, 10256, 2379, 5000)]\n"
            f"targets += [('{nodes.GPU_ADDRESS}', port) for port in (10250, 10256, 5000)]\n"
            f"targets += [('{nodes.FIRST_END}', port) for port in (10250, 2379, 5000)]\n"
            f"targets += [('{machine}', {listener.getsockname()[1]})]\n"
            "for target in targets:\n"
            "    try:\n        socket.create_connection(target, timeout=1); print(*target)\n"
            "    except OSError: pass\n"
        )
        assert said(kubectl, make_pod(kubectl, program, gpu=gpu)).split("\n")[:-1] == [f"{node} 6443", f"{node} 53"]


def test_a_policy_holds_on_the_second_node(kubectl: Kubectl) -> None:
    make_pod(kubectl, SERVER, name="server")
    policy = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "server"},
        "spec": {
            "podSelector": {"matchLabels": {"app": "server"}},
            "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "friend"}}}]}],
        },
    }
    kubectl("apply", "-f", "-", stdin=json.dumps(policy))
    kubectl("expose", "pod", "server", "--port=80", "--target-port=8080")
    kubectl("wait", "--for=condition=Ready", "pod/server", "--timeout=60s")
    # A policy reaches a new Pod's rules a moment after it starts: a friend is let in by then, or is asked again.
    ask = (
        "import time, urllib.request as u\n"
        "end = time.monotonic() + %s\n"
        "while True:\n"
        "    try: print(u.urlopen('http://server', timeout=1).status); break\n"
        "    except OSError:\n"
        "        if time.monotonic() > end: print('refused'); break\n"
        "        time.sleep(0.2)\n"
    )
    assert said(kubectl, make_pod(kubectl, ask % 20, name="friend", gpu=False)).strip() == "200"
    assert said(kubectl, make_pod(kubectl, ask % 3, name="stranger", gpu=False)).strip() == "refused"
    assert said(kubectl, make_pod(kubectl, ask % 3, name="neighbour")).strip() == "refused"


def test_a_pod_there_that_wants_a_volume_of_the_first_node_is_told_so(kubectl: Kubectl) -> None:
    claim = {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Mi"}}}
    manifest = {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "data"}, "spec": claim}
    kubectl("apply", "-f", "-", stdin=json.dumps(manifest))
    kubectl("wait", "--for=jsonpath={.status.phase}=Bound", "pvc/data", "--timeout=30s")
    volumes = [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]
    name = make_pod(kubectl, "pass", volumes=volumes)
    message = "jsonpath={.status.conditions[?(@.type=='PodScheduled')].message}"
    said_why = "PersistentVolume's node affinity"
    eventually(lambda: said_why in kubectl("get", "pod", name, "-o", message).stdout, 20, "the scheduler says why")
    assert said(kubectl, make_pod(kubectl, "pass", gpu=False, volumes=volumes)) == ""


def test_status_and_logs_show_it(with_gpus: Connection) -> None:
    cluster = with_gpus.kubeconfig.parent.name
    status = embedded.status(cluster)
    assert status.gpu_node_ready
    names = {each.name for each in status.components if each.state in ("running", "done")}
    assert {"gpu-node", "gpu-node/containerd", "gpu-node/kubelet", "gpu-node/kube-router"} <= names
    assert [path.name for path in embedded.log_files(cluster, "gpu-node/kubelet")][-1] == "kubelet.log"


def test_to_ask_again_starts_nothing(with_gpus: Connection) -> None:
    cluster = with_gpus.kubeconfig.parent.name
    before = part(cluster, "kubelet")
    embedded.adjoin(cluster)
    assert part(cluster, "kubelet") == before


@pytest.mark.live
@pytest.mark.alone
def test_down_leaves_nothing_of_it() -> None:
    name = f"t-{uuid.uuid4().hex[:8]}"
    before = traces.take(name)
    embedded.up(name)
    try:
        embedded.adjoin(name)
        during = traces.take(name)
        assert during.interfaces - before.interfaces, "the listing finds the cable of a running cluster"
        assert len(during.interfaces - before.interfaces) == 1, "the second node's cable is not the machine's"
        assert during.kernel_settings == before.kernel_settings
    finally:
        embedded.down(name)
    assert traces.take(name) == before


def test_a_cluster_without_it_says_nothing_of_it(disposable_cluster: str) -> None:
    assert embedded.status(disposable_cluster).gpu_node_ready is None


def test_packets_from_the_second_node_pass_the_walls_of_the_first() -> None:
    rules = confining._rules("uplink", 6443)
    assert f"-A PREROUTING -i {nodes.LINK} -j DROP" in rules
    assert rules.count(f"-A INPUT -i {nodes.LINK} -j DROP") == 1
    own = confining._rules_of_second("uplink", "10.88.0.2")
    assert "! -s 10.244.64.0/18 -j DROP" in own
    assert ":FORWARD DROP" in own
    assert own.rstrip().endswith("-A INPUT -i uplink -j DROP\nCOMMIT")


def test_the_node_is_set_apart_from_its_first_moment() -> None:
    layout = components.Layout("c", enclosing.BASE, "10.88.0.2", "0.0.0.0", 6443, 2379, 2380, has_node=True)
    node = nodes.with_gpus(layout)
    made = nodes.manifest(node)
    assert made["spec"]["taints"] == [nodes.GPU_TAINT]
    assert made["spec"]["podCIDR"] == node.pod_range
    assert not node.registers, "a kubelet that registers sets what it does not know to 0"
    assert (node.api, node.cgroup) == ("10.88.0.2:6443", "/autograder-c/gpu-node")


def test_what_is_added_to_the_list_joins_and_what_is_there_is_not_taken_twice(tmp_path: Path) -> None:
    first = components.Component("first", ("true",))
    components.save(tmp_path / "components.json", [first])
    supervisor = supervising.Supervisor(tmp_path, [first])
    supervisor._take_in()
    assert [each.component.name for each in supervisor.parts] == ["first"]
    components.save(tmp_path / "components.json", [first, components.Component("second", ("true",))])
    supervisor._take_in()
    supervisor._take_in()
    assert [each.component.name for each in supervisor.parts] == ["first", "second"]
    (tmp_path / "components.json").write_text("{")
    supervisor._take_in()
    assert len(supervisor.parts) == 2
