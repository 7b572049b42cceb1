"""What a quota has refused, and whether it still would.

A Pod on its way out is counted until it is gone, and whoever was refused meanwhile asks again after a pause that grows
each time. So a refusal is an answer about a moment that may be over: one change made right after another, as when a
notebook runs from top to bottom, meets it where a person who types never does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from autograder.checks.api import Api, JsonObject
from autograder.checks.kinds import KNOWN
from autograder.checks.quantities import amount
from autograder.checks.settling import Outlook

_BY_A_QUOTA = re.compile(r"exceeded quota: ([^,\s]+), requested: (\S+), used: ")


def reconsidered(api: Api, namespace: str, outlook: Outlook) -> Outlook:
    """The outlook of a workload that was refused Pods, as it is now that time has passed; any other as it is."""
    refused = _BY_A_QUOTA.search(outlook.refusal) if outlook.state == "stuck" else None
    if refused is None:
        return outlook
    hard, used = _quota(api, namespace, refused[1])
    asked = dict(pair.split("=", 1) for pair in refused[2].split(",") if "=" in pair)
    if _fits(asked, hard, used):
        return replace(outlook, state="moving", found=f"{outlook.found}; by now there is room, and it will ask again")
    if _fits(asked, hard, {}) and any(_is_leaving(pod) for pod in api.items(KNOWN["pods"].collection(namespace))[0]):
        return replace(outlook, state="moving", found=f"{outlook.found}; of what counts some is still on its way out")
    return outlook


def _quota(api: Api, namespace: str, name: str) -> tuple[JsonObject, JsonObject]:
    """What a quota allows and what is used of it."""
    for each in api.items(KNOWN["resourcequotas"].collection(namespace))[0]:
        if each["metadata"]["name"] == name:
            status = each.get("status") or {}
            return status.get("hard") or {}, status.get("used") or {}
    return {}, {}


def _fits(asked: Mapping[str, str], hard: JsonObject, used: JsonObject) -> bool:
    """Whether so much more would be granted; no for what nobody can read."""
    return bool(asked) and all(
        amount(str(used.get(resource, "0"))) + amount(more) <= amount(str(hard[resource])) < float("inf")
        if resource in hard
        else False
        for resource, more in asked.items()
    )


def _is_leaving(pod: JsonObject) -> bool:
    return bool(pod["metadata"].get("deletionTimestamp"))
