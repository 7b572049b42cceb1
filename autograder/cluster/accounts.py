"""Who asks an API server, and how it is reached: a kubeconfig's context, signed in and ready to be used.

Whatever makes requests is given an `Account`, so that every part of this package signs in in the same way. What may
stand in a kubeconfig is `kubeconfigs`'; here it becomes certificates to trust and to show, and headers. A credential
that cannot be sent is refused here, by its name: an HTTP library would quote it in its error.
"""

from __future__ import annotations

import base64
import json
import ssl
import tempfile
import time
from dataclasses import dataclass, field
from typing import Any

from autograder.cluster import plugins
from autograder.cluster.kubeconfigs import Described, Entry, read_bytes, unusable
from autograder.errors import ClusterUnreachable

_IMPERSONATING = ("as", "as-uid", "as-groups", "as-user-extra")


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
    proxy: str | None = field(default=None, repr=False)
    """an HTTP proxy on the way to the server; may hold a password"""
    groups: tuple[str, ...] = ()
    """who is impersonated belongs to these; each is an Impersonate-Group header of its own"""


def account(described: Described) -> Account:
    """Sign in.

    Raises:
        ClusterUnreachable: what the kubeconfig holds cannot be used, or its program gives nothing.
    """
    user = described.user
    token, certificate, key = _credential(described)
    headers = {"Authorization": f"Bearer {_sendable(token, f'the token of {user.what}')}"} if token else {}
    if user.text("username"):
        pair = f"{user.text('username')}:{user.text('password')}"
        headers = {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}
    secure = described.server.startswith("https://")
    return Account(
        server=described.server,
        namespace=described.namespace,
        tls=_tls(described, certificate, key) if secure else None,
        tls_server_name=described.tls_server_name,
        headers=headers | _impersonating(user),
        proxy=described.proxy,
        groups=tuple(_sendable(each, f"`as-groups` of {user.what}") for each in user.texts("as-groups")),
    )


def _credential(described: Described) -> tuple[str, bytes | None, bytes | None]:
    """A token, a certificate and its key, as far as the user has them."""
    user = described.user
    ways = [
        way
        for way, keys in (
            ("exec", ("exec",)),
            ("auth-provider", ("auth-provider",)),
            ("token", ("token", "tokenFile")),
            ("username", ("username",)),
        )
        if any(user.fields.get(key) for key in keys)
    ]
    if ways[:1] == ["exec"] and ways[1:] in (["token"], ["username"]):
        ways = ways[1:]  # what stands there is sent, and the program is not asked
    if len(ways) > 1:
        raise unusable(f"{user.what} signs in in more than one way: {', '.join(ways)}")
    certificate, key = user.content("client-certificate"), user.content("client-key")
    if bool(certificate) != bool(key):
        raise unusable(f"{user.what} has a client-{'certificate' if certificate else 'key'} and not the other half")
    if ways == ["exec"]:
        given = plugins.sign_in(described)
        return given.token, given.certificate_pem or certificate, given.key_pem or key
    if ways == ["auth-provider"]:
        return _token_of_provider(user), certificate, key
    return _token(user), certificate, key


def _token(user: Entry) -> str:
    """The file's, else the one that stands there: files are renewed."""
    path = user.path("tokenFile")
    if path is None:
        return user.text("token").strip()
    token = read_bytes(path, f"the tokenFile of {user.what}").decode("latin-1").strip() or user.text("token").strip()
    if not token:
        raise unusable(f"the tokenFile of {user.what} is empty: {path}", next_step="sign in again")
    return token


def _token_of_provider(user: Entry) -> str:
    """Of the sign-in that was once part of kubectl only OpenID's is left, and of that what was last renewed."""
    provider = user.fields.get("auth-provider")
    name = provider.get("name") if isinstance(provider, dict) else None
    config: Any = provider.get("config") if isinstance(provider, dict) else None
    token = config.get("id-token") if isinstance(config, dict) and name == "oidc" else None
    if isinstance(token, str) and _expires(token) > time.time() + 60:
        return token
    raise ClusterUnreachable(
        f"{user.what} signs in with the auth-provider {str(name)[:40]!r}"
        + (", whose id-token has run out" if name == "oidc" else ", which kubectl has no more"),
        expected="a token, a certificate or a program (`exec`)",
        next_step="run `kubectl get namespaces` to renew it"
        if name == "oidc"
        else "let your cloud's own tool write the kubeconfig anew",
    )


def _expires(token: str) -> float:
    try:
        claims = token.split(".")[1]
        return float(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"])
    except (ValueError, LookupError, TypeError):
        return 0.0


def _impersonating(user: Entry) -> dict[str, str]:
    if not any(user.fields.get(key) for key in _IMPERSONATING):
        return {}
    if not user.text("as"):
        raise unusable(f"{user.what} impersonates a group or a uid and nobody (`as`)")
    headers = {"Impersonate-User": user.text("as")}
    if user.text("as-uid"):
        headers["Impersonate-Uid"] = user.text("as-uid")
    extra = user.fields.get("as-user-extra") or {}
    if not isinstance(extra, dict) or any(not isinstance(each, list) or len(each) != 1 for each in extra.values()):
        raise unusable(f"`as-user-extra` of {user.what} is not one value for each name")
    headers |= {f"Impersonate-Extra-{name}": str(values[0]) for name, values in extra.items()}
    return {name: _sendable(value, f"`as` of {user.what}") for name, value in headers.items()}


def _sendable(value: str, what: str) -> str:
    if value and value.isascii() and value.isprintable():
        return value
    raise unusable(f"{what} holds characters that cannot be sent", next_step="sign in again, or write it on one line")


def _tls(described: Described, certificate: bytes | None, key: bytes | None) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cadata=described.ca_pem or None)
    except (ssl.SSLError, ValueError):
        raise unusable(f"the certificate-authority in {described.where} is no certificate (PEM)") from None
    # Kubernetes' own tools make authorities that Python 3.13 would be too strict for.
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    if described.insecure:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if certificate and key:
        try:
            # OpenSSL reads a client's certificate only from a file; this one is gone when the block ends.
            with tempfile.NamedTemporaryFile(prefix="autograder-", suffix=".pem") as file:
                file.write(certificate + b"\n" + key)
                file.flush()
                context.load_cert_chain(file.name, password=lambda: b"")  # never asks a terminal for one
        except (ssl.SSLError, ValueError, OSError):
            raise unusable(f"the client certificate of {described.user.what} and its key cannot be used") from None
    return context
