"""What is put into an embedded cluster once it answers: DNS, metrics, volumes, rights of its own agents.

All of it is applied again at every start, so that a cluster made by an older version is brought up to date.
"""

from __future__ import annotations

from typing import Any

from autograder.cluster import admission, volumes
from autograder.cluster.components import DNS_ADDRESS, METRICS_PORT, Layout
from autograder.cluster.requesting import Requester
from autograder.errors import ClusterError

_RBAC = "rbac.authorization.k8s.io/v1"


def install(api: Requester, layout: Layout) -> None:
    """Applies every object, in order.

    Raises:
        ClusterError: the API server refused one.
        OSError: it did not answer, or could not.
    """
    for path, manifest in [*admission.policies(), *_objects(layout)]:
        status = api.apply(path, manifest)
        if status == 422:  # it was made by an older version, and what differs cannot be changed
            api.send("DELETE", path)
            status = api.apply(path, manifest)
        if status == 429 or status >= 500:
            raise ConnectionError(f"the API server answered {status}")
        if status not in {200, 201}:
            raise ClusterError(
                f"the API server answered {status} to {manifest['kind']} {manifest['metadata']['name']}",
                next_step="autograder cluster logs kube-apiserver",
            )


def _objects(layout: Layout) -> list[tuple[str, dict[str, Any]]]:
    if not layout.has_node:
        return _fair_shares()
    return [
        *_agent(
            "coredns",
            [
                _read("", "services", "namespaces", "pods", "nodes"),
                _read("discovery.k8s.io", "endpointslices"),
            ],
        ),
        *_agent(
            "kube-router",
            [
                _read("", "services", "namespaces", "pods", "nodes", "endpoints"),
                _read("networking.k8s.io", "networkpolicies"),
                _read("discovery.k8s.io", "endpointslices"),
            ],
        ),
        *_agent(
            "metrics-server",
            [
                _read("", "pods", "nodes", "namespaces"),
                {"apiGroups": [""], "resources": ["nodes/metrics"], "verbs": ["get"]},
            ],
        ),
        *_agent(
            "volumes",
            [
                _read("", "persistentvolumeclaims"),
                {"apiGroups": [""], "resources": ["persistentvolumeclaims/status"], "verbs": ["patch"]},
                {
                    "apiGroups": [""],
                    "resources": ["persistentvolumes"],
                    "verbs": ["get", "list", "watch", "create", "patch", "delete"],
                },
                {"apiGroups": [""], "resources": ["events"], "verbs": ["create"]},
            ],
        ),
        _binding("metrics-server-delegates", "system:auth-delegator", "system:metrics-server"),
        *_service("kube-dns", DNS_ADDRESS, {"dns": (53, 53, "UDP"), "dns-tcp": (53, 53, "TCP")}, layout),
        *_service("metrics-server", None, {"https": (443, METRICS_PORT, "TCP")}, layout),
        _metrics_reader(),
        _kubelet_access(),
        storage_class(),
        _first_service_account(),
        *_fair_shares(),
    ]


def _agent(name: str, rules: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Rights for a component that knows itself by a client certificate as system:NAME."""
    role = {
        "apiVersion": _RBAC,
        "kind": "ClusterRole",
        "metadata": {"name": f"autograder:{name}"},
        "rules": rules,
    }
    return [
        (f"/apis/{_RBAC}/clusterroles/autograder:{name}", role),
        _binding(name, f"autograder:{name}", f"system:{name}"),
    ]


def _binding(name: str, role: str, user: str) -> tuple[str, dict[str, Any]]:
    manifest = {
        "apiVersion": _RBAC,
        "kind": "ClusterRoleBinding",
        "metadata": {"name": f"autograder:{name}"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": user}],
    }
    return f"/apis/{_RBAC}/clusterrolebindings/autograder:{name}", manifest


def _read(group: str, *resources: str) -> dict[str, Any]:
    return {"apiGroups": [group], "resources": list(resources), "verbs": ["get", "list", "watch"]}


def _service(
    name: str, address: str | None, ports: dict[str, tuple[int, int, str]], layout: Layout
) -> list[tuple[str, dict[str, Any]]]:
    """A Service whose one endpoint is a process of the node itself."""
    spec: dict[str, Any] = {
        "ports": [
            {"name": port, "port": outer, "targetPort": inner, "protocol": protocol}
            for port, (outer, inner, protocol) in ports.items()
        ]
    }
    if address is not None:
        spec["clusterIP"] = address
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": spec}
    endpoints = {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {"name": name, "labels": {"kubernetes.io/service-name": name}},
        "addressType": "IPv4",
        "endpoints": [{"addresses": [layout.node_address], "conditions": {"ready": True}}],
        "ports": [{"name": port, "port": inner, "protocol": protocol} for port, (_, inner, protocol) in ports.items()],
    }
    return [
        (f"/api/v1/namespaces/kube-system/services/{name}", service),
        (f"/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices/{name}", endpoints),
    ]


def withdraw_metrics(api: Requester) -> None:
    """Takes `metrics_api` back: a life of the cluster that was killed may have left it with nobody behind it."""
    api.send("DELETE", "/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io")


def metrics_api() -> dict[str, Any]:
    """What makes the API server pass questions about metrics on.

    Not part of `install`: while it names a server that is not there, no namespace can be deleted. The supervisor
    applies it when the server is ready, and takes it back when that has gone for long.
    """
    return {
        "apiVersion": "apiregistration.k8s.io/v1",
        "kind": "APIService",
        "metadata": {"name": "v1beta1.metrics.k8s.io"},
        "spec": {
            "group": "metrics.k8s.io",
            "version": "v1beta1",
            "groupPriorityMinimum": 100,
            "versionPriority": 100,
            # It is reached at the node's own address, where nobody else can listen.
            "insecureSkipTLSVerify": True,
            "service": {"name": "metrics-server", "namespace": "kube-system", "port": 443},
        },
    }


def _metrics_reader() -> tuple[str, dict[str, Any]]:
    """Lets metrics-server read the API server's client authorities, as its own manifests do."""
    name = "autograder:metrics-server-auth-reader"
    manifest = {
        "apiVersion": _RBAC,
        "kind": "RoleBinding",
        "metadata": {"name": name},
        "roleRef": {
            "apiGroup": "rbac.authorization.k8s.io",
            "kind": "Role",
            "name": "extension-apiserver-authentication-reader",
        },
        "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "system:metrics-server"}],
    }
    return f"/apis/{_RBAC}/namespaces/kube-system/rolebindings/{name}", manifest


def _kubelet_access() -> tuple[str, dict[str, Any]]:
    """Lets the API server fetch logs and run commands through the kubelet."""
    return _binding("kubelet-api", "system:kubelet-api-admin", "kube-apiserver-kubelet-client")


def _first_service_account() -> tuple[str, dict[str, Any]]:
    """Without it every Pod in `default` is refused, and kube-controller-manager takes seconds to come to it."""
    manifest = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "default"}}
    return "/api/v1/namespaces/default/serviceaccounts/default", manifest


_FLOW = "flowcontrol.apiserver.k8s.io/v1"


def _fair_shares() -> list[tuple[str, dict[str, Any]]]:
    """A few seats of the API server's own for all ServiceAccounts, shared evenly account by account.

    One student's loop then waits for its turn behind itself: the grader, who has an account too, and everybody else
    are served between. The node's own agents and the administrator are not in here.
    """
    level = {
        "apiVersion": _FLOW,
        "kind": "PriorityLevelConfiguration",
        "metadata": {"name": "course-accounts"},
        "spec": {
            "type": "Limited",
            "limited": {
                "nominalConcurrencyShares": 8,
                "lendablePercent": 0,
                "borrowingLimitPercent": 0,
                "limitResponse": {
                    "type": "Queue",
                    "queuing": {"queues": 64, "handSize": 4, "queueLengthLimit": 50},
                },
            },
        },
    }
    accounts = {"kind": "Group", "group": {"name": "system:serviceaccounts"}}
    everything = {
        "resourceRules": [
            {"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "clusterScope": True, "namespaces": ["*"]}
        ],
        "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}],
    }
    schema = {
        "apiVersion": _FLOW,
        "kind": "FlowSchema",
        "metadata": {"name": "course-accounts"},
        "spec": {
            # Before upstream's `service-accounts` (9000), after those of the cluster's own controllers (900).
            "matchingPrecedence": 5000,
            "priorityLevelConfiguration": {"name": "course-accounts"},
            "distinguisherMethod": {"type": "ByUser"},
            "rules": [{"subjects": [accounts], **everything}],
        },
    }
    return [
        (f"/apis/{_FLOW}/prioritylevelconfigurations/course-accounts", level),
        (f"/apis/{_FLOW}/flowschemas/course-accounts", schema),
    ]


def storage_class() -> tuple[str, dict[str, Any]]:
    """The default class, whose volumes are made on the first node."""
    manifest = {
        "apiVersion": "storage.k8s.io/v1",
        "kind": "StorageClass",
        "metadata": {
            "name": volumes.STORAGE_CLASS,
            "annotations": {"storageclass.kubernetes.io/is-default-class": "true"},
        },
        "provisioner": volumes.PROVISIONER,
        "allowVolumeExpansion": True,
        "reclaimPolicy": "Delete",
        "volumeBindingMode": "Immediate",
    }
    return f"/apis/storage.k8s.io/v1/storageclasses/{volumes.STORAGE_CLASS}", manifest
