"""The Pods behind something: a selector, a Service's ready endpoints, an owner."""

from __future__ import annotations

from typing import Any

from autograder.checks import looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.patience import Patience
from autograder.checks.settling import Outlook, is_steady, worst
from autograder.checks.waiting import wait
from autograder.checks.watching import Collection, Watching


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
        wait(target, ready=at_least, timeout_s=timeout_s)
    found = _behind(api, target)
    for pod in found:
        looking.note(api, target_of_pod(pod), pod)
    return found


def _names_an_object(where: Any) -> bool:
    if isinstance(where, dict):
        return "metadata" in where
    # A selector may hold a slash as well: app.kubernetes.io/name=x. What names an object holds none of these.
    return "/" in where and not set(where) & set("=!(), ")


def _staying(found: list[JsonObject]) -> list[JsonObject]:
    return [pod for pod in found if not pod["metadata"].get("deletionTimestamp")]  # a Job's are of interest ended, too


def _behind(api: Api, target: Target) -> list[JsonObject]:
    document = looking.read(api, target)
    if document is None:
        raise looking.missing(api, target)
    if target.kind.name == "Pod":
        return [document]
    if target.kind.name != "Service":
        return _staying(prospects.owned_by(api, target, document))
    uids = {(endpoint.get("targetRef") or {}).get("uid") for endpoint in prospects.ready_endpoints(api, target)}
    everything, _ = api.items(KNOWN["pods"].collection(target.namespace))
    return [pod for pod in _staying(everything) if pod["metadata"]["uid"] in uids]


def _selected(api: Api, selector: Any, namespace: str, at_least: int, timeout_s: float) -> list[JsonObject]:
    text = looking.selector_text(selector)
    everything, _ = api.items(KNOWN["pods"].collection(namespace), query={"labelSelector": text})
    found = _staying(everything)
    if sum(is_steady(pod, api.now()) for pod in found) < at_least:
        # While something is being made more may come; after that, what is not there stays away.
        found = _until_enough(api, namespace, text, at_least, timeout_s)
    for pod in found:
        looking.note(api, target_of_pod(pod), pod)
    return found


def _until_enough(api: Api, namespace: str, selector: str, at_least: int, timeout_s: float) -> list[JsonObject]:
    patience = Patience(timeout_s)
    collection = Collection(KNOWN["pods"].collection(namespace), {"labelSelector": selector})
    with Watching(api, [collection]) as watching:
        while True:
            found = _staying(collection.objects)
            ready = sum(is_steady(pod, api.now()) for pod in found)
            if ready >= at_least:
                return found
            outlook = _outlook(api, namespace, found, ready, at_least)
            left_s = patience.left_s(api, outlook)
            if left_s <= 0:
                expected = f"{at_least} ready Pods labelled {selector}"
                raise patience.ended(api, namespace, outlook, expected)
            watching.until_changed(min(left_s, outlook.look_again_s))


def _outlook(api: Api, namespace: str, found: list[JsonObject], ready: int, at_least: int) -> Outlook:
    decisive = worst([prospects.of_a_pod(api, pod) for pod in found], at_least)
    if decisive is not None:
        return decisive
    making = prospects.of_a_namespace(api, namespace)
    if making.state != "settled":
        return making
    return Outlook("stuck", f"{ready} ready of {len(found)} such Pods", "kubectl get pods --show-labels", grace_s=2.0)


def target_of_pod(pod: JsonObject) -> Target:
    return Target(KNOWN["pods"], pod["metadata"]["name"], pod["metadata"]["namespace"])
