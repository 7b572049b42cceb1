"""Proves that a lab's grader is right: every known answer, on the live cluster, by a student's own path.

A grader is a program and can be wrong in both directions. So each lab comes with right answers, which must get full
marks, and wrong ones, which must lose exactly the criteria they name; a blank one must score 0; and every criterion
must be lost by some wrong answer, or nobody would notice if it always passed. An outage proves nothing either way,
and is reported as what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster.connection import Connection
from autograder.errors import GradingError
from autograder.execute.limits import Limits
from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.outcomes import Proof, Run
from autograder.proving.running import Job, run
from autograder.proving.side_by_side import side_by_side
from autograder.proving.sources import LabSource, labs_in, read_lab
from autograder.workspace import course_root, sweep

_FEW = 3


@dataclass(frozen=True)
class Plan:
    """What is to be proven."""

    root: Path
    """The course's folder."""
    answers_in: Path
    """The folder with one folder of answers a lab."""
    sources: tuple[LabSource, ...]
    """The labs."""
    answers: Mapping[str, Sequence[Answer]]
    """All answers that each of them has, by lab, in the order they lie on file."""
    jobs: tuple[Job, ...]
    """Those of them that are run."""


def plan(
    labs: Sequence[str] | None = None,
    *,
    course: Path | None = None,
    answers: Path | None = None,
    only: Collection[str] | None = None,
    wanted: Callable[[str, Answer], bool] = lambda lab, answer: True,
    examples: bool = True,
) -> Plan:
    """Read labs and their answers, and choose which are run. Which criteria are named is judged by all.

    Args:
        labs: by the names of their folders; None for all.
        course: the course's folder, where it is not found by itself.
        answers: the folder with one folder a lab; tests/answers in the course if not given.
        only: names of the answers to run, like selector_typo or wrong/selector_typo; None for all.
        wanted: says of a lab's answer whether it is run.
        examples: whether worked examples are run before each; before the reference they always are.

    Raises:
        GradingError: a lab is not as it must be, or has no answer that `only` names.
    """
    root = course_root(course)
    sources = tuple(read_lab(root, lab) for lab in dict.fromkeys(labs or labs_in(root)))
    answers = answers or root / "tests" / "answers"
    known = {each.lab: read_answers(answers / each.lab, each) for each in sources}
    names = {name for found in known.values() for each in found for name in (each.name, each.label)}
    for name in only or ():
        if name not in names:
            raise GradingError(
                f"no answer called {name}",
                expected=f"one of {', '.join(each.label for found in known.values() for each in found)}",
                next_step="look into tests/answers",
            )
    jobs = tuple(
        Job(source, answer, examples or answer.name == "reference")
        for source in sources
        for answer in known[source.lab]
        if (only is None or answer.name in only or answer.label in only) and wanted(source.lab, answer)
    )
    return Plan(root, answers, sources, known, jobs)


def prove(
    planned: Plan,
    *,
    connection: Connection,
    at_once: int = 2,
    limits: Limits | None = None,
    on_start: Callable[[Job], None] = lambda job: None,
    on_end: Callable[[Job, Run], None] = lambda job, run: None,
    on_stop: Callable[[], None] = lambda: None,
) -> list[Proof]:
    """Grade the answers and compare. Ctrl-C ends it within seconds; what was not run is said in each lab's proof.

    What an outage left undecided (a machine too busy, say) is run once more at the end, with nothing beside it;
    where it was more than a few, nothing is: that is no bad luck.

    Args:
        connection: the cluster to run them on.
        at_once: how many answers run side by side, of whatever lab.
        limits: of the kernels.
        on_start, on_end: told of each answer, each time that it is run.
        on_stop: told once that Ctrl-C was pressed.

    Raises:
        ClusterUnreachable: the cluster does not answer.
    """

    def work_off(jobs: Sequence[Job], at_once: int) -> list[Run | None]:
        return side_by_side(
            jobs,
            lambda job, stop: run(job, connection, limits=limits, stop=stop),
            at_once=at_once,
            on_start=on_start,
            on_end=on_end,
            on_stop=on_stop,
        )

    sweep(connection, wait=False)
    done = work_off(planned.jobs, at_once)
    undecided = [number for number, found in enumerate(done) if found and found.standing == "undecided"]
    if None not in done and len(undecided) <= max(_FEW, len(done) // 10):
        for number, again in zip(undecided, work_off([planned.jobs[each] for each in undecided], 1), strict=True):
            done[number] = again or done[number]
    ended = list(zip(planned.jobs, done, strict=True))
    return [
        Proof(
            source.lab,
            tuple(found for job, found in ended if found is not None and job.source is source),
            _unnamed(source, planned.answers[source.lab]),
            tuple(job.answer for job, found in ended if found is None and job.source is source),
        )
        for source in planned.sources
    ]


def _unnamed(source: LabSource, answers: Sequence[Answer]) -> tuple[str, ...]:
    named = {sentence for answer in answers if answer.kind == "wrong" for sentence in answer.loses}
    return tuple(each for each in source.sentences if each not in named)
