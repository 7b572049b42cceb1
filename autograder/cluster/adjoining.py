"""The second node of an embedded cluster, seen from the machine: its files, its Node object, whether it is ready.

To the first node's supervisor it is one component more, which is itself a supervisor; so it is started, restarted and
ended like any other, and goes with the cluster. When it is wanted is `embedded`'s business, what it is made of is said
in `nodes`, and what happens inside in `enclosing`.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.cluster import agents, components, diagnosing, nodes, remembering
from autograder.cluster.components import Component, Layout, Programs
from autograder.cluster.configuring import configure_node
from autograder.cluster.diagnosing import Ailing
from autograder.cluster.nodes import GPU, GPU_NODE, GPU_TAINT, Node
from autograder.cluster.requesting import Requester
from autograder.errors import ClusterError

_MERGE = "application/merge-patch+json"


def folder(directory: Path) -> Path:
    """Where all that the node owns is kept."""
    return directory / GPU_NODE


def is_wanted(directory: Path) -> bool:
    """Whether a lab has asked this cluster for it."""
    return folder(directory).is_dir()


def lay_out(directory: Path, layout: Layout, programs: Programs, *, image_store: Path) -> Component:
    """Writes what the node is started with; returns what the first node's supervisor runs."""
    node, own = nodes.with_gpus(layout), folder(directory)
    own.mkdir(exist_ok=True, mode=0o700)
    configure_node(node, own, authority=directory / "pki", image_store=image_store)
    components.save(own / "components.json", agents.of_a_node(node, programs))
    (own / "state.json").unlink(missing_ok=True)  # of the life before
    return agents.second_node(layout)


def register(api: Requester, node: Node) -> bool:
    """Has the Node object there as it must be; False where the API server did not take it, which is tried again.

    Raises:
        ClusterError: it is refused.
        OSError: it does not answer.
    """
    path = f"/api/v1/nodes/{node.name}"
    status, found = api.send("GET", path)
    if status == 404:
        status, found = api.send("POST", "/api/v1/nodes", nodes.manifest(node))
    if status in (403, 422):
        raise ClusterError(f"the API server answered {status} to Node {node.name}: {_said(found)}")
    if status not in (200, 201):
        return False
    taints = found["spec"].get("taints") or []
    if GPU_TAINT not in [{key: each.get(key) for key in GPU_TAINT} for each in taints]:
        api.send("PATCH", path, {"spec": {"taints": [*taints, GPU_TAINT]}}, content_type=_MERGE)
    if (found["status"].get("capacity") or {}).get(GPU) != str(nodes.GPUS):
        api.send("PATCH", f"{path}/status", {"status": nodes.gpus()}, content_type=_MERGE)
    label, value = nodes.GPU_LABEL
    if (found["metadata"].get("labels") or {}).get(label) != value:
        api.send("PATCH", path, {"metadata": {"labels": {label: value}}}, content_type=_MERGE)
    return True


def is_ready(api: Requester, node: Node, directory: Path) -> bool:
    """Whether Pods that ask for a GPU are taken by now, and NetworkPolicies hold for them."""
    try:
        if not register(api, node):
            return False
        status, found = api.send("GET", f"/api/v1/nodes/{node.name}")
    except OSError:
        return False
    return status == 200 and takes_pods(found) and _is_enforced(directory)


def takes_pods(node: dict[str, Any]) -> bool:
    """Whether a Node is ready, has GPUs to give and is kept from nobody who tolerates its taint."""
    status, taints = node.get("status") or {}, (node.get("spec") or {}).get("taints") or []
    ready = any(each["type"] == "Ready" and each["status"] == "True" for each in status.get("conditions") or [])
    away = any(str(each.get("key")).startswith("node.kubernetes.io/") for each in taints)
    has_gpus = bool((status.get("allocatable") or {}).get(GPU, "0") != "0")
    return ready and not away and has_gpus


def ailing(directory: Path) -> Ailing:
    """What keeps the node from being ready: itself, or the one of its own components that is worst off."""
    outer = diagnosing.ailing(directory, GPU_NODE)
    if outer.component != GPU_NODE or not (folder(directory) / "state.json").exists():
        return outer
    inner = diagnosing.ailing(folder(directory), "kubelet", held_by=directory)
    return outer if inner.component == "keeper" else replace(inner, component=f"{GPU_NODE}/{inner.component}")


def _is_enforced(directory: Path) -> bool:
    state = remembering.read_json(folder(directory) / "state.json")
    parts = [each for each in state if isinstance(each, dict)] if isinstance(state, list) else []
    return any(part.get("name") == agents.POLICY and part.get("state") == "done" for part in parts)


def _said(answer: Any) -> str:
    return str(answer.get("message", answer) if isinstance(answer, dict) else answer)[:300]
