"""Inputs made up on the spot, so that an answer learnt by heart is a wrong answer.

A sentence about a made-up thing says two or three clearly good or clearly bad words of it. The words are the
plain ones that any classifier of opinions has met; what is put together from them runs to millions. Some are as long
as a letter, and some have letters of other alphabets in them: who writes to a support inbox does that too.
"""

from __future__ import annotations

import secrets
from typing import Literal

Label = Literal["positive", "negative"]

WORDS: dict[str, tuple[str, ...]] = {
    "positive": (
        "wonderful",
        "excellent",
        "great",
        "delightful",
        "brilliant",
        "fantastic",
        "superb",
        "lovely",
        "amazing",
        "perfect",
    ),
    "negative": (
        "terrible",
        "awful",
        "horrible",
        "dreadful",
        "disappointing",
        "boring",
        "bad",
        "useless",
        "poor",
        "worst",
    ),
}
"""the words that decide; a model that serves a lab must know them"""
VERDICTS: dict[str, tuple[str, ...]] = {
    "positive": ("I loved it", "I enjoyed every minute", "I would happily recommend it", "I love it"),
    "negative": ("I hated it", "a complete waste of time", "I regret it", "I hate it"),
}
"""how a sentence ends"""
THINGS = ("film", "book", "meal", "hotel", "song", "course", "phone", "trip", "game", "concert", "play", "coffee")
ASIDES = ("on a rainy Tuesday", "with my sister", "near the station", "last winter", "for the third time", "after work",
          "in Zürich", "at the café", "in 東京", "in Αθήνα")  # fmt: skip
_A_LETTER = 6
"""of so many sentences a long text is made: some 400 characters"""

_random = secrets.SystemRandom()


def fresh_sentences(label: Label, count: int = 5) -> list[str]:
    """`count` different texts, most of them one sentence, that are clearly of that label."""
    made: dict[str, None] = {}
    while len(made) < count:
        made[_text(label)] = None
    return list(made)


def fresh_sentence() -> str:
    """One opinion that nobody has seen; it may be of either label."""
    return fresh_sentences(_random.choice(("positive", "negative")), 1)[0]


def fresh_name(prefix: str = "check") -> str:
    """A name that nothing has yet, valid for any object."""
    return f"{prefix}-{secrets.token_hex(4)}"


def _text(label: Label) -> str:
    """One sentence, or now and then as many as a letter has."""
    return " ".join(_sentence(label) for _ in range(_random.choice((1, 1, 1, 1, _A_LETTER))))


def _sentence(label: Label) -> str:
    first, second, third = _random.sample(WORDS[label], 3)
    thing, aside = _random.choice(THINGS), _random.choice(ASIDES)
    end = _random.choice(VERDICTS[label])
    number = _random.randrange(2, 1000)
    shape = _random.choice(
        (
            f"The {thing} we tried {aside} was {first} and {second}, {end}.",
            f"What a {first} {thing}, {second} and {third}, {end}.",
            f"{number} people said the {thing} was {first}; {aside} it was {second}, {end}.",
            f"A {first}, {second} {thing} {aside}: {end}.",
        )
    )
    return shape[0].upper() + shape[1:]
