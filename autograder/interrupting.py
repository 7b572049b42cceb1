"""Ctrl-C is heard, whenever it comes.

Python raises KeyboardInterrupt between any two steps of the main thread. Where these are a weak reference's callback or
a finalizer, whatever is raised is dropped, and `sys.unraisablehook` is told; the command would go on as if nobody had
pressed anything. Such a press is pressed again, a moment later.
"""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

_AGAIN_AFTER_S = 0.02
"""long enough for whatever was being cleared to be done with"""


def hear_every_press() -> None:
    """Press Ctrl-C again whenever Python drops it; doing it again changes nothing."""
    if sys.unraisablehook is not _pressed_again:
        global _otherwise
        _otherwise, sys.unraisablehook = sys.unraisablehook, _pressed_again


_otherwise = sys.__unraisablehook__


def _pressed_again(dropped: UnraisableHookArgs) -> None:
    if not issubclass(dropped.exc_type, KeyboardInterrupt):
        _otherwise(dropped)
        return
    try:
        press = threading.Timer(_AGAIN_AFTER_S, _press)
        press.daemon = True
        press.start()
    except KeyboardInterrupt:  # pressed once more, just here
        _pressed_again(dropped)


def _press() -> None:
    main = threading.main_thread()
    if main.is_alive() and main.ident is not None:
        signal.pthread_kill(main.ident, signal.SIGINT)
