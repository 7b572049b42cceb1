"""What happens when a Pod dies: delete one and see another take its place.

Only a Pod that something made is deleted: for one that nobody would replace the answer is known, and a student who
checks their own work keeps it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.checks import looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN
from autograder.checks.patience import Patience
from autograder.checks.pods import pods, target_of_pod
from autograder.checks.settling import Outlook, is_ready, worst
from autograder.checks.watching import Collection, Watching
from autograder.errors import CheckFailed

_GRACE_PERIOD_S = 5


def replace(where: Any, *, timeout_s: float = 90.0, namespace: str | None = None) -> JsonObject:
    """Delete one Pod, wait for a ready one in its place, and return the new one.

    Raises:
        CheckFailed, CheckUnsettled: there is none that anything would replace, or none came.
    """
    api = current()
    old = _one_to_delete(api, where, namespace)
    before = {pod["metadata"]["uid"] for pod in _siblings(api, old)}
    _delete(api, old)
    return _successor(api, old, before, timeout_s)


@contextmanager
def replaced(where: Any, *, timeout_s: float = 90.0, namespace: str | None = None) -> Iterator[JsonObject]:
    """Delete one Pod, run the block meanwhile (given the Pod that goes), then wait for a ready one in its place.

    Raises:
        CheckFailed, CheckUnsettled: there is none that anything would replace, or none came.
    """
    api = current()
    old = _one_to_delete(api, where, namespace)
    before = {pod["metadata"]["uid"] for pod in _siblings(api, old)}
    _delete(api, old)
    yield old
    _successor(api, old, before, timeout_s)


def _one_to_delete(api: Api, where: Any, namespace: str | None) -> JsonObject:
    found = pods(where, namespace=namespace)
    if not found:
        raise CheckFailed("there is no Pod", expected="a Pod to delete, and another in its place")
    old = next((pod for pod in found if is_ready(pod)), found[0])
    if looking.controller_of(old) is None:
        raise CheckFailed(
            f"nothing made {target_of_pod(old)} but a request of its own, so nothing replaces it when it dies",
            expected="a Pod that is replaced",
            next_step="which kinds of object keep Pods running?",
        )
    return old


def _delete(api: Api, pod: JsonObject) -> None:
    options = {"preconditions": {"uid": pod["metadata"]["uid"]}, "gracePeriodSeconds": _GRACE_PERIOD_S}
    api.ask("DELETE", target_of_pod(pod).path, body={"kind": "DeleteOptions", "apiVersion": "v1", **options})


def _siblings(api: Api, pod: JsonObject) -> list[JsonObject]:
    everything, _ = api.items(KNOWN["pods"].collection(pod["metadata"]["namespace"]))
    return [each for each in everything if _controller(each) == _controller(pod)]


def _controller(pod: JsonObject) -> str:
    return str((looking.controller_of(pod) or {}).get("uid"))


def _successor(api: Api, old: JsonObject, before: set[str], timeout_s: float) -> JsonObject:
    namespace = old["metadata"]["namespace"]
    collection, patience = Collection(KNOWN["pods"].collection(namespace)), Patience(timeout_s)
    with Watching(api, [collection]) as watching:
        while True:
            new = [
                pod
                for pod in collection.objects
                if _controller(pod) == _controller(old) and pod["metadata"]["uid"] not in before
            ]
            for pod in new:
                # The first moment counts: what a Pod does as soon as it is called ready is worth a check.
                if is_ready(pod):
                    looking.note(api, target_of_pod(pod), pod)
                    return pod
            outlook = _outlook(api, namespace, new)
            left_s = patience.left_s(api, outlook)
            if left_s <= 0:
                expected = f"another ready Pod in the place of `{old['metadata']['name']}`"
                raise patience.ended(api, namespace, outlook, expected)
            watching.until_changed(min(left_s, outlook.look_again_s))


def _outlook(api: Api, namespace: str, new: list[JsonObject]) -> Outlook:
    decisive = worst([prospects.of_a_pod(api, pod) for pod in new])
    if decisive is not None:
        return decisive
    making = prospects.of_a_namespace(api, namespace)
    if making.state != "settled":
        return making
    return Outlook("stuck", "no new Pod has come", "what makes this Pod, and how many does it want?", grace_s=4.0)
