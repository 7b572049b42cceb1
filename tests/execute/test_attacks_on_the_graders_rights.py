"""A student who may write Roles takes the grader's away: refused where the policies are, mended where they are not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from execute.small_notebooks import check_cell, points, text_of
from execute.test_live_execution import CHECK, KUBECTL, RIGHT
from nbformat.v4 import new_code_cell, new_notebook

from autograder.cluster.connection import Connection
from autograder.execute.execution import Execution, execute_submission
from autograder.workspace import Workspace, naming
from autograder.workspace.requesting import opened

BLINDING = """
import subprocess
for what in ("rolebinding/grader", "role/grader"):
    done = subprocess.run(["kubectl", "delete", what], capture_output=True, text=True)
    print(done.stdout or done.stderr)
rules = '{"rules": []}'
emptying = ["kubectl", "patch", "role", "grader", "--type=merge", "-p", rules]
done = subprocess.run(emptying, capture_output=True, text=True)
print(done.stdout or done.stderr)
"""

pytestmark = pytest.mark.live


def _executed(connection: Connection, place: Workspace, folder: Path) -> Execution:
    cells = [*map(new_code_cell, (RIGHT, KUBECTL, BLINDING)), check_cell("check", CHECK)]
    notebook = new_notebook(cells=cells)
    return execute_submission(notebook, connection, place, files=None, output_path=folder / "out.ipynb")


@contextmanager
def _out_of_the_policies_reach(connection: Connection, place: Workspace) -> Iterator[None]:
    """As on a cluster whose administrator has not installed them."""
    merge = "application/merge-patch+json"
    path = f"/api/v1/namespaces/{place.namespace}"
    with opened(connection) as admin:
        for value in (None, place.id):
            body = {"metadata": {"labels": {naming.LABEL_WORKSPACE: value}}}
            admin.request("PATCH", path, body=body, content_type=merge).must("label")
            if value is None:
                try:
                    yield
                except BaseException:
                    body["metadata"]["labels"][naming.LABEL_WORKSPACE] = place.id
                    admin.request("PATCH", path, body=body, content_type=merge)
                    raise


def test_the_api_server_refuses_to_blind_the_grader(
    connection: Connection, workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    execution = _executed(connection, workspace("lab06-rbac"), tmp_path)
    said = text_of(execution.notebook.cells[3])
    assert said.count("belongs to the course and stays as it is") == 3, said
    assert (points(execution), execution.notes) == (3.0, ())


def test_without_policies_the_grader_looks_all_the_same_and_it_is_noted(
    connection: Connection, workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    place = workspace("lab06-rbac")
    with _out_of_the_policies_reach(connection, place):
        execution = _executed(connection, place, tmp_path)
    said = text_of(execution.notebook.cells[3])
    assert said.count("deleted") == 2, said
    assert points(execution) == 3.0, execution.verdicts
    assert any("`grader` had been taken away" in note for note in execution.notes)
