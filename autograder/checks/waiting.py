"""Waiting until something is as it should be, no longer than that can still happen.

`wait` looks once; where that is not enough it follows the object and its Pods by watch, and ends when it holds, when
the deadline passes (unsettled) or when what is there can no longer get there (failed, early). Whether it can is
judged by `settling`; what is asked of an object is a goal of `goals`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

from autograder.checks import looking
from autograder.checks.api import Api, JsonObject, pause
from autograder.checks.connecting import current
from autograder.checks.goals import Goal, Gone, goal_of
from autograder.checks.kinds import Target, target_of
from autograder.checks.patience import LOOK, Patience
from autograder.checks.settling import Outlook
from autograder.checks.watching import Collection, Watching
from autograder.deadlines import scaled
from autograder.errors import CheckFailed, CheckUnsettled, Finding

APPEARING_S = 3.0
"""how long something that is not there is waited for: the student's cells have already run"""
AGAIN_S = 5.0
"""how long to wait again for what has already used up a whole deadline"""
T = TypeVar("T")

_given_up: set[tuple[str, int]] = set()


def wait(
    target: str | JsonObject | Target,
    *,
    ready: int | bool | None = None,
    complete: int | bool | None = None,
    condition: str | None = None,
    gone: bool = False,
    until: Callable[[JsonObject], Any] | None = None,
    waiting_for: str = "",
    timeout_s: float = 90.0,
    appears_within_s: float = APPEARING_S,
    namespace: str | None = None,
) -> JsonObject:
    """Wait until an object is as asked, and return it ({} where it is asked to be gone).

    Raises:
        CheckFailed: it is not there, or can no longer get there.
        CheckUnsettled: it was still on its way after `timeout_s`.
        ClusterError: the cluster keeps it from getting there.
    """
    api = current()
    found = target_of(api, target, namespace)
    goal = goal_of(found, ready, complete, condition, gone, until, waiting_for)
    document = looking.read(api, found)
    if document is not None and goal.holds(api, found, document):
        return document
    if document is None and gone:
        return {}
    return _follow(api, found, goal, document, timeout_s, appears_within_s)


def until(question: Callable[[], T], *, waiting_for: str = "the answer to become right", timeout_s: float = 30.0) -> T:
    """Ask `question` until it gives something true, and return that. A `CheckFailed` in it counts as not yet.

    Raises:
        CheckFailed, CheckUnsettled: what the question last raised.
        CheckUnsettled: it gave nothing true before the deadline.
    """
    api = current()
    deadline = time.monotonic() + scaled(timeout_s)
    while True:
        last: Finding | None = None
        try:
            value = question()
            if value:
                return value
        except (CheckFailed, CheckUnsettled) as finding:
            last = finding
        if time.monotonic() >= deadline:
            raise last or CheckUnsettled(f"not so after {timeout_s:g} s", expected=waiting_for, next_step=LOOK)
        pause(api, min(0.5, max(0.05, deadline - time.monotonic())))


def holds(question: Callable[..., Any], *arguments: Any) -> bool:
    """Whether a question comes to something true; a `CheckFailed` in it means that it does not."""
    try:
        return bool(question(*arguments))
    except CheckFailed:
        return False


def _follow(
    api: Api, target: Target, goal: Goal, document: JsonObject | None, timeout_s: float, appears_within_s: float
) -> JsonObject:
    if document is not None and _key(document) in _given_up:
        timeout_s = min(timeout_s, AGAIN_S)
    own = {"fieldSelector": f"metadata.name={target.name}"}
    object_ = Collection(target.kind.collection(target.namespace), own)
    patience = Patience(timeout_s)
    with Watching(api, [object_, *goal.follows(target)]) as watching:
        while True:
            document = object_.one()
            looking.note(api, target, document)
            if document is None and isinstance(goal, Gone):
                return {}
            if document is not None and goal.holds(api, target, document):
                return document
            if document is None and patience.waited_s >= scaled(min(appears_within_s, timeout_s)):
                raise looking.missing(api, target)
            outlook = goal.outlook(api, target, document) if document else Outlook("moving", f"{target} is not there")
            sleep_s = patience.left_s(api, outlook)
            if sleep_s <= 0:
                if outlook.state != "stuck" and document:
                    _given_up.add(_key(document))
                raise patience.ended(api, target.namespace, outlook, f"{target} {goal.asked}")
            watching.until_changed(min(sleep_s, outlook.look_again_s if document else appears_within_s / 4))


def _key(document: JsonObject) -> tuple[str, int]:
    """Changes when someone asks something else of the object, and not while it catches up."""
    metadata = document["metadata"]
    return str(metadata.get("uid")), int(metadata.get("generation") or 0)
