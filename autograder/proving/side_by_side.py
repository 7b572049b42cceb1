"""Works many jobs off side by side, and ends within seconds when it is told to, with what is done till then.

Told to is Ctrl-C, and SIGTERM as `timeout`, a shell that goes or a machine that is switched off send it.

Grading an answer is waiting for the most part, so a thread each is enough. Whoever wants to show how it goes is told in
the thread that called, and nowhere else.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread, current_thread, main_thread
from typing import Generic, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

_GRACE_S = 15.0
"""How long those that run get to put away what they have on the cluster; what they leave is swept the next time."""


_MOST_AT_ONCE = 8


def usual_at_once() -> int:
    """How many a machine of so many cores runs side by side: they wait for the cluster for the most part."""
    return min(max(2, os.cpu_count() or 2), _MOST_AT_ONCE)


@dataclass
class _Bench(Generic[Job, Result]):
    """What the threads share."""

    jobs: Sequence[Job]
    work: Callable[[Job, Event], Result]
    results: list[Result | None]
    waiting: deque[int]
    stop: Event = field(default_factory=Event)
    said: SimpleQueue[Callable[[], None]] = field(default_factory=SimpleQueue)

    def work_off(self, on_start: Callable[[Job], None], on_end: Callable[[Job, Result], None]) -> None:
        """In each thread: one job after another until there is none, or it is to stop."""
        with suppress(IndexError, asyncio.CancelledError):
            while not self.stop.is_set():
                number = self.waiting.popleft()
                job = self.jobs[number]
                self.said.put(lambda job=job: on_start(job))  # type: ignore[misc]
                result = self.results[number] = self.work(job, self.stop)
                self.said.put(lambda job=job, result=result: on_end(job, result))  # type: ignore[misc]


def side_by_side(
    jobs: Sequence[Job],
    work: Callable[[Job, Event], Result],
    *,
    at_once: int,
    on_start: Callable[[Job], None] = lambda job: None,
    on_end: Callable[[Job, Result], None] = lambda job, result: None,
    on_stop: Callable[[], None] = lambda: None,
    grace_s: float = _GRACE_S,
) -> list[Result | None]:
    """The result of each job; None for those that were not come to, or not finished, when Ctrl-C was pressed.

    Args:
        work: does one; it ends soon, with asyncio.CancelledError, once the event is set. It raises nothing else.
        at_once: how many threads.
        on_start, on_end: told of each, in this thread; what they raise is dropped.
        on_stop: told once that Ctrl-C was pressed.
        grace_s: how long to wait for those that run, after Ctrl-C.
    """
    bench: _Bench[Job, Result] = _Bench(jobs, work, [None] * len(jobs), deque(range(len(jobs))))
    threads = [
        # A daemon: one that does not give way keeps nobody from the terminal.
        Thread(target=bench.work_off, args=(on_start, on_end), name=f"proving-{number}", daemon=True)
        for number in range(min(at_once, len(jobs)))
    ]
    try:
        with _ended_like_ctrl_c():
            for thread in threads:
                thread.start()
            _listen(bench.said, threads)
    except KeyboardInterrupt:
        bench.stop.set()
        with suppress(KeyboardInterrupt):  # pressed again: at once
            with suppress(Exception):
                on_stop()
            _listen(bench.said, threads, deadline=time.monotonic() + grace_s)
    return list(bench.results)


@contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """SIGTERM raises KeyboardInterrupt in the block, where this is the thread that signals come to."""
    if current_thread() is not main_thread():
        yield
        return

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _listen(
    said: SimpleQueue[Callable[[], None]], threads: Sequence[Thread], *, deadline: float = float("inf")
) -> None:
    """Passes on what the threads say until they are done."""
    while time.monotonic() < deadline:
        over = not any(thread.is_alive() for thread in threads)
        with suppress(Empty):
            while True:
                tell = said.get(block=not over, timeout=None if over else 0.2)
                with suppress(Exception):  # a terminal that went away is no reason to lose a proof
                    tell()
        if over:
            return
