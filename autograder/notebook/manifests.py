"""YAML as somebody wrote it, into the objects that it stands for; each knows on which line everything of it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from autograder.errors import ManifestError

Step = str | int | dict[str, str]
"""into a mapping by key, into a list by index, into a list by what an entry holds"""


@dataclass(frozen=True)
class Written:
    """One object of a text."""

    document: dict[str, Any]
    """as plain values"""
    node: yaml.Node
    """as it was parsed, with its places"""

    @property
    def line(self) -> int:
        """Where it begins, from 1."""
        return int(self.node.start_mark.line) + 1

    def line_of(self, steps: list[Step]) -> int:
        """The line of what lies under a path, or of the last thing on the way that is there."""
        node, line = self.node, self.line
        for step in steps:
            found = _below(node, step)
            if found is None:
                break
            line, node = found
        return line


def written(text: str) -> list[Written]:
    """The objects in a text, in order; the items of a `List` one by one.

    Raises:
        ManifestError: it is not YAML, or something in it is not an object of Kubernetes.
    """
    try:
        nodes = [node for node in yaml.compose_all(text, Loader=yaml.SafeLoader) if node is not None]
        return [found for node in nodes for found in _objects(node)]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        where = f"line {mark.line + 1}: " if mark is not None else ""
        raise ManifestError(
            f"{where}this is not YAML: {getattr(error, 'problem', None) or error}",
            next_step=_advice(text, mark.line if mark is not None else 0),
        ) from error
    except RecursionError:
        raise ManifestError("this is nested too deeply", expected="a manifest") from None


def shown_line(text: str, line: int) -> str:
    """A line of a text, from 1; '' where there is none."""
    lines = text.split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _objects(node: yaml.Node) -> Iterator[Written]:
    document = yaml.SafeLoader("").construct_document(node) if not _is_empty(node) else None
    line = int(node.start_mark.line) + 1
    if document is None:
        return
    if not isinstance(document, dict):
        raise ManifestError(f"line {line}: this is no object", expected="apiVersion, kind, metadata …")
    for key in ("apiVersion", "kind"):
        if not isinstance(document.get(key), str):
            raise ManifestError(
                f"line {line}: an object without `{key}`", expected="apiVersion and kind at the left margin of each"
            )
    if document["kind"] == "List" and isinstance(node, yaml.MappingNode):
        items = next((value for key, value in node.value if key.value == "items"), None)
        for item in items.value if isinstance(items, yaml.SequenceNode) else []:
            yield from _objects(item)
        return
    yield Written(document, node)


def _is_empty(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == ""


def _below(node: yaml.Node, step: Step) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode) and isinstance(step, str):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == step:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode):
        entries = node.value
        if isinstance(step, int) and step < len(entries):
            return entries[step].start_mark.line + 1, entries[step]
        if isinstance(step, dict):
            for entry in entries:
                if _holds(entry, step):
                    return entry.start_mark.line + 1, entry
    return None


def _holds(node: yaml.Node, wanted: dict[str, str]) -> bool:
    if isinstance(node, yaml.ScalarNode):
        return wanted == {"": node.value}
    if not isinstance(node, yaml.MappingNode):
        return False
    held = {key.value: value.value for key, value in node.value if isinstance(value, yaml.ScalarNode)}
    # What was left out has the value that the API server fills in, such as a port's protocol.
    return all(held.get(key, value) == value for key, value in wanted.items()) and bool(held.keys() & wanted.keys())


def _advice(text: str, index: int) -> str:
    lines = text.split("\n")[max(0, index - 1) : index + 1]
    if any("\t" in line for line in lines):
        return "there is a tab in it: YAML is indented with spaces"
    return "look at that line and the one above: the indentation, a missing colon, a missing space after one"
