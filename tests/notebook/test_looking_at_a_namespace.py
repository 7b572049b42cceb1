"""`lab.look()`: what is shown of a namespace, in words and as a picture, on the live cluster."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from autograder.checks.connecting import current
from autograder.notebook.boxes import Box, rights_boxes
from autograder.notebook.drawing import as_html
from autograder.notebook.scenes import Chain, Scene, Sender, scene
from autograder.notebook.telling import PODS_SHOWN, as_text

Prints = Callable[[str], str]
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
spec:
  replicas: 2
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - name: main
          image: localhost:5000/IMAGE
          command: [python3, -c, "import time; time.sleep(600)"]
          resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 64Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: NAME}
spec:
  selector: {app: LABEL}
  ports: [{port: 80, targetPort: 8080}]
"""
HOSTILE = "<script>alert(1)</script>\"'&\x1b[31m\u202e\n"


def shown(until: Callable[[str], bool]) -> tuple[str, str]:
    deadline = time.monotonic() + 90
    while True:
        seen = scene(current(), current().place.namespace)
        if until(as_text(seen)) or time.monotonic() > deadline:
            return as_text(seen), as_html(seen)
        time.sleep(0.5)


@pytest.mark.live
def test_a_chain_from_deployment_to_service_and_what_is_wrong_in_words(prints: Prints) -> None:
    assert "nothing was made here yet" in shown(lambda text: True)[0]
    right = DEPLOYMENT.replace("NAME", "web").replace("LABEL", "web").replace("IMAGE", "python:1")
    wrong = DEPLOYMENT.replace("NAME", "odd").replace("LABEL", "old").replace("IMAGE", "no-such:1")
    prints("%%apply\n" + right + "---\n" + wrong)
    text, html = shown(lambda text: "✓ Deployment web  2 of 2 ready" in text and text.count("✗ Pod odd") == 2)
    assert re.search(r"✓ Deployment web  2 of 2 ready\n  ✓ ReplicaSet web-\S+  2 of 2 ready\n    ✓ Pod web-", text), (
        text
    )
    assert text.count("◀── Service web") == 2
    assert "✓ Service web  :80→8080, 2 of 2 Pods" in text
    assert "cannot get its image `localhost:5000/no-such:1`" in text
    assert re.search(r"✗ Service odd .*\n.*selects Pods labelled app=old, and of the 4 in `\S+` none is", text), text
    picture = ElementTree.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])
    words = [each.text for each in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"web", "odd"} <= set(words)
    assert picture.get("role") == "img"
    assert "Deployment web" in (picture.get("aria-label") or "")


@pytest.mark.live
def test_in_a_terminal_it_is_text(prints: Prints) -> None:
    assert prints("from autograder import lab\nlab.look()").startswith("namespace ")


@pytest.mark.live
def test_another_namespace_is_named_as_not_looked_at(prints: Prints) -> None:
    said = prints("from autograder import lab\nlab.look(namespace='kube-system')")
    assert "not looked at: pods" in said
    assert "Traceback" not in said


def hostile_scene(pods: int) -> Scene:
    boxes = tuple(Box("Pod", f"{HOSTILE}{index}", "bad", HOSTILE, HOSTILE) for index in range(pods))
    names = frozenset(each.name for each in boxes)
    maker = Box(HOSTILE, HOSTILE, "good", HOSTILE, HOSTILE)
    sender = Sender(Box("Service", HOSTILE, "busy", HOSTILE, HOSTILE), names, frozenset())
    return Scene(HOSTILE, (Chain((maker,), boxes), Chain((), ())), (sender,), (maker,), (HOSTILE,))


def test_no_word_of_the_clusters_is_markup_or_reaches_a_terminal() -> None:
    html, text = as_html(hostile_scene(3)), as_text(hostile_scene(3))
    assert "<script" not in html
    assert "\x1b" not in html + text
    assert "\u202e" not in html + text
    ElementTree.fromstring(re.search(r"<svg.*?</svg>", html, re.DOTALL)[0])


def test_of_very_many_pods_the_first_are_shown_and_the_rest_counted() -> None:
    html, text = as_html(hostile_scene(500)), as_text(hostile_scene(500))
    assert f"and {500 - PODS_SHOWN} more Pods" in text
    assert f"and {500 - PODS_SHOWN} more" in html
    assert len(html) < 100_000


def test_an_empty_namespace_says_so() -> None:
    assert "nothing was made here yet" in as_text(Scene("x"))
    assert "nothing was made here yet" in as_html(Scene("x"))


def test_a_service_of_the_labs_is_read_to_its_end_and_names_in_a_sentence_are_set_as_code() -> None:
    says = ":9300→model, 1 of 1 Pods"
    sender = Sender(Box("Service", "inbox", "bad", says, "Service `inbox` selects no Pod"), frozenset(), frozenset())
    html = as_html(Scene("x", senders=(sender,)))
    assert f">Service · {says}</text>" in html
    assert "Service <code>inbox</code> selects no Pod" in html


def test_what_the_workspace_brings_is_left_out_and_whoever_is_bound_to_its_roles_is_not() -> None:
    def binding(name: str, **labels: str) -> dict[str, object]:
        subject = {"kind": "ServiceAccount", "name": "notebook"}
        return {
            "metadata": {"name": name, "labels": labels},
            "roleRef": {"kind": "Role", "name": "student"},
            "subjects": [subject],
        }

    own = binding("grader-launches-jobs", **{"course.autograder/guard": "workspace"})
    accounts = [{"metadata": {"name": name}} for name in ("default", "student", "notebook")]
    roles = [{"metadata": {"name": "student"}}]

    boxes = list(rights_boxes(accounts, roles, [own, binding("too-much")]))

    assert [(box.kind, box.name) for box in boxes] == [("RoleBinding", "too-much")]
