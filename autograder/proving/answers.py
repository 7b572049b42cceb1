"""What a known answer is: a solution of a lab that says only what sets it apart from the reference solution.

The reference lives in `source/LAB` and nowhere else. The format of an answer's file is described in
tests/answers/README.md; the demo's submissions are written in it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from autograder.proving.goldens import Message
from autograder.proving.patching import Hunk

Kind = Literal["right", "wrong", "blank", "other"]
How = Literal["cell", "change", "before", "after", "file", "change file"]


@dataclass(frozen=True)
class Part:
    """What an answer says about one cell, or about one file beside the notebook."""

    how: How
    """cell, file: all of it; change, change file: some of its lines; before, after: what is added to the cell."""
    name: str
    """The cell's grade_id, or the file's name below the lab's folder."""
    line: int
    """Of its marker, in the answer's file, counted from 1."""
    text: str = ""
    """What is put there; empty for a change."""
    hunks: tuple[Hunk, ...] = ()
    """Of a change."""

    @property
    def of_a_file(self) -> bool:
        return self.how in ("file", "change file")


@dataclass(frozen=True)
class Answer:
    """One solution of a lab, right or wrong."""

    name: str
    """Unique among the answers of its lab and kind, like selector_typo."""
    kind: Kind
    """right: full marks; wrong: loses exactly `loses`; blank: scores 0; other: nothing is claimed."""
    says: str
    """What it is, in one line."""
    parts: tuple[Part, ...] = ()
    """Where it differs from the reference, in the order of its file."""
    loses: tuple[str, ...] = ()
    """Sentences of the criteria that a wrong answer loses."""
    golden: tuple[Message, ...] | None = ()
    """What it may be told of the first of them, as it is on file; None where its lab keeps no such file."""
    unfit: str = ""
    """Why it is no answer to its lab, or none any more; empty if it is one."""

    @property
    def label(self) -> str:
        """`wrong/selector_typo`."""
        return f"{self.kind}/{self.name}"

    @property
    def file(self) -> str:
        """Where it is written, as a reader finds it: `wrong/selector_typo.py`."""
        return f"{self.name}.py" if self.kind == "other" else f"{self.label}.py"


REFERENCE = Answer("reference", "right", "the solution in the instructor's own notebook")
BLANK = Answer("blank", "blank", "the released notebook, untouched")
