"""How long a wait goes on, and what it comes to when it ends without what was waited for.

The deadline ends it, or a stuck state that has lasted long enough to be believed. On a machine that has no time for
anybody both come later, and what is still on its way then is not held against the work. What the cluster itself is to
blame for ends as an error of ours, not as a finding.
"""

from __future__ import annotations

import re
import time

from autograder.checks import explaining
from autograder.checks.api import Api
from autograder.checks.pressure import Gauge
from autograder.checks.settling import Outlook
from autograder.deadlines import scaled
from autograder.errors import AutograderError, CheckFailed, CheckUnsettled, ClusterError, Finding

MOST_EXTENSIONS = 2
"""how often a deadline is moved by its own length while the machine is too busy"""
SLOWER = 4.0
"""how much longer a stuck state must have lasted while it is"""
_ANSWERED = re.compile(r"probe failed with statuscode: 4\d\d")
"""a server that has time to say that it has no such page is not waiting for a processor"""
LOOK = "kubectl get pods, and kubectl describe for what is not ready: its events say what it waits for"
"""what to do where nothing better is known"""
_NOT_THE_WORK = "nothing is held against the work"


class Patience:
    """The patience of one wait; starts to run out when made."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = self._length_s = scaled(timeout_s)
        self._started = time.monotonic()
        self._stuck_since: float | None = None
        self._gauge = Gauge()
        self._extensions = 0

    @property
    def waited_s(self) -> float:
        return time.monotonic() - self._started

    @property
    def is_over(self) -> bool:
        """Whether its time is over, unless the machine is found to be too busy."""
        return self.waited_s >= self._timeout_s

    def left_s(self, api: Api, outlook: Outlook) -> float:
        """How long to go on waiting with this outlook; 0 or less: not at all.

        Raises:
            ClusterError: the cluster keeps the work from getting there.
        """
        if outlook.state == "ours":
            raise ClusterError(outlook.found, next_step=_NOT_THE_WORK)
        left_s = self._timeout_s - self.waited_s
        if left_s <= 0 and self._extensions < MOST_EXTENSIONS and self._too_busy(api):
            self._extensions += 1
            self._timeout_s += self._length_s
            left_s += self._length_s
        if outlook.state != "stuck":
            self._stuck_since = None
            return left_s
        self._stuck_since = self._stuck_since or time.monotonic()
        lasted_s = time.monotonic() - self._stuck_since
        if outlook.since is not None:
            lasted_s = max(lasted_s, api.now() - outlook.since)
        grace_s = scaled(outlook.grace_s)
        if lasted_s >= grace_s and (outlook.by_time or grace_s) and self._gauge.stalled():
            grace_s = left_s + lasted_s if outlook.by_time else grace_s * SLOWER
        return min(left_s, grace_s - lasted_s)

    def ended(self, api: Api, namespace: str, outlook: Outlook, expected: str) -> Finding | AutograderError:
        """What to raise when it has run out."""
        found = explaining.because(api, namespace, outlook)
        if outlook.state == "crowded":
            return ClusterError(f"{found}, after {self.waited_s:.0f} s", next_step=_NOT_THE_WORK)
        slow = (outlook.state == "moving" or outlook.by_time) and not _ANSWERED.search(found)
        if slow and (why := self._gauge.why(api, api.place.namespace)):
            return ClusterError(
                f"{found}, after {self.waited_s:.0f} s on a busy machine: {why}", next_step=_NOT_THE_WORK
            )
        if outlook.state == "stuck":
            return CheckFailed(found, expected=expected, next_step=outlook.next_step or LOOK)
        waited = f"after {self.waited_s:.0f} s of waiting, {found}"
        return CheckUnsettled(waited, expected=expected, next_step=outlook.next_step or LOOK)

    def _too_busy(self, api: Api) -> bool:
        return bool(self._gauge.why(api, api.place.namespace))
