"""Serves the sentiment model over HTTP, with FastAPI and uvicorn.

    GET  /healthz   200 as long as the process answers
    GET  /readyz    200 once the model is loaded, 503 before
    GET  /version   {"version": "1"}
    POST /predict   {"text": "…"} -> {"label": "positive", "score": 0.93, "model": "sentiment", "version": "1"}

Whatever is wrong with a request is answered as {"error": "…"}.

Settings: MODEL_PATH, MODEL_VERSION, PORT, and MODEL_LOAD_S, the seconds that loading takes at least. This
model is a few kilobytes; the wait stands for the gigabytes of a real one, without which nobody would notice
that readiness matters.
"""

from __future__ import annotations

import os
import signal

# The first process of a container ignores a request to stop unless it says otherwise, and what follows takes a while.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))

# ruff: noqa: E402
import importlib
import importlib.util
import json
import logging
import pickle
import sys
import threading
import time
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

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


class Answer(JSONResponse):
    """JSON as people write it, and a line of its own in a terminal."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, ensure_ascii=False).encode() + b"\n"


# No pages of documentation: they would load scripts from the internet, which a cluster may not have.
app = FastAPI(title=MODEL_NAME, version=VERSION, default_response_class=Answer, openapi_url=None)
app.state.model = None


@app.get("/healthz")
async def healthz() -> Answer:
    return Answer({"status": "ok"})


@app.get("/readyz")
async def readyz() -> Answer:
    return Answer({"status": "ready"}) if app.state.model else Answer({"status": "loading the model"}, 503)


@app.get("/version")
async def version() -> Answer:
    return Answer({"version": VERSION})


@app.post("/predict")
async def predict(request: Request) -> Answer:
    # Read by hand: whoever asks with curl and no Content-Type is meant to get an answer, too.
    text = text_of(await body_of(request))
    if app.state.model is None:
        raise HTTPException(503, "the model is still being loaded")
    return Answer(app.state.model.predict(text))


@app.exception_handler(HTTPException)
async def refused(request: Request, error: HTTPException) -> Answer:
    said = error.detail
    if error.status_code == 404:
        said = f"nothing at {request.url.path}"
    elif error.status_code == 405 and request.url.path == "/predict":
        said = 'expected POST /predict with {"text": "…"}'
    return Answer({"error": said}, error.status_code, headers=error.headers)


async def body_of(request: Request) -> bytes:
    """The body, sent whole or in chunks, as long as it is not unreasonable."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY_BYTES:
            raise HTTPException(400, f"expected at most {LONGEST_BODY_BYTES} bytes", headers={"Connection": "close"})
    return bytes(body)


def text_of(body: bytes) -> str:
    """The text in the body of a request for a prediction."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"expected JSON, found something else ({error})") from error
    text = said.get("text") if isinstance(said, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise HTTPException(400, 'expected {"text": "…"} with some text in it')
    return text


def load(started: float) -> None:
    """Loads the model beside the server, which says meanwhile that it is alive and not ready."""
    try:
        model = read_model()
    except (OSError, pickle.UnpicklingError) as error:
        print(f"cannot load the model: {error}", file=sys.stderr, flush=True)
        os._exit(1)  # from a thread: nothing else ends the process
    time.sleep(max(0.0, started + LOAD_S - time.monotonic()))
    app.state.model = model
    print(f"{MODEL_NAME} {VERSION}: ready", flush=True)


def main() -> int:
    started = time.monotonic()
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(message)s")
    config = uvicorn.Config(
        app, host="0.0.0.0", port=PORT, log_config=None, server_header=False, ws="none", lifespan="off",  # noqa: S104
        loop="asyncio", http="h11", timeout_keep_alive=75, timeout_graceful_shutdown=LONGEST_ANSWER_S,
    )  # fmt: skip
    server = uvicorn.Server(config)

    def stop(*_: object) -> None:
        server.should_exit = True

    # uvicorn puts its own in place while it serves, then these again, and sends itself the signal a second time.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    print(f"{MODEL_NAME} {VERSION}: listening on port {PORT}, loading {MODEL_PATH}", flush=True)
    threading.Thread(target=load, args=(started,), daemon=True).start()
    server.run()
    print(f"{MODEL_NAME} {VERSION}: asked to stop", flush=True)
    sys.stdout.flush()
    # A model that is still being loaded does not keep the process: the thread may be deep in an import.
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
