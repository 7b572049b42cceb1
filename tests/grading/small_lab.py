"""A lab small enough to be graded in seconds: it asks for two ConfigMaps, and its checks only talk to the API."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

LAB = "lab00-settings"
POINTS = 6.0

SETTINGS = """\
namespace = None"""

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"

SOLUTION = """\
import kubernetes

kubernetes.config.load_kube_config()
core = kubernetes.client.CoreV1Api()
core.create_namespaced_config_map(
    namespace, {"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "7"}}
)
core.create_namespaced_config_map(namespace, {"metadata": {"name": "more"}, "data": {}})"""

PARTLY = SOLUTION.replace('"size": "7"', '"size": "8"')
"""Loses the hidden criterion, worth 1."""

CHECK_SETTINGS = """\
from autograder import lab

with lab.criterion(2, "ConfigMap `settings` exists"):
    lab.expect(lab.exists("configmap/settings"), equal=True, what="whether it exists")

with lab.criterion(1, "its colour is blue"):
    lab.expect(lab.get_object("configmap/settings")["data"].get("colour"), equal="blue", what="the colour")

### BEGIN HIDDEN TESTS
with lab.criterion(1, "its secret size is seven"):
    lab.expect(lab.get_object("configmap/settings")["data"].get("size"), equal="7", what="the secret size")
### END HIDDEN TESTS
lab.points()"""

CHECK_MORE = """\
from autograder import lab

with lab.criterion(2, "ConfigMap `more` exists"):
    lab.expect(lab.exists("configmap/more"), equal=True, what="whether it exists")
lab.points()"""


def marks(grade_id: str, **changes: object) -> dict[str, object]:
    """nbgrader's metadata of a cell."""
    plain = {
        "grade": False,
        "grade_id": grade_id,
        "locked": False,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return {**plain, **changes}


def source_notebook(*, check_settings: str = CHECK_SETTINGS, points: float = 4) -> NotebookNode:
    """The instructor's notebook."""
    settings = {"nbgrader": marks("settings", locked=True), "tags": ["parameters"]}
    check = marks("check-settings", grade=True, locked=True, points=points)
    more = marks("check-more", grade=True, locked=True, points=2)
    solution = f"### BEGIN SOLUTION\n{SOLUTION}\n### END SOLUTION"
    return new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            new_markdown_cell("# Make the settings"),
            new_code_cell(SETTINGS, metadata=settings),
            new_code_cell(solution, metadata={"nbgrader": marks("make-settings", solution=True)}),
            new_code_cell(check_settings, metadata={"nbgrader": check}),
            new_markdown_cell("## And more"),
            new_code_cell(CHECK_MORE, metadata={"nbgrader": more}),
        ],
    )


def write_source(course: Path, notebook: NotebookNode | None = None) -> Path:
    """Put the lab into a course."""
    path = course / "source" / LAB / f"{LAB}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook or source_notebook(), path)
    return path


def answered(released: NotebookNode, answer: str = SOLUTION) -> NotebookNode:
    """What a student makes of the released notebook."""
    notebook = copy.deepcopy(released)
    find(notebook, "make-settings").source = answer
    return notebook


def find(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The cell of that name."""
    return next(cell for cell in notebook.cells if grade_id_of(cell) == grade_id)


def grade_id_of(cell: Mapping[str, object]) -> object:
    """The name nbgrader has for a cell, if any."""
    metadata = cell["metadata"]
    assert isinstance(metadata, Mapping)
    return metadata.get("nbgrader", {}).get("grade_id")
