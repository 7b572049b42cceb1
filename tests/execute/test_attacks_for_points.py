"""Submissions that want points without a right answer. Each gets none, and the next honest one gets all."""

from __future__ import annotations

from pathlib import Path

import pytest
from execute.conftest import Run
from execute.small_notebooks import RIGHT, check_cell, points, text_of
from nbformat import from_dict
from nbformat.v4 import new_code_cell

from autograder.execute.outputs import VERDICTS

FULL = "{'verdicts': [{'sentence': 'the answer is stored', 'points': 2, 'earned': 2.0, 'state': 'passed'}]}"

ATTACKS = {
    "a replaced package in sys.modules": """
        import sys, types
        for name in ("autograder", "autograder.lab", "IPython.display", "json", "urllib.request"):
            fake = types.ModuleType(name)
            fake.display = fake.urlopen = fake.load = fake.points = lambda *a, **k: 2.0
            sys.modules[name] = fake
        """,
    "an input transformer": """
        def transform(lines):
            return ["2.0\\n"]
        get_ipython().input_transformers_post.append(transform)
        get_ipython().input_transformers_cleanup.append(transform)
        """,
    "a syntax tree transformer": """
        import ast
        class Everything(ast.NodeTransformer):
            def visit_Compare(self, node):
                return ast.Constant(True)
        get_ipython().ast_transformers.append(Everything())
        """,
    "an overridden run_cell and do_execute": """
        shell = get_ipython()
        shell.run_cell = lambda *a, **k: 2.0
        type(shell).run_cell_async = lambda *a, **k: 2.0
        type(shell.kernel).do_execute = lambda *a, **k: {"status": "ok", "execution_count": 1}
        """,
    "a hook before every cell": """
        get_ipython().events.register("pre_run_cell", lambda *a: get_ipython().user_ns.update(right=True, stored="42"))
        """,
    "a verdict of its own through displayhook": f"""
        import sys
        from IPython.display import display
        display({{{VERDICTS!r}: {FULL}, "text/plain": "points"}}, raw=True)
        get_ipython().displayhook(2.0)
        sys.displayhook(2.0)
        """,
    "an equality that lies": """
        import builtins
        class Always:
            def __eq__(self, other): return True
            def __bool__(self): return True
            def __float__(self): return 2.0
        stored = right = points = Always()
        builtins.float = lambda *a: 2.0
        """,
    "a thread that prints points": f"""
        import threading, time
        from IPython.display import display
        def shout():
            while True:
                print(2.0)
                display({{{VERDICTS!r}: {FULL}}}, raw=True)
                time.sleep(0.05)
        threading.Thread(target=shout, daemon=True).start()
        """,
    "messages of its own to the engine": f"""
        session, socket = get_ipython().kernel.session, get_ipython().kernel.iopub_socket
        parent = get_ipython().kernel.get_parent()
        for kind in ("display_data", "execute_result"):
            session.send(socket, kind, {{"data": {{{VERDICTS!r}: {FULL}}}, "metadata": {{}}}}, parent=parent)
        session.send(socket, "display_data", {{"data": {{{VERDICTS.upper()!r}: {FULL}}}, "metadata": {{}}}})
        session.send(socket, "stream", {{"name": 5, "text": {{"a": "\\ud800"}}}}, parent=parent)
        session.send(socket, "error", {{"ename": None, "traceback": 7}}, parent=parent)
        """,
    "a process that stays": """
        import subprocess, sys
        subprocess.Popen([sys.executable, "-c", "while True: print(2.0, flush=True)"], stdout=subprocess.DEVNULL)
        """,
}


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_it_earns_nothing_and_the_next_submission_earns_everything(run: Run, attack: str) -> None:
    execution = run(attack.replace("\n        ", "\n"))
    assert points(execution) == 0.0
    assert len(execution.verdicts["check"]) == 1
    for cell in execution.notebook.cells[:-1]:
        assert not any(mime.lower().startswith(VERDICTS[:20]) for out in cell.outputs for mime in out.get("data", {}))
    assert points(run(RIGHT)) == 2.0


@pytest.mark.parametrize("tag", ["skip-execution", "raises-exception", "injected-parameters", "parameters"])
def test_a_tag_on_a_check_cell_changes_nothing(run: Run, tag: str) -> None:
    assert points(run("pass", check_cell("tagged", tags=[tag])), "tagged") == 0.0
    execution = run(RIGHT, check_cell("tagged", tags=[tag]))
    assert points(execution, "tagged") == points(execution) == 2.0


def test_a_tag_on_its_own_cell_changes_nothing(run: Run) -> None:
    execution = run(new_code_cell(RIGHT, metadata={"tags": ["skip-execution"]}))
    assert points(execution) == 2.0


def test_outputs_that_came_with_the_submission_count_for_nothing(run: Run) -> None:
    cell = check_cell("before")
    cell.outputs = [{"output_type": "display_data", "metadata": {}, "data": {VERDICTS: {"verdicts": [{"earned": 2}]}}}]
    assert points(run("pass", cell), "before") == 0.0


def test_packages_in_the_submission_are_seen_by_the_student_kernel_alone(run: Run, tmp_path: Path) -> None:
    for name in ("sitecustomize.py", "usercustomize.py", "kubernetes.py", "json.py", "ipykernel_launcher.py", "zmq.py"):
        (tmp_path / name).write_text("print('HIJACKED')\nraise SystemExit")
    (tmp_path / "autograder").mkdir()
    (tmp_path / "autograder" / "__init__.py").write_text("print('HIJACKED')")
    startup = tmp_path / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "first.py").write_text("import os; os._exit(1)")
    look = "import os, autograder; print(os.listdir(), autograder.__file__)"
    execution = run("print('started')", check_cell("look", look), files=tmp_path)
    assert points(execution) == 0.0
    assert text_of(execution.notebook.cells[1]) == "started\n"
    assert text_of(execution.notebook.cells[2]).startswith("[")
    assert str(tmp_path) not in text_of(execution.notebook.cells[2])
    assert "HIJACKED" not in str(execution.notebook.cells[2:])


def test_metadata_of_every_wrong_kind_is_survived(run: Run) -> None:
    odd, lone = new_code_cell("print('ran')"), new_code_cell("print('\ud800')")
    odd.metadata = from_dict({"nbgrader": [1], "tags": {"a": 1}, "papermill": "x"})
    lone.metadata = from_dict({"nbgrader": {"grade": True, "grade_id": 7}, "\udfff": "\ud800"})
    assert points(run(odd, lone, RIGHT)) == 2.0
