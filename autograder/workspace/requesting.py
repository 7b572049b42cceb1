"""The API server, spoken to plainly: a request and its answer, a watch with a deadline.

A workspace is a dozen small objects of kinds that a lab may add to, so what is wanted is the protocol, not
a class per kind. This module carries JSON to the API server with the connection's own credentials and
brings the status code back; what a code means is for the caller to say.
"""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from autograder.cluster import proxies
from autograder.cluster.accounts import Account
from autograder.cluster.connection import Connection
from autograder.cluster.refusals import refusal
from autograder.deadlines import scaled
from autograder.errors import ClusterUnreachable, WorkspaceError

Object = dict[str, Any]

_REQUEST_TIMEOUT_S = 30.0
_POLL_S = 0.02


@dataclass(frozen=True)
class Answer:
    """What the API server said."""

    status: int
    """The HTTP status."""
    body: Object
    """The object asked for, or a Status that says why not."""

    @property
    def message(self) -> str:
        return str(self.body.get("message") or f"HTTP status {self.status}")

    def must(self, doing: str, *, accept: tuple[int, ...] = (200, 201, 202)) -> Object:
        """The body, if the status is an accepted one.

        Raises:
            WorkspaceError: it is another; `doing` says what was asked, as in "create the namespace x".
        """
        if self.status in accept and self.status < 300 and not isinstance(self.body.get("kind"), str):
            raise WorkspaceError(
                f"asked to {doing}, something that is not an API server answered",
                expected="Kubernetes at `server` of the kubeconfig",
                next_step="correct `server`: its path may be missing, or a sign-in page stands before it",
            )
        if self.status in accept:
            return self.body
        refused = refusal(self.status, self.message)
        raise WorkspaceError(
            f"the API server refused to {doing}: {self.message}" + (f" (by {refused.by})" if refused.by else ""),
            next_step=refused.next_step,
        )


class Api:
    """An open connection to the API server. Safe to use from several threads."""

    def __init__(self, account: Account) -> None:
        self._account = account

    @property
    def host(self) -> str:
        """URL of the API server, with the path it lies under, if any."""
        return self._account.server

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        return self.request("GET", path, query=query)

    def post(self, path: str, body: Object) -> Answer:
        return self.request("POST", path, body=body)

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Object | None = None,
        query: Mapping[str, str] | None = None,
        content_type: str = "application/json",
        accept: str = "application/json",
        timeout_s: float = _REQUEST_TIMEOUT_S,
        retried: bool = True,
    ) -> Answer:
        """One request.

        Args:
            timeout_s: on a machine of usual speed.
            retried: whether a GET without an answer is sent again, twice.

        Raises:
            ClusterUnreachable: no answer came.
        """
        response = self._send(
            method,
            path + (f"?{urlencode(query)}" if query else ""),
            body=None if body is None else json.dumps(body),
            headers={"Content-Type": content_type, "Accept": accept},
            timeout_s=scaled(timeout_s),
            retried=retried and method == "GET",
        )
        return Answer(response.status, _decoded(response.data))

    def until(
        self,
        path: str,
        settled: Callable[[dict[str, Object]], bool],
        *,
        deadline: float,
        query: Mapping[str, str] | None = None,
    ) -> bool:
        """Watch a collection until its objects, by name, are as `settled` wants them.

        Args:
            path: of the collection.
            settled: given all objects of the collection; called once per change.
            deadline: by `time.monotonic()`.
            query: selectors, if not all objects are meant.

        Returns:
            Whether it came to that before the deadline.
        """
        while True:
            listed = self.get(path, query).must(f"list {path}")
            objects = {each["metadata"]["name"]: each for each in listed.get("items") or []}
            if settled(objects):
                return True
            version = listed["metadata"]["resourceVersion"]
            for kind, changed in self._watch(path, dict(query or {}), version, deadline):
                name = changed["metadata"]["name"]
                if kind == "DELETED":
                    objects.pop(name, None)
                else:
                    objects[name] = changed
                if settled(objects):
                    return True
            if time.monotonic() >= deadline:
                return False
            time.sleep(_POLL_S)  # a server that ends every watch at once is not to be flooded with lists

    def _watch(self, path: str, query: dict[str, str], version: str, deadline: float) -> Iterator[tuple[str, Object]]:
        """Changes since a resourceVersion; ends at the deadline, or when a new list is due."""
        left_s = deadline - time.monotonic()
        if left_s <= 0:
            return
        query |= {"watch": "true", "resourceVersion": version, "timeoutSeconds": str(max(1, int(left_s)))}
        import urllib3

        response = self._send("GET", f"{path}?{urlencode(query)}", timeout_s=left_s, stream=True)
        try:
            if response.status != 200:
                return
            for line in response:
                event = _decoded(line)
                if event.get("type") not in ("ADDED", "MODIFIED", "DELETED"):
                    return  # ERROR, mostly an expired version
                yield event["type"], event["object"]
        except urllib3.exceptions.HTTPError:
            return  # the read timeout is the deadline; a broken stream is listed anew
        finally:
            response.close()

    def _send(
        self,
        method: str,
        path: str,
        *,
        timeout_s: float,
        body: str | None = None,
        headers: Mapping[str, str] | None = None,
        stream: bool = False,
        retried: bool = False,
    ) -> Any:
        import urllib3

        sent = urllib3.HTTPHeaderDict({"Accept": "application/json", "User-Agent": "autograder", **(headers or {})})
        sent.update(self._account.headers)
        for group in self._account.groups:
            sent.add("Impersonate-Group", group)
        try:
            return self._pool.request(
                method,
                self.host + path,
                body=body,
                headers=sent,
                timeout=urllib3.Timeout(connect=min(timeout_s, scaled(10.0)), read=timeout_s),
                preload_content=not stream,
                # A request that changes something is not sent twice behind the caller's back.
                retries=urllib3.Retry(2, backoff_factor=0.2, redirect=False, raise_on_redirect=False)
                if retried
                else False,
                redirect=False,  # wherever it leads, the credentials are not for that place
            )
        except urllib3.exceptions.HTTPError as error:
            raise ClusterUnreachable(
                f"no answer from {self.host}{self._by_proxy} ({_root_of(error)})",
                expected="a running API server",
                next_step=_what_helps(error),
            ) from None

    @cached_property
    def _pool(self) -> Any:
        import urllib3

        account = self._account
        options: dict[str, Any] = {"maxsize": 8}
        if account.tls is not None:
            options["ssl_context"] = account.tls
            if account.tls.verify_mode == ssl.CERT_NONE:
                urllib3.disable_warnings()  # its owner said so in the kubeconfig; stderr is not the place to argue
            if account.tls_server_name:
                options["server_hostname"] = account.tls_server_name
        if account.proxy:
            return urllib3.ProxyManager(
                proxies.shown(account.proxy), proxy_headers=proxies.headers(account.proxy), **options
            )
        return urllib3.PoolManager(**options)

    @property
    def _by_proxy(self) -> str:
        return f" through the proxy {proxies.shown(self._account.proxy)}" if self._account.proxy else ""

    def close(self) -> None:
        """Close every connection."""
        if "_pool" in self.__dict__:
            self._pool.clear()


@contextmanager
def opened(connection: Connection, account: Account | None = None) -> Iterator[Api]:
    """The API server behind a connection, asked as its own user or as another; closed at the end."""
    api = Api(account or connection.account())
    try:
        yield api
    finally:
        api.close()


def poll(condition: Callable[[], bool], *, deadline: float, every_s: float = _POLL_S) -> bool:
    """Ask again until it is so, for what the API server offers no watch for. False after the deadline."""
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(every_s)
    return True


def _root_of(error: BaseException) -> str:
    """What an HTTP library's nested exceptions come down to, for people."""
    while True:
        inner = getattr(error, "reason", None) or error.__cause__ or error.__context__
        if not isinstance(inner, BaseException) or inner is error:
            return str(getattr(error, "strerror", None) or error) or type(error).__name__
        error = inner


def _what_helps(error: BaseException) -> str:
    words = _root_of(error)
    if "certificate" in words.lower():
        return "correct certificate-authority or tls-server-name of the kubeconfig; kubectl says the same"
    if "Tunnel connection failed" in words or "proxy" in type(error).__name__.lower():
        return "the proxy is named by proxy-url of the kubeconfig or by HTTPS_PROXY; it must let this host through"
    return "`kubectl version` says whether it answers; for the embedded one, autograder cluster status"


def _decoded(data: bytes) -> Object:
    try:
        decoded = json.loads(data)
    except ValueError:
        return {"message": data[:500].decode(errors="replace")}
    return decoded if isinstance(decoded, dict) else {"message": str(decoded)}
