"""What kubeconfigs say, read as kubectl reads them: the one place that knows what may stand in one.

Several files become one, the first to name a thing wins, and a path is meant from the file that it stands in. What
cannot be used is an error of one sentence here, before anything is asked of a cluster; no message holds a value,
since it may be a credential. Signing in with what is found is `accounts`' and `plugins`'.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from autograder.cluster.proxies import proxy_for
from autograder.errors import ClusterUnreachable

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_CORRECT = "correct it, or name another file with --kubeconfig or KUBECONFIG"
_MARK = "-----BEGIN "


@dataclass(frozen=True)
class Described:
    """One context of one or several kubeconfigs."""

    where: str
    """the files, for messages"""
    context: str
    """its name"""
    server: str
    """`https://host:port`, with a path where the server lies under one; no slash at its end"""
    namespace: str
    """the one that names without a namespace lie in"""
    ca_pem: str = field(default="", repr=False)
    """whom to trust; empty for the system's"""
    insecure: bool = False
    """whether the server's certificate is not looked at"""
    tls_server_name: str | None = None
    """the name to expect in the server's certificate, where it is not the URL's host"""
    proxy: str | None = field(default=None, repr=False)
    """an HTTP proxy on the way; may hold a password"""
    user: Entry = field(default_factory=lambda: Entry({}, Path(), "nobody"), repr=False)
    """how to sign in"""


@dataclass(frozen=True)
class Entry:
    """A mapping in a kubeconfig, and the folder that paths in it are meant from."""

    fields: Mapping[str, Any] = field(repr=False)
    """as they stand there"""
    folder: Path
    """of the file"""
    what: str
    """what it is called in a message"""

    def text(self, key: str) -> str:
        """The text under a key, empty where there is none.

        Raises:
            ClusterUnreachable: it is something else.
        """
        value = self.fields.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        raise unusable(f"`{key}` of {self.what} is no text")

    def flag(self, key: str) -> bool:
        value = self.fields.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise unusable(f"`{key}` of {self.what} is neither true nor false")

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.fields.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise unusable(f"`{key}` of {self.what} is no list of texts")
        return tuple(value)

    def path(self, key: str) -> Path | None:
        return self.folder / self.text(key) if self.text(key) else None

    def content(self, key: str) -> bytes | None:
        """What is given under `key-data` as base64, or under `key` as the path of a file."""
        data, path = self.text(f"{key}-data"), self.path(key)
        if data and path:
            raise unusable(f"{self.what} has both {key} and {key}-data")
        if data:
            try:
                return base64.b64decode(data, validate=False)
            except binascii.Error:
                raise unusable(f"`{key}-data` of {self.what} is not base64") from None
        return read_bytes(path, f"the {key} of {self.what}") if path else None


def described(
    paths: Sequence[Path], context: str | None = None, *, environment: Mapping[str, str] | None = None
) -> Described:
    """Read a context.

    Args:
        paths: of the files; those that are not there are passed over, as long as one is.
        context: None for the current one.
        environment: where a proxy may be named; `os.environ` if None.

    Raises:
        ClusterUnreachable: they cannot be read, or do not say what is needed.
    """
    where = ", ".join(str(path) for path in paths)
    merged = _merged(paths, where)
    name = context or merged.current
    known = sorted(merged.sections["contexts"])
    if not name:
        raise ClusterUnreachable(
            f"no current-context in {where}",
            expected=f"one of the contexts {', '.join(known) or '(there are none)'}",
            next_step="name one with --context, or run `kubectl config use-context`" if known else _CORRECT,
        )
    if name not in merged.sections["contexts"]:
        raise ClusterUnreachable(
            f"no context {name!r} among {', '.join(known) or 'none at all'}",
            expected=f"a context {name!r} in {where}",
            next_step="name one of them with --context, or another file with --kubeconfig",
        )
    place = merged.sections["contexts"][name]
    cluster = merged.named("clusters", place.text("cluster"), f"the cluster of context {name!r}", where)
    user = Entry({}, Path(), "nobody")
    if place.text("user"):
        user = merged.named("users", place.text("user"), f"the user of context {name!r}", where)
    ca = cluster.content("certificate-authority")
    insecure = cluster.flag("insecure-skip-tls-verify")
    if ca and insecure:
        raise unusable(f"{cluster.what} has both a certificate-authority and insecure-skip-tls-verify")
    server = _server(cluster, secure=bool(ca or insecure or user.fields.get("client-certificate-data")))
    return Described(
        where=where,
        context=name,
        server=server,
        namespace=place.text("namespace") or "default",
        ca_pem=_pem(ca, cluster),
        insecure=insecure,
        tls_server_name=cluster.text("tls-server-name") or None,
        proxy=proxy_for(server, cluster.text("proxy-url") or None, where, environment=environment),
        user=user,
    )


def unusable(found: str, *, next_step: str = _CORRECT) -> ClusterUnreachable:
    """The error that a kubeconfig is not as it must be."""
    return ClusterUnreachable(found, expected="a kubeconfig that kubectl would take", next_step=next_step)


def read_bytes(path: Path, what: str) -> bytes:
    """A file that a kubeconfig names.

    Raises:
        ClusterUnreachable: it cannot be read.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise unusable(f"{what} cannot be read: {path} ({getattr(error, 'strerror', None) or 'no path'})") from None


def files_of(variable: str) -> tuple[Path, ...]:
    """The files that $KUBECONFIG lists, absolute: this process may change its folder later."""
    return tuple(dict.fromkeys(absolute(Path(each)) for each in variable.split(os.pathsep) if each))


def absolute(path: Path) -> Path:
    """Where a path leads from here, wherever this process goes later; links stay as they are."""
    return Path(os.path.abspath(path.expanduser()))


@dataclass(frozen=True)
class _Merged:
    sections: dict[str, dict[str, Entry]]
    """contexts, clusters and users by name"""
    current: str
    """the current context's name, if any"""

    def named(self, section: str, name: str, what: str, where: str) -> Entry:
        if name in self.sections[section]:
            return self.sections[section][name]
        raise unusable(f"{what}, {name!r}, is not in {where}" if name else f"{what} is not named in {where}")


_SECTIONS = {"contexts": "context", "clusters": "cluster", "users": "user"}


def _merged(paths: Sequence[Path], where: str) -> _Merged:
    there = [path for path in paths if os.path.lexists(path)]
    if not there:
        raise ClusterUnreachable(
            f"no file {where or 'at all'}",
            expected="a kubeconfig",
            next_step="correct --kubeconfig or KUBECONFIG; for the embedded cluster leave these and --context out",
        )
    sections: dict[str, dict[str, Entry]] = {section: {} for section in _SECTIONS}
    current = ""
    for path in there:
        document = _loaded(path)
        for section, key in _SECTIONS.items():
            for name, fields in _named(document, section, key, path).items():
                sections[section].setdefault(name, Entry(fields, path.parent, f"the {key} {name!r} in {path}"))
        current = current or Entry(document, path.parent, str(path)).text("current-context")
    return _Merged(sections, current)


def _loaded(path: Path) -> dict[str, Any]:
    content = read_bytes(path, "the kubeconfig")
    try:
        words = content.decode("utf-8-sig")
        document = _parsed(words)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)  # the error itself quotes the line, and that may be a token
        line = f", line {mark.line + 1}" if mark else ""
        raise unusable(f"the kubeconfig {path} is not YAML{line}") from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise unusable(f"the file {path} is not a kubeconfig")
    return document


def _parsed(words: str) -> Any:
    if words.lstrip().startswith("{"):
        try:
            return json.loads(words)  # with tabs, which YAML does not take
        except ValueError:
            pass  # YAML knows braces too
    return yaml.load(words, Loader=_LOADER)  # noqa: S506 - safe, and written in C where that is there


def _named(document: dict[str, Any], section: str, key: str, path: Path) -> dict[str, Mapping[str, Any]]:
    listed = document.get(section)
    found: dict[str, Mapping[str, Any]] = {}
    if listed is None:
        return found
    if not isinstance(listed, list):
        raise unusable(f"`{section}` in the kubeconfig {path} is no list")
    for each in listed:
        name = each.get("name") if isinstance(each, dict) else None
        fields = each.get(key) if isinstance(each, dict) else None
        if not isinstance(name, str) or not isinstance(fields, dict | None):
            raise unusable(f"`{section}` in the kubeconfig {path} has an entry that is no named {key}")
        if name in found:
            raise unusable(f"`{section}` in the kubeconfig {path} names {name!r} twice")
        found[name] = fields or {}
    return found


def _server(cluster: Entry, *, secure: bool) -> str:
    words = cluster.text("server").strip()
    if words and "://" not in words:
        words = f"{'https' if secure else 'http'}://{words}"
    try:
        parts = urlsplit(words)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
        if parts.username is not None or parts.password is not None:
            raise unusable(f"`server` of {cluster.what} holds a user or a password")
        usable = usable and not parts.query and not parts.fragment and words.isascii() and words.isprintable()
    except ValueError:
        usable = False
    if not usable or " " in words:
        raise unusable(f"{cluster.what} has no usable `server`", next_step="it is written https://HOST:PORT")
    return words.rstrip("/")


def _pem(content: bytes | None, cluster: Entry) -> str:
    if content is None:
        return ""
    words = content.decode("ascii", "replace")
    if _MARK not in words:
        raise unusable(f"the certificate-authority of {cluster.what} is no certificate (PEM)")
    return words
