"""On which nodes a Pod may be put: tolerations and selections, as the scheduler reads them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from autograder.checks import blaming, prospects
from autograder.checks.placing import accepts_node, tolerates, tolerations

TAINT = "nvidia.com/gpu=present:NoSchedule"


@pytest.mark.parametrize(
    ("toleration", "holds"),
    [
        ({"key": "nvidia.com/gpu", "operator": "Exists"}, True),
        ({"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}, True),
        ({"key": "nvidia.com/gpu", "value": "present"}, True),
        ({"operator": "Exists"}, True),
        ({"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoExecute"}, False),
        ({"key": "nvidia.com/gpu", "operator": "Equal"}, False),
        ({"key": "nvidia.com/gpu", "value": "true"}, False),
        ({"key": "gpu", "operator": "Exists"}, False),
        ({"key": "nvidia.com/gpu", "operator": "Gt", "value": "0"}, False),
    ],
)
def test_a_toleration_is_for_a_taint_as_the_scheduler_takes_it(toleration: dict[str, Any], holds: bool) -> None:
    assert tolerates({"spec": {"tolerations": [toleration]}}, TAINT) is holds


def test_what_every_pod_tolerates_is_left_out() -> None:
    given = {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"}
    assert tolerations({"spec": {"tolerations": [given, {"operator": "Exists"}]}}) == [{"operator": "Exists"}]
    assert not tolerates({}, TAINT)


def required(*conditions: dict[str, Any]) -> dict[str, Any]:
    terms = [{"matchExpressions": list(conditions)}]
    affinity = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": terms}}
    return {"spec": {"affinity": {"nodeAffinity": affinity}}}


@pytest.mark.parametrize(
    ("pod", "there", "elsewhere"),
    [
        ({"spec": {}}, True, True),
        ({"spec": {"nodeSelector": {"pool": "gpu"}}}, True, False),
        ({"spec": {"nodeSelector": {"pool": "gpu", "zone": "a"}}}, False, False),
        (required({"key": "pool", "operator": "In", "values": ["gpu", "big"]}), True, False),
        (required({"key": "pool", "operator": "NotIn", "values": ["gpu"]}), False, True),
        (required({"key": "pool", "operator": "Exists"}), True, False),
        (required({"key": "pool", "operator": "DoesNotExist"}), False, True),
        (required({"key": "pool", "operator": "Gt", "values": ["1"]}), False, False),
        (required(), False, False),
        ({"spec": {"affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": []}}}}, True, True),
    ],
)
def test_a_node_is_accepted_by_its_labels(pod: dict[str, Any], there: bool, elsewhere: bool) -> None:
    assert (accepts_node(pod, {"pool": "gpu"}), accepts_node(pod, {})) == (there, elsewhere)


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s). preemption: 0/2", 1),
        ("0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had untolerated taint {a: b}.", 2),
        (
            "0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had taint {a: b}, 1 node(s) were not ready.",
            0,
        ),
        ("0/1 nodes are available: 1 Insufficient cpu.", 0),
    ],
)
def test_nodes_that_a_taint_keeps_away_are_counted(message: str, count: int) -> None:
    assert blaming.tainted(message) == count


@pytest.mark.parametrize(
    ("message", "set_apart", "state"),
    [
        # It asks for a GPU, and does not tolerate the taint of the node that has some.
        ("0/2 nodes are available: 1 Insufficient nvidia.com/gpu, 1 node(s) had untolerated taint(s).", "b", "stuck"),
        # It may go there, and others have all of them: the quota has promised it some.
        ("0/2 nodes are available: 2 Insufficient nvidia.com/gpu.", "b", "crowded"),
        # Somebody has the memory that the quota has promised; the node that is set apart has nothing to do with it.
        ("0/2 nodes are available: 1 Insufficient memory, 1 node(s) had untolerated taint(s).", "b", "crowded"),
        # Nobody has promised it.
        ("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).", "b", "stuck"),
        # The one with a taint is not set apart, but away.
        ("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).", "", "crowded"),
    ],
)
def test_a_node_that_is_set_apart_is_not_one_that_is_away(message: str, set_apart: str, state: str) -> None:
    namespace = {"metadata": {"annotations": {"course.autograder/set-apart": set_apart}}}
    quota = {"spec": {"hard": {"requests.memory": "1Gi", "requests.nvidia.com/gpu": "4"}}}
    api: Any = SimpleNamespace(
        now=lambda: 0.0,
        place=SimpleNamespace(image_prefix="localhost:5000"),
        ask=lambda method, path: namespace,
        items=lambda path: ([quota], "1"),
    )
    waits = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": message}
    pod = {
        "metadata": {"name": "p", "namespace": "n"},
        "spec": {},
        "status": {"phase": "Pending", "conditions": [waits]},
    }
    assert prospects.of_a_pod(api, pod).state == state
