"""Answers on file → the notebooks they are handed in as; a file that is not an answer is said to be none."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.errors import GradingError
from autograder.proving.answers import BLANK, REFERENCE
from autograder.proving.fitting import read_answers
from autograder.proving.handing_in import submitted
from autograder.proving.parsing import read_answer
from autograder.proving.sources import LabSource, canonical_cells, labs_in, read_lab, released

CHECK = """from autograder import lab

with lab.criterion(2, "it is there"):
    lab.get_object("configmap/x")

### BEGIN HIDDEN TESTS
with lab.criterion(1, "it stays there"):
    lab.get_object("configmap/x")
### END HIDDEN TESTS
lab.points()"""

ANSWER = '''"""A typo in the name.

More about it, which is not printed.
"""

LOSES = ["it is there"]

# %% cell: make
#| %%bash
#| kubectl create configmap y
#|
#| kubectl get configmaps
'''


def marked(source: str, grade_id: str, **marks: object) -> nbformat.NotebookNode:
    every = {
        "schema_version": 3,
        "cell_type": "code",
        "grade": False,
        "solution": False,
        "locked": False,
        "task": False,
    }
    return new_code_cell(source, metadata={"nbgrader": every | {"grade_id": grade_id} | marks})


def solution(text: str, grade_id: str) -> nbformat.NotebookNode:
    return marked(f"### BEGIN SOLUTION\n{text}\n### END SOLUTION", grade_id, solution=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course with one small lab."""
    folder = tmp_path / "source" / "lab00"
    folder.mkdir(parents=True)
    cells = [
        new_markdown_cell("# A lab"),
        marked("namespace = 'n'", "setup", locked=True),
        solution("make('x')", "make"),
        solution("label('x')", "label"),
        marked(CHECK, "check", grade=True, locked=True, points=3),
    ]
    cells[1].metadata["tags"] = cells[-1].metadata["tags"] = ["parameters"]
    nbformat.write(new_notebook(cells=cells), folder / "lab00.ipynb")
    return tmp_path


@pytest.fixture
def source(root: Path) -> LabSource:
    return read_lab(root, "lab00")


def on_file(folder: Path, text: str, name: str = "typo.py") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def source_of(notebook: nbformat.NotebookNode, grade_id: str) -> str:
    return next(
        str(cell.source) for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def test_a_lab_knows_its_cells_and_criteria(source: LabSource) -> None:
    assert list(source.check_cells) == ["check"]
    assert list(source.solution_cells) == ["make", "label"]
    assert source.sentences == ("it is there", "it stays there")
    assert [each.hidden for each in source.criteria["check"]] == [False, True]


def test_an_answer_says_what_it_is_and_what_it_loses(tmp_path: Path) -> None:
    answer = read_answer(on_file(tmp_path, ANSWER), "wrong")
    assert (answer.name, answer.kind, answer.says) == ("typo", "wrong", "A typo in the name.")
    assert answer.loses == ("it is there",)


def test_lines_that_are_not_python_are_put_into_the_cell_as_they_are(tmp_path: Path) -> None:
    [part] = read_answer(on_file(tmp_path, ANSWER)).parts
    assert (part.how, part.name) == ("cell", "make")
    assert part.text == "%%bash\nkubectl create configmap y\n\nkubectl get configmaps"


def test_what_an_answer_does_not_name_is_the_reference_solutions(tmp_path: Path, source: LabSource) -> None:
    notebook = submitted(source, read_answer(on_file(tmp_path, ANSWER), "wrong"))
    assert source_of(notebook, "make").startswith("%%bash")
    assert "label('x')" in source_of(notebook, "label")


def test_a_marker_with_nothing_below_it_empties_the_cell(tmp_path: Path, source: LabSource) -> None:
    answer = read_answer(on_file(tmp_path, '"""Nothing at all."""\n\n# %% cell: make\n# %% cell: label\n'))
    notebook = submitted(source, answer)
    assert source_of(notebook, "make") == source_of(notebook, "label") == ""


def test_what_is_handed_in_holds_no_hidden_criterion(source: LabSource) -> None:
    for notebook in (released(source), submitted(source, REFERENCE)):
        assert "it is there" in source_of(notebook, "check")
        assert "it stays there" not in nbformat.writes(notebook)


def test_the_reference_is_the_solution_and_the_blank_one_has_none(source: LabSource) -> None:
    assert source_of(submitted(source, REFERENCE), "make") == "make('x')"  # as a student writes it, without marks
    blank = submitted(source, BLANK)
    assert blank == released(source)
    assert "make('x')" not in nbformat.writes(blank)
    assert "make('x')" in source_of(source.notebook, "make")  # the lab itself is not changed


def test_without_examples_what_comes_before_the_work_is_left_out_and_a_self_check_is_not(source: LabSource) -> None:
    source.notebook.cells.insert(0, new_code_cell("!kubectl create configmap an-example"))
    source.notebook.cells.insert(-1, new_code_cell("!kubectl delete pods --all"))
    whole, brief = (submitted(source, REFERENCE, examples=kept) for kept in (True, False))
    assert "an-example" in nbformat.writes(whole)
    assert "an-example" not in nbformat.writes(brief)
    assert "delete pods" in nbformat.writes(brief)
    assert len([each for each in whole.cells if each not in brief.cells]) == 1
    assert source_of(brief, "make") == "make('x')"


def test_the_labs_own_cells_keep_what_releasing_takes_away(source: LabSource) -> None:
    cells = {each.grade_id: each for each in canonical_cells(source)}
    assert {name: each.kind for name, each in cells.items()} == {
        "setup": "locked",
        "make": "solution",
        "label": "solution",
        "check": "check",
    }
    assert (cells["setup"].tags, cells["check"].tags) == (("parameters",), ())
    assert cells["check"].source == CHECK
    assert cells["check"].points == 3
    assert "make('x')" not in cells["make"].source


def test_a_labs_answers_are_the_files_the_reference_and_the_blank_one(root: Path, source: LabSource) -> None:
    on_file(root / "answers" / "wrong", ANSWER)
    on_file(root / "answers" / "right", '"""Another way."""\n# %% cell: make\nmake("x", how="otherwise")\n', "other.py")
    found = [(each.kind, each.name) for each in read_answers(root / "answers", source)]
    assert found == [("right", "reference"), ("right", "other"), ("wrong", "typo"), ("blank", "blank")]


@pytest.mark.parametrize(
    ("kind", "text", "complaint"),
    [
        ("wrong", "# %% cell: make\n", "does not say what it is"),
        ("wrong", '"""Typo."""\n# %% cell: make\n', "does not say what it loses"),
        ("wrong", '"""Typo."""\nLOSES = []\n', "does not say what it loses"),
        ("wrong", '"""Typo."""\nLOSES = [sentence]\n', "not a list of sentences"),
        ("right", '"""Fine."""\nLOSES = ["it is there"]\n', "a right answer, which loses nothing"),
        ("right", '"""Fine."""\nimport os\n# %% cell: make\n', "other code before its first cell, in line 2"),
        ("right", '"""Fine."""\n(\n# %% cell: make\n', "is not Python"),
        ("right", '"""Fine."""\n# %% cell: make\n1\n# %% cell: make\n2\n', "the same cell twice"),
        ("right", '"""Fine."""\n# %% cell: mkae\n1\n', "solution cell “mkae”"),
        ("right", '"""Fine."""\n# %% cell: check\n1\n', "solution cell “check”"),
        ("wrong", '"""Typo."""\nLOSES = ["it is theer"]\n', "criterion “it is theer”"),
    ],
)
def test_a_file_that_is_no_answer_to_the_lab_is_unfit_and_the_others_are_not(
    root: Path, source: LabSource, kind: str, text: str, complaint: str
) -> None:
    on_file(root / "answers" / kind, text)
    on_file(root / "answers" / "wrong", ANSWER, "other.py")
    found = {each.label: each for each in read_answers(root / "answers", source)}
    assert complaint in found[f"{kind}/typo"].unfit
    assert f"{kind}/typo.py" in found[f"{kind}/typo"].unfit
    assert [label for label, each in found.items() if each.unfit] == [f"{kind}/typo"]


def test_criteria_that_cannot_be_told_apart_are_refused(root: Path) -> None:
    path = root / "source/lab00/lab00.ipynb"
    path.write_text(path.read_text().replace("it stays there", "it is there"))
    with pytest.raises(GradingError, match="two criteria of lab00 say “it is there”"):
        read_lab(root, "lab00")


def test_a_lab_that_is_not_there_is_said_with_those_that_are(root: Path) -> None:
    assert labs_in(root) == ["lab00"]
    with pytest.raises(GradingError, match="the labs here are: lab00"):
        read_lab(root, "lab99")
