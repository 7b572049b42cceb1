"""A learner's workspace is theirs for as long as was said, and a new one is never taken for the old."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from autograder.cluster import building
from autograder.cluster.connection import Connection
from autograder.study.desks import Desk
from autograder.study.staying import LIFETIME_S, is_there, leave, stay
from autograder.workspace import Workspace, list_workspaces, remove

pytestmark = pytest.mark.live


def accounts_in(workspace: Workspace, folder: Path) -> str:
    """What the learner sees there, with a kubeconfig made now."""
    (folder / "kubeconfig").write_text(workspace.student_kubeconfig())
    command = [str(building.kubectl()), f"--kubeconfig={folder / 'kubeconfig'}", "get", "serviceaccounts", "-o", "name"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def is_going(workspace: Workspace, connection: Connection) -> bool:
    return all(each.going for each in list_workspaces(connection) if each.id == workspace.id)


def test_a_workspace_is_used_again_until_it_is_near_its_end(desk: Desk, connection: Connection, tmp_path: Path) -> None:
    first = stay(desk, connection)
    try:
        again = stay(desk, connection)
        assert (first.is_new, again.is_new) == (True, False)
        assert again.workspace == first.workspace, "remembered as it was made"
        assert "serviceaccount/student" in accounts_in(again.workspace, tmp_path)

        renewed = stay(desk, connection, near_its_end_s=LIFETIME_S)
        assert renewed.is_new
        assert renewed.instead_of == "had 479 minutes left"
        assert renewed.workspace.id != first.workspace.id
        assert is_going(first.workspace, connection), "nobody has a use for it any more"

        assert is_there(desk, connection)
        remove(connection, renewed.workspace.id, wait=False)
        assert not is_there(desk, connection)
        assert stay(desk, connection).instead_of == "is no longer on the cluster"
    finally:
        assert leave(desk, connection)
    assert not leave(desk, connection), "there is none to remove twice"


def test_what_is_remembered_is_of_one_cluster_and_may_be_spoilt(desk: Desk, connection: Connection) -> None:
    first = stay(desk, connection)
    record = desk.ours / "workspace.json"
    here = record.read_text()
    made = [first]
    try:
        for spoilt in (here.replace(connection.server, "https://elsewhere:6443"), "{", '{"id": 5}', "[]"):
            record.write_text(spoilt)
            made.append(stay(desk, connection))
            assert made[-1].is_new, spoilt
            assert made[-1].instead_of == ""
    finally:
        for each in made:
            remove(connection, each.workspace.id, wait=False)
