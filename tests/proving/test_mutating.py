"""Mutants on a cluster: the first answer that notices catches one, and one that nobody notices is missed."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from grading import small_lab
from proving.conftest import GradedAs, as_claimed

from autograder.cli import explaining, main, mutating
from autograder.cluster.connection import Connection
from autograder.proving.answers import Answer
from autograder.proving.mutating import Trial, mutate, trials
from autograder.proving.sources import LabSource

Small = tuple[LabSource, list[Answer]]
NOWHERE = Connection(Path("nowhere"))


def trial_of(course: Path, criterion: int) -> Trial:
    """With that criterion always passing."""
    found = trials([small_lab.LAB], course=course, criteria=[criterion])
    return next(each for each in found if each.mutant.kind == "always passes")


def test_the_first_answer_that_keeps_what_it_must_lose_is_enough(
    course: Path, graded_as: GradedAs, small_answers: Small
) -> None:
    trial = trial_of(course, 2)
    assert [each.name for each in trial.answers] == ["colour", "misnamed"]
    blind, sighted = trial.answers

    def states(answer: Answer, sentence: str) -> str:
        noticed = answer == sighted and sentence == "its colour is blue"
        return "passed" if noticed else as_claimed(answer, sentence)

    graded_as(*small_answers, states)
    [tried] = mutate([trial], connection=NOWHERE)
    assert tried is not None
    assert (tried.end, tried.caught_by) == ("caught", sighted)
    assert [each.answer for each in tried.runs] == [blind, sighted]


def test_one_that_nobody_notices_is_missed(course: Path, graded_as: GradedAs, small_answers: Small) -> None:
    graded_as(*small_answers, as_claimed)
    [tried] = mutate([trial_of(course, 2)], connection=NOWHERE)
    assert tried is not None
    assert (tried.end, tried.caught_by, len(tried.runs)) == ("missed", None, 2)


def test_what_another_criterion_does_is_nobodys_business(
    course: Path, graded_as: GradedAs, small_answers: Small
) -> None:
    other = "ConfigMap `settings` exists"
    graded_as(*small_answers, lambda answer, each: "passed" if each == other else as_claimed(answer, each))
    [tried] = mutate([trial_of(course, 2)], connection=NOWHERE)
    assert tried is not None
    assert tried.end == "missed"


def test_the_reference_notices_one_that_asks_for_more(course: Path, graded_as: GradedAs, small_answers: Small) -> None:
    trial = trial_of(course, 2)
    right = small_answers[1][0]
    trial = replace(trial, answers=(right, *trial.answers))
    graded_as(*small_answers, lambda answer, each: "failed" if answer == right else as_claimed(answer, each))
    [tried] = mutate([trial], connection=NOWHERE)
    assert tried is not None
    assert tried.caught_by == right


def test_an_outage_leaves_it_undecided(course: Path, graded_as: GradedAs, small_answers: Small) -> None:
    graded_as(*small_answers, lambda answer, each: "unchecked")
    [tried] = mutate([trial_of(course, 2)], connection=NOWHERE)
    assert tried is not None
    assert tried.end == "undecided"


def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """`autograder mutate WORDS` in this process: exit code, stdout, stderr."""
    monkeypatch.setattr(sys, "argv", ["autograder", "mutate", *words])
    monkeypatch.setattr(mutating, "open_cluster", lambda *args: NOWHERE)
    monkeypatch.setenv("COLUMNS", "200")
    explaining.output.cache_clear()
    explaining.notes.cache_clear()
    with pytest.raises(SystemExit) as ended:
        main()
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_the_command_shows_and_writes_what_was_caught_and_what_was_missed(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    course: Path,
    graded_as: GradedAs,
    small_answers: Small,
    tmp_path: Path,
) -> None:
    blind = "its colour is blue"
    graded_as(*small_answers, lambda answer, each: "failed" if each == blind else "passed")
    code, said, noted = command(monkeypatch, capsys, small_lab.LAB, "--json", str(tmp_path / "mutants.json"))
    assert code == 1
    assert "no answer notices what was missed" in noted
    assert "caught by wrong/size" in said
    assert " 2  its colour is blue" in said
    written = json.loads((tmp_path / "mutants.json").read_text())
    assert not written["passed"]
    assert [(each["criteria"], each["end"], each["caught_by"]) for each in written["mutants"]] == [
        ([1], "caught", "wrong/misnamed"),
        ([2], "missed", None),
        ([3], "caught", "wrong/size"),
        ([4], "caught", "wrong/no_more"),
    ]


def test_mutants_are_listed_without_a_cluster(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], course: Path
) -> None:
    code, said, _ = command(monkeypatch, capsys, "--all", "--list", "--criterion", "3")
    assert code == 0
    assert "the criterion always passes" in said
    assert "its secret size is seven" in said
    assert "its colour is blue" not in said


@pytest.mark.parametrize("words", [(), (small_lab.LAB, "--all")])
def test_a_lab_or_all_of_them_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], course: Path, words: tuple[str, ...]
) -> None:
    code, _, noted = command(monkeypatch, capsys, *words)
    assert code == 2
    assert "name a lab, or say --all" in noted


@pytest.mark.live
def test_a_mutant_is_caught_on_the_live_cluster(course: Path, connection: Connection, repository: Path) -> None:
    manifests = course / "course" / "cluster"
    (manifests / "workspace").rmdir()
    manifests.rmdir()
    manifests.symlink_to(repository / "course" / "cluster")
    trial = trial_of(course, 3)
    [tried] = mutate([trial], connection=connection)
    assert tried is not None
    assert [each.outage for each in tried.runs] == [""]
    assert tried.caught_by is not None
    assert (tried.end, tried.caught_by.name) == ("caught", "size")
    [honest] = mutate(
        [replace(trial, mutant=replace(trial.mutant, cell=small_lab.CHECK_SETTINGS))], connection=connection
    )
    assert honest is not None
    assert honest.end == "missed"
    assert [(each.surprises, each.outage) for each in honest.runs] == [((), ""), ((), "")]
