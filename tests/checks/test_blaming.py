"""What a real scheduler and node say, and whose doing it is taken for: their words change from version to version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from checks.conftest import SERVER, Playground, pod_spec

from autograder import lab
from autograder.checks.api import Api
from autograder.checks.criteria import Verdict

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at", "a_quiet_machine")]
Run = Callable[[Callable[[], Any]], Verdict]
SERVE = ["python3", "-u", "-c", SERVER]
NODES = "/api/v1/nodes"


def change_the_node(api: Api, **spec: Any) -> None:
    """Writes into the only node's spec, again where the node wrote to it meanwhile."""
    for _ in range(20):
        node = api.items(NODES)[0][0]
        node["spec"] = {name: value for name, value in {**node["spec"], **spec}.items() if value is not None}
        answer = api.exchange("PUT", f"{NODES}/{node['metadata']['name']}", body=node)
        if answer.status != 409:
            break
    assert answer.status == 200, answer.message()


@pytest.fixture
def cordon(admin: Api) -> Iterator[None]:
    change_the_node(admin, unschedulable=True)
    yield
    change_the_node(admin, unschedulable=None, taints=None)


@pytest.fixture
def taint(admin: Api) -> Iterator[None]:
    change_the_node(admin, taints=[{"key": "example.org/under-repair", "effect": "NoSchedule"}])
    yield
    change_the_node(admin, taints=None)


@pytest.mark.parametrize("how", ["cordon", "taint"])
def test_a_node_that_takes_nobodys_pods_costs_nothing(
    how: str, request: pytest.FixtureRequest, playground: Playground, verdict_of: Run
) -> None:
    request.getfixturevalue(how)
    playground.pod(how, SERVE)
    verdict = verdict_of(lambda: lab.wait(f"pod/{how}", ready=True, timeout_s=20))
    assert verdict.state == "unchecked", verdict.message
    assert "waits for a node: 0/1 nodes are available" in verdict.found


def test_a_node_that_a_pod_does_not_want_is_the_students(playground: Playground, verdict_of: Run) -> None:
    spec = {**pod_spec(SERVE), "nodeSelector": {"there": "is-none"}}
    playground.create("/api/v1/namespaces/{}/pods", {"metadata": {"name": "picky"}, "spec": spec})
    verdict = verdict_of(lambda: lab.wait("pod/picky", ready=True, timeout_s=20))
    assert verdict.state == "failed", verdict.message


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("unknown", {"image": "localhost:5000/no-such-image:1"}),
        ("digest", {"image": f"localhost:5000/python@sha512:{'a' * 128}"}),
        ("command", {"command": ["no space left on device"]}),
    ],
)
def test_what_only_a_manifest_can_bring_about_is_the_students(
    playground: Playground, verdict_of: Run, name: str, changed: dict[str, Any]
) -> None:
    spec = pod_spec(SERVE)
    spec["containers"][0] |= changed
    playground.create("/api/v1/namespaces/{}/pods", {"metadata": {"name": name}, "spec": spec})
    verdict = verdict_of(lambda: lab.wait(f"pod/{name}", ready=True, timeout_s=60))
    assert verdict.state == "failed", verdict.message


def test_a_job_that_says_no_number_of_completions_is_looked_at_like_any_other(playground: Playground) -> None:
    template = {"spec": {**pod_spec(["true"]), "restartPolicy": "Never"}}
    job = {"metadata": {"name": "queue"}, "spec": {"parallelism": 2, "template": template}}
    playground.create("/apis/batch/v1/namespaces/{}/jobs", job)
    lab.wait("job/queue", complete=True, timeout_s=60)


def test_what_fails_twice_before_it_is_done_is_waited_for(playground: Playground) -> None:
    """An init container with a volume in which it counts its tries."""
    count = "import os; n = len(os.listdir('/tries')); open(f'/tries/{n}', 'w'); raise SystemExit(n < 2)"
    mounts = [{"name": "tries", "mountPath": "/tries"}]
    spec = pod_spec(SERVE, ready="/who")
    first = {**pod_spec(["python3", "-c", count])["containers"][0], "name": "first", "volumeMounts": mounts}
    spec |= {"initContainers": [first], "volumes": [{"name": "tries", "emptyDir": {}}]}
    playground.create("/api/v1/namespaces/{}/pods", {"metadata": {"name": "tries"}, "spec": spec})
    done = lab.wait("pod/tries", until=lambda pod: ((pod.get("status") or {}).get("initContainerStatuses") or [{}])[0]
                    .get("restartCount") == 2, timeout_s=60)  # fmt: skip
    assert done
    lab.wait("pod/tries", ready=True, timeout_s=60)
