"""The sandbox of an ordinary user: a user namespace, and no control groups."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

import autograder
from autograder.execute import sandbox

PROGRAM = """
    import os, sys
    from pathlib import Path
    from nbformat.v4 import new_code_cell, new_notebook
    from autograder.execute import cells, execution
    from autograder.execute.grader import Credentials
    from autograder.execute.limits import Limits
    from autograder.execute.running import Report, Setup
    from autograder.execute.student import Belongings

    limits = Limits(memory_mib=1000, cpu_s=60)
    setup = Setup(Belongings(), Credentials("", {}), limits, None, Report())
    notebook = new_notebook(cells=[new_code_cell(source) for source in sys.argv[2:]])
    done = execution.execute(notebook, setup, {}, output_path=Path(sys.argv[1]))
    print(os.getuid() != 0, *["".join(out.get("text", "") for out in cell.outputs) for cell in done.notebook.cells[1:]])
    print(done.ended_because)
"""

LOOK = """
import os, re
status = open("/proc/self/status").read()
processes = [name for name in os.listdir("/proc") if name.isdigit()]
print(os.getuid() != 0, set(re.findall(r"Cap\\w+:\\s+(\\w+)", status)), len(processes))
print(os.path.exists("/root/.bashrc"), os.path.exists("/etc/shadow"), os.system("touch /x 2>/dev/null") != 0)
"""

FILL = """
import os, time
for _ in range(12):
    if os.fork() == 0:
        held = bytearray(b"x") * (100 * 2**20)
        time.sleep(30)
time.sleep(30)
"""


def test_the_same_view_and_limits_come_from_a_user_namespace() -> None:
    with tempfile.TemporaryDirectory(prefix="ag-", dir="/tmp") as folder:
        os.chmod(folder, 0o777)
        program = [sys.executable, "-c", textwrap.dedent(PROGRAM), f"{folder}/out.ipynb", LOOK, FILL]
        done = subprocess.run(
            [*_as_somebody_else(folder), *program], capture_output=True, text=True, timeout=120, check=False
        )
    assert done.stderr.count("\n") == 1
    assert "no control group that bounds a submission's memory and processes as a whole" in done.stderr
    whoever, seen, *_, because = done.stdout.splitlines()
    assert whoever == "True True {'0000000000000000'} 2"
    assert seen.split() == ["False", "False", "True"]
    assert because == "the kernel ended: it needed more than 1000 MiB of memory"


def _as_somebody_else(folder: str) -> list[str]:
    """What makes an ordinary user of root, with a Python that this user can enter; nothing for others."""
    if os.geteuid() != 0:
        return []
    return [
        *("bwrap", "--dev-bind", "/", "/"),
        *_python_for_everyone(),
        *(part for name in ("SETUID", "SETGID", "SETPCAP") for part in ("--cap-add", f"CAP_{name}")),
        *("--unsetenv", "XDG_RUNTIME_DIR", "--setenv", "HOME", folder, "--setenv", "TMPDIR", folder, "--"),
        *("setpriv", "--reuid", "54321", "--regid", "54321", "--clear-groups", "--"),
    ]


def _python_for_everyone() -> Iterator[str]:
    """Binds what Python needs where it lies, below folders that everybody may enter."""
    needed = [Path(sys.base_prefix), Path(sys.prefix), Path(autograder.__file__).parent]
    for path in needed:
        closed = [folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001]
        if closed:
            yield from ("--perms", "0755", "--tmpfs", str(closed[0]))
    for path in needed:
        for folder in reversed(path.parents[:-1]):
            yield from ("--perms", "0755", "--dir", str(folder))
        yield from ("--ro-bind", str(path), str(path))


def test_a_setting_that_keeps_users_from_sandboxes_is_named_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    setting = tmp_path / "kernel/apparmor_restrict_unprivileged_userns"
    setting.parent.mkdir()
    setting.write_text("1\n")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0" in sandbox.advice(tmp_path)
    setting.write_text("0\n")
    assert "sysctl" not in sandbox.advice(tmp_path)
