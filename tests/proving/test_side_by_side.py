"""Many jobs at once, each told of; Ctrl-C ends them within seconds and keeps what is done."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time

import pytest

from autograder.proving.side_by_side import side_by_side


def test_every_job_is_done_and_told_of_in_the_thread_that_called() -> None:
    told: list[tuple[str, int, object]] = []
    together = threading.Barrier(3)

    def work(job: int, stop: threading.Event) -> int:
        together.wait(timeout=30)  # only three at once pass it
        return job * job

    results = side_by_side(
        range(9),
        work,
        at_once=3,
        on_start=lambda job: told.append(("start", job, threading.current_thread())),
        on_end=lambda job, result: told.append(("end", result, threading.current_thread())),
    )
    assert results == [each * each for each in range(9)]
    assert {what for *_, what in told} == {threading.main_thread()}
    assert sorted(job for how, job, _ in told if how == "start") == list(range(9))
    assert sorted(result for how, result, _ in told if how == "end") == results


def test_who_shows_it_and_fails_loses_nothing() -> None:
    def fail(*_: object) -> None:
        raise BrokenPipeError

    assert side_by_side([1, 2], lambda job, stop: job, at_once=2, on_start=fail, on_end=fail) == [1, 2]


def test_nothing_to_do_is_done_at_once() -> None:
    assert side_by_side([], lambda job, stop: job, at_once=2) == []


def pressed_in(work_s: float, number: int = signal.SIGINT) -> None:
    threading.Timer(work_s, lambda: os.kill(os.getpid(), number)).start()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_whoever_ends_it_what_is_done_is_kept_and_what_runs_stops(number: int) -> None:
    stopped = threading.Event()

    def work(job: str, stop: threading.Event) -> str:
        if job == "long":
            assert stop.wait(timeout=30)
            stopped.set()
            raise asyncio.CancelledError
        return job

    pressed_in(0.5, number)
    told: list[str] = []
    results = side_by_side(["quick", "long", "late"], work, at_once=1, on_stop=lambda: told.append("stop"))
    assert results == ["quick", None, None]
    assert stopped.is_set()
    assert told == ["stop"]


@pytest.mark.parametrize(("presses", "grace_s"), [(1, 0.5), (2, 60)])
def test_one_that_does_not_give_way_keeps_nobody_waiting(presses: int, grace_s: float) -> None:
    forever = threading.Event()
    for number in range(presses):
        pressed_in(0.3 * (number + 1))
    began = time.monotonic()
    results = side_by_side(["stuck"], lambda job, stop: forever.wait(), at_once=1, grace_s=grace_s)
    assert results == [None]
    assert time.monotonic() - began < 10
    forever.set()
