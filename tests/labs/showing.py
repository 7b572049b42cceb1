"""What a notebook tells a reader to run, what it shows of it, and when two prints of it are the same.

Addresses, ages, made-up endings of names and a model's scores differ from run to run. They are put aside on both sides,
and so is how lines are folded and columns are set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PLACEHOLDERS = ("your-namespace", "team-a")
"""what stands for the reader's namespace in what is shown"""
_BLOCK = re.compile(r"^```(?:text|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`((?:kubectl|autograder) [^`]+)`")
_READS = re.compile(r"!?kubectl (--token=\S+ )?(get|logs|describe|rollout|explain|top)\b")
_MADE_UP = "[bcdfghjklmnpqrstvwxz2456789]"
_DIFFERS = (
    (re.compile(r"^Waiting for deployment .*\n?", re.MULTILINE), ""),  # there may be none, one or two of these
    (re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b"), "ADDRESS"),
    (re.compile(r'"score": [\d.]+'), '"score": N'),
    (re.compile(rf"\bpod-template-hash={_MADE_UP}{{8,10}}\b"), "pod-template-hash=MADE-UP"),
    (re.compile(rf"-{_MADE_UP}{{8,10}}-{_MADE_UP}{{5}}\b"), "-MADE-UP"),
    (re.compile(rf"-{_MADE_UP}{{5}}\b"), "-MADEUP"),
    (re.compile(r"\b\d+[smhd](\d+[smh])?(?=\s|$)"), "AGE"),
)


@dataclass(frozen=True)
class Command:
    """A shell line that the text tells a reader to run, or mentions."""

    line: str
    """as it is written"""
    shows: str = ""
    """what the text says it prints; '' where it does not say"""


def shown_after(markdown: str) -> str | None:
    """What the cell before this text is said to print: the block that it begins with."""
    found = _BLOCK.match(markdown.lstrip())
    return None if found is None or found[1].startswith("$ ") else found[1]


def sessions(markdown: str) -> list[list[Command]]:
    """The blocks of a terminal in a text, each as its commands with what they print."""
    blocks = [block for block in _BLOCK.findall(markdown) if block.startswith("$ ")]
    return [list(_commands(block)) for block in blocks]


def inline(markdown: str) -> list[Command]:
    """The commands that stand within a text's sentences and tables, outside its blocks."""
    return [Command(found) for found in _INLINE.findall(_BLOCK.sub("", markdown))]


def only_looks(lines: str) -> bool:
    """Whether shell lines change nothing, so that they may be run again until the cluster has come so far."""
    return all(_READS.match(line) for line in lines.splitlines() if line.strip())


def agrees(printed: str, shown: str, *, namespace: str, node: str = "node") -> bool:
    """Whether something was printed as it is shown; ` ...` in what is shown stands for anything."""
    wanted = re.escape(_plain(shown, PLACEHOLDERS, ())).replace(r"\ \.\.\.", ".*?")
    return re.fullmatch(wanted, _plain(printed, (namespace,), (node,)), re.DOTALL) is not None


def _plain(text: str, namespaces: tuple[str, ...], nodes: tuple[str, ...]) -> str:
    for names, stands_for in ((namespaces, "NAMESPACE"), (nodes, "node")):
        for name in names:
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", stands_for, text)
    text = text.replace("\r", "")
    for pattern, instead in _DIFFERS:
        text = pattern.sub(instead, text)
    return " ".join(text.split())


def _commands(block: str) -> Iterator[Command]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, rest = part.partition("\n")
        yield Command(line.strip(), rest)
