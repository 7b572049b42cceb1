"""Since when a Pod has been ready is read from what the cluster says of it."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks.lasting import _ready_s

NOW = 1_800_000_000.0
A_MINUTE_AGO, FIVE_SECONDS_AGO = "2027-01-15T07:59:00Z", "2027-01-15T07:59:55Z"


def pod(ready: str = "True", since: str = A_MINUTE_AGO, started: str | None = A_MINUTE_AGO, **metadata: Any) -> dict:
    state = {"running": {"startedAt": started}} if started else {"waiting": {"reason": "CrashLoopBackOff"}}
    return {
        "metadata": {"name": "web-1", **metadata},
        "spec": {"containers": [{"name": "main"}]},
        "status": {
            "conditions": [{"type": "Ready", "status": ready, "lastTransitionTime": since}],
            "containerStatuses": [{"name": "main", "state": state}],
        },
    }


@pytest.mark.parametrize(
    ("found", "ready_s"),
    [
        (pod(), 60),
        (pod(since=FIVE_SECONDS_AGO), 5),
        (pod(started=FIVE_SECONDS_AGO), 5),  # started again so quickly that the condition never changed
        (pod(ready="False"), 0),
        (pod(deletionTimestamp=A_MINUTE_AGO), 0),
        (pod(since="9999-01-01T00:00:00Z"), 0),  # by a clock that is ahead
    ],
)
def test_a_pod_has_been_ready_since_it_became_so_and_its_containers_run(found: dict, ready_s: float) -> None:
    assert _ready_s(found, NOW) == ready_s
