"""Whether a cluster's nodes take Pods and can pull the course's images: tried with one Pod, before any is graded.

Elsewhere nothing says so beforehand: which registry a node reaches, whether it trusts it and with whose password it
asks is known to the node alone. Left untried, each submission of a class would wait for images that never come. So a
namespace with the course's label gets one Pod with a container for each image, which ends at once, and goes again. One
node speaks for all. The embedded cluster has its own registry, and is asked nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.errors import AutograderError, RequirementMissing, WorkspaceError
from autograder.workspace import naming
from autograder.workspace.needing import embedded_name, needed
from autograder.workspace.posting import post
from autograder.workspace.removing import remove
from autograder.workspace.requesting import Api, Object

_LOG = logging.getLogger(__name__)
_DEADLINE_S = 90.0
_LIFETIME_S = 600.0
_AGAIN_AFTER_S = 600.0
_SHOWN = 500
_NOT_PULLED = ("ContainerCreating", "PodInitializing", "ErrImagePull")
"""A container waits for these reasons before it is known whether its image is to be had."""
_NEVER_PULLED = ("ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError")
_PLAIN = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "runAsNonRoot": True,
    "runAsUser": 10001,
    "seccompProfile": {"type": "RuntimeDefault"},
}
"""As a namespace of Pod Security level `restricted` wants it."""

_pulled: dict[tuple[str, str], float] = {}
"""When an API server's node had an image, by the monotonic clock."""


def require_images(connection: Connection, api: Api, root: Path, lab: str) -> None:
    """See that Pods run on this cluster, with the images that a lab's Pods have.

    Raises:
        RequirementMissing: no node takes a Pod, or an image is not to be had; says what the node said.
        WorkspaceError: the Pod that tries it could not be made.
    """
    if embedded_name(connection):
        return
    images = [f"{connection.image_prefix}/{each}" for each in needed(root, lab).images]
    now = time.monotonic()
    untried = [each for each in images if now - _pulled.get((api.host, each), float("-inf")) > _AGAIN_AFTER_S]
    if untried:
        _try(connection, api, lab, untried)
        _pulled.update({(api.host, each): time.monotonic() for each in untried})


@dataclass
class _Trial:
    """What has become of the Pod so far."""

    waits: str = "it has not been seen"
    """why no node has taken it; '' once one has"""
    pulling: list[str] = field(default_factory=list)
    """images that are not there yet"""
    refused: dict[str, str] = field(default_factory=dict)
    """what was said of an image that is not to be had"""
    _said: dict[str, str] = field(default_factory=dict)

    def settled(self, pods: Iterable[Object]) -> bool:
        """Take in what the API server has; whether it is known by now."""
        for pod in pods:
            status = pod.get("status") or {}
            self.waits = _why_unscheduled(status)
            statuses = {each["image"]: each for each in _containers(pod)}
            self.pulling = [image for image, each in statuses.items() if self._look(image, each)]
        return bool(self.refused) or not (self.waits or self.pulling)

    def _look(self, image: str, container: Object) -> bool:
        """Whether the image is still being pulled; notes where it is refused."""
        state = container.get("state")
        if state is None:
            return True
        waiting = state.get("waiting") or {}
        reason, message = str(waiting.get("reason")), str(waiting.get("message") or "")
        if reason == "ErrImagePull":
            self._said[image] = message  # the back-off that follows does not always repeat it
        if reason in _NEVER_PULLED:
            self.refused[image] = self._said.get(image) or message or reason
        return reason in _NOT_PULLED


def _containers(pod: Object) -> list[Object]:
    """The state of each container, under the image as it was asked for."""
    known = {each["name"]: each for each in (pod.get("status") or {}).get("containerStatuses") or []}
    return [{**known.get(each["name"], {}), "image": each["image"]} for each in pod["spec"]["containers"]]


def _why_unscheduled(status: Object) -> str:
    for each in status.get("conditions") or []:
        if each["type"] == "PodScheduled":
            return "" if each["status"] == "True" else str(each.get("message") or each.get("reason"))
    return "no scheduler has looked at it"


def _try(connection: Connection, api: Api, lab: str, images: list[str]) -> None:
    deadline, trial = time.monotonic() + scaled(_DEADLINE_S), _Trial()
    names = naming.new_names(lab, "images")
    try:
        _make(api, names, lab, images, deadline)
        pods = f"/api/v1/namespaces/{names.namespace}/pods"
        api.until(pods, lambda found: trial.settled(found.values()), deadline=deadline)
    finally:
        try:
            remove(connection, names.id, wait=False)
        except AutograderError as error:
            _LOG.warning("the namespace %s is left to a sweep: %s", names.namespace, error)
    if trial.refused:
        image, said = next(iter(trial.refused.items()))
        raise RequirementMissing(
            f"a node of this cluster cannot pull {', '.join(trial.refused)}: {said.removeprefix(image)[:_SHOWN]}",
            expected=f"for {lab} the course's images in a registry that the cluster's nodes pull from",
            next_step="put them into one that they reach, and say so: "
            "autograder images push REGISTRY; export AUTOGRADER_IMAGES=REGISTRY",
        )
    if trial.waits:
        raise RequirementMissing(
            f"no node of this cluster has taken a Pod: {trial.waits[:_SHOWN]}",
            expected=f"for {lab} a node that takes Pods",
            next_step="have an administrator see what keeps them from it: kubectl get nodes; kubectl describe nodes",
        )
    if trial.pulling:
        _LOG.warning("still being pulled after %.0f s: %s", scaled(_DEADLINE_S), ", ".join(trial.pulling))


def _make(api: Api, names: naming.Names, lab: str, images: list[str], deadline: float) -> None:
    """The namespace, and the Pod in it as soon as Pods can be made there."""
    namespace = {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {
            "name": names.namespace,
            "labels": naming.labels(names.id, lab, "images"),
            "annotations": naming.promises(lab, "images", lifetime_s=_LIFETIME_S, held=True),
        },
    }
    post(api, namespace).must(f"create the namespace {names.namespace}")
    accounts = f"/api/v1/namespaces/{names.namespace}/serviceaccounts"
    if not api.until(accounts, lambda found: "default" in found, deadline=deadline):
        raise WorkspaceError(
            f"the ServiceAccount `default` in {names.namespace} did not come in time",
            next_step="is the cluster's controller manager running?",
        )
    post(api, _pod(names.namespace, images)).must(f"create a Pod in {names.namespace} that tries the course's images")


def _pod(namespace: str, images: list[str]) -> Object:
    small = {"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"cpu": "500m", "memory": "64Mi"}}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "images", "namespace": namespace},
        "spec": {
            "restartPolicy": "Never",
            "automountServiceAccountToken": False,
            "terminationGracePeriodSeconds": 0,
            "containers": [
                {
                    "name": f"image-{number}",
                    "image": image,
                    "command": ["python3", "-c", ""],
                    "resources": small,
                    "securityContext": _PLAIN,
                }
                for number, image in enumerate(images)
            ],
        },
    }
