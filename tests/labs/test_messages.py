"""What wrong answers are told is on file, reads as help, and does not give the solution away.

`autograder prove` compares it with what they are told on a cluster. Here it is read without one.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.proving.answers import Answer
from autograder.proving.fitting import read_answers
from autograder.proving.goldens import FILE_NAME, Message, read, written
from autograder.proving.handing_in import files_beside, solved
from autograder.proving.masking import masked
from autograder.proving.sources import LabSource, labs_in, read_lab, released

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "answers"
NOT_WRITTEN_YET = {
    "lab11-autoscaling",
    "lab13-install-a-tool",
    "lab01-find-your-way",
    "lab03-labels",
    "lab04-config-and-secrets",
    "lab05-quota",
    "lab08-training-jobs",
    "lab10-rollouts",
    "lab12-debugging",
}
"""labs whose answers were not run on a cluster since their messages are kept; each is taken off here with its file"""
LABS = [each for each in labs_in(ROOT) if each not in NOT_WRITTEN_YET]
WRITE = "`autograder prove LAB --update-goldens` writes it"
_WORD = re.compile(r"[\w./:-]*\w")
_MEANT = re.compile(r"\w{4,}|\d{3,}|\w+[./:-]\w+")
"""Words that could be what somebody is looking for; `if` and `2` are everybody's."""


def wrong(lab: str) -> list[Answer]:
    return [each for each in read_answers(FOLDER / lab, read_lab(ROOT, lab)) if each.kind == "wrong"]


def told(lab: str) -> list[tuple[str, Message]]:
    return [(name, message) for name, messages in read(FOLDER / lab / FILE_NAME).items() for message in messages]


def words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text) if _MEANT.search(word)}


def known_to_the_solution_alone(source: LabSource, answer: Answer) -> set[str]:
    """Words of the reference that neither the notebook as it is handed out says nor the answer itself, as a whole."""
    handed_out = "\n".join(cell.source for cell in released(source).cells)
    files = b"\n".join(files_beside(source, answer).values()).decode(errors="replace")
    own = "\n".join([*solved(source, answer).values(), files])
    return words("\n".join(source.solution_cells.values())) - words(handed_out) - words(own)


def test_what_has_no_messages_yet_is_on_the_list_and_nothing_else() -> None:
    without = {each for each in labs_in(ROOT) if not (FOLDER / each / FILE_NAME).exists()}
    assert without == NOT_WRITTEN_YET, WRITE


@pytest.mark.parametrize("lab", LABS)
def test_every_wrong_answer_has_its_message_and_every_message_its_answer(lab: str) -> None:
    on_file, answers = set(read(FOLDER / lab / FILE_NAME)), {each.name for each in wrong(lab)}
    assert answers - on_file == set(), WRITE
    assert on_file - answers == set(), WRITE


@pytest.mark.parametrize("lab", LABS)
def test_a_message_is_of_the_first_criterion_that_its_answer_loses(lab: str) -> None:
    source = read_lab(ROOT, lab)
    hidden = {each.sentence: each.hidden for found in source.criteria.values() for each in found}
    for answer in wrong(lab):
        first = next(each for each in source.sentences if each in answer.loses)
        for message in answer.golden or ():
            assert (message.criterion, message.hidden) == (first, hidden[first]), answer.name


@pytest.mark.parametrize("lab", LABS)
def test_a_message_says_what_was_expected_what_was_found_and_what_to_do_next(lab: str) -> None:
    lacking = {name: message.parts for name, message in told(lab) if not (message.found and message.next_step)}
    assert lacking == {}
    assert {name: message.parts for name, message in told(lab) if not message.expected} == {}


@pytest.mark.parametrize("lab", LABS)
def test_no_message_holds_the_solution(lab: str) -> None:
    source = read_lab(ROOT, lab)
    given_away = {
        answer.name: found
        for answer in wrong(lab)
        for message in answer.golden or ()
        if (found := words(" ".join(message.parts.values())) & known_to_the_solution_alone(source, answer))
    }
    assert given_away == {}


@pytest.mark.parametrize("lab", LABS)
def test_a_message_holds_nothing_that_changes_from_run_to_run_or_is_only_this_machines(lab: str) -> None:
    for name, message in told(lab):
        for text in message.parts.values():
            assert masked(text) == text, name
            assert not re.search(r"/(work|root|home|tmp)/|Traceback|the check itself went wrong", text), name


@pytest.mark.parametrize("lab", LABS)
def test_the_file_is_as_the_command_writes_it(lab: str) -> None:
    path = FOLDER / lab / FILE_NAME
    notes = [line for line in path.read_text().splitlines() if line.startswith("#")]
    assert len(notes) == 2, "a remark of yours would be lost with the next --update-goldens"
    assert path.read_text() == written(lab, read(path))
