"""What runs on an embedded cluster's nodes beside the control plane, and under which flags: one `Component` a process.

The flags are upstream's; where one departs from its default, the reason stands beside it.
"""

from __future__ import annotations

import sys

from autograder.cluster import nodes
from autograder.cluster.components import (
    CONTAINERD_SOCKET,
    METRICS_PORT,
    SERVICE_RANGE,
    Component,
    Layout,
    Programs,
)
from autograder.cluster.nodes import GPU_NODE, Node
from autograder.deadlines import patience

POLICY = "network-policy"
"""The component that is done when NetworkPolicies are enforced on its node."""
METRICS_API = "metrics-api"
"""The component that is done when the API server passes questions about metrics on."""


def agents(layout: Layout, programs: Programs) -> list[Component]:
    """Every process of the first node, in the order in which they are looked at; none where there is no node."""
    if not layout.has_node:
        return []
    return [
        *of_a_node(nodes.first(layout), programs),
        _coredns(layout, programs),
        _volumes(layout),
        _metrics_server(layout, programs),
        _metrics_api(layout, programs),
    ]


def of_a_node(node: Node, programs: Programs) -> list[Component]:
    """What any node runs, whatever else runs beside it."""
    return [
        _containerd(node),
        _kubelet(node, programs),
        _proxy(node, programs),
        _registry(node, programs),
        _kube_router(node, programs),
        _policy(programs),
    ]


def second_node(layout: Layout) -> Component:
    """The node with GPUs as a whole: a supervisor in namespaces of its own, inside those of the first node.

    It is handed the first node's network, as file 3, to lay a cable to it.
    """
    unshare = "unshare --mount --net --pid --uts --ipc --fork --mount-proc --kill-child"
    inside = (sys.executable, "-m", "autograder.cluster.supervising", f"{layout.base}/{GPU_NODE}", "--adjoined")
    return Component(
        GPU_NODE,
        ("sh", "-c", f'exec {unshare} "$@" 3</proc/self/ns/net', "sh", *inside),
        waits_for=(layout.ready,),
        environment=(
            ("AUTOGRADER_NODE", nodes.with_gpus(layout).name),
            ("AUTOGRADER_FIRST", layout.node_address),
            ("AUTOGRADER_CGROUP", layout.cgroup),
        ),
    )


def _containerd(node: Node) -> Component:
    return Component("containerd", ("containerd", f"--config={node.base}/config/containerd.toml"))


def _kubelet(node: Node, programs: Programs) -> Component:
    return Component(
        "kubelet",
        (
            str(programs.kube / "kubelet"),
            f"--config={node.base}/config/kubelet.yaml",
            f"--kubeconfig={node.base}/kubeconfigs/kubelet",
            f"--root-dir={node.base}/kubelet",
            f"--hostname-override={node.name}",
            f"--node-ip={node.address}",
        ),
        # On a machine so slow that it is said, a kubelet that asks meanwhile keeps the API server from starting.
        waits_for=(CONTAINERD_SOCKET, node.ready if patience() > 1 else node.api),
    )


def _proxy(node: Node, programs: Programs) -> Component:
    return Component(
        "kube-proxy",
        (str(programs.kube / "kube-proxy"), f"--config={node.base}/config/kube-proxy.yaml"),
        waits_for=(node.ready,),
    )


def _coredns(layout: Layout, programs: Programs) -> Component:
    return Component(
        "coredns",
        (str(programs.kube / "coredns"), "-conf", f"{layout.base}/config/Corefile"),
        waits_for=(layout.furnished, layout.api),
    )


def _registry(node: Node, programs: Programs) -> Component:
    return Component(
        "registry",
        (str(programs.registry), "serve", f"{node.base}/config/registry.yaml"),
        environment=(("OTEL_TRACES_EXPORTER", "none"),),
    )


def _kube_router(node: Node, programs: Programs) -> Component:
    return Component(
        "kube-router",
        (
            str(programs.kube_router),
            f"--kubeconfig={node.base}/kubeconfigs/kube-router",
            f"--hostname-override={node.name}",
            # NetworkPolicy only: the bridge routes, and kube-proxy serves.
            "--run-firewall=true",
            "--run-router=false",
            "--run-service-proxy=false",
            "--run-loadbalancer=false",
            f"--service-cluster-ip-range={SERVICE_RANGE}",
            "--enable-ipv6=false",
            "--health-port=0",
            "--metrics-port=0",
        ),
        waits_for=node.waits_for,
        environment=(("NODE_NAME", node.name),),
    )


def _policy(programs: Programs) -> Component:
    # kube-router's last rule: traffic that its chains have let pass is accepted.
    wait = "until iptables -w -S KUBE-ROUTER-FORWARD 2>/dev/null | grep -q 0x20000.*ACCEPT; do sleep 0.1; done"
    return Component(POLICY, ("sh", "-c", wait), waits_for=(str(programs.kube_router),), once=True)


def _volumes(layout: Layout) -> Component:
    argv = (sys.executable, "-m", "autograder.cluster.volumes", str(layout.base), layout.name)
    return Component("volumes", argv, waits_for=(layout.furnished, layout.api))


def _metrics_server(layout: Layout, programs: Programs) -> Component:
    pki = layout.base / "pki"
    kubeconfig = layout.base / "kubeconfigs/metrics-server"
    return Component(
        "metrics-server",
        (
            str(programs.metrics_server),
            f"--kubeconfig={kubeconfig}",
            f"--authentication-kubeconfig={kubeconfig}",
            f"--authorization-kubeconfig={kubeconfig}",
            f"--bind-address={layout.node_address}",
            f"--secure-port={METRICS_PORT}",
            f"--tls-cert-file={pki}/metrics-server.crt",
            f"--tls-private-key-file={pki}/metrics-server.key",
            f"--kubelet-certificate-authority={pki}/ca.crt",
            "--kubelet-preferred-address-types=InternalIP",
            # Labs scale on load within a minute: upstream's 60 s would be the lesson's length.
            "--metric-resolution=10s",
            "--kubelet-request-timeout=8s",
        ),
        # It has nothing to measure before the kubelet answers, and two cores have enough to do until then.
        waits_for=(layout.furnished, layout.api, f"{layout.node_address}:10250"),
    )


def _metrics_api(layout: Layout, programs: Programs) -> Component:
    options = (
        f"--kubeconfig={layout.base}/kubeconfigs/admin",
        f"--filename={layout.base}/config/metrics-api.json",
    )
    kubectl = str(programs.kube / "kubectl")
    return Component(
        METRICS_API,
        (kubectl, "apply", "--server-side", "--force-conflicts", *options),
        # Ready, not only listening: an API that is registered and does not answer keeps every namespace from going.
        # With nothing to measure it answers too: that there is something is left out, as it is not without a Pod.
        waits_for=(
            f"https://{layout.node_address}:{METRICS_PORT}/readyz?exclude=metric-storage-ready",
            layout.ready,
        ),
        environment=(("HOME", str(layout.base / "data")),),
        once=True,
        undo=(kubectl, "delete", "--ignore-not-found", "--wait=false", *options),
    )
