"""One command, and a lab is open in which everything works; a page, a kernel and a terminal say so themselves."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright
from study.talking import Jupyter

from autograder.cluster.connection import Connection
from autograder.cluster.places import cache_dir, state_dir
from autograder.study.desks import Desk
from autograder.study.staying import leave

pytestmark = pytest.mark.live

LAB = "lab06-rbac"
HOSTILE_RC = "export PATH=/usr/bin:/bin KUBECONFIG=/nowhere AUTOGRADER_IMAGES=elsewhere\n"
"""what a person's own shell may set"""


@dataclass(frozen=True)
class Studying:
    """A lab that is open."""

    desk: Desk
    process: subprocess.Popen[str]
    jupyter: Jupyter
    home: Path
    environment: dict[str, str]

    def again(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Another `autograder study`, meanwhile."""
        command = [sys.executable, "-m", "autograder.cli", "study", *words]
        return subprocess.run(
            command, env=self.environment, cwd=self.home, capture_output=True, text=True, timeout=120, check=False
        )

    def cells(self) -> dict[str, str]:
        """Sources by id, in their order."""
        notebook = json.loads((self.desk.released / self.desk.notebook.name).read_text())
        return {cell["id"]: "".join(cell["source"]) for cell in notebook["cells"]}


@pytest.fixture(scope="module")
def studying(connection: Connection, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studying]:
    home = tmp_path_factory.mktemp("home")
    (home / ".bashrc").write_text(HOSTILE_RC)
    dropped = ("KUBECONFIG", "DISPLAY", "SSH_CONNECTION", "AUTOGRADER_KUBECONFIG", "AUTOGRADER_CONTEXT")
    environment = {name: value for name, value in os.environ.items() if name not in dropped} | {
        "HOME": str(home),
        "COLUMNS": "120",
        "AUTOGRADER_COURSE": str(root),
        "AUTOGRADER_CLUSTER": connection.kubeconfig.parent.name,
        "AUTOGRADER_CACHE": str(cache_dir()),
        "AUTOGRADER_STATE": str(state_dir()),
    }
    command = [sys.executable, "-m", "autograder.cli", "study", LAB, "--no-browser"]
    with (home.parent / "notes.txt").open("w+") as notes:
        process = subprocess.Popen(
            command, env=environment, cwd=home, stdout=subprocess.PIPE, stderr=notes, text=True, start_new_session=True
        )
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            assert url, Path(notes.name).read_text()
            yield Studying(Desk(root, LAB), process, Jupyter(url), home, environment)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            leave(Desk(root, LAB), connection)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Playwright's own Chromium, else the machine's."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        try:
            opened = playwright.chromium.launch(args=arguments)
        except Error:
            program = shutil.which("chromium") or shutil.which("chromium-browser")
            if program is None:
                pytest.skip("no Chromium: `playwright install chromium`, or `apt-get install chromium`")
            opened = playwright.chromium.launch(executable_path=program, args=arguments)
        yield opened
        opened.close()


def page_with(browser: Browser, studying: Studying, colours: str) -> Page:
    """The page, once it can be worked in, of somebody whose system has these colours."""
    page = browser.new_page(color_scheme=colours, viewport={"width": 1400, "height": 900})  # type: ignore[arg-type]
    page.goto(studying.jupyter.url)
    expect(page.locator(".jp-NotebookPanel .jp-Cell").first).to_be_visible(timeout=60_000)
    expect(page.locator("#jp-bottom-panel, .jp-StatusBar-Widget").first).to_contain_text("| Idle", timeout=60_000)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", f"JupyterLab {colours.title()}")
    return page


def run_in(page: Page, index: int) -> Locator:
    """Run a cell of the page."""
    cell = page.locator(".jp-Cell").nth(index)
    cell.scroll_into_view_if_needed()
    cell.locator(".jp-InputPrompt").click()
    expect(cell).to_have_class(re.compile(r"\bjp-mod-active\b"))
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[(\*|\d+)\]:"))
    return cell


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
    said = (studying.home.parent / "notes.txt").read_text()
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
