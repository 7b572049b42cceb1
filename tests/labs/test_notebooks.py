"""Every lab's instructor notebook is fit to be edited, generated and graded.

What a person editing in JupyterLab breaks without noticing is caught here: saved outputs, a lost nbgrader mark,
points that are no longer the sum of the criteria, a missing section that every lab promises. Whether the criteria
judge rightly is proven on a cluster, not here.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator

from autograder.checks.reading import declared_criteria

ROOT = Path(__file__).parents[2]
LABS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
SECTIONS = [
    "## Goal",
    "## Your place on the cluster",
    "## The idea",
    "## Worked example",
    "## The task",
    "## Self-check",
    "## Check cells",
    "## What to remember",
    "## Where to read on",
]
# The verbs by which a program of the student's learns that it is asked, looked at or replaced.
ASKING = {"get", "post", "request", "probe", "replace", "replaced", "would_be_ready"}


@pytest.fixture(params=LABS)
def notebook(request: pytest.FixtureRequest) -> NotebookNode:
    return nbformat.read(ROOT / "source" / request.param / f"{request.param}.ipynb", as_version=nbformat.NO_CONVERT)


def marked(notebook: NotebookNode, mark: str) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get(mark)]


def criteria(notebook: NotebookNode) -> list:
    return [criterion for cell in marked(notebook, "grade") for criterion in declared_criteria(cell.source)]


def test_there_are_labs_to_test() -> None:
    assert {"lab01-find-your-way", "lab02-serve-a-model", "lab06-rbac"} <= set(LABS)


def test_it_is_a_current_notebook_without_traces_of_a_run(notebook: NotebookNode) -> None:
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [], cell.id
            assert cell.execution_count is None, cell.id
        assert set(cell.metadata) <= {"nbgrader", "tags", "jupyter"}, cell.id


def test_nbgrader_takes_its_marks(notebook: NotebookNode) -> None:
    MetadataValidator().validate_nb(notebook)
    marks = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert {mark.schema_version for mark in marks} == {3}
    names = [mark.grade_id for mark in marks]
    assert len(names) == len(set(names))
    for cell in marked(notebook, "grade"):
        assert cell.metadata.nbgrader.locked, cell.id
        assert not cell.metadata.nbgrader.solution, cell.id


def test_the_points_of_a_check_cell_are_the_sum_of_its_criteria(notebook: NotebookNode) -> None:
    for cell in marked(notebook, "grade"):
        declared = declared_criteria(cell.source)
        assert cell.metadata.nbgrader.points == sum(criterion.points for criterion in declared), cell.id
        assert ast.unparse(ast.parse(cell.source).body[-1]) == "lab.points()", cell.id
        assert cell.source.startswith("from autograder import lab"), cell.id


def test_there_are_at_least_five_criteria_and_two_of_them_hidden(notebook: NotebookNode) -> None:
    found = criteria(notebook)
    assert len(found) >= 5
    assert sum(criterion.hidden for criterion in found) >= 2
    sentences = [criterion.sentence for criterion in found]
    assert len(sentences) == len(set(sentences))


def test_the_statement_says_what_can_be_earned(notebook: NotebookNode) -> None:
    found = criteria(notebook)
    total = sum(criterion.points for criterion in found)
    number = {5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}[len(found)]
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert f"| **Points** | {total:g}, in {number} criteria" in text


def test_every_solution_cell_has_one_marked_solution_and_nothing_beside_it(notebook: NotebookNode) -> None:
    assert marked(notebook, "solution")
    for cell in marked(notebook, "solution"):
        lines = cell.source.split("\n")
        assert lines[0] == "### BEGIN SOLUTION", cell.id
        assert lines[-1] == "### END SOLUTION", cell.id
        assert cell.source.count("### BEGIN SOLUTION") == cell.source.count("### END SOLUTION") == 1, cell.id


def test_every_section_that_a_lab_promises_is_there_in_order(notebook: NotebookNode) -> None:
    assert notebook.cells[0].source.startswith("# Lab ")
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    places = [text.find(f"\n{section}") for section in SECTIONS]
    assert -1 not in places, dict(zip(SECTIONS, places, strict=True))
    assert places == sorted(places)


def test_its_parameters_are_named_as_grading_fills_them_in(notebook: NotebookNode) -> None:
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    assigned = {target.id for node in ast.parse(tagged[0].source).body for target in node.targets}
    assert assigned == {"namespace", "images"}


def test_students_are_not_told_what_is_hidden(notebook: NotebookNode) -> None:
    hidden = [criterion.sentence for criterion in criteria(notebook) if criterion.hidden]
    for cell in notebook.cells:
        if not cell.metadata.get("nbgrader", {}).get("grade"):
            assert not any(sentence in cell.source for sentence in hidden), cell.id


def test_no_program_tells_its_student_what_a_hidden_criterion_asked_it(notebook: NotebookNode) -> None:
    """What a student's program says to an open criterion is quoted to them: the hidden ones ask it later."""
    asked_in_secret = False
    for hidden, asks in asking_criteria(notebook):
        assert hidden or not (asks and asked_in_secret)
        asked_in_secret |= hidden and asks


def asking_criteria(notebook: NotebookNode) -> list[tuple[bool, bool]]:
    """Of each criterion in order whether it is hidden, and whether it asks a program, itself or through a function."""
    trees = [(cell.source, ast.parse(cell.source)) for cell in marked(notebook, "grade")]
    functions = {node.name: node for _, tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    def asks(node: ast.AST, known: frozenset[str] = frozenset()) -> bool:
        for name in ast.walk(node):
            if isinstance(name, ast.Attribute) and ast.unparse(name.value) == "lab" and name.attr in ASKING:
                return True
            called = functions.get(name.id) if isinstance(name, ast.Name) and name.id not in known else None
            if called and asks(called, known | {called.name}):
                return True
        return False

    found = []
    for source, tree in trees:
        blocks = {node.lineno: node for node in ast.walk(tree) if isinstance(node, ast.With)}
        found += [(criterion.hidden, asks(blocks[criterion.line])) for criterion in declared_criteria(source)]
    return found


def test_nothing_of_this_machine_is_in_it(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        assert not re.search(r"/(work|root|home|tmp)/", cell.source), cell.id


@pytest.mark.parametrize("lab", LABS)
def test_nothing_is_left_of_what_a_new_lab_begins_with(lab: str) -> None:
    """`autograder new` says so where something is to be written."""
    folders = (ROOT / "source" / lab, ROOT / "course" / "cluster" / "labs" / lab, ROOT / "tests" / "answers" / lab)
    texts = [
        path for folder in folders for path in folder.rglob("*") if path.suffix in (".ipynb", ".svg", ".yaml", ".py")
    ]
    assert [path.name for path in texts if "TO WRITE" in path.read_text()] == []


def test_it_sends_nobody_to_a_lab_that_does_not_exist(notebook: NotebookNode) -> None:
    there = {name[3:5] for name in LABS}
    for cell in notebook.cells:
        lists = re.findall(r"\b[Ll]abs? (\d\d(?:(?:,| and) \d\d)*)", cell.source)
        assert set(re.findall(r"\d\d", " ".join(lists))) <= there, cell.id
