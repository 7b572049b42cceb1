"""A lab's mutants: the same lab with one check a little weaker, so that some wrong answer should get more than it must.

A mutant that no answer notices is a check that nothing proves: the answer that would need it is not written yet, or
the check is not needed. Making them takes no cluster.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from autograder.checks.reading import Declared, criteria_in, tree_of, with_criterion_always_passing
from autograder.errors import GradingError
from autograder.proving.answers import REFERENCE, Answer
from autograder.proving.sources import LabSource, marked
from autograder.proving.weakening import Definitions, Edit, Kind, edits_in, entries_of


@dataclass(frozen=True)
class Mutant:
    """One change to a lab's checks."""

    number: int
    """Among the lab's, counted from 1."""
    grade_id: str
    """Of the check cell that is changed."""
    criteria: tuple[int, ...]
    """Which of the lab's criteria it touches, counted from 1."""
    line: int
    """Where, in the check cell, counted from 1."""
    kind: Kind
    """What is done."""
    says: str
    """What becomes of what, in a few words."""
    cell: str
    """The check cell's source, changed."""
    perhaps_stricter: bool = False
    """Whether it may ask for more instead of less."""

    @property
    def label(self) -> str:
        """`12 check-pods:30`."""
        return f"{self.number} {self.grade_id}:{self.line}"


def mutants_of(source: LabSource, criteria: Collection[int] = ()) -> list[Mutant]:
    """All mutants of a lab, in the order of its checks.

    Args:
        criteria: only those that touch one of these, counted from 1 as `autograder report` does; all if empty.

    Raises:
        GradingError: there is no such criterion.
    """
    for each in criteria:
        if not 1 <= each <= len(source.sentences):
            said = "; ".join(f"{number} {sentence}" for number, sentence in enumerate(source.sentences, start=1))
            raise GradingError(f"no criterion {each} in {source.lab}", expected=f"one of: {said}")
    found = [mutant for grade_id in source.check_cells for mutant in _of_cell(source, grade_id)]
    numbered = [replace(mutant, number=number) for number, mutant in enumerate(found, start=1)]
    return [each for each in numbered if not criteria or set(criteria) & set(each.criteria)]


def mutated(source: LabSource, mutant: Mutant) -> LabSource:
    """The lab with that check cell."""
    notebook = copy.deepcopy(source.notebook)
    for cell, marks in marked(notebook):
        if marks["grade_id"] == mutant.grade_id:
            cell.source = mutant.cell
    return replace(source, notebook=notebook)


def sentences(source: LabSource, mutant: Mutant) -> tuple[str, ...]:
    """Of the criteria that it touches."""
    return tuple(source.sentences[number - 1] for number in mutant.criteria)


def who_can_tell(source: LabSource, mutant: Mutant, answers: Sequence[Answer]) -> list[Answer]:
    """The answers that may notice: wrong ones that lose a criterion it touches, those that lose least else first.

    One that may be stricter is shown to the reference before, which must not lose anything.
    """
    touched = set(sentences(source, mutant))
    wrong = [each for each in answers if each.kind == "wrong" and not each.unfit and touched & set(each.loses)]
    first = [REFERENCE] if mutant.perhaps_stricter else []
    return [*first, *sorted(wrong, key=lambda each: (len(each.loses), each.name))]


def _of_cell(source: LabSource, grade_id: str) -> Iterator[Mutant]:
    text = source.check_cells[grade_id]
    tree = tree_of(text)
    declared = source.criteria[grade_id]
    numbers = [_number(source, each) for each in declared]
    blocks = [block for block, _ in criteria_in(tree)]
    definitions = Definitions.of(tree)

    def mutant(edit: Edit, touched: Sequence[int]) -> Mutant:
        line = edit.node.lineno
        return Mutant(
            0, grade_id, tuple(touched), line, edit.kind, edit.says, edit.made_in(text), edit.perhaps_stricter
        )

    for index, (block, number) in enumerate(zip(blocks, numbers, strict=True)):
        passing = with_criterion_always_passing(text, index)
        yield Mutant(0, grade_id, (number,), block.lineno, "always passes", "the criterion always passes", passing)
        for edit in edits_in(block, definitions):
            yield mutant(edit, [number])
    needed = [definitions.used_in(block) for block in blocks]
    for name, statement in definitions.statements.items():
        touched = [number for number, names in zip(numbers, needed, strict=True) if name in names]
        users: list[ast.AST] = [*blocks, *definitions.statements.values()]
        for edit in (*edits_in(statement, definitions), *entries_of(name, statement, users)):
            if touched:
                yield mutant(edit, touched)


def _number(source: LabSource, declared: Declared) -> int:
    return source.sentences.index(declared.sentence) + 1
