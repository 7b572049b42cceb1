"""Runs inside the sentiment image: starts its server, asks it what stdin says, stops it, prints what was
seen as JSON."""

from __future__ import annotations

import http.client
import json
import resource
import signal
import subprocess
import sys
import threading
import time

DEADLINE_S = 60


def ask(method: str, path: str, body: bytes | None = None) -> tuple[int, dict]:
    connection = http.client.HTTPConnection("127.0.0.1", 8080, timeout=10)
    connection.request(method, path, body)
    reply = connection.getresponse()
    return reply.status, json.loads(reply.read())


def wait_until_ready() -> list[int]:
    """The statuses of /readyz on the way, repeats left out."""
    seen: list[int] = []
    deadline = time.monotonic() + DEADLINE_S
    while time.monotonic() < deadline:
        try:
            status, _ = ask("GET", "/readyz")
        except ConnectionError:
            status = 0
        if seen[-1:] != [status]:
            seen.append(status)
        if status == 200:
            return seen
        time.sleep(0.01)
    raise TimeoutError(f"never ready: {seen}")


def main() -> None:
    texts = json.load(sys.stdin)
    started = time.monotonic()
    server = subprocess.Popen(
        ["python3", "/srv/server.py"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    lines: list[str] = []
    reader = threading.Thread(target=lambda: lines.extend(server.stdout))
    reader.start()
    seen = {"ready": wait_until_ready(), "ready_after_s": time.monotonic() - started}
    with open(f"/proc/{server.pid}/status") as status:
        seen["memory_kib"] = next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    seen["healthz"], seen["version"] = ask("GET", "/healthz"), ask("GET", "/version")
    seen["predictions"] = [ask("POST", "/predict", json.dumps({"text": text}).encode()) for text in texts]
    seen["refused"] = {
        "not JSON": ask("POST", "/predict", b"{"),
        "no text": ask("POST", "/predict", b'{"txt": "good"}'),
        "text is a number": ask("POST", "/predict", b'{"text": 3}'),
        "an empty text": ask("POST", "/predict", b'{"text": " "}'),
        "a list": ask("POST", "/predict", b"[]"),
        "wrong method": ask("GET", "/predict"),
        "wrong path": ask("GET", "/nothing"),
    }
    kept_open = http.client.HTTPConnection("127.0.0.1", 8080)
    kept_open.request("GET", "/healthz")
    kept_open.getresponse().read()
    asked = time.monotonic()
    server.send_signal(signal.SIGTERM)
    seen["exit_code"] = server.wait(timeout=20)
    seen["stopped_after_s"] = time.monotonic() - asked
    reader.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seen["cpu_s"] = used.ru_utime + used.ru_stime
    seen["log"] = lines
    print(json.dumps(seen))


main()
