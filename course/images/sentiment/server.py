"""Serves the sentiment model over HTTP, with Python's own server and nothing else.

    GET  /healthz   200 as long as the process answers GET  /readyz    200 once the model is loaded, 503
    before GET  /version   {"version": "1"} POST /predict   {"text": "…"} -> {"label": "positive", "score":
    0.93, "model": "sentiment", "version": "1"}

Whatever is wrong with a request is answered as {"error": "…"}.

Settings: MODEL_PATH, MODEL_VERSION, PORT, and MODEL_LOAD_S, the seconds that loading takes at least. This
model is a few kilobytes; the wait stands for the gigabytes of a real one, without which nobody would notice
that readiness matters.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MODEL_PATH = Path(os.environ.get("MODEL_PATH", "/srv/models/1.pickle"))
VERSION = os.environ.get("MODEL_VERSION", "1")
LOAD_S = float(os.environ.get("MODEL_LOAD_S", "0"))
PORT = int(os.environ.get("PORT", "8080"))
LONGEST_BODY_BYTES = 64 * 1024
LONGEST_ANSWER_S = 10
MODEL_NAME = "sentiment"


class Model:
    """The classifier."""

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    def predict(self, text: str) -> dict[str, Any]:
        scores = self._pipeline.predict_proba([text])[0]
        best = int(scores.argmax())
        return {
            "label": str(self._pipeline.classes_[best]),
            "score": round(float(scores[best]), 4),
            "model": MODEL_NAME,
            "version": VERSION,
        }


def read_model() -> Model:
    """The model of MODEL_PATH, ready to be asked."""
    put_off("scipy.stats")
    model = Model(pickle.loads(MODEL_PATH.read_bytes()))  # noqa: S301 - made while this image was built
    model.predict("warm up")
    return model


def put_off(name: str) -> None:
    """Has a module imported when something of it is first used, not when it is first named.

    scikit-learn names `scipy.stats` at once and this model never uses it; without this, half of the time
    from start to ready goes into it.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or name in sys.modules:
        return
    stand_in = importlib.util.module_from_spec(spec)

    def import_now(attribute: str) -> Any:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        return getattr(importlib.import_module(name), attribute)

    stand_in.__getattr__ = import_now  # type: ignore[method-assign]
    sys.modules[name] = stand_in


class BadRequestError(Exception):
    """The request is not what the endpoint takes; the message says what is."""


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server_version = f"{MODEL_NAME}/{VERSION}"
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: Server

    def do_GET(self) -> None:
        with self.server.answering():
            self._get()

    def do_POST(self) -> None:
        with self.server.answering():
            self._post()

    def _get(self) -> None:
        if self.path == "/healthz":
            self._answer(HTTPStatus.OK, {"status": "ok"})
        elif self.path == "/readyz":
            if self.server.model:
                self._answer(HTTPStatus.OK, {"status": "ready"})
            else:
                self._answer(HTTPStatus.SERVICE_UNAVAILABLE, {"status": "loading the model"})
        elif self.path == "/version":
            self._answer(HTTPStatus.OK, {"version": VERSION})
        elif self.path == "/predict":
            self._answer(HTTPStatus.METHOD_NOT_ALLOWED, {"error": 'expected POST /predict with {"text": "…"}'})
        else:
            self._answer(HTTPStatus.NOT_FOUND, {"error": f"nothing at {self.path}"})

    def _post(self) -> None:
        try:
            body = self._body()
            if self.path != "/predict":
                self._answer(HTTPStatus.NOT_FOUND, {"error": f"nothing to post to at {self.path}"})
            elif (model := self.server.model) is None:
                self._answer(HTTPStatus.SERVICE_UNAVAILABLE, {"error": "the model is still being loaded"})
            else:
                self._answer(HTTPStatus.OK, model.predict(text_of(body)))
        except BadRequestError as error:
            self._answer(HTTPStatus.BAD_REQUEST, {"error": str(error)})

    def _body(self) -> bytes:
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            length = -1
        if not 0 <= length <= LONGEST_BODY_BYTES:
            self.close_connection = True  # what follows cannot be told from the next request
            raise BadRequestError(f"expected a Content-Length between 0 and {LONGEST_BODY_BYTES}")
        return self.rfile.read(length)

    def _answer(self, status: HTTPStatus, content: dict[str, Any]) -> None:
        body = json.dumps(content, ensure_ascii=False).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: Any) -> None:
        print(f"{self.client_address[0]} {format % arguments}", flush=True)


def text_of(body: bytes) -> str:
    """The text in the body of a request for a prediction."""
    try:
        said = json.loads(body)
    except ValueError as error:
        raise BadRequestError(f"expected JSON, found something else ({error})") from error
    text = said.get("text") if isinstance(said, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise BadRequestError('expected {"text": "…"} with some text in it')
    return text


class Server(ThreadingHTTPServer):
    """Answers what has been asked before it closes; connections that are only kept open do not delay it."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, port: int) -> None:
        super().__init__(("", port), Handler)
        self.model: Model | None = None
        self._being_answered = 0
        self._changed = threading.Condition()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Held while a request is being answered."""
        with self._changed:
            self._being_answered += 1
        try:
            yield
        finally:
            with self._changed:
                self._being_answered -= 1
                self._changed.notify_all()

    def finish(self) -> None:
        """Takes no more connections and waits for the answers that are on their way."""
        self.shutdown()
        with self._changed:
            self._changed.wait_for(lambda: not self._being_answered, timeout=LONGEST_ANSWER_S)


def main() -> int:
    started = time.monotonic()
    server = Server(PORT)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    print(f"{MODEL_NAME} {VERSION}: listening on port {PORT}, loading {MODEL_PATH}", flush=True)
    try:
        model = read_model()
    except (OSError, pickle.UnpicklingError) as error:
        print(f"cannot load the model: {error}", file=sys.stderr, flush=True)
        return 1
    if not stopping.wait(max(0, started + LOAD_S - time.monotonic())):
        server.model = model
        print(f"{MODEL_NAME} {VERSION}: ready", flush=True)
    stopping.wait()
    print(f"{MODEL_NAME} {VERSION}: asked to stop", flush=True)
    server.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
