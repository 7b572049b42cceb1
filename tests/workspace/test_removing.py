"""A workspace goes altogether, whatever is stuck in it and however its process died; nothing else goes with it."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable

import pytest
from kubernetes import client
from kubernetes.client.exceptions import ApiException

from autograder.cluster.connection import Connection
from autograder.workspace import Workspace, create, list_workspaces, naming, open_workspace, remove, sweep
from autograder.workspace.requesting import opened

pytestmark = pytest.mark.live

LAB = "lab02-serve-a-model"


def namespaces_of(admin: client.CoreV1Api, workspace_id: str) -> list[client.V1Namespace]:
    return list(admin.list_namespace(label_selector=f"{naming.LABEL_WORKSPACE}={workspace_id}").items)


def autograder_workspace(connection: Connection, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "autograder.cli",
        "workspace",
        *arguments,
        "--kubeconfig",
        str(connection.kubeconfig),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_when_removal_returns_the_namespaces_are_gone_and_the_tokens_are_void(
    connection: Connection, admin: client.CoreV1Api, acting_as: Callable[[str], client.ApiClient]
) -> None:
    with open_workspace(connection, LAB, "ada") as mine:
        student = client.CoreV1Api(acting_as(mine.student_kubeconfig()))
        assert student.list_namespaced_pod(mine.namespace).items == []
    assert namespaces_of(admin, mine.id) == []
    with pytest.raises(ApiException) as refusal:
        student.list_namespaced_pod(mine.namespace)
    assert refusal.value.status in (401, 403)


def test_an_error_inside_the_block_still_removes_the_workspace(connection: Connection, admin: client.CoreV1Api) -> None:
    with pytest.raises(ZeroDivisionError), open_workspace(connection, LAB, "ada", wait=False) as mine:
        raise ZeroDivisionError
    assert all(each.metadata.deletion_timestamp for each in namespaces_of(admin, mine.id))


def test_removing_what_is_gone_is_no_error(connection: Connection) -> None:
    assert remove(connection, "bcdfghjk").namespaces == ()


def test_a_finalizer_that_nobody_serves_is_struck_off_and_reported(
    connection: Connection, admin: client.CoreV1Api
) -> None:
    mine = create(connection, LAB, "ada", held=True)
    for namespace in (mine.namespace, mine.grader_namespace):
        admin.create_namespaced_config_map(
            namespace, {"metadata": {"name": "stuck", "finalizers": ["example.org/nobody"]}}
        )
    removed = remove(connection, mine.id, stuck_after_s=7)
    assert removed.gone
    assert {
        f"{mine.namespace}-grader/configmaps/stuck (example.org/nobody)",
        f"{mine.namespace}/configmaps/stuck (example.org/nobody)",
    } <= set(removed.freed)
    assert namespaces_of(admin, mine.id) == []


FINALIZED = [
    ("/api/v1", "secrets", {"kind": "Secret", "apiVersion": "v1"}),
    ("/api/v1", "services", {"kind": "Service", "apiVersion": "v1", "spec": {"ports": [{"port": 80}]}}),
    ("/api/v1", "serviceaccounts", {"kind": "ServiceAccount", "apiVersion": "v1"}),
    (
        "/apis/policy/v1",
        "poddisruptionbudgets",
        {
            "kind": "PodDisruptionBudget",
            "apiVersion": "policy/v1",
            "spec": {"minAvailable": 0, "selector": {"matchLabels": {"a": "b"}}},
        },
    ),
    (
        "/apis/rbac.authorization.k8s.io/v1",
        "roles",
        {"kind": "Role", "apiVersion": "rbac.authorization.k8s.io/v1", "rules": []},
    ),
]


def test_what_a_student_kept_from_going_is_gone_though_nobody_waited(
    connection: Connection, admin: client.CoreV1Api
) -> None:
    mine = create(connection, "lab06-rbac", "ada", held=True)
    kept = {"name": "kept", "finalizers": ["example.org/nobody", "mallory.example/again"]}
    with opened(connection) as api:  # as a student may, where the admission policies are not installed
        for path, plural, document in FINALIZED:
            api.post(f"{path}/namespaces/{mine.namespace}/{plural}", {**document, "metadata": kept}).must(plural)
    removed = remove(connection, mine.id, wait=False)
    assert len(removed.freed) == len(FINALIZED)
    with opened(connection) as api:
        left = [
            plural
            for path, plural, _ in FINALIZED
            if api.get(f"{path}/namespaces/{mine.namespace}/{plural}/kept").body.get("metadata", {}).get("finalizers")
        ]
    assert left == []


def test_a_finalizer_outside_a_deleted_workspace_is_left_alone(
    connection: Connection, admin: client.CoreV1Api, workspace: Callable[..., Workspace]
) -> None:
    kept = workspace()
    admin.create_namespaced_config_map(
        kept.namespace, {"metadata": {"name": "kept", "finalizers": ["example.org/somebody"]}}
    )
    going = create(connection, LAB, "grace", held=True)
    admin.create_namespaced_config_map(
        going.namespace, {"metadata": {"name": "stuck", "finalizers": ["example.org/nobody"]}}
    )
    remove(connection, going.id, stuck_after_s=7)
    found = admin.read_namespaced_config_map("kept", kept.namespace)
    assert found.metadata.finalizers == ["example.org/somebody"]
    admin.patch_namespaced_config_map("kept", kept.namespace, {"metadata": {"finalizers": None}})


KILLED_WHILE_CREATING = """
import sys, time
from pathlib import Path
from autograder.cluster.connection import Connection
from autograder.workspace import create, creating

def stop_here(api, objects):
    print("half made", flush=True)
    time.sleep(600)

creating._fill = stop_here
create(Connection(Path(sys.argv[1])), "lab02-serve-a-model", sys.argv[2], held=True)
"""


def test_a_sweep_finds_what_a_process_killed_while_creating_left_behind(
    connection: Connection, admin: client.CoreV1Api, workspace: Callable[..., Workspace]
) -> None:
    in_use = workspace(LAB, "grace")
    student = f"crashed-{in_use.id}"
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED_WHILE_CREATING), str(connection.kubeconfig), student],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half made\n"
    (half_made,) = [each for each in list_workspaces(connection) if each.student == student]
    assert not half_made.left_behind
    process.kill()
    process.wait()
    process.stdout.close()

    (half_made,) = [each for each in list_workspaces(connection) if each.student == student]
    assert half_made.left_behind
    swept = sweep(connection)
    assert set(half_made.namespaces) <= set(swept)
    assert not {in_use.namespace, in_use.grader_namespace} & set(swept)
    assert namespaces_of(admin, half_made.id) == []
    assert all(each.metadata.deletion_timestamp is None for each in namespaces_of(admin, in_use.id))


def test_ctrl_c_while_creating_leaves_nothing(connection: Connection, admin: client.CoreV1Api, workspace) -> None:
    student = f"interrupted-{workspace(LAB, 'grace').id}"
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED_WHILE_CREATING), str(connection.kubeconfig), student],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half made\n"
    (half_made,) = [each for each in list_workspaces(connection) if each.student == student]
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert all(each.metadata.deletion_timestamp for each in namespaces_of(admin, half_made.id))


def test_a_sweep_takes_the_expired_and_finishes_what_is_going(connection: Connection, admin: client.CoreV1Api) -> None:
    expired = create(connection, LAB, "ada", lifetime_s=-1)
    going = create(connection, LAB, "grace")
    remove(connection, going.id, wait=False)
    kept = create(connection, LAB, "edsger")
    try:
        swept = set(sweep(connection))
        assert {expired.namespace, expired.grader_namespace, going.namespace, going.grader_namespace} <= swept
        assert kept.namespace not in swept
        assert namespaces_of(admin, expired.id) == namespaces_of(admin, going.id) == []
    finally:
        remove(connection, kept.id, wait=False)


def test_one_is_closed_by_its_name_and_no_other(connection: Connection, admin: client.CoreV1Api) -> None:
    closed, kept = create(connection, LAB, "ada"), create(connection, LAB, "grace")
    try:
        unknown = autograder_workspace(connection, "close", closed.namespace, "nobodys")
        assert unknown.returncode != 0
        assert "no workspace called nobodys" in unknown.stderr
        assert namespaces_of(admin, closed.id) != []
        done = autograder_workspace(connection, "close", closed.namespace)
        assert done.returncode == 0, done.stderr
        assert closed.namespace in done.stdout
        assert namespaces_of(admin, closed.id) == []
        assert all(each.metadata.deletion_timestamp is None for each in namespaces_of(admin, kept.id))
    finally:
        remove(connection, kept.id, wait=False)


def test_a_sweep_never_touches_a_namespace_without_the_label(connection: Connection, admin: client.CoreV1Api) -> None:
    names = naming.new_names("lab02", "foreign")
    annotations = naming.promises("lab02", "foreign", lifetime_s=-1, held=False)
    made = admin.create_namespace({"metadata": {"name": names.namespace, "annotations": annotations}})
    try:
        assert names.namespace not in sweep(connection, wait=False)
        assert admin.read_namespace(names.namespace).metadata.deletion_timestamp is None
        assert made.metadata.uid == admin.read_namespace(names.namespace).metadata.uid
    finally:
        admin.delete_namespace(names.namespace)
