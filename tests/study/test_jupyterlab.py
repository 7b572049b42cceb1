"""One command, and a lab is open in which everything works; a page, a kernel and a terminal say so themselves."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from study.browsing import Studying, open_lab, page_with, run_in

from autograder.cluster.connection import Connection
from autograder.study.desks import Desk

pytestmark = pytest.mark.live

LAB = "lab06-rbac"
HOSTILE_RC = "export PATH=/usr/bin:/bin KUBECONFIG=/nowhere AUTOGRADER_IMAGES=elsewhere\n"
"""what a person's own shell may set"""


@pytest.fixture(scope="module")
def studying(connection: Connection, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studying]:
    with open_lab(Desk(root, LAB), connection, tmp_path_factory.mktemp("person"), HOSTILE_RC) as opened:
        yield opened


def test_it_opens_by_day_with_the_notebook_and_nothing_else(browser: Browser, studying: Studying) -> None:
    page = page_with(browser, studying, "light")

    assert page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel").all_inner_texts() == [f"{LAB}.ipynb"]
    handed_out = sorted(path.name for path in (studying.desk.root / "release" / LAB).iterdir())
    assert page.locator(".jp-DirListing-itemText").all_inner_texts() == handed_out
    assert page.locator(".jp-Dialog, .Toastify__toast").count() == 0, "nobody is asked whether they want news"
    bar = " ".join(page.locator(".lm-MenuBar-itemLabel").all_inner_texts())
    assert "File" in bar
    assert "Nbgrader" not in bar
    page.close()


def test_by_night_the_first_cells_and_the_self_check_run_in_the_page(browser: Browser, studying: Studying) -> None:
    page = page_with(browser, studying, "dark")
    cells = studying.cells()
    check = next(identity for identity, source in cells.items() if "lab.points()" in source)
    run = {identity: run_in(page, list(cells).index(identity)) for identity in ("settings", "setup", check)}

    expect(run["setup"].locator(".jp-OutputArea-output")).to_contain_text("Your namespace: lab06-you-", timeout=60_000)
    expect(run[check].locator(".jp-OutputArea-output td").first).to_contain_text("failed", timeout=60_000)
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-DirListing-item.jp-mod-dirty, .jp-mod-dirty")).to_have_count(0, timeout=30_000)
    page.close()

    listed = studying.again("--list")
    assert re.search(rf"{LAB} +│ started +│ +0 of \d+ │ +– ", listed.stdout), listed.stdout


def test_a_cell_finds_the_learners_own_place(studying: Studying) -> None:
    cells = studying.cells()
    printed = studying.jupyter.run(
        f"{LAB}.ipynb",
        cells["settings"],
        cells["setup"],
        "!kubectl get serviceaccounts -o name",
        "!autograder study --list",
        "print(images)",
    )

    assert re.match(r"Your namespace: lab06-you-\w{8}\n", printed[1])
    assert "serviceaccount/student" in printed[2]
    assert LAB in printed[3]
    assert printed[4].strip().startswith("localhost:"), "where the embedded cluster has its images"


def test_the_terminal_finds_the_same_whatever_the_persons_own_shell_sets(studying: Studying) -> None:
    shown = studying.jupyter.type("kubectl get serviceaccounts -o name", "COLUMNS=200 autograder workspace list", "pwd")

    assert "serviceaccount/student" in shown
    assert re.search(r"lab06-you-\w{8}-grader", shown), "`autograder` looks after the cluster, as where it was started"
    assert f"{studying.desk.work}\r\n" in shown


def test_the_same_lab_is_not_opened_twice(studying: Studying) -> None:
    again = studying.again(LAB, "--no-browser")
    assert (again.returncode, again.stdout.strip()) == (0, studying.jupyter.url)

    anew = studying.again("--reset", LAB)
    assert anew.returncode == 1
    assert "is open in JupyterLab" in anew.stderr
    assert studying.desk.notebook.is_file()


def test_ctrl_c_ends_it_keeps_everything_and_says_how_to_go_on(studying: Studying) -> None:
    studying.process.send_signal(signal.SIGINT)

    assert studying.process.wait(timeout=60) == 0
    said = studying.notes.read_text()
    assert "Traceback" not in said
    assert f"autograder study --hand-in {LAB}" in said
    assert studying.desk.notebook.is_file()
    left = subprocess.run(["pgrep", "-f", str(studying.desk.work)], capture_output=True, text=True, check=False)
    assert left.stdout == "", "no server, kernel or terminal is left"
    assert [path.name for path in studying.home.iterdir()] == [".bashrc"], "the home is as it was"


def test_beginning_anew_keeps_the_old_work_and_a_port_that_is_taken_is_said(studying: Studying) -> None:
    """After the test above: nobody has the lab open any more."""
    studying.desk.notebook.write_text("my own work")
    before = json.loads((studying.desk.ours / "workspace.json").read_text())["namespace"]
    with socket.create_server(("127.0.0.1", 0)) as taken:
        anew = studying.again("--reset", LAB, "--port", str(taken.getsockname()[1]))

    assert anew.returncode == 1
    assert "name a free port with --port" in " ".join(anew.stderr.replace("│", " ").split())
    (kept,) = studying.desk.kept.iterdir()
    assert (kept / studying.desk.notebook.name).read_text() == "my own work"
    assert kept.name in anew.stderr
    assert studying.desk.notebook.read_bytes() == (studying.desk.released / studying.desk.notebook.name).read_bytes()
    now = json.loads((studying.desk.ours / "workspace.json").read_text())["namespace"]
    assert now != before
    assert now in anew.stderr
