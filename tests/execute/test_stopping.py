"""A run that is told to stop, from another thread, puts away what it has and ends at once."""

from __future__ import annotations

import asyncio
import threading
import time

import pytest

from autograder.execute.engine import _run_in_thread


@pytest.mark.parametrize("after_s", [0.0, 0.5])
def test_a_run_ends_once_it_is_told_to_stop(after_s: float) -> None:
    put_away = threading.Event()
    stop = threading.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            put_away.set()

    if after_s:
        threading.Timer(after_s, stop.set).start()
    else:
        stop.set()
    began = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        _run_in_thread(work(), stop)
    assert time.monotonic() - began < 30
    assert put_away.is_set() or not after_s  # one that was stopped before it began has nothing


def test_a_run_that_nobody_stops_goes_to_its_end() -> None:
    done = threading.Event()

    async def work() -> None:
        await asyncio.sleep(0.5)
        done.set()

    _run_in_thread(work(), threading.Event())
    assert done.is_set()
