"""What is there: objects, their events, their logs, and what made them."""

from __future__ import annotations

import re
from typing import Any

from autograder.checks import evidence
from autograder.checks.api import Api, JsonObject
from autograder.checks.belonging import controller_of, is_usual, keeps, makes_others, parts_of
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Kind, Target, kind_of, target_of
from autograder.errors import CheckFailed, ClusterError

LOG_LIMIT_BYTES = 256 * 1024
LOOK_ELSEWHERE = (
    "read what the cell that makes it printed: what was refused is not made. If it was made, was it in another "
    "namespace? A `namespace:` written into a manifest, or `-n`, goes before your own"
)
"""what to do where there is nothing at all"""
_EVENTS_SHOWN = 12
_NAME = re.compile(r"[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")
"""what an object can be called; in a reference anything may be written, which would be part of a path"""


def get_object(target: str | JsonObject, *, namespace: str | None = None) -> JsonObject:
    """The object as plain JSON.

    Raises:
        CheckFailed: there is none.
    """
    api = current()
    found = target_of(api, target, namespace)
    document = read(api, found)
    if document is None:
        raise missing(api, found)
    return document


def exists(target: str | JsonObject, *, namespace: str | None = None) -> bool:
    """Whether there is such an object."""
    api = current()
    return read(api, target_of(api, target, namespace)) is not None


def objects(kind: str, *, selector: Any = None, namespace: str | None = None) -> list[JsonObject]:
    """All objects of a kind in a namespace; `selector` in any spelling that `lab.pods` takes."""
    api = current()
    query = {"labelSelector": selector_text(selector)} if selector else {}
    known = kind_of(api, kind)
    found, _ = api.items(known.collection(namespace or api.place.namespace), query=query)
    return found


def events(target: str | JsonObject, *, namespace: str | None = None) -> list[JsonObject]:
    """The events about an object, oldest first: `type`, `reason`, `message`, `count`, `time`."""
    api = current()
    return events_about(api, target_of(api, target, namespace))


def logs(
    pod: str | JsonObject,
    *,
    container: str | None = None,
    lines: int = 200,
    previous: bool = False,
    namespace: str | None = None,
) -> str:
    """The last lines that a Pod's container wrote; with `previous`, before its last restart.

    Raises:
        CheckFailed: there is no such Pod, or it has not written anything yet.
    """
    api = current()
    target = target_of(api, pod, namespace)
    text = log_of(api, target, container=container, lines=lines, previous=previous)
    if text is None:
        if read(api, target) is None:
            raise missing(api, target)
        raise CheckFailed(
            f"{target} has no log" + (" from before a restart" if previous else ""),
            expected="what its program wrote",
            next_step=f"kubectl describe pod {target.name}: was its container started?",
        )
    return text


def owner(document: JsonObject) -> str | None:
    """What keeps an object, at the top of the chain: `"deployment/sentiment"`; None if nothing would replace it."""
    api = current()
    top = None
    for _ in range(5):  # a chain that a student made go in circles ends here
        reference = controller_of(document)
        if reference is None or not makes_others(reference):
            break  # what makes nothing replaces nothing, and reading it may not be allowed
        target = _referred(api, reference, str(document["metadata"].get("namespace") or api.place.namespace))
        if target is None and is_usual(reference):
            break  # nothing can be called so
        if target is None:  # another kind's, which is named in full and not followed
            group = str(reference.get("apiVersion") or "").rpartition("/")[0]
            if not _NAME.fullmatch(group) or api.exchange("GET", f"/apis/{group}").status == 404:
                break  # nobody serves such a kind
            top = f"{reference.get('kind')}.{group}/{reference.get('name')}".lower()
            break
        found = read(api, target)
        if found is None or not keeps(found, document):
            break  # it says so of itself, and nothing would replace it
        top, document = f"{target.kind.name.lower()}/{target.name}", found
    return top


def read(api: Api, target: Target) -> JsonObject | None:
    """The object or None; notes it as evidence."""
    document = api.ask("GET", target.path)
    note(api, target, document)
    return document


def note(api: Api, target: Target, document: JsonObject | None) -> None:
    """Keep the object, and whatever its events say if the criterion does not pass, as evidence."""
    name = f"{target.kind.name.lower()}/{target.name}"
    if document is None:
        return
    evidence.saw(name, document)

    def its_events() -> evidence.Exhibit | None:
        lines = [_event_line(event) for event in events_about(api, target)[-_EVENTS_SHOWN:]]
        return evidence.Exhibit("events", name, "\n".join(lines))

    evidence.ask_later(f"events {name}", its_events)
    if target.kind.name == "Pod":
        evidence.ask_later(f"log {name}", lambda: evidence.Exhibit("log", name, log_of(api, target, lines=40) or ""))


def events_about(api: Api, target: Target) -> list[JsonObject]:
    selector = f"involvedObject.kind={target.kind.name},involvedObject.name={target.name}"
    found, _ = api.items(KNOWN["events"].collection(target.namespace), query={"fieldSelector": selector, "limit": 500})
    simple = [
        {
            "type": event.get("type") or "",
            "reason": event.get("reason") or "",
            "message": event.get("message") or event.get("note") or "",
            "count": event.get("count") or (event.get("series") or {}).get("count") or 1,
            "time": event.get("lastTimestamp")
            or event.get("eventTime")
            or event["metadata"].get("creationTimestamp")
            or "",
        }
        for event in found
    ]
    return sorted(simple, key=lambda event: event["time"])


def log_of(
    api: Api, target: Target, *, container: str | None = None, lines: int = 200, previous: bool = False
) -> str | None:
    """The log or None where there is none yet. For a Pod with several containers, of the first unless told."""
    query: dict[str, str | int | bool] = {"tailLines": lines, "limitBytes": LOG_LIMIT_BYTES}
    if previous:
        query["previous"] = True
    if container:
        query["container"] = container
    answer = api.exchange("GET", f"{target.path}/log", query=query)
    if answer.status == 400 and not container and "a container name must be specified" in answer.message():
        document = api.ask("GET", target.path) or {}
        names = [str(c.get("name")) for c in (document.get("spec") or {}).get("containers") or []]
        return log_of(api, target, container=names[0], lines=lines, previous=previous) if names else None
    if answer.status in (400, 404):  # not started yet, or nothing previous
        return None
    if answer.status >= 400:
        raise ClusterError(f"the log of {target} cannot be read: {answer.status} {answer.message()}")
    text = answer.body.decode("utf-8", "replace")
    # The kubelet says this in place of the log of a container that has been removed by now.
    return None if text.startswith("unable to retrieve container logs for ") else text


def nothing_there(namespace: str, kind: Kind) -> str:
    """That there is nothing of a kind, and no Pod either: everything may have been made somewhere else."""
    return f"there is no {kind.name} and no Pod at all in the workspace's namespace, `{namespace}`"


def missing(api: Api, target: Target) -> CheckFailed:
    """The finding that an object is not there, with what is there of its kind."""
    there, _ = api.items(target.kind.collection(target.namespace), query={"limit": 50})
    names = sorted(str(document["metadata"]["name"]) for document in there)
    shown = ", ".join(f"`{name}`" for name in names[:8]) + (" …" if len(names) > 8 else "")
    where = f" in namespace `{target.namespace}`" if target.kind.namespaced else ""
    kind = target.kind.name
    return CheckFailed(
        f"there is no {kind} of that name{where}; " + (f"there is {shown}" if names else f"there is no {kind} at all"),
        expected=f"{target} to exist",
        next_step="look at the name and the namespace" if names else LOOK_ELSEWHERE,
    )


def selector_text(selector: Any) -> str:
    """A selector as the API takes it, from text, labels, or `matchLabels` and `matchExpressions`."""
    if isinstance(selector, str):
        return selector
    labels, expressions = parts_of(selector)
    parts = [f"{key}={value}" for key, value in labels.items()]
    for expression in expressions:
        key, values = str(expression.get("key")), ",".join(map(str, expression.get("values") or []))
        written = {
            "In": f"{key} in ({values})",
            "NotIn": f"{key} notin ({values})",
            "Exists": key,
            "DoesNotExist": f"!{key}",
        }.get(str(expression.get("operator")))
        if written is None:  # a Node's selector also compares numbers; Pods have no such thing
            raise CheckFailed(f"a selector with the operator {expression.get('operator')!r}", expected="one of labels")
        parts.append(written)
    return ",".join(parts)


def _referred(api: Api, reference: JsonObject, namespace: str) -> Target | None:
    # Another kind's owner (an operator's resource) is named, not followed: reading it may not be allowed.
    name = str(reference.get("name"))
    if not is_usual(reference) or not _NAME.fullmatch(name):
        return None
    return Target(KNOWN[str(reference["kind"]).lower()], name, namespace)


def _event_line(event: JsonObject) -> str:
    times = f" ×{event['count']}" if event["count"] > 1 else ""
    return f"{event['time']} {event['type']} {event['reason']}{times}: {event['message']}"
