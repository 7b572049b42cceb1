"""How long this package waits, on a machine of any speed.

Deadlines are written down as a quick machine needs them. A slow laptop, an emulated processor or a machine that many
share needs the same steps and more time for each: `$AUTOGRADER_PATIENCE` multiplies every deadline, so that nobody
has to find them one by one. Reading it anew each time lets a test and a service change it.
"""

from __future__ import annotations

import math
import os

VARIABLE = "AUTOGRADER_PATIENCE"
_LEAST, _MOST = 1.0, 100.0


def patience() -> float:
    """What `$AUTOGRADER_PATIENCE` says, from 1 to 100; 1 where it says nothing that could be meant."""
    try:
        said = float(os.environ.get(VARIABLE, "1"))
    except ValueError:
        return _LEAST
    return min(max(said, _LEAST), _MOST) if math.isfinite(said) else _LEAST


def problem() -> str:
    """What is wrong with what `$AUTOGRADER_PATIENCE` says; empty where nothing is."""
    said = os.environ.get(VARIABLE, "")
    try:
        fits = not said or _LEAST <= float(said) <= _MOST
    except ValueError:
        fits = False
    return "" if fits else f"{VARIABLE} is {said!r} and taken for {patience():g}; expected is a number from 1 to 100"


def scaled(seconds: float) -> float:
    """A deadline in seconds, as long as this machine needs."""
    return seconds * patience()
