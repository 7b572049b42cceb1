"""What a lab needs of the cluster: read from its file, and said of a cluster that lacks it, with what installs it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from autograder.cluster import embedded, images
from autograder.errors import RequirementMissing, WorkspaceError
from autograder.workspace import needing, pulling

ROOT = Path(__file__).parents[2]
LABS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
GPUS, STORAGE, METRICS = "lab09-gpus", "lab07-storage", "lab11-autoscaling"
TAINT = {"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"}
DEFAULT = "storageclass.kubernetes.io/is-default-class"


def node(
    name: str, *, labels: dict[str, str] | None = None, taints: Any = (), gpus: str = "0", ready: str = "True"
) -> dict[str, Any]:
    status = {"allocatable": {"nvidia.com/gpu": gpus}, "conditions": [{"type": "Ready", "status": ready}]}
    return {"metadata": {"name": name, "labels": labels or {}}, "spec": {"taints": list(taints)}, "status": status}


def storage_class(name: str, *, default: str = "", provisioner: str = "example.org/disks") -> dict[str, Any]:
    annotations = {DEFAULT: default} if default else None
    return {"metadata": {"name": name, "annotations": annotations}, "provisioner": provisioner}


def asked(lab: str, *items: dict[str, Any], status: int = 200, message: str = "") -> None:
    """Ask a cluster that is not the embedded one and answers everything so."""
    answer = SimpleNamespace(status=status, body={"items": list(items)}, message=message)
    connection: Any = SimpleNamespace(is_embedded=False, kubeconfig=Path("/elsewhere/config"), further=())
    api: Any = SimpleNamespace(get=lambda path, query=None: answer)
    needing.require(connection, api, ROOT, lab)


def refusal(lab: str, *items: dict[str, Any], **answer: Any) -> RequirementMissing:
    with pytest.raises(RequirementMissing) as raised:
        asked(lab, *items, **answer)
    assert lab in raised.value.expected
    return raised.value


GOOD = node("b", labels={"nvidia.com/gpu.present": "true"}, taints=[TAINT], gpus="8")


def test_what_labs_need_is_read_from_their_files() -> None:
    assert needing.needed(ROOT, GPUS) == needing.Needs(nodes=("gpu",), images=("python:1",))
    assert needing.needed(ROOT, STORAGE) == needing.Needs(offers=("storage",), images=("python:1",))
    assert needing.needed(ROOT, "lab06-rbac") == needing.needed(ROOT, "") == needing.Needs()


@pytest.mark.parametrize("lab", LABS)
def test_a_lab_names_the_images_and_the_classes_that_it_uses(lab: str) -> None:
    notebook = json.loads((ROOT / "source" / lab / f"{lab}.ipynb").read_text())
    code = "\n".join("".join(each["source"]) for each in notebook["cells"] if each["cell_type"] == "code")
    manifests = "\n".join(path.read_text() for path in (ROOT / "course/cluster/labs" / lab).glob("*.yaml"))
    named = set(re.findall(r"(?:images\}|image_prefix\}|localhost:5000)/([a-z]+:\d+)", code + manifests))
    if re.search(r"\blab\.(probe|polled)\(", code):
        named.add("python:1")
    built = {f"{each.name}:{tag}" for each in images.recipes() for tag in each.tags}
    needs = needing.needed(ROOT, lab)
    assert set(needs.images) == named & built, f"name them in course/cluster/labs/{lab}/needs.toml"
    assert ("storage" in needs.offers) == ("persistentvolumeclaim" in (code + manifests).lower())
    assert ("metrics" in needs.offers) == ("horizontalpodautoscaler" in (code + manifests).lower())


def test_a_cluster_that_has_it_will_do() -> None:
    asked(GPUS, node("a"), GOOD)
    asked(STORAGE, storage_class("slow"), storage_class("fast", default="true"))
    asked(METRICS)
    asked("lab06-rbac", status=500)


@pytest.mark.parametrize(
    ("nodes", "said", "commands"),
    [
        (
            [],
            "none has nvidia.com/gpu",
            ["kubectl patch node NAME", "kubectl label node NAME", "kubectl taint node NAME"],
        ),
        ([node("a")], "none has nvidia.com/gpu", ["kubectl patch node NAME"]),
        (
            [node("a", gpus="4")],
            "a has no label nvidia.com/gpu.present=true, no taint nvidia.com/gpu=present:NoSchedule",
            [
                "(kubectl label node a nvidia.com/gpu.present=true --overwrite; "
                "kubectl taint node a nvidia.com/gpu=present:NoSchedule)"
            ],
        ),
        (
            [node("c", gpus="4"), node("a", gpus="4", labels={"nvidia.com/gpu.present": "true"})],
            "a has no taint",
            ["(kubectl taint node a nvidia.com/gpu=present:NoSchedule)"],
        ),
        ([{**GOOD, "status": node("b", gpus="8", ready="False")["status"]}], "b has no condition Ready", ["describe"]),
    ],
)
def test_another_cluster_is_told_which_node_it_lacks(nodes: list[Any], said: str, commands: list[str]) -> None:
    refused = refusal(GPUS, *nodes)
    assert said in refused.found
    assert [each for each in commands if each not in refused.next_step] == []


@pytest.mark.parametrize(
    ("classes", "said", "commands"),
    [
        ([], "no StorageClass", "(kubectl apply -f https://raw.githubusercontent.com/rancher/local-path-provisioner/"),
        (
            [storage_class("slow"), storage_class("fast", default="false")],
            "none of the StorageClasses of this cluster is the default: slow, fast",
            f"(kubectl annotate storageclass slow {DEFAULT}=true --overwrite)",
        ),
        (
            [
                storage_class("by-hand", default="true", provisioner="kubernetes.io/no-provisioner"),
                storage_class("fast"),
            ],
            "the default StorageClass by-hand makes no volumes",
            f"(kubectl annotate storageclass by-hand {DEFAULT}=false --overwrite; "
            f"kubectl annotate storageclass fast {DEFAULT}=true --overwrite)",
        ),
    ],
)
def test_another_cluster_is_told_that_nobody_makes_volumes(classes: list[Any], said: str, commands: str) -> None:
    refused = refusal(STORAGE, *classes)
    assert said in refused.found
    assert commands in refused.next_step


def test_another_cluster_is_told_that_nobody_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = refusal(METRICS, status=404)
    assert "no API metrics.k8s.io" in refused.found
    assert "kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/" in refused.next_step
    monkeypatch.setattr(needing, "_METRICS_PATIENCE_S", 0.0)
    refused = refusal(METRICS, status=503, message="service unavailable")
    assert "service unavailable" in refused.found
    assert "kubectl describe apiservice" in refused.next_step


def test_all_that_is_missing_is_one_message() -> None:
    with pytest.raises(RequirementMissing) as raised:
        needing.require_each([lambda: asked(GPUS), lambda: asked(METRICS), lambda: asked(STORAGE)])
    for each in (refusal(GPUS), refusal(STORAGE)):
        assert each.found in raised.value.found
        assert each.next_step in raised.value.next_step


def pod(condition: dict[str, str] | None = None, **containers: Any) -> dict[str, Any]:
    status: dict[str, Any] = {"conditions": [condition] if condition else []}
    status["containerStatuses"] = [{"name": name, "state": state} for name, state in containers.items() if state]
    return {"spec": {"containers": [{"name": name, "image": f"r/{name}:1"} for name in containers]}, "status": status}


TAKEN = {"type": "PodScheduled", "status": "True"}
NOT_TAKEN = {"type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/0 nodes"}
RUNS, CREATING = {"running": {}}, {"waiting": {"reason": "ContainerCreating"}}
DENIED = {"waiting": {"reason": "ErrImagePull", "message": "pull access denied"}}
BACK_OFF = {"waiting": {"reason": "ImagePullBackOff", "message": "Back-off pulling image"}}


@pytest.mark.parametrize(
    ("seen", "settled", "refused"),
    [
        ([pod(a=None)], False, {}),
        ([pod(NOT_TAKEN, a=None)], False, {}),
        ([pod(TAKEN, a=None)], False, {}),
        ([pod(TAKEN, a=CREATING, b=RUNS)], False, {}),
        ([pod(TAKEN, a=DENIED, b=RUNS)], False, {}),
        ([pod(TAKEN, a=RUNS, b={"terminated": {"exitCode": 1}})], True, {}),
        ([pod(TAKEN, a=DENIED), pod(TAKEN, a=RUNS)], True, {}),
        ([pod(TAKEN, a=DENIED, b=RUNS), pod(TAKEN, a=BACK_OFF, b=RUNS)], True, {"r/a:1": "pull access denied"}),
        ([pod(TAKEN, a=BACK_OFF)], True, {"r/a:1": "Back-off pulling image"}),
    ],
)
def test_an_image_is_not_to_be_had_once_a_node_has_tried_twice(
    seen: list[dict[str, Any]], settled: bool, refused: dict[str, str]
) -> None:
    trial = pulling._Trial()
    assert [trial.settled([each]) for each in seen][-1] == settled
    assert trial.refused == refused


def test_an_embedded_cluster_without_a_node_says_what_the_machine_lacks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("AUTOGRADER_STATE", str(tmp_path))
    monkeypatch.setattr(embedded, "missing_requirements", lambda: ["not installed: containerd"])
    connection: Any = SimpleNamespace(is_embedded=True, kubeconfig=tmp_path / "clusters/x/kubeconfig")
    api: Any = None
    with pytest.raises(
        RequirementMissing, match=r"a node, since lab02.*control plane alone: not installed: containerd"
    ):
        needing.require(connection, api, ROOT, "lab02-serve-a-model")
    needing.require(connection, api, ROOT, "lab06-rbac")


def test_taints_that_come_and_go_set_no_node_apart() -> None:
    away = {"key": "node.kubernetes.io/not-ready", "effect": "NoSchedule"}
    soft = {"key": "dedicated", "effect": "PreferNoSchedule"}
    assert needing.set_apart([node("a", taints=[away, soft]), GOOD, node("c")]) == ["b"]


@pytest.mark.parametrize(
    "content",
    [
        "nodes = ['tpu']",
        "nodes = 'gpu'",
        "node = ['gpu']",
        "nodes = [",
        "nodes = ['gpu']\nx = 1",
        "offers = ['luck']",
        "images = [1]",
    ],
)
def test_a_file_that_says_something_else_is_named(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "course/cluster/labs/lab99"
    folder.mkdir(parents=True)
    (folder / "needs.toml").write_text(content)
    with pytest.raises(WorkspaceError, match=r"needs\.toml of lab99"):
        needing.needed(tmp_path, "lab99")
