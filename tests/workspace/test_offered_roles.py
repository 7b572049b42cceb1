"""What a lab lets students bind gives nobody more than students have: no ready-made role holds a guardrail.

Read from the manifests: a rule that is added to one of them, and not to the student's own, is noticed at once. That the
API server refuses what is not offered is tried in test_rights.py.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

COURSE = Path(__file__).parents[2] / "course" / "cluster"
GUARDRAILS = (
    "networkpolicies",
    "resourcequotas",
    "limitranges",
    "events",
    "endpoints",
    "endpointslices",
    "pods/status",
)
WRITING = {"create", "update", "patch", "delete", "deletecollection", "*"}


def roles(pattern: str) -> list[dict[str, Any]]:
    found = [each for path in sorted(COURSE.glob(pattern)) for each in yaml.safe_load_all(path.read_text())]
    return [each for each in found if each and each["kind"] in ("Role", "ClusterRole")]


def rights(role: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {
        (group, resource, verb)
        for rule in role["rules"]
        for group in rule["apiGroups"]
        for resource in rule["resources"]
        for verb in rule["verbs"]
    }


STUDENT = next(each for each in roles("workspace/student.yaml") if each["metadata"]["name"] == "student")
SHARED = roles("shared/*.yaml")
DELEGATIONS = [each for each in roles("labs/*/*.yaml") if each["metadata"]["name"] != "grader"]


@pytest.mark.parametrize("role", SHARED, ids=lambda role: role["metadata"]["name"])
def test_an_offered_role_gives_no_more_than_a_student_has(role: dict[str, Any]) -> None:
    assert rights(role) - rights(STUDENT) == set()


@pytest.mark.parametrize("role", DELEGATIONS, ids=lambda role: role["metadata"]["name"])
def test_only_offered_roles_and_view_may_be_bound(role: dict[str, Any]) -> None:
    offered = {each["metadata"]["name"] for each in SHARED} | {"view"}
    for rule in role["rules"]:
        if {"bind", "escalate", "*"} & {*rule["verbs"]} and "rbac.authorization.k8s.io" in rule["apiGroups"]:
            assert rule["resources"] == ["clusterroles"]
            assert set(rule["resourceNames"]) <= offered
            assert rule["verbs"] == ["bind"]


@pytest.mark.parametrize("role", [*SHARED, *DELEGATIONS], ids=lambda role: role["metadata"]["name"])
def test_nothing_that_a_student_can_give_away_writes_a_guardrail(role: dict[str, Any]) -> None:
    written = {resource for _, resource, verb in rights(role) if verb in WRITING}
    assert written & {*GUARDRAILS, "*"} == set()
