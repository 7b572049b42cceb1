"""Counting the Pods that workloads keep and that do what they should, whatever else lies about.

A count is over all workloads of a kind: one that is broken, refused or not wanted costs nothing where the others bring
enough. It is waited for only as long as enough can still come.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.checks import looking, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.belonging import kept_by
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Kind, kind_of
from autograder.checks.patience import Patience
from autograder.checks.pods import target_of_pod
from autograder.checks.pressure import Gauge
from autograder.checks.settling import Outlook, is_staying, is_steady, judge_workload, worst
from autograder.checks.watching import Collection, Watching
from autograder.errors import CheckFailed

_SLOW = re.compile(r"answered 503|no whole answer")
"""what a server says that has not had the time to begin"""
_THROUGH = {"Deployment": "replicasets", "CronJob": "jobs"}


def kept_pods(
    by: str = "deployments",
    *,
    at_least: int = 1,
    that: Callable[[JsonObject], Any] = bool,
    what: str = "ready Pods",
    timeout_s: float = 90.0,
    namespace: str | None = None,
) -> list[JsonObject]:
    """The ready Pods that workloads of a kind keep and of which `that` is true, as soon as there are `at_least`.

    A `CheckFailed` in `that` counts as not true. A Pod is asked once, when it is ready.

    Raises:
        CheckFailed: there are fewer, and no more can come.
        CheckUnsettled: more were still on their way after `timeout_s`.
    """
    api = current()
    search = _Search(api, kind_of(api, by), namespace or api.place.namespace, that)
    patience = Patience(timeout_s)
    with Watching(api, search.collections) as watching:
        while True:
            good = search.good(at_least)
            if len(good) >= at_least:
                for pod in good:
                    looking.note(api, target_of_pod(pod), pod)
                return good
            outlook = search.outlook(at_least - len(good), len(good))
            left_s = patience.left_s(api, outlook)
            if left_s <= 0:
                expected = f"at least {at_least} {what}, kept by {search.kind.plural}"
                raise patience.ended(api, search.namespace, outlook, expected)
            watching.until_changed(min(left_s, outlook.look_again_s))


@dataclass
class _Search:
    """What is known while it is waited."""

    api: Api
    kind: Kind
    namespace: str
    that: Callable[[JsonObject], Any]
    answers: dict[str, str] = field(default_factory=dict)
    """by a Pod's uid: '' where `that` was true, else why not"""

    late: dict[str, str] = field(default_factory=dict)
    """by a Pod's uid: what it said while the machine had no time for it; it is asked again"""

    def __post_init__(self) -> None:
        self.gauge = Gauge()
        self.owners = self._collection(self.kind.plural)
        through = _THROUGH.get(self.kind.name)
        self.between = self._collection(through) if through else None
        self.pods = self._collection("pods")
        self.collections = [each for each in (self.owners, self.between, self.pods) if each]

    def _collection(self, plural: str) -> Collection:
        return Collection(KNOWN.get(plural, self.kind).collection(self.namespace))

    def kept(self) -> list[JsonObject]:
        """The Pods that are kept and stay, of any revision."""
        makers = self.owners.objects
        if self.between is not None:
            makers = kept_by(makers, self.between.objects)
        return [pod for pod in kept_by(makers, self.pods.objects) if is_staying(pod)]

    def good(self, enough: int) -> list[JsonObject]:
        found: list[JsonObject] = []
        for pod in self.kept():
            if len(found) < enough and is_steady(pod, self.api.now()) and not self._why_not(pod):
                found.append(pod)
        return found

    def _why_not(self, pod: JsonObject) -> str:
        uid = str(pod["metadata"]["uid"])
        if uid not in self.answers:
            try:
                self.answers[uid] = "" if self.that(pod) else "it is not what is looked for"
            except CheckFailed as finding:
                if _SLOW.search(finding.found) and self.gauge.stalled():
                    self.late[uid] = finding.found
                    return finding.found
                self.answers[uid] = finding.found
        self.late.pop(uid, None)
        return self.answers[uid]

    def outlook(self, needed: int, found: int) -> Outlook:
        """What can be expected while `needed` are missing."""
        if not self.owners.objects:
            return self._nothing_keeps_any()
        now, kept = self.api.now(), self.kept()
        outlooks = [prospects.of_a_pod(self.api, pod) for pod in kept if not is_steady(pod, now)]
        outlooks += [Outlook("moving", self.late[uid], by_time=True) for uid in map(_uid, kept) if uid in self.late]
        makers = [judge_workload(document) for document in self.owners.objects]
        moving = [each for each in [*makers, *self._scaling()] if each.state == "moving"]
        coming = [each for each in outlooks if each.state in ("moving", "crowded")]
        counted = f"{found} of {found + needed}" if found else "none"
        if len(coming) >= needed or moving:
            decisive = worst(coming, needed) or (moving or coming)[0]
        else:
            decisive = self._hopeless([*outlooks, *makers], needed - len(coming))
        return replace(decisive, found=f"{counted}; {decisive.found}" if decisive.found else counted)

    def _hopeless(self, outlooks: Sequence[Outlook], needed: int) -> Outlook:
        """Why no more come: what is ours counts where it alone would make the difference."""
        ours = [each for each in outlooks if each.state == "ours"]
        if len(ours) >= needed:
            return ours[0]
        stuck = [each for each in outlooks if each.state == "stuck"]
        if stuck:
            return stuck[0]
        asked = {
            pod["metadata"]["name"]: self.answers[pod["metadata"]["uid"]]
            for pod in self.kept()
            if self.answers.get(pod["metadata"]["uid"])
        }
        wanted = ", ".join(
            f"`{each['metadata']['name']}` asks for {(each.get('spec') or {}).get('replicas', 1)}"
            for each in self.owners.objects[:4]
        )
        said = f"{self.kind.name} {wanted}" + "".join(
            f"; Pod `{name}` is ready, and {why}" for name, why in list(asked.items())[:2]
        )
        return Outlook("stuck", said, f"kubectl get {self.kind.plural},pods -n {self.namespace}", grace_s=3.0)

    def _scaling(self) -> list[Outlook]:
        """HorizontalPodAutoscalers that will ask for more, and have not yet."""
        asked = {each["metadata"]["name"]: (each.get("spec") or {}).get("replicas", 1) for each in self.owners.objects}
        path = KNOWN["hpa"].collection(self.namespace)
        found = []
        for scaler in self.api.items(path)[0]:
            spec, status = scaler.get("spec") or {}, scaler.get("status") or {}
            target = spec.get("scaleTargetRef") or {}
            now = asked.get(target.get("name")) if target.get("kind") == self.kind.name else None
            wanted = max(spec.get("minReplicas") or 1, status.get("desiredReplicas") or 0)
            if now and now < wanted:
                name = scaler["metadata"]["name"]
                found.append(Outlook("moving", f"HorizontalPodAutoscaler `{name}` has not yet asked for {wanted}"))
        return found

    def _nothing_keeps_any(self) -> Outlook:
        here = [pod for pod in self.pods.objects if is_staying(pod)]
        if here:
            found = f"there is no {self.kind.name} in `{self.namespace}`; none of its {len(here)} Pods is kept by one"
            return Outlook("stuck", found, "what would replace these Pods if they died?", grace_s=3.0)
        return Outlook("stuck", looking.nothing_there(self.namespace, self.kind), looking.LOOK_ELSEWHERE, grace_s=3.0)


def _uid(document: JsonObject) -> str:
    return str(document["metadata"]["uid"])
