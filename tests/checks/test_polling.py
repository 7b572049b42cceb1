"""Whoever asks while something else happens: how often, and what is counted."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from autograder import lab
from autograder.checks.criteria import Verdict
from autograder.checks.polling import _ASKER, Heard
from autograder.errors import CheckFailed, ClusterError

Run = Callable[[Callable[[], Any]], Verdict]


class Answering(http.server.BaseHTTPRequestHandler):
    """Answers at once, and remembers when."""

    asked_at: list[float]

    def do_GET(self) -> None:
        self.asked_at.append(time.monotonic())
        self.send_response(200)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


def test_a_load_is_as_large_as_it_was_ordered_and_no_larger() -> None:
    answering = type("OfThisTest", (Answering,), {"asked_at": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        limits = ["16", "10", "15", "0.5", "10"]
        command = [sys.executable, "-c", _ASKER, f"http://127.0.0.1:{server.server_port}/", *limits]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as asker:
            assert asker.stdout is not None
            said = [json.loads(asker.stdout.readline()) for _ in range(6)][-1]
            asker.kill()
        server.shutdown()
    took_s = answering.asked_at[-1] - answering.asked_at[0]
    assert set(said["heard"]) == {"200"}
    # A machine without time sends less; a second of it is never made up for.
    assert len(answering.asked_at) <= 10 * took_s + 3


@pytest.mark.live
@pytest.mark.usefixtures("looking_at")
def test_where_nobody_ever_answers_that_is_said(playground: Any, verdict_of: Run) -> None:
    playground.service("empty", {"app": "nobody"})
    with lab.polled(f"http://empty.{playground.namespace}/", per_second=10) as heard:
        pass
    verdict = verdict_of(heard.require_answers)
    assert (verdict.state, "nothing answered" in verdict.found) == ("failed", True)


def test_what_counts_as_lost() -> None:
    heard = Heard("http://x/", Counter({"200": 40, "503": 3, "RemoteDisconnected": 2}))
    with pytest.raises(CheckFailed, match="5 of 45 requests to http://x/ were lost: 3 × 503, 2 × RemoteDisconnected"):
        heard.require_answers()
    heard.busy = "somebody waited"
    with pytest.raises(ClusterError, match="somebody waited"):
        heard.require_answers()
