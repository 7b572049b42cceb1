"""The nodes of an embedded cluster: the one that it always has, and one with GPUs for the labs that ask for it.

A node is what its own processes have to know of it. The second one stands beside the first, in namespaces inside the
first one's, and is reached through it alone: its addresses are seen nowhere else, so they are the same on every
machine, and what ends the first ends both. Its GPUs are a number that the API server is told. The scheduler counts
them and the kubelet grants them, as it does for real ones; nothing computes on them.
"""

from __future__ import annotations

import platform
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.cluster.components import GPU_POD_RANGE, NODE_POD_RANGE, Layout

GPU_NODE = "gpu-node"
"""The second node among the cluster's components, and its folder in the cluster's directory."""
LINK = "to-gpu"
"""The first node's end of the cable between the two."""
FIRST_END, GPU_ADDRESS, BETWEEN = "10.97.0.1", "10.97.0.2", 30
"""Both ends of that cable, and the length of its network: beside the Services' range, in none that cables to the
machine are taken from."""

GPU = "nvidia.com/gpu"
GPUS = 64
"""More than every Pod that the node has room for would take: students do not compete for them."""
GPU_LABEL = ("nvidia.com/gpu.present", "true")
"""As NVIDIA's own discovery sets it."""
GPU_TAINT = {"key": GPU, "value": "present", "effect": "NoSchedule"}
"""As GKE sets it on every node with GPUs."""


@dataclass(frozen=True)
class Node:
    """One node, as its own processes see it."""

    name: str
    base: Path
    """Directory with its configuration and data."""
    address: str
    pod_range: str
    """Where its Pods' addresses come from."""
    api: str
    """`host:port` at which it reaches the API server."""
    cgroup: str
    """The control group that holds its Pods and nothing else."""
    waits_for: tuple[str, ...]
    """What must be there before its agents have the right to ask the API server."""
    registers: bool = True
    """Whether its kubelet makes the Node object; if not, that is there before."""

    @property
    def ready(self) -> str:
        """What answers 200 once the API server has set up its own roles."""
        return f"https://{self.api}/readyz"


def first(layout: Layout) -> Node:
    """The node that the control plane runs on."""
    return Node(
        name=layout.name,
        base=layout.base,
        address=layout.node_address,
        pod_range=NODE_POD_RANGE,
        api=layout.api,
        cgroup=layout.cgroup,
        waits_for=(layout.furnished, layout.api),
    )


def with_gpus(layout: Layout) -> Node:
    """The node beside it."""
    api = f"{layout.node_address}:{layout.api_port}"
    return Node(
        name=f"{layout.name}-gpu",
        base=layout.base,  # each sees its own there
        address=GPU_ADDRESS,
        pod_range=GPU_POD_RANGE,
        api=api,
        cgroup=f"{layout.cgroup}/{GPU_NODE}",
        waits_for=(f"https://{api}/readyz",),
        # A kubelet that registers its node sets resources that it knows nothing of to 0, and taints come too late.
        registers=False,
    )


def manifest(node: Node) -> dict[str, Any]:
    """The Node object of the one with GPUs, as it is before its kubelet runs: set apart from its first moment."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    label, value = GPU_LABEL
    return {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": node.name,
            "labels": {
                "kubernetes.io/hostname": node.name,
                "kubernetes.io/os": "linux",
                "kubernetes.io/arch": machine,
                label: value,
            },
        },
        # The range is chosen here, since the files of its network are written before the API server would choose.
        "spec": {"podCIDR": node.pod_range, "podCIDRs": [node.pod_range], "taints": [GPU_TAINT]},
        "status": {
            "addresses": [
                {"type": "InternalIP", "address": node.address},
                {"type": "Hostname", "address": node.name},
            ],
            **gpus(),
        },
    }


def gpus() -> dict[str, dict[str, str]]:
    """What the node has, as a part of its status."""
    return {each: {GPU: str(GPUS)} for each in ("capacity", "allocatable")}
