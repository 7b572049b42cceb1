"""What can be expected of an object together with the others that decide about it.

`settling` judges one object by what it says of itself. Here its Pods, events and neighbours are asked as well: a
Service whose selector matches nothing stays that way once nothing is being made any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.checks import blaming, looking
from autograder.checks.api import Api, JsonObject
from autograder.checks.belonging import has_labels, kept_by, labels_of
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.refusing import reconsidered
from autograder.checks.separating import set_apart_for
from autograder.checks.settling import (
    SETTLED,
    Outlook,
    condition_of,
    how_many,
    is_staying,
    is_steady,
    judge_pod,
    judge_workload,
    moment,
    quoted,
    worst,
)
from autograder.checks.starting import why_not_started, why_not_staying

_MAKERS = ("deployments", "replicasets", "statefulsets", "jobs")
_STARTING_S = 8.0
"""how long a container may be created before its events are asked why"""


def of_a_pod(api: Api, pod: JsonObject) -> Outlook:
    """The Pod's own state, and its events where it is being started for suspiciously long."""
    outlook = judge_pod(pod, api.now(), api.place.image_prefix)
    if outlook.lacks:
        return _without_room(api, pod, outlook)
    started = moment((pod.get("status") or {}).get("startTime"))
    target = Target(KNOWN["pods"], pod["metadata"]["name"], pod["metadata"]["namespace"])
    if outlook.ask == "log":
        return why_not_staying(pod, outlook, looking.events_about(api, target))
    if outlook.state not in ("moving", "stuck") or started is None or api.now() - started < _STARTING_S:
        return outlook
    if (pod.get("status") or {}).get("phase") != "Pending":
        return outlook
    return why_not_started(pod, outlook, looking.events_about(api, target), api.now() - started)


def of_its_controller(api: Api, document: JsonObject) -> Outlook:
    """A workload's own conditions, Pods aside: what its controller says, and whether that is still so."""
    return reconsidered(api, document["metadata"]["namespace"], judge_workload(document, api.now()))


def of_a_workload(api: Api, target: Target, document: JsonObject, done: int, wanted: int) -> Outlook:
    """A workload's prospects: its own conditions first, then the worst of its current Pods."""
    itself = of_its_controller(api, document)
    if itself.state in ("stuck", "ours"):
        return itself
    pods = current_pods(api, target, document)
    # A Job goes on with its other Pods; only when all that are left are stuck does it get no further.
    decisive = worst([of_a_pod(api, pod) for pod in pods], 1 if target.kind.name == "Job" else wanted)
    if decisive is not None and decisive.state in ("ours", "stuck"):
        return decisive
    refused = _refused(api, target) if len(pods) < wanted and target.kind.name != "Deployment" else None
    if refused is not None:
        return refused
    if target.kind.name != "Job":  # what an earlier revision left is ready as well, and does not count
        done = sum(is_steady(pod, api.now()) for pod in pods)
    revision = " of the current revision" if target.kind.name in ("Deployment", "StatefulSet") else ""
    counted = f"{done} of {wanted} " + ("completions" if target.kind.name == "Job" else f"ready{revision}")
    if decisive is None and itself.state == "moving":
        decisive = itself
    return replace(decisive, found=f"{counted}; {decisive.found}") if decisive else Outlook("moving", counted)


def of_a_service(api: Api, target: Target, service: JsonObject, count: int) -> Outlook:
    """A Service's prospects: the Pods it selects, or whether any may still come."""
    spec = service.get("spec") or {}
    selector = spec.get("selector") or {}
    if spec.get("type") == "ExternalName":
        elsewhere = f"{target} is of type ExternalName: it is another name for {quoted(spec.get('externalName'))}"
        return Outlook("stuck", elsewhere, "which type of Service stands in front of Pods?", grace_s=1.0)
    if not selector:
        return Outlook(
            "stuck",
            f"{target} selects no Pods: it has no selector",
            "what do a Service's Pods have in common?",
            grace_s=2.0,
        )
    pods, _ = api.items(KNOWN["pods"].collection(target.namespace))
    chosen = [pod for pod in pods if has_labels(selector, labels_of(pod)) and is_staying(pod)]
    ready = [pod for pod in chosen if is_steady(pod, api.now())]
    written = ", ".join(f"{key}={value}" for key, value in selector.items())
    decisive = worst([of_a_pod(api, pod) for pod in chosen], count)
    if decisive is not None:
        counted = f"{len(ready)} of the {len(chosen)} Pods that {target} selects are ready"
        return replace(decisive, found=f"{counted}; {decisive.found}")
    making = of_a_namespace(api, target.namespace)
    if making.state != "settled":
        return making
    if not pods:
        return Outlook(
            "stuck",
            f"{target} selects Pods labelled {quoted(written)}, and in `{target.namespace}` there are no Pods at all",
            "what makes the Pods, and was it refused them? kubectl describe deployments",
            grace_s=2.0,
        )
    if not chosen:
        return Outlook(
            "stuck",
            f"{target} selects Pods labelled {quoted(written)}, and of the {len(pods)} in `{target.namespace}` none is",
            "compare the selector with the Pods' labels: kubectl get pods --show-labels",
            grace_s=2.0,
        )
    return Outlook(
        "stuck",
        f"{target} selects {how_many(len(chosen), 'Pod')}, {len(ready)} of them ready, fewer than {count}",
        grace_s=3.0,
        # With enough of them ready it is the endpoints that are late, and these are the cluster's to write.
        by_time=len(ready) >= count,
    )


def of_a_condition(api: Api, target: Target, document: JsonObject, name: str) -> Outlook:
    """What an object says about a condition that it does not have."""
    if target.kind.name == "Pod":
        return of_a_pod(api, document)
    if target.kind.name in ("Deployment", "Job", "StatefulSet"):
        itself = of_its_controller(api, document)
        if itself.state in ("stuck", "ours"):
            return itself
    held = condition_of(document, name)
    said = quoted(held.get("message") or held.get("reason") or "")
    phase = (document.get("status") or {}).get("phase")
    state = (
        f"its phase is {phase}" if phase and not held else f"its condition {name} is {held.get('status', 'not there')}"
    )
    found = f"{target}: {state}" + (f", “{said}”" if said else "")
    if target.kind.name != "PersistentVolumeClaim":
        return Outlook("moving", found)
    for event in reversed(looking.events_about(api, target)):
        if event["reason"] == "ProvisioningFailed" and "not found" in event["message"]:
            return Outlook("stuck", f"{found}; “{quoted(event['message'])}” (event ProvisioningFailed)", grace_s=2.0)
        if event["reason"] == "FailedBinding" and (document.get("spec") or {}).get("storageClassName") == "":
            # It says that it wants no class: then nobody makes a volume.
            return Outlook("stuck", f"{found}; “{quoted(event['message'])}” (event FailedBinding)", grace_s=8.0)
        if event["reason"] == "WaitForFirstConsumer" and of_a_namespace(api, target.namespace).state == "settled":
            return Outlook(
                "stuck",
                f"{found}; “{quoted(event['message'])}” (event WaitForFirstConsumer)",
                "which Pod uses the claim?",
                grace_s=8.0,
            )
    return Outlook("moving", found)


def of_a_namespace(api: Api, namespace: str) -> Outlook:
    """Whether anything in a namespace is still making Pods."""
    for plural in _MAKERS:
        for document in api.items(KNOWN[plural].collection(namespace))[0]:
            outlook = of_its_controller(api, document)
            if outlook.state in ("moving", "ours"):
                return outlook
    return SETTLED


def current_pods(api: Api, target: Target, document: JsonObject) -> list[JsonObject]:
    """The Pods of a workload's current revision, without those on their way out."""
    owner = document
    if target.kind.name == "Deployment":
        revision = _revision(document)
        sets, _ = api.items(KNOWN["replicasets"].collection(target.namespace))
        current = [each for each in kept_by([document], sets) if _revision(each) == revision]
        if not current:
            return []
        owner = current[0]
    pods, _ = api.items(KNOWN["pods"].collection(target.namespace))
    wanted = (document.get("status") or {}).get("updateRevision")
    return [
        pod
        for pod in kept_by([owner], pods)
        if not pod["metadata"].get("deletionTimestamp")
        and wanted in (None, labels_of(pod).get("controller-revision-hash"))
    ]


def owned_by(api: Api, target: Target, document: JsonObject) -> list[JsonObject]:
    """All Pods that an object owns, directly or through what it owns, of any revision."""
    owners = [document]
    through = {"Deployment": "replicasets", "CronJob": "jobs"}.get(target.kind.name)
    if through:
        owners = kept_by(owners, api.items(KNOWN[through].collection(target.namespace))[0])
    return kept_by(owners, api.items(KNOWN["pods"].collection(target.namespace))[0])


def ready_endpoints(api: Api, target: Target) -> list[JsonObject]:
    """The ready endpoints of a Service, of all its EndpointSlices, one for each address."""
    found: dict[str, JsonObject] = {}
    for endpoint in _asked_endpoints(_slices(api, target)):
        key = str((endpoint.get("targetRef") or {}).get("uid") or endpoint.get("addresses"))
        found[key] = endpoint
    return list(found.values())


def ready_addresses(api: Api, target: Target, port_name: str) -> list[str]:
    """Where requests to one port of a Service go, as `ADDRESS:PORT`, one for each ready endpoint."""
    found = {
        f"{(endpoint.get('addresses') or [''])[0]}:{port.get('port')}": None
        for each in _slices(api, target)
        for port in each.get("ports") or []
        if (port.get("name") or "") == port_name and port.get("port")
        for endpoint in _asked_endpoints([each])
    }
    return list(found)


def _slices(api: Api, target: Target) -> list[JsonObject]:
    query = {"labelSelector": f"kubernetes.io/service-name={target.name}"}
    return api.items(KNOWN["endpointslices"].collection(target.namespace), query=query)[0]


def asked(slices: Sequence[JsonObject]) -> set[str]:
    """The uids of the Pods that requests are sent to, by a Service's EndpointSlices."""
    return {str((endpoint.get("targetRef") or {}).get("uid")) for endpoint in _asked_endpoints(slices)}


def _asked_endpoints(slices: Sequence[JsonObject]) -> list[JsonObject]:
    endpoints = [endpoint for each in slices for endpoint in each.get("endpoints") or []]
    # Not said is as good as true: so the API has it.
    return [endpoint for endpoint in endpoints if (endpoint.get("conditions") or {}).get("ready") is not False]


def steady_behind(api: Api, target: Target) -> list[JsonObject]:
    """The Pods behind a Service's ready endpoints that are about to stay so."""
    uids = {(endpoint.get("targetRef") or {}).get("uid") for endpoint in ready_endpoints(api, target)}
    if not uids:
        return []
    pods, _ = api.items(KNOWN["pods"].collection(target.namespace))
    return [pod for pod in pods if pod["metadata"]["uid"] in uids and is_steady(pod, api.now())]


def _promised(api: Api, namespace: str, resources: Sequence[str]) -> bool:
    """Whether the namespace's quotas let Pods have what the nodes lack: then others have taken it, not the work."""
    quotas, _ = api.items(KNOWN["resourcequotas"].collection(namespace))
    specs = [quota.get("spec") or {} for quota in quotas]
    unscoped = [each.get("hard") or {} for each in specs if not (each.get("scopes") or each.get("scopeSelector"))]
    promised = {name.removeprefix("requests.") for hard in unscoped for name in hard}
    return all(resource in promised for resource in resources)


def _without_room(api: Api, pod: JsonObject, outlook: Outlook) -> Outlook:
    """Of a Pod for which the nodes that are open to it have no room: whether that is its own doing."""
    kept_away = _is_kept_away_for_good(api, pod)
    if kept_away and not blaming.is_everybodys(outlook.lacks):
        return replace(outlook, state="stuck")  # what it wants is where it does not say that it may go
    if _promised(api, pod["metadata"]["namespace"], outlook.lacks):
        return replace(outlook, state="crowded")
    return replace(outlook, state="stuck") if kept_away else outlook


def _is_kept_away_for_good(api: Api, pod: JsonObject) -> bool:
    """Whether no other nodes are away than those that are set apart: then there is no room where Pods go."""
    away = blaming.tainted(str(condition_of(pod, "PodScheduled").get("message")))
    return 0 < away <= len(set_apart_for(api, pod["metadata"]["namespace"]))


def _refused(api: Api, target: Target) -> Outlook | None:
    """Kinds without a condition for it say only in events that they may not make Pods."""
    for event in reversed(looking.events_about(api, target)):
        if event["reason"] == "FailedCreate":
            refused = Outlook(
                "stuck",
                f"{target} may not make its Pods: “{quoted(event['message'])}” (event FailedCreate)",
                "what does the message say is missing or too much?",
                grace_s=6.0,
                refusal=str(event["message"]),
            )
            return reconsidered(api, target.namespace, refused)
        if event["reason"] == "SuccessfulCreate":
            return None
    return None


def _revision(document: JsonObject) -> str | None:
    return (document["metadata"].get("annotations") or {}).get("deployment.kubernetes.io/revision")
