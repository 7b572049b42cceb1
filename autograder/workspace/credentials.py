"""Short-lived tokens → kubeconfigs.

A token is asked of the TokenRequest API for one ServiceAccount and expires by itself; it also ends with the
ServiceAccount, so a removed workspace leaves no working credential behind. Nothing here is written to disk:
where a kubeconfig may lie is for the one who asked.
"""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import yaml

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
) -> str:
    """A kubeconfig as YAML, whose only context has this namespace as its default."""
    cluster: dict[str, str] = {"server": server or connection.server}
    if ca_pem := connection.ca_pem:
        cluster["certificate-authority-data"] = base64.b64encode(ca_pem.encode()).decode()
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
