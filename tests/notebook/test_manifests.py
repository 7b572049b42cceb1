"""YAML as it is written, and where everything of it stands."""

from __future__ import annotations

import pytest

from autograder.errors import ManifestError
from autograder.notebook.manifests import shown_line, written
from autograder.notebook.pointing import Complaint, complaints, steps_of

TEXT = """\
# a comment
apiVersion: v1
kind: Service
metadata:
  name: web
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: first
          image: a
        - name: web
          imge: b
          ports:
            - containerPort: 80
            - containerPort: 90
              protocol: UDP
---
"""


def test_each_object_of_a_text_knows_where_it_begins() -> None:
    service, deployment = written(TEXT)
    assert (service.document["kind"], service.line) == ("Service", 2)
    assert (deployment.document["kind"], deployment.line) == ("Deployment", 7)


def test_the_items_of_a_list_are_objects_of_their_own() -> None:
    text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n- apiVersion: v1\n  kind: Secret\n"
    assert [(each.document["kind"], each.line) for each in written(text)] == [("Pod", 4), ("Secret", 6)]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n", "---\n---\n"])
def test_a_text_may_hold_nothing(text: str) -> None:
    assert written(text) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kind: Pod\n\tmetadata: x", "line 2: this is not YAML"),
        ("a: [", "this is not YAML"),
        ("a: b: c", "line 1: this is not YAML"),
        ("- a\n- b", "line 1: this is no object"),
        ("kind: Pod\nmetadata: {}", "line 1: an object without `apiVersion`"),
        ("---\napiVersion: 1\nkind: Pod", "line 2: an object without `apiVersion`"),
        ("just words", "line 1: this is no object"),
        ("!!python/object/apply:os.system ['true']", "this is not YAML"),
        ("&a [*a]", "line 1: this is no object"),
        ("a: &x [*x, *x]\n", "line 1: an object without"),
        ("[" * 5000 + "]" * 5000, "nested too deeply"),
        ("\x00", "this is not YAML"),
        ("? [a]\n: b", "this is not YAML"),
    ],
)
def test_what_is_no_manifest_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(ManifestError, match=says.replace("[", "\\[")):
        written(text)


def test_a_tab_is_called_a_tab() -> None:
    with pytest.raises(ManifestError, match="spaces"):
        written("kind: Pod\n\tmetadata: x")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("spec.template.spec.containers[1].imge", 17),
        ('.spec.template.spec.containers[name="web"].imge', 17),
        ('.spec.template.spec.containers[name="web"].ports[containerPort=90,protocol="UDP"].containerPort', 20),
        ('.spec.template.spec.containers[name="web"].ports[containerPort=80,protocol="TCP"]', 19),
        ("spec.template.spec.containers[7].image", 13),
        ("spec.template.nodeName", 11),
        ("nothing.of.this", 7),
        ("", 7),
    ],
)
def test_a_path_leads_to_its_line_or_to_the_last_that_is_there(path: str, line: int) -> None:
    assert written(TEXT)[1].line_of(steps_of(path)) == line


def test_a_line_is_shown_and_one_beyond_the_end_is_empty() -> None:
    assert shown_line(TEXT, 17) == "          imge: b"
    assert shown_line(TEXT, 0) == shown_line(TEXT, 99) == ""


def test_every_way_in_which_the_api_server_names_a_field_is_read() -> None:
    deployment = written(TEXT)[1]
    by_causes = {"details": {"causes": [{"field": "spec.template.spec.containers[1].image", "message": "Required"}]}}
    assert complaints(by_causes, deployment) == [Complaint(16, "Required")]
    said = (
        "failed to create typed patch object (x/web; apps/v1, Kind=Deployment): "
        '.spec.template.spec.containers[name="web"].imge: field not declared in schema'
    )
    assert complaints({"message": said}, deployment) == [Complaint(17, "there is no field `imge` here")]
    several = "failed to create typed patch object (x): errors:\n  .spec.template: expected list, got map\n  .kind: no"
    assert complaints({"message": several}, deployment) == [Complaint(8, "no"), Complaint(11, "expected list, got map")]
    strict = 'strict decoding error: unknown field "spec.template.spec.containers[1].imge"'
    assert complaints({"message": strict}, deployment) == [Complaint(17, "there is no field `imge` here")]


@pytest.mark.parametrize("status", [{}, {"message": None}, {"details": {"causes": [{}]}}, {"details": None}])
def test_a_refusal_without_a_field_is_about_the_object(status: dict) -> None:
    assert [each.line for each in complaints(status, written(TEXT)[1])] == [7]
