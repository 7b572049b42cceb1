"""Inputs made up on the spot."""

from __future__ import annotations

import re

import pytest

from autograder import lab
from autograder.checks.sentences import VERDICTS, WORDS


@pytest.mark.parametrize(("label", "other"), [("positive", "negative"), ("negative", "positive")])
def test_sentences_are_clearly_of_their_label_and_all_different(label: str, other: str) -> None:
    made = lab.fresh_sentences(label, count=200)  # type: ignore[arg-type]
    assert len(set(made)) == 200
    for sentence in made:
        words = set(re.findall(r"[a-z]+", sentence.lower()))
        assert len(words & set(WORDS[label])) >= 2
        assert not words & set(WORDS[other])
        assert any(verdict.lower() in sentence.lower() for verdict in VERDICTS[label])


def test_two_runs_have_no_sentence_in_common() -> None:
    assert not set(lab.fresh_sentences("positive", 20)) & set(lab.fresh_sentences("positive", 20))


def test_one_sentence_may_be_of_either_label() -> None:
    bad = set(WORDS["negative"])
    negative = [bool(set(re.findall(r"[a-z]+", lab.fresh_sentence().lower())) & bad) for _ in range(60)]
    assert {True, False} == set(negative)


def test_names_are_new_and_valid() -> None:
    names = {lab.fresh_name("probe") for _ in range(50)}
    assert len(names) == 50
    assert all(re.fullmatch(r"probe-[a-z0-9]+", name) for name in names)
