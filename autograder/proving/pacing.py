"""How far many runs have come, and how long the rest should take, from what each took the last time or takes now."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[str, str]
"""Lab and answer, or lab and mutant, by name."""


@dataclass
class Pace:
    """Kept by the thread that runs them, read by the one that shows it."""

    keys: tuple[Key, ...]
    """Of all that is to be run."""
    at_once: int
    """How many run side by side."""
    usual_s: Mapping[Key, float] = field(default_factory=dict)
    """What some of them took the last time."""
    running: dict[Key, float] = field(default_factory=dict)
    """When those that run began, by the monotonic clock."""
    took_s: dict[Key, float] = field(default_factory=dict)
    """Of those that are done."""
    hows: dict[Key, str] = field(default_factory=dict)
    """How each of them came out; of one that was run again, the last time."""

    def start(self, key: Key) -> None:
        self.running[key] = time.monotonic()

    def end(self, key: Key, how: str) -> None:
        self.took_s[key] = time.monotonic() - self.running.pop(key)
        self.hows[key] = how

    def so_far(self) -> dict[Key, float]:
        """Seconds by what runs now."""
        now = time.monotonic()
        return {key: now - began for key, began in list(self.running.items())}

    @property
    def counts(self) -> Counter[str]:
        """How many came out how."""
        return Counter(self.hows.values())

    @property
    def done(self) -> int:
        return len(self.took_s)

    def left_s(self) -> float | None:
        """How long the rest takes; None before anything is known about it."""
        left, waiting, so_far = [], 0.0, self.so_far()
        for key in self.keys:
            expected_s = self._expected_s(key)
            if key in self.took_s:
                continue
            if expected_s is None:
                return None
            if key in so_far:
                left.append(max(expected_s - so_far[key], 0.0))
            else:
                waiting += expected_s
        # The work is shared, but it ends no sooner than the longest of what runs.
        return max((sum(left) + waiting) / self.at_once, *left, 0.0)

    def _expected_s(self, key: Key) -> float | None:
        """What it took the last time, else what the others of its lab take, else what others take."""
        if key in self.usual_s:
            return self.usual_s[key]
        of_its_lab = [seconds for other, seconds in list(self.took_s.items()) if other[0] == key[0]]
        measured = of_its_lab or list(self.took_s.values())
        return statistics.fmean(measured) if measured else None
