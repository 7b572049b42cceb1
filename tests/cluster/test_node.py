"""What a student meets on the embedded cluster: versions, names, metrics, volumes, image errors, walls."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
from kubernetes import client

from autograder.cluster.connection import Connection


@pytest.fixture
def kubectl(connection: Connection) -> Iterator[Callable[..., subprocess.CompletedProcess[str]]]:
    """kubectl in a namespace of the test's own."""
    assert connection.kubectl is not None
    environment = os.environ | {"KUBECONFIG": str(connection.kubeconfig)}
    namespace = f"node-{os.urandom(4).hex()}"

    def run(*argv: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [str(connection.kubectl), "--namespace", namespace, *argv]
        return subprocess.run(
            command, env=environment, input=stdin, capture_output=True, text=True, check=check, timeout=120
        )

    run("create", "namespace", namespace)
    yield run
    run("delete", "namespace", namespace, "--wait=false")


def pod(name: str, image: str = "python:1", command: str = "import time; time.sleep(600)", **spec: object) -> str:
    container = {"name": "main", "image": f"localhost:5000/{image}", "command": ["python3", "-c", command]}
    body = {"containers": [container], "terminationGracePeriodSeconds": 0, "restartPolicy": "Never"}
    metadata = {"name": name, "labels": {"app": name}}
    return json.dumps({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {**body, **spec}})


def test_the_server_is_kubernetes_1_35(kubectl: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    version = json.loads(kubectl("version", "-o", "json").stdout)
    assert version["serverVersion"]["gitVersion"].startswith("v1.35.")
    assert version["clientVersion"]["gitVersion"].startswith("v1.35.")


def test_a_service_name_resolves_and_answers_in_a_pod(
    kubectl: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    kubectl(
        "apply",
        "-f",
        "-",
        stdin=pod("server", command="import http.server as h; h.test(h.SimpleHTTPRequestHandler, port=8080)"),
    )
    kubectl("expose", "pod", "server", "--port=80", "--target-port=8080")
    kubectl("wait", "--for=condition=Ready", "pod/server", "--timeout=60s")
    ask = "import urllib.request as u; print(u.urlopen('http://server', timeout=10).status)"
    kubectl("apply", "-f", "-", stdin=pod("client", command=ask))
    kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/client", "--timeout=60s")
    assert kubectl("logs", "client").stdout.strip() == "200"


def test_a_pod_reaches_neither_the_machine_nor_the_internet(
    kubectl: Callable[..., subprocess.CompletedProcess[str]], connection: Connection
) -> None:
    node = connection.server.split("//")[1].split(":")[0]
    machine = node.rsplit(".", 1)[0] + "." + str(int(node.rsplit(".", 1)[1]) - 1)
    # A listener on the machine's end of the cable, which the machine itself can reach.
    import socket

    with socket.socket() as listener:
        listener.bind((machine, 0))
        listener.listen()
        port = listener.getsockname()[1]
        socket.create_connection((machine, port), timeout=5).close()
        attempt = (
            "import socket\n"
            f"for address in [('{machine}', {port}), ('{node}', 2379), ('{node}', 5000)]:\n"
            "    try:\n        socket.create_connection(address, timeout=3); print('reached', address)\n"
            "    except OSError as error: print('refused')\n"
        )
        kubectl("apply", "-f", "-", stdin=pod("outward", command=attempt))
        kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", "pod/outward", "--timeout=60s")
    assert kubectl("logs", "outward").stdout.split() == ["refused"] * 3
    routes = kubectl("exec", "outward", "--", "true", check=False)
    assert routes.returncode != 0, "a finished Pod runs nothing"


def test_kubectl_top_answers(kubectl: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    kubectl("apply", "-f", "-", stdin=pod("busy", command="while True: pass", activeDeadlineSeconds=60))
    deadline = time.monotonic() + 90
    while (found := kubectl("top", "pod", "busy", "--no-headers", check=False)).returncode:
        assert time.monotonic() < deadline, found.stderr
        time.sleep(1)
    kubectl("delete", "pod", "busy", "--wait=false")
    assert found.stdout.startswith("busy")


def test_a_claim_binds_and_what_is_written_outlives_the_pod(
    kubectl: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "data"},
        "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Mi"}}},
    }
    kubectl("apply", "-f", "-", stdin=json.dumps(claim))
    kubectl("wait", "--for=jsonpath={.status.phase}=Bound", "pvc/data", "--timeout=30s")
    mount = {"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]}
    for name, command in {
        "writer": "open('/data/x', 'w').write('kept')",
        "reader": "print(open('/data/x').read())",
    }.items():
        manifest = json.loads(pod(name, command=command, **mount))
        manifest["spec"]["containers"][0]["volumeMounts"] = [{"name": "data", "mountPath": "/data"}]
        kubectl("apply", "-f", "-", stdin=json.dumps(manifest))
        kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", f"pod/{name}", "--timeout=60s")
    assert kubectl("logs", "reader").stdout.strip() == "kept"


def test_an_image_tag_that_does_not_exist_gives_image_pull_backoff(
    kubectl: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    kubectl("apply", "-f", "-", stdin=pod("missing", image="python:no-such-tag"))
    reason = "jsonpath={.status.containerStatuses[0].state.waiting.reason}"
    kubectl("wait", f"--for={reason}=ImagePullBackOff", "pod/missing", "--timeout=60s")
    events = kubectl("get", "events", "-o", "jsonpath={.items[*].message}").stdout
    assert "localhost:5000/python:no-such-tag" in events


def test_a_privileged_pod_is_refused(kubectl: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    manifest = json.loads(pod("root"))
    manifest["spec"]["containers"][0]["securityContext"] = {"privileged": True}
    refused = kubectl("apply", "-f", "-", stdin=json.dumps(manifest), check=False)
    assert refused.returncode != 0
    assert "rivileged" in refused.stderr


def test_a_container_over_its_memory_limit_is_oom_killed(
    kubectl: Callable[..., subprocess.CompletedProcess[str]], connection: Connection
) -> None:
    manifest = json.loads(pod("greedy", command="x = bytearray(200_000_000)"))
    manifest["spec"]["containers"][0]["resources"] = {"limits": {"memory": "50Mi"}}
    namespace = json.loads(kubectl("apply", "-f", "-", "-o", "json", stdin=json.dumps(manifest)).stdout)["metadata"][
        "namespace"
    ]
    kubectl("wait", "--for=jsonpath={.status.phase}=Failed", "pod/greedy", "--timeout=60s")
    with connection.api_client() as api:
        state = client.CoreV1Api(api).read_namespaced_pod("greedy", namespace).status.container_statuses[0].state
    assert (state.terminated.reason, state.terminated.exit_code) == ("OOMKilled", 137)
