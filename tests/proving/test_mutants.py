"""Weaker versions of a check cell: which there are, how they read, and who can be expected to notice."""

from __future__ import annotations

from pathlib import Path

import pytest
from grading import small_lab

from autograder.checks.reading import tree_of
from autograder.errors import GradingError
from autograder.proving.answers import Answer
from autograder.proving.mutants import Mutant, mutants_of, mutated, who_can_tell
from autograder.proving.sources import LabSource, labs_in, read_lab

REPOSITORY = Path(__file__).parents[2]


def lab_with(tmp_path: Path, check: str) -> LabSource:
    """The small lab, its first check cell being this one."""
    small_lab.write_source(tmp_path, small_lab.source_notebook(check_settings=check))
    return read_lab(tmp_path, small_lab.LAB)


def mutants(tmp_path: Path, check: str) -> list[Mutant]:
    """Of that cell, without those of the criterion that always passes."""
    found = mutants_of(lab_with(tmp_path, check))
    return [each for each in found if each.grade_id == "check-settings" and each.kind != "always passes"]


def changed_lines(check: str, mutant: Mutant) -> list[str]:
    return [new for old, new in zip(check.split("\n"), mutant.cell.split("\n"), strict=True) if old != new]


def criterion(*body: str) -> str:
    return "\n".join(
        [
            "from autograder import lab",
            'with lab.criterion(2, "it is so"):',
            *(f"    {line}" for line in body),
            "lab.points()",
        ]
    )


def test_every_criterion_has_a_mutant_in_which_it_always_passes(tmp_path: Path) -> None:
    source = lab_with(tmp_path, small_lab.CHECK_SETTINGS)
    passing = [each for each in mutants_of(source) if each.kind == "always passes"]
    assert [each.criteria for each in passing] == [(1,), (2,), (3,), (4,)]
    assert "colour" in passing[0].cell
    assert 'lab.exists("configmap/settings")' not in passing[0].cell


@pytest.mark.parametrize(
    ("line", "mutant"),
    [
        ('lab.wait("deployment/x", ready=2)', 'lab.wait("deployment/x", ready=1)'),
        ("lab.expect(n, at_least=3)", "lab.expect(n, at_least=2)"),
        ("lab.expect(n, at_most=3)", "lab.expect(n, at_most=4)"),
        ("lab.expect(n >= 2, equal=True)", "lab.expect(n >= 1, equal=True)"),
        ("lab.expect(2 <= n, equal=True)", "lab.expect(1 <= n, equal=True)"),
        ("lab.expect(n < 2, equal=True)", "lab.expect(n < 3, equal=True)"),
        ("lab.expect(é and n > 1, what='ü')", "lab.expect(é and n > 0, what='ü')"),
        ("lab.expect(a and b or c)", "lab.expect(((a and b) and c))"),
        ("lab.expect(a and b or c)", "lab.expect((a or b) or c)"),
        ('lab.rights(x, allow=["get pods", "list pods"])', "lab.rights(x, allow=['list pods'])"),
        ('lab.rights(x, deny=["get pods", *more])', "lab.rights(x, deny=['get pods'])"),
    ],
)
def test_what_a_line_asks_is_made_weaker(tmp_path: Path, line: str, mutant: str) -> None:
    check = criterion("a = b = c = é = n = 1", line)
    assert f"    {mutant}" in [only for each in mutants(tmp_path, check) for only in changed_lines(check, each)]


def test_a_bound_that_fails_who_meets_it_is_moved_the_other_way(tmp_path: Path) -> None:
    check = criterion("if n < 2:", '    lab.fail("too few")', "lab.wait(x, ready=True)")
    lines = [changed_lines(check, each) for each in mutants(tmp_path, check)]
    assert lines == [["    if n < 1:"], ["        pass"], ["    pass"]]


@pytest.mark.parametrize(
    "line",
    [
        "lab.wait(x, ready=True, timeout_s=90)",
        "lab.expect(n, equal=200)",
        "lab.behind(x, at_least=0)",
        "found = x.get('y') or []",
        'lab.fail(f"{n or m} of {n >= 2}")',
        'lab.rights(x, allow=["get pods"])',
        "lab.holds(x)",
        "seen = lab.exists(x)",
        "print(x)",
    ],
)
def test_what_is_no_threshold_no_decision_and_no_judgement_stays(tmp_path: Path, line: str) -> None:
    assert mutants(tmp_path, criterion(line)) == []


def test_statements_that_judge_are_left_out_one_at_a_time(tmp_path: Path) -> None:
    check = criterion("lab.wait(x, gone=True)", "lab.account(", "    x", ")", "n = lab.can(x)")
    found = mutants(tmp_path, check)
    assert [each.says for each in found] == ["`lab.wait(…)` is left out", "`lab.account(…)` is left out"]
    assert [each.line for each in found] == [3, 4]
    assert found[1].cell.split("\n")[2:] == [
        "    lab.wait(x, gone=True)",
        "    pass",
        "    n = lab.can(x)",
        "lab.points()",
    ]


HELPED = """\
from autograder import lab

work = ["get pods", "list pods"]
doors = [f"* pods/{door}" for door in ("exec", "attach")]
unused = ["a", "b"]


def servers(count):
    return lab.kept_pods("deployments", at_least=count)


def look():
    lab.expect(len(servers(1)), equal=1)


with lab.criterion(2, "one"):
    servers(2)
    lab.rights(x, allow=work)

with lab.criterion(2, "two"):
    look()
    lab.only_rights(x, allow=work, among=[*doors])
lab.points()"""


def test_what_criteria_use_is_made_weaker_for_all_that_use_it(tmp_path: Path) -> None:
    found = {(each.line, each.says): each for each in mutants(tmp_path, HELPED)}
    assert {where: each.criteria for where, each in found.items()} == {
        (3, "`'get pods'` is dropped"): (1, 2),
        (3, "`'list pods'` is dropped"): (1, 2),
        (4, "`'exec'` is dropped"): (2,),
        (4, "`'attach'` is dropped"): (2,),
        (13, "`lab.expect(…)` is left out"): (2,),
        (13, "`count=1` becomes 0"): (2,),
        (17, "`servers(…)` is left out"): (1,),
        (17, "`count=2` becomes 1"): (1,),
        (18, "`lab.rights(…)` is left out"): (1,),
        (21, "`look(…)` is left out"): (2,),
        (22, "`lab.only_rights(…)` is left out"): (2,),
    }
    assert found[(3, "`'get pods'` is dropped")].perhaps_stricter  # `only_rights` may then complain of what is right
    assert not found[(4, "`'exec'` is dropped")].perhaps_stricter


def test_who_can_tell_loses_what_is_touched_and_little_else(tmp_path: Path) -> None:
    source = lab_with(tmp_path, HELPED)
    answers = [
        Answer("both", "wrong", "", loses=("one", "two")),
        Answer("second", "wrong", "", loses=("two",)),
        Answer("first", "wrong", "", loses=("one",)),
        Answer("stale", "wrong", "", loses=("one",), unfit="its cell is gone"),
        Answer("other", "wrong", "", loses=("ConfigMap `more` exists",)),
    ]
    found = {(each.line, each.kind): each for each in mutants(tmp_path, HELPED)}
    told = who_can_tell(source, found[(17, "threshold")], answers)
    assert [each.name for each in told] == ["first", "both"]
    told = who_can_tell(source, found[(3, "entry dropped")], answers)
    assert [each.name for each in told] == ["reference", "first", "second", "both"]


def test_a_mutated_lab_differs_in_one_cell_and_asks_the_same_criteria(tmp_path: Path) -> None:
    source = lab_with(tmp_path, HELPED)
    for each in mutants_of(source):
        other = mutated(source, each)
        assert other.sentences == source.sentences
        assert [name for name, text in other.check_cells.items() if text != source.check_cells[name]] == [each.grade_id]


def test_a_criterion_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    source = lab_with(tmp_path, small_lab.CHECK_SETTINGS)
    assert {each.criteria for each in mutants_of(source, [2])} == {(2,)}
    with pytest.raises(GradingError, match="2 its colour is blue"):
        mutants_of(source, [5])


@pytest.mark.parametrize("lab", labs_in(REPOSITORY))
def test_every_mutant_of_a_lab_is_python_and_no_two_are_the_same(lab: str) -> None:
    found = mutants_of(read_lab(REPOSITORY, lab))
    assert len(found) >= 20
    for each in found:
        tree_of(each.cell)
    assert len({(each.grade_id, each.cell) for each in found}) == len(found)
