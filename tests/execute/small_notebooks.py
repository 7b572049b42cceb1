"""Cells that several tests run, and how to read what came of them."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.execute.execution import Execution
from autograder.execute.limits import Limits

CHECK = """
import json, os, ssl, urllib.request
from IPython.display import display

account = json.load(open(os.environ["KUBECONFIG"]))
trust = ssl.create_default_context(cadata=account["ca"])
stored = urllib.request.urlopen(account["server"] + "/answer", context=trust).read().decode()
right = stored == "42"
verdict = {"sentence": "the answer is stored", "points": 2, "earned": 2.0 * right,
           "state": "passed" if right else "failed", "seconds": 0.25}
display({"application/vnd.autograder.verdicts+json": {"verdicts": [verdict]}, "text/plain": "points"}, raw=True)
2.0 * right
"""

RIGHT = """
import json, os, ssl, urllib.request

account = json.load(open(os.environ["KUBECONFIG"]))
trust = ssl.create_default_context(cadata=account["ca"])
request = urllib.request.Request(account["server"] + "/answer", b"42", method="PUT")
urllib.request.urlopen(request, context=trust).read()
"""

QUICK = Limits(
    memory_mib=512, processes=64, cpu_s=60, cell_s=20, student_s=60, check_cell_s=20, output_mib=2, disk_mib=32
)


def check_cell(grade_id: str = "check", source: str = CHECK, **metadata: object) -> NotebookNode:
    marks = {"grade": True, "solution": False, "grade_id": grade_id, "points": 2, "locked": True}
    return new_code_cell(source, metadata={"nbgrader": marks, **metadata})


def points(execution: Execution, grade_id: str = "check") -> float:
    """What the grader kernel gave."""
    return sum(verdict["earned"] for verdict in execution.verdicts[grade_id])


def text_of(cell: NotebookNode) -> str:
    """Everything a cell printed, returned or raised."""
    parts = []
    for output in cell.outputs:
        shown = output.get("data", {}).get("text/plain", "")
        parts.append(output.get("text", "") + shown + output.get("evalue", ""))
    return "".join(parts)


def execution_elsewhere(output: Path, sources: list[str], autosave_s: int = 30) -> subprocess.Popen[bytes]:
    """An execution in a process of its own, without a cluster."""
    program = f"""
    import signal
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job would ignore it
    from pathlib import Path
    from nbformat.v4 import new_code_cell, new_notebook
    from papermill.engines import papermill_engines
    from autograder.execute import cells
    from autograder.execute.grader import Credentials
    from autograder.execute.limits import Limits
    from autograder.execute.running import Report, Setup
    from autograder.execute.student import Belongings

    setup = Setup(Belongings(), Credentials("", {{}}), Limits(cell_s=600), None, Report())
    notebook = new_notebook(cells=[new_code_cell(source) for source in {sources!r}])
    papermill_engines.execute_notebook_with_engine(
        "autograder", cells.prepared(notebook, {{"namespace": "x"}}), "python3",
        output_path={str(output)!r}, progress_bar=False, setup=setup, autosave_cell_every={autosave_s})
    """
    return subprocess.Popen([sys.executable, "-c", textwrap.dedent(program)], stderr=subprocess.DEVNULL)


def until(condition: Callable[[], bool], timeout_s: float = 30) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
