"""What keeps Pods from the node, from the machine and from each other's share: each with somebody who tries."""

from __future__ import annotations

import http.client
import json
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autograder.cluster import agents, embedded, enclosing, volumes
from autograder.cluster.configuring import PIDS_PER_POD
from autograder.cluster.connection import Connection
from autograder.cluster.processes import Recorded

Kubectl = Callable[..., subprocess.CompletedProcess[str]]
AS_ROOT = {"runAsUser": 0, "capabilities": {"add": ["NET_RAW"]}}


@pytest.fixture
def kubectl(connection: Connection) -> Iterator[Kubectl]:
    """kubectl in a namespace of the test's own, where nothing but the node itself keeps Pods in."""
    namespace = f"walls-{os.urandom(4).hex()}"

    def run(*argv: str, stdin: str = "", check: bool = True) -> subprocess.CompletedProcess[str]:
        command = [str(connection.kubectl), f"--kubeconfig={connection.kubeconfig}", "--namespace", namespace, *argv]
        return subprocess.run(command, input=stdin, capture_output=True, text=True, check=check, timeout=120)

    run("create", "namespace", namespace)
    run("wait", "--for=create", "serviceaccount/default", "--timeout=60s")
    yield run
    run("delete", "namespace", namespace, "--wait=false")


def said_by(kubectl: Kubectl, program: str, security: dict[str, object] | None = None) -> str:
    """What a Pod printed that ran the program to its end."""
    container = {"name": "main", "image": "localhost:5000/python:1", "command": ["python3", "-c", program]}
    container["securityContext"] = security or {}
    name = f"pod-{os.urandom(3).hex()}"
    spec = {"containers": [container], "terminationGracePeriodSeconds": 0, "restartPolicy": "Never"}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": spec}
    kubectl("apply", "-f", "-", stdin=json.dumps(pod))
    done = kubectl("wait", "--for=jsonpath={.status.phase}=Succeeded", f"pod/{name}", "--timeout=90s", check=False)
    said = kubectl("logs", name, check=False).stdout
    assert done.returncode == 0, said + kubectl("get", "pod", name, "-o", "yaml").stdout[-2000:]
    return said


def addresses(connection: Connection) -> tuple[str, str]:
    """The machine's end of the cable and the node's."""
    node = str(urlsplit(connection.server).hostname)
    return node.rsplit(".", 1)[0] + "." + str(int(node.rsplit(".", 1)[1]) - 1), node


def test_a_container_has_neither_raw_sockets_nor_every_system_call(kubectl: Kubectl) -> None:
    program = (
        "import socket\n"
        "try:\n    socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW); print('raw')\n"
        "except PermissionError: print('refused')\n"
        "print([line.split()[1] for line in open('/proc/self/status') if line.startswith('Seccomp:')])\n"
    )
    assert said_by(kubectl, program, {"runAsUser": 0}).split() == ["refused", "['2']"]


FORGE = """
import socket, struct, sys
def checksum(data):
    total = sum(struct.unpack(f"!{len(data)//2}H", data))
    total = (total >> 16) + (total & 0xffff)
    return ~(total + (total >> 16)) & 0xffff
def datagram(source, target, port, payload, source_port=7):
    udp = struct.pack("!HHHH", source_port, port, 8 + len(payload), 0) + payload
    head = struct.pack("!BBHHHBBH4s4s", 69, 0, 20 + len(udp), 1, 0, 64, 17, 0, *map(socket.inet_aton, (source, target)))
    return head[:10] + struct.pack("!H", checksum(head)) + head[12:] + udp
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
query = bytes.fromhex("000101000001000000000000") + b"\\x07nowhere\\x00" + b"\\x00\\x01\\x00\\x01"
for source in (%(sources)s):
    for _ in range(3):
        raw.sendto(datagram(source, "%(machine)s", %(port)s, b"forged by " + source.encode()), ("%(machine)s", 0))
for _ in range(3):
    raw.sendto(datagram("%(machine)s", "%(node)s", 53, query, %(port)s), ("%(node)s", 0))
print("sent")
"""


def test_a_forged_address_gets_nothing_out_to_the_machine(kubectl: Kubectl, connection: Connection) -> None:
    """Neither straight nor as an answer of the node's own DNS that the machine never asked for."""
    machine, node = addresses(connection)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind((machine, 0))
        listener.settimeout(2)
        sources = ", ".join(repr(each) for each in ("203.0.113.7", node, "10.96.0.1", "10.244.0.250", machine))
        program = FORGE % {"sources": sources, "machine": machine, "node": node, "port": listener.getsockname()[1]}
        assert said_by(kubectl, program, AS_ROOT).split() == ["sent"]
        with pytest.raises(TimeoutError):
            pytest.fail(f"the machine received {listener.recv(2000)!r}")


def test_a_pod_reaches_the_api_server_and_dns_and_no_other_process_of_the_node(
    kubectl: Kubectl, connection: Connection
) -> None:
    _, node = addresses(connection)
    program = (
        "import socket\n"
        "for port in (6443, 53, 10250, 4443, 10256, 2379, 5000):\n"
        f"    try:\n        socket.create_connection(('{node}', port), timeout=2); print(port)\n"
        "    except OSError: pass\n"
    )
    assert said_by(kubectl, program).split() == ["6443", "53"]


def test_a_pod_has_no_address_of_ipv6(kubectl: Kubectl) -> None:
    program = "import os; p = '/proc/net/if_inet6'; print('addresses:', open(p).read() if os.path.exists(p) else '')"
    assert said_by(kubectl, program).split() == ["addresses:"]


def test_dns_tells_nobody_whose_an_address_is(kubectl: Kubectl) -> None:
    kubectl("create", "service", "clusterip", "secretive", "--tcp=80:80")
    address = kubectl("get", "service", "secretive", "-o", "jsonpath={.spec.clusterIP}").stdout
    reverse = ".".join(reversed(address.split("."))) + ".in-addr.arpa"
    program = (
        "import socket, struct\n"
        f"for name, kind in (('{reverse}', 12), ('kubernetes.default.svc.cluster.local', 1)):\n"
        "    question = b''.join(bytes([len(part)]) + part.encode() for part in name.split('.')) + b'\\0'\n"
        "    query = struct.pack('!6H', 1, 256, 1, 0, 0, 0) + question + struct.pack('!2H', kind, 1)\n"
        "    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:\n"
        "        s.settimeout(5)\n"
        "        s.sendto(query, ('10.96.0.10', 53))\n"
        "        head = struct.unpack('!6H', s.recv(2000)[:12]); print(head[1] & 15, head[3])\n"
    )
    assert said_by(kubectl, program).split() == ["3", "0", "0", "1"], (
        "no such name, and no answer; a Service's name has one"
    )


def test_a_pod_has_no_more_processes_than_its_share(kubectl: Kubectl) -> None:
    program = (
        "import os, time\nmade = 0\n"
        "try:\n"
        "    while made < 4000:\n"
        "        if os.fork() == 0: time.sleep(20); os._exit(0)\n"
        "        made += 1\n"
        "except OSError: pass\n"
        "print(made)\nos._exit(0)\n"
    )
    assert PIDS_PER_POD / 2 < int(said_by(kubectl, program)) < PIDS_PER_POD


@pytest.mark.parametrize(("path", "status"), [("/readyz", 200), ("/livez", 200), ("/version", 401), ("/api", 401)])
def test_who_has_no_name_sees_whether_the_server_lives_and_nothing_else(
    connection: Connection, path: str, status: int
) -> None:
    server = urlsplit(connection.server)
    context = ssl._create_unverified_context()
    asking = http.client.HTTPSConnection(str(server.hostname), server.port, context=context, timeout=10)
    asking.request("GET", path)
    assert asking.getresponse().status == status


def test_a_right_given_to_nobody_in_particular_is_a_right_of_nobody(kubectl: Kubectl, connection: Connection) -> None:
    kubectl("create", "rolebinding", "all", "--clusterrole=view", "--group=system:unauthenticated")
    server = urlsplit(connection.server)
    asking = http.client.HTTPSConnection(
        str(server.hostname), server.port, context=ssl._create_unverified_context(), timeout=10
    )
    namespace = json.loads(kubectl("get", "rolebinding", "all", "-o", "json").stdout)["metadata"]["namespace"]
    asking.request("GET", f"/api/v1/namespaces/{namespace}/pods")
    assert asking.getresponse().status == 401


def test_accounts_of_pods_share_a_few_seats_and_the_administrator_has_others(
    kubectl: Kubectl, connection: Connection
) -> None:
    token = kubectl("create", "token", "default").stdout.strip()
    server = urlsplit(connection.server)
    asking = http.client.HTTPSConnection(
        str(server.hostname), server.port, context=ssl._create_unverified_context(), timeout=10
    )
    asking.request("GET", "/api", headers={"Authorization": f"Bearer {token}"})
    level = asking.getresponse().headers["X-Kubernetes-PF-PriorityLevel-UID"]
    path = "prioritylevelconfiguration/course-accounts"
    assert kubectl("get", path, "-o", "jsonpath={.metadata.uid}").stdout == level
    assert kubectl("get", path, "-o", "jsonpath={.spec.limited.borrowingLimitPercent}").stdout == "0"


def test_what_is_rewritten_again_and_again_fills_no_log_and_leaves_no_core_busy(
    kubectl: Kubectl, connection: Connection
) -> None:
    from autograder.cluster.requesting import Requester

    api = Requester(connection.kubeconfig)
    namespace = json.loads(kubectl("get", "sa", "default", "-o", "json").stdout)["metadata"]["namespace"]
    path = f"/api/v1/namespaces/{namespace}/configmaps/big"
    for turn in range(600):
        content = {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": "big"},
            "data": {"x": f"{turn:x<600000}"},
        }
        assert api.apply(path, content) in {200, 201}
    logs = connection.kubeconfig.parent / "etcd/member/wal"
    deadline = time.monotonic() + 90
    while (size := sum(file.stat().st_size for file in logs.iterdir())) > 320 << 20:
        assert time.monotonic() < deadline, f"etcd keeps {size >> 20} MiB of log"
        time.sleep(1)

    # The API server remembers it for longer, and must not look for garbage in it without an end: three times a second.
    def collections() -> int:
        metrics = kubectl("get", "--raw", "/metrics").stdout
        return int(metrics.partition("\ngo_gc_cycles_automatic_gc_cycles_total ")[2].split()[0])

    before, began = collections(), time.monotonic()
    for _ in range(8):
        kubectl("get", "configmap", "big", "-o", "name")
    assert collections() - before <= 1 + (time.monotonic() - began) / 2


def test_policies_are_enforced_when_up_returns_and_nothing_passes_before(disposable_cluster: str) -> None:
    states = {part.name: part.state for part in embedded.status(disposable_cluster).components}
    assert states[agents.POLICY] == "done"
    holder = Recorded.read(embedded.status(disposable_cluster).directory / "holder.json")
    assert holder is not None
    inside = ["nsenter", "--target", str(enclosing.first_process(holder.pid)), "--net", "iptables", "-S", "FORWARD"]
    assert "-P FORWARD DROP" in subprocess.run(inside, capture_output=True, text=True, check=True).stdout


def test_a_name_of_another_registry_is_looked_for_in_ours(kubectl: Kubectl) -> None:
    for image, found in {
        "python:3.11-slim": True,
        "registry.k8s.io/pause:3.10": True,
        "quay.io/none/such:1": False,
    }.items():
        name = f"pod-{os.urandom(3).hex()}"
        pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}}
        container: dict[str, object] = {"name": "main", "image": image}
        if image.startswith("python"):
            container["command"] = ["python3", "-c", "import time; time.sleep(600)"]
        pod["spec"] = {"containers": [container], "terminationGracePeriodSeconds": 0}
        kubectl("apply", "-f", "-", stdin=json.dumps(pod))
        reason = "jsonpath={.status.containerStatuses[0].state.waiting.reason}"
        wanted = "--for=condition=Ready" if found else f"--for={reason}=ImagePullBackOff"
        kubectl("wait", wanted, f"pod/{name}", "--timeout=60s")
    events = kubectl("get", "events", "-o", "jsonpath={.items[*].message}").stdout
    assert "quay.io/none/such:1: not found" in events, (
        "said in the registry's words, not as a name that does not resolve"
    )


CLAIM = {
    "apiVersion": "v1",
    "kind": "PersistentVolumeClaim",
    "metadata": {"name": "data"},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Mi"}}},
}
WRITER = """
import http.server, os
class Writer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        written = 0
        try:
            with open("/data/x", "ab", buffering=0) as file:
                while written < 64 << 20:
                    written += file.write(bytes(1 << 16))
        except OSError as error:
            self.send_response(200); self.end_headers()
            self.wfile.write(f"{error.errno} {os.path.getsize('/data/x') >> 20}".encode())
http.server.HTTPServer(("", 8080), Writer).serve_forever()
"""


def test_a_volume_holds_what_was_asked_for_and_grows(kubectl: Kubectl, connection: Connection) -> None:
    kubectl("apply", "-f", "-", stdin=json.dumps(CLAIM))
    error, mib = filled(kubectl)
    assert (error, 9 <= mib <= 12) == (28, True), mib
    kubectl("patch", "pvc", "data", "-p", '{"spec":{"resources":{"requests":{"storage":"30Mi"}}}}')
    if not may_enlarge_what_is_mounted():
        said = "jsonpath={.status.conditions[0].message}"
        kubectl("wait", f"--for={said}={volumes._WHILE_UNUSED}", "pvc/data", "--timeout=60s")
        kubectl("delete", "pod", "writer", "--wait")
    kubectl("wait", "--for=jsonpath={.status.capacity.storage}=30Mi", "pvc/data", "--timeout=60s")
    error, mib = filled(kubectl)
    assert (error, 28 <= mib <= 33) == (28, True), mib
    kubectl("delete", "pod", "writer", "--wait")
    uid = json.loads(kubectl("get", "pvc", "data", "-o", "json").stdout)["metadata"]["uid"]
    kubectl("delete", "pvc", "data", "--wait")
    file, deadline = connection.kubeconfig.parent / "volume-files" / uid, time.monotonic() + 30
    while file.exists() or uid in "".join(path.read_text() for path in _backing_files()):
        assert time.monotonic() < deadline, "the volume's file and its device are given back"
        time.sleep(0.2)


def filled(kubectl: Kubectl) -> tuple[int, int]:
    """The error that ended writing, and how many MiB the volume holds by then."""
    container = {
        "name": "main",
        "image": "localhost:5000/python:1",
        "command": ["python3", "-c", WRITER],
        "volumeMounts": [{"name": "data", "mountPath": "/data"}],
    }
    spec = {
        "containers": [container],
        "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}],
        "terminationGracePeriodSeconds": 0,
    }
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "writer"}, "spec": spec}
    kubectl("apply", "-f", "-", stdin=json.dumps(pod))
    kubectl("wait", "--for=condition=Ready", "pod/writer", "--timeout=60s")
    namespace = json.loads(kubectl("get", "pod", "writer", "-o", "json").stdout)["metadata"]["namespace"]
    path, deadline = f"/api/v1/namespaces/{namespace}/pods/writer:8080/proxy/", time.monotonic() + 20
    while (answer := kubectl("get", "--raw", path, check=False)).returncode:
        assert time.monotonic() < deadline, answer.stderr
        time.sleep(0.2)  # Ready comes a moment before its server listens
    error, mib = answer.stdout.split()
    return int(error), int(mib)


def may_enlarge_what_is_mounted() -> bool:
    effective = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("CapEff"))
    return bool(int(effective.split()[1], 16) >> 24 & 1)  # CAP_SYS_RESOURCE


@pytest.mark.parametrize(
    ("quantity", "size"),
    [
        ("10Mi", 10 << 20),
        ("1e3", 1000),
        ("1.5Gi", 3 << 29),
        ("100m", 1),
        ("1Q", None),
        ("", None),
        ("1..", None),
        (".", None),
    ],
)
def test_a_quantity_is_read_as_the_api_writes_it(quantity: str, size: int | None) -> None:
    assert volumes.size_bytes(quantity) == size


def _backing_files() -> list[Path]:
    return list(Path("/sys/block").glob("loop*/loop/backing_file"))
