"""The Pods behind something, and what happens when one of them dies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.checks import explaining, looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.settling import Outlook, is_ready
from autograder.checks.waiting import until, wait
from autograder.checks.watching import Collection, Watching
from autograder.errors import CheckFailed, CheckUnsettled, ClusterError


def pods(where: Any, *, at_least: int = 0, timeout_s: float = 60.0, namespace: str | None = None) -> list[JsonObject]:
    """The Pods behind a selector, a Service's ready endpoints or an owner, without those being deleted.

    `where`: `"app=x"`, `{"app": "x"}`, `{"matchLabels": …}`, `"service/x"` or `"deployment/x"`. With `at_least`, first
    waits for as many ready ones.

    Raises:
        CheckFailed, CheckUnsettled: there are fewer than `at_least`, or no such Service or owner.
    """
    api = current()
    target = target_of(api, where, namespace) if _names_an_object(where) else None
    if target is None:
        return _selected(api, where, namespace or api.place.namespace, at_least, timeout_s)
    if at_least:
        wait(f"{target.kind.plural}.{target.kind.group}".rstrip(".") + f"/{target.name}", ready=at_least, timeout_s=timeout_s, namespace=namespace)
    found = _behind(api, target)
    for pod in found:
        looking.note(api, _pod(pod), pod)
    return found


def replace(where: Any, *, timeout_s: float = 90.0, namespace: str | None = None) -> JsonObject:
    """Delete one Pod, wait for a ready one in its place, and return the new one.

    Raises:
        CheckFailed, CheckUnsettled: none came.
    """
    api = current()
    old, before = _delete_one(api, where, namespace)
    return _successor(api, old, before, timeout_s)


@contextmanager
def replaced(where: Any, *, timeout_s: float = 90.0, namespace: str | None = None) -> Iterator[JsonObject]:
    """Delete one Pod, run the block meanwhile (it is given the Pod that goes), then wait for a ready one in its place.

    Raises:
        CheckFailed, CheckUnsettled: none came.
    """
    api = current()
    old, before = _delete_one(api, where, namespace)
    yield old
    _successor(api, old, before, timeout_s)


def _names_an_object(where: Any) -> bool:
    if isinstance(where, dict):
        return "metadata" in where
    # A selector may hold a slash as well (app.kubernetes.io/name=x), but never without an operator or before a space.
    return isinstance(where, str) and "/" in where and not set(where) & set("=!(), ") and where.partition("/")[0].lower().split(".")[0] in _kinds()


def _kinds() -> set[str]:
    return {spelling.split(".")[0] for spelling in KNOWN}


def _behind(api: Api, target: Target) -> list[JsonObject]:
    document = looking.read(api, target)
    if document is None:
        raise looking.missing(api, target)
    if target.kind.name == "Pod":
        return [document]
    if target.kind.name != "Service":
        return [pod for pod in prospects.owned_by(api, target, document) if not pod["metadata"].get("deletionTimestamp")]
    uids = {(endpoint.get("targetRef") or {}).get("uid") for endpoint in prospects.ready_endpoints(api, target)}
    everything, _ = api.items(KNOWN["pods"].collection(target.namespace))
    return [pod for pod in everything if pod["metadata"]["uid"] in uids and not pod["metadata"].get("deletionTimestamp")]


def _selected(api: Api, selector: Any, namespace: str, at_least: int, timeout_s: float) -> list[JsonObject]:
    text = looking.selector_text(selector)

    def look() -> list[JsonObject]:
        found, _ = api.items(KNOWN["pods"].collection(namespace), query={"labelSelector": text})
        return [pod for pod in found if not pod["metadata"].get("deletionTimestamp")]

    found = look()
    if sum(map(is_ready, found)) < at_least:
        # While something is being made more may come; after that, what is not there stays away.
        collection = Collection(KNOWN["pods"].collection(namespace), {"labelSelector": text})
        found = _until_enough(api, collection, look, f"{at_least} ready Pods labelled {text}", at_least, timeout_s)
    for pod in found:
        looking.note(api, _pod(pod), pod)
    return found


def _until_enough(
    api: Api, collection: Collection, look: Callable[[], list[JsonObject]], expected: str, at_least: int, timeout_s: float
) -> list[JsonObject]:
    from autograder.checks.waiting import Patience

    patience = Patience(timeout_s)
    namespace = collection.path.split("/")[-2]
    with Watching(api, [collection]) as watching:
        while True:
            found = look()
            ready = sum(map(is_ready, found))
            if ready >= at_least:
                return found
            outlook = _outlook(api, namespace, found, ready)
            left_s = patience.left_s(api, outlook)
            if left_s <= 0:
                error = CheckFailed if outlook.state == "stuck" else CheckUnsettled
                raise error(explaining.because(api, namespace, outlook), expected=expected, next_step=outlook.next_step)
            watching.until_changed(min(left_s, 2.0))


def _outlook(api: Api, namespace: str, found: list[JsonObject], ready: int) -> Outlook:
    outlooks = [prospects.of_a_pod(api, pod) for pod in found if not is_ready(pod)]
    for state in ("ours", "stuck", "moving"):
        for outlook in outlooks:
            if outlook.state == state:
                return outlook
    making = prospects.of_a_namespace(api, namespace)
    if making.state != "settled":
        return making
    return Outlook("stuck", f"{ready} ready of {len(found)} such Pods", "kubectl get pods --show-labels", grace_s=2.0)


def _pod(pod: JsonObject) -> Target:
    return Target(KNOWN["pods"], pod["metadata"]["name"], pod["metadata"]["namespace"])


def _delete_one(api: Api, where: Any, namespace: str | None) -> tuple[JsonObject, set[str]]:
    """Delete the first Pod behind `where`; also returns the uids of all that its controller has."""
    found = pods(where, namespace=namespace)
    if not found:
        raise CheckFailed("there is no Pod", expected="a Pod that can be deleted and replaced")
    old = next((pod for pod in found if is_ready(pod)), found[0])
    before = {pod["metadata"]["uid"] for pod in _siblings(api, old)}
    uid = {"preconditions": {"uid": old["metadata"]["uid"]}, "gracePeriodSeconds": 5}
    api.ask("DELETE", _pod(old).path, body={"kind": "DeleteOptions", "apiVersion": "v1", **uid})
    return old, before


def _siblings(api: Api, pod: JsonObject) -> list[JsonObject]:
    """The Pods with the same controller; a bare Pod's only sibling is one of the same name."""
    controller = (looking.controller_of(pod) or {}).get("uid")
    everything, _ = api.items(KNOWN["pods"].collection(pod["metadata"]["namespace"]))
    if controller is None:
        return [each for each in everything if each["metadata"]["name"] == pod["metadata"]["name"]]
    return [each for each in everything if (looking.controller_of(each) or {}).get("uid") == controller]


