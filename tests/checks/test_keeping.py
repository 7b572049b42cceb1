"""Pods counted over all Deployments, and what a Service sends requests to."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from checks.conftest import SERVER, Playground, pod_spec

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api, Place
from autograder.checks.criteria import Verdict
from autograder.checks.settling import condition_of, moment

pytestmark = [pytest.mark.live]
Run = Callable[[Callable[[], Any]], Verdict]
SERVE = ["python3", "-u", "-c", SERVER]
LATE = ["python3", "-u", "-c", "import time; time.sleep(4)\n" + SERVER]
APPS, V1 = "/apis/apps/v1/namespaces/{}/", "/api/v1/namespaces/{}/"


@pytest.fixture
def place(admin: Api) -> Iterator[Playground]:
    """A namespace of the test's own, which the checks look at."""
    name = f"keeping-{uuid.uuid4().hex[:8]}"
    document = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
    admin.ask("POST", "/api/v1/namespaces", body=document)
    api = Api(admin.account, Place(name, f"{name}-grader", service_account="default"))
    connecting.use(api)
    yield Playground(api, name)
    connecting.use(None)
    admin.ask("DELETE", f"/api/v1/namespaces/{name}")


def answers(pod: dict[str, Any]) -> bool:
    return lab.get(pod, "/who", port=8080)["pod"] == pod["metadata"]["name"]


def test_a_broken_neighbour_and_a_refused_copy_cost_nothing(place: Playground) -> None:
    place.deployment("broken", SERVE, replicas=3, image="no-such-image:1")
    quota = {"metadata": {"name": "tight"}, "spec": {"hard": {"pods": "5"}}}
    place.create(V1 + "resourcequotas", quota)
    place.deployment("good", SERVE, replicas=5, ready="/who")
    assert len(lab.kept_pods("deployments", at_least=2, that=answers)) == 2


def test_a_copy_that_becomes_ready_while_another_is_asked_is_not_given_up(place: Playground) -> None:
    """With another one refused for good, nothing else is on its way at that moment."""
    place.create(V1 + "resourcequotas", {"metadata": {"name": "tight"}, "spec": {"hard": {"pods": "2"}}})
    lab.wait("quota/tight", until=lambda it: (it.get("status") or {}).get("used"))
    place.deployment("early", SERVE, ready="/who")
    place.deployment("late", LATE, ready="/who")
    lab.until(lambda: len(lab.objects("pods")) == 2, timeout_s=20)
    place.deployment("refused", SERVE, ready="/who")
    lab.until(lambda: condition_of(lab.get_object("deployment/refused"), "ReplicaFailure"), timeout_s=20)

    def answers_when_all_are_ready(pod: dict[str, Any]) -> bool:
        lab.until(lambda: all(condition_of(each, "Ready").get("status") == "True" for each in lab.objects("pods")))
        return answers(pod)

    assert len(lab.kept_pods("deployments", at_least=2, that=answers_when_all_are_ready)) == 2


def test_too_few_fail_as_soon_as_no_more_can_come_and_what_is_there_is_said(place: Playground, verdict_of: Run) -> None:
    place.deployment("one", SERVE, replicas=1, ready="/who")
    place.deployment("other", ["python3", "-m", "http.server", "8080"], replicas=1)
    lab.wait("deployment/one", ready=1)
    verdict = verdict_of(lambda: lab.kept_pods("deployments", at_least=2, that=answers, what="ready Pods that answer"))
    assert (verdict.state, verdict.expected) == ("failed", "at least 2 ready Pods that answer, kept by deployments")
    assert "1 of 2; Deployment `one` asks for 1, `other` asks for 1; Pod `other-" in verdict.found
    assert "answered 404" in verdict.found


def test_a_deployment_that_may_not_make_its_pods_is_said_to_be_why(place: Playground, verdict_of: Run) -> None:
    place.create(V1 + "resourcequotas", {"metadata": {"name": "none"}, "spec": {"hard": {"pods": "0"}}})
    place.deployment("good", SERVE, replicas=2, ready="/who")
    verdict = verdict_of(lambda: lab.kept_pods("deployments", at_least=2))
    assert verdict.state == "failed"
    assert "exceeded quota: none" in verdict.found


def lingering(place: Playground, name: str, replicas: int, **container: Any) -> None:
    """A Deployment whose Pods are counted for another eight seconds after they were deleted."""
    stubborn = ["python3", "-u", "-c", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + SERVER]
    spec = {**pod_spec(stubborn, ready="/who", **container), "terminationGracePeriodSeconds": 8}
    labels = {"app": name}
    template = {"metadata": {"labels": labels}, "spec": spec}
    asked = {"replicas": replicas, "selector": {"matchLabels": labels}, "template": template}
    place.create(APPS + "deployments", {"kind": "Deployment", "metadata": {"name": name}, "spec": asked})
    lab.wait(f"deployment/{name}", ready=replicas)


def test_pods_that_were_refused_while_others_were_on_their_way_out_are_waited_for(
    place: Playground, verdict_of: Run
) -> None:
    """As in a notebook that runs from top to bottom: the old Deployment is deleted, and the new one made at once."""
    place.create(V1 + "resourcequotas", {"metadata": {"name": "tight"}, "spec": {"hard": {"pods": "2"}}})
    lab.wait("quota/tight", until=lambda it: (it.get("status") or {}).get("used"))
    lingering(place, "old", 2)
    place.api.ask("DELETE", f"{APPS.format(place.namespace)}deployments/old")
    lab.until(lambda: all(pod["metadata"].get("deletionTimestamp") for pod in lab.objects("pods")), timeout_s=20)
    place.deployment("new", SERVE, replicas=2, ready="/who")
    lab.until(lambda: condition_of(lab.get_object("deployment/new"), "ReplicaFailure"), timeout_s=10)
    assert len(lab.kept_pods("deployments", at_least=2, that=answers)) == 2


def test_what_never_fits_is_refused_at_once_whatever_is_on_its_way_out(place: Playground, verdict_of: Run) -> None:
    place.create(V1 + "resourcequotas", {"metadata": {"name": "small"}, "spec": {"hard": {"requests.memory": "64Mi"}}})
    lab.wait("quota/small", until=lambda it: (it.get("status") or {}).get("used"))
    lingering(place, "old", 1, resources={"requests": {"memory": "32Mi"}})
    place.api.ask("DELETE", f"{APPS.format(place.namespace)}deployments/old")
    place.deployment("new", SERVE, ready="/who", resources={"requests": {"memory": "128Mi"}})
    verdict = verdict_of(lambda: lab.wait("deployment/new", ready=1))
    assert (verdict.state, verdict.seconds < 20) == ("failed", True)
    assert "exceeded quota: small" in verdict.found


def test_an_empty_namespace_is_said_to_be_empty_and_pods_that_nothing_keeps_to_be_so(
    place: Playground, verdict_of: Run
) -> None:
    verdict = verdict_of(lambda: lab.kept_pods("deployments", at_least=2))
    assert verdict.state == "failed"
    assert f"no Deployment and no Pod at all in the workspace's namespace, `{place.namespace}`" in verdict.found
    assert "another namespace" in verdict.next_step
    place.pod("bare", SERVE, ready="/who")
    verdict = verdict_of(lambda: lab.kept_pods("deployments", at_least=2))
    assert "none of its 1 Pod is kept by one" in verdict.found


def test_an_autoscaler_that_has_not_acted_is_waited_for(place: Playground) -> None:
    place.deployment("good", SERVE, replicas=1, ready="/who")
    lab.wait("deployment/good", ready=1)
    scaled = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "good"}
    spec = {"scaleTargetRef": scaled, "minReplicas": 2, "maxReplicas": 2}
    scaler = {"kind": "HorizontalPodAutoscaler", "metadata": {"name": "good"}, "spec": spec}
    place.create("/apis/autoscaling/v2/namespaces/{}/horizontalpodautoscalers", scaler)
    assert len(lab.kept_pods("deployments", at_least=2)) == 2


def test_an_ended_and_an_unready_pod_are_not_behind_a_service_and_a_starting_one_is_waited_for(
    place: Playground,
) -> None:
    labels = {"app": "good"}
    place.deployment("good", SERVE, ready="/who")
    place.service("good", labels)
    place.pod("late", LATE, labels, ready="/who")
    place.pod("never", SERVE, labels, ready="/missing")
    done = {"metadata": {"name": "done", "labels": labels}, "spec": {**pod_spec(["true"]), "restartPolicy": "Never"}}
    place.create(V1 + "pods", done)
    lab.wait("deployment/good", ready=1)
    found = [pod["metadata"]["name"] for pod in lab.behind("service/good", at_least=1, timeout_s=20)]
    assert len(found) == 2
    assert "late" in found
    assert [lab.owner(pod) for pod in lab.one_of_each(lab.behind("service/good", timeout_s=1))] == ["deployment/good"]


def test_a_new_pod_is_returned_when_its_service_begins_to_send_it_requests(place: Playground, verdict_of: Run) -> None:
    """The same Pods, once behind a Service that waits for them, once behind one that does not."""
    place.deployment("slow", LATE, replicas=2, ready="/who")
    place.service("patient", {"app": "slow"})
    ports, selector = [{"port": 80, "targetPort": 8080}], {"app": "slow"}
    spec = {"selector": selector, "ports": ports, "publishNotReadyAddresses": True}
    place.create(V1 + "services", {"metadata": {"name": "hasty"}, "spec": spec})
    lab.wait("deployment/slow", ready=2)

    def first_answer(service: str) -> int:
        new = lab.replace("deployment/slow", behind=service)
        return lab.get(new, "/who", port=8080, patience_s=0).status

    assert first_answer("service/patient") == 200
    lab.wait("deployment/slow", ready=2)
    assert verdict_of(lambda: first_answer("service/hasty")).state == "failed"


def test_a_rollout_ends_before_it_is_said_what_is_behind_a_service(place: Playground) -> None:
    made = place.deployment("web", SERVE, replicas=2, ready="/who")
    place.service("web", {"app": "web"})
    old = {pod["metadata"]["uid"] for pod in lab.kept_pods("deployments", at_least=2)}
    fresh = place.api.ask("GET", APPS.format(place.namespace) + "deployments/web") or made
    fresh["spec"]["template"]["metadata"]["annotations"] = {"changed": str(time.time())}
    place.replace(APPS + "deployments", fresh)
    found = {pod["metadata"]["uid"] for pod in lab.behind("service/web", at_least=1)}
    assert len(found) == 2
    assert not found & old


def test_a_pod_that_needs_long_for_its_first_answer_is_asked_again(place: Playground) -> None:
    late = ["python3", "-u", "-c", "import time; time.sleep(25)\n" + SERVER]
    place.deployment("late", late, replicas=2)
    assert len(lab.kept_pods("deployments", at_least=2, that=answers)) == 2


@pytest.mark.usefixtures("a_quiet_machine")
def test_pods_that_accept_and_never_answer_are_not_all_waited_for(place: Playground, verdict_of: Run) -> None:
    place.deployment("mute", SERVE, replicas=6, ready="/who")
    lab.wait("deployment/mute", ready=6)

    def asked(pod: dict[str, Any]) -> bool:
        return bool(lab.get(pod, "/hang", port=8080, timeout_s=3, patience_s=1))

    verdict = verdict_of(lambda: lab.kept_pods("deployments", at_least=2, that=asked, timeout_s=5))
    assert verdict.state in ("failed", "unsettled")
    assert "/hang of Pod `mute-" in verdict.found
    assert verdict.seconds < 16  # all six would take 18


def test_a_new_pod_without_the_labels_that_were_put_on_by_hand_is_not_behind_the_service(
    place: Playground, verdict_of: Run
) -> None:
    place.deployment("web", SERVE, ready="/who")
    lab.wait("deployment/web", ready=1)
    (pod,) = lab.pods("app=web")
    pod["metadata"]["labels"]["tier"] = "front"
    place.replace(V1 + "pods", pod)
    place.service("front", {"tier": "front"})
    (pod,) = lab.pods("service/front", at_least=1)

    def replaced() -> None:
        with lab.replaced(pod, behind="service/front"):
            pass

    assert lab.replace(pod, behind="service/front", meanwhile=lambda new: lab.fail("it is asked nothing")) is None
    (pod,) = lab.pods("app=web", at_least=1)
    pod["metadata"]["labels"]["tier"] = "front"
    place.replace(V1 + "pods", pod)
    (pod,) = lab.pods("service/front", at_least=1)
    verdict = verdict_of(replaced)
    assert verdict.state == "failed"
    assert "has not the labels that Service `front` selects, and gets no requests" in verdict.found


def test_a_container_that_its_own_probe_ends_is_not_said_to_have_crashed(place: Playground, verdict_of: Run) -> None:
    alive = {"httpGet": {"path": "/missing", "port": 8080}, "periodSeconds": 1, "failureThreshold": 1}
    place.deployment("killed", SERVE, ready="/broken", livenessProbe=alive)
    verdict = verdict_of(lambda: lab.wait("deployment/killed", ready=1))
    assert verdict.state == "failed"
    assert "because its liveness probe fails: “Liveness probe failed" in verdict.found
    assert "exit code" not in verdict.found


def test_what_an_earlier_revision_left_is_not_counted_as_ready(place: Playground, verdict_of: Run) -> None:
    place.deployment("web", SERVE, replicas=2, ready="/who")
    lab.wait("deployment/web", ready=2)
    fresh = place.api.ask("GET", APPS.format(place.namespace) + "deployments/web") or {}
    fresh["spec"]["template"]["spec"]["containers"][0]["image"] = "localhost:5000/no-such-image:1"
    place.replace(APPS + "deployments", fresh)
    verdict = verdict_of(lambda: lab.wait("deployment/web", ready=2))
    assert verdict.state == "failed"
    assert "2 of 2" not in verdict.found


PROBES: dict[str, tuple[dict[str, Any], bool]] = {
    "none": ({}, True),
    "answers": ({"readinessProbe": {"httpGet": {"path": "/who", "port": 8080}, "periodSeconds": 60}}, True),
    "named": ({"readinessProbe": {"httpGet": {"path": "/who", "port": "web"}, "periodSeconds": 60}}, True),
    "connects": ({"readinessProbe": {"tcpSocket": {"port": 8080}, "periodSeconds": 60}}, True),
    "loading": ({"readinessProbe": {"httpGet": {"path": "/loading", "port": 8080}}}, False),
    "elsewhere": ({"readinessProbe": {"tcpSocket": {"port": 9}}}, False),
    "later": ({"readinessProbe": {"httpGet": {"path": "/who", "port": 8080}, "initialDelaySeconds": 600}}, False),
    "command": ({"readinessProbe": {"exec": {"command": ["true"]}, "periodSeconds": 60}}, False),
    "held-back": (
        {
            "startupProbe": {"httpGet": {"path": "/loading", "port": 8080}, "failureThreshold": 99},
            "readinessProbe": {"httpGet": {"path": "/who", "port": 8080}},
        },
        False,
    ),
}


def test_what_a_probe_would_say_now_is_told_before_the_node_asks_it(place: Playground) -> None:
    for name, (probes, _) in PROBES.items():
        place.pod(name, SERVE, ports=[{"name": "web", "containerPort": 8080}], **probes)
    for name in PROBES:
        lab.wait(f"pod/{name}", until=lambda pod: (pod.get("status") or {}).get("phase") == "Running")
    for name in PROBES:
        lab.get(f"pod/{name}", "/who", port=8080)  # from here on it listens
    assert {name: lab.would_be_ready(f"pod/{name}") for name in PROBES} == {n: said for n, (_, said) in PROBES.items()}


def test_a_container_that_stays_beside_the_others_is_asked_as_they_are(place: Playground) -> None:
    """The kubelet counts an init container that is restarted always; one that is done first is over by then."""
    probe = {"httpGet": {"path": "/who", "port": 8080}, "periodSeconds": 60}
    for name, path in (("right", "/who"), ("wrong", "/loading")):
        probed = {**probe, "httpGet": {"path": path, "port": 8080}}
        beside = pod_spec(SERVE, readinessProbe=probed)["containers"][0]
        done = {**pod_spec(["true"])["containers"][0], "name": "done"}
        spec = pod_spec(["sleep", "600"])
        spec["initContainers"] = [done, {**beside, "name": "beside", "restartPolicy": "Always"}]
        place.create(V1 + "pods", {"metadata": {"name": name}, "spec": spec})
    for name in ("right", "wrong"):
        lab.wait(f"pod/{name}", until=lambda pod: (pod.get("status") or {}).get("phase") == "Running")
        lab.get(f"pod/{name}", "/who", port=8080)
    assert lab.until(lambda: lab.would_be_ready("pod/right"), timeout_s=10)
    assert not lab.would_be_ready("pod/wrong")


def test_one_good_answer_is_not_enough_where_a_probe_wants_two(place: Playground) -> None:
    """Its container has run for longer than two periods by then: what counts is since when the answers are good."""
    late = ["python3", "-u", "-c", "import time; time.sleep(14)\n" + SERVER]
    probe = {"httpGet": {"path": "/who", "port": 8080}, "periodSeconds": 6, "successThreshold": 2}
    place.pod("twice", late, readinessProbe=probe)
    lab.wait("pod/twice", until=lambda pod: (pod.get("status") or {}).get("phase") == "Running")
    lab.get("pod/twice", "/who", port=8080, patience_s=30)
    assert not lab.would_be_ready("pod/twice")
    assert lab.until(lambda: lab.would_be_ready("pod/twice"), timeout_s=30)


def test_what_kept_a_pod_from_its_place_says_nothing_before_the_one_in_it_is_gone(place: Playground) -> None:
    """A second copy that finds no node has been stuck for long when the first one dies, and may be who replaces it."""
    labels = {"app": "alone"}
    apart = {"topologyKey": "kubernetes.io/hostname", "labelSelector": {"matchLabels": labels}}
    spec = pod_spec(["sleep", "600"]) | {
        "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": [apart]}}
    }
    template = {"metadata": {"labels": labels}, "spec": spec}
    document = {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "alone"},
        "spec": {"replicas": 2, "selector": {"matchLabels": labels}, "template": template},
    }
    place.create(f"{APPS}deployments", document)
    (first,) = lab.kept_pods("deployments", at_least=1)
    for _ in range(2):  # which of those that wait is looked at first is luck
        lab.until(lambda: any(_waits_for_long(pod) for pod in lab.objects("pods")))
        first, old = lab.replace(first), first
        assert first["metadata"]["uid"] != old["metadata"]["uid"]


def _waits_for_long(pod: dict[str, Any]) -> bool:
    """Longer than a Pod that finds no node is usually given."""
    since = moment(condition_of(pod, "PodScheduled").get("lastTransitionTime"))
    return condition_of(pod, "PodScheduled").get("status") == "False" and since is not None and time.time() - since > 10
