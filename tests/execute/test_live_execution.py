"""The two kernels in a workspace of a real cluster."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from execute.small_notebooks import check_cell, points, text_of
from nbformat.v4 import new_code_cell, new_notebook

from autograder.cluster.connection import Connection
from autograder.execute.execution import execute_submission
from autograder.workspace import Workspace

CHECK = """
from autograder import lab

with lab.criterion(2, "ConfigMap `answer` holds the answer"):
    lab.expect(lab.get_object("configmap/answer")["data"]["answer"], equal="42", what="the answer")
with lab.criterion(1, "ConfigMap `made-by-kubectl` is there"):
    lab.get_object("configmap/made-by-kubectl")
lab.points()
"""

RIGHT = """
from kubernetes import client, config
config.load_kube_config()
body = {"metadata": {"name": "answer"}, "data": {"answer": "42"}}
_ = client.CoreV1Api().create_namespaced_config_map(namespace, body)
"""

LOOK = "from autograder import lab\nlab.look()"

WHERE = """
from kubernetes import config
_, here = config.list_kube_config_contexts()
namespace = here["context"]["namespace"]
"""

KUBECTL = "!kubectl create configmap made-by-kubectl --from-literal=a=b"

pytestmark = pytest.mark.live


def test_student_and_grader_meet_in_the_cluster(
    connection: Connection, workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    place = workspace("lab06-rbac", "ada")
    notebook = new_notebook(
        cells=[check_cell("before", CHECK), *map(new_code_cell, (RIGHT, KUBECTL)), check_cell("after", CHECK)]
    )
    execution = execute_submission(notebook, connection, place, files=None, output_path=tmp_path / "out.ipynb")
    assert points(execution, "before") == 0.0, execution.verdicts
    assert points(execution, "after") == 3.0, [text_of(cell) for cell in execution.notebook.cells]
    assert execution.timings.waiting_s > 0


def test_the_magics_of_a_notebook_run_as_the_student(
    connection: Connection, workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    manifest = "%%apply\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: answer\ndata:\n  answer: '42'\n"
    cells = ["%load_ext autograder.notebook", manifest, "%kubectl create configmap made-by-kubectl", LOOK]
    notebook = new_notebook(cells=[*map(new_code_cell, cells), check_cell("after", CHECK)])
    place = workspace("lab06-rbac", "ada")
    execution = execute_submission(notebook, connection, place, files=None, output_path=tmp_path / "out.ipynb")
    said = [text_of(cell) for cell in execution.notebook.cells]
    assert points(execution, "after") == 3.0, said
    assert {"configmap/answer created\n", "configmap/made-by-kubectl created\n"} <= set(said)
    assert f"namespace {place.namespace}" in json.dumps([cell.get("outputs") for cell in execution.notebook.cells])


def test_the_grader_never_hands_out_its_credentials(
    connection: Connection, workspace: Callable[..., Workspace], tmp_path: Path
) -> None:
    mine, theirs = workspace("lab06-rbac", "ada"), workspace("lab06-rbac", "bob")
    ask = f"""
import os, socket, subprocess
from urllib.parse import urlsplit
for namespace in ({mine.namespace!r}, {theirs.namespace!r}, "kube-system"):
    done = subprocess.run(["kubectl", "get", "pods", "-n", namespace], capture_output=True, text=True)
    print("Forbidden" in done.stderr)
for port in (2379, 10250, 10257, 5000):
    try:
        socket.create_connection(({connection.server!r}.split("/")[2].split(":")[0], port), 2)
        print("reached", port)
    except OSError as error:
        print(error.errno)
"""
    notebook = new_notebook(cells=[new_code_cell(ask), check_cell("check", CHECK)])
    execution = execute_submission(notebook, connection, mine, files=None, output_path=tmp_path / "out.ipynb")
    assert text_of(execution.notebook.cells[1]).split() == ["False", "True", "True", "101", "101", "101", "101"]
    assert points(execution) == 0.0
    assert mine.grader_kubeconfig().splitlines()[-1] not in json.dumps(execution.notebook)


def test_papermills_own_command_runs_a_lab_in_a_workspace_of_its_own(connection: Connection, tmp_path: Path) -> None:
    notebook = new_notebook(
        cells=[new_code_cell(WHERE), new_code_cell(RIGHT), check_cell("check", CHECK)],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, tmp_path / "lab06-rbac.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", "autograder", "--no-progress-bar"]
    environment = {**os.environ, "KUBECONFIG": str(connection.kubeconfig)}
    done = subprocess.run(
        [*command, "lab06-rbac.ipynb", "out.ipynb"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    executed = nbformat.read(tmp_path / "out.ipynb", as_version=4)
    assert "2" in text_of(executed.cells[2])
