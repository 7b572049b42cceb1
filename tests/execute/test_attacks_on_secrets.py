"""Submissions that look for what is not theirs. The sandbox does not have it."""

from __future__ import annotations

import os
import socket
import textwrap
from pathlib import Path

from execute.conftest import Run
from execute.small_notebooks import RIGHT, points, text_of

SECRET = "SECRET of the grader"

SEARCH = """
import os, sys
hits, seen = [], 0
for folder, folders, files in os.walk("/"):
    if folder in ("/proc", "/usr", sys.prefix, sys.base_prefix):
        folders.clear()
        continue
    for name in files:
        path = os.path.join(folder, name)
        seen += 1
        try:
            if os.path.isfile(path) and os.path.getsize(path) < 200_000:
                if b"SECRET" + b" of the" in open(path, "rb").read():
                    hits.append(path)
        except OSError:
            pass
print(seen > 20, hits)
"""


def test_no_file_of_the_course_is_in_sight(run: Run, tmp_path: Path) -> None:
    submission = tmp_path / "submitted" / "ada"
    for folder in ("source/lab", "submitted/bob", "submitted/ada", ".git"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "notes.txt").write_text(SECRET)
    (tmp_path / "gradebook.db").write_text(SECRET)
    named = [str(tmp_path / "gradebook.db"), str(tmp_path / "source/lab/notes.txt"), "/etc/shadow", "/root/.ssh"]
    ask = f"import os; print([path for path in {named!r} if os.path.exists(path)])"
    execution = run(ask, SEARCH, files=submission)
    assert text_of(execution.notebook.cells[1]) == "[]\n"
    # The one copy that is found is the submission's own: the search can find things.
    assert text_of(execution.notebook.cells[2]) == "True ['/home/student/notes.txt']\n"


def test_a_link_in_the_submission_is_not_followed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    submission = tmp_path / "submitted"
    submission.mkdir()
    (submission / "link").symlink_to(tmp_path / "secret")
    (submission / "folder").symlink_to(tmp_path)
    os.mkfifo(submission / "pipe")
    execution = run("import os\nfor n in os.listdir('.'): print(n, os.path.exists(n))", RIGHT, files=submission)
    assert "True" not in text_of(execution.notebook.cells[1])
    assert points(execution) == 2.0


def test_nothing_of_the_project_but_the_package_is_in_sight(run: Run, repository: Path) -> None:
    execution = run(f"import os; print(sorted(os.listdir({str(repository)!r})))")
    assert set(eval(text_of(execution.notebook.cells[1]))) <= {".venv", "autograder"}


def test_no_process_of_the_host_is_in_sight(run: Run) -> None:
    source = """
    import os
    pids = [name for name in os.listdir("/proc") if name.isdigit()]
    environment = {name for pid in pids if os.access(f"/proc/{pid}/environ", os.R_OK)
                   for name in open(f"/proc/{pid}/environ").read().split("\\0")}
    print(len(pids) <= 3, any("AUTOGRADER_WORKSPACE" in each for each in environment))
    """
    assert text_of(run(textwrap.dedent(source)).notebook.cells[1]) == "True False\n"


def test_the_environment_of_whoever_grades_does_not_come_along(run: Run, monkeypatch: object) -> None:
    os.environ["GRADING_TOKEN"] = SECRET
    try:
        execution = run("import os; print(dict(os.environ))")
    finally:
        del os.environ["GRADING_TOKEN"]
    assert "SECRET" not in text_of(execution.notebook.cells[1])


def test_it_has_an_unprivileged_uid_and_no_capability(run: Run) -> None:
    source = """
    import os, re
    status = open("/proc/self/status").read()
    print(os.getuid() != 0, os.getgroups(), set(re.findall(r"Cap\\w+:\\s+(\\w+)", status)), "NoNewPrivs:\\t1" in status)
    """
    printed = text_of(run(textwrap.dedent(source)).notebook.cells[1])
    assert printed == "True [] {'0000000000000000'} True\n"


def test_only_the_api_server_can_be_reached(run: Run) -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind(f"\0autograder-test-{os.getpid()}")
    abstract.listen(1)
    # 192.0.2.1 is set aside for documentation; 2379 is etcd's port, 10250 the kubelet's.
    targets = [("192.0.2.1", 443), ("127.0.0.1", 2379), ("127.0.0.1", 10250), listening.getsockname()]
    source = f"""
    import errno, socket
    for target in {targets!r}:
        try:
            print(socket.create_connection(target, 2))
        except OSError as error:
            print(errno.errorcode[error.errno])
    try:
        print(socket.socket(socket.AF_UNIX).connect("\\0autograder-test-{os.getpid()}"))
    except OSError as error:
        print(errno.errorcode[error.errno])
    try:
        print(socket.socket(40, socket.SOCK_STREAM))
    except OSError as error:
        print(errno.errorcode[error.errno])
    """
    with listening, abstract:
        execution = run(textwrap.dedent(source), RIGHT)
    expected = ["ENETUNREACH", "ECONNREFUSED", "ECONNREFUSED", "ECONNREFUSED", "ECONNREFUSED", "EAFNOSUPPORT"]
    assert text_of(execution.notebook.cells[1]).split() == expected
    assert points(execution) == 2.0


def test_a_link_in_place_of_a_kernel_socket_leads_nowhere(run: Run, tmp_path: Path) -> None:
    """The engine, perhaps root, connects to sockets in a folder that belongs to the student."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "s"))
    listening.listen(8)
    listening.setblocking(False)
    source = f"""
    import os
    for number in range(1, 6):
        os.unlink(f"/run/kernel/k-{{number}}")
        os.symlink({str(tmp_path / "s")!r}, f"/run/kernel/k-{{number}}")
    print("replaced", flush=True)
    get_ipython().kernel.shell_socket.close(); get_ipython().kernel.iopub_socket.close()
    import time; time.sleep(30)
    """
    execution = run(textwrap.dedent(source), cell_s=1.0, interrupt_s=1.0)
    assert points(execution) == 0.0
    with listening:
        try:
            reached, _ = listening.accept()
        except BlockingIOError:
            reached = None
    assert reached is None


def test_it_cannot_make_namespaces_or_trace_others(run: Run) -> None:
    source = """
    import ctypes, errno
    c = ctypes.CDLL(None, use_errno=True)
    calls = {"unshare": (0x10000000,), "ptrace": (16, 1, 0, 0), "mount": (b"x", b"/tmp", b"tmpfs", 0, 0)}
    print([(getattr(c, name)(*given), errno.errorcode[ctypes.get_errno()]) for name, given in calls.items()])
    """
    printed = text_of(run(textwrap.dedent(source)).notebook.cells[1])
    assert printed == "[(-1, 'EPERM'), (-1, 'EPERM'), (-1, 'EPERM')]\n"
