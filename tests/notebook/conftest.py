"""A student's notebook, in this process: their kubeconfig, an IPython shell with the magics, and what it printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from autograder.checks import connecting
from autograder.cluster import building
from autograder.cluster.connection import Connection
from autograder.workspace import Workspace, open_workspace

Prints = Callable[[str], str]


@pytest.fixture(scope="module")
def place(connection: Connection) -> Iterator[Workspace]:
    with open_workspace(connection, "lab02-serve-a-model", "ada") as opened:
        yield opened


@pytest.fixture
def as_student(place: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    kubeconfig = tmp_path / "kubeconfig"
    kubeconfig.write_text(place.student_kubeconfig())
    monkeypatch.delenv("AUTOGRADER_WORKSPACE", raising=False)
    monkeypatch.delenv("AUTOGRADER_IMAGES", raising=False)
    monkeypatch.setenv("KUBECONFIG", str(kubeconfig))
    monkeypatch.setenv("PATH", f"{building.kubectl().parent}:/usr/bin:/bin")
    connecting.use(None)
    yield
    connecting.use(None)


@pytest.fixture
def prints(as_student: None, capsys: pytest.CaptureFixture[str]) -> Prints:
    """Runs a cell and returns what it printed, on whichever stream."""
    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "autograder.notebook")

    def run(cell: str) -> str:
        capsys.readouterr()
        shell.run_cell(cell)
        return "".join(capsys.readouterr())

    return run
