"""What a released notebook tells a student to run does run, with a student's rights, and prints what it shows.

The reference answer is filled in, every code cell is run from top to bottom in a kernel that has the student's
kubeconfig and nothing else, and what it prints is compared with the block that follows. So is every block of a terminal
in the text. A command that stands in a sentence must be one that works where it stands.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from labs.showing import Command, agrees, inline, only_looks, sessions, shown_after
from nbclient import NotebookClient
from nbformat import NotebookNode

from autograder.checks.criteria import MIME
from autograder.checks.reading import declared_criteria
from autograder.cluster import building
from autograder.cluster.connection import Connection
from autograder.cluster.places import cache_dir, state_dir
from autograder.proving.answers import REFERENCE
from autograder.proving.handing_in import submitted
from autograder.proving.sources import read_lab
from autograder.workspace import install_shared, list_workspaces, open_workspace

pytestmark = pytest.mark.live

ROOT = Path(__file__).parents[2]
LABS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
LOOK_AGAIN_S = 180.0
FAILS_ON_PURPOSE = {
    # said of Pods that crash; the example's does not
    "kubectl logs NAME --previous": "previous terminated container",
    # lab 09 says that it is so
    "kubectl get nodes": "nodes is forbidden",
}
"""commands in sentences that end badly where they stand, with what they say then"""
ONLY_NAMED = (
    "kubectl create -f worker.yaml",  # what the notebook of lab 06 will do, not what the reader does
    "kubectl get pod NAME",
    "kubectl get pods --watch",
    "kubectl rollout history",  # lab 10 speaks of what they do; its cells run them
    "kubectl rollout status",
    "kubectl rollout restart",
    "kubectl rollout undo",
    "kubectl set env",
    "kubectl set image",
)
"""commands in sentences that are not for the reader to run, as they stand"""


@dataclass(frozen=True)
class Place:
    """Where a student works."""

    lab: str
    namespace: str
    environment: dict[str, str]
    """with kubectl on PATH and the student's kubeconfig"""
    folder: Path
    node: str

    def run(self, line: str) -> subprocess.CompletedProcess[str]:
        command = ["bash", "-c", line]
        return subprocess.run(
            command, env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=120, check=False
        )

    def prints(self, printed: str, shown: str) -> bool:
        return agrees(printed, shown, namespace=self.namespace, node=self.node)


@pytest.fixture(scope="module", params=LABS)
def place(request: pytest.FixtureRequest, connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Iterator:
    folder = tmp_path_factory.mktemp("home")
    for handed_out in (ROOT / "source" / request.param).glob("*.*"):
        if handed_out.suffix != ".ipynb":
            shutil.copy(handed_out, folder)
    environment = _environment(folder)
    with open_workspace(connection, request.param, "ada") as opened:
        environment["KUBECONFIG"] = str(folder / "kubeconfig")
        (folder / "kubeconfig").write_text(opened.student_kubeconfig())
        # A Namespace's first Pod may come before its ServiceAccount's token does.
        yield Place(request.param, opened.namespace, environment, folder, _node(connection))


def _environment(folder: Path) -> dict[str, str]:
    """A person's, with kubectl on PATH and no cluster of this test run's in it."""
    (folder / "bin").mkdir()
    (folder / "bin" / "kubectl").symlink_to(building.kubectl())
    dropped = ("AUTOGRADER_WORKSPACE", "KUBECONFIG", "AUTOGRADER_IMAGES")
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    path = f"{folder / 'bin'}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "HOME": str(folder), "PATH": path, "IPYTHONDIR": str(folder / ".ipython")}


def _node(connection: Connection) -> str:
    """The first node: Pods are on another only where a lab says so."""
    command = [str(building.kubectl()), f"--kubeconfig={connection.kubeconfig}", "get", "nodes", "-o", "name"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return min(listed, key=len).partition("/")[2]


def test_every_cell_and_every_shell_line_runs_and_prints_what_is_shown(place: Place) -> None:
    notebook = submitted(read_lab(ROOT, place.lab), REFERENCE)
    client = _client(notebook, place)
    with client.setup_kernel(env=place.environment):
        for index, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown":
                _try_the_text(place, cell.source)
                continue
            following = notebook.cells[index + 1 : index + 2]
            shown = shown_after(following[0].source) if following and following[0].cell_type == "markdown" else None
            _try_the_cell(place, client, cell, index, shown)


def _try_the_cell(place: Place, client: NotebookClient, cell: NotebookNode, index: int, shown: str | None) -> None:
    deadline = time.monotonic() + LOOK_AGAIN_S
    while True:
        client.execute_cell(cell, index)
        if cell.metadata.get("nbgrader", {}).get("grade"):
            verdicts = _verdicts(cell)
            assert len(verdicts) == len(declared_criteria(cell.source))
            assert [each for each in verdicts if each["state"] != "passed"] == [], cell.id
            return
        printed = _printed(cell)
        if shown is None or place.prints(printed, shown):
            return
        if not only_looks(cell.source) or time.monotonic() > deadline:
            assert printed == shown, f"{cell.id} does not print what the notebook shows"


def _try_the_text(place: Place, markdown: str) -> None:
    for session in sessions(markdown):
        if not any(command.line.startswith("autograder ") for command in session):  # see the test below
            _try_the_session(place, session)
    for command in inline(markdown):
        _try_the_command(place, command.line)


def _try_the_session(place: Place, session: list[Command]) -> None:
    """A block of a terminal: what it assigns is known to the lines that follow."""
    assigned = ""
    for command in session:
        if re.match(r"(export )?\w+=", command.line):
            assigned += f"{command.line}\n"
            continue
        deadline = time.monotonic() + LOOK_AGAIN_S
        while True:
            done = place.run(assigned + command.line)
            printed = done.stdout + done.stderr
            if place.prints(printed, command.shows):
                break
            looks = only_looks(command.line) and time.monotonic() < deadline
            assert looks, f"{command.line}\nprints\n{printed}\nand not\n{command.shows}"


def _try_the_command(place: Place, line: str) -> None:
    """A command in a sentence: a bare one must be known, any other must do something here."""
    if line in ONLY_NAMED:
        return
    written = line
    if len(line.split()) == 2:
        line += " --help"
    if "NAME" in line:
        line = line.replace("NAME", _some_name(place, line))
    done = place.run(line)
    said = FAILS_ON_PURPOSE.get(written)
    assert (said in done.stderr) if said else (done.returncode == 0), f"{line}: {done.stdout}{done.stderr}"


def _some_name(place: Place, line: str) -> str:
    kind = re.search(r"\b(pod|deployment|service)\b", line)
    done = place.run(f"kubectl get {kind[1] if kind else 'pod'}s -o name")
    names = [name.partition("/")[2] for name in done.stdout.split()]
    assert names, f"there is nothing for {line}"
    return names[0]


def _client(notebook: NotebookNode, place: Place) -> NotebookClient:
    resources = {"metadata": {"path": str(place.folder)}}
    return NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources)


def _printed(cell: NotebookNode) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


def _verdicts(cell: NotebookNode) -> list[dict[str, Any]]:
    found = [output.data[MIME] for output in cell.outputs if MIME in output.get("data", {})]
    assert len(found) == 1, cell.outputs
    return list(found[0]["verdicts"])


@pytest.mark.parametrize("lab", LABS)
def test_the_way_to_kubectl_and_a_kubeconfig_works_as_it_is_written(
    lab: str, connection: Connection, tmp_path: Path
) -> None:
    """The blocks that are for whoever runs the course: run as that person, in one terminal."""
    notebook = read_lab(ROOT, lab).notebook
    texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    blocks = [block for text in texts for block in sessions(text) if any("autograder " in each.line for each in block)]
    if not blocks:
        pytest.skip(f"{lab} leaves it to another lab")
    folder = tmp_path / "home"
    folder.mkdir()
    environment = {**_environment(folder), "KUBECONFIG": str(connection.kubeconfig)}
    # Whoever runs the course has built it: with a home of their own these would be built anew.
    environment |= {"AUTOGRADER_CACHE": str(cache_dir()), "AUTOGRADER_STATE": str(state_dir())}
    (folder / "bin" / "kubectl").unlink()  # the block says where it is to be had
    install_shared(connection)  # as its operator has; the embedded cluster would do so by itself
    before = {each.id for each in list_workspaces(connection)}
    for block in blocks:
        lines = "\n".join(f"{each.line}\necho '== '" for each in block)
        done = subprocess.run(
            ["bash", "-ec", lines],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
        made = [each for each in list_workspaces(connection) if each.id not in before]
        try:
            assert done.returncode == 0, done.stderr
            assert made, "no workspace was made"
            printed = [part.strip() for part in done.stdout.split("== \n")]
            namespace = next(name for name in made[0].namespaces if name in done.stdout)
            for command, said in zip(block, printed, strict=False):
                if command.shows.strip():
                    said = re.sub(r"KUBECONFIG=\S*/", "KUBECONFIG=/your/folder/", said)
                    assert agrees(said or done.stderr, command.shows, namespace=namespace), (command, said)
        finally:
            _remove(connection, made)


def _remove(connection: Connection, made: list[Any]) -> None:
    for each in made:
        for namespace in each.namespaces:
            command = [str(building.kubectl()), f"--kubeconfig={connection.kubeconfig}", "delete", "--wait=false"]
            subprocess.run([*command, "namespace", namespace], capture_output=True, check=True)


def test_what_differs_from_run_to_run_is_put_aside_and_nothing_else() -> None:
    shown = (
        'pod/hello-7d9c5b7f4d-x2m8q   1/1   Running   0   2s   10.244.0.17   node\n{"label": "positive", "score": 0.9}'
    )
    said = 'pod/hello-5f6b8d5c9d-9wlxh 1/1 Running 0 14s 10.2.3.4 n-1\r\n{"label": "positive", "score": 0.51}\n'
    assert agrees(said, shown, namespace="x", node="n-1")
    assert not agrees(said.replace("positive", "negative"), shown, namespace="x", node="n-1")
    assert not agrees(said.replace("1/1", "0/1"), shown, namespace="x", node="n-1")
    assert agrees('"x" deleted from lab-1 namespace', '"x" deleted from your-namespace namespace', namespace="lab-1")
    assert agrees("(groups=[a, b]) is", "(groups=[a ...]) is", namespace="x")
    assert json.dumps(shown_after("```text\na\n```\nb")) == '"a\\n"'
    assert [each.line for each in sessions("```text\n$ a\nb\n$ c\n```")[0]] == ["a", "c"]
