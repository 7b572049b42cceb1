"""Causes a rollout, as `kubectl rollout restart` does, and counts a Deployment's ready Pods until it is over.

Nothing but one annotation of the template changes, so what comes is what there was. Where it takes a right that the
grader has not, the lab's manifests give it: see course/cluster/labs.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autograder.checks import looking, prospects
from autograder.checks.api import Api, JsonObject, NoAnswerError, pause
from autograder.checks.belonging import kept_by
from autograder.checks.connecting import current
from autograder.checks.goals import asked_for, rolled_out
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.patience import Patience
from autograder.checks.settling import Outlook, condition_of, is_ready, is_staying, moment
from autograder.checks.watching import Collection, Watching
from autograder.errors import CheckFailed, ClusterUnreachable

_ANNOTATION = "kubectl.kubernetes.io/restartedAt"
_TRIES = 20
_TRIES_AGAIN_S = 12.0
"""how long a controller that was refused a Pod may take to ask for it again"""
_BUSY = (409, 429, 500, 502, 503, 504)
_AT_ONCE_S = 2
"""in whole seconds: a program that takes longer to end than this waited for something, its requests perhaps"""
_NOTICE_S = 3
"""after so long everybody has heard that a Pod goes, on a machine that has time"""


@dataclass(frozen=True)
class Rollout:
    """What was seen of a rollout from its beginning to its end."""

    before: int
    """how many ready Pods the Deployment had when it began"""
    fewest: int
    """how many it had at least at every moment: once ready, a Pod counts until somebody deletes it"""
    soonest_end_s: float | None = None
    """of the Pods that went, how soon after being told to a container had ended, in whole seconds; None if unseen"""

    @property
    def was_abrupt(self) -> bool:
        """Whether nobody was left at some moment, or a program ended as soon as it was told to.

        Who asks meanwhile and gets no answer has the rollout to thank for it then, however busy the machine is.
        """
        return self.fewest == 0 or (self.soonest_end_s is not None and self.soonest_end_s < _AT_ONCE_S)

    @property
    def gave_notice(self) -> bool:
        """Whether somebody was left at every moment, and no program ended before all could have heard that it would.

        A request that goes astray then was sent by somebody who was told late.
        """
        return self.fewest > 0 and self.soonest_end_s is not None and self.soonest_end_s >= _NOTICE_S


def restart(deployment: str | JsonObject, *, timeout_s: float = 90.0, namespace: str | None = None) -> Rollout:
    """Have a Deployment replace all its Pods, and wait until the new ones are ready and the old ones gone.

    Raises:
        CheckFailed: there is none, it is paused, or it can get no further.
        CheckUnsettled: it was still on its way after `timeout_s`.
    """
    api = current()
    target = target_of(api, deployment, namespace)
    document = looking.get_object(deployment, namespace=namespace)
    if (document.get("spec") or {}).get("paused"):
        raise CheckFailed(
            f"{target} is paused, so that no change of its template is rolled out",
            expected="a Deployment that rolls out what changes",
            next_step=f"kubectl rollout resume {target.kind.name.lower()}/{target.name}",
        )
    return _followed(api, target, timeout_s)


def _followed(api: Api, target: Target, timeout_s: float) -> Rollout:
    own = Collection(target.kind.collection(target.namespace), {"fieldSelector": f"metadata.name={target.name}"})
    sets, pods = (Collection(KNOWN[kind].collection(target.namespace)) for kind in ("replicasets", "pods"))
    seen_ready: set[str] = set()
    ends: list[float] = []
    with Watching(api, [own, sets, pods]) as watching:
        old = {pod["metadata"]["uid"] for pod in _pods_of(own, sets, pods)}
        before = fewest = _count(_pods_of(own, sets, pods), seen_ready)
        generation = _change_the_template(api, target)
        patience, going_until = Patience(timeout_s), 0.0
        while True:
            document = own.one()
            if document is None:
                raise looking.missing(api, target)
            found = _pods_of(own, sets, pods)
            fewest = min(fewest, _count(found, seen_ready))
            leaving = [pod for pod in pods.objects if pod["metadata"]["uid"] in old]
            ends += _ends(leaving)
            if _is_over(document, generation, found, leaving):
                return Rollout(before, fewest, min(ends, default=None))
            going = [pod for pod in pods.objects if pod["metadata"].get("deletionTimestamp")]
            going_until = api.now() if going else going_until
            outlook = _outlook(api, target, document, going, going_until)
            left_s = patience.left_s(api, outlook)
            if left_s <= 0:
                raise patience.ended(api, target.namespace, outlook, f"{target} to roll out a change of its template")
            watching.until_changed(min(left_s, outlook.look_again_s))


def _pods_of(own: Collection, sets: Collection, pods: Collection) -> list[JsonObject]:
    return kept_by(kept_by(own.objects, sets.objects), pods.objects)


def _count(found: list[JsonObject], seen_ready: set[str]) -> int:
    """How many have become ready and are not being deleted: that a busy node is late with a probe is no loss."""
    staying = [pod for pod in found if is_staying(pod)]
    seen_ready |= {pod["metadata"]["uid"] for pod in staying if is_ready(pod)}
    return sum(pod["metadata"]["uid"] in seen_ready for pod in staying)


def _ends(leaving: list[JsonObject]) -> Iterator[float]:
    """Seconds from the moment at which a Pod was told to go until each of its containers had ended."""
    for pod in leaving:
        deadline = moment(pod["metadata"].get("deletionTimestamp"))
        if deadline is not None:
            told = deadline - float(pod["metadata"].get("deletionGracePeriodSeconds") or 0)
            for container in (pod.get("status") or {}).get("containerStatuses") or []:
                ended = moment(((container.get("state") or {}).get("terminated") or {}).get("finishedAt"))
                if ended is not None and ended >= told:  # one that had ended before was not asked to
                    yield ended - told


def _is_over(document: JsonObject, generation: int, found: list[JsonObject], leaving: list[JsonObject]) -> bool:
    if int(document["metadata"].get("generation") or 0) < generation or not rolled_out(document) or leaving:
        return False
    return sum(is_ready(pod) for pod in found) >= asked_for(document)


def _outlook(api: Api, target: Target, document: JsonObject, going: list[JsonObject], going_until: float) -> Outlook:
    """A quota that refuses a Pod says nothing as long as others that it counts are still going."""
    outlook = prospects.of_a_workload(api, target, document, 0, asked_for(document))
    if outlook.state != "stuck" or condition_of(document, "ReplicaFailure").get("status") != "True":
        return outlook
    if going:
        return Outlook("moving", f"Pod `{going[0]['metadata']['name']}` is still going, and {outlook.found}")
    return replace(outlook, since=max(outlook.since or 0.0, going_until), grace_s=max(outlook.grace_s, _TRIES_AGAIN_S))


def _change_the_template(api: Api, target: Target) -> int:
    """What `kubectl rollout restart` writes; the Deployment's generation since then.

    Raises:
        CheckFailed: there is no such Deployment any more.
        ClusterUnreachable: the API server does not answer.
    """
    said = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(api.now()))
    patch = {"spec": {"template": {"metadata": {"annotations": {_ANNOTATION: said}}}}}
    trouble = ""
    for _ in range(_TRIES):
        try:
            answer = api.once(
                "PATCH",
                target.path,
                body=json.dumps(patch).encode(),
                headers={"Content-Type": "application/strategic-merge-patch+json"},
            )
        except NoAnswerError as error:
            trouble = error.reason
        else:
            if answer.status == 404:
                raise looking.missing(api, target)
            if answer.status not in _BUSY:
                api.refuse_refusals(answer, "PATCH", target.path)
                return int((answer.document().get("metadata") or {}).get("generation") or 0)
            trouble = f"{answer.status}: {answer.message()}"
        pause(api, 0.25)
    raise ClusterUnreachable(
        f"the API server at {api.account.server} does not take a change of {target} ({trouble})",
        next_step="nothing is held against the work",
    )
