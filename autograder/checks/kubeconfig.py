"""Where a check's account comes from: a kubeconfig, or the ServiceAccount of the Pod it runs in.

Reading the few fields that matter takes milliseconds, where the Kubernetes client takes half a second to
import. Kubeconfigs that sign in through a program or a cloud's plug-in are left to that client.
"""

from __future__ import annotations

import base64
import binascii
import ssl
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from autograder.errors import ClusterError

_IN_POD = Path("/var/run/secrets/kubernetes.io/serviceaccount")


@dataclass(frozen=True)
class Account:
    """Who asks, and which API server."""

    server: str
    """`https://host:port`, with a path where the server lies under one"""
    namespace: str
    """the namespace that names without one lie in"""
    tls: ssl.SSLContext | None = field(repr=False)
    """certificates to trust and to show; None for plain HTTP"""
    tls_server_name: str | None = None
    """the name the server's certificate is checked for, where it is not the host's"""
    headers: dict[str, str] = field(default_factory=dict, repr=False)
    """what proves who asks"""
    proxy: str | None = None
    """an HTTP proxy on the way to the server"""


def read_account(path: Path, context: str | None = None) -> Account:
    """Read the account of a kubeconfig's current context (or of the one named).

    Raises:
        ClusterError: the file cannot be read, or does not say what is needed.
    """
    document = _load(path)
    name = context or document.get("current-context") or ""
    place = _entry(document, "contexts", "context", name, path)
    cluster = _entry(document, "clusters", "cluster", str(place.get("cluster", "")), path)
    user = _entry(document, "users", "user", str(place.get("user", "")), path)
    namespace = str(place.get("namespace") or "default")
    if user.keys() & {"exec", "auth-provider", "username"}:
        return _through_the_client(path, name, namespace)
    server = str(cluster.get("server") or "")
    if not server.startswith(("http://", "https://")):
        raise ClusterError(f"the cluster of context {name!r} in {path} has no usable `server`")
    return Account(
        server=server.rstrip("/"),
        namespace=namespace,
        tls=_tls(cluster, user, path.parent) if server.startswith("https://") else None,
        tls_server_name=cluster.get("tls-server-name"),
        headers=_token_header(user, path.parent),
        proxy=cluster.get("proxy-url"),
    )


def account_of_this_pod(host: str, port: str) -> Account:
    """The account that Kubernetes mounts into every Pod; `host` and `port` come from its environment.

    Raises:
        ClusterError: nothing is mounted.
    """
    try:
        token = (_IN_POD / "token").read_text().strip()
        namespace = (_IN_POD / "namespace").read_text().strip()
        tls = ssl.create_default_context(cafile=str(_IN_POD / "ca.crt"))
    except OSError as error:
        raise ClusterError(
            f"no kubeconfig, and no ServiceAccount in {_IN_POD} ({error.strerror})",
            next_step="set KUBECONFIG to the file that the course gave you",
        ) from error
    address = f"[{host}]" if ":" in host else host
    return Account(f"https://{address}:{port}", namespace, tls, headers={"Authorization": f"Bearer {token}"})


def _load(path: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(path.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ClusterError(f"the kubeconfig {path} cannot be read: {type(error).__name__}") from error
    if not isinstance(document, dict):
        raise ClusterError(f"{path} is not a kubeconfig")
    return document


def _entry(document: dict[str, Any], section: str, key: str, name: str, path: Path) -> dict[str, Any]:
    for entry in document.get(section) or []:
        if isinstance(entry, dict) and entry.get("name") == name:
            return entry.get(key) or {}
    raise ClusterError(f"the kubeconfig {path} has no {key} named {name!r}")


def _bytes_of(entry: dict[str, Any], key: str, folder: Path) -> bytes | None:
    """The value of `key`, given inline as base64 under `key-data` or as the path of a file."""
    try:
        if entry.get(f"{key}-data"):
            return base64.b64decode(str(entry[f"{key}-data"]), validate=False)
        if entry.get(key):
            return (folder / str(entry[key])).read_bytes()
    except (OSError, binascii.Error) as error:
        raise ClusterError(f"the kubeconfig's {key} cannot be read: {error}") from error
    return None


def _tls(cluster: dict[str, Any], user: dict[str, Any], folder: Path) -> ssl.SSLContext:
    authority = _bytes_of(cluster, "certificate-authority", folder)
    try:
        context = ssl.create_default_context(cadata=authority.decode() if authority else None)
        if cluster.get("insecure-skip-tls-verify"):
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        certificate = _bytes_of(user, "client-certificate", folder)
        key = _bytes_of(user, "client-key", folder)
        if certificate and key:
            # OpenSSL reads a client's certificate only from a file; this one is gone when the block ends.
            with tempfile.NamedTemporaryFile(prefix="autograder-", suffix=".pem") as file:
                file.write(certificate + b"\n" + key)
                file.flush()
                context.load_cert_chain(file.name)
    except (ssl.SSLError, UnicodeDecodeError, ValueError) as error:
        raise ClusterError(f"the kubeconfig's certificates cannot be used: {error}") from error
    return context


def _token_header(user: dict[str, Any], folder: Path) -> dict[str, str]:
    token = str(user.get("token") or "")
    if not token and user.get("tokenFile"):
        try:
            token = (folder / str(user["tokenFile"])).read_text().strip()
        except OSError as error:
            raise ClusterError(f"the kubeconfig's tokenFile cannot be read: {error.strerror}") from error
    return {"Authorization": f"Bearer {token}"} if token else {}


def _through_the_client(path: Path, context: str, namespace: str) -> Account:
    """Let the Kubernetes client sign in: it knows how to run the program that a kubeconfig names."""
    import kubernetes  # half a second, needed by few

    settings = kubernetes.client.Configuration()
    try:
        kubernetes.config.load_kube_config(str(path), context=context, client_configuration=settings)
    except Exception as error:  # foreign: the client raises whatever the plug-in does
        raise ClusterError(f"signing in with {path} failed: {error}") from error
    tls = None
    if settings.host.startswith("https://"):
        tls = ssl.create_default_context(cafile=settings.ssl_ca_cert or None)
        if not settings.verify_ssl:
            tls.check_hostname = False
            tls.verify_mode = ssl.CERT_NONE
        if settings.cert_file:
            tls.load_cert_chain(settings.cert_file, settings.key_file)
    return Account(
        server=settings.host.rstrip("/"),
        namespace=namespace,
        tls=tls,
        tls_server_name=getattr(settings, "tls_server_name", None) or None,
        headers=_authorization(settings),
        proxy=settings.proxy or None,
    )


def _authorization(settings: Any) -> dict[str, str]:
    bearer = settings.auth_settings().get("BearerToken") or {}
    return {"Authorization": str(bearer["value"])} if bearer.get("value") else {}
