"""A proof fails whenever the grader is wrong: on a right answer, on a wrong one, and where nobody looks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from autograder.cluster.connection import Connection
from autograder.errors import AutograderError, ClusterUnreachable, GradingError
from autograder.grading.attempting import Outcome
from autograder.grading.settling import settled
from autograder.proving import proofs
from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.proofs import Proof, Run, prove
from autograder.proving.sources import LabSource, labs_in, read_lab
from autograder.workspace import install_shared

REPOSITORY = Path(__file__).parents[2]
LAB = "lab06-rbac"
LABS = {lab: read_lab(REPOSITORY, lab) for lab in labs_in(REPOSITORY)}
TURNS = 8
"""In how many days a run of the tests each day has tried every answer; `make prove` tries them all at once."""


def answers_to(source: LabSource) -> list[Answer]:
    return read_answers(REPOSITORY / "tests" / "answers" / source.lab, source)


def wrong_answers_naming(source: LabSource, sentence: str) -> list[Answer]:
    """The ones that say least else first."""
    naming = [each for each in answers_to(source) if sentence in each.loses]
    return sorted(naming, key=lambda each: (len(each.loses), each.name))


States = Callable[[Answer, str], str]


@pytest.fixture
def graded_as(monkeypatch: pytest.MonkeyPatch) -> Callable[[States], None]:
    """Stand in for the cluster: a state for each answer's criteria, or an error that keeps it from being run."""

    def use(states: States) -> None:
        monkeypatch.setattr(proofs, "sweep", lambda *args, **kwargs: [])
        known = {f"{each.kind}-{each.name}": each for each in answers_to(LABS[LAB])}

        def attempt(notebook: Any, submission: Any, check_cells: Any, *args: Any, **kwargs: Any) -> Outcome:
            answer = known[submission.student]
            said = {
                grade_id: [
                    {"sentence": each.sentence, "points": each.points, "state": states(answer, each.sentence)}
                    for each in declared
                ]
                for grade_id, declared in LABS[LAB].criteria.items()
            }
            cells = settled(check_cells, said)
            outage = "the API server went away" if any(cell.unchecked for cell in cells) else ""
            return Outcome(notebook, cells, outage, "id", 1, {}, ())

        monkeypatch.setattr(proofs, "attempt", attempt)

    return use


def as_claimed(answer: Answer, sentence: str) -> str:
    return "failed" if answer.kind == "blank" or sentence in answer.loses else "passed"


def proven(**kwargs: Any) -> Proof:
    (proof,) = prove([LAB], connection=Connection(Path("nowhere")), course=REPOSITORY, **kwargs)
    return proof


def run_of(proof: Proof, name: str) -> Run:
    return next(each for each in proof.runs if each.answer.name == name)


def test_a_proof_passes_when_every_answer_gets_what_it_claims(graded_as: Callable[[States], None]) -> None:
    graded_as(as_claimed)
    proof = proven()
    assert proof.passed
    assert not proof.outage
    assert run_of(proof, "reference").score == run_of(proof, "reference").max_score
    assert run_of(proof, "blank").score == run_of(proof, "blank").expected_score == 0
    assert {each.answer.kind for each in proof.runs} == {"right", "wrong", "blank"}


def test_it_does_not_matter_whether_a_criterion_is_lost_as_failed_or_as_unsettled(
    graded_as: Callable[[States], None],
) -> None:
    graded_as(lambda answer, sentence: as_claimed(answer, sentence).replace("failed", "unsettled"))
    assert proven().passed


def test_a_right_answer_that_loses_something_fails_the_proof(graded_as: Callable[[States], None]) -> None:
    lost = LABS[LAB].sentences[0]
    graded_as(lambda answer, each: "failed" if (answer.name, each) == ("reference", lost) else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert [each.answer.name for each in proof.runs if not each.passed] == ["reference"]
    assert run_of(proof, "reference").surprises[0].startswith(f"lost: {lost}")


def test_a_wrong_answer_that_keeps_what_it_must_lose_fails_the_proof(graded_as: Callable[[States], None]) -> None:
    wrong = next(each for each in answers_to(LABS[LAB]) if each.kind == "wrong")
    kept = wrong.loses[0]
    graded_as(lambda answer, each: "passed" if (answer, each) == (wrong, kept) else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert run_of(proof, wrong.name).surprises == (f"kept: {kept}",)


def test_a_wrong_answer_that_loses_more_than_it_names_fails_the_proof(graded_as: Callable[[States], None]) -> None:
    wrong = next(each for each in answers_to(LABS[LAB]) if each.kind == "wrong" and len(each.loses) == 1)
    graded_as(lambda answer, each: "failed" if answer == wrong else as_claimed(answer, each))
    proof = proven(only=[wrong.name])
    assert not proof.passed
    assert len(run_of(proof, wrong.name).surprises) == len(LABS[LAB].sentences) - 1


def test_a_blank_submission_that_scores_fails_the_proof(graded_as: Callable[[States], None]) -> None:
    given = LABS[LAB].sentences[-1]
    graded_as(lambda answer, each: "passed" if (answer.name, each) == ("blank", given) else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert run_of(proof, "blank").score > 0


def test_an_outage_is_neither_right_nor_wrong(graded_as: Callable[[States], None]) -> None:
    graded_as(lambda answer, each: "unchecked" if answer.name == "reference" else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert proof.outage
    assert run_of(proof, "reference").outage == "the API server went away"
    assert run_of(proof, "reference").surprises == ()


@pytest.mark.parametrize("error", [ClusterUnreachable("no answer"), SystemError("recursion depth mismatch")])
def test_whatever_is_raised_in_a_thread_is_an_outage_of_that_answer_alone(
    graded_as: Callable[[States], None], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    graded_as(as_claimed)
    honest = proofs.attempt

    def attempt(notebook: Any, submission: Any, *args: Any, **kwargs: Any) -> Outcome:
        if submission.student == "right-reference":
            raise error
        return honest(notebook, submission, *args, **kwargs)

    monkeypatch.setattr(proofs, "attempt", attempt)
    proof = proven()
    assert [each.answer.name for each in proof.runs if each.outage] == ["reference"]
    assert proof.outage


def test_a_criterion_that_no_wrong_answer_names_fails_the_proof(
    graded_as: Callable[[States], None], tmp_path: Path
) -> None:
    graded_as(as_claimed)
    shutil.copytree(REPOSITORY / "tests/answers" / LAB, tmp_path / LAB)
    unwatched = LABS[LAB].sentences[-1]
    for each in wrong_answers_naming(LABS[LAB], unwatched):
        (tmp_path / LAB / "wrong" / f"{each.name}.py").unlink()
    proof = proven(answers=tmp_path)
    assert unwatched in proof.unnamed
    assert all(each.passed for each in proof.runs)
    assert not proof.passed


def test_each_run_is_reported_as_it_ends(graded_as: Callable[[States], None]) -> None:
    graded_as(as_claimed)
    seen: list[Run] = []
    proof = proven(on_run=seen.append)
    assert sorted(seen, key=str) == sorted(proof.runs, key=str)


def test_what_is_asked_for_must_be_there(graded_as: Callable[[States], None]) -> None:
    graded_as(as_claimed)
    with pytest.raises(GradingError, match="no answer called nonesuch"):
        proven(only=["nonesuch"])
    with pytest.raises(GradingError, match="no criterion 99"):
        proven(mutate=("check-allowed", 99))
    with pytest.raises(AutograderError, match="no criterion 0 in a check cell nonesuch"):
        proven(mutate=("nonesuch", 0))


@pytest.mark.parametrize("lab", LABS)
def test_every_lab_has_answers_enough(lab: str) -> None:
    source = LABS[lab]
    kinds = [each.kind for each in answers_to(source)]
    assert kinds.count("wrong") >= 5
    assert kinds.count("right") >= 1 + 3
    assert len(source.sentences) >= 5
    assert sum(each.hidden for declared in source.criteria.values() for each in declared) >= 2
    assert [each for each in source.sentences if not wrong_answers_naming(source, each)] == []


def of_today(lab: str) -> list[str]:
    """Another eighth of a lab's answers each day, and the reference always: all of them take half an hour."""
    names = sorted({each.name for each in answers_to(LABS[lab])})
    turn = date.today().toordinal() % TURNS
    return ["reference", *(name for number, name in enumerate(names) if number % TURNS == turn)]


@pytest.mark.live
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("lab", LABS)
def test_answers_get_exactly_what_they_claim_on_the_live_cluster(connection: Connection, lab: str) -> None:
    install_shared(connection)
    (proof,) = prove([lab], connection=connection, course=REPOSITORY, concurrency=2, only=of_today(lab))
    assert {each.answer.name: (each.surprises, each.outage) for each in proof.runs if not each.passed} == {}
    assert proof.passed


CRITERIA = [
    pytest.param(lab, grade_id, index, declared.sentence, id=f"{lab}-{grade_id}-{index}")
    for lab, source in LABS.items()
    for grade_id, found in source.criteria.items()
    for index, declared in enumerate(found)
]
Mutated = Callable[[str, str, int], Proof]


@pytest.fixture(scope="module")
def mutated(request: pytest.FixtureRequest, connection: Connection) -> Iterator[Mutated]:
    """The proofs with one criterion that always passes. They mostly wait, so the ones asked for run side by side."""
    asked = [each.callspec.params for each in request.session.items if "mutated" in getattr(each, "fixturenames", ())]
    with ThreadPoolExecutor(3) as pool:

        def start(lab: str, grade_id: str, index: int, sentence: str) -> Future[list[Proof]]:
            # One wrong answer that names the criterion is enough: the proof as a whole runs them all.
            watching = wrong_answers_naming(LABS[lab], sentence)[0].name
            mutation = (grade_id, index)
            return pool.submit(prove, [lab], connection=connection, course=REPOSITORY, only=[watching], mutate=mutation)

        running = {(each["lab"], each["grade_id"], each["index"]): start(**each) for each in asked}
        yield lambda lab, grade_id, index: running[lab, grade_id, index].result()[0]


@pytest.mark.live
@pytest.mark.parametrize(("lab", "grade_id", "index", "sentence"), CRITERIA)
def test_a_criterion_that_always_passes_does_not_go_unnoticed(
    mutated: Mutated, lab: str, grade_id: str, index: int, sentence: str
) -> None:
    proof = mutated(lab, grade_id, index)
    assert not proof.passed
    assert not proof.outage
    assert [each.surprises for each in proof.runs] == [(f"kept: {sentence}",)]
