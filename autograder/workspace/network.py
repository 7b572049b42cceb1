"""Where the API server is, for NetworkPolicies: where its proxy's traffic comes from, and where Pods reach it.

A request to a Service or Pod through the API server reaches the Pod from the machine that the API server
runs on, so a policy has to name that machine's addresses. They are read from the cluster: the endpoints of
the Service `kubernetes`, and for those that are nodes, the first addresses of the node's Pod network, from
which a bridge or a tunnel sends. Where a cloud keeps its API servers out of sight, a konnectivity agent
carries the traffic, and is named too.
"""

from __future__ import annotations

import ipaddress

from autograder.workspace.requesting import Api, Object

_AGENT: Object = {
    "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "kube-system"}},
    "podSelector": {"matchLabels": {"k8s-app": "konnectivity-agent"}},
}


def api_server_peers(api: Api) -> list[Object]:
    """Peers for a NetworkPolicy's `from`; never an empty list, which would mean everybody.

    Whoever may not read these addresses gets what is known without them: the kubelet's own node is let in
    by every network plugin anyway.
    """
    servers = {
        address
        for each in _slices(api)
        for endpoint in each.get("endpoints") or []
        for address in endpoint.get("addresses") or []
    }
    nodes = api.get("/api/v1/nodes").body.get("items") or []
    addresses = servers | {
        address for node in nodes if servers & _addresses(node) for address in _addresses(node) | _gateways(node)
    }
    blocks = sorted(str(ipaddress.ip_network(address)) for address in addresses)
    return [_AGENT, *({"ipBlock": {"cidr": block}} for block in blocks)]


def api_server_egress(api: Api) -> Object:
    """A rule for a NetworkPolicy's `egress`: to the API server, by its Service and by its own addresses.

    Some network plugins look at a packet before the Service's address is replaced, some after. Whoever may read
    neither gets a rule for the ports that API servers listen on.
    """
    slices = _slices(api)
    service = api.get("/api/v1/namespaces/default/services/kubernetes").body.get("spec") or {}
    addresses = {
        address
        for each in slices
        for endpoint in each.get("endpoints") or []
        for address in endpoint.get("addresses") or []
    } | {each for each in service.get("clusterIPs") or [service.get("clusterIP")] if each and each != "None"}
    ports = {443} | {port["port"] for each in slices for port in each.get("ports") or [] if port.get("port")}
    blocks = sorted(str(ipaddress.ip_network(address)) for address in addresses) or ["0.0.0.0/0", "::/0"]
    return {
        "to": [{"ipBlock": {"cidr": block}} for block in blocks],
        "ports": [{"protocol": "TCP", "port": port} for port in sorted(ports | (set() if addresses else {6443}))],
    }


def _slices(api: Api) -> list[Object]:
    """Those of the Service `kubernetes`."""
    found = api.get("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices").body.get("items") or []
    return [
        each for each in found if each["metadata"].get("labels", {}).get("kubernetes.io/service-name") == "kubernetes"
    ]


def _addresses(node: Object) -> set[str]:
    listed = node.get("status", {}).get("addresses") or []
    return {each["address"] for each in listed if each["type"] in ("InternalIP", "ExternalIP")}


def _gateways(node: Object) -> set[str]:
    """The network's own address (a tunnel's, with some plugins) and the first in it (the bridge's)."""
    networks = [ipaddress.ip_network(each) for each in node.get("spec", {}).get("podCIDRs") or []]
    return {str(address) for each in networks for address in (each.network_address, each[1])}
