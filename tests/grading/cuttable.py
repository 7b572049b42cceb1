"""A way to a real API server that a test can cut: a TCP relay in front of it."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from autograder.cluster.connection import Connection


class Relay:
    """Passes bytes on between a port of 127.0.0.1 and a server until it is cut."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._uncut = threading.Event()
        self._uncut.set()
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        """End every connection; new ones are ended at once."""
        self._uncut.clear()
        with self._lock:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._uncut.set()

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                incoming, _ = self._listener.accept()
                if self._uncut.is_set():
                    threading.Thread(target=self._pass_on, args=(incoming,), daemon=True).start()
                else:
                    incoming.close()

    def _pass_on(self, incoming: socket.socket) -> None:
        with contextlib.suppress(OSError), incoming, socket.create_connection(self._target, timeout=10) as outgoing:
            outgoing.settimeout(None)
            with self._lock:
                self._open |= {incoming, outgoing}
            try:
                _copy(incoming, outgoing)
            finally:
                with self._lock:
                    self._open -= {incoming, outgoing}


def _copy(one: socket.socket, other: socket.socket) -> None:
    while True:
        readable, _, _ = select.select([one, other], [], [])
        for source in readable:
            data = source.recv(65536)
            if not data:
                return
            (other if source is one else one).sendall(data)


@contextmanager
def cuttable(connection: Connection, folder: Path) -> Iterator[tuple[Connection, Relay]]:
    """The same cluster by a way that can be cut."""
    url = urlsplit(connection.server)
    relay = Relay(url.hostname or "", url.port or 443)
    content = yaml.safe_load(connection.kubeconfig.read_text())
    for cluster in content["clusters"]:
        cluster["cluster"]["server"] = f"https://127.0.0.1:{relay.port}"
    kubeconfig = folder / "cuttable-kubeconfig"
    kubeconfig.write_text(yaml.safe_dump(content))
    kubeconfig.chmod(0o600)
    try:
        yield replace(connection, kubeconfig=kubeconfig), relay
    finally:
        relay.close()
