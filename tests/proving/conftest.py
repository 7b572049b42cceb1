"""A course of one small lab with known answers, and something that stands in for the cluster where none is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from grading import small_lab

from autograder.cli import explaining, main, proving
from autograder.cluster.connection import Connection
from autograder.grading.attempting import Outcome
from autograder.grading.settling import settled
from autograder.proving import goldens, mutating, proofs, running
from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.sources import LabSource, read_lab

States = Callable[[Answer, str], str]
"""What becomes of a criterion in an answer."""
GradedAs = Callable[[LabSource, list[Answer], States], None]
Small = tuple[LabSource, list[Answer]]

ANSWERS = {
    "right/otherwise.py": '"""Made in two steps."""\n# %% before: make-settings\nimport time\n',
    "wrong/size.py": '''"""Another size."""
LOSES = ["its secret size is seven"]
# %% change: make-settings
#- namespace, {"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "7"}}
#+ namespace, {"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "8"}}
''',
    "wrong/colour.py": '''"""Another colour."""
LOSES = ["its colour is blue"]
# %% change: make-settings
#- namespace, {"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "7"}}
#+ namespace, {"metadata": {"name": "settings"}, "data": {"colour": "red", "size": "7"}}
''',
    "wrong/misnamed.py": '''"""The ConfigMap has another name."""
LOSES = ["ConfigMap `settings` exists", "its colour is blue", "its secret size is seven"]
# %% change: make-settings
#- namespace, {"metadata": {"name": "settings"}, "data": {"colour": "blue", "size": "7"}}
#+ namespace, {"metadata": {"name": "setting"}, "data": {"colour": "blue", "size": "7"}}
''',
    "wrong/no_more.py": '''"""Only one of them."""
LOSES = ["ConfigMap `more` exists"]
# %% change: make-settings
#- core.create_namespaced_config_map(namespace, {"metadata": {"name": "more"}, "data": {}})
''',
}


WORDS = {"expected": "what the task says", "found": "something else", "next_step": "kubectl get configmaps"}
"""What stands in for a check's words, whatever is lost."""
GOLDENS = """\
# a comment

colour
  criterion  its colour is blue
  expected   what the task says
  found      something else
  next step  kubectl get configmaps

misnamed
  criterion  ConfigMap `settings` exists
  expected   what the task says
  found      a ConfigMap of nearly that name
  next step  kubectl get configmaps
  or
  criterion  ConfigMap `settings` exists
  expected   what the task says
  found      something else
  next step  kubectl get configmaps

no_more
  criterion  ConfigMap `more` exists
  expected   what the task says
  found      something else
  next step  kubectl get configmaps

size
  hidden     its secret size is seven
  expected   what the task says
  found      something else
  next step  kubectl get configmaps
"""


def as_claimed(answer: Answer, sentence: str) -> str:
    return "failed" if answer.kind == "blank" or sentence in answer.loses else "passed"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where commands find it as well."""
    small_lab.write_source(tmp_path)
    (tmp_path / "course" / "cluster" / "workspace").mkdir(parents=True)
    for name, text in ANSWERS.items():
        path = tmp_path / "tests" / "answers" / small_lab.LAB / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (path.parent.parent / goldens.FILE_NAME).write_text(GOLDENS)
    monkeypatch.setenv("AUTOGRADER_COURSE", str(tmp_path))
    return tmp_path


@pytest.fixture
def small_answers(course: Path) -> Small:
    source = read_lab(course, small_lab.LAB)
    return source, read_answers(course / "tests" / "answers" / small_lab.LAB, source)


@pytest.fixture
def no_cluster(monkeypatch: pytest.MonkeyPatch, course: Path) -> None:
    """For commands that would start one."""
    monkeypatch.setattr(proving, "open_cluster", lambda *args, **kwargs: Connection(Path("nowhere")))
    monkeypatch.setenv("COLUMNS", "200")


def prove(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """`autograder prove WORDS` in this process: exit code, stdout, stderr."""
    monkeypatch.setattr(sys, "argv", ["autograder", "prove", *words])
    explaining.output.cache_clear()
    explaining.notes.cache_clear()
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


@pytest.fixture
def graded_as(monkeypatch: pytest.MonkeyPatch) -> GradedAs:
    """Stand in for the cluster: a state for each answer's criteria, or an error that keeps it from being run."""

    def use(source: LabSource, answers: list[Answer], states: States) -> None:
        for module in (proofs, mutating):
            monkeypatch.setattr(module, "sweep", lambda *args, **kwargs: [])
        known = {f"{each.kind}-{each.name}": each for each in answers}

        def attempt(notebook: Any, submission: Any, check_cells: Any, *args: Any, **kwargs: Any) -> Outcome:
            answer = known[submission.student]
            said = {
                grade_id: [
                    {"sentence": each.sentence, "points": each.points, "state": states(answer, each.sentence), **WORDS}
                    for each in declared
                ]
                for grade_id, declared in source.criteria.items()
            }
            cells = settled(check_cells, said)
            outage = "the API server went away" if any(cell.unchecked for cell in cells) else ""
            return Outcome(notebook, cells, outage, "id", 1, {}, ())

        monkeypatch.setattr(running, "attempt", attempt)

    return use
