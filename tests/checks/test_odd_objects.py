"""Whatever a student can write, every question about it ends in a verdict and never in an exception of ours.

Objects that are odd in every way the API server lets through are made in one namespace; then every verb is asked about
each. What a verb says of them is tested elsewhere: here only that it says something.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from checks.conftest import SERVER, Playground, pod_spec

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api, Place
from autograder.checks.criteria import Verdict
from autograder.errors import Finding
from autograder.notebook.drawing import as_html
from autograder.notebook.scenes import scene
from autograder.notebook.telling import as_text

pytestmark = [pytest.mark.live, pytest.mark.usefixtures("looking_at", "a_quiet_machine")]
Run = Callable[[Callable[[], Any]], Verdict]
SERVE = ["python3", "-u", "-c", SERVER]
END = ["python3", "-c", "pass"]
V1, APPS, BATCH = "/api/v1/namespaces/{}/", "/apis/apps/v1/namespaces/{}/", "/apis/batch/v1/namespaces/{}/"

SERVICES: dict[str, dict[str, Any]] = {
    "no-selector": {"ports": [{"port": 80}]},
    "elsewhere": {"type": "ExternalName", "externalName": "example.org"},
    "elsewhere-with-a-selector": {"type": "ExternalName", "externalName": "example.org", "selector": {"app": "web"}},
    "headless-no-ports": {"clusterIP": "None", "selector": {"app": "web"}},
    "headless-no-selector": {"clusterIP": "None"},
    "udp-only": {"selector": {"app": "web"}, "ports": [{"port": 80, "protocol": "UDP", "targetPort": 8080}]},
    "named-nowhere": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": "nothing"}]},
    "unready-too": {"selector": {"app": "gated"}, "publishNotReadyAddresses": True, "ports": [{"port": 80}]},
    "by-hand": {"ports": [{"port": 80, "targetPort": 8080}]},
    "ended": {"selector": {"app": "ended"}, "ports": [{"port": 80}]},
    "leaving": {"selector": {"app": "leaving"}, "ports": [{"port": 80}]},
}
PODS: dict[str, dict[str, Any]] = {
    "ended": {**pod_spec(END), "restartPolicy": "Never"},
    "failed": {**pod_spec(["python3", "-c", "raise SystemExit(3)"]), "restartPolicy": "Never"},
    "leaving": pod_spec(SERVE),
    "gated": {**pod_spec(SERVE), "schedulingGates": [{"name": "example.org/later"}]},
    "nowhere": {**pod_spec(SERVE), "nodeSelector": {"there": "is-none"}},
    "nobody": {**pod_spec(SERVE), "nodeName": "no-such-node"},
    "small": pod_spec(SERVE, resources={"limits": {"memory": "1M"}}),
    "unhosted": {**pod_spec(SERVE), "hostUsers": False},
    "stuck-before": {**pod_spec(SERVE), "initContainers": [
        {"name": "first", "image": "localhost:5000/python:1", "command": ["python3", "-c", "raise SystemExit(1)"]}]},
}  # fmt: skip
OWNERS = (
    "example.org/v1/Deployment",
    "Deployment",
    "ReplicaSet",
    "StatefulSet",
    "Job",
    "CronJob",
    "Service",
    "Node",
    "Nothing",
)


def pod_of(kind: str) -> str:
    return "of-" + kind.lower().replace("/", "-").replace(".", "-")


def meta(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "labels": {"app": name}, **more}


@pytest.fixture(scope="module", autouse=True)
def odd(playground: Playground) -> None:
    playground.deployment("web", SERVE, replicas=2, ready="/who")
    playground.service("web", {"app": "web"})
    for name, spec in SERVICES.items():
        document = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name}, "spec": spec}
        playground.create(V1 + "services", document)
    for number, endpoint in enumerate(({"addresses": ["10.1.2.3"]}, {"addresses": ["10.1.2.4"], "conditions": {}})):
        labels = {"kubernetes.io/service-name": "by-hand"}
        document = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "IPv4",
                    "metadata": {"name": f"by-hand-{number}", "labels": labels},
                    "endpoints": [endpoint], "ports": [{"port": 8080}]}  # fmt: skip
        playground.create("/apis/discovery.k8s.io/v1/namespaces/{}/endpointslices", document)
    empty = {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "addressType": "FQDN", "endpoints": [],
             "metadata": {"name": "empty", "labels": {"kubernetes.io/service-name": "by-hand"}}}  # fmt: skip
    playground.create("/apis/discovery.k8s.io/v1/namespaces/{}/endpointslices", empty)
    for name, spec in PODS.items():
        finalizers = {"finalizers": ["example.org/never"]} if name == "leaving" else {}
        document = {"apiVersion": "v1", "kind": "Pod", "metadata": meta(name, **finalizers), "spec": spec}
        playground.create(V1 + "pods", document)
    playground.api.ask("DELETE", V1.format(playground.namespace) + "pods/leaving")
    web = playground.api.ask("GET", APPS.format(playground.namespace) + "deployments/web") or {}
    for kind in OWNERS:
        version, _, name = kind.rpartition("/")
        reference = {"apiVersion": version or "apps/v1", "kind": name, "name": "web", "controller": True}
        metadata = meta(pod_of(kind), ownerReferences=[{**reference, "uid": web["metadata"]["uid"]}])
        with contextlib.suppress(AssertionError):
            playground.create(V1 + "pods", {"metadata": metadata, "spec": pod_spec(SERVE)})
    playground.deployment("none", SERVE, replicas=0)
    template = {"metadata": {"labels": {"app": "rest"}}, "spec": pod_spec(END)}
    expressions = {"matchExpressions": [{"key": "app", "operator": "Exists"}]}
    spec = {"replicas": 1, "paused": True, "selector": expressions, "template": template}
    playground.create(APPS + "deployments", {"kind": "Deployment", "metadata": meta("paused"), "spec": spec})
    spec = {"selector": {"matchLabels": {"app": "rest"}}, "template": template}
    playground.create(APPS + "replicasets", {"kind": "ReplicaSet", "metadata": meta("bare"), "spec": spec})
    away = {**template, "spec": {**template["spec"], "nodeSelector": {"there": "is-none"}}}
    daemons = {"kind": "DaemonSet", "metadata": meta("nowhere"), "spec": {**spec, "template": away}}
    playground.create(APPS + "daemonsets", daemons)
    stateful = {"kind": "StatefulSet", "metadata": meta("ordered"), "spec": {**spec, "serviceName": "nothing"}}
    playground.create(APPS + "statefulsets", stateful)
    job = {"template": {"spec": {**pod_spec(END), "restartPolicy": "Never"}}, "suspend": True}
    playground.create(BATCH + "jobs", {"kind": "Job", "metadata": meta("waits"), "spec": job})
    cron = {"schedule": "0 0 30 2 *", "jobTemplate": {"spec": job}}
    playground.create(BATCH + "cronjobs", {"kind": "CronJob", "metadata": meta("never"), "spec": cron})
    scaled = {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "not-there"}, "maxReplicas": 3}
    scaler = {"kind": "HorizontalPodAutoscaler", "metadata": meta("scaler"), "spec": scaled}
    playground.create("/apis/autoscaling/v2/namespaces/{}/horizontalpodautoscalers", scaler)
    playground.create(V1 + "configmaps", {"kind": "ConfigMap", "metadata": meta("empty")})
    lab_claims = {"accessModes": ["ReadWriteOnce"], "storageClassName": "none",
                  "resources": {"requests": {"storage": "1Mi"}}}  # fmt: skip
    playground.create(V1 + "persistentvolumeclaims", {"metadata": meta("unbound"), "spec": lab_claims})


@pytest.fixture(scope="module")
def every(playground: Playground) -> list[dict[str, Any]]:
    """All there is, each as the API server has it."""
    kinds = ("pods", "services", "configmaps", "persistentvolumeclaims")
    paths = [V1 + kind for kind in kinds]
    paths += [APPS + kind for kind in ("deployments", "replicasets", "statefulsets", "daemonsets")]
    paths += [BATCH + kind for kind in ("jobs", "cronjobs")]
    paths += ["/apis/autoscaling/v2/namespaces/{}/horizontalpodautoscalers"]
    return [found for path in paths for found in playground.api.items(path.format(playground.namespace))[0]]


QUESTIONS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "exists": lab.exists,
    "get_object": lab.get_object,
    "owner": lab.owner,
    "events": lab.events,
    "one_of_each": lambda it: lab.one_of_each([it]),
    "wait": lambda it: lab.wait(it, timeout_s=0.2),
    "wait ready": lambda it: lab.wait(it, ready=True, timeout_s=0.2),
    "wait ready=2": lambda it: lab.wait(it, ready=2, timeout_s=0.2),
    "wait condition": lambda it: lab.wait(it, condition="Ready", timeout_s=0.2),
    "wait gone": lambda it: lab.wait(it, gone=True, timeout_s=0.2),
}
OF_PODS_AND_SERVICES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "get": lambda it: lab.get(it, "/who", timeout_s=0.5, patience_s=0.1),
    "get by name": lambda it: lab.get(it, "/who", port="http", timeout_s=0.5, patience_s=0.1),
    "pods": lambda it: lab.pods(f"{it['kind'].lower()}/{it['metadata']['name']}"),
}
OF_SERVICES: dict[str, Callable[[dict[str, Any]], Any]] = {
    "behind": lambda it: lab.behind(it, timeout_s=0.2),
    "behind at_least": lambda it: lab.behind(it, at_least=1, timeout_s=0.2),
}


def ask(question: Callable[[], Any]) -> str:
    """'' where it ends well or in a finding, else what went wrong."""
    try:
        question()
    except Finding as finding:
        return "" if str(finding) else "a finding without words"
    except Exception as error:
        return repr(error)
    return ""


def complaints(every: list[dict[str, Any]], questions: dict[str, Callable[[dict[str, Any]], Any]]) -> list[str]:
    return [
        f"{name} of {it['kind']} {it['metadata']['name']}: {said}"
        for it in every
        for name, question in questions.items()
        if (said := ask(lambda it=it, question=question: question(it)))
    ]


def not_ours(found: list[str]) -> list[str]:
    """Without what is the cluster's: a node that does not exist is away to the check, and that is no exception."""
    return [each for each in found if "ClusterError" not in each]


def test_every_question_about_every_object_ends_in_an_answer_or_a_finding(every: list[dict[str, Any]]) -> None:
    assert not_ours(complaints(every, QUESTIONS)) == []


def test_what_lives_among_them_can_be_looked_at(playground: Playground) -> None:
    seen = scene(playground.api, playground.namespace)
    assert seen.unseen == ()
    assert "Pod leaving" in as_text(seen)
    assert "</svg>" in as_html(seen)


def test_whatever_may_be_asked_for_pods_or_over_http_ends_so_too(every: list[dict[str, Any]]) -> None:
    asked = [it for it in every if it["kind"] in ("Pod", "Service")]
    assert not_ours(complaints(asked, OF_PODS_AND_SERVICES)) == []
    services = [it for it in asked if it["kind"] == "Service"]
    assert complaints(services, OF_SERVICES) == []
    workloads = [it for it in every if it["kind"] in ("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job")]
    assert complaints(workloads, {"pods": OF_PODS_AND_SERVICES["pods"]}) == []


@pytest.mark.parametrize("kind", ["deployments", "replicasets", "statefulsets", "daemonsets", "jobs", "cronjobs"])
def test_pods_are_counted_among_odd_ones(kind: str) -> None:
    assert ask(lambda: lab.kept_pods(kind, at_least=9, timeout_s=0.5)) == ""


@pytest.mark.parametrize("pod", ["pod/gated", "pod/leaving", "pod/ended", "pod/not-there", "service/by-hand"])
def test_what_nobody_would_replace_is_not_replaced(verdict_of: Run, pod: str) -> None:
    assert verdict_of(lambda: lab.replace(pod, behind="service/web", timeout_s=1)).state == "failed"


def test_an_address_that_no_pod_has_is_a_finding(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.behind("service/by-hand"))
    assert verdict.state == "failed"
    assert "10.1.2.3" in verdict.found


@pytest.mark.parametrize("name", ["elsewhere", "no-selector", "ended", "leaving"])
def test_nothing_is_behind_such_a_service(verdict_of: Run, name: str) -> None:
    assert lab.behind(f"service/{name}") == []
    verdict = verdict_of(lambda: lab.behind(f"service/{name}", at_least=1))
    assert verdict.state == "failed", verdict.message


@pytest.fixture(scope="module")
def seeing_no_nodes(playground: Playground) -> Iterator[Api]:
    """As a grader sees: everything in the namespace, and nothing outside namespaces."""
    namespace, api = playground.namespace, playground.api
    rules = [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["get", "list", "watch"]}]
    group, subject = "/apis/rbac.authorization.k8s.io/v1/namespaces/{}/", {"kind": "User", "name": "looks-on"}
    playground.create(group + "roles", {"metadata": {"name": "looks"}, "rules": rules})
    reference = {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "looks"}
    binding = {"metadata": {"name": "looks"}, "roleRef": reference, "subjects": [subject]}
    playground.create(group + "rolebindings", binding)
    headers = {**api.account.headers, "Impersonate-User": "looks-on"}
    yield Api(replace(api.account, headers=headers), Place(namespace, f"{namespace}-grader"))
    connecting.use(None)


@pytest.mark.parametrize(
    ("version", "kind", "name"),
    [
        ("v2", "Node", "x"),
        ("v1", "PersistentVolume", "x"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole", "x"),
        ("storage.k8s.io/v1", "StorageClass", "x"),
        ("v1", "ConfigMap", "empty"),
        ("coordination.k8s.io/v1", "Lease", "x"),
        ("example.org/v1", "Nothing", "x"),
        ("no group\n/v1", "Nothing", "x"),
        ("apps/v1", "ReplicaSet", "bare/../../../../../../api/v1/nodes/x"),
        ("apps/v1", "ReplicaSet", "a name\nof two lines %zz"),
    ],
)
def test_whatever_a_pod_names_as_its_owner_is_looked_for_only_where_pods_are_made(
    playground: Playground, seeing_no_nodes: Api, version: str, kind: str, name: str
) -> None:
    uid = "00000000-0000-0000-0000-000000000000"
    if name == "empty":
        found = playground.api.ask("GET", V1.format(playground.namespace) + "configmaps/empty") or {}
        uid = found["metadata"]["uid"]
    reference = {"apiVersion": version, "kind": kind, "name": name, "uid": uid, "controller": True}
    metadata = {"generateName": "claims-", "labels": {"app": "claims"}, "ownerReferences": [reference]}
    gated = {**pod_spec(SERVE), "schedulingGates": [{"name": "example.org/later"}]}
    made = playground.create(V1 + "pods", {"metadata": metadata, "spec": gated})
    connecting.use(seeing_no_nodes)
    assert lab.owner(made) is None


def test_a_deployment_that_says_it_is_a_configmaps_keeps_its_pods_all_the_same(playground: Playground) -> None:
    found = playground.api.ask("GET", V1.format(playground.namespace) + "configmaps/empty") or {}
    path = APPS.format(playground.namespace) + "deployments/web"
    web = playground.api.ask("GET", path) or {}
    reference = {"apiVersion": "v1", "kind": "ConfigMap", "name": "empty", "controller": True}
    web["metadata"]["ownerReferences"] = [{**reference, "uid": found["metadata"]["uid"]}]
    playground.api.ask("PUT", path, body=web)
    pods = lab.pods("deployment/web", at_least=1)
    assert {lab.owner(pod) for pod in pods} == {"deployment/web"}


def test_a_service_may_select_by_a_label_called_matchlabels(playground: Playground, verdict_of: Run) -> None:
    playground.service("called", {"matchLabels": "sentiment"})
    assert lab.behind("service/called") == []
    verdict = verdict_of(lambda: lab.behind("service/called", at_least=1))
    assert verdict.state == "failed", verdict.message
    playground.pod("called", SERVE, {"matchLabels": "sentiment"}, ready="/who")
    assert [pod["metadata"]["name"] for pod in lab.behind("service/called", at_least=1)] == ["called"]
    selector = lab.get_object("service/called")["spec"]["selector"]
    assert [pod["metadata"]["name"] for pod in lab.pods(selector)] == ["called"]


def test_a_pod_that_asks_for_too_little_memory_is_told_so(verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.wait("pod/small", ready=True, timeout_s=60))
    assert verdict.state == "failed"
    assert "its memory limit is 1M" in verdict.message


@pytest.mark.parametrize("kind", OWNERS)
def test_what_an_object_says_of_its_owner_is_not_believed(kind: str) -> None:
    with contextlib.suppress(Finding):  # what has an owner in name only is collected sooner or later
        said = lab.owner(lab.get_object(f"pod/{pod_of(kind)}"))
        assert said is None or not said.startswith("deployment/")
