"""Short-lived tokens → kubeconfigs.

A token is asked of the TokenRequest API for one ServiceAccount and expires by itself; it also ends with the
ServiceAccount, so a removed workspace leaves no working credential behind. Nothing here is written to disk:
where a kubeconfig may lie is for the one who asked.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from urllib.parse import urlsplit

import yaml

from autograder.cluster import proxies
from autograder.cluster.connection import Connection
from autograder.workspace.requesting import opened

_SHORTEST_S = 600  # the API server grants no less


def requested_token(connection: Connection, namespace: str, account: str, expires: datetime) -> str:
    """A new token for a ServiceAccount, good until `expires` and for ten minutes at least.

    Raises:
        WorkspaceError: the API server gives none.
    """
    left_s = int((expires - datetime.now(UTC)).total_seconds())
    with opened(connection) as api:
        reply = api.post(
            f"/api/v1/namespaces/{namespace}/serviceaccounts/{account}/token",
            {
                "apiVersion": "authentication.k8s.io/v1",
                "kind": "TokenRequest",
                "spec": {"expirationSeconds": max(_SHORTEST_S, left_s)},
            },
        ).must(f"give a token for the ServiceAccount {account} of {namespace}")
    return str(reply["status"]["token"])


def kubeconfig(
    connection: Connection,
    token: str,
    namespace: str,
    *,
    user: str,
    server: str | None = None,
    tls_server_name: str | None = None,
    trusted: bool = False,
) -> str:
    """A kubeconfig as YAML, whose only context has this namespace as its default.

    Args:
        server: another way to the API server, like https://127.0.0.1:6443. What lies behind it is the same: the
            scheme and the path are those of the connection's own URL, and no proxy is on this way.
        tls_server_name: the name to expect in its certificate then.
        trusted: whether it may hold the password of a proxy.
    """
    cluster: dict[str, str | bool] = {"server": _by_another_way(connection.server, server)}
    if connection.insecure:
        cluster["insecure-skip-tls-verify"] = True
    elif ca_pem := connection.ca_pem:
        cluster["certificate-authority-data"] = base64.b64encode(ca_pem.encode()).decode()
    if connection.proxy and server is None:
        cluster["proxy-url"] = connection.proxy if trusted else proxies.shown(connection.proxy)
    if expected := tls_server_name or connection.tls_server_name:
        cluster["tls-server-name"] = expected
    return yaml.safe_dump(
        {
            "apiVersion": "v1",
            "kind": "Config",
            "current-context": "workspace",
            "clusters": [{"name": "course", "cluster": cluster}],
            "contexts": [{"name": "workspace", "context": {"cluster": "course", "user": user, "namespace": namespace}}],
            "users": [{"name": user, "user": {"token": token}}],
        },
        sort_keys=False,
    )


def _by_another_way(server: str, way: str | None) -> str:
    """The API server's URL with another host and port."""
    if way is None:
        return server
    own = urlsplit(server)
    return own._replace(netloc=urlsplit(way).netloc).geturl()
