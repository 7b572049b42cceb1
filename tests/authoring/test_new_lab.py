"""`autograder new` begins a lab that is whole: it can be generated, has answers that fit, and writes over nothing."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from labs.test_notebooks import SECTIONS, marked
from nbgrader.nbgraderformat import MetadataValidator

from autograder.authoring.naming import named
from autograder.authoring.scaffolding import scaffold
from autograder.cli import explaining, main
from autograder.errors import GradingError
from autograder.proving.fitting import read_answers
from autograder.proving.sources import read_lab, released
from autograder.workspace.manifests import workspace_objects

ROOT = Path(__file__).parents[2]
LAB = "lab15-wake-up"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "course" / "cluster" / "workspace", tmp_path / "course" / "cluster" / "workspace")
    shutil.copytree(ROOT / "source" / "lab06-rbac", tmp_path / "source" / "lab06-rbac")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
    return tmp_path


def new(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """`autograder new WORDS` in this process; returns the exit code."""
    monkeypatch.setattr(sys, "argv", ["autograder", "new", *words])
    explaining.output.cache_clear()
    explaining.notes.cache_clear()
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def files(course: Path) -> dict[str, bytes]:
    return {path.relative_to(course).as_posix(): path.read_bytes() for path in course.rglob("*") if path.is_file()}


def test_a_new_lab_has_the_form_of_the_others(course: Path) -> None:
    scaffold(course, named(LAB), "Wake it up")
    notebook = nbformat.read(course / "source" / LAB / f"{LAB}.ipynb", as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    model = nbformat.read(ROOT / "source/lab03-labels/lab03-labels.ipynb", as_version=nbformat.NO_CONVERT)
    assert notebook.metadata == model.metadata
    named_cells = {cell.id: cell for cell in notebook.cells}
    same = {cell.id: cell for cell in model.cells if cell.id in ("settings", "setup")}
    assert {name: (named_cells[name].source, named_cells[name].metadata) for name in same} == {
        name: (cell.source, cell.metadata) for name, cell in same.items()
    }, "the cells before the idea are the same in all labs"
    assert notebook.cells[0].source.startswith("# Lab 15 · Wake it up\n")
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    places = [text.find(f"\n{section}") for section in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)
    assert [cell.metadata.nbgrader.points for cell in marked(notebook, "grade")] == [2]


def test_its_answers_fit_and_one_criterion_is_hidden(course: Path) -> None:
    scaffold(course, named(LAB))
    source = read_lab(course, LAB)
    declared = [each for found in source.criteria.values() for each in found]
    assert [each.hidden for each in declared] == [False, True]
    answers = read_answers(course / "tests" / "answers" / LAB, source)
    assert [(each.label, each.unfit) for each in answers] == [
        ("right/reference", ""),
        ("right/with_kubectl", ""),
        ("wrong/another_name", ""),
        ("blank/blank", ""),
    ]
    assert {each for answer in answers for each in answer.loses} == set(source.sentences)
    handed_out = "\n".join(cell.source for cell in released(source).cells)
    assert "note.data" not in handed_out
    assert "immutable of" not in handed_out


def test_what_its_workspace_begins_with_lies_inside_of_it(course: Path) -> None:
    scaffold(course, named(LAB))
    (path,) = (course / "course/cluster/labs" / LAB).iterdir()
    assert yaml.safe_load(path.read_text())["metadata"]["namespace"] == "${namespace}"
    names = ("namespace", "grader_namespace", "neighbour", "lab", "student", "workspace", "service_account")
    values = {name: name for name in (*names, "grader_account", "image_prefix", "api_server", "api_server_egress")}
    made = workspace_objects(course, LAB, values)
    assert [each["metadata"]["name"] for each in made if each["kind"] == "ConfigMap"] == ["note"]


def test_the_command_says_what_it_wrote_and_what_is_next(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(course)
    assert new(monkeypatch, LAB) == 0
    said = capsys.readouterr().out
    written = files(course).keys() - before.keys()
    assert len(written) == 5
    assert all(f"new {name}" in said for name in written)
    assert f"autograder prove {LAB} --update-goldens" in said
    assert "# Lab 15 · Wake up" in (course / "source" / LAB / f"{LAB}.ipynb").read_text()


@pytest.mark.parametrize("there", [f"source/{LAB}", f"course/cluster/labs/{LAB}", f"tests/answers/{LAB}/wrong"])
def test_nothing_is_ever_written_over(
    there: str, course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / there).mkdir(parents=True)
    (course / there / "mine.txt").write_text("an evening's work")
    before = files(course)
    assert new(monkeypatch, LAB) == 1
    assert f"{there} is there already" in " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert files(course) == before


def test_a_dangling_link_is_something_too(course: Path) -> None:
    (course / "source" / LAB).symlink_to(course / "nowhere")
    with pytest.raises(GradingError, match="is there already"):
        scaffold(course, named(LAB))
    assert not (course / "nowhere").exists()


@pytest.mark.parametrize(
    "name",
    [
        *("", "lab", "lab1-x", "lab00-x", "lab15", "lab15-", "lab15-Wake", "lab15-wake--up", "lab15-9", "lab15_wake"),
        *(
            "../lab15-x",
            "lab15-x/..",
            "/lab15-x",
            "lab15-wäke",
            "15-wake",
            "lab15-x\n",
            f"lab15-{'x' * 40}",
            "lab015-x",
        ),
    ],
)
def test_a_bad_name_is_refused_and_a_good_one_shown(
    name: str, course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(course)
    assert new(monkeypatch, name) == 1
    assert "lab15-wake-up" in capsys.readouterr().err
    assert files(course) == before


def test_a_number_is_given_once(
    course: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert new(monkeypatch, "lab06-quota") == 1
    assert "lab06-rbac has that number" in capsys.readouterr().err


@pytest.mark.parametrize("title", ["two\nlines", 'a "quoted" one', "back\\slash", "\x1b[31mred"])
def test_a_title_that_would_break_the_notebook_is_refused(title: str, course: Path) -> None:
    before = files(course)
    with pytest.raises(GradingError, match="the title"):
        scaffold(course, named(LAB), title)
    assert files(course) == before


def test_a_title_is_text_and_no_template(course: Path) -> None:
    scaffold(course, named(LAB), "{{ lab }} & <b>Ärger</b>")
    notebook = nbformat.read(course / "source" / LAB / f"{LAB}.ipynb", as_version=4)
    assert notebook.cells[0].source.startswith("# Lab 15 · {{ lab }} & <b>Ärger</b>\n")
