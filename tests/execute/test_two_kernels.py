"""One notebook, two kernels: who runs what, and what comes out."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path

import nbformat
import pytest
from execute.conftest import Run
from execute.small_notebooks import CHECK, RIGHT, check_cell, execution_elsewhere, points, text_of, until
from nbformat.v4 import new_code_cell, new_markdown_cell


def test_a_right_submission_earns_its_points_through_the_cluster_alone(run: Run) -> None:
    execution = run(RIGHT)
    assert points(execution) == 2.0
    assert execution.verdicts["check"][0]["state"] == "passed"
    assert execution.ended_because == ""


def test_a_submission_that_does_nothing_earns_nothing(run: Run) -> None:
    assert points(run("pass")) == 0.0


def test_cells_run_in_notebook_order_across_both_kernels(run: Run) -> None:
    execution = run(check_cell("before"), RIGHT, check_cell("after"), with_check=False)
    assert (points(execution, "before"), points(execution, "after")) == (0.0, 2.0)


def test_the_two_kernels_share_no_variable_and_no_process(run: Run) -> None:
    execution = run(
        "secret = 1; import os; print('pid', os.getpid(), os.getuid())",
        check_cell("look", "import os; print('secret' in globals(), os.getuid())"),
        with_check=False,
    )
    _, student, grader = execution.notebook.cells
    assert text_of(grader) == f"False {os.getuid()}\n"
    assert text_of(student).split()[2] != str(os.getuid()) or os.getuid() != 0


def test_parameters_reach_the_student_kernel_in_a_cell_of_their_own(run: Run) -> None:
    execution = run("print(namespace)")
    assert execution.notebook.cells[0].metadata["tags"] == ["injected-parameters"]
    assert text_of(execution.notebook.cells[1]) == "lab-ada\n"


def test_parameters_come_after_the_notebooks_own_defaults(run: Run) -> None:
    defaults = new_code_cell("namespace = 'default'", metadata={"tags": ["parameters"]})
    execution = run(defaults, "print(namespace)", with_check=False)
    assert text_of(execution.notebook.cells[2]) == "lab-ada\n"


def test_an_error_does_not_stop_the_notebook(run: Run) -> None:
    execution = run("1/0", RIGHT)
    assert points(execution) == 2.0
    assert execution.notebook.cells[1].outputs[0]["ename"] == "ZeroDivisionError"


def test_files_of_the_submission_are_in_the_home(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sub" / "data").mkdir(parents=True)
    (tmp_path / "sub" / "data" / "table.csv").write_text("a,b")
    (tmp_path / "sub" / "helper.py").write_text("answer = 42")
    execution = run(
        "import helper; print(helper.answer, open('data/table.csv').read()); open('new', 'w').write('x')",
        files=tmp_path / "sub",
    )
    assert text_of(execution.notebook.cells[1]).startswith("42 a,b")
    assert not (tmp_path / "sub" / "new").exists()


def test_the_package_can_be_imported_for_a_self_check(run: Run) -> None:
    execution = run("from autograder import errors; print(errors.CheckFailed('no'))")
    assert text_of(execution.notebook.cells[1]) == "no\n"


def test_rich_output_is_kept_in_order(run: Run) -> None:
    source = """
    import sys
    from IPython.display import HTML, clear_output, display, update_display
    print("gone"); clear_output()
    print("one"); print("two"); print("three", file=sys.stderr)
    display(HTML("<b>old</b>"), display_id="d"); update_display(HTML("<b>new</b>"), display_id="d")
    6 * 7
    """
    cell = run(textwrap.dedent(source)).notebook.cells[1]
    kinds = [output.output_type for output in cell.outputs]
    assert kinds == ["stream", "stream", "display_data", "execute_result"]
    assert cell.outputs[0].text == "one\ntwo\n"
    assert cell.outputs[2].data["text/html"] == "<b>new</b>"
    assert cell.outputs[3].data["text/plain"] == "42"
    assert cell.outputs[3].execution_count == cell.execution_count


def test_markdown_is_left_as_it_is(run: Run) -> None:
    execution = run(new_markdown_cell("# Title"), RIGHT)
    assert execution.notebook.cells[1].source == "# Title"
    nbformat.validate(execution.notebook)


def test_timings_tell_the_two_sides_apart(run: Run) -> None:
    timings = run("import time; time.sleep(0.5)", RIGHT).timings
    assert timings.student_s > 0.5
    assert timings.check_s > 0
    assert timings.kernels_s > 0
    assert timings.waiting_s == 0.25
    assert len(timings.cells_s) == 4


def test_a_check_cell_past_its_deadline_leaves_no_verdict_and_the_next_one_counts(run: Run) -> None:
    execution = run(check_cell("slow", "import time\ntime.sleep(60)"), RIGHT, check_cell_s=1.0, interrupt_s=1.0)
    assert execution.verdicts["slow"] == []
    assert points(execution) == 2.0


def test_a_check_cell_that_ends_its_kernel_leaves_no_verdict_and_the_next_one_counts(run: Run) -> None:
    execution = run(check_cell("broken", "import os; os._exit(1)"), RIGHT)
    assert execution.verdicts["broken"] == []
    assert points(execution) == 2.0


def test_it_runs_inside_a_running_event_loop(run: Run) -> None:
    async def as_formgrader_does() -> float:
        return points(run(RIGHT))

    assert asyncio.run(as_formgrader_does()) == 2.0


def test_executions_beside_each_other_do_not_meet(run: Run) -> None:
    source = (
        "import os, time; began = time.time(); open('/tmp/mine', 'x').write('x'); time.sleep(2)\n"
        "print(os.getuid(), began, time.time(), os.listdir('/tmp'))"
    )
    with ThreadPoolExecutor(3) as together:
        executions = list(together.map(lambda _: run(source, with_check=False), range(3)))
    printed = [text_of(execution.notebook.cells[1]).split(maxsplit=3) for execution in executions]
    # Made with "x", so nobody else's is there; a course that lies below /tmp has its empty mount points there too.
    assert all("'mine'" in files for *_, files in printed)
    # On a busy machine one may have ended before another began, and then the uid is free again.
    beside = [
        (one[0], other[0])
        for one, other in combinations(printed, 2)
        if float(one[1]) < float(other[2]) and float(other[1]) < float(one[2])
    ]
    assert beside, "at least two ran at the same time"
    assert os.getuid() != 0 or all(uid != other for uid, other in beside)


def test_a_notebook_of_many_cells_is_not_saved_for_each(run: Run) -> None:
    started = time.monotonic()
    many = [new_markdown_cell("x" * 1000) for _ in range(1500)]
    execution = run(*many, RIGHT)
    assert points(execution) == 2.0
    assert time.monotonic() - started < 30


def test_a_cell_that_is_not_the_labs_own_runs_in_the_student_kernel(run: Run) -> None:
    forged = check_cell("forged", "import os; print(open(os.environ['KUBECONFIG']).read())")
    changed = check_cell("check", CHECK + "\nprint(account)")
    execution = run(forged, changed, RIGHT, check_cells={"check": CHECK})
    assert set(execution.verdicts) == {"check"}
    assert "SECRET" not in json.dumps(execution.notebook)
    assert "the student's" in text_of(execution.notebook.cells[1])
    assert points(execution) == 2.0


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=["killed", "interrupted"])
def test_the_notebook_is_saved_as_it_goes(tmp_path: Path, ending: signal.Signals) -> None:
    output = tmp_path / "out.ipynb"
    process = execution_elsewhere(output, ["print('first')", "import time; time.sleep(60)"])
    try:
        until(lambda: "first\\n" in (output.read_text() if output.exists() else ""))
        process.send_signal(ending)
        process.wait(timeout=20)
    finally:
        process.kill()
    saved = nbformat.read(output, as_version=4)
    assert text_of(saved.cells[1]) == "first\n"
    assert not list(tmp_path.glob(".out-*")) or ending is signal.SIGKILL
