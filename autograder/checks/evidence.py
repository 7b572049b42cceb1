"""What the grader saw behind a verdict, kept small.

While a criterion runs, every question notes what it looked at. A criterion that did not pass then gets the last
state of those objects, their events and their Pods' last lines. What is secret stays out: the data of Secrets
never gets into evidence, nor does the annotation in which kubectl keeps a copy of what was applied.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from autograder.checks.api import Api, JsonObject
from autograder.errors import AutograderError

EXHIBIT_BYTES = 4096
EXHIBITS = 12
NAME_CHARACTERS = 300
_STRING_CHARACTERS = 400
_LIST_ITEMS = 20
_DEPTH = 14
_UNSEEN = dict.fromkeys([*range(9), *range(11, 32), 127], "·")
_COPIES = ("kubectl.kubernetes.io/last-applied-configuration",)


@dataclass(frozen=True)
class Exhibit:
    """One thing that was seen."""

    kind: str
    """`object`, `events`, `log`, `reply` or `output`"""
    name: str
    """of what: `deployment/sentiment`"""
    text: str
    """at most `EXHIBIT_BYTES`"""


_objects: dict[str, JsonObject] = {}
_texts: dict[tuple[str, str], str] = {}
_later: dict[str, Callable[[], Exhibit | None]] = {}


def begin() -> None:
    """Forget what an earlier criterion saw."""
    _objects.clear()
    _texts.clear()
    _later.clear()


def saw(name: str, document: JsonObject) -> None:
    """Note the latest state of an object; of the first ones only, since no more is shown."""
    if name in _objects or len(_objects) < EXHIBITS:
        _objects[name] = document


def saw_text(kind: str, name: str, text: str) -> None:
    """Note a text: a log, a reply, an output; the last ones are kept, none longer than it is shown."""
    key = (kind, name[:NAME_CHARACTERS])
    _texts.pop(key, None)
    while len(_texts) >= EXHIBITS:
        del _texts[next(iter(_texts))]
    _texts[key] = capped(text)


def ask_later(name: str, question: Callable[[], Exhibit | None]) -> None:
    """Ask `question` only if the criterion does not pass."""
    if len(_later) < EXHIBITS:
        _later.setdefault(name, question)


def collect(api: Api | None, *, wanted: bool) -> list[Exhibit]:
    """What was noted since `begin`; with `wanted`, also the answers to what was to be asked later."""
    exhibits = [Exhibit(kind, name, text) for (kind, name), text in _texts.items()]
    exhibits += [Exhibit("object", name, _shown(document)) for name, document in _objects.items()]
    if wanted and api is not None:
        for question in list(_later.values()):
            try:
                answer = question()
            except AutograderError:
                break  # evidence is a help; where it cannot be had the verdict stands without
            except Exception:  # noqa: S112 - a question met something odd of a student's, and must not cost the cell
                continue
            if answer is not None and answer.text:
                exhibits.append(Exhibit(answer.kind, answer.name[:NAME_CHARACTERS], capped(answer.text)))
    return exhibits[: 2 * EXHIBITS]


def _shown(document: JsonObject) -> str:
    """The object as text, whatever is in it: a student wrote it, and no verdict may be lost over its evidence."""
    try:
        return capped(as_yaml(document))
    except Exception as error:
        return f"(this object cannot be shown: {type(error).__name__})"


def capped(text: str) -> str:
    """The text within `EXHIBIT_BYTES`: its start and its end, where that is needed."""
    # Longer than that is cut in any case; what a terminal obeys would be written sixfold in JSON.
    encoded = _ends(text).translate(_UNSEEN).encode("utf-8", "replace")
    if len(encoded) <= EXHIBIT_BYTES:
        return encoded.decode("utf-8", "replace")
    half = EXHIBIT_BYTES // 2 - 16
    return encoded[:half].decode("utf-8", "ignore") + "\n… (cut) …\n" + encoded[-half:].decode("utf-8", "ignore")


def _ends(text: str) -> str:
    return text if len(text) <= 2 * EXHIBIT_BYTES else text[:EXHIBIT_BYTES] + text[-EXHIBIT_BYTES:]


def as_yaml(document: JsonObject) -> str:
    """The object as a reader wants it: without bookkeeping, copies and secrets."""
    return yaml.safe_dump(_trimmed(without_secrets(document)), sort_keys=False, allow_unicode=True, width=110)


def without_secrets(document: JsonObject) -> JsonObject:
    """The object without a Secret's data, managed fields and kubectl's copy."""
    metadata = {k: v for k, v in (document.get("metadata") or {}).items() if k != "managedFields"}
    if metadata.get("annotations"):
        metadata["annotations"] = {k: v for k, v in metadata["annotations"].items() if k not in _COPIES}
    shown = {**document, "metadata": metadata}
    if document.get("kind") == "Secret":
        for part in ("data", "stringData"):
            if document.get(part):
                shown[part] = dict.fromkeys(document[part], "(not shown)")
    return shown


def _trimmed(value: Any, depth: int = 0) -> Any:
    if depth > _DEPTH:
        return "…"
    if isinstance(value, dict):
        return {str(k)[:_STRING_CHARACTERS]: _trimmed(v, depth + 1) for k, v in list(value.items())[: 3 * _LIST_ITEMS]}
    if isinstance(value, list):
        rest = [f"… and {len(value) - _LIST_ITEMS} more"] if len(value) > _LIST_ITEMS else []
        return [_trimmed(item, depth + 1) for item in value[:_LIST_ITEMS]] + rest
    if isinstance(value, str) and len(value) > _STRING_CHARACTERS:
        return value[:_STRING_CHARACTERS] + "…"
    return value
