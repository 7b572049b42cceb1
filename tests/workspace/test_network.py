"""Pods of one workspace reach each other; a Pod of another workspace does not, and the API server's proxy does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kubernetes import client, watch

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api as CheckApi
from autograder.checks.api import Place
from autograder.checks.kubeconfig import read_account
from autograder.cluster.connection import Connection
from autograder.errors import CheckFailed, ClusterError
from autograder.workspace import Workspace
from autograder.workspace.network import api_server_egress, api_server_peers
from autograder.workspace.requesting import Answer, opened

# Reaching the API server first proves that the Pod's network works at all; a policy is written for a new Pod within
# a second of its start, so one refusal means nothing and a row of them does.
ASK = """
import socket, sys, time
host, patience = sys.argv[1], float(sys.argv[2])
socket.create_connection(("kubernetes.default", 443), 10).close()
end, answer = time.monotonic() + patience, "refused"
while answer == "refused" and time.monotonic() < end:
    try:
        socket.create_connection((host, 80), 1).close()
        answer = "reached"
    except OSError:
        time.sleep(0.2)
print(answer)
"""


class FakeApi:
    """Answers for a few paths what a cluster with these objects would."""

    def __init__(self, slices: list[dict[str, Any]], nodes: list[dict[str, Any]]) -> None:
        self.found = {"endpointslices": slices, "nodes": nodes}

    def get(self, path: str) -> Answer:
        if path.endswith("/services/kubernetes"):
            return Answer(200, {"spec": {"clusterIPs": ["10.96.0.1"]}} if self.found["endpointslices"] else {})
        return Answer(200, {"items": self.found[path.rpartition("/")[2]]})


def blocks(peers: list[dict[str, Any]]) -> set[str]:
    return {each["ipBlock"]["cidr"] for each in peers if "ipBlock" in each}


def a_slice(address: str) -> dict[str, Any]:
    return {
        "metadata": {"labels": {"kubernetes.io/service-name": "kubernetes"}},
        "endpoints": [{"addresses": [address]}],
        "ports": [{"name": "https", "port": 6443}],
    }


def a_node(address: str, pods: str) -> dict[str, Any]:
    return {
        "status": {"addresses": [{"type": "InternalIP", "address": address}, {"type": "Hostname", "address": "n"}]},
        "spec": {"podCIDRs": [pods]},
    }


def test_the_api_servers_addresses_are_let_in_and_other_nodes_are_not() -> None:
    nodes = [a_node("10.88.0.2", "10.244.0.0/24"), a_node("10.88.0.3", "10.244.1.0/24")]
    peers = api_server_peers(FakeApi([a_slice("10.88.0.2")], nodes))  # type: ignore[arg-type]
    assert blocks(peers) == {"10.88.0.2/32", "10.244.0.0/32", "10.244.0.1/32"}


def test_an_address_of_version_six_is_one_address_too() -> None:
    assert blocks(api_server_peers(FakeApi([a_slice("fd00::2")], []))) == {"fd00::2/128"}  # type: ignore[arg-type]


def test_where_no_address_may_be_read_the_rule_still_does_not_let_everybody_in() -> None:
    peers = api_server_peers(FakeApi([], []))  # type: ignore[arg-type]
    assert len(peers) == 1
    assert set(peers[0]) == {"namespaceSelector", "podSelector"}


def test_pods_are_let_out_to_the_api_server_by_both_of_its_addresses() -> None:
    rule = api_server_egress(FakeApi([a_slice("10.88.0.2")], []))  # type: ignore[arg-type]
    assert blocks(rule["to"]) == {"10.88.0.2/32", "10.96.0.1/32"}
    assert [each["port"] for each in rule["ports"]] == [443, 6443]


def test_where_no_address_may_be_read_pods_are_let_out_by_port_alone() -> None:
    rule = api_server_egress(FakeApi([], []))  # type: ignore[arg-type]
    assert blocks(rule["to"]) == {"0.0.0.0/0", "::/0"}
    assert {each["port"] for each in rule["ports"]} == {443, 6443}


@pytest.mark.live
def test_the_live_clusters_api_server_is_among_the_peers(connection: Connection) -> None:
    with opened(connection) as api:
        assert blocks(api_server_peers(api))


def serving(image: str) -> dict[str, Any]:
    return {
        "metadata": {"name": "server", "labels": {"app": "server"}},
        "spec": {
            "containers": [
                {
                    "name": "server",
                    "image": image,
                    "command": ["python3", "-m", "http.server", "8080"],
                    "readinessProbe": {"httpGet": {"port": 8080}, "periodSeconds": 1},
                }
            ]
        },
    }


def asking(image: str, host: str, patience_s: int) -> dict[str, Any]:
    command = ["python3", "-c", ASK, host, str(patience_s)]
    return {
        "metadata": {"name": "client"},
        "spec": {"restartPolicy": "Never", "containers": [{"name": "client", "image": image, "command": command}]},
    }


def await_pod(core: client.CoreV1Api, namespace: str, name: str, done: Callable[[client.V1Pod], bool]) -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end:
        stream = watch.Watch().stream(
            core.list_namespaced_pod, namespace, field_selector=f"metadata.name={name}", timeout_seconds=10
        )
        if any(done(event["object"]) for event in stream):
            return
    raise AssertionError(core.read_namespaced_pod(name, namespace).status)


def is_ready(pod: client.V1Pod) -> bool:
    return any(each.type == "Ready" and each.status == "True" for each in pod.status.conditions or [])


def answer_of(core: client.CoreV1Api, namespace: str) -> str:
    await_pod(core, namespace, "client", lambda pod: pod.status.phase in ("Succeeded", "Failed"))
    return str(core.read_namespaced_pod_log("client", namespace)).strip().rpartition("\n")[2]


@pytest.mark.live
def test_a_service_answers_its_own_workspace_and_the_proxy_and_nobody_else(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine, other = workspace(student="ada"), workspace(student="mallory")
    image = f"{mine.image_prefix}/python:1"
    core, stranger = client.CoreV1Api(as_student(mine)), client.CoreV1Api(as_student(other))
    core.create_namespaced_pod(mine.namespace, serving(image))
    service = {
        "metadata": {"name": "server"},
        "spec": {"selector": {"app": "server"}, "ports": [{"port": 80, "targetPort": 8080}]},
    }
    core.create_namespaced_service(mine.namespace, service)
    await_pod(core, mine.namespace, "server", is_ready)
    host = f"server.{mine.namespace}.svc"

    core.create_namespaced_pod(mine.namespace, asking(image, host, 30))
    assert answer_of(core, mine.namespace) == "reached"
    stranger.create_namespaced_pod(other.namespace, asking(image, host, 8))
    assert answer_of(stranger, other.namespace) == "refused"
    listing = core.connect_get_namespaced_service_proxy("server:80", mine.namespace)
    assert "Directory listing" in listing


DENIED = {
    "apiVersion": "networking.k8s.io/v1",
    "kind": "NetworkPolicy",
    "metadata": {"name": "default-deny"},
    "spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]},
}
CALL = """
import urllib.request
print(urllib.request.urlopen("http://server.{}", timeout=3).status)
"""


@pytest.fixture
def looking_as_the_grader(tmp_path: Path) -> Iterator[Callable[[Workspace], None]]:
    def look(mine: Workspace) -> None:
        (tmp_path / "grader").write_text(mine.grader_kubeconfig())
        place = Place(mine.namespace, mine.grader_namespace, image_prefix=mine.image_prefix)
        connecting.use(CheckApi(read_account(tmp_path / "grader"), place))

    yield look
    connecting.use(None)


@pytest.mark.live
def test_where_a_platform_denies_everything_the_grader_still_sees_and_blames_nobody_for_what_it_cannot(
    connection: Connection,
    workspace: Callable[..., Workspace],
    as_student: Callable[[Workspace], client.ApiClient],
    looking_as_the_grader: Callable[[Workspace], None],
) -> None:
    mine = workspace(student="ada")
    core = client.CoreV1Api(as_student(mine))
    with opened(connection) as api:
        for namespace in (mine.namespace, mine.grader_namespace):
            api.post(f"/apis/networking.k8s.io/v1/namespaces/{namespace}/networkpolicies", DENIED).must("deny")
    core.create_namespaced_pod(mine.namespace, serving(f"{mine.image_prefix}/python:1"))
    service = {"selector": {"app": "server"}, "ports": [{"port": 80, "targetPort": 8080}]}
    core.create_namespaced_service(mine.namespace, {"metadata": {"name": "server"}, "spec": service})
    await_pod(core, mine.namespace, "server", is_ready)
    looking_as_the_grader(mine)

    assert lab.probe(CALL.format(mine.namespace)).strip() == "200"
    with pytest.raises(CheckFailed, match="failed with exit code"):  # a name that leads nowhere is the student's
        lab.probe("import socket; socket.create_connection(('nowhere.invalid', 80), 2)", patience_s=0)

    with opened(connection) as api:
        path = f"/apis/networking.k8s.io/v1/namespaces/{mine.grader_namespace}/networkpolicies/closed"
        assert api.request("DELETE", path).status == 200
    for program in (CALL.format(mine.namespace), "import time; time.sleep(60)"):
        with pytest.raises(ClusterError, match=r"kubernetes\.default\.svc") as outage:
            lab.probe(program, timeout_s=5, patience_s=1)
        assert "nothing is held against the work" in outage.value.next_step
