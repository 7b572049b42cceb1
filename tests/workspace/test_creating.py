"""A workspace is usable the moment it is handed out, and is nobody else's."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml
from kubernetes import client

from autograder.cluster.connection import Connection
from autograder.errors import ClusterUnreachable, WorkspaceError
from autograder.workspace import Workspace, create, install_shared, naming, open_workspace, remove

pytestmark = pytest.mark.live

PAUSED = {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {"generateName": "p-"},
    # No node has this label: admission is what is asked about, and nothing needs to start.
    "spec": {"containers": [{"name": "c", "image": "x"}], "nodeSelector": {"course.autograder/none": "such"}},
}


@pytest.fixture
def a_foreign_namespace(admin: client.CoreV1Api) -> Iterator[Callable[[str], client.V1Namespace]]:
    made: list[str] = []

    def make(name: str) -> client.V1Namespace:
        made.append(name)
        return admin.create_namespace({"metadata": {"name": name}})

    yield make
    for name in made:
        admin.delete_namespace(name)


def test_a_student_works_in_it_at_once(
    workspace: Callable[..., Workspace], as_student: Callable[[Workspace], client.ApiClient]
) -> None:
    mine = workspace()
    core = client.CoreV1Api(as_student(mine))
    for _ in range(3):
        core.create_namespaced_pod(mine.namespace, PAUSED)  # a quota without usage would refuse it
    assert len(core.list_namespaced_pod(mine.namespace).items) == 3


def test_what_pods_mount_is_there_before_they_are(workspace: Callable[..., Workspace], admin: client.CoreV1Api) -> None:
    mine = workspace()
    for namespace in (mine.namespace, mine.grader_namespace):
        assert admin.read_namespaced_config_map("kube-root-ca.crt", namespace).data["ca.crt"]
        assert admin.read_namespaced_service_account("default", namespace)


def test_the_exact_student_stands_on_every_namespace(
    workspace: Callable[..., Workspace], admin: client.CoreV1Api
) -> None:
    mine = workspace("lab06-rbac", "Ada L'Övelace\n: {}")
    found = admin.list_namespace(label_selector=f"{naming.LABEL_WORKSPACE}={mine.id}").items
    assert {each.metadata.name for each in found} == {mine.namespace, mine.grader_namespace, mine.neighbour}
    assert {each.metadata.annotations[naming.LABEL_STUDENT] for each in found} == {"Ada L'Övelace\n: {}"}
    assert {each.metadata.labels[naming.LABEL_ROLE] for each in found} == {"student", "grader", "neighbour"}


def test_many_are_made_at_once_and_none_shares_anything(connection: Connection) -> None:
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda each: create(connection, "lab02-serve-a-model", "ada", held=True), range(6)))
    try:
        assert len({each.namespace for each in made}) == len({each.id for each in made}) == 6
    finally:
        for each in made:
            remove(connection, each.id, wait=False)


def test_tokens_last_no_longer_than_the_workspace(connection: Connection) -> None:
    with open_workspace(connection, "lab02-serve-a-model", "ada", lifetime_s=900, wait=False) as mine:
        for kubeconfig in (mine.student_kubeconfig(), mine.grader_kubeconfig()):
            token = yaml.safe_load(kubeconfig)["users"][0]["user"]["token"]
            claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
            assert 600 <= claims["exp"] - time.time() <= 900


def test_a_kubeconfig_names_the_students_namespace_and_another_way_in(
    workspace: Callable[..., Workspace],
) -> None:
    mine = workspace()
    through = yaml.safe_load(mine.student_kubeconfig(server="https://127.0.0.1:7443", tls_server_name="kubernetes"))
    assert through["contexts"][0]["context"]["namespace"] == mine.namespace
    assert through["clusters"][0]["cluster"]["server"] == "https://127.0.0.1:7443"
    assert through["clusters"][0]["cluster"]["tls-server-name"] == "kubernetes"


def test_what_the_graders_kernel_is_told_holds_no_credential(workspace: Callable[..., Workspace]) -> None:
    mine = workspace("lab06-rbac")
    told = mine.as_json()
    assert told["namespace"] == mine.namespace
    assert told["neighbour"] == mine.neighbour
    assert "token" not in json.dumps(told) + repr(mine)


@pytest.mark.parametrize("suffix", ["", "-grader"])
def test_a_namespace_that_is_not_ours_is_never_adopted(
    connection: Connection,
    admin: client.CoreV1Api,
    a_foreign_namespace: Callable[[str], client.V1Namespace],
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    taken = naming.new_names("lab02", "foreign")
    free = naming.new_names("lab02", "ada")
    foreign = a_foreign_namespace(taken.namespace + suffix)
    names = iter([taken, free])
    monkeypatch.setattr(naming, "new_names", lambda lab, student: next(names))

    with open_workspace(connection, "lab02-serve-a-model", "ada") as mine:
        assert mine.namespace == free.namespace
        half_made = admin.list_namespace(label_selector=f"{naming.LABEL_WORKSPACE}={taken.id}").items
        assert all(each.metadata.deletion_timestamp for each in half_made)

    after = admin.read_namespace(foreign.metadata.name)
    assert after.metadata.uid == foreign.metadata.uid
    assert after.metadata.deletion_timestamp is None
    assert not [key for key in after.metadata.labels if key.startswith("course.autograder")]
    assert not admin.list_namespaced_limit_range(foreign.metadata.name).items


def test_it_gives_up_when_every_name_is_taken(
    connection: Connection,
    a_foreign_namespace: Callable[[str], client.V1Namespace],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken = naming.new_names("lab02", "foreign")
    a_foreign_namespace(taken.namespace)
    monkeypatch.setattr(naming, "new_names", lambda lab, student: taken)
    with pytest.raises(WorkspaceError, match="names in a row"):
        create(connection, "lab02-serve-a-model", "ada")


def test_an_api_server_that_is_away_is_said_so_and_nothing_is_claimed(tmp_path: Path) -> None:
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(
        yaml.safe_dump(
            {
                "current-context": "c",
                "contexts": [{"name": "c", "context": {"cluster": "c", "user": "u"}}],
                "clusters": [{"name": "c", "cluster": {"server": "http://127.0.0.1:9"}}],
                "users": [{"name": "u", "user": {}}],
            }
        )
    )
    with pytest.raises(ClusterUnreachable, match="no answer"):
        create(Connection(kubeconfig), "lab02-serve-a-model", "ada")


def test_what_is_shared_is_installed_once(connection: Connection) -> None:
    install_shared(connection)
    assert install_shared(connection) == []
