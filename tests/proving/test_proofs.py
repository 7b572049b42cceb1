"""A proof fails whenever the grader is wrong: on a right answer, on a wrong one, and where nobody looks."""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from proving.conftest import GradedAs, States, as_claimed

from autograder.cluster.connection import Connection
from autograder.errors import ClusterUnreachable, GradingError
from autograder.grading.attempting import Outcome
from autograder.proving import running
from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.mutants import sentences
from autograder.proving.mutating import Trial, Tried, mutate, trials
from autograder.proving.outcomes import Proof, Run
from autograder.proving.proofs import plan, prove
from autograder.proving.running import Job
from autograder.proving.sources import LabSource, labs_in, read_lab
from autograder.workspace import install_shared

REPOSITORY = Path(__file__).parents[2]
LAB = "lab06-rbac"
LABS = {lab: read_lab(REPOSITORY, lab) for lab in labs_in(REPOSITORY)}


def answers_to(source: LabSource) -> list[Answer]:
    return read_answers(REPOSITORY / "tests" / "answers" / source.lab, source)


def wrong_answers_naming(source: LabSource, sentence: str) -> list[Answer]:
    """The ones that say least else first."""
    naming = [each for each in answers_to(source) if sentence in each.loses]
    return sorted(naming, key=lambda each: (len(each.loses), each.name))


@pytest.fixture
def graded(graded_as: GradedAs) -> Callable[[States], None]:
    """Stand in for the cluster, for one lab."""
    return lambda states: graded_as(LABS[LAB], answers_to(LABS[LAB]), states)


def proven(on_end: Callable[[Job, Run], None] = lambda job, run: None, **chosen: Any) -> Proof:
    planned = plan([LAB], course=REPOSITORY, **chosen)
    (proof,) = prove(planned, connection=Connection(Path("nowhere")), on_end=on_end)
    return proof


def run_of(proof: Proof, name: str) -> Run:
    return next(each for each in proof.runs if each.answer.name == name)


def test_a_proof_passes_when_every_answer_gets_what_it_claims(graded: Callable[[States], None]) -> None:
    graded(as_claimed)
    proof = proven()
    assert proof.passed
    assert not proof.outage
    assert run_of(proof, "reference").score == run_of(proof, "reference").max_score
    assert run_of(proof, "blank").score == run_of(proof, "blank").expected_score == 0
    assert {each.answer.kind for each in proof.runs} == {"right", "wrong", "blank"}


def test_it_does_not_matter_whether_a_criterion_is_lost_as_failed_or_as_unsettled(
    graded: Callable[[States], None],
) -> None:
    graded(lambda answer, sentence: as_claimed(answer, sentence).replace("failed", "unsettled"))
    assert proven().passed


def test_a_right_answer_that_loses_something_fails_the_proof(graded: Callable[[States], None]) -> None:
    lost = LABS[LAB].sentences[0]
    graded(lambda answer, each: "failed" if (answer.name, each) == ("reference", lost) else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert [each.answer.name for each in proof.runs if not each.passed] == ["reference"]
    assert run_of(proof, "reference").surprises[0].startswith(f"lost: {lost}")


def test_a_wrong_answer_that_keeps_what_it_must_lose_fails_the_proof(graded: Callable[[States], None]) -> None:
    wrong = next(each for each in answers_to(LABS[LAB]) if each.kind == "wrong")
    kept = wrong.loses[0]
    graded(lambda answer, each: "passed" if (answer, each) == (wrong, kept) else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert run_of(proof, wrong.name).surprises == (f"kept: {kept}",)


def test_a_wrong_answer_that_loses_more_than_it_names_fails_the_proof(graded: Callable[[States], None]) -> None:
    wrong = next(each for each in answers_to(LABS[LAB]) if each.kind == "wrong" and len(each.loses) == 1)
    graded(lambda answer, each: "failed" if answer == wrong else as_claimed(answer, each))
    proof = proven(only=[wrong.name])
    assert not proof.passed
    assert len(run_of(proof, wrong.name).surprises) == len(LABS[LAB].sentences) - 1


def test_a_blank_submission_that_scores_fails_the_proof(graded: Callable[[States], None]) -> None:
    given = LABS[LAB].sentences[-1]
    graded(lambda answer, each: "passed" if (answer.name, each) == ("blank", given) else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert run_of(proof, "blank").score > 0


def test_an_answer_that_no_longer_fits_fails_the_proof_and_stops_none_of_the_others(
    graded: Callable[[States], None], tmp_path: Path
) -> None:
    graded(as_claimed)
    shutil.copytree(REPOSITORY / "tests/answers" / LAB, tmp_path / LAB)
    stale = next(each for each in answers_to(LABS[LAB]) if each.parts and each.parts[-1].how == "change")
    with (tmp_path / LAB / f"{stale.file}").open("a") as file:
        file.write("\n#- a line that the reference had once\n")
    proof = proven(answers=tmp_path)
    assert not proof.passed
    assert proof.failed
    assert [(each.answer.label, each.standing) for each in proof.runs if not each.passed] == [(stale.label, "unfit")]
    assert "a line that the reference had once" in run_of(proof, stale.name).remarks[0]
    assert proof.unnamed == ()


def test_an_outage_is_neither_right_nor_wrong(graded: Callable[[States], None]) -> None:
    graded(lambda answer, each: "unchecked" if answer.name == "reference" else as_claimed(answer, each))
    proof = proven()
    assert not proof.passed
    assert proof.outage
    assert run_of(proof, "reference").outage == "the API server went away"
    assert run_of(proof, "reference").surprises == ()


def test_what_an_outage_left_undecided_is_run_once_more(graded: Callable[[States], None]) -> None:
    tried: list[str] = []

    def busy_at_first(answer: Answer, sentence: str) -> str:
        if answer.name != "reference" or sentence != LABS[LAB].sentences[0]:
            return as_claimed(answer, sentence)
        tried.append(sentence)
        return "unchecked" if len(tried) == 1 else "passed"

    graded(busy_at_first)
    told: list[tuple[str, str]] = []
    proof = proven(on_end=lambda job, run: told.append((run.answer.name, run.standing)))
    assert proof.passed
    assert [standing for name, standing in told if name == "reference"] == ["undecided", "held"]
    assert len(proof.runs) == len(answers_to(LABS[LAB]))


def test_where_the_cluster_is_away_nothing_is_run_again(graded: Callable[[States], None]) -> None:
    graded(lambda answer, sentence: "unchecked")
    told: list[str] = []
    assert proven(on_end=lambda job, run: told.append(run.answer.label)).outage
    assert len(told) == len(set(told))


@pytest.mark.parametrize("error", [ClusterUnreachable("no answer"), SystemError("recursion depth mismatch")])
def test_whatever_is_raised_in_a_thread_is_an_outage_of_that_answer_alone(
    graded: Callable[[States], None], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    graded(as_claimed)
    honest = running.attempt

    def attempt(notebook: Any, submission: Any, *args: Any, **kwargs: Any) -> Outcome:
        if submission.student == "right-reference":
            raise error
        return honest(notebook, submission, *args, **kwargs)

    monkeypatch.setattr(running, "attempt", attempt)
    proof = proven()
    assert [each.answer.name for each in proof.runs if each.outage] == ["reference"]
    assert proof.outage


def test_a_criterion_that_no_wrong_answer_names_fails_the_proof(
    graded: Callable[[States], None], tmp_path: Path
) -> None:
    graded(as_claimed)
    shutil.copytree(REPOSITORY / "tests/answers" / LAB, tmp_path / LAB)
    unwatched = LABS[LAB].sentences[-1]
    for each in wrong_answers_naming(LABS[LAB], unwatched):
        (tmp_path / LAB / "wrong" / f"{each.name}.py").unlink()
    proof = proven(answers=tmp_path)
    assert unwatched in proof.unnamed
    assert all(each.passed for each in proof.runs)
    assert not proof.passed


def test_each_run_is_reported_as_it_ends(graded: Callable[[States], None]) -> None:
    graded(as_claimed)
    seen: list[Run] = []
    proof = proven(on_end=lambda job, run: seen.append(run))
    assert sorted(seen, key=str) == sorted(proof.runs, key=str)


def test_without_examples_the_reference_is_run_with_them_all_the_same() -> None:
    planned = plan([LAB], course=REPOSITORY, examples=False)
    assert [job.answer.label for job in planned.jobs if job.examples] == ["right/reference"]
    assert all(job.examples for job in plan([LAB], course=REPOSITORY).jobs)


def test_what_is_asked_for_must_be_there(graded: Callable[[States], None]) -> None:
    graded(as_claimed)
    with pytest.raises(GradingError, match="no answer called nonesuch"):
        proven(only=["nonesuch"])


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
    """The reference, the blank one, and of a lab's answers two wrong ones and an odd but right one, others each day."""
    day, answers = date.today().toordinal(), answers_to(LABS[lab])
    chosen = [each.label for each in answers if each.kind == "blank" or each.name == "reference"]
    for kind, how_many in (("wrong", 2), ("right", 1)):
        known = sorted(each.label for each in answers if each.kind == kind and each.name != "reference")
        chosen += [known[(day * how_many + nth) % len(known)] for nth in range(how_many)]
    return chosen


def test_all_answers_have_their_turn() -> None:
    assert sorted({each.split("/")[0] for each in of_today(LAB)}) == ["blank", "right", "wrong"]
    assert len(set(of_today(LAB))) == 5


@pytest.fixture(scope="module")
def proven_today(request: pytest.FixtureRequest, connection: Connection) -> dict[str, Proof]:
    """What came of today's answers, by lab. They mostly wait, so those of all labs asked for run side by side."""
    items = [each for each in request.session.items if "proven_today" in getattr(each, "fixturenames", ())]
    chosen = {each.callspec.params["lab"]: of_today(each.callspec.params["lab"]) for each in items}
    install_shared(connection)
    # Worked examples take longer than most answers, and run with each lab's reference.
    planned = plan(
        list(chosen), course=REPOSITORY, wanted=lambda lab, answer: answer.label in chosen[lab], examples=False
    )
    return {each.lab: each for each in prove(planned, connection=connection, at_once=3)}


@pytest.mark.live
@pytest.mark.timeout(2400)
@pytest.mark.parametrize("lab", LABS)
def test_answers_get_exactly_what_they_claim_on_the_live_cluster(proven_today: dict[str, Proof], lab: str) -> None:
    proof = proven_today[lab]
    for each in proof.reworded:  # no reason to fail, and none to be silent
        warnings.warn(f"{lab} · {each.answer.label}: {each.other_words}", stacklevel=1)
    assert {each.answer.name: (each.surprises, each.outage) for each in proof.runs if not each.passed} == {}
    assert {each.answer.label for each in proof.runs} == set(of_today(lab))
    assert proof.passed


def mutant_of_today(lab: str) -> Any:
    """A criterion of a lab that always passes, another one each day; `autograder mutate` tries all, of every kind."""
    passing = [each for each in trials([lab], course=REPOSITORY) if each.mutant.kind == "always passes"]
    chosen = passing[date.today().toordinal() % len(passing)]
    return pytest.param(chosen, id=f"{lab}-{chosen.mutant.criteria[0]}")


ALWAYS_PASSING = [mutant_of_today(lab) for lab in LABS]
Tries = Callable[[Trial], Tried | None]


@pytest.fixture(scope="module")
def tried(request: pytest.FixtureRequest, connection: Connection) -> Iterator[Tries]:
    """Mutants with a criterion that always passes. They mostly wait, so the ones asked for run side by side."""
    asked = [
        each.callspec.params["trial"] for each in request.session.items if "tried" in getattr(each, "fixturenames", ())
    ]
    with ThreadPoolExecutor(3) as pool:

        def start(trial: Trial) -> Future[list[Tried | None]]:
            # One wrong answer that names the criterion is enough: the proof as a whole runs them all.
            return pool.submit(mutate, [replace(trial, answers=trial.answers[:1])], connection=connection)

        running = {each.key: start(each) for each in asked}
        yield lambda trial: running[trial.key].result()[0]


@pytest.mark.live
@pytest.mark.parametrize("trial", ALWAYS_PASSING)
def test_a_criterion_that_always_passes_does_not_go_unnoticed(tried: Tries, trial: Trial) -> None:
    done = tried(trial)
    assert done is not None
    assert [each.outage for each in done.runs] == [""]
    [sentence] = sentences(trial.source, trial.mutant)
    assert [each.surprises for each in done.runs] == [(f"kept: {sentence}",)]
    assert done.end == "caught"
