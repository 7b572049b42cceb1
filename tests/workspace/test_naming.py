"""Names say whose a workspace is; labels and annotations say whether anybody still uses it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from autograder.workspace import naming

NAMESPACE = re.compile(r"[a-z]([-a-z0-9]{0,61}[a-z0-9])?")
LABEL_VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")

STUDENTS = ["ada", "Ada L'Övelace", "ada@example.org", "🦊", "", "--", "a" * 200, "x\ny: {}", "1", "-1-"]


@pytest.mark.parametrize("student", STUDENTS)
@pytest.mark.parametrize("lab", ["lab02-serve-a-model", "2nd lab", "_"])
def test_whatever_a_student_is_called_the_names_are_valid(lab: str, student: str) -> None:
    names = naming.new_names(lab, student)
    for name in (names.namespace, names.grader_namespace, names.neighbour):
        assert NAMESPACE.fullmatch(name)
    for value in naming.labels(names.id, lab, student).values():
        assert LABEL_VALUE.fullmatch(value)


def test_a_name_tells_people_the_lab_and_the_student() -> None:
    names = naming.new_names("lab02-serve-a-model", "Ada")
    assert names.namespace == f"lab02-ada-{names.id}"


def test_two_workspaces_of_one_student_have_different_names() -> None:
    assert len({naming.new_names("lab02", "ada").id for _ in range(200)}) == 200


def test_annotations_keep_the_exact_student_that_a_label_cannot_spell() -> None:
    promised = naming.promises("lab02", "Ada L'Övelace", lifetime_s=60, held=False)
    assert promised[naming.LABEL_STUDENT] == "Ada L'Övelace"


def test_a_workspace_is_in_use_until_it_expires() -> None:
    assert not naming.is_left_behind(naming.promises("lab02", "ada", lifetime_s=60, held=False))
    expired = naming.promises("lab02", "ada", lifetime_s=-5, held=False)
    assert naming.is_left_behind(expired)
    assert not naming.is_left_behind(expired, older_than_s=60)


def test_a_workspace_without_a_readable_expiry_is_promised_to_nobody() -> None:
    assert naming.is_left_behind({})
    assert naming.is_left_behind({naming.ANNOTATION_EXPIRES: "tomorrow"})


def test_a_workspace_held_by_a_living_process_is_in_use() -> None:
    assert not naming.is_left_behind(naming.promises("lab02", "ada", lifetime_s=60, held=True))


def test_a_workspace_whose_holder_died_is_left_behind_before_it_expires() -> None:
    written = subprocess.run(
        [
            sys.executable,
            "-c",
            "from autograder.workspace import naming;"
            "print(naming.promises('lab02', 'ada', lifetime_s=3600, held=True)[naming.ANNOTATION_HOLDER])",
        ],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    kept = naming.promises("lab02", "ada", lifetime_s=3600, held=False)
    assert written
    assert not naming.is_left_behind(kept)
    assert naming.is_left_behind(kept | {naming.ANNOTATION_HOLDER: written})


def test_of_a_holder_on_another_machine_only_the_expiry_is_believed() -> None:
    promised = naming.promises("lab02", "ada", lifetime_s=60, held=False)
    elsewhere = "elsewhere/6e4b/pid:[1] 99999999 1"
    assert not naming.is_left_behind(promised | {naming.ANNOTATION_HOLDER: elsewhere})
