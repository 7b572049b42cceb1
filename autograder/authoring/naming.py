"""What a lab may be called: its place in the course, and a few plain words, as in `lab06-rbac`.

The name becomes a folder, an nbgrader assignment, a label's value and part of a namespace's name. So it is made of what
all of them take.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.errors import GradingError

_NAME = re.compile(r"lab(?!00)(\d\d)-([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
LONGEST = 40
"""Characters: a label's value takes 63, and a person reads it in tables."""


@dataclass(frozen=True)
class Name:
    """A lab's name, taken apart."""

    lab: str
    """All of it, like lab06-rbac."""
    number: str
    """Its place in the course, like 06."""
    words: str
    """What it is about, as a title begins before somebody writes one: Rbac."""


def named(lab: str, others: Iterable[str] = ()) -> Name:
    """The name, if a lab may be called so.

    Args:
        others: the labs that are there.

    Raises:
        GradingError: it is no name for a lab, or another lab has its number.
    """
    found = _NAME.fullmatch(lab)
    if found is None or len(lab) > LONGEST:
        raise GradingError(
            f"“{lab}”" + (f" of {len(lab)} characters" if len(lab) > LONGEST else ""),
            expected=f"lab, two digits from 01, small letters, digits and single hyphens; at most {LONGEST} characters",
            next_step="a name like lab15-wake-up",
        )
    for other in others:
        if other != lab and other.startswith(f"lab{found[1]}-"):
            raise GradingError(
                f"{other} has that number",
                expected="a number that no lab has: it is the lab's place in the course",
                next_step="course/README.md says which are meant for what",
            )
    return Name(lab, found[1], found[2].replace("-", " ").capitalize())
