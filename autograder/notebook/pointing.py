"""What the API server complains about, and on which line of the manifest that stands.

It names fields in two ways, `spec.containers[0].image` and `.spec.containers[name="web"].imge`; both are read. A field
that it does not name is looked for in no line: then the object as a whole is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.notebook.manifests import Step, Written

_TOLD = re.compile(r'(?:^|\s)(\.(?:[^\s":]|"[^"]*")+): ')
_TOKEN = re.compile(r'\.?([A-Za-z_][\w-]*)|\["([^"]*)"\]|\[((?:[^\]"]|"[^"]*")*)\]')
_NOT_A_STRING = re.compile(r"^expected string, got &value\.valueUnstructured\{Value:(.*)\}$")
_UNKNOWN = re.compile(r'unknown field "([^"]+)"')


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong with an object."""

    line: int
    """of the text that was written, from 1"""
    says: str
    """what, without the field's path"""


def complaints(status: Mapping[str, Any], written: Written) -> list[Complaint]:
    """What a refusal (a `Status`) says of the object, each with its line; in the order of the lines."""
    found = [Complaint(written.line_of(steps_of(path)), says) for path, says in _named(status)]
    if not found:
        found = [Complaint(written.line, str(status.get("message") or "refused without a word"))]
    return sorted(set(found), key=lambda each: each.line)


def steps_of(path: str) -> list[Step]:
    """A field's path, as the API server writes it, into steps."""
    steps: list[Step] = []
    for key, quoted, inside in _TOKEN.findall(path):
        if key or quoted:
            steps.append(key or quoted)
        elif inside.isdigit():
            steps.append(int(inside))
        elif inside:
            pairs = (each.partition("=") for each in inside.split(","))
            steps.append({name: value.strip('"') for name, _, value in pairs})
    return steps


def _named(status: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    causes = (status.get("details") or {}).get("causes") or []
    message = str(status.get("message") or "")
    named = [
        (str(each["field"]), str(each.get("message") or "")) for each in causes if each.get("field", "<nil>") != "<nil>"
    ]
    if named:
        yield from named
        return
    for name in _UNKNOWN.findall(message):
        yield name, f"there is no field `{name.rpartition('.')[2]}` here"
    for line in message.splitlines():
        for match in _TOLD.finditer(line):
            says = line[match.end() :].strip()
            last = steps_of(match[1])[-1:]
            says = _NOT_A_STRING.sub(r"a text is expected, and \1 without quotes is none", says)
            if says == "field not declared in schema" and last and isinstance(last[0], str):
                says = f"there is no field `{last[0]}` here"
            yield match[1], says
