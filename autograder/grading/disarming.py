"""Leaves of a student's cells what may be shown to whoever looks at them, and nothing else.

formgrader shows a graded notebook on a page that can change grades with one request; a script in an output, a link in a
text or a formula that is one would be on that page, and a text that takes minutes to render would be its end. So
whatever a student can write is shown to itself first (by `trying`), as `taming` leaves it. What fails there, or is
longer than somebody reads, is shown as it was typed, cut where it has to be, and a note says so. What is the lab's own
stays as it is. Nothing else is ever written to where formgrader and feedback look.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
from nbgrader import utils

from autograder.grading.picturing import settle_pictures
from autograder.grading.running import VERDICTS
from autograder.grading.submission import Submission
from autograder.grading.taming import commented, cut, typed
from autograder.grading.trying import tried
from autograder.grading.verdicts import write_verdicts

MAX_SOURCE = 200_000
"""Characters of a cell that are worth trying to show as it is meant."""
MAX_TEXT = 200_000
"""Characters of one text that a cell printed."""
MAX_HTML, MAX_TAGS = 1_000_000, 40_000
"""Of one output."""
MAX_OUTPUTS = 200
"""Of one cell; ten times as many of a notebook."""
MAX_TYPED, MAX_TYPED_IN_ALL = 20_000, 500_000
"""Characters that are shown of what cannot be shown as it is meant."""
MAX_UNTRIED = 1_000_000
"""Characters of a notebook's outputs that a page only has to escape."""
KNOWN = "autograder_shown"
"""Where a step finds what an earlier one has tried."""
_INJECTED = "injected-parameters"
_KEPT_METADATA = ("deletable", "editable", "nbgrader", "tags")
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?)?")
_MAX_ESCAPES = 2_000
"""Of one text; nbconvert copies all that is left of it at each."""
_NOT_SHOWN = "(an output of a kind that is not shown)"


class Disarm(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """A late step of autograding; see the module."""

    enabled = True

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        submission = Submission.of(resources)
        said = disarm(nb, submission, resources.get(KNOWN))
        verdicts = resources.get(VERDICTS)
        if said and verdicts is not None:
            resources[VERDICTS] = replace(verdicts, notes=(*verdicts.notes, *said))
            write_verdicts(submission.evidence, resources[VERDICTS])  # they were written before this
        return nb, resources


def disarm(
    notebook: NotebookNode, submission: Submission, known: dict[str, NotebookNode | None] | None = None
) -> list[str]:
    """Change a notebook into one that may be shown.

    Args:
        notebook: put together again; changed in place.
        known: what came of trying a cell of this submission before, and is filled with what is tried now.

    Returns:
        a remark for each kind of thing that is not shown as it was meant.
    """
    handed_out = set(_text_cells(json.loads(submission.source.read_text(encoding="utf-8"))))
    showing = _Showing({} if known is None else known)
    kernel = notebook.metadata.get("kernelspec")
    # Widgets, languages and whatever else a page would make something of.
    notebook.metadata = NotebookNode({"kernelspec": kernel} if kernel else {})
    for cell in notebook.cells:
        cell.metadata = NotebookNode({key: cell.metadata[key] for key in _KEPT_METADATA if key in cell.metadata})
        if cell.cell_type == "code":
            showing.add_code(cell)
        elif cell.source in handed_out:
            settle_pictures(cell)
        else:
            showing.add_text(cell)
    showing.finish()
    return showing.remarks()


@dataclass
class _Showing:
    """What of a notebook is tried, and what is done where that fails."""

    _known: dict[str, NotebookNode | None]
    _asked: list[NotebookNode] = field(default_factory=list)
    _for: list[tuple[NotebookNode, NotebookNode | None]] = field(default_factory=list)
    """For each: a cell of the notebook, and its output if it is that."""
    _typed: int = 0
    _texts: int = 0
    _codes: int = 0
    _outputs: int = 0
    _cut: bool = False
    _kept_outputs: int = 0
    _untried: int = 0

    def add_text(self, cell: NotebookNode) -> None:
        if len(cell.source) > MAX_SOURCE:
            self._show_typed(cell)
        else:
            self._ask(copy.deepcopy(cell), cell)

    def add_code(self, cell: NotebookNode) -> None:
        if utils.is_grade(cell) and not utils.is_solution(cell):
            for output in cell.outputs:
                self._calm(output)
            return
        outputs, cell.outputs = cell.outputs, []
        room = max(0, min(MAX_OUTPUTS, 10 * MAX_OUTPUTS - self._kept_outputs))
        self._kept_outputs += min(room, len(outputs))
        if len(cell.source) > MAX_SOURCE:
            self._show_commented(cell)
        elif _INJECTED not in cell.metadata.get("tags", ()):  # nobody but papermill has such a cell by now
            self._ask(copy.deepcopy(cell), cell)
        for output in outputs[:room]:
            cell.outputs.append(output)
            self._add_output(cell, output)
        if len(outputs) > room:
            self._cut = True
            cell.outputs.append(new_output("stream", text=f"({len(outputs) - room} more outputs are not shown)\n"))

    def _add_output(self, cell: NotebookNode, output: NotebookNode) -> None:
        self._calm(output)
        pictures = {}
        if "data" in output:
            data = output["data"]
            for mime in ("image/png", "image/jpeg"):
                if isinstance(data.get(mime), str) and _BASE64.fullmatch(data[mime]):
                    pictures[mime] = data[mime]
            texts = {mime: data[mime] for mime in ("text/plain", "text/html") if isinstance(data.get(mime), str)}
            output["data"] = NotebookNode(texts or ({} if pictures else {"text/plain": _NOT_SHOWN}))
            output["metadata"] = NotebookNode()
            markup = texts.get("text/html", "")
            if len(markup) > MAX_HTML or markup.count("<") > MAX_TAGS:
                self._show_output_typed(output)
        if not self._is_plain(output):
            self._ask(new_code_cell("", outputs=[copy.deepcopy(output)]), cell, output)
        if pictures:
            output["data"].update(pictures)

    def _is_plain(self, output: NotebookNode) -> bool:
        """Whether all that a page does with an output is to escape it, and nothing has to be tried."""
        data = output.get("data", {})
        text = "".join((*output.get("traceback", ()), output.get("text", ""), data.get("text/plain", "")))
        self._untried += len(text)
        return "text/html" not in data and "\x1b" not in text and self._untried <= MAX_UNTRIED

    def _ask(self, question: NotebookNode, cell: NotebookNode, output: NotebookNode | None = None) -> None:
        question.metadata = NotebookNode()
        if "execution_count" in question:
            question.execution_count = None  # before and after it ran, it is the same question
        self._asked.append(question)
        self._for.append((cell, output))

    def finish(self) -> None:
        """Try what was added, and show it in one way or the other."""
        names = [json.dumps({**each, "id": ""}, sort_keys=True) for each in self._asked]
        new = {name: each for name, each in zip(names, self._asked, strict=True) if name not in self._known}
        if new:  # a process takes a second to start
            self._known.update(zip(new, tried(list(new.values())), strict=True))
        for (cell, output), name in zip(self._for, names, strict=True):
            answer = copy.deepcopy(self._known[name])
            if output is not None:
                self._take_output(output, answer)
            elif answer is not None:
                cell.source = answer.source
                cell.pop("attachments", None)
                if "attachments" in answer:
                    cell["attachments"] = answer.attachments
            elif cell.cell_type == "code":
                self._show_commented(cell)
            else:
                self._show_typed(cell)

    def _take_output(self, output: NotebookNode, answer: NotebookNode | None) -> None:
        if answer is None:
            self._show_output_typed(output)
        elif "data" in output:
            output["data"].update(answer.outputs[0]["data"])

    def _show_typed(self, cell: NotebookNode) -> None:
        self._texts += 1
        cell.pop("attachments", None)
        cell.source = typed(cell.source, cell.cell_type, self._room_for(cell.source))

    def _show_commented(self, cell: NotebookNode) -> None:
        self._codes += 1
        cell.source = commented(cell.source, self._room_for(cell.source))

    def _show_output_typed(self, output: NotebookNode) -> None:
        self._outputs += 1
        if output.output_type == "stream":
            output.text = self._plain(output.text)
        elif output.output_type == "error":
            output.traceback = [self._plain("\n".join(output.traceback))]
        else:
            data = output["data"]
            text = data.pop("text/html", "")
            data["text/plain"] = self._plain(data.get("text/plain") or text)

    def _plain(self, text: str) -> str:
        return cut(_ESCAPE.sub("", text), self._room_for(text))

    def _room_for(self, text: str) -> int:
        """How much of a text to show as it was typed."""
        room = min(MAX_TYPED, max(0, MAX_TYPED_IN_ALL - self._typed))
        self._typed += min(room, len(text))
        return room

    def _calm(self, output: NotebookNode) -> None:
        """Make the texts of an output such that a page is soon done with them."""
        if output.output_type == "stream":
            output.text = self._calmed(output.text)
        elif output.output_type == "error":
            output.traceback = [self._calmed(line) for line in output.traceback]
        elif isinstance(output.get("data", {}).get("text/plain"), str):
            output["data"]["text/plain"] = self._calmed(output["data"]["text/plain"])

    def _calmed(self, text: str) -> str:
        # What a carriage return overwrites is not seen; nbconvert looks for it anew from each character of a line.
        if "\r" in text:
            text = "\n".join(line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
        if text.count("\x1b") > _MAX_ESCAPES:
            self._cut = True
            text = _ESCAPE.sub("", text)
        if len(text) > MAX_TEXT:
            self._cut = True
        return cut(text, MAX_TEXT)

    def remarks(self) -> list[str]:
        why = "too much for a page, or nothing that one can be made of"
        said = []
        if self._texts:
            said.append(f"{self._texts} of the text cells could not be shown as meant ({why}); they stand as typed")
        if self._codes:
            said.append(
                f"{self._codes} of the code cells could not be shown as code ({why}); they stand as comments, and "
                "were run as they were handed in"
            )
        if self._outputs:
            said.append(
                f"{self._outputs} of the outputs could not be shown as meant ({why}); they stand as plain text, and "
                "the grade does not depend on it"
            )
        if self._cut:
            said.append("some of the output was cut for showing, or lost its colours; the grade does not depend on it")
        return said


def _text_cells(notebook: dict[str, Any]) -> Iterator[str]:
    """The text cells of the lab's source."""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            yield "".join(cell["source"])
