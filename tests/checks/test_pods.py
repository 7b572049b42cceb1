"""Pods behind selectors, Services and owners; Pods that die and are replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from checks.conftest import SERVER, Playground

from autograder import lab
from autograder.checks.criteria import Verdict

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at", "a_quiet_machine")]
Run = Callable[[Callable[[], Any]], Verdict]
SERVE = ["python3", "-u", "-c", SERVER]


@pytest.fixture(scope="module", autouse=True)
def web(playground: Playground) -> None:
    playground.deployment("web", SERVE, replicas=2, ready="/who")
    playground.service("web", {"app": "web"})
    playground.pod("bare", SERVE, {"app": "bare", "example.org/team": "red"}, ready="/who")


def names(pods: list[dict[str, Any]]) -> list[str]:
    return sorted(pod["metadata"]["name"].rpartition("-")[0] or pod["metadata"]["name"] for pod in pods)


def test_every_way_to_name_the_same_pods_finds_them() -> None:
    everywhere = (
        "service/web", "deployment/web", "app=web", "app in (web, other),app!=bare", {"app": "web"},
        {"matchLabels": {"app": "web"}},
        {"matchExpressions": [{"key": "app", "operator": "In", "values": ["web"]}]},
        {"matchExpressions": [{"key": "example.org/team", "operator": "DoesNotExist"}]},
    )  # fmt: skip
    found = [names(lab.pods(where, at_least=2)) for where in everywhere]
    assert all(each == found[0] and len(each) == 2 for each in found)


def test_a_label_with_a_slash_is_a_selector() -> None:
    assert names(lab.pods("example.org/team=red")) == ["bare"]
    assert names(lab.pods("pod/bare")) == ["bare"]


def test_the_top_of_the_chain_of_owners_is_told() -> None:
    assert lab.owner(lab.pods("deployment/web", at_least=2)[0]) == "deployment/web"
    assert lab.owner(lab.get_object("pod/bare")) is None


def test_too_few_pods_behind_a_selector_fail_early(verdict_of: Run) -> None:
    lab.wait("deployment/web", ready=2)
    verdict = verdict_of(lambda: lab.pods("app=web", at_least=3))
    assert (verdict.state, verdict.seconds < 8) == ("failed", True)


def test_a_pod_that_dies_is_replaced_by_another() -> None:
    before = {pod["metadata"]["uid"] for pod in lab.pods("deployment/web", at_least=2)}
    new = lab.replace("deployment/web")
    assert new["metadata"]["uid"] not in before
    assert lab.get(new, "/who", port=8080)["pod"] == new["metadata"]["name"]


def test_traffic_can_be_watched_while_a_pod_is_replaced() -> None:
    lab.pods("service/web", at_least=2)
    with lab.replaced("service/web") as old:
        assert lab.get("service/web", "/who").status == 200
    assert old["metadata"]["uid"] not in {pod["metadata"]["uid"] for pod in lab.pods("service/web")}


def test_a_pod_that_nothing_would_replace_is_left_alone(verdict_of: Run) -> None:
    uid = lab.wait("pod/bare", ready=True)["metadata"]["uid"]
    verdict = verdict_of(lambda: lab.replace("pod/bare"))
    assert (verdict.state, verdict.seconds < 5) == ("failed", True)
    assert lab.get_object("pod/bare")["metadata"]["uid"] == uid
