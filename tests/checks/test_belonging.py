"""Owner references are text; who keeps an object is decided by the owner."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks.belonging import keeps, selects


def owner(kind: str, labels: dict[str, str] | None = None, uid: str = "u1") -> dict[str, Any]:
    spec = {} if labels is None else {"selector": {"matchLabels": labels}}
    return {"kind": kind, "metadata": {"name": "x", "uid": uid}, "spec": spec}


def child(kind: str, labels: dict[str, str] | None, uid: str = "u1", **reference: Any) -> dict[str, Any]:
    references = [{"kind": "any", "name": "x", "uid": uid, "controller": True, **reference}]
    return {"kind": kind, "metadata": {"name": "y", "labels": labels, "ownerReferences": references}}


@pytest.mark.parametrize(
    ("owning", "owned", "kept"),
    [
        (owner("ReplicaSet", {"app": "a"}), child("Pod", {"app": "a", "b": "c"}), True),
        (owner("ReplicaSet", {"app": "a"}), child("Pod", {"app": "b"}), False),
        (owner("ReplicaSet", {"app": "a"}), child("Pod", None), False),
        (owner("ReplicaSet", {"app": "a"}, uid="u2"), child("Pod", {"app": "a"}), False),
        (owner("ReplicaSet", {"app": "a"}), child("Pod", {"app": "a"}, controller=False), False),
        (owner("Deployment", {"app": "a"}), child("Pod", {"app": "a"}), False),
        (owner("Deployment", {"app": "a"}), child("ReplicaSet", {"app": "a"}), True),
        (owner("ReplicaSet"), child("Pod", {"app": "a"}), False),
        (owner("CronJob"), child("Job", None), True),
        (owner("DaskCluster"), child("Pod", None), True),
    ],
)
def test_an_owner_keeps_what_it_makes_and_selects(owning: dict[str, Any], owned: dict[str, Any], kept: bool) -> None:
    assert keeps(owning, owned) is kept


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ({"app": "a"}, True),
        ({"matchLabels": {"app": "a"}, "matchExpressions": None}, True),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["a"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["a"]}]}, False),
        ({"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "Gt", "values": ["1"]}]}, False),
        ({}, False),
        (None, False),
    ],
)
def test_selectors_of_every_spelling_are_understood(selector: Any, selected: bool) -> None:
    assert selects(selector, {"app": "a"}) is selected
