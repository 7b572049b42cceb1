"""All answers to a lab, each held against the lab as it is now.

A lab changes and its answers stay behind: a criterion is worded anew, a line of the reference is gone. Such an answer
is no reason to stop: it comes out as *unfit*, with the reason, and fails whatever proof it belongs to.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Literal

from autograder.errors import GradingError
from autograder.proving.answers import BLANK, REFERENCE, Answer
from autograder.proving.goldens import FILE_NAME
from autograder.proving.goldens import read as read_goldens
from autograder.proving.handing_in import files_beside, solved
from autograder.proving.parsing import read_answer
from autograder.proving.sources import LabSource


def read_answers(folder: Path, source: LabSource) -> list[Answer]:
    """All answers to a lab: the reference, those in `folder`/right and `folder`/wrong, and the blank one.

    Raises:
        GradingError: the messages on file cannot be read.
    """
    told = read_goldens(folder / FILE_NAME)
    unsaid = () if (folder / FILE_NAME).exists() else None
    right = [_held_against(source, path, "right") for path in sorted(folder.glob("right/*.py"))]
    wrong = [_held_against(source, path, "wrong") for path in sorted(folder.glob("wrong/*.py"))]
    return [REFERENCE, *right, *(replace(each, golden=told.get(each.name, unsaid)) for each in wrong), BLANK]


def _held_against(source: LabSource, path: Path, kind: Literal["right", "wrong"]) -> Answer:
    answer = Answer(path.stem, kind, "")
    try:
        answer = read_answer(path, kind)
        _require_fit(answer, source)
    except GradingError as error:
        return replace(answer, unfit=str(error))
    return answer


def _require_fit(answer: Answer, source: LabSource) -> None:
    unknown = [each for each in answer.loses if each not in source.sentences]
    if unknown:
        raise GradingError(
            f"{answer.file} names the criterion “{unknown[0]}”",
            expected=f"one that {source.lab} has: {'; '.join(source.sentences)}",
            next_step="correct the answer's file",
        )
    solved(source, answer)
    files_beside(source, answer)
