"""Puts what answers are told now in place of what is on file about them, and says what that changes.

Only answers that got what they must have a say: what a wrong verdict said is nothing to go by. A message that is
among several on file leaves all of them; one that is new takes the place of all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.errors import GradingError
from autograder.proving.answers import Answer
from autograder.proving.goldens import FILE_NAME, read, written
from autograder.proving.outcomes import Proof, Run


def reword(folder: Path, proof: Proof, answers: Iterable[Answer]) -> tuple[Proof, tuple[str, ...]]:
    """Write a lab's messages, those of answers that are gone left out.

    Args:
        folder: the lab's answers.
        answers: all that the lab has.

    Returns:
        the proof as it stands now, and a line for each change; without one, the file is left alone.

    Raises:
        GradingError: the file cannot be read or written.
    """
    before = read(folder / FILE_NAME)
    there = {each.name for each in answers if each.kind == "wrong"}
    goldens = {name: messages for name, messages in before.items() if name in there}
    changes = [f"{name}: left out, no answer is called so" for name in before if name not in there]
    for run in filter(_is_news, proof.runs):
        assert run.told is not None  # or it would be none
        changes.append(f"{run.answer.name}: {run.other_words if run.answer.golden else 'new'}")
        goldens[run.answer.name] = (run.told,)
    if changes:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / FILE_NAME).write_text(written(proof.lab, goldens), encoding="utf-8")
        except OSError as error:
            raise GradingError(f"{folder / FILE_NAME} cannot be written: {error.strerror}") from error
    return replace(proof, runs=tuple(_as_on_file(run) for run in proof.runs)), tuple(changes)


def _is_news(run: Run) -> bool:
    first = run.answer.golden is None and run.answer.kind == "wrong" and run.standing == "held" and run.told is not None
    return first or run.standing == "reworded"


def _as_on_file(run: Run) -> Run:
    if not _is_news(run) or run.told is None:
        return run
    return replace(run, answer=replace(run.answer, golden=(run.told,)))
