"""Writes the files that the components of an embedded cluster are started with.

Takes a `Layout` and a directory as the host sees it; leaves certificates, kubeconfigs and
configuration there, all naming paths as the cluster's own processes see them (`layout.base`).
Writing again changes nothing but what a new layout changes.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from autograder.cluster import addons, nodes, remembering
from autograder.cluster.certificates import Authority, KeyPair, signing_key
from autograder.cluster.components import (
    CONTAINERD_SOCKET,
    DNS_ADDRESS,
    DOMAIN,
    KUBERNETES_ADDRESS,
    POD_RANGE,
    REGISTRY_ADDRESS,
    Layout,
)
from autograder.cluster.confining import HAS_IPV6
from autograder.cluster.images import REGISTRY, registry_config
from autograder.cluster.nodes import Node
from autograder.errors import ClusterError

_CNI_PLUGINS = "/usr/lib/cni"
PIDS_PER_POD = 512
"""Enough for JupyterLab with some kernels, or a Dask worker; a fork bomb ends there."""


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
    _write_kubeconfigs(directory, layout.api, authority, users)
    admin = _kubeconfig(server, authority, users["admin"], context=layout.name)
    _write(directory / "kubeconfig", admin)
    config = directory / "config"
    _write(config / "authentication.yaml", yaml.safe_dump(_authentication()))
    if not layout.has_node:
        return
    configure_node(nodes.first(layout), directory, authority=directory / "pki", image_store=image_store)
    _write(config / "Corefile", _corefile(layout))
    _write(config / "metrics-api.json", json.dumps(addons.metrics_api()))


def configure_node(node: Node, directory: Path, *, authority: Path, image_store: Path) -> None:
    """Everything that the agents of one node read.

    Args:
        node: as they see it.
        directory: where `node.base` is on the host.
        authority: where the certificate authority of the cluster lies; its key stays there.
        image_store: the storage of the node's registry.
    """
    pki, config = directory / "pki", directory / "config"
    for folder in (pki, config, directory / "kubeconfigs", directory / "logs"):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    cluster = Authority(authority, "ca")
    ca = (authority / "ca.crt").read_bytes()
    if pki != authority:
        _write(pki / "ca.crt", ca.decode())
    cluster.sign("kubelet-server", user=f"system:node:{node.name}", addresses=(node.address, node.name), into=pki)
    users = {
        "kubelet": cluster.sign("kubelet", user=f"system:node:{node.name}", groups=("system:nodes",), into=pki),
        "kube-proxy": cluster.sign("kube-proxy", user="system:kube-proxy", into=pki),
        "kube-router": cluster.sign("kube-router", user="system:kube-router", into=pki),
    }
    _write_kubeconfigs(directory, node.api, ca, users)
    _write(config / "kubelet.yaml", yaml.safe_dump(_kubelet(node)))
    _write(config / "kube-proxy.yaml", yaml.safe_dump(_kube_proxy(node)))
    _write(config / "containerd.toml", _containerd(node))
    # Names outside the cluster resolve nowhere, on purpose: no lab may need the internet.
    _write(config / "resolv.conf", "")
    _write(config / "registry.yaml", registry_config(image_store, REGISTRY_ADDRESS, readonly=True))
    _write(config / "container.json", _container())
    for registry in ("docker.io", "registry.k8s.io", "_default"):
        (config / "registries" / registry).mkdir(parents=True, exist_ok=True)
        _write(config / "registries" / registry / "hosts.toml", _MIRROR)
    (config / "cni").mkdir(exist_ok=True)
    _write(config / "cni/10-pods.conflist", json.dumps(_cni(node)))


def _write_kubeconfigs(directory: Path, api: str, authority: bytes, users: Mapping[str, KeyPair]) -> None:
    for name, pair in users.items():
        _write(directory / "kubeconfigs" / name, _kubeconfig(f"https://{api}", authority, pair))


def _certificates(layout: Layout, pki: Path) -> dict[str, KeyPair]:
    """Makes every certificate but a node's own; returns those that become somebody's kubeconfig."""
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
    metrics = ("metrics-server.kube-system.svc", layout.node_address)
    cluster.sign("metrics-server", user="metrics-server", addresses=metrics)
    return {
        "admin": cluster.sign("admin", user="admin", groups=("system:masters",)),
        "controller-manager": cluster.sign("controller-manager", user="system:kube-controller-manager"),
        "scheduler": cluster.sign("scheduler", user="system:kube-scheduler"),
        "coredns": cluster.sign("coredns", user="system:coredns"),
        "volumes": cluster.sign("volumes", user="system:volumes"),
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


def _authentication() -> Mapping[str, Any]:
    """Whoever says nothing about who they are gets at the health endpoints, whatever a binding may say."""
    return {
        "apiVersion": "apiserver.config.k8s.io/v1",
        "kind": "AuthenticationConfiguration",
        "anonymous": {"enabled": True, "conditions": [{"path": path} for path in ("/livez", "/readyz", "/healthz")]},
    }


def _kubelet(node: Node) -> Mapping[str, Any]:
    pki = node.base / "pki"
    return {
        "apiVersion": "kubelet.config.k8s.io/v1beta1",
        "kind": "KubeletConfiguration",
        "address": node.address,
        "registerNode": node.registers,
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
        "cgroupRoot": node.cgroup,
        "failCgroupV1": False,
        "failSwapOn": False,
        "clusterDNS": [DNS_ADDRESS],
        "clusterDomain": DOMAIN,
        "resolvConf": f"{node.base}/config/resolv.conf",
        "volumePluginDir": f"{node.base}/volume-plugins",
        # Lowering it needs CAP_SYS_RESOURCE, which a container or a rented machine may not have.
        "oomScoreAdj": 0,
        "serializeImagePulls": False,
        # The machine is not ours alone: somebody else's full disk is no reason to evict a student's Pods early.
        "evictionHard": {"memory.available": "100Mi", "nodefs.available": "1%", "imagefs.available": "1%"},
        # What one Pod may take of what the whole node shares: processes, and log files.
        "podPidsLimit": PIDS_PER_POD,
        "containerLogMaxSize": "5Mi",
        "containerLogMaxFiles": 2,
        "containerLogMonitorInterval": "3s",
        # What all Pods together leave to the cluster's own processes.
        "systemReserved": {"cpu": "200m", "memory": f"{_reserved_mib()}Mi", "pid": "2000"},
        "seccompDefault": True,
        "imageGCHighThresholdPercent": 100,
        "imageGCLowThresholdPercent": 99,
        "shutdownGracePeriod": "0s",
        "logging": {"verbosity": 1},
    }


def _reserved_mib() -> int:
    """Memory that Pods may not take: what the cluster's own processes need, and less on a small machine."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    return min(768, whole // 8)


def _kube_proxy(node: Node) -> Mapping[str, Any]:
    return {
        "apiVersion": "kubeproxy.config.k8s.io/v1alpha1",
        "kind": "KubeProxyConfiguration",
        "mode": "iptables",
        "clusterCIDR": POD_RANGE,
        "hostnameOverride": node.name,
        "clientConnection": {"kubeconfig": f"{node.base}/kubeconfigs/kube-proxy"},
        "bindAddress": node.address,
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


def _containerd(node: Node) -> str:
    # restrict_oom_score_adj: without CAP_SYS_RESOURCE runc cannot lower a container's score, and says so
    # only as "can't get final child's PID from pipe: EOF".
    return f"""\
version = 2
root = "{node.base}/containerd"
state = "/run/containerd"
# Without the part that kubelets speak to it would run on for nothing: so it ends, and is started again.
required_plugins = ["io.containerd.grpc.v1.cri"]
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

  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "{node.base}/config/registries"

  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "{_CNI_PLUGINS}"
    conf_dir = "{node.base}/config/cni"

  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"

    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      base_runtime_spec = "{node.base}/config/container.json"

      [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
        SystemdCgroup = false
"""


# A name of any registry is asked for here and nowhere else: a manifest from elsewhere runs when the image is there.
_MIRROR = f"""\
server = "http://{REGISTRY_ADDRESS}"

[host."http://{REGISTRY_ADDRESS}"]
  capabilities = ["pull", "resolve"]
"""


def _container() -> str:
    """What every container is made from: containerd's own template without the right to make up packets.

    With CAP_NET_RAW a container sends packets under any address. Upstream gives it to every container for `ping`.
    """
    argv = ["ctr", "oci", "spec"]
    try:
        spec = json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout)
        for kind, names in spec["process"]["capabilities"].items():
            spec["process"]["capabilities"][kind] = [name for name in names if name != "CAP_NET_RAW"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ClusterError(
            f"`{' '.join(argv)}` did not print what containers are made from: {error}",
            next_step="reinstall containerd: apt-get install --reinstall containerd",
        ) from error
    return json.dumps(spec)


def _cni(node: Node) -> Mapping[str, Any]:
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
                "ipam": {"type": "host-local", "ranges": [[{"subnet": node.pod_range}]]},
            },
            # NetworkPolicies are of IPv4; a link-local address of IPv6 would be a way past them.
            *([{"type": "tuning", "sysctl": {"net.ipv6.conf.all.disable_ipv6": "1"}}] if HAS_IPV6.exists() else []),
            {"type": "portmap", "capabilities": {"portMappings": True}},
        ],
    }


def _corefile(layout: Layout) -> str:
    # The zone `.` beside the cluster's own: a name from outside does not exist here, instead of failing to resolve.
    # Whose an address is, is nobody's business: the reverse zones show one namespace, which has nothing in it.
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
in-addr.arpa:53 ip6.arpa:53 {{
    bind {layout.node_address}
    errors
    kubernetes nowhere.invalid in-addr.arpa ip6.arpa {{
        kubeconfig {layout.base}/kubeconfigs/coredns
        namespaces kube-node-lease
        pods disabled
        noendpoints
    }}
    cache 5
}}
"""


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _write(path: Path, content: str) -> None:
    remembering.write(path, content)
