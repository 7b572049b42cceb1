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
from autograder.errors import RequirementMissing
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


def require_own_tokens(connection: Connection, namespace: str, account: str, expires: datetime) -> None:
    """See, once for each API server, that a ServiceAccount's token is taken, and for nobody else's.

    Something between may add credentials of its own (`kubectl proxy` does), and then a student would work with the
    instructor's rights; or take only tokens of its own, as some platforms do, and then a student could do nothing.

    Raises:
        RequirementMissing: it is not so.
    """
    if connection.server in _proven:
        return
    token = requested_token(connection, namespace, account, expires)
    expected = f"system:serviceaccount:{namespace}:{account}"
    review = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
    with opened(connection, connection.account_with(token)) as api:
        answer = api.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", review)
    if answer.status == 404 and answer.body.get("kind") == "Status":
        return  # a server before 1.28, which cannot say who asks
    found = ((answer.body.get("status") or {}).get("userInfo") or {}).get("username")
    if answer.status == 201 and found == expected:
        _proven.add(connection.server)
        return
    taken_for = f"took it for {found!r}" if answer.status == 201 else f"answered {answer.status}: {answer.message}"
    raise RequirementMissing(
        f"{connection.server} was shown the token of {expected} and {taken_for}",
        expected="an API server that takes ServiceAccount tokens for what they are",
        next_step="name a context that leads to the API server itself (no `kubectl proxy`); with Rancher, the "
        "cluster's authorized endpoint, or switch on its JWT authentication",
    )


_proven: set[str] = set()


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
