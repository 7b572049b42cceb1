"""Pods like another that are told other things: what they find, what stays as it was, and that nothing is left."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from checks.conftest import Playground, pod_spec

from autograder import lab
from autograder.checks import connecting
from autograder.checks.api import Api, Place
from autograder.checks.criteria import Verdict

Run = Callable[[Callable[[], Any]], Verdict]
V1 = "/api/v1/namespaces/{}/"
TELL = "import os, time; print(os.environ['PATH_'], os.environ['WORD'], open('/told/word').read(), flush=True)"
COMMAND = ["python3", "-c", f"{TELL}; time.sleep(600)"]
TOLD = {
    "env": [
        {"name": "PATH_", "valueFrom": {"configMapKeyRef": {"name": "settings", "key": "path"}}},
        {"name": "WORD", "valueFrom": {"secretKeyRef": {"name": "words", "key": "word"}}},
    ],
    "volumeMounts": [{"name": "told", "mountPath": "/told"}],
    # A copy that had less time to end than the hook takes would not be valid.
    "lifecycle": {"preStop": {"sleep": {"seconds": 2}}},
}
VOLUMES = [{"name": "told", "projected": {"sources": [{"secret": {"name": "words"}}]}}]


@pytest.fixture
def place(admin: Api) -> Iterator[Playground]:
    """A namespace with a Pod that was told something, which the checks look at."""
    name = f"standing-in-{uuid.uuid4().hex[:8]}"
    document = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}
    admin.ask("POST", "/api/v1/namespaces", body=document)
    api = Api(admin.account, Place(name, f"{name}-grader", service_account="default"))
    connecting.use(api)
    there = Playground(api, name)
    there.create(V1 + "configmaps", {"metadata": {"name": "settings"}, "data": {"path": "/old"}, "immutable": True})
    words = {"word": base64.b64encode(b"hush").decode(), "bytes": base64.b64encode(b"\xff\xfe").decode()}
    there.create(V1 + "secrets", {"metadata": {"name": "words"}, "data": words})
    spec = {**pod_spec(COMMAND, **TOLD), "volumes": VOLUMES, "terminationGracePeriodSeconds": 3}
    there.create(V1 + "pods", {"metadata": {"name": "told", "labels": {"app": "told"}}, "spec": spec})
    yield there
    connecting.use(None)
    admin.ask("DELETE", f"/api/v1/namespaces/{name}")


def names(place: Playground) -> set[str]:
    kinds = ("configmaps", "secrets", "pods")
    found = (each for kind in kinds for each in lab.objects(kind) if not each["metadata"].get("deletionTimestamp"))
    return {each["metadata"]["name"] for each in found} - {"kube-root-ca.crt"}


def test_whatever_a_pod_names_is_found_once_and_the_clusters_own_is_not() -> None:
    container = {
        "env": [
            {"name": "A", "value": "plain"},
            {"name": "B", "valueFrom": {"configMapKeyRef": {"name": "one", "key": "b"}}},
            {"name": "C", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
        ],
        "envFrom": [{"configMapRef": {"name": "two"}}, {"secretRef": {"name": "three"}}],
    }
    first = {"env": [{"name": "D", "valueFrom": {"secretKeyRef": {"name": "four", "key": "d"}}}]}
    volumes = [
        {"configMap": {"name": "one"}},
        {"secret": {"secretName": "five"}},
        {"projected": {"sources": [{"configMap": {"name": "kube-root-ca.crt"}}, {"secret": {"name": "six"}}]}},
        {"emptyDir": {}},
    ]
    found = lab.named({"spec": {"containers": [container], "initContainers": [first], "volumes": volumes}})
    assert set(found) == {"configmap/one", "configmap/two", "secret/three", "secret/four", "secret/five", "secret/six"}
    assert len(found) == 6
    assert lab.named({}) == []


@pytest.mark.live
def test_a_stand_in_is_told_otherwise_and_nothing_of_the_students_is_written(place: Playground) -> None:
    pod = lab.get_object("pod/told")
    before = [lab.get_object(name) for name in ("configmap/settings", "secret/words")]
    changes = {"configmap/settings": lambda text: text.replace("old", "new"), "secret/words": str.upper}
    with lab.stand_in(pod, changes) as other:
        assert other["metadata"]["labels"] == {"course.autograder/role": "stand-in"}
        lab.wait(other, ready=True)
        assert lab.logs(other).split() == ["/new", "HUSH", "HUSH"]
        assert len(names(place)) == 6
    assert [lab.get_object(name) for name in ("configmap/settings", "secret/words")] == before
    lab.until(lambda: names(place) == {"settings", "words", "told"}, timeout_s=30)


@pytest.mark.live
def test_a_stand_in_without_what_it_names_waits_for_it(place: Playground, verdict_of: Run) -> None:
    def becomes_ready() -> None:
        with lab.stand_in(lab.get_object("pod/told"), {"secret/words": None}) as other:
            lab.wait(other, ready=True, timeout_s=40)

    verdict = verdict_of(becomes_ready)
    assert verdict.state == "failed"
    shown = [each.text for each in verdict.evidence if each.kind == "object"]
    assert shown
    assert base64.b64encode(b"hush").decode() not in str(shown)


@pytest.mark.live
def test_where_there_is_no_room_the_quota_is_named_and_nothing_is_left(place: Playground, verdict_of: Run) -> None:
    place.create(V1 + "resourcequotas", {"metadata": {"name": "tight"}, "spec": {"hard": {"pods": "1"}}})
    lab.wait("quota/tight", until=lambda it: it["status"].get("used"), waiting_for="its usage to be known")

    def stands_in() -> None:
        with lab.stand_in(lab.get_object("pod/told"), {"configmap/settings": str.upper}):
            pass

    verdict = verdict_of(stands_in)
    assert (verdict.state, "exceeded quota: tight" in verdict.found) == ("failed", True)
    assert names(place) == {"settings", "words", "told"}


INDEX = "batch.kubernetes.io/job-completion-index"


@pytest.mark.live
def test_a_stand_in_knows_what_its_variables_say_of_labels(place: Playground) -> None:
    job = {
        "completions": 3,
        "parallelism": 3,
        "completionMode": "Indexed",
        "template": {"spec": {**pod_spec(["sh", "-c", "echo part $JOB_COMPLETION_INDEX"]), "restartPolicy": "Never"}},
    }
    place.create("/apis/batch/v1/namespaces/{}/jobs", {"metadata": {"name": "parts"}, "spec": job})
    lab.wait("job/parts", complete=True)
    [third] = [pod for pod in lab.pods("job/parts") if pod["metadata"]["annotations"][INDEX] == "2"]
    with lab.stand_in(third, {}) as other:
        lab.wait(other, until=lambda pod: pod["status"].get("phase") == "Succeeded", waiting_for="ended")
        assert lab.logs(other).split() == ["part", "2"]
        assert INDEX not in other["metadata"]["labels"]
