"""Writes the files that the components of an embedded cluster are started with.

Takes a `Layout` and a directory as the host sees it; leaves certificates, kubeconfigs and
configuration there, all naming paths as the cluster's own processes see them (`layout.base`).
Writing again changes nothing but what a new layout changes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from autograder.cluster import addons
from autograder.cluster.certificates import Authority, KeyPair, signing_key
from autograder.cluster.components import (
    CONTAINERD_SOCKET,
    DNS_ADDRESS,
    DOMAIN,
    KUBERNETES_ADDRESS,
    NODE_POD_RANGE,
    POD_RANGE,
    REGISTRY_ADDRESS,
    Layout,
)
from autograder.cluster.images import REGISTRY, registry_config

_CNI_PLUGINS = "/usr/lib/cni"


def configure(layout: Layout, directory: Path, *, server: str, image_store: Path) -> None:
    """Everything the components read.

    Args:
        layout: addresses and places.
        directory: where `layout.base` is on the host.
        server: URL of the API server as the machine's users reach it.
        image_store: the registry's storage.
    """
    for name in ("config", "kubeconfigs", "logs", "data"):
        (directory / name).mkdir(parents=True, exist_ok=True, mode=0o700)
    users = _certificates(layout, directory / "pki")
    authority = (directory / "pki/ca.crt").read_bytes()
    for name, pair in users.items():
        content = _kubeconfig(f"https://{layout.api}", authority, pair)
        _write(directory / "kubeconfigs" / name, content)
    admin = _kubeconfig(server, authority, users["admin"], context=layout.name)
    _write(directory / "kubeconfig", admin)
    if not layout.has_node:
        return
    config = directory / "config"
    _write(config / "kubelet.yaml", yaml.safe_dump(_kubelet(layout)))
    _write(config / "kube-proxy.yaml", yaml.safe_dump(_kube_proxy(layout)))
    _write(config / "containerd.toml", _containerd(layout))
    _write(config / "Corefile", _corefile(layout))
    # Names outside the cluster resolve nowhere, on purpose: no lab may need the internet.
    _write(config / "resolv.conf", "")
    _write(config / "registry.yaml", registry_config(image_store, REGISTRY_ADDRESS, readonly=True))
    _write(config / "metrics-api.json", json.dumps(addons.metrics_api()))
    (config / "cni").mkdir(exist_ok=True)
    _write(config / "cni/10-pods.conflist", json.dumps(_cni()))


def _certificates(layout: Layout, pki: Path) -> dict[str, KeyPair]:
    """Makes every certificate; returns those that become somebody's kubeconfig."""
    cluster, etcd, front = (Authority(pki, name) for name in ("ca", "etcd-ca", "front-ca"))
    loopback = ("127.0.0.1", "localhost")
    etcd.sign("etcd", user="etcd", addresses=loopback)
    etcd.sign("etcd-client", user="kube-apiserver")
    front.sign("front-proxy", user="front-proxy")
    signing_key(pki, "service-accounts")
    names = ("kubernetes", "kubernetes.default", "kubernetes.default.svc", f"kubernetes.default.svc.{DOMAIN}")
    cluster.sign(
        "apiserver",
        user="kube-apiserver",
        addresses=(*loopback, layout.node_address, KUBERNETES_ADDRESS, *names),
    )
    cluster.sign("apiserver-kubelet", user="kube-apiserver-kubelet-client", groups=("system:masters",))
    cluster.sign("kubelet-server", user=f"system:node:{layout.name}", addresses=(layout.node_address, layout.name))
    metrics = ("metrics-server.kube-system.svc", layout.node_address)
    cluster.sign("metrics-server", user="metrics-server", addresses=metrics)
    return {
        "admin": cluster.sign("admin", user="admin", groups=("system:masters",)),
        "controller-manager": cluster.sign("controller-manager", user="system:kube-controller-manager"),
        "scheduler": cluster.sign("scheduler", user="system:kube-scheduler"),
        "kubelet": cluster.sign("kubelet", user=f"system:node:{layout.name}", groups=("system:nodes",)),
        "kube-proxy": cluster.sign("kube-proxy", user="system:kube-proxy"),
        "coredns": cluster.sign("coredns", user="system:coredns"),
        "kube-router": cluster.sign("kube-router", user="system:kube-router"),
        "metrics-server": cluster.sign("metrics-client", user="system:metrics-server"),
    }


def _kubeconfig(server: str, authority: bytes, user: KeyPair, context: str = "cluster") -> str:
    """Self-contained: it can be copied anywhere and moved into a sandbox."""
    return yaml.safe_dump(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [
                {
                    "name": context,
                    "cluster": {"server": server, "certificate-authority-data": _base64(authority)},
                }
            ],
            "users": [
                {
                    "name": context,
                    "user": {
                        "client-certificate-data": _base64(user.certificate.read_bytes()),
                        "client-key-data": _base64(user.key.read_bytes()),
                    },
                }
            ],
            "contexts": [{"name": context, "context": {"cluster": context, "user": context}}],
            "current-context": context,
        }
    )


def _kubelet(layout: Layout) -> Mapping[str, Any]:
    pki = layout.base / "pki"
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": layout.node_address,
        "authentication": {
            "anonymous": {"enabled": False},
            "webhook": {"enabled": True},
            "x509": {"clientCAFile": f"{pki}/ca.crt"},
        },
        "authorization": {"mode": "Webhook"},
        "tlsCertFile": f"{pki}/kubelet-server.crt",
        "tlsPrivateKeyFile": f"{pki}/kubelet-server.key",
        "readOnlyPort": 0,
        "containerRuntimeEndpoint": f"unix://{CONTAINERD_SOCKET}",
        "cgroupDriver": "cgroupfs",
        "cgroupRoot": layout.cgroup,
        "failCgroupV1": False,
        "failSwapOn": False,
        "clusterDNS": [DNS_ADDRESS],
        "clusterDomain": DOMAIN,
        "resolvConf": f"{layout.base}/config/resolv.conf",
        "volumePluginDir": f"{layout.base}/volume-plugins",
        # Lowering it needs CAP_SYS_RESOURCE, which a container or a rented machine may not have.
        "oomScoreAdj": 0,
        "serializeImagePulls": False,
        # The machine is not ours alone: somebody else's full disk is no reason to evict a student's Pods early.
        "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
        "imageGCHighThresholdPercent": 100,
        "imageGCLowThresholdPercent": 99,
        "shutdownGracePeriod": "0s",
        "logging": {"verbosity": 1},
    }


def _kube_proxy(layout: Layout) -> Mapping[str, Any]:
    return {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": "iptables",
        "clusterCIDR": POD_RANGE,
        "hostnameOverride": layout.name,
        "clientConnection": {"kubeconfig": f"{layout.base}/kubeconfigs/kube-proxy"},
        "bindAddress": layout.node_address,
        "healthzBindAddress": "127.0.0.1:10256",
        "metricsBindAddress": "127.0.0.1:10249",
        "oomScoreAdj": 0,
        # These sysctls are the machine's, and its network namespace may not set them.
        "conntrack": {
            "maxPerCore": 0,
            "min": 0,
            "tcpEstablishedTimeout": "0s",
            "tcpCloseWaitTimeout": "0s",
        },
        "iptables": {"minSyncPeriod": "200ms", "syncPeriod": "30s", "localhostNodePorts": False},
    }


def _containerd(layout: Layout) -> str:
    # restrict_oom_score_adj: without CAP_SYS_RESOURCE runc cannot lower a container's score, and says so
    # only as "can't get final child's PID from pipe: EOF".
    return f"""\
version = 2
root = "{layout.base}/containerd"
state = "/run/containerd"
disabled_plugins = [
  "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper",
  "io.containerd.snapshotter.v1.zfs",
  "io.containerd.tracing.processor.v1.otlp",
]

[grpc]
  address = "{CONTAINERD_SOCKET}"

[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "{REGISTRY}/pause:1"
  restrict_oom_score_adj = true
  max_concurrent_downloads = 2

  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{_CNI_PLUGINS}"
    conf_dir = "{layout.base}/config/cni"

  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"

    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"

      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
"""


def _cni() -> Mapping[str, Any]:
    return {
        "cniVersion": "0.4.0",
        "name": "pods",
        "plugins": [
            {
                "type": "bridge",
                "bridge": "cni0",
                "isDefaultGateway": True,
                "hairpinMode": True,
                # Pods talk to Pods, Services and the API server: there is nowhere else to go.
                "ipMasq": False,
                "ipam": {"type": "host-local", "ranges": [[{"subnet": NODE_POD_RANGE}]]},
            },
            {"type": "portmap", "capabilities": {"portMappings": True}},
        ],
    }


def _corefile(layout: Layout) -> str:
    # The zone `.` beside the cluster's own: a name from outside does not exist here, instead of failing to resolve.
    return f"""\
.:53 {{
    bind {layout.node_address}
    errors
    ready 127.0.0.1:8181
    kubernetes {DOMAIN} . {{
        kubeconfig {layout.base}/kubeconfigs/coredns
        pods insecure
        ttl 5
    }}
    cache 5
}}
"""


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _write(path: Path, content: str) -> None:
    path.write_text(content)
    path.chmod(0o600)
