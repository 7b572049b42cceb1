"""What a kernel's messages become in a notebook.

A message from a student kernel is anything at all. What is kept is rebuilt field by field, so that
the notebook stays valid, can be saved, and carries nothing that only a grader may say: a mime type
of ours from a student kernel is dropped here. What a kernel may send is the relay's to bound; what is
kept of it, in the notebook as it will be written, is bounded here: an update of a display that is shown a
hundred times is kept a hundred times.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

OURS = "application/vnd.autograder"
VERDICTS = "application/vnd.autograder.verdicts+json"

_DEEPEST = 32
_MIMES, _MIME_CHARACTERS = 16, 127
_PLACES_OF_A_DISPLAY = 32
_ERROR_CHARACTERS = 4_000
_TRACEBACK_LINES = 60
_ERRORS = 3
_LEAVE_OUTPUT = ("stream", "display_data", "execute_result", "error")
_LINE_BYTES, _OUTPUT_BYTES = 16, 200  # what nbformat writes around a line of text, and around an output
_JSON_TYPES = re.compile(r"application/(.*\+)?json")
"""nbformat's own rule (`mimebundle` in its schema); under any other name only text is valid"""


@dataclass
class _Shown:
    """One output that is kept, and where."""

    output: NotebookNode
    owner: Outputs
    size_bytes: int
    gone: bool = False
    """Whether it was cleared since."""


@dataclass
class Store:
    """What is kept of one kernel's outputs, over all of its cells."""

    notebook_bytes: int = 16 * 2**20
    """As it is written, of all cells together."""
    cell_bytes: int = 8 * 2**20
    """The same, of one cell."""
    cell_outputs: int = 2_000
    """How many outputs one cell keeps."""
    stored_bytes: int = 0
    """So far."""
    displays: dict[str, list[_Shown]] = field(default_factory=dict)
    """By display id; what an update reaches."""


class Outputs:
    """The outputs of one cell, as they come.

    Args:
        cell: whose `outputs` are filled; empty at first.
        store: of this kernel; shared by all its cells.
        trusted: whether the kernel may use our mime types.
    """

    def __init__(self, cell: NotebookNode, store: Store, *, trusted: bool) -> None:
        self._outputs: list[NotebookNode] = cell.outputs
        self._cell = cell
        self._store = store
        self._trusted = trusted
        self._kept: list[_Shown] = []
        self._pending: list[str] = []
        self._clear_first = False
        self._stored_bytes = self._errors = 0
        self.cut = False
        """Whether anything was left out."""

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """One message's worth; kinds that leave no output are ignored, and so is what cannot be made sense of."""
        try:
            self._add(kind, content)
        except Exception:
            self.cut = True  # a student wrote it: it is theirs to lose, and nobody's to stumble over

    def _add(self, kind: str, content: dict[str, Any]) -> None:
        if kind == "clear_output":
            self._clear_first = bool(content.get("wait"))
            if not self._clear_first:
                self._clear()
            return
        if kind == "update_display_data":
            self._update(content)
            return
        if kind == "execute_input":
            count = content.get("execution_count")
            self._cell.execution_count = count if type(count) is int and 0 <= count < 2**31 else None
            return
        if self._is_full(kind, content):
            self.cut = True
            return
        output = self._rebuilt(kind, content)
        if output is None:
            return
        if self._clear_first:
            self._clear()
        shown = self._append(output)
        if shown is not None and "data" in output and (identity := _display_id(content)) is not None:
            places = self._store.displays.setdefault(identity, [])
            places[:] = [place for place in places if not place.gone]
            if len(places) < _PLACES_OF_A_DISPLAY:
                places.append(shown)

    def say(self, output: dict[str, Any]) -> None:
        """Something of our own, at the end."""
        self.settle()
        self._outputs.append(NotebookNode(output))

    def settle(self) -> None:
        """Put what was held back for speed where it belongs; before the notebook is saved."""
        if self._pending:
            self._outputs[-1]["text"] += "".join(self._pending)
            self._pending.clear()

    def _append(self, output: NotebookNode) -> _Shown | None:
        """Keeps it, or as much of it as there is room for."""
        last = self._outputs[-1] if self._outputs else None
        joined = last is not None and output.output_type == last.output_type == "stream" and output.name == last.name
        size_bytes = _written(output.text) if joined else _OUTPUT_BYTES + _written(output)
        room = self._room()
        if output.output_type == "error":
            self._errors += 1
        # The first errors are what a reader looks for, and short.
        if size_bytes > room and not (output.output_type == "error" and self._errors <= _ERRORS):
            self.cut = True
            if output.output_type != "stream" or room <= _OUTPUT_BYTES:
                return None
            output.text = output.text[: len(output.text) * (room - _OUTPUT_BYTES) // size_bytes]
            size_bytes = room
        if joined:
            # Text is joined once, not again for each of many small messages.
            self._pending.append(output.text)
            self._take(self._kept[-1], size_bytes)
            return None
        self.settle()
        self._outputs.append(output)
        self._kept.append(_Shown(output, self, 0))
        self._take(self._kept[-1], size_bytes)
        return self._kept[-1]

    def _is_full(self, kind: str, content: dict[str, Any]) -> bool:
        """Whether there is no place for one more; text may still go on where it stands, and errors always come."""
        if (kind == "error" and self._errors < _ERRORS) or self._clear_first or kind not in _LEAVE_OUTPUT:
            return False
        if self._room() <= 0:
            return True
        last = self._outputs[-1] if self._outputs else None
        goes_on = kind == "stream" and last is not None and last.get("name") == content.get("name")
        return not goes_on and len(self._outputs) >= self._store.cell_outputs

    def _room(self) -> int:
        return min(
            self._store.cell_bytes - self._stored_bytes,
            self._store.notebook_bytes - self._store.stored_bytes,
        )

    def _take(self, shown: _Shown, more_bytes: int) -> None:
        shown.size_bytes += more_bytes
        self._stored_bytes += more_bytes
        self._store.stored_bytes += more_bytes

    def _clear(self) -> None:
        for shown in self._kept:
            self._take(shown, -shown.size_bytes)
            shown.gone = True
        self._kept.clear()
        self._pending.clear()
        self._outputs.clear()
        self._clear_first = False

    def _update(self, content: dict[str, Any]) -> None:
        data = self._bundle(content.get("data"))
        size_bytes = _OUTPUT_BYTES + _written(data)
        for shown in self._store.displays.get(_display_id(content) or "", ()):
            more_bytes = size_bytes - shown.size_bytes
            if shown.gone:
                continue
            if more_bytes > shown.owner._room():
                self.cut = True
                continue
            shown.output["data"] = data
            shown.owner._take(shown, more_bytes)

    def _rebuilt(self, kind: str, content: dict[str, Any]) -> NotebookNode | None:
        if kind == "stream":
            name = "stderr" if content.get("name") == "stderr" else "stdout"
            # Without nbformat's own maker, which validates each of what may be a hundred thousand.
            return NotebookNode(output_type="stream", name=name, text=_text(content.get("text")))
        if kind == "display_data":
            return new_output(kind, data=self._bundle(content.get("data")))
        if kind == "execute_result":
            data = self._bundle(content.get("data"))
            return new_output(kind, data=data, execution_count=self._cell.execution_count)
        if kind == "error":
            lines = content.get("traceback")
            return new_output(
                kind,
                ename=_text(content.get("ename"))[:_ERROR_CHARACTERS],
                evalue=_text(content.get("evalue"))[:_ERROR_CHARACTERS],
                traceback=[_text(line)[:_ERROR_CHARACTERS] for line in lines[-_TRACEBACK_LINES:]]
                if isinstance(lines, list)
                else [],
            )
        return None

    def _bundle(self, data: Any) -> dict[str, Any]:
        """A mime bundle: text, except that what nbformat knows as JSON may be anything."""
        if not isinstance(data, dict):
            return {}
        kept: dict[str, Any] = {}
        for name, value in list(data.items())[:_MIMES]:
            mime = _text(name)[:_MIME_CHARACTERS]
            if mime.lower().startswith(OURS) and not self._trusted:
                continue
            kept[mime] = clean(value) if _JSON_TYPES.fullmatch(mime) else _text(value)
        return kept


def _written(value: Any, depth: int = 0) -> int:
    """About how many bytes nbformat will write for it: text a line at a time, JSON an item at a time, indented."""
    line_bytes = _LINE_BYTES + depth
    if isinstance(value, str):
        return len(json.dumps(value, ensure_ascii=False).encode()) + line_bytes * (1 + value.count("\n"))
    if isinstance(value, Mapping):
        return sum(line_bytes + len(str(key)) + _written(item, depth + 1) for key, item in value.items())
    if isinstance(value, list):
        return line_bytes + sum(line_bytes + _written(item, depth + 1) for item in value)
    return line_bytes + len(str(value))


def verdicts_in(cell: NotebookNode) -> list[dict[str, Any]]:
    """What the grader kernel said of the criteria in a cell that it ran, in order."""
    found: list[dict[str, Any]] = []
    for output in cell.outputs:
        data = output.get("data", {}).get(VERDICTS)
        if isinstance(data, dict):
            found += [dict(verdict) for verdict in data.get("verdicts", ())]
    return found


def clean(value: Any, depth: int = 0) -> Any:
    """The same value, as JSON can say it: strings fit for UTF-8, finite numbers, nothing nested without end."""
    if isinstance(value, str):
        return _text(value)
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return type(value)({_text(key): clean(item, depth + 1) for key, item in value.items()})
    if isinstance(value, list):
        return [clean(item, depth + 1) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(_text(part) for part in value[:10_000] if isinstance(part, str))
    text = value if isinstance(value, str) else str(value) if isinstance(value, int | float) else ""
    return text.encode("utf-8", "replace").decode()


def _display_id(content: dict[str, Any]) -> str | None:
    transient = content.get("transient")
    identity = transient.get("display_id") if isinstance(transient, dict) else None
    return identity if isinstance(identity, str) else None
