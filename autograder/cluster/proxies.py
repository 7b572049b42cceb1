"""The proxy on the way to an API server: the one that a kubeconfig names, else the environment's, as kubectl picks it.

A proxy's address may hold a password. It is used, and never shown: messages get `shown`.
"""

from __future__ import annotations

import base64
import ipaddress
import os
from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from autograder.errors import ClusterUnreachable

_PORTS = {"http": 80, "https": 443}


def proxy_for(
    server: str, named: str | None, where: str, *, environment: Mapping[str, str] | None = None
) -> str | None:
    """The proxy that requests to `server` go through; None for none.

    Args:
        server: URL of an API server.
        named: the kubeconfig's `proxy-url`.
        where: who named it, for messages.
        environment: `os.environ` if None; {} where the environment's proxies are not meant.

    Raises:
        ClusterUnreachable: it is not one that can be used.
    """
    if named:
        return _usable(named, f"the proxy-url in {where}", server)
    found = _from_environment(urlsplit(server), os.environ if environment is None else environment)
    return _usable(found[1], f"${found[0]}", server) if found else None


def shown(proxy: str) -> str:
    """A proxy's address without its user and password."""
    parts = urlsplit(proxy)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], "", "", ""))


def address(proxy: str) -> tuple[str, int, bool]:
    """Host, port, and whether the proxy itself is spoken to in TLS."""
    parts = urlsplit(proxy)
    return parts.hostname or "", parts.port or _PORTS[parts.scheme], parts.scheme == "https"


def headers(proxy: str) -> dict[str, str]:
    """What proves to the proxy who asks."""
    parts = urlsplit(proxy)
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Proxy-Authorization": "Basic " + base64.b64encode(pair.encode()).decode()}


def _usable(proxy: str, named_by: str, server: str) -> str:
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    try:
        parts = urlsplit(proxy)
        usable = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise ClusterUnreachable(f"{named_by} is no URL", expected="http://HOST:PORT", next_step="correct it")
    if parts.scheme not in _PORTS:
        raise ClusterUnreachable(
            f"{named_by} is a {parts.scheme} proxy",
            expected="an http or https proxy, which sandboxes can be led through too",
            next_step="name such a proxy, or a context that needs none",
        )
    if not server.startswith("https://"):
        raise ClusterUnreachable(
            f"{named_by} is to carry requests to a server without TLS",
            expected="an https:// server behind a proxy",
            next_step="correct `server`, or leave the proxy out",
        )
    return proxy.rstrip("/")


def _from_environment(server: SplitResult, environment: Mapping[str, str]) -> tuple[str, str] | None:
    if server.scheme != "https":
        return None  # Go's HTTP_PROXY is for these, and what listens in plain HTTP is next door
    name = next((each for each in ("HTTPS_PROXY", "https_proxy") if environment.get(each)), None)
    exceptions = environment.get("NO_PROXY") or environment.get("no_proxy") or ""
    if name is None or _spared(server.hostname or "", server.port or 443, exceptions):
        return None
    return name, environment[name]


def _spared(host: str, port: int, exceptions: str) -> bool:
    """Whether NO_PROXY names this host; this machine itself is never asked through a proxy."""
    number = _number(host)
    if host == "localhost" or (number is not None and number.is_loopback):
        return True
    return any(_names(each.strip().lower(), host.lower(), number, port) for each in exceptions.split(","))


def _names(exception: str, host: str, number: _Address | None, port: int) -> bool:
    if exception == "*":
        return True
    if number is not None and "/" in exception:
        try:
            return number in ipaddress.ip_network(exception, strict=False)
        except ValueError:
            return False
    name, colon, only = exception.rpartition(":")
    if colon and only.isdecimal() and _number(exception) is None:
        if int(only) != port:
            return False
        exception = name.strip("[]")
    if not exception:
        return False
    if exception.startswith((".", "*.")):
        return host.endswith(exception.lstrip("*"))
    return host == exception or (number is None and host.endswith(f".{exception}"))


_Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def _number(host: str) -> _Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None
