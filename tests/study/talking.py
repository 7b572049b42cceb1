"""Speaking to a Jupyter server as its page does: cells to a kernel, lines to a terminal."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from tornado.websocket import websocket_connect

ESCAPES = re.compile(r"\x1b(\[[0-9;?]*[a-zA-Z]|\][^\x07]*\x07|[=>])")


@dataclass(frozen=True)
class Jupyter:
    """A server by the address that it printed."""

    url: str

    @property
    def base(self) -> str:
        return "{0.scheme}://{0.netloc}".format(urlsplit(self.url))

    @property
    def token(self) -> str:
        return parse_qs(urlsplit(self.url).query)["token"][0]

    def request(self, method: str, path: str, /, **body: Any) -> Any:
        headers = {"Authorization": f"token {self.token}"}
        options = {"json": body} if body else {}
        answer = httpx.request(
            method, f"{self.base}{path}", headers=headers, timeout=60, follow_redirects=True, trust_env=False, **options
        )
        answer.raise_for_status()
        kind = answer.headers.get("content-type", "")
        return answer.json() if kind.startswith("application/json") else answer.text

    def run(self, notebook: str, *sources: str) -> list[str]:
        """What each source prints in a new kernel of a notebook."""
        session = self.request(
            "POST", "/api/sessions", path=notebook, name=notebook, type="notebook", kernel={"name": "python3"}
        )
        try:
            return _result(self._run(session["kernel"]["id"], sources))
        finally:
            self.request("DELETE", f"/api/sessions/{session['id']}")

    def type(self, *lines: str) -> str:
        """What a new terminal shows once all of the lines have been run in it."""
        name = self.request("POST", "/api/terminals")["name"]
        try:
            return _result(self._type(name, lines))
        finally:
            self.request("DELETE", f"/api/terminals/{name}")

    def _socket(self, path: str) -> Any:
        return websocket_connect(f"ws{self.base.removeprefix('http')}{path}?token={self.token}")

    async def _run(self, kernel: str, sources: tuple[str, ...]) -> list[str]:
        socket = await self._socket(f"/api/kernels/{kernel}/channels")
        printed = []
        for source in sources:
            header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3"}
            header |= {"username": "", "session": uuid.uuid4().hex}
            content = {"code": source, "silent": False, "store_history": True, "allow_stdin": False}
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
            await socket.write_message(json.dumps(message))
            printed.append(await asyncio.wait_for(_printed(socket, header["msg_id"]), 120))
        socket.close()
        return printed

    async def _type(self, name: str, lines: tuple[str, ...]) -> str:
        socket = await self._socket(f"/terminals/websocket/{name}")
        end = uuid.uuid4().hex
        for line in (*lines, f"echo {end[:16]}''{end[16:]}"):  # what is typed is shown as well
            await socket.write_message(json.dumps(["stdin", f"{line}\r"]))

        async def shown() -> str:
            text = ""
            while end not in text:
                kind, *rest = json.loads(await socket.read_message())
                text += rest[0] if kind == "stdout" else ""
            return ESCAPES.sub("", text)

        seen = await asyncio.wait_for(shown(), 120)
        socket.close()
        return seen


def _result(talk: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own, since a test that drives a browser has a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, talk).result()


async def _printed(socket: Any, request: str) -> str:
    text = ""
    while True:
        message = json.loads(await socket.read_message())
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        if message["msg_type"] == "stream":
            text += content["text"]
        elif message["msg_type"] in ("display_data", "execute_result"):
            text += content["data"].get("text/plain", "")
        elif message["msg_type"] == "error":
            text += "\n".join(content["traceback"])
        elif message["msg_type"] == "status" and content["execution_state"] == "idle":
            return text
