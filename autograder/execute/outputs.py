"""What a kernel's messages become in a notebook.

A message from a student kernel is anything at all. What is kept is rebuilt field by field, so that
the notebook stays valid, can be saved, and carries nothing that only a grader may say: a mime type
of ours from a student kernel is dropped here. How much a kernel may send is the relay's to bound.
"""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_output

OURS = "application/vnd.autograder"
VERDICTS = "application/vnd.autograder.verdicts+json"

_DEEPEST = 32


class Outputs:
    """The outputs of one cell, as they come.

    Args:
        cell: whose `outputs` are filled; empty at first.
        displays: of this kernel so far, by display id; shared by all its cells.
        trusted: whether the kernel may use our mime types.
    """

    def __init__(self, cell: NotebookNode, displays: dict[str, list[NotebookNode]], *, trusted: bool) -> None:
        self._outputs: list[NotebookNode] = cell.outputs
        self._cell = cell
        self._displays = displays
        self._trusted = trusted
        self._pending: list[str] = []
        self._clear_first = False

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """One message's worth; kinds that leave no output are ignored."""
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
            self._cell.execution_count = count if isinstance(count, int) and 0 <= count < 2**31 else None
            return
        output = self._rebuilt(kind, content)
        if output is None:
            return
        if self._clear_first:
            self._clear()
        self._append(output)
        if (identity := _display_id(content)) is not None and "data" in output:
            self._displays.setdefault(identity, []).append(output)

    def say(self, output: dict[str, Any]) -> None:
        """Something of our own, at the end."""
        self._append(NotebookNode(output))

    def settle(self) -> None:
        """Put what was held back for speed where it belongs; before the notebook is saved."""
        if self._pending:
            self._outputs[-1]["text"] += "".join(self._pending)
            self._pending.clear()

    def _append(self, output: NotebookNode) -> None:
        last = self._outputs[-1] if self._outputs else None
        if last is not None and output.output_type == last.output_type == "stream" and output["name"] == last["name"]:
            # Text is joined once, not again for each of many small messages.
            self._pending.append(output["text"])
            return
        self.settle()
        self._outputs.append(output)

    def _clear(self) -> None:
        self._pending.clear()
        self._outputs.clear()
        self._clear_first = False

    def _update(self, content: dict[str, Any]) -> None:
        data = self._bundle(content.get("data"))
        for shown in self._displays.get(_display_id(content) or "", ()):
            shown["data"] = data

    def _rebuilt(self, kind: str, content: dict[str, Any]) -> NotebookNode | None:
        if kind == "stream":
            name = "stderr" if content.get("name") == "stderr" else "stdout"
            return new_output("stream", name=name, text=_text(content.get("text")))
        if kind == "display_data":
            return new_output(kind, data=self._bundle(content.get("data")))
        if kind == "execute_result":
            data = self._bundle(content.get("data"))
            return new_output(kind, data=data, execution_count=self._cell.execution_count)
        if kind == "error":
            lines = content.get("traceback")
            return new_output(
                kind,
                ename=_text(content.get("ename")),
                evalue=_text(content.get("evalue")),
                traceback=[_text(line) for line in lines] if isinstance(lines, list) else [],
            )
        return None

    def _bundle(self, data: Any) -> dict[str, Any]:
        """A mime bundle: text, except that JSON may be anything."""
        if not isinstance(data, dict):
            return {}
        kept: dict[str, Any] = {}
        for mime, value in data.items():
            mime = _text(mime)
            if mime.lower().startswith(OURS) and not self._trusted:
                continue
            kept[mime] = clean(value) if mime.endswith("json") else _text(value)
        return kept


def verdicts_in(cell: NotebookNode) -> list[dict[str, Any]]:
    """What the grader kernel said of the criteria in a cell that it ran, in order."""
    found: list[dict[str, Any]] = []
    for output in cell.outputs:
        data = output.get("data", {}).get(VERDICTS)
        if isinstance(data, dict):
            found += [dict(verdict) for verdict in data.get("verdicts", ())]
    return found


def clean(value: Any, depth: int = 0) -> Any:
    """The same value, with every string in it fit for UTF-8 and nothing nested without end."""
    if isinstance(value, str):
        return _text(value)
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return type(value)({_text(key): clean(item, depth + 1) for key, item in value.items()})
    if isinstance(value, list):
        return [clean(item, depth + 1) for item in value]
    return value


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "".join(_text(part) for part in value[:10_000] if isinstance(part, str))
    text = value if isinstance(value, str) else "" if value is None else str(value)
    return text.encode("utf-8", "replace").decode()


def _display_id(content: dict[str, Any]) -> str | None:
    transient = content.get("transient")
    identity = transient.get("display_id") if isinstance(transient, dict) else None
    return identity if isinstance(identity, str) else None
