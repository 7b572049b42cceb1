"""What an embedded cluster runs, and under which flags: one `Component` a process.

The flags are upstream's; where one departs from its default, the reason stands beside it. Files that
the flags name are written by `configuring`; starting and restarting is left to `supervising`.
"""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster import remembering

SERVICE_RANGE = "10.96.0.0/16"
KUBERNETES_ADDRESS = "10.96.0.1"
DNS_ADDRESS = "10.96.0.10"
POD_RANGE = "10.244.0.0/16"
# Addresses are given out in turn, and a finished Pod's object leads the API server's proxy to whoever has its address
# now: so many that a turn takes hours.
NODE_POD_RANGE = "10.244.0.0/18"
GPU_POD_RANGE = "10.244.64.0/18"
"""Of the second node; the controller that gives ranges out takes note of it and gives it to nobody else."""
DOMAIN = "cluster.local"
USUAL_API_PORT = 6443
REGISTRY_ADDRESS = "127.0.0.1:5000"
METRICS_PORT = 4443
CONTAINERD_SOCKET = "/run/containerd/containerd.sock"


@dataclass(frozen=True)
class Component:
    """One process of the cluster."""

    name: str
    """Also the name of its log."""
    argv: tuple[str, ...]
    """Started once `argv[0]` exists: what is still being built joins when it is ready."""
    waits_for: tuple[str, ...] = ()
    """What must be there first: `host:port` or sockets that accept, https URLs that answer 200, or files."""
    environment: tuple[tuple[str, str], ...] = ()
    """Added to the supervisor's own."""
    once: bool = False
    """Has done its work when it ends well, and is not started again."""
    undo: tuple[str, ...] = ()
    """What takes the work of a `once` component back when what it waited for first has been gone for long."""


@dataclass(frozen=True)
class Layout:
    """The addresses and places of one cluster, as its own processes see them."""

    name: str
    """Of the cluster; also of its node."""
    base: Path
    """Directory with certificates, configuration and data."""
    node_address: str
    """What the API server advertises and the node is known by."""
    bind_address: str
    """What the API server listens on."""
    api_port: int
    etcd_port: int
    etcd_peer_port: int
    has_node: bool
    """False where there is no root or no containerd: a control plane alone."""
    identity: str = ""
    """What the cluster is called where clusters of the whole machine meet: in its cgroup."""

    @property
    def etcd(self) -> str:
        return f"127.0.0.1:{self.etcd_port}"

    @property
    def api(self) -> str:
        """Where the cluster's own processes reach the API server."""
        return f"127.0.0.1:{self.api_port}"

    @property
    def ready(self) -> str:
        """What answers 200 once the API server has set up its own roles; to ask sooner is to be refused."""
        return f"https://{self.api}/readyz"

    @property
    def furnished(self) -> str:
        """The file that `up` writes once the rights of the node's agents are in the cluster."""
        return f"{self.base}/furnished"

    @property
    def cgroup(self) -> str:
        """The cgroup that holds every Pod of this cluster and nothing else."""
        return f"/autograder-{self.identity or self.name}"


@dataclass(frozen=True)
class Programs:
    """Where the programs lie that are run."""

    kube: Path
    """Directory with the multi-call program under its components' names."""
    registry: Path
    metrics_server: Path
    kube_router: Path


def control_plane(layout: Layout, programs: Programs) -> list[Component]:
    """What every cluster runs, in the order in which it is looked at; `agents` has what a node runs besides."""
    return [
        _etcd(layout, programs),
        _api_server(layout, programs),
        _controller_manager(layout, programs),
        _scheduler(layout, programs),
    ]


def _etcd(layout: Layout, programs: Programs) -> Component:
    pki = layout.base / "pki"
    peers = f"https://127.0.0.1:{layout.etcd_peer_port}"
    return Component(
        "etcd",
        (
            str(programs.kube / "etcd"),
            "--name=main",
            f"--data-dir={layout.base}/etcd",
            f"--listen-client-urls=https://{layout.etcd}",
            f"--advertise-client-urls=https://{layout.etcd}",
            f"--listen-peer-urls={peers}",
            f"--initial-advertise-peer-urls={peers}",
            f"--initial-cluster=main={peers}",
            # Client certificates are all that keeps other users of this machine out of etcd.
            "--client-cert-auth=true",
            f"--trusted-ca-file={pki}/etcd-ca.crt",
            f"--cert-file={pki}/etcd.crt",
            f"--key-file={pki}/etcd.key",
            "--peer-client-cert-auth=true",
            f"--peer-trusted-ca-file={pki}/etcd-ca.crt",
            f"--peer-cert-file={pki}/etcd.crt",
            f"--peer-key-file={pki}/etcd.key",
            # A killed process loses nothing by this; only a power cut does, and a cluster is cheap to remake.
            "--unsafe-no-fsync=true",
            # Somebody who writes one large object again and again would otherwise fill memory, log and file with it:
            # fewer entries are kept in memory and in the log, and a start gives the file's unused pages back.
            "--snapshot-count=100",
            "--snapshot-catchup-entries=100",
            "--max-wals=2",
            "--max-snapshots=2",
            "--bootstrap-defrag-threshold-megabytes=64",
            # A full backend is read-only for all. Old revisions go every minute (see the API server), so this is far.
            f"--quota-backend-bytes={4 << 30}",
            "--log-level=warn",
        ),
    )


def _api_server(layout: Layout, programs: Programs) -> Component:
    pki = layout.base / "pki"
    flags = [
        str(programs.kube / "kube-apiserver"),
        f"--bind-address={layout.bind_address}",
        f"--secure-port={layout.api_port}",
        f"--advertise-address={layout.node_address}",
        f"--etcd-servers=https://{layout.etcd}",
        f"--etcd-cafile={pki}/etcd-ca.crt",
        f"--etcd-certfile={pki}/etcd-client.crt",
        f"--etcd-keyfile={pki}/etcd-client.key",
        f"--client-ca-file={pki}/ca.crt",
        f"--tls-cert-file={pki}/apiserver.crt",
        f"--tls-private-key-file={pki}/apiserver.key",
        f"--service-account-issuer=https://kubernetes.default.svc.{DOMAIN}",
        f"--service-account-key-file={pki}/service-accounts.pub",
        f"--service-account-signing-key-file={pki}/service-accounts.key",
        f"--service-cluster-ip-range={SERVICE_RANGE}",
        # Who has no name is told whether the server lives, and nothing else.
        f"--authentication-config={layout.base}/config/authentication.yaml",
        "--authorization-mode=Node,RBAC",
        # What was overwritten is forgotten after a minute, not five.
        "--etcd-compaction-interval=1m",
        # External addresses of a Service would let a student take over traffic to the node itself.
        "--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs",
        f"--kubelet-certificate-authority={pki}/ca.crt",
        f"--kubelet-client-certificate={pki}/apiserver-kubelet.crt",
        f"--kubelet-client-key={pki}/apiserver-kubelet.key",
        # The node's name resolves nowhere.
        "--kubelet-preferred-address-types=InternalIP",
        f"--requestheader-client-ca-file={pki}/front-ca.crt",
        "--requestheader-allowed-names=front-proxy",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-username-headers=X-Remote-User",
        f"--proxy-client-cert-file={pki}/front-proxy.crt",
        f"--proxy-client-key-file={pki}/front-proxy.key",
        # Nothing of ours runs as a privileged Pod, so nobody's may.
        "--allow-privileged=false",
        "--profiling=false",
        "--shutdown-delay-duration=0s",
    ]
    if not layout.has_node:
        # An address that nobody listens on is advertised then; keep it out of the cluster's own Service.
        flags.append("--endpoint-reconciler-type=none")
    return Component("kube-apiserver", tuple(flags), waits_for=(layout.etcd,), environment=_fewer_collections())


def _fewer_collections() -> tuple[tuple[str, str], ...]:
    """For the API server's Go runtime: starting makes much garbage on a small heap, and collecting it as often as by
    default takes a quarter of the start on two cores.

    The limit, a soft one, brings collections back on a large heap. It has to lie well above what is in use, else a
    whole core collects for ever: the server remembers more than a minute of what was written, and objects of 1 MB
    written over and over come to several hundred MiB.
    """
    quarter_mib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**22
    return ("GOGC", "400"), ("GOMEMLIMIT", f"{max(512, quarter_mib)}MiB")


def _controller_manager(layout: Layout, programs: Programs) -> Component:
    pki = layout.base / "pki"
    kubeconfig = layout.base / "kubeconfigs/controller-manager"
    return Component(
        "kube-controller-manager",
        (
            str(programs.kube / "kube-controller-manager"),
            f"--kubeconfig={kubeconfig}",
            f"--authentication-kubeconfig={kubeconfig}",
            f"--authorization-kubeconfig={kubeconfig}",
            "--bind-address=127.0.0.1",
            f"--secure-port={10257 if layout.has_node else 0}",
            "--leader-elect=false",
            "--use-service-account-credentials=true",
            # Every workspace makes it create and delete dozens of objects at once.
            "--kube-api-qps=200",
            "--kube-api-burst=400",
            f"--service-account-private-key-file={pki}/service-accounts.key",
            f"--root-ca-file={pki}/ca.crt",
            f"--cluster-signing-cert-file={pki}/ca.crt",
            f"--cluster-signing-key-file={pki}/ca.key",
            "--allocate-node-cidrs=true",
            f"--cluster-cidr={POD_RANGE}",
            f"--node-cidr-mask-size={NODE_POD_RANGE.partition('/')[2]}",
            f"--service-cluster-ip-range={SERVICE_RANGE}",
            f"--flex-volume-plugin-dir={layout.base}/volume-plugins",
            # There are new metrics every 10 s: upstream has an autoscaler look every 15 s, which would come on top.
            "--horizontal-pod-autoscaler-sync-period=5s",
            # A quota of a kind that was defined a moment ago is not counted before the next round: upstream's is 5 min.
            "--resource-quota-sync-period=10s",
            "--profiling=false",
        ),
        waits_for=(layout.ready,),
    )


def _scheduler(layout: Layout, programs: Programs) -> Component:
    kubeconfig = layout.base / "kubeconfigs/scheduler"
    return Component(
        "kube-scheduler",
        (
            str(programs.kube / "kube-scheduler"),
            f"--kubeconfig={kubeconfig}",
            f"--authentication-kubeconfig={kubeconfig}",
            f"--authorization-kubeconfig={kubeconfig}",
            "--bind-address=127.0.0.1",
            f"--secure-port={10259 if layout.has_node else 0}",
            "--leader-elect=false",
            "--profiling=false",
        ),
        waits_for=(layout.ready,),
    )


def save(path: Path, parts: list[Component]) -> None:
    """Writes the components for the supervisor, which is another process."""
    remembering.write_json(path, [dataclasses.asdict(part) for part in parts])


def load(path: Path) -> list[Component]:
    """Reads what `save` wrote; nothing where that is not there as a whole."""
    try:
        return [
            Component(
                name=part["name"],
                argv=tuple(part["argv"]),
                waits_for=tuple(part["waits_for"]),
                environment=tuple((key, value) for key, value in part["environment"]),
                once=part["once"],
                undo=tuple(part.get("undo", ())),
            )
            for part in remembering.read_json(path) or []
        ]
    except (KeyError, TypeError, ValueError, AttributeError):
        return []
