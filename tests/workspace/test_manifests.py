"""course/cluster/*.yaml → objects: nobody's name changes their structure, none lies outside the workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.errors import WorkspaceError
from autograder.workspace.manifests import course_root, shared_objects, workspace_objects

PEERS = [{"ipBlock": {"cidr": "10.0.0.1/32"}}]
VARIABLES = {
    "workspace": "k6m4ppsh",
    "lab": "lab02",
    "student": "ada",
    "namespace": "lab02-ada",
    "grader_namespace": "lab02-ada-grader",
    "neighbour": "lab02-ada-neighbour",
    "service_account": "student",
    "grader_account": "grader",
    "image_prefix": "localhost:5000",
    "api_server": PEERS,
    "api_server_egress": {"to": PEERS},
}


def a_course(folder: Path, manifest: str) -> Path:
    (folder / "course/cluster/workspace").mkdir(parents=True)
    (folder / "course/cluster/workspace/only.yaml").write_text(manifest)
    return folder


def found(objects: list[dict], kind: str, name: str) -> dict:
    return next(each for each in objects if each["kind"] == kind and each["metadata"]["name"] == name)


def test_namespaces_come_first_and_quotas_last(repository: Path) -> None:
    kinds = [each["kind"] for each in workspace_objects(repository, "lab06-rbac", VARIABLES)]
    assert kinds[:3] == ["Namespace"] * 3
    assert kinds[-2:] == ["ResourceQuota"] * 2
    assert kinds.index("Role") < kinds.index("RoleBinding") < kinds.index("Secret")


def test_only_a_lab_that_asks_for_one_has_a_neighbour(repository: Path) -> None:
    def namespaces(lab: str) -> set[str]:
        objects = workspace_objects(repository, lab, VARIABLES)
        return {each["metadata"]["name"] for each in objects if each["kind"] == "Namespace"}

    assert namespaces("lab02-serve-a-model") == {"lab02-ada", "lab02-ada-grader"}
    assert namespaces("lab06-rbac") == {"lab02-ada", "lab02-ada-grader", "lab02-ada-neighbour"}


def test_pod_security_is_enforced_by_the_namespaces_own_labels(repository: Path) -> None:
    objects = workspace_objects(repository, "lab02-serve-a-model", VARIABLES)
    level = "pod-security.kubernetes.io/enforce"
    assert found(objects, "Namespace", "lab02-ada")["metadata"]["labels"][level] == "baseline"
    assert found(objects, "Namespace", "lab02-ada-grader")["metadata"]["labels"][level] == "restricted"


def test_a_variable_that_is_the_whole_scalar_keeps_its_type(repository: Path) -> None:
    objects = workspace_objects(repository, "lab02-serve-a-model", VARIABLES)
    policy = found(objects, "NetworkPolicy", "workspace")
    assert [each["from"] for each in policy["spec"]["ingress"]][1] == PEERS


def test_the_students_role_has_no_wildcard_and_spares_the_guardrails(repository: Path) -> None:
    rules = found(workspace_objects(repository, "lab02-serve-a-model", VARIABLES), "Role", "student")["rules"]
    reading = {"get", "list", "watch"}
    guardrails = {"networkpolicies", "resourcequotas", "limitranges", "endpoints", "endpointslices", "pods/status"}
    for rule in rules:
        assert "*" not in rule["apiGroups"] + rule["resources"] + rule["verbs"]
        assert not {"impersonate", "escalate", "bind"} & set(rule["verbs"])
        assert not guardrails & set(rule["resources"]) or set(rule["verbs"]) <= reading


def test_a_students_name_cannot_change_what_a_manifest_says(tmp_path: Path) -> None:
    root = a_course(
        tmp_path,
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, namespace: '${namespace}'}\n"
        "data:\n  greeting: hello ${student}\n",
    )
    hostile = "ada\nkind: ClusterRole ${namespace} {{ 7 }}"
    (only,) = workspace_objects(root, "lab02", VARIABLES | {"student": hostile})
    assert only["kind"] == "ConfigMap"
    assert only["data"] == {"greeting": f"hello {hostile}"}


@pytest.mark.parametrize(
    "metadata",
    [
        "{name: x, namespace: kube-system}",
        "{name: x, namespace: '${namespace}-2'}",
        "{name: x}",
    ],
)
def test_an_object_outside_the_workspace_is_refused(tmp_path: Path, metadata: str) -> None:
    root = a_course(tmp_path, f"apiVersion: v1\nkind: ConfigMap\nmetadata: {metadata}\n")
    with pytest.raises(WorkspaceError, match="in its own namespaces"):
        workspace_objects(root, "lab02", VARIABLES)


def test_a_namespace_of_another_name_is_refused(tmp_path: Path) -> None:
    root = a_course(tmp_path, "apiVersion: v1\nkind: Namespace\nmetadata: {name: default}\n")
    with pytest.raises(WorkspaceError, match="Namespace default"):
        workspace_objects(root, "lab02", VARIABLES)


def test_a_misspelt_variable_is_named_with_the_ones_there_are(tmp_path: Path) -> None:
    root = a_course(tmp_path, "kind: ConfigMap\nmetadata: {name: '${nmespace}'}\n")
    with pytest.raises(WorkspaceError, match=r"nmespace.*only\.yaml"):
        workspace_objects(root, "lab02", VARIABLES)


def test_a_manifest_that_was_edited_is_read_again(tmp_path: Path) -> None:
    text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: before, namespace: '${namespace}'}\n"
    root = a_course(tmp_path, text)
    assert workspace_objects(root, "lab02", VARIABLES)[0]["metadata"]["name"] == "before"
    (root / "course/cluster/workspace/only.yaml").write_text(text.replace("before", "after"))
    assert workspace_objects(root, "lab02", VARIABLES)[0]["metadata"]["name"] == "after"


def test_what_is_shared_grants_nothing_by_itself(repository: Path) -> None:
    assert {each["kind"] for each in shared_objects(repository)} == {"ClusterRole"}


def test_the_course_is_found_from_a_folder_inside_it(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    root = a_course(tmp_path / "mine", "kind: Namespace\n")
    (root / "source/lab02").mkdir(parents=True)
    monkeypatch.chdir(root / "source/lab02")
    assert course_root() == root
    monkeypatch.chdir(tmp_path)
    assert course_root() == repository  # where the package lies
    assert course_root(root) == root
    monkeypatch.setenv("AUTOGRADER_COURSE", str(root))
    assert course_root() == root


def test_a_course_that_is_not_there_is_said_with_what_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="course/cluster/workspace"):
        course_root(tmp_path)
