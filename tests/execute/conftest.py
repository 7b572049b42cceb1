"""Executions of small notebooks against an API server of the test's own.

The server is a loopback HTTPS server that remembers one text. It stands for the cluster: the student kernel
reaches it through the relay, the grader kernel directly, and what a submission earns depends on it alone.
"""

from __future__ import annotations

import datetime
import http.server
import ipaddress
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from execute.small_notebooks import QUICK, check_cell
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execute.execution import Execution, execute
from autograder.execute.grader import Credentials
from autograder.execute.running import Report, Setup
from autograder.execute.student import Belongings


@dataclass
class Server:
    """The stand-in for an API server."""

    url: str
    ca_pem: str
    stored: str = ""


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    certificate, key = _self_signed()
    folder = tmp_path_factory.mktemp("server")
    (folder / "both.pem").write_bytes(key + certificate)
    running = Server("", certificate.decode())

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(running.stored)

        def do_PUT(self) -> None:
            running.stored = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer("stored")

        def _answer(self, text: str) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # connections that bring garbage are part of the tests

    listening = Quiet(("127.0.0.1", 0), Handler)
    trust = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trust.load_cert_chain(folder / "both.pem")
    listening.socket = trust.wrap_socket(listening.socket, server_side=True, do_handshake_on_connect=False)
    running.url = f"https://127.0.0.1:{listening.server_port}"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    yield running
    listening.shutdown()
    thread.join()
    listening.server_close()


Run = Callable[..., Execution]


@pytest.fixture
def setup(server: Server) -> Setup:
    """The kernels of an execution in the usual bounds of these tests."""
    inside = json.dumps({"server": "https://127.0.0.1:6443", "ca": server.ca_pem, "note": "the student's"})
    outside = json.dumps({"server": server.url, "ca": server.ca_pem, "note": "SECRET of the grader"})
    return Setup(
        belongings=Belongings(kubeconfig=inside, server=server.url),
        credentials=Credentials(outside, {"namespace": "lab-ada"}),
        limits=QUICK,
        check_cells=None,
        report=Report(),
    )


@pytest.fixture
def run(setup: Setup, server: Server, tmp_path: Path) -> Run:
    """Executes cells (source, or a cell) and then the check cell; the server starts out empty."""

    def execute_cells(
        *cells: str | NotebookNode,
        files: Path | None = None,
        check_cells: dict[str, str] | None = None,
        with_check: bool = True,
        files_at_most: int = QUICK.files,
        **limits: float,
    ) -> Execution:
        server.stored = ""
        made = [new_code_cell(cell) if isinstance(cell, str) else cell for cell in cells]
        notebook = new_notebook()
        notebook.cells = [*made, check_cell()] if with_check else made
        prepared = replace(
            setup,
            belongings=replace(setup.belongings, files=files),
            limits=replace(QUICK, files=files_at_most, **limits),
            check_cells=check_cells,
            report=Report(),
        )
        return execute(notebook, prepared, {"namespace": "lab-ada"}, output_path=tmp_path / "out.ipynb")

    return execute_cells


def _self_signed() -> tuple[bytes, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    now = datetime.datetime.now(datetime.UTC)
    addresses = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(addresses, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    return certificate.public_bytes(serialization.Encoding.PEM), pem
