"""`%%apply`, `%apply` and `%kubectl`, as a student, on the live cluster."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.live
Prints = Callable[[str], str]

SERVER = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
spec:
  replicas: 0
  selector:
    matchLabels: {app: NAME}
  template:
    metadata:
      labels: {app: NAME}
    spec:
      containers:
        - name: server
          image: localhost:5000/python:1
---
apiVersion: v1
kind: Service
metadata:
  name: NAME
spec:
  selector: {app: NAME}
  ports:
    - port: 80
"""
SETTINGS = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\ndata:\n  a: b\n"


def test_every_object_gets_a_line_that_says_what_became_of_it(prints: Prints) -> None:
    text = "%%apply\n" + SERVER.replace("NAME", "first")
    assert prints(text) == "deployment.apps/first created\nservice/first created\n"
    assert prints(text) == "deployment.apps/first unchanged\nservice/first unchanged\n"
    changed = prints(text.replace("port: 80", "port: 81"))
    assert changed == "deployment.apps/first unchanged\nservice/first configured\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("image:", "imge:", "line 15: imge: localhost:5000/python:1", "there is no field `imge` here"),
        ("replicas: 0", "replicas: none", "line 6: replicas: none", "expected numeric"),
        ("name: server", "name: Server_1", "line 14: - name: Server_1", "RFC 1123"),
        ("kind: Deployment", "kind: deployment", "line 2: kind: deployment", "is `Deployment` meant?"),
        ("kind: Deployment", "kind: Deploymnet", "line 2: kind: Deploymnet", "is `Deployment` meant?"),
        ("apps/v1", "v1", "line 1: apiVersion: v1", "it is in `apps/v1`"),
        ("apps/v1", "apps/v9", "line 1: apiVersion: apps/v9", "it is in `apps/v1`"),
        ("kind: Deployment", "kind: Whatever", "line 2: kind: Whatever", "has no kind `Whatever`"),
        ("  name: NAME\nspec:\n  replicas", "  generateName: x-\nspec:\n  replicas", "line 1", "no metadata.name"),
        ("      labels: {app: NAME}", "      labels: {app: other}", "line 11: labels: {app: other}", "does not match"),
        ("metadata:\n  name: NAME\nspec:\n  replicas", "metadata: NAME\nspec:\n  replicas", "line 1", "metadata.name"),
    ],
)
def test_a_refusal_points_at_the_line_and_the_next_object_is_tried(
    prints: Prints, old: str, new: str, line: str, says: str
) -> None:
    text = SERVER.replace(old, new, 1)
    assert text != SERVER
    said = prints("%%apply\n" + text.replace("NAME", "second"))
    assert " refused\n" in said
    assert line in said
    assert says in said
    assert "service/second" in said


def test_a_number_where_a_text_belongs_is_called_so(prints: Prints) -> None:
    said = prints("%%apply\n" + SETTINGS.replace("NAME", "numbers").replace("a: b", "a: 1"))
    assert "line 6: a: 1" in said
    assert "1 without quotes is none" in said


def test_what_may_not_be_made_is_refused_in_the_clusters_words(prints: Prints) -> None:
    said = prints("%%apply\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  namespace: kube-system\n")
    assert "is forbidden" in said
    assert "kube-system" in said


def test_what_is_no_manifest_is_said_and_nothing_is_raised(prints: Prints) -> None:
    assert "this is not YAML" in prints("%%apply\na: [")
    assert "there is no object in it" in prints("%%apply\n# nothing")
    assert "Traceback" not in prints("%%apply\n\x00")


def test_files_are_applied_and_named_where_they_are_wrong(prints: Prints, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(SETTINGS.replace("NAME", "from-a-file"))
    bad.write_text(SETTINGS.replace("NAME", "bad").replace("\ndata:", "\ndtaa:"))
    said = prints(f"%apply {good} {bad}")
    assert "configmap/from-a-file created" in said
    assert f"{bad} line 5: dtaa:" in said
    assert "No such file" in prints(f"%apply {tmp_path}/none.yaml")
    assert "%apply FILE" in prints("%apply")


def test_images_come_from_where_the_course_keeps_them(prints: Prints, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOGRADER_IMAGES", "registry.example.org/course")
    said = prints("%%apply\n" + SERVER.replace("NAME", "moved"))
    assert "images are pulled from registry.example.org/course here" in said
    image = prints("%kubectl get deployment moved -o jsonpath={.spec.template.spec.containers[0].image}")
    assert image == "registry.example.org/course/python:1"


def test_kubectl_runs_as_the_student(prints: Prints, monkeypatch: pytest.MonkeyPatch) -> None:
    prints("%%apply\n" + SETTINGS.replace("NAME", "seen"))
    assert prints("%kubectl get configmap seen -o name") == "configmap/seen\n"
    assert prints("name = 'seen'\n%kubectl get configmap {name} -o name") == "configmap/seen\n"
    assert "NotFound" in prints("%kubectl get configmap none")
    assert "needs a terminal" in prints("%kubectl edit configmap seen")
    assert "needs a terminal" in prints("%kubectl exec -it pod/x -- sh")
    monkeypatch.setenv("PATH", "/nowhere")
    assert "there is no kubectl on PATH" in prints("%kubectl get pods")


def test_without_a_cluster_it_says_so(prints: Prints, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from autograder.checks import connecting

    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))
    connecting.use(None)
    said = prints("%%apply\n" + SETTINGS)
    assert "Traceback" not in said
    assert "kubeconfig" in said
