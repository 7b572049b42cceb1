"""Owner references are text; who keeps an object is decided by the owner."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.checks.belonging import has_labels, keeps, makes_others, selects
from autograder.checks.looking import selector_text


def owner(kind: str, labels: dict[str, str] | None = None, uid: str = "u1", version: str = "") -> dict[str, Any]:
    spec = {} if labels is None else {"selector": {"matchLabels": labels}}
    written = {"apiVersion": version} if version else {}
    return {**written, "kind": kind, "metadata": {"name": "x", "uid": uid}, "spec": spec}


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
        (owner("ConfigMap"), child("Pod", None), False),
        (owner("ConfigMap", version="v1"), child("Deployment", None), False),
        (owner("Node", version="v1"), child("Pod", None), False),
        (owner("Lease", version="coordination.k8s.io/v1"), child("Pod", None), False),
        (owner("Service", version="serving.knative.dev/v1"), child("Pod", None), True),
        (owner("ReplicaSet", {"app": "a"}, version="apps/v1"), child("Pod", {"app": "a"}), True),
        (owner("Deployment", {"app": "a"}, version="example.org/v1"), child("Pod", None), True),
    ],
)
def test_an_owner_keeps_what_it_makes_and_selects(owning: dict[str, Any], owned: dict[str, Any], kept: bool) -> None:
    assert keeps(owning, owned) is kept


SERVER = {"name": "server", "image": "localhost:5000/sentiment:1"}
LIKE = {**SERVER, "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}}}


@pytest.mark.parametrize(
    ("template", "pod", "kept"),
    [
        ({"containers": [SERVER]}, {"containers": [SERVER]}, True),
        (
            {"containers": [SERVER]},
            {"containers": [{**SERVER, "image": "mirror.example:443/x/sentiment@sha256:00"}, {"name": "mesh"}]},
            True,
        ),
        ({"containers": [SERVER]}, {"containers": [{**SERVER, "image": "localhost:5000/python:1"}]}, False),
        ({"containers": [SERVER]}, {"containers": [{**SERVER, "name": "other"}]}, False),
        ({"containers": [SERVER]}, {"containers": []}, False),
        ({"containers": [SERVER]}, {}, False),
        ({"containers": [SERVER]}, {"containers": [{**SERVER, "command": ["sleep", "9"]}]}, True),
        ({"containers": [{**SERVER, "command": ["sleep", "9"]}]}, {"containers": [SERVER]}, False),
        ({"containers": [{**SERVER, "args": ["a", "b"]}]}, {"containers": [{**SERVER, "args": ["b", "a"]}]}, False),
        ({"nodeSelector": {"there": "is-none"}}, {"nodeSelector": None}, False),
        ({"nodeSelector": {"a": "b"}}, {"nodeSelector": {"a": "b", "added": "by-a-webhook"}}, True),
        ({"schedulingGates": [{"name": "example.org/never"}]}, {}, False),
        ({"volumes": [{"name": "x", "configMap": {"name": "none"}}]}, {"volumes": [{"name": "token"}]}, False),
        (
            {"volumes": [{"name": "x", "emptyDir": {}}]},
            {"volumes": [{"name": "t"}, {"name": "x", "emptyDir": {}}]},
            True,
        ),
        ({"nodeName": "no-such-node"}, {"nodeName": "node"}, False),
        ({"containers": [LIKE]}, {"containers": [SERVER]}, False),
        ({"containers": [LIKE]}, {"containers": [{**LIKE, "imagePullPolicy": "Always"}]}, True),
        (
            {"containers": [LIKE]},
            {"containers": [{**LIKE, "resources": {"requests": {"cpu": "0.25", "memory": "64Mi"}}}]},
            True,
        ),
        (
            {"containers": [LIKE]},
            {"containers": [{**LIKE, "resources": {"requests": {"cpu": "50m", "memory": "64Mi"}}}]},
            False,
        ),
        ({"containers": [{**SERVER, "imagePullPolicy": "Always"}]}, {"containers": [SERVER]}, True),
        ({"hostNetwork": False}, {}, True),
    ],
)
def test_a_pod_is_kept_where_what_took_its_place_would_be_like_it(
    template: dict[str, Any], pod: dict[str, Any], kept: bool
) -> None:
    keeper = owner("ReplicaSet", {"app": "a"})
    keeper["spec"]["template"] = {"spec": template}
    assert keeps(keeper, child("Pod", {"app": "a"}) | {"spec": pod}) is kept


@pytest.mark.parametrize(
    ("selector", "selected"),
    [
        ({"app": "a"}, True),
        ({"matchLabels": {"app": "a"}, "matchExpressions": None}, True),
        ({"matchExpressions": [{"key": "app", "operator": "In", "values": ["a"]}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "NotIn", "values": ["a"]}]}, False),
        ({"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}, True),
        ({"matchExpressions": [{"key": "app", "operator": "Gt", "values": ["1"]}]}, False),
        ({"matchLabels": "a"}, False),
        ({"matchExpressions": "a", "app": "a"}, False),
        ({"matchExpressions": ["a"], "matchLabels": {"app": "a"}}, True),
        ({}, False),
        (None, False),
    ],
)
def test_selectors_of_every_spelling_are_understood(selector: Any, selected: bool) -> None:
    assert selects(selector, {"app": "a"}) is selected


def test_a_label_may_be_called_as_a_part_of_a_selector_is() -> None:
    assert selects({"matchLabels": "sentiment"}, {"matchLabels": "sentiment"})
    assert has_labels({"matchLabels": "sentiment"}, {"matchLabels": "sentiment", "app": "a"})
    assert not has_labels({"matchLabels": "sentiment"}, {"app": "a"})
    assert not has_labels(None, {"app": "a"})
    assert selector_text({"matchLabels": "sentiment"}) == "matchLabels=sentiment"
    assert selector_text({"matchLabels": {"app": "a"}, "matchExpressions": None}) == "app=a"


def test_a_replication_controller_selects_by_labels_alone() -> None:
    keeper = owner("ReplicationController") | {"spec": {"selector": {"matchLabels": "a"}}}
    assert keeps(keeper, child("Pod", {"matchLabels": "a"}))
    assert not keeps(keeper, child("Pod", {"app": "a"}))


@pytest.mark.parametrize(
    ("version", "kind", "makes"),
    [("v2", "Node", False), ("apps/v1", "deployment", False), ("rbac.authorization.k8s.io/v1", "ClusterRole", False),
     ("batch/v1", "CronJob", True), ("v1", "Job", False), ("kubernetes.dask.org/v1", "DaskCluster", True)],
)  # fmt: skip
def test_only_what_may_make_others_is_looked_for(version: str, kind: str, makes: bool) -> None:
    assert makes_others({"apiVersion": version, "kind": kind}) is makes
