"""Counting the Pods that workloads keep and that do what they should, whatever else lies about.

A count is over all workloads of a kind: one that is broken, refused or not wanted costs nothing where the others bring
enough. It is waited for only as long as enough can still come.
"""

from __future__ import annotations

import re
import time
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
from autograder.checks.settling import Outlook, how_many, is_staying, is_steady, worst
from autograder.checks.watching import Collection, Watching
from autograder.deadlines import scaled
from autograder.errors import CheckFailed

_NOT_YET = re.compile(r"answered 50[234]|no whole answer|got no answer")
"""what is heard of a server that may only need more time"""
_ASKED_AGAIN_S = 3.0
_NEVER_S = 45.0
"""how long a ready Pod that does not answer is asked again; a server that was given little of a processor needs this"""
_ANOTHER = "it is not what is looked for"
"""of a Pod that `that` says no more about: it is another workload's, and nothing to tell"""
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

    A `CheckFailed` in `that` counts as not true. A ready Pod is asked once, and again where it may need more time.

    Raises:
        CheckFailed: there are fewer, and no more can come.
        CheckUnsettled: more were still on their way after `timeout_s`.
    """
    api = current()
    search = _Search(api, kind_of(api, by), namespace or api.place.namespace, that)
    patience = Patience(timeout_s)
    with Watching(api, search.collections) as watching:
        while True:
            good = search.good(at_least, patience)
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


@dataclass(frozen=True)
class _Late:
    """A ready Pod that has not answered."""

    said: str
    asked_at: float
    """by the monotonic clock"""
    since: float
    """when it was first asked, by the cluster's clock"""

    @property
    def outlook(self) -> Outlook:
        return Outlook("stuck", self.said, grace_s=_NEVER_S, since=self.since, by_time=True)


@dataclass
class _Search:
    """What is known while it is waited."""

    api: Api
    kind: Kind
    namespace: str
    that: Callable[[JsonObject], Any]
    answers: dict[str, str] = field(default_factory=dict)
    """by a Pod's uid: '' where `that` was true, else why not"""

    late: dict[str, _Late] = field(default_factory=dict)
    """by a Pod's uid: who may answer yet"""

    asks_no_more: bool = False
    """whether time was up before everybody was asked"""

    def __post_init__(self) -> None:
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

    def good(self, enough: int, patience: Patience) -> list[JsonObject]:
        found: list[JsonObject] = []
        for pod in self.kept():
            if len(found) < enough and is_steady(pod, self.api.now()) and not self._why_not(pod, patience):
                found.append(pod)
        return found

    def _why_not(self, pod: JsonObject, patience: Patience) -> str:
        uid = str(pod["metadata"]["uid"])
        if uid in self.answers:
            return self.answers[uid]
        before, now = self.late.get(uid), time.monotonic()
        if before is not None and now - before.asked_at < scaled(_ASKED_AGAIN_S):
            return before.said
        if patience.is_over:  # each may take as long as a server may hang
            self.asks_no_more = True
            return "it was not asked any more"
        try:
            self.answers[uid] = "" if self.that(pod) else _ANOTHER
        except CheckFailed as finding:
            if _NOT_YET.search(finding.found):
                self.late[uid] = _Late(finding.found, time.monotonic(), before.since if before else self.api.now())
                return finding.found
            self.answers[uid] = finding.found
        self.late.pop(uid, None)
        return self.answers[uid]

    def outlook(self, needed: int, found: int) -> Outlook:
        """What can be expected while `needed` are missing."""
        if not self.owners.objects:
            return self._nothing_keeps_any()
        now, kept = self.api.now(), self.kept()
        outlooks = [
            self._of_a_pod(pod, now) for pod in kept if _uid(pod) not in self.answers or not is_steady(pod, now)
        ]
        outlooks = [each.outlook for uid, each in self.late.items() if uid in {_uid(pod) for pod in kept}] + outlooks
        makers = [prospects.of_its_controller(self.api, document) for document in self.owners.objects]
        moving = [each for each in [*makers, *self._scaling()] if each.state == "moving"]
        coming = [each for each in outlooks if each.state in ("moving", "crowded")]
        counted = f"{found} of {found + needed}" if found else "none"
        if len(coming) >= needed or moving:
            decisive = worst(coming, needed) or (moving or coming)[0]
        else:
            decisive = self._hopeless([*outlooks, *makers], needed - len(coming))
        return replace(decisive, found=f"{counted}; {decisive.found}" if decisive.found else counted)

    def _of_a_pod(self, pod: JsonObject, now: float) -> Outlook:
        """Of one that has not been asked. Since the others were, it may have become ready."""
        if is_steady(pod, now) and _uid(pod) not in self.late and not self.asks_no_more:
            return Outlook("moving", f"Pod `{pod['metadata']['name']}` has just become ready", look_again_s=0.1)
        return prospects.of_a_pod(self.api, pod)

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
            if self.answers.get(pod["metadata"]["uid"], _ANOTHER) not in ("", _ANOTHER)
        }
        wanted = ", ".join(
            f"`{each['metadata']['name']}` asks for {(each.get('spec') or {}).get('replicas', 1)}"
            for each in self.owners.objects[:4]
        )
        said = f"{self.kind.name} {wanted}" + "".join(
            f"; Pod `{name}` is ready, and {why}" for name, why in list(asked.items())[:2]
        )
        look = f"kubectl get {self.kind.plural},pods"
        if asked:
            look = (
                f"what runs in that Pod? kubectl describe pod {next(iter(asked))}, and kubectl logs {next(iter(asked))}"
            )
        return Outlook("stuck", said, look, grace_s=3.0)

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
            pods = how_many(len(here), "Pod")
            found = f"there is no {self.kind.name} in `{self.namespace}`; none of its {pods} is kept by one"
            return Outlook("stuck", found, "what would replace these Pods if they died?", grace_s=3.0)
        return Outlook("stuck", looking.nothing_there(self.namespace, self.kind), looking.LOOK_ELSEWHERE, grace_s=3.0)


def _uid(document: JsonObject) -> str:
    return str(document["metadata"]["uid"])
