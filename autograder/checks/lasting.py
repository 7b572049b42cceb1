"""Pods that have been ready for a while: not for a moment between two crashes.

The API server keeps since when a Pod has been ready, and since when each of its containers has run. So a stretch of
time need not be watched from its beginning, and what is waited for is only what is missing of it.
"""

from __future__ import annotations

from autograder.checks import looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.patience import Patience
from autograder.checks.pods import target_of_pod
from autograder.checks.settling import Outlook, condition_of, is_ready, moment, staying_containers
from autograder.checks.waiting import wait
from autograder.checks.watching import Collection, Watching

_TRIES = 4
"""how many times as long a Pod is looked at that is ready now and then"""


def lasting(
    target: str | JsonObject,
    *,
    for_s: float = 10.0,
    at_least: int = 1,
    timeout_s: float = 90.0,
    namespace: str | None = None,
) -> list[JsonObject]:
    """The Pods of a workload's current revision that have been ready for `for_s`, as soon as there are `at_least`.

    Ready without a break, and no container of theirs was started again meanwhile.

    Raises:
        CheckFailed, CheckUnsettled: the workload does not get there, or does not stay there.
    """
    api = current()
    found = target_of(api, target, namespace)
    document = wait(target, ready=at_least, timeout_s=timeout_s, namespace=namespace)
    pods, patience = Collection(KNOWN["pods"].collection(found.namespace)), Patience(_TRIES * for_s)
    with Watching(api, [pods]) as watching:
        while True:
            kept = prospects.current_pods(api, found, document)
            ready_s = {pod["metadata"]["uid"]: _ready_s(pod, api.now()) for pod in kept}
            lasted = [pod for pod in kept if ready_s[pod["metadata"]["uid"]] >= for_s]
            if len(lasted) >= at_least:
                for pod in lasted:
                    looking.note(api, target_of_pod(pod), pod)
                return lasted
            outlook = _outlook(api, found, document, max(ready_s.values(), default=0.0), at_least)
            left_s = patience.left_s(api, outlook)
            if left_s <= 0:
                raise patience.ended(api, found.namespace, outlook, f"{found} to stay ready for {for_s:g} s")
            watching.until_changed(min(left_s, outlook.look_again_s))
            document = looking.read(api, found) or document


def _ready_s(pod: JsonObject, now: float) -> float:
    """How long a Pod has been ready and its containers have run; 0 where it is not. `now` by the cluster's clock."""
    if not is_ready(pod):
        return 0.0
    since = [moment(condition_of(pod, "Ready").get("lastTransitionTime"))]
    for _, told in staying_containers(pod):
        since.append(moment(((told.get("state") or {}).get("running") or {}).get("startedAt")))
    return max(0.0, now - max((each for each in since if each is not None), default=now))


def _outlook(api: Api, target: Target, document: JsonObject, ready_s: float, at_least: int) -> Outlook:
    if ready_s:
        return Outlook("moving", f"{target} has been ready for {ready_s:.0f} s", look_again_s=0.7)
    return prospects.of_a_workload(api, target, document, 0, at_least)
