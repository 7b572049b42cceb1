"""Every lab has the answers that its grader is proven with, and they speak of criteria and cells that exist.

Read without a cluster, so that a sentence changed in a notebook is noticed at once; `autograder prove` runs them.
"""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from autograder.checks.reading import declared_criteria
from autograder.proving.fitting import read_answers
from autograder.proving.parsing import read_answer
from autograder.proving.sources import read_lab

ROOT = Path(__file__).parents[2]
LABS = sorted(path.name for path in (ROOT / "source").iterdir() if path.is_dir())
LEAST = {
    "lab01-find-your-way": (30, 12),
    "lab02-serve-a-model": (20, 16),
    "lab03-labels": (20, 10),
    "lab04-config-and-secrets": (20, 12),
    "lab05-quota": (20, 12),
    "lab06-rbac": (20, 16),
    "lab07-storage": (30, 12),
    "lab08-training-jobs": (40, 12),
    "lab09-gpus": (30, 12),
    "lab10-rollouts": (30, 12),
    "lab11-autoscaling": (30, 12),
    "lab12-debugging": (30, 12),
    "lab13-install-a-tool": (30, 12),
    "lab14-capstone": (30, 12),
}
"""how many wrong and right answers a lab has at least, where it is more than a new one must have"""


def cells(lab: str, mark: str) -> dict[str, str]:
    """Sources by grade_id of the cells that carry this nbgrader mark."""
    notebook = nbformat.read(ROOT / "source" / lab / f"{lab}.ipynb", as_version=4)
    found = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get(mark)]
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in found}


def answers(lab: str, kind: str) -> list[Path]:
    return sorted((ROOT / "tests" / "answers" / lab).glob(f"{kind}/*.py"))


def loses(path: Path) -> list[str]:
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "LOSES":
            return ast.literal_eval(node.value)
    return []


@pytest.mark.parametrize("lab", LABS)
def test_there_are_many_wrong_answers_and_unusual_right_ones(lab: str) -> None:
    wrong, right = LEAST.get(lab, (5, 3))
    assert len(answers(lab, "wrong")) >= wrong
    assert len(answers(lab, "right")) >= right


@pytest.mark.parametrize("lab", LABS)
def test_every_criterion_is_lost_by_some_wrong_answer_and_no_other_is_named(lab: str) -> None:
    declared = {criterion.sentence for check in cells(lab, "grade").values() for criterion in declared_criteria(check)}
    named = {sentence for path in answers(lab, "wrong") for sentence in loses(path)}
    assert named == declared


@pytest.mark.parametrize("lab", LABS)
def test_every_answer_fits_its_lab(lab: str) -> None:
    unfit = [each.unfit for each in read_answers(ROOT / "tests" / "answers" / lab, read_lab(ROOT, lab)) if each.unfit]
    assert unfit == []


@pytest.mark.parametrize("path", [path for lab in LABS for path in answers(lab, "*")], ids=lambda path: path.stem)
def test_an_answer_says_what_it_is_and_differs_from_the_reference(path: Path) -> None:
    answer = read_answer(path, path.parts[-2])
    assert (ast.get_docstring(ast.parse(path.read_text())) or "").strip().endswith(".")
    assert answer.parts
    assert bool(answer.loses) == (answer.kind == "wrong")
