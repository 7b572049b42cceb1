"""Whose doing a message of the cluster's is: the manifest's, or a node's, the registry's or the control plane's.

No student can taint or cordon a node, fill its disk or slow it down; what they wrote (a command, a path, a name) may
stand in a message all the same. So a message is searched whole, not as it is shown, and the words that make it ours
count only where it begins or ends with them: what is quoted from a manifest stands in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

_NODE_AWAY = re.compile(
    r"\d+ node\(s\) (?:had (?:untolerated )?taint|were unschedulable|had unknown conditions"
    r"|were not ready|were out of disk|had (?:memory|disk|pid) pressure|had network unavailable)"
)
"""why a node takes no Pod of anybody's, in the words of schedulers old and new"""
_NO_ROOM = re.compile(r"\d+ (?:Insufficient (\S+)|Too many (pods))")
_EVERYBODYS = ("cpu", "memory", "ephemeral-storage", "pods")
"""what every node has some of; anything else a Pod may have asked for where there never was any"""

_NO_SUCH_IMAGE = re.compile(r"\bnot found|manifest unknown|does not exist|invalid reference")
_PART_OF_AN_IMAGE = re.compile(r"could not fetch content descriptor|no match for platform|blob unknown")
"""said of an image that is there and not whole, or not for this node"""
_CERTAIN = re.compile(rf"{_NO_SUCH_IMAGE.pattern}|unauthorized|forbidden|denied|no such host", re.IGNORECASE)
"""of any registry: it will not say something else a moment later"""

_END = r"(?:: unknown)?\s*$"
_NODE_BROKEN = re.compile(rf"(?:no space left on device|too many open files|input/output error){_END}")
_IN_A_VOLUME = re.compile(r"[sS]ub[pP]ath|create mountpoint for")
"""what is full then may be a volume of the Pod's own"""
_NODE_SLOW = re.compile(
    r"^(?:failed to reserve container name|failed to sync \S+ cache: |services have not yet been read)"
    rf"|(?:context deadline exceeded|context canceled|transport is closing|ttrpc: closed"
    rf"|containerd\.sock: connect: connection refused|error reading from server: EOF){_END}"
)
_CONTROL_PLANE = re.compile(
    r"^(?:Failed to create new replica set \"[^\"]*\": )?(?:Internal error occurred|failed calling webhook|etcdserver: "
    r"|Timeout: |the server (?:is currently unable|was unable|has received too many)|Post \"https?:"
    r"|[^\"]*\"[^\"]*\" is forbidden: status unknown for quota)"
)


def _reasons(message: str) -> list[str]:
    """Why the nodes do not take a Pod, each with the number of nodes, from a scheduler's message."""
    without = message.replace(", that the pod didn't tolerate", "")  # how a taint was told of until Kubernetes 1.23
    return without.partition(": ")[2].partition(". ")[0].rstrip(".").split(", ")


def lacking(message: str) -> list[str]:
    """What all nodes that take Pods have too little of, if that is all that a scheduler complains of; else []."""
    found = [_NO_ROOM.fullmatch(reason) for reason in _reasons(message) if not _NODE_AWAY.match(reason)]
    return [match[1] or match[2] for match in found if match] if all(found) else []


def of_scheduling(message: str) -> Literal["", "ours", "crowded"]:
    """Of a Pod that no node takes: '' where its manifest decides, or where it is room alone that all nodes lack.

    Where some nodes are away and the others are full, it is crowded: on those that are away there might be room.
    """
    if message.startswith("no nodes available to schedule"):
        return "ours"
    away = [bool(_NODE_AWAY.match(reason)) for reason in _reasons(message)]
    if all(away):
        return "ours"
    lacks = lacking(message)
    return "crowded" if any(away) and lacks and is_everybodys(lacks) else ""


def is_everybodys(resources: Iterable[str]) -> bool:
    """Whether every node has some of these, so that it is only a question of who came first."""
    return set(resources) <= set(_EVERYBODYS)


def tainted(message: str) -> int:
    """How many nodes stay away from a Pod for a taint of theirs; 0 where others stay away for other reasons."""
    away = [found[0] for reason in _reasons(message) if (found := _NODE_AWAY.match(reason))]
    return sum(int(each.split()[0]) for each in away) if all("taint" in each for each in away) else 0


def is_ours_to_serve(image: str, message: str, prefix: str) -> bool:
    """Whether an image was asked of the course's registry: by its name, or because other names are looked for there."""
    whole = prefix and "/" not in prefix
    hosts = {prefix, prefix.replace("localhost:", "127.0.0.1:")} if whole else set()
    return bool(prefix) and (image.startswith(f"{prefix}/") or any(f'"http://{each}/v2/' in message for each in hosts))


def says_why(message: str) -> bool:
    """Whether it is said why an image is not pulled: until Kubernetes 1.31 a back-off named the image alone."""
    return bool(message) and not re.fullmatch(r'Back-off pulling image "[^"]*"', message)


def has_no_such_image(message: str) -> bool:
    """Whether a registry says that there is no image of that name, and not that it cannot say or serve it."""
    return bool(_NO_SUCH_IMAGE.search(message)) and not _PART_OF_AN_IMAGE.search(message)


def is_certain(message: str) -> bool:
    """Whether what kept an image from being pulled does so again."""
    return bool(_CERTAIN.search(message))


def of_creation(message: str) -> Literal["", "ours", "crowded"]:
    """Of a container that cannot be created: '' where its manifest is why, crowded where the node may get over it."""
    if _NODE_SLOW.search(message):
        return "crowded"
    return "ours" if _NODE_BROKEN.search(message) and not _IN_A_VOLUME.search(message) else ""


def is_the_control_planes(message: object) -> bool:
    """Whether it was no answer to what was asked that kept a controller from making an object."""
    return bool(_CONTROL_PLANE.match(str(message)))
