"""How long a wait goes on, and what it comes to when it ends without what was waited for.

The deadline ends it, or a stuck state that has lasted long enough to be believed. What the cluster itself is to
blame for ends as an error of ours, not as a finding.
"""

from __future__ import annotations

import time

from autograder.checks import explaining
from autograder.checks.api import Api
from autograder.checks.settling import Outlook
from autograder.errors import AutograderError, CheckFailed, CheckUnsettled, ClusterError, Finding

_NOT_THE_WORK = "nothing is held against the work"


class Patience:
    """The patience of one wait; starts to run out when made."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._started = time.monotonic()
        self._stuck_since: float | None = None

    @property
    def waited_s(self) -> float:
        return time.monotonic() - self._started

    def left_s(self, api: Api, outlook: Outlook) -> float:
        """How long to go on waiting with this outlook; 0 or less: not at all.

        Raises:
            ClusterError: the cluster keeps the work from getting there.
        """
        if outlook.state == "ours":
            raise ClusterError(outlook.found, next_step=_NOT_THE_WORK)
        left_s = self._timeout_s - self.waited_s
        if outlook.state != "stuck":
            self._stuck_since = None
            return left_s
        self._stuck_since = self._stuck_since or time.monotonic()
        lasted_s = time.monotonic() - self._stuck_since
        if outlook.since is not None:
            lasted_s = max(lasted_s, api.now() - outlook.since)
        return min(left_s, outlook.grace_s - lasted_s)

    def ended(self, api: Api, namespace: str, outlook: Outlook, expected: str) -> Finding | AutograderError:
        """What to raise when it has run out."""
        found = explaining.because(api, namespace, outlook)
        if outlook.state == "crowded":
            return ClusterError(f"{found}, after {self.waited_s:.0f} s", next_step=_NOT_THE_WORK)
        if outlook.state == "stuck":
            return CheckFailed(found, expected=expected, next_step=outlook.next_step)
        waited = f"after {self.waited_s:.0f} s of waiting, {found}"
        return CheckUnsettled(waited, expected=expected, next_step=outlook.next_step)
