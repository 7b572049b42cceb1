"""Asks a URL all the while that something else happens, from a Pod, as a client would who knows nothing of it.

The Pod runs where probes run, asks in several threads over a new connection each time, and counts what it hears: a
status, or how the connection ended. Only these few words are read from it, none of a server's own.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from autograder.checks import evidence, looking, prospects
from autograder.checks.api import Api, pause
from autograder.checks.comparing import shown
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.patience import Patience
from autograder.checks.pressure import Gauge
from autograder.checks.probing import create, pod_that_runs
from autograder.checks.sentences import fresh_name
from autograder.errors import AutograderError, CheckFailed, ClusterError

_STARTING_S = 60.0
_BEGINNING_S = 15.0
"""how long the first answer is waited for: a network policy lets a new Pod in only after a moment"""
_LONGEST_S = 600.0
_TALLY_S = 0.5
_LOOK_S = 0.3
_OLD_S = 1.0
"""how old a tally may be by the time that it is read"""
_NO_ACCIDENT = 0.25
"""the share of lost requests that no busy machine explains: news that are late lose those to one Pod, for a moment"""
_ASTRAY = 0.02
"""the share that late news lose, of those who had been told in time that a Pod goes"""
_NO_NETWORK = "no network"
_NOTHING_HELD = "nothing is held against the work"
_ASKER = """
import collections, json, socket, sys, threading, time, urllib.error, urllib.request
url, at_once, within_s, begin_s, tally_s, per_second = sys.argv[1], int(sys.argv[2]), *map(float, sys.argv[3:])
heard, lock, asked, due = collections.Counter(), threading.Lock(), {}, 0.0
def take_turn():
    \"\"\"Waits until the next request is due; what could not be sent for a second is not made up for.\"\"\"
    global due
    with lock:
        now = time.monotonic()
        due = due + 1 / per_second if due > now - 1 else now
        wait_s = due - now
    time.sleep(max(0, wait_s))
def ask():
    try:
        request = urllib.request.Request(url, headers={"Connection": "close"})
        with urllib.request.urlopen(request, timeout=within_s) as answer:
            answer.read(65536)
            return str(answer.status)
    except urllib.error.HTTPError as error:
        return str(error.code)
    except Exception as error:
        return type(getattr(error, "reason", error)).__name__
def network():
    try:
        address = socket.getaddrinfo("kubernetes.default.svc", 443, type=socket.SOCK_STREAM)[0]
        with socket.socket(*address[:3]) as way:
            way.settimeout(3)
            way.connect(address[4])
        return True
    except OSError:
        return False
def keep_asking(number):
    while True:
        if per_second:
            take_turn()
        with lock:
            asked[number] = time.monotonic()
        said = ask()
        with lock:
            heard[said] += 1
            del asked[number]
        if not said.startswith("2"):
            time.sleep(0.05)
start = time.monotonic()
while not (first := ask()).isdecimal() and time.monotonic() - start < begin_s:
    time.sleep(0.2)
if not first.isdecimal():
    print(json.dumps({"never": first if network() else "no network"}), flush=True)
    time.sleep(600)  # until somebody has read it
for number in range(at_once):
    threading.Thread(target=keep_asking, args=(number,), daemon=True).start()
tallies = 0
while True:
    time.sleep(tally_s)
    tallies += 1
    with lock:
        waited = time.monotonic() - min(asked.values(), default=time.monotonic())
        print(json.dumps({"tallies": tallies, "waited": waited, "heard": dict(heard.most_common(20))}), flush=True)
"""


@dataclass
class Heard:
    """What whoever asked was told."""

    url: str
    """what was asked"""
    counts: Counter[str] = field(default_factory=Counter)
    """how often: by HTTP status, or by the name of the error that there was in place of an answer"""
    never: str = ""
    """the error that came as long as a first answer was waited for; '' where there was one"""
    busy: str = ""
    """what shows that the machine had no time meanwhile; '' where nothing does"""

    def require_answers(
        self,
        *,
        apart_from: Sequence[int] = (),
        excusable: bool = True,
        gave_notice: bool = False,
        next_step: str = "",
    ) -> None:
        """Go on only where everybody who asked was answered with a status below 400.

        Args:
            apart_from: statuses that are another criterion's business.
            excusable: whether a machine that was busy may have lost them.
            gave_notice: whether nothing went before all could have heard of it, so that a few were lost by late news.

        Raises:
            CheckFailed: somebody was not, or nobody ever was.
            ClusterError: somebody was not, and the machine was too busy; unless it was a good part of all. Or it was
                hardly anybody, and news were late.
        """
        if self.never:
            raise CheckFailed(
                f"nothing answered at {self.url} ({self.never})",
                expected="answers there, before it is asked whether any is lost",
                next_step="kubectl get services,endpointslices",
            )
        passed = {str(each) for each in apart_from}
        lost = {said: count for said, count in self.counts.items() if said not in passed and not _is_good(said)}
        if not lost:
            return
        told = ", ".join(f"{count} × {said}" for said, count in sorted(lost.items(), key=lambda each: -each[1]))
        found = f"{sum(lost.values())} of {sum(self.counts.values())} requests to {self.url} were lost: {told}"
        share = sum(lost.values()) / sum(self.counts.values())
        if gave_notice and share < _ASTRAY:
            late = "nothing ended before all could have heard that it would, so the network was late to say so"
            raise ClusterError(f"{found}; {late}", next_step=_NOTHING_HELD)
        if self.busy and excusable and share < _NO_ACCIDENT:
            raise ClusterError(f"{found}; the machine is busy: {self.busy}", next_step=_NOTHING_HELD)
        raise CheckFailed(found, expected="an answer for everybody who asked", next_step=next_step)


@contextmanager
def polled(
    url: str,
    *,
    at_once: int = 8,
    per_second: float | None = None,
    within_s: float = 10.0,
    namespace: str | None = None,
) -> Iterator[Heard]:
    """Ask `url` again and again while the block runs, `at_once` at a time; what was heard is known after the block.

    Args:
        per_second: how often, all in all, as long as fewer than `at_once` wait for their answer; None: as often as
            there are answers.
        within_s: how long one answer may take.

    Raises:
        ClusterError: the Pod that asks could not be run, or reaches nothing at all.
    """
    api = current()
    place = namespace or api.place.grader_namespace or api.place.namespace
    target = Target(KNOWN["pods"], fresh_name("asker"), place)
    limits = (within_s, _BEGINNING_S, _TALLY_S, per_second or 0.0)
    command = ["python3", "-c", _ASKER, url, str(at_once), *map(str, limits)]
    heard, gauge = Heard(url), Gauge()
    try:
        create(api, target, pod_that_runs(api, target, command, lasts_s=_LONGEST_S))
        heard.never = str(_next(api, target, 0).get("never") or "")
        if heard.never == _NO_NETWORK:
            raise ClusterError(
                f"the Pod that is to ask {url} reaches neither DNS nor the API server", next_step=_NOTHING_HELD
            )
        yield heard
        if not heard.never:
            last = _last(api, target, within_s)
            heard.counts.update({str(said): int(count) for said, count in (last.get("heard") or {}).items()})
            heard.busy = gauge.why(api, api.place.namespace)
            evidence.saw_text("answers", url, shown(dict(heard.counts)))
    finally:
        with contextlib.suppress(AutograderError):
            api.ask("DELETE", target.path, body={"kind": "DeleteOptions", "apiVersion": "v1", "gracePeriodSeconds": 0})


def _last(api: Api, target: Target, within_s: float) -> dict[str, Any]:
    """What has been heard once everything is answered that was asked until now, or is not within `within_s`."""
    tallies = int(_tally(api, target).get("tallies") or 0) + 1
    since = time.monotonic()
    while True:
        said = _next(api, target, tallies)
        left_s = since + within_s + 2 * _TALLY_S - time.monotonic()
        if float(said.get("waited") or 0.0) + _OLD_S < time.monotonic() - since or left_s < 0:
            return said
        tallies = int(said["tallies"])


def _is_good(said: str) -> bool:
    return said.isdecimal() and 200 <= int(said) < 400


def _next(api: Api, target: Target, tallies: int) -> dict[str, Any]:
    """The first line of the Pod's log that counts more tallies than that, or says that there will be none.

    Raises:
        ClusterError: the Pod does not get so far.
    """
    patience = Patience(_STARTING_S + _BEGINNING_S)
    while True:
        said = _tally(api, target)
        if "never" in said or int(said.get("tallies") or 0) > tallies:
            return said
        pod = api.ask("GET", target.path)
        outlook = prospects.of_a_pod(api, pod) if pod is not None else None
        ended = pod is None or (pod.get("status") or {}).get("phase") in ("Failed", "Succeeded")
        if outlook is None or ended or patience.left_s(api, outlook) <= 0:
            raise ClusterError(
                f"the Pod that asks could not be run: {outlook.found if outlook else 'it was removed while it ran'}",
                next_step=_NOTHING_HELD,
            )
        pause(api, _LOOK_S)


def _tally(api: Api, target: Target) -> dict[str, Any]:
    """The last whole line of the Pod's log; {} where there is none yet."""
    for line in reversed((looking.log_of(api, target, lines=2) or "").splitlines()):
        with contextlib.suppress(ValueError):
            said = json.loads(line)
            if isinstance(said, dict):
                return said
    return {}
