"""What lives in a namespace now: who makes which Pods, who sends requests to them, and what is wrong with each.

A scene is what `look` shows. It is read from the cluster with the rights of whoever looks: a kind that they may not
list is named as not looked at, and the rest is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.checks import explaining, prospects
from autograder.checks.api import Api, JsonObject
from autograder.checks.belonging import controller_of, has_labels, labels_of
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.settling import is_ready
from autograder.errors import AutograderError, CheckFailed
from autograder.notebook.boxes import (
    Box,
    State,
    autoscaler_boxes,
    by_name,
    claim_boxes,
    count_of,
    is_over,
    name_of,
    pod_box,
    replicas_of,
    rights_boxes,
    workload_box,
)

_KINDS = (
    *("deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs", "pods"),
    *("services", "endpointslices", "persistentvolumeclaims", "horizontalpodautoscalers"),
    *("serviceaccounts", "roles", "rolebindings"),
)
_WORKLOADS = ("deployments", "statefulsets", "daemonsets", "cronjobs", "jobs", "replicasets")
_PODS_ASKED = 12
"""of how many Pods that are not ready the events and logs are asked why"""


@dataclass(frozen=True)
class Chain:
    """A workload down to its Pods."""

    makers: tuple[Box, ...]
    """from the top: a Deployment and its ReplicaSet; () for Pods that nobody made"""
    pods: tuple[Box, ...]
    """by name"""


@dataclass(frozen=True)
class Sender:
    """A Service, and which Pods it sends requests to."""

    box: Box
    to: frozenset[str]
    """names of Pods that get requests"""
    awaits: frozenset[str]
    """names of Pods that it selects and that get none now"""


@dataclass(frozen=True)
class Scene:
    """A namespace at one moment."""

    namespace: str
    chains: tuple[Chain, ...] = ()
    senders: tuple[Sender, ...] = ()
    others: tuple[Box, ...] = ()
    """claims, autoscalers, accounts and their rights"""
    unseen: tuple[str, ...] = field(default=())
    """kinds that could not be listed"""

    @property
    def boxes(self) -> Iterator[Box]:
        for chain in self.chains:
            yield from chain.makers
            yield from chain.pods
        yield from (each.box for each in self.senders)
        yield from self.others


def scene(api: Api, namespace: str) -> Scene:
    """Read what is there.

    Raises:
        ClusterUnreachable: the API server does not answer.
    """
    found, unseen = _everything(api, namespace)
    pods = {str(each["metadata"]["name"]): each for each in found["pods"]}
    boxes = _pod_boxes(api, namespace, pods)
    return Scene(
        namespace,
        tuple(_chains(found, boxes)),
        tuple(_sender(api, namespace, each, found, pods) for each in by_name(found["services"])),
        (
            *claim_boxes(found["persistentvolumeclaims"]),
            *autoscaler_boxes(found["horizontalpodautoscalers"]),
            *rights_boxes(found["serviceaccounts"], found["roles"], found["rolebindings"]),
        ),
        unseen,
    )


def _everything(api: Api, namespace: str) -> tuple[dict[str, list[JsonObject]], tuple[str, ...]]:
    found: dict[str, list[JsonObject]] = {}
    unseen = []
    for name in _KINDS:
        try:
            found[name] = api.items(KNOWN[name].collection(namespace))[0]
        except (AutograderError, CheckFailed) as error:
            if not api.ready():
                raise
            found[name] = []
            unseen.append(f"{name} ({getattr(error, 'found', error)})")
    return found, tuple(unseen)


def _pod_boxes(api: Api, namespace: str, pods: Mapping[str, JsonObject]) -> dict[str, Box]:
    boxes = {}
    asked = 0
    for name, pod in sorted(pods.items()):
        outlook = None
        if not is_over(pod) and not is_ready(pod) and asked < _PODS_ASKED:
            asked += 1
            outlook = prospects.of_a_pod(api, pod)
        boxes[name] = pod_box(api, namespace, name, pod, outlook)
    return boxes


def _chains(found: Mapping[str, list[JsonObject]], pods: Mapping[str, Box]) -> Iterator[Chain]:
    made_by: dict[str, list[tuple[str, JsonObject]]] = {}
    alone = []
    for kind in ("replicasets", "jobs", "pods"):
        for each in by_name(found[kind]):
            reference = controller_of(each)
            if reference is not None:
                made_by.setdefault(str(reference.get("uid")), []).append((kind, each))
            elif kind == "pods":
                alone.append(pods[str(each["metadata"]["name"])])
    for kind in _WORKLOADS:
        for each in by_name(found[kind]):
            if controller_of(each) is None:
                yield from _chains_below(kind, each, (), made_by, pods)
    shown = {name for each in made_by.values() for kind, child in each if kind == "pods" for name in [name_of(child)]}
    known = {str(each["metadata"].get("uid")) for kind in _WORKLOADS for each in found[kind]}
    orphans = [
        pods[name_of(child)]
        for uid, children in made_by.items()
        if uid not in known
        for kind, child in children
        if kind == "pods" and name_of(child) in shown
    ]
    if alone or orphans:
        yield Chain((), (*alone, *orphans))


def _chains_below(
    kind: str,
    document: JsonObject,
    above: tuple[Box, ...],
    made_by: Mapping[str, list[tuple[str, JsonObject]]],
    pods: Mapping[str, Box],
) -> Iterator[Chain]:
    """A chain for what makes Pods at the bottom; what an earlier revision left at zero is not shown."""
    children = made_by.get(str(document["metadata"].get("uid")), [])
    makers = (*above, workload_box(kind, document))
    own = tuple(pods[name_of(child)] for which, child in children if which == "pods")
    below = [(which, child) for which, child in children if which != "pods"]
    live = [
        (which, child) for which, child in below if which == "jobs" or replicas_of(child) or count_of(child, "replicas")
    ]
    for which, child in live:
        yield from _chains_below(which, child, makers, made_by, pods)
    if own or not live:
        yield Chain(makers, own)


def _sender(
    api: Api, namespace: str, service: JsonObject, found: Mapping[str, list[JsonObject]], pods: Mapping[str, JsonObject]
) -> Sender:
    name, spec = name_of(service), service.get("spec") or {}
    target = Target(KNOWN["services"], name, namespace)
    slices = [each for each in found["endpointslices"] if labels_of(each).get("kubernetes.io/service-name") == name]
    endpoints = [endpoint for each in slices for endpoint in each.get("endpoints") or []]
    ready = [each for each in endpoints if (each.get("conditions") or {}).get("ready") is not False]
    to = frozenset(str((each.get("targetRef") or {}).get("name")) for each in ready) & pods.keys()
    selected = {key for key, pod in pods.items() if has_labels(spec.get("selector"), labels_of(pod))}
    chosen = frozenset(key for key in selected if not is_over(pods[key]))
    ports = ", ".join(_port(each) for each in spec.get("ports") or [])
    says = f":{ports}, {len(ready)} of {max(len(chosen), len(ready))} Pods" if ports else f"{len(ready)} Pods"
    if spec.get("type") == "ExternalName":
        return Sender(Box("Service", name, "idle", f"another name for {spec.get('externalName')}"), to, chosen - to)
    if ready:
        return Sender(Box("Service", name, "good", says), to, chosen - to)
    try:
        outlook = prospects.of_a_service(api, target, service, 1)
        trouble = explaining.because(api, namespace, outlook)
        state: State = "bad" if outlook.state in ("stuck", "ours") else "busy"
    except (AutograderError, CheckFailed) as error:
        trouble, state = str(error), "bad"
    return Sender(Box("Service", name, state, says, trouble), to, chosen - to)


def _port(port: Mapping[str, Any]) -> str:
    target = port.get("targetPort", port.get("port"))
    return f"{port.get('port')}" + (f"→{target}" if target != port.get("port") else "")
