"""What wrong answers are told of the first criterion they lose, on file: written, read, compared.

A grader that takes the right points away can still say the wrong thing about it. So the message of each wrong answer
stands in `tests/answers/LAB/messages.txt`, where a change to it is a line of a diff that somebody reads. What differs
from run to run is put aside by `masking`; where a message may be one of several, all of them stand there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import GradingError
from autograder.grading.verdicts import Verdict
from autograder.proving.masking import masked

FILE_NAME = "messages.txt"
"""Beside a lab's answers."""
OR = "or"
"""Stands between two messages of one answer, of which it may be told either."""
_PARTS = ("criterion", "hidden", "expected", "found", "next step")
_LINE = re.compile(rf" {{2}}({'|'.join(_PARTS)}) +(\S.*)")
_HEAD = """\
# What each wrong answer of {lab} is told of the first criterion that it loses.
# `autograder prove` compares, `autograder prove --update-goldens` writes; tests/answers/README.md says how it is read.
"""


@dataclass(frozen=True)
class Message:
    """What somebody reads about a criterion that they lost, without what changes from run to run."""

    criterion: str
    """Its sentence."""
    hidden: bool
    """Whether a student sees no more of it than a name and points, and an instructor all of it."""
    expected: str
    """What should have been the case; '' where the check says it in `found`."""
    found: str
    """What is the case."""
    next_step: str
    """What the reader does about it; '' where the check says nothing."""

    @property
    def parts(self) -> dict[str, str]:
        """Those that say something, by the names they have on file."""
        sentence = "hidden" if self.hidden else "criterion"
        every = {sentence: self.criterion, "expected": self.expected, "found": self.found, "next step": self.next_step}
        return {name: text for name, text in every.items() if text}


def message_of(verdict: Verdict) -> Message:
    """What a verdict says, as it is kept on file."""
    said = verdict.found or ("" if verdict.expected or verdict.next_step else verdict.message)
    return Message(
        masked(verdict.sentence), verdict.hidden, masked(verdict.expected), masked(said), masked(verdict.next_step)
    )


def differences(told: Message, golden: Sequence[Message]) -> str:
    """How a message differs from those it may be, in words; '' where it is one of them.

    Args:
        golden: what is on file; where there are several, the one that is most like it is compared.
    """
    if told in golden:
        return ""
    if not golden:
        return "no message of it is on file yet"
    nearest = max(golden, key=lambda each: len(each.parts.items() & told.parts.items()))
    was, now = nearest.parts, told.parts
    return "; ".join(
        f"{name}: {_quoted(was.get(name))}, now {_quoted(now.get(name))}"
        for name in _PARTS
        if was.get(name) != now.get(name)
    )


def read(path: Path) -> dict[str, tuple[Message, ...]]:
    """What is on file, by the name of the wrong answer; nothing where there is no file.

    Raises:
        GradingError: it is not written as tests/answers/README.md says.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise GradingError(f"{path} cannot be read: {error}") from error
    found: dict[str, tuple[Message, ...]] = {}
    for name, line, body in _entries(text, path):
        if name in found:
            raise _unreadable(path, line, f"“{name}” stands there twice", "each answer once, its messages parted by or")
        found[name] = tuple(body)
    return found


def written(lab: str, goldens: Mapping[str, Iterable[Message]]) -> str:
    """The file's text; answers by their names."""
    entries = (f"\n{name}\n" + f"  {OR}\n".join(map(_as_lines, goldens[name])) for name in sorted(goldens))
    return _HEAD.format(lab=lab) + "".join(entries)


def _as_lines(message: Message) -> str:
    width = max(map(len, _PARTS))
    return "".join(f"  {name:<{width}}  {text}\n" for name, text in message.parts.items())


def _entries(text: str, path: Path) -> Iterator[tuple[str, int, list[Message]]]:
    """Name, line and messages of each answer."""
    name, begins, messages, parts = "", 0, list[Message](), dict[str, str]()
    for number, line in enumerate([*text.split("\n"), "end"], start=1):
        if not line.strip() or line.startswith("#"):
            continue
        if line == f"  {OR}" and parts:
            messages, parts = [*messages, _message(parts, path, number)], {}
        elif not line.startswith(" "):
            if name:
                yield name, begins, [*messages, _message(parts, path, number)]
            name, begins, messages, parts = line.rstrip(), number, [], {}
        else:
            found = _LINE.fullmatch(line.rstrip())
            if found is None or not name or found[1] in parts:
                raise _unreadable(path, number, f"“{line}”", f"two blanks, one of {', '.join(_PARTS)}, and a text")
            parts[found[1]] = found[2]


def _message(parts: Mapping[str, str], path: Path, line: int) -> Message:
    if ("criterion" in parts) is ("hidden" in parts):
        raise _unreadable(path, line, "a message of no criterion, or of two", "one line `criterion` or `hidden`")
    return Message(
        parts.get("criterion") or parts["hidden"],
        "hidden" in parts,
        parts.get("expected", ""),
        parts.get("found", ""),
        parts.get("next step", ""),
    )


def _quoted(text: str | None) -> str:
    return f"“{text}”" if text else "nothing"


def _unreadable(path: Path, line: int, found: str, expected: str) -> GradingError:
    return GradingError(
        f"{path.parent.name}/{path.name}, line {line}: {found}",
        expected=expected,
        next_step="tests/answers/README.md shows how it is written; --update-goldens writes it",
    )
