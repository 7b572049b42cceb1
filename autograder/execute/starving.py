"""How long a sandbox has waited for a processor, to tell a busy machine from a slow answer.

The kernel counts for every thread how long it ran and how long it could have run and did not (proc(5), schedstat). A
cell that sleeps or waits for the network waits for no processor; one that takes more than its share has had it. Only
who wanted and did not get is starved, and for that the answer to a time limit is more time, or another attempt.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from autograder.execute.freezing import below

_LEAST_SHARE = 0.5
"""of one processor: who had as much was not starved, and who waited for less time than that was not either"""


@dataclass(frozen=True)
class Moment:
    """What was counted up to one moment."""

    ran_s: float = 0.0
    waited_s: float = 0.0

    def since(self, earlier: Moment) -> Moment:
        return Moment(self.ran_s - earlier.ran_s, self.waited_s - earlier.waited_s)

    def starved(self, wall_s: float) -> bool:
        """Whether so little was had of a time span, and so much waited for."""
        return self.waited_s >= _LEAST_SHARE * wall_s and self.ran_s < _LEAST_SHARE * wall_s


class Waiting:
    """Counts for one sandbox, over processes that end as well, as far as it is asked often enough."""

    def __init__(self) -> None:
        self._threads: dict[str, tuple[int, int]] = {}
        self._ended = (0, 0)

    def count(self, pid: int) -> Moment:
        """Everything up to now, of all that was ever seen below a process."""
        alive: dict[str, tuple[int, int]] = {}
        for process in below(pid):
            for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
                with contextlib.suppress(OSError, ValueError, IndexError):
                    ran_ns, waited_ns = thread.read_text().split()[:2]
                    alive[thread.parent.name] = int(ran_ns), int(waited_ns)
        gone = [counted for thread, counted in self._threads.items() if thread not in alive]
        self._ended = self._ended[0] + sum(ran for ran, _ in gone), self._ended[1] + sum(wait for _, wait in gone)
        self._threads = alive
        ran_ns_all = self._ended[0] + sum(ran for ran, _ in alive.values())
        waited_ns_all = self._ended[1] + sum(wait for _, wait in alive.values())
        return Moment(ran_ns_all / 1e9, waited_ns_all / 1e9)
