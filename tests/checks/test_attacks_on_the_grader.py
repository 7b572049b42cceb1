"""Servers and objects of a student's that are made to blind the grader, or to speak in the API server's name."""

from __future__ import annotations

import contextlib
import http.server
import json
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from checks.conftest import Playground

from autograder import lab
from autograder.checks import connecting, evidence, listing
from autograder.checks.api import Api, NoAnswerError, Place
from autograder.checks.criteria import Verdict
from autograder.checks.kubeconfig import Account

Run = Callable[[Callable[[], Any]], Verdict]

FORGED = json.dumps({"kind": "PodList", "items": [{"metadata": {"name": "forged", "uid": "1"}}]})
LATE = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(FORGED)}\r\n\r\n{FORGED}"
OPENINGS = {
    "an early hint": "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
    "an early hint, and another": "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
    "an interim answer of no known kind": "HTTP/1.1 199 Miscellaneous\r\n\r\n",
    "two answers to one question": "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    "less than was promised, then more": "HTTP/1.1 204 No Content\r\n\r\n",
}


class _Raw(socketserver.BaseRequestHandler):
    """Sends what the test wants, the moment a request has come; then what is late."""

    opening = ""

    def handle(self) -> None:
        with contextlib.suppress(OSError):
            while self.request.recv(65536):
                self.request.sendall(self.opening.encode())
                self.server.asked.wait(0.3)  # type: ignore[attr-defined]
                self.request.sendall(LATE.encode())


@pytest.fixture
def raw_server() -> Iterator[Callable[[str], Api]]:
    """An API server whose every answer is a student's."""
    running: list[Any] = []

    def serve(opening: str) -> Api:
        handler = type("Handler", (_Raw,), {"opening": opening})
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
        server.daemon_threads = True
        server.asked = threading.Event()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
        running.append(server)
        return Api(Account(f"http://127.0.0.1:{server.server_address[1]}", "ns", None), Place("ns", "ns-grader"))

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("opening", OPENINGS.values(), ids=OPENINGS.keys())
def test_what_a_server_says_late_is_never_the_answer_to_another_question(
    raw_server: Callable[[str], Api], opening: str
) -> None:
    api = raw_server(opening)
    with contextlib.suppress(NoAnswerError):
        answer = api.once("GET", "/api/v1/namespaces/ns/pods/evil/proxy/", timeout_s=2.0)
        assert not 100 <= answer.status < 200
    idle = [held for held in list(api._pool.pool.queue) if held is not None and held.sock is not None]
    assert idle == []


def test_a_changed_protocol_is_no_answer(raw_server: Callable[[str], Api]) -> None:
    api = raw_server("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n")
    with pytest.raises(NoAnswerError, match="protocol"):
        api.once("GET", "/api/v1/namespaces/ns/services/evil/proxy/x", timeout_s=2.0)


def test_interim_answers_without_end_are_no_answer(raw_server: Callable[[str], Api]) -> None:
    api = raw_server("HTTP/1.1 100 Continue\r\n\r\n" * 1000)
    with pytest.raises(NoAnswerError, match="interim"):
        api.once("GET", "/api/v1/namespaces/ns/services/evil/proxy/x", timeout_s=2.0)


def test_a_students_server_does_not_set_the_graders_clock(raw_server: Callable[[str], Api]) -> None:
    for date in ("Fri, 01 Jan 2100 00:00:00 GMT", "Fri, 01 Jan 99999999999999 00:00:00 GMT"):
        api = raw_server(f"HTTP/1.1 200 OK\r\nDate: {date}\r\nContent-Length: 2\r\n\r\nhi")
        before = api.now()
        assert api.once("GET", "/api/v1/namespaces/ns/pods/evil/proxy/", timeout_s=2.0).body == b"hi"
        assert abs(api.now() - before) < 5
        assert api.once("GET", "/readyz", timeout_s=2.0).status == 200  # an odd date of anybody's does not raise


PRETENDER = f"""
import socketserver, time
LATE = {LATE!r}.encode()
class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        asked = self.request.recv(65536)
        if b"/hint" in asked.split(b"\\r\\n")[0]:
            self.request.sendall(b"HTTP/1.1 103 Early Hints\\r\\nLink: </x>\\r\\n\\r\\n")
            time.sleep(1)
        self.request.sendall(LATE)
socketserver.ThreadingTCPServer.allow_reuse_address = True
print("up", flush=True)
socketserver.ThreadingTCPServer(("", 8080), Handler).serve_forever()
"""


@pytest.mark.live
def test_a_pod_behind_the_real_proxy_forges_no_object(playground: Playground, looking_at: Api) -> None:
    playground.pod("pretender", ["python3", "-u", "-c", PRETENDER], ready="/ok", ports=[{"containerPort": 8080}])
    lab.wait("pod/pretender", ready=True)
    for _ in range(4):
        lab.get("pod/pretender", "/hint")
        names = [pod["metadata"]["name"] for pod in lab.objects("pods")]
        assert names == ["pretender"]
        assert looking_at.ready()


@pytest.fixture
def full(playground: Playground) -> Iterator[Playground]:
    """More of one kind than one answer may hold: every byte of it is six in JSON."""
    names = [f"big-{number}" for number in range(6)]
    for name in names:
        document = {"kind": "ConfigMap", "metadata": {"name": name}, "data": {"x": "<" * 1_000_000}}
        playground.create("/api/v1/namespaces/{}/configmaps", document)
    yield playground
    for name in names:
        playground.api.ask("DELETE", f"/api/v1/namespaces/{playground.namespace}/configmaps/{name}")


@pytest.mark.live
def test_a_collection_of_more_than_one_answer_is_read_in_pages(full: Playground, looking_at: Api) -> None:
    found = lab.objects("configmaps")
    assert {each["metadata"]["name"] for each in found} >= {f"big-{number}" for number in range(6)}
    assert {each["kind"] for each in found} == {"ConfigMap"}
    assert len(lab.get_object("configmap/big-0")["data"]["x"]) == 1_000_000


@pytest.mark.live
def test_a_collection_that_is_too_much_to_look_through_is_a_finding(
    full: Playground, looking_at: Api, verdict_of: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LIST_LIMIT_BYTES", 20 * 2**20)
    verdict = verdict_of(lambda: lab.objects("configmaps"))
    assert verdict.state == "failed"
    assert "MiB of configmaps" in verdict.message


def test_evidence_that_cannot_be_had_or_shown_costs_no_verdict() -> None:
    def odd() -> evidence.Exhibit:
        raise KeyError("spec")

    evidence.begin()
    evidence.saw("configmap/odd", {"kind": "ConfigMap", "metadata": {"annotations": 5}, "data": {"a": object()}})
    evidence.ask_later("odd", odd)
    evidence.ask_later("good", lambda: evidence.Exhibit("log", "pod/x", "line"))
    connecting.use(None)
    exhibits = evidence.collect(Api(Account("http://127.0.0.1:1", "ns", None), Place("ns")), wanted=True)
    assert [each.text for each in exhibits if each.kind == "log"] == ["line"]
    evidence.begin()


def test_a_text_of_many_megabytes_is_not_kept_for_each_question() -> None:
    evidence.begin()
    for number in range(200):
        evidence.saw_text("reply", f"GET /{number}" + "x" * 10_000, "y" * 1_000_000)
    held = sum(len(name) + len(text) for (_, name), text in evidence._texts.items())
    assert held < 100_000
    evidence.begin()


def test_a_page_that_is_gone_is_read_again_from_the_start() -> None:
    pages = [
        (200, {"metadata": {"continue": "a", "resourceVersion": "5"}, "items": [{"metadata": {"name": "old"}}]}),
        (410, {"message": "too old"}),
        (200, {"metadata": {"continue": "b", "resourceVersion": "6"}, "items": [{"metadata": {"name": "x"}}]}),
        (200, {"metadata": {"resourceVersion": "6"}, "items": [{"metadata": {"name": "y"}}]}),
    ]

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = pages.pop(0)
            content = json.dumps({"kind": "PodList", "apiVersion": "v1", **body}).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
    try:
        api = Api(Account(f"http://127.0.0.1:{server.server_port}", "ns", None), Place("ns", "ns-grader"))
        found, version = api.items("/api/v1/namespaces/ns/pods")
    finally:
        server.shutdown()
        server.server_close()
    assert ([each["metadata"]["name"] for each in found], version) == (["x", "y"], "6")
