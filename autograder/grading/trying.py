"""Shows a student's cells to themselves first: in a process of its own, which may run out of time and memory.

Markdown, HTML and code are read by libraries that take quadratic time and memory, or worse, over a few kilobytes that
somebody chose. Pages are made in the process that grades the class and in the server that formgrader runs in; so
whatever they will be given is made into a page here before, with bounds, by the very code that they use. `tried` says
of each cell what came of it, or that nothing did; what to show instead is for its caller to say.

The process is `python -m autograder.grading.trying`: a cell a line comes in, and an answer a line goes out. It ends at
a cell that takes too long, and another goes on behind that one.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

import nbformat
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.deadlines import scaled
from autograder.errors import GradingError
from autograder.grading.taming import tame

_PICTURE = "autograder/picture/"
_STAND_IN = re.compile(re.escape(_PICTURE) + r"(\d{1,9})(?![A-Za-z0-9+/=])")
_FRAMES = 500
"""Of Python's stack; the processes that make pages have twice as many, and need some before they come to a cell."""


@dataclass(frozen=True)
class Bounds:
    """How much it may cost to show what a student wrote."""

    cell_cpu_s: float = 4.0
    """CPU time of one cell or output, with what is done to it before it is shown."""
    cpu_s: float = 30.0
    """The same of a notebook."""
    memory_mib: int = 1024
    """Addresses of the process."""
    cell_characters: int = 2_000_000
    """Of the page that one cell or output is made into, pictures not counted."""
    characters: int = 10_000_000
    """The same of a notebook."""
    picture_characters: int = 64 * 2**20
    """Of all pictures in texts of a notebook, each counted as often as it is shown."""
    starts: int = 4
    """How many processes a notebook is worth: one more than it may have cells that end them."""


def tried(cells: Sequence[NotebookNode], bounds: Bounds | None = None) -> list[NotebookNode | None]:
    """Cells as they may be shown, each by itself.

    Args:
        cells: a student's; texts, code, or single outputs in a code cell without code.

    Returns:
        for each cell what `taming` made of it, or None where that or the page it is for goes beyond a bound.

    Raises:
        GradingError: no process could be started.
    """
    bounds = bounds or Bounds()
    shown: list[NotebookNode | None] = []
    characters_left, pictures_left = bounds.characters, bounds.picture_characters
    for cell, answer in zip(cells, _answers(cells, bounds), strict=True):
        if answer is None or "cell" not in answer:
            shown.append(None)
            continue
        characters, pictures = answer["characters"], _characters_of_pictures(answer["pictures"], cell)
        if characters > characters_left or pictures > pictures_left:
            shown.append(None)
            continue
        characters_left -= characters
        pictures_left -= pictures
        shown.append(_with_pictures(answer["cell"], cell))
    return shown


def _answers(cells: Sequence[NotebookNode], bounds: Bounds) -> Iterator[dict[str, Any] | None]:
    """What the processes answer, cell by cell; None for a cell that ended one, and for all after the last."""
    left_s = scaled(bounds.cpu_s)
    done = 0
    for _ in range(bounds.starts):
        if done == len(cells) or left_s <= 0:
            break
        answers = _one_process(cells[done:], bounds, left_s)
        yield from answers
        done += len(answers)
        if done < len(cells):
            yield None
            done += 1
            left_s -= scaled(bounds.cell_cpu_s)
        left_s -= answers[-1]["cpu_s"] if answers else 0.0
    yield from [None] * (len(cells) - done)


def _one_process(cells: Sequence[NotebookNode], bounds: Bounds, cpu_s: float) -> list[dict[str, Any]]:
    """The answers of one process, as far as it came."""
    cell_s = scaled(bounds.cell_cpu_s)
    with tempfile.TemporaryFile() as questions, tempfile.TemporaryFile() as said:
        first = {
            "cell_cpu_s": cell_s,
            "cpu_s": cpu_s,
            "memory_mib": bounds.memory_mib,
            "cell_characters": bounds.cell_characters,
        }
        for each in (first, *map(_without_pictures, cells)):
            questions.write(json.dumps(each).encode() + b"\n")
        questions.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", __spec__.name], stdin=questions, stdout=said, stderr=subprocess.DEVNULL
        )
        try:
            # It is CPU time that is bounded; this is for a machine that gives it none.
            process.wait(timeout=10 * cpu_s + scaled(60))
        except subprocess.TimeoutExpired:
            pass
        finally:
            process.kill()
            process.wait()
        said.seek(0)
        ready, *answers = [json.loads(line) for line in said if line.endswith(b"\n")] or [None]
        if ready is None:  # it had not seen a student's word yet
            raise GradingError(
                f"the process that tries what a notebook shows did not start (it ended with {process.returncode})",
                next_step=f"see what `{sys.executable} -P -m {__spec__.name}` says, then grade it again",
            )
        return answers


def _bundles(cell: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A cell's pictures in their order, by name and type."""
    for name, bundle in cell.get("attachments", {}).items():
        for mime in bundle:
            yield name, mime


def _characters_of_pictures(often: Mapping[str, int], cell: NotebookNode) -> int:
    """How much of a page a cell's pictures are, each shown that often."""
    sizes = (len(cell.attachments[name][mime]) for name, mime in _bundles(cell))
    return sum(size * often.get(str(number), 0) for number, size in enumerate(sizes))


def _without_pictures(cell: NotebookNode) -> dict[str, Any]:
    """A cell with words for its pictures, which are large and nothing to be read."""
    attachments: dict[str, dict[str, str]] = {}
    for number, (name, mime) in enumerate(_bundles(cell)):
        attachments.setdefault(name, {})[mime] = f"{_PICTURE}{number}"
    return {**cell, "attachments": attachments} if attachments else dict(cell)


def _with_pictures(answer: Mapping[str, Any], asked: NotebookNode) -> NotebookNode:
    """What was answered, with the pictures in the place of those words."""
    data = [asked.attachments[name][mime] for name, mime in _bundles(asked)]

    def picture(found: re.Match[str]) -> str:
        number = int(found[1])
        return data[number] if number < len(data) else found[0]

    cell: NotebookNode = nbformat.from_dict(dict(answer))
    if data and "attachments" not in cell:  # they are part of the text now
        cell.source = _STAND_IN.sub(picture, cell.source)
    for bundle in cell.get("attachments", {}).values():
        for mime in bundle:
            bundle[mime] = _STAND_IN.sub(picture, bundle[mime])
    return cell


def _answer(cell: NotebookNode, page: HTMLExporter, most: int) -> dict[str, Any]:
    """What came of one cell."""
    try:
        tame(cell)
        shown = page.from_notebook_node(new_notebook(cells=[cell]))[0]
    except Exception as error:  # of any library; a page would raise it as well
        return {"failed": type(error).__name__}
    if len(shown) > most:
        return {"failed": "too long"}
    pictures: dict[int, int] = {}
    for found in _STAND_IN.finditer(shown):
        pictures[int(found[1])] = pictures.get(int(found[1]), 0) + 1
    return {"cell": cell, "characters": len(shown), "pictures": pictures}


def _answer_all(questions: IO[bytes], said: IO[bytes]) -> None:
    bounds = json.loads(questions.readline())
    page = HTMLExporter(template_name="basic")
    page.from_notebook_node(new_notebook())  # what is made once is not the first cell's to pay
    memory = bounds["memory_mib"] * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    most_s = int(time.process_time() + bounds["cpu_s"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (most_s, most_s))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    sys.setrecursionlimit(_FRAMES)
    started_s = time.process_time()
    said.write(b"{}\n")
    said.flush()
    for line in questions:
        # Not a handler's to raise: a regular expression would not be interrupted.
        signal.setitimer(signal.ITIMER_PROF, bounds["cell_cpu_s"])
        answer = _answer(nbformat.from_dict(json.loads(line)), page, bounds["cell_characters"])
        answer["cpu_s"] = time.process_time() - started_s
        said.write(json.dumps(answer).encode() + b"\n")
        said.flush()


if __name__ == "__main__":
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # whatever a library prints is no answer
        _answer_all(sys.stdin.buffer, answers)
