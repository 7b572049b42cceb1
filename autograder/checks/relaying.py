"""What comes through the API server and not from it, and how little of it is believed.

A Pod that is asked through the API server's proxy writes its own status line, headers and body; so, in part, does
whatever answers for a log. Such an answer gets a connection that no other question ever uses and that is closed after
it: bytes which come late are read by nobody. An interim answer (1xx) is not an answer, and one that changes the
protocol is none at all. What the final answer means is left to whoever asked.
"""

from __future__ import annotations

import http.client
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import urllib3

_SUBRESOURCES = frozenset({"attach", "exec", "log", "portforward", "proxy"})
_INTERIM_ANSWERS = 8
"""more of them than this and there is no answer; honest servers send one or two"""
_SWITCHING_PROTOCOLS = 101


def is_relayed(path: str) -> bool:
    """Whether the answer to `path` may hold what somebody behind the API server wrote.

    An object that happens to be called `proxy` costs a connection and nothing else.
    """
    return not _SUBRESOURCES.isdisjoint(path.split("?", 1)[0].split("/"))


def for_one_answer(pool: urllib3.HTTPConnectionPool, deadline: float) -> urllib3.HTTPConnectionPool:
    """The pool, prepared for a single answer of somebody who is not trusted.

    Args:
        pool: new, and closed by the caller after the answer.
        deadline: by `time.monotonic()`; interim answers do not put it off.
    """

    class FinalResponse(http.client.HTTPResponse):
        """A response that begins with its final status."""

        def _read_status(self) -> tuple[str, int, str]:
            for _ in range(_INTERIM_ANSWERS):
                version, status, reason = super()._read_status()  # type: ignore[misc]
                if not 100 <= status < 200:
                    return version, status, reason
                if status == _SWITCHING_PROTOCOLS:
                    raise http.client.HTTPException("it changed the protocol instead of answering")
                http.client.parse_headers(self.fp)
                if time.monotonic() > deadline:
                    raise TimeoutError("nothing but interim answers came in time")
            raise http.client.HTTPException("nothing but interim answers came")

    ordinary: Any = pool.ConnectionCls
    pool.ConnectionCls = type("OneAnswer", (ordinary,), {"response_class": FinalResponse})
    return pool
