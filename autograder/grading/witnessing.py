"""Whether the API server was well while a submission ran.

A student's cell that is refused, kept waiting or cut off by a server that is not well looks like one that asked for
the wrong thing: nothing of it is there when checks look. What the cell itself printed is a student's word. So somebody
asks beside it, with the instructor's account, and what was lost meanwhile is not held against the work.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.errors import AutograderError, ClusterUnreachable
from autograder.workspace.requesting import Api, opened

_EVERY_S = 1.0
_SLOW_S = 5.0
"""how long a server that is well never takes to read one object from its store"""


@dataclass
class Witness:
    """What was seen of the API server, from another thread's view."""

    seen: list[str] = field(default_factory=list)
    """Each time that it did not answer as it should, and how."""

    @property
    def why(self) -> str:
        """A sentence for who must know; empty while nothing was seen."""
        if not self.seen:
            return ""
        times = "once" if len(self.seen) == 1 else f"{len(self.seen)} times"
        return f"the API server was not well while the submission ran ({times}, first: {self.seen[0]})"


@contextmanager
def witnessed(connection: Connection, namespace: str) -> Iterator[Witness]:
    """Look at the API server once a second for as long as the block lasts."""
    witness, ended = Witness(), threading.Event()

    def look() -> None:
        while not ended.is_set():
            try:
                with opened(connection) as api:
                    while not ended.wait(_EVERY_S):
                        if found := _not_well(api, namespace):
                            witness.seen.append(found)
            except Exception as error:  # nobody to ask as: the same as no answer, and nobody reads a thread's traceback
                witness.seen.append(f"it could not be asked: {error}")
                ended.wait(_EVERY_S)

    thread = threading.Thread(target=look, name="witnessing", daemon=True)
    thread.start()
    try:
        yield witness
    finally:
        ended.set()
        thread.join()


def _not_well(api: Api, namespace: str) -> str:
    """What is wrong with an answer that has to come out of the server's store; empty where nothing is."""
    asked = time.monotonic()
    try:
        status = api.request("GET", f"/api/v1/namespaces/{namespace}", timeout_s=_SLOW_S, retried=False).status
    except ClusterUnreachable:
        return "it did not answer" if time.monotonic() - asked < scaled(_SLOW_S) else "it answered too late"
    except AutograderError as error:  # no token to ask with: the same as no answer
        return str(error)
    return f"it answered {status}" if status == 429 or status >= 500 else ""
