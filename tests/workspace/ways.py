"""Other ways to a real API server, on loopback: under a path, as platforms have it, and behind an HTTP proxy."""

from __future__ import annotations

import base64
import contextlib
import http.client
import select
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from autograder.cluster.certificates import Authority
from autograder.cluster.connection import Connection
from autograder.workspace.requesting import opened

PATH = "/k8s/clusters/c-abc"


@contextmanager
def token_of_an_account(connection: Connection, role: str) -> Iterator[str]:
    """A token of a new ServiceAccount in `default` that a ClusterRole is bound to."""
    name = f"t-{time.monotonic_ns()}"
    account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name}}
    binding = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": name},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": role},
        "subjects": [{"kind": "ServiceAccount", "name": name, "namespace": "default"}],
    }
    request = {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {"expirationSeconds": 3600}}
    accounts, bindings = (
        "/api/v1/namespaces/default/serviceaccounts",
        "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
    )
    with opened(connection) as api:
        api.post(accounts, account).must("make an account")
        api.post(bindings, binding).must("bind it")
        try:
            yield api.post(f"{accounts}/{name}/token", request).must("give a token")["status"]["token"]
        finally:
            api.request("DELETE", f"{bindings}/{name}")
            api.request("DELETE", f"{accounts}/{name}")


def written(path: Path, cluster: dict[str, Any], user: dict[str, Any], **context: Any) -> Path:
    """A kubeconfig with one of each."""
    document = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "here",
        "contexts": [{"name": "here", "context": {"cluster": "c", "user": "u", **context}}],
        "clusters": [{"name": "c", "cluster": cluster}],
        "users": [{"name": "u", "user": user}],
    }
    path.write_text(yaml.safe_dump(document))
    return path


def cluster_of(connection: Connection, **more: Any) -> dict[str, Any]:
    """The real API server, as a kubeconfig's cluster."""
    ca = base64.b64encode(connection.ca_pem.encode()).decode()
    return {"server": connection.server, "certificate-authority-data": ca, **more}


class UnderAPath:
    """A TLS server of its own name that has the API server under a path, and a web page everywhere else."""

    def __init__(self, connection: Connection, folder: Path, add_token: str = "") -> None:
        authority = Authority(folder, "platform")
        pair = authority.sign("platform-server", user="its server", addresses=("localhost", "127.0.0.1"))
        self.ca_pem = authority.pair.certificate.read_text()
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def pass_on(self) -> None:
                outer.asked.append(self.path)
                host = (self.headers.get("Host") or "").rpartition(":")[0]
                if host != "localhost" or not self.path.startswith(f"{PATH}/"):
                    self._page()
                    return
                length = int(self.headers.get("Content-Length") or 0)
                sent = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
                if add_token:
                    sent["Authorization"] = f"Bearer {add_token}"
                url = urlsplit(connection.server)
                tls = ssl.create_default_context(cadata=connection.ca_pem)
                upstream = http.client.HTTPSConnection(url.hostname or "", url.port, context=tls, timeout=600)
                with contextlib.closing(upstream), contextlib.suppress(OSError):
                    upstream.request(self.command, self.path[len(PATH) :], self.rfile.read(length), sent)
                    answer = upstream.getresponse()
                    self.send_response(answer.status)
                    for name, value in answer.getheaders():
                        if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                            self.send_header(name, value)
                    self.send_header("Connection", "close")
                    self.end_headers()
                    self.close_connection = True
                    while chunk := answer.read1(65536):
                        self.wfile.write(chunk)
                        self.wfile.flush()

            def _page(self) -> None:
                page = b"<html>sign in</html>"
                self.send_response(200)
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = pass_on  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        class Quiet(ThreadingHTTPServer):
            def handle_error(self, *_: Any) -> None:
                pass  # whoever hangs up or trusts somebody else says so itself

        self._server = Quiet(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pair.certificate, pair.key)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.server = f"https://localhost:{self._server.server_address[1]}{PATH}"

    def cluster(self, **more: Any) -> dict[str, Any]:
        return {
            "server": self.server,
            "certificate-authority-data": base64.b64encode(self.ca_pem.encode()).decode(),
            **more,
        }

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Tunnels:
    """An HTTP proxy that opens tunnels for whoever knows its password."""

    def __init__(self, user: str = "ada", password: str = "s3cret-of-the-proxy") -> None:
        pair = base64.b64encode(f"{user}:{password}".encode()).decode()
        self._wanted = f"proxy-authorization: basic {pair}".lower().encode()
        self.opened: list[str] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://{user}:{password}@127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                incoming, _ = self._listener.accept()
                threading.Thread(target=self._tunnel, args=(incoming,), daemon=True).start()

    def _tunnel(self, incoming: socket.socket) -> None:
        with contextlib.suppress(OSError), incoming:
            asked = b""
            while not asked.endswith(b"\r\n\r\n"):
                asked += incoming.recv(1)
            method, target, _ = asked.split(b"\r\n")[0].decode().split()
            if method != "CONNECT" or self._wanted not in asked.lower():
                incoming.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
                return
            self.opened.append(target)
            host, _, port = target.rpartition(":")
            with socket.create_connection((host, int(port)), timeout=10) as outgoing:
                outgoing.settimeout(None)
                incoming.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                ends = [incoming, outgoing]
                while True:
                    for source in select.select(ends, [], [])[0]:
                        data = source.recv(65536)
                        if not data:
                            return
                        (outgoing if source is incoming else incoming).sendall(data)
