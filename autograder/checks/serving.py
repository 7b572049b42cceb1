"""What a Service really sends requests to: its ready endpoints, each a Pod that is there and stays."""

from __future__ import annotations

from typing import Any

from autograder.checks import looking, prospects
from autograder.checks.api import Api, JsonObject, pause
from autograder.checks.belonging import controller_of, has_labels, labels_of
from autograder.checks.connecting import current
from autograder.checks.goals import asked_for, rolled_out
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.patience import Patience
from autograder.checks.pods import target_of_pod
from autograder.checks.settling import SETTLED, Outlook, is_ready, is_staying
from autograder.checks.waiting import wait
from autograder.checks.watching import Collection, Watching
from autograder.errors import CheckFailed

_CATCHING_UP_S = 5.0
"""how long an address may outlive its Pod in the endpoints"""


def behind(
    service: str | JsonObject, *, at_least: int = 0, timeout_s: float = 60.0, namespace: str | None = None
) -> list[JsonObject]:
    """The Pods that a Service sends requests to, once the Pods with its labels that are starting have started.

    Without `at_least` it is [] where there is nothing, or no such Service. A Pod that has ended, is being deleted or
    is not ready gets no requests, whatever its labels say.

    Raises:
        CheckFailed, CheckUnsettled: there are fewer than `at_least`, or no such Service.
        CheckFailed: requests also go to an address that no Pod of the namespace has.
    """
    api = current()
    target = target_of(api, service, namespace)
    if at_least:
        wait(target, ready=at_least, timeout_s=timeout_s)
    document = looking.read(api, target)
    if document is None:
        return []
    _until_started(api, target, (document.get("spec") or {}).get("selector"), timeout_s)
    return _endpoints(api, target)


def addresses(service: str | JsonObject, *, port: int, namespace: str | None = None) -> list[str]:
    """Where requests to a port of a Service go at this moment, as `ADDRESS:PORT`, for a probe to ask each of them.

    [] where there is no such Service, or no such port, or nothing ready behind it.
    """
    api = current()
    target = target_of(api, service, namespace)
    spec = (looking.read(api, target) or {}).get("spec") or {}
    names = [each.get("name") or "" for each in spec.get("ports") or [] if each.get("port") == port and _is_tcp(each)]
    return [address for name in names for address in prospects.ready_addresses(api, target, name)]


def _is_tcp(port: JsonObject) -> bool:
    return bool(port.get("protocol", "TCP") == "TCP")


def one_of_each(pods: list[JsonObject]) -> list[JsonObject]:
    """One Pod of each template among them: of each ReplicaSet, StatefulSet, …; none of those that nothing keeps."""
    found: dict[str, JsonObject] = {}
    for pod in pods:
        made_by = controller_of(pod)
        if made_by and looking.owner(pod):
            found.setdefault(str(made_by.get("uid")), pod)
    return list(found.values())


def _until_started(api: Api, target: Target, selector: Any, timeout_s: float) -> None:
    """Waits while Pods with the Service's labels come and go; what stays on its way is not waited for."""
    pods, deployments = (Collection(KNOWN[kind].collection(target.namespace)) for kind in ("pods", "deployments"))
    patience = Patience(timeout_s)
    with Watching(api, [pods, deployments]) as watching:
        while True:
            chosen = [pod for pod in pods.objects if has_labels(selector, labels_of(pod)) and is_staying(pod)]
            outlooks = [prospects.of_a_pod(api, pod) for pod in chosen if not is_ready(pod)]
            outlooks += [_rollout(api, each) for each in deployments.objects if _makes(each, selector)]
            moving = [each for each in outlooks if each.state in ("moving", "crowded")]
            if not moving or patience.left_s(api, moving[0]) <= 0:
                return
            watching.until_changed(min(patience.left_s(api, moving[0]), moving[0].look_again_s))


def _makes(deployment: JsonObject, selector: Any) -> bool:
    """Whether the Pods of a Deployment's current revision have the labels that a selector wants."""
    template = (deployment.get("spec") or {}).get("template") or {}
    return has_labels(selector, (template.get("metadata") or {}).get("labels") or {})


def _rollout(api: Api, deployment: JsonObject) -> Outlook:
    """While a Deployment goes from one revision to the next, Pods of both are there, and one kind is about to go."""
    if rolled_out(deployment):
        return SETTLED
    target = Target(KNOWN["deployments"], deployment["metadata"]["name"], deployment["metadata"]["namespace"])
    return prospects.of_a_workload(api, target, deployment, 0, asked_for(deployment))


def _endpoints(api: Api, target: Target) -> list[JsonObject]:
    patience = Patience(_CATCHING_UP_S)
    late = Outlook("moving", f"the endpoints of {target} are late")
    while True:
        pods = {str(pod["metadata"]["uid"]): pod for pod in api.items(KNOWN["pods"].collection(target.namespace))[0]}
        strangers, found = [], []
        for endpoint in prospects.ready_endpoints(api, target):
            pod = pods.get(str((endpoint.get("targetRef") or {}).get("uid")))
            if pod is None:
                strangers.append(endpoint)
            elif is_staying(pod):
                found.append(pod)
        if not strangers:
            break
        if patience.left_s(api, late) <= 0:
            addresses = [str(address) for each in strangers for address in each.get("addresses") or []]
            raise CheckFailed(
                f"{target} sends requests to {', '.join(addresses[:4])}, and no Pod of `{target.namespace}` is there",
                expected="a Pod at every address behind it",
                next_step=f"kubectl describe service {target.name}: who wrote its endpoints?",
            )
        pause(api, 0.5)
    for pod in found:
        looking.note(api, target_of_pod(pod), pod)
    return found
