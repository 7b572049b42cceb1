"""What happens when a Pod dies: delete one and see another take its place.

Only a Pod that something made is deleted: for one that nobody would replace the answer is known, and a student who
checks their own work keeps it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from autograder.checks import looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.belonging import controller_of, has_labels, labels_of
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.patience import Patience
from autograder.checks.pods import pods, target_of_pod
from autograder.checks.settling import Outlook, condition_of, is_ready, is_staying, is_steady, moment, worst
from autograder.checks.watching import Collection, Watching
from autograder.errors import CheckFailed, ClusterError

_GRACE_PERIOD_S = 5
_NOT_YET_S = 10.0
"""how long a Service may take to send requests to a Pod that is ready and has its labels"""
_MEANWHILE_S = 0.4
"""how often something is asked of a Pod on its way"""
_TRIES = 3
_LATE_S = 2.5
"""after how long a first moment is over: the cluster's timestamps are up to a second behind"""


class _LeftOut(CheckFailed):
    """The new Pod is ready, and its Service will never send it anything."""


def replace(
    where: Any,
    *,
    behind: str | None = None,
    meanwhile: Callable[[JsonObject], Any] | None = None,
    timeout_s: float = 90.0,
    namespace: str | None = None,
) -> JsonObject | None:
    """Delete one Pod, wait for a ready one in its place, and return the new one, at the first moment.

    With `behind`, that is the moment at which this Service begins to send it requests, ready or not; None where the new
    Pod is ready and has not the labels that the Service selects, so that it is sent nothing at all. Until then
    `meanwhile` is called with the new Pod again and again, as soon as a container of it runs.

    Raises:
        CheckFailed, CheckUnsettled: there is none that anything would replace, or none came.
        ClusterError: the machine was so slow that the moment had passed each time.
    """
    api = current()
    service = target_of(api, behind, namespace) if behind else None
    for _ in range(_TRIES):
        old = _one_to_delete(api, where, namespace)
        before = _begun(api, old)
        _delete(api, old)
        try:
            new = _successor(api, old, before, timeout_s, service, meanwhile)
        except _LeftOut:
            return None
        late_s = api.now() - _first_moment(new, api.now())
        if late_s < _LATE_S:
            return new
        where = new
    raise ClusterError(
        f"each of {_TRIES} new Pods was seen only {late_s:.0f} s after its first moment: the machine is too busy",
        next_step="nothing is held against the work",
    )


@contextmanager
def replaced(
    where: Any, *, behind: str | None = None, timeout_s: float = 90.0, namespace: str | None = None
) -> Iterator[JsonObject]:
    """Delete one Pod, run the block meanwhile (given the Pod that goes), then wait for a ready one in its place.

    With `behind`, that is its place behind this Service: one that gets requests.

    Raises:
        CheckFailed, CheckUnsettled: there is none that anything would replace, or none came.
    """
    api = current()
    service = target_of(api, behind, namespace) if behind else None
    old = _one_to_delete(api, where, namespace)
    before = _begun(api, old)
    _delete(api, old)
    yield old
    _successor(api, old, before, timeout_s, service)


def _one_to_delete(api: Api, where: Any, namespace: str | None) -> JsonObject:
    found = pods(where, namespace=namespace)
    if not found:
        raise CheckFailed(
            "there is no Pod",
            expected="a Pod to delete, and another in its place",
            next_step="kubectl get pods --show-labels: which are there, and are they those that are meant?",
        )
    old = next((pod for pod in found if is_ready(pod)), found[0])
    if looking.owner(old) is None:
        raise CheckFailed(
            f"nothing keeps {target_of_pod(old)}, so nothing replaces it when it dies",
            expected="a Pod that is replaced",
            next_step="which kinds of object keep Pods running?",
        )
    return old


def _delete(api: Api, pod: JsonObject) -> None:
    options = {"preconditions": {"uid": pod["metadata"]["uid"]}, "gracePeriodSeconds": _GRACE_PERIOD_S}
    api.ask("DELETE", target_of_pod(pod).path, body={"kind": "DeleteOptions", "apiVersion": "v1", **options})


def _begun(api: Api, pod: JsonObject) -> set[str]:
    """The uids of a Pod's siblings that run: one that still waits for a node may be who takes its place."""
    everything, _ = api.items(KNOWN["pods"].collection(pod["metadata"]["namespace"]))
    return {
        each["metadata"]["uid"]
        for each in everything
        if _controller(each) == _controller(pod) and (is_ready(each) or _runs(each) or not is_staying(each))
    }


def _controller(pod: JsonObject) -> str:
    return str((controller_of(pod) or {}).get("uid"))


def _successor(
    api: Api,
    old: JsonObject,
    before: set[str],
    timeout_s: float,
    service: Target | None = None,
    meanwhile: Callable[[JsonObject], Any] | None = None,
) -> JsonObject:
    namespace = old["metadata"]["namespace"]
    collection, patience = Collection(KNOWN["pods"].collection(namespace)), Patience(timeout_s)
    followed = [collection]
    if service is not None:
        slices = Collection(
            KNOWN["endpointslices"].collection(service.namespace),
            {"labelSelector": f"kubernetes.io/service-name={service.name}"},
        )
        followed.append(slices)
    gone_at: float | None = None
    with Watching(api, followed) as watching:
        while True:
            if gone_at is None and all(pod["metadata"]["uid"] != old["metadata"]["uid"] for pod in collection.objects):
                gone_at = api.now()
            new = [
                pod
                for pod in collection.objects
                if _controller(pod) == _controller(old) and pod["metadata"]["uid"] not in before
            ]
            for pod in new:
                # The first moment counts: what a Pod does as soon as it is asked is worth a check.
                if pod["metadata"]["uid"] in prospects.asked(slices.objects) if service is not None else is_ready(pod):
                    # The endpoints may have come to be known before the Pod's own last change.
                    return looking.read(api, target_of_pod(pod)) or pod
            outlook = _since_then(_outlook(api, namespace, new, service), old, gone_at)
            running = [pod for pod in new if _runs(pod) and _is_selected(api, pod, service)]
            if meanwhile is not None:
                for pod in running:
                    meanwhile(pod)
            left_s = patience.left_s(api, outlook)
            if left_s <= 0 and service is not None and new and _all_left_out(api, new, service):
                raise _LeftOut(
                    f"the new Pod `{new[0]['metadata']['name']}` has not the labels that {service} selects, "
                    "and gets no requests",
                    expected=f"a Pod behind {service} in the place of `{old['metadata']['name']}`",
                    next_step="does the template give every Pod these labels, or were they put on by hand? "
                    "kubectl get pods --show-labels",
                )
            if left_s <= 0:
                expected = f"another ready Pod in the place of `{old['metadata']['name']}`"
                raise patience.ended(api, namespace, outlook, expected)
            watching.until_changed(min(left_s, _MEANWHILE_S if meanwhile and running else outlook.look_again_s))


def _since_then(outlook: Outlook, old: JsonObject, gone_at: float | None) -> Outlook:
    """What kept a Pod from its place while another had it says nothing until that one is gone."""
    if outlook.state not in ("stuck", "crowded") or outlook.since is None:
        return outlook
    if gone_at is None:
        return Outlook(
            "moving", f"Pod `{old['metadata']['name']}` is still going, and {outlook.found}", pod=outlook.pod
        )
    return dataclasses.replace(outlook, since=max(outlook.since, gone_at))


def _runs(pod: JsonObject) -> bool:
    statuses = (pod.get("status") or {}).get("containerStatuses") or []
    return is_staying(pod) and any((each.get("state") or {}).get("running") for each in statuses)


def _first_moment(pod: JsonObject, now: float) -> float:
    """When the Pod was first called ready; when its container started, where it is not."""
    ready = moment(condition_of(pod, "Ready").get("lastTransitionTime"))
    if is_ready(pod) and ready is not None:
        return ready
    states = [each.get("state") or {} for each in (pod.get("status") or {}).get("containerStatuses") or []]
    return max((moment((each.get("running") or {}).get("startedAt")) or now for each in states), default=now)


def _outlook(api: Api, namespace: str, new: list[JsonObject], service: Target | None) -> Outlook:
    decisive = worst([prospects.of_a_pod(api, pod) for pod in new], 1)
    if decisive is not None:
        return decisive
    if new and service is not None:
        late = any(_is_selected(api, pod, service) for pod in new)
        said = f"{service} does not yet send requests to the new Pod"
        return Outlook("stuck", said, grace_s=_NOT_YET_S if late else 0.5, by_time=late)
    making = prospects.of_a_namespace(api, namespace)
    if making.state != "settled":
        return making
    next_step = "what makes this Pod, and how many does it want?"
    return Outlook("stuck", "no new Pod has come", next_step, grace_s=4.0, by_time=True)


def _is_selected(api: Api, pod: JsonObject, service: Target | None) -> bool:
    """Whether a Service would send requests to a Pod once it is ready; True where none is spoken of."""
    if service is None:
        return True
    selector = ((looking.read(api, service) or {}).get("spec") or {}).get("selector")
    return bool(selector) and has_labels(selector, labels_of(pod))


def _all_left_out(api: Api, new: list[JsonObject], service: Target) -> bool:
    return not any(_is_selected(api, pod, service) for pod in new) and any(is_steady(pod, api.now()) for pod in new)
