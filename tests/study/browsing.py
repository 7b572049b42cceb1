"""A lab that is open in JupyterLab, and a person before its page: cells, a terminal, and pictures of both.

What a person does is done here as they do it, by clicks and keys, and waited for as they wait: until the page shows it.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect
from study.talking import Jupyter

from autograder.cluster.connection import Connection
from autograder.cluster.places import cache_dir, state_dir
from autograder.study.desks import Desk
from autograder.study.staying import leave

ERROR = '[data-mime-type="application/vnd.jupyter.error"]'
ACTIVE = re.compile(r"\bjp-mod-active\b")
TIDY_RC = "PS1='$? $ '\n"
"""somebody's `.bashrc`: when their shell waits, it shows with which exit code the last command ended"""
PROMPT = "0 $"
"""what it shows then, if that was no error"""
_WAITS = re.compile(r"\d \$\s*$")


@dataclass(frozen=True)
class Studying:
    """A lab that is open."""

    desk: Desk
    process: subprocess.Popen[str]
    jupyter: Jupyter
    home: Path
    notes: Path
    """all that it told whoever started it"""
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


@contextmanager
def open_lab(desk: Desk, connection: Connection, folder: Path, rc: str) -> Iterator[Studying]:
    """`autograder study LAB`, as somebody types it whose home is in this folder and has this `.bashrc`."""
    home, notes = folder / "home", folder / "notes.txt"
    home.mkdir()
    (home / ".bashrc").write_text(rc)
    dropped = ("KUBECONFIG", "DISPLAY", "SSH_CONNECTION", "AUTOGRADER_KUBECONFIG", "AUTOGRADER_CONTEXT")
    environment = {name: value for name, value in os.environ.items() if name not in dropped} | {
        "HOME": str(home),
        "COLUMNS": "120",
        "AUTOGRADER_COURSE": str(desk.root),
        "AUTOGRADER_CLUSTER": connection.kubeconfig.parent.name,
        "AUTOGRADER_CACHE": str(cache_dir()),
        "AUTOGRADER_STATE": str(state_dir()),
    }
    command = [sys.executable, "-m", "autograder.cli", "study", desk.lab, "--no-browser"]
    with notes.open("w") as said:
        process = subprocess.Popen(
            command, env=environment, cwd=home, stdout=subprocess.PIPE, stderr=said, text=True, start_new_session=True
        )
        try:
            assert process.stdout
            url = process.stdout.readline().strip()
            assert url, notes.read_text()
            yield Studying(desk, process, Jupyter(url), home, notes, environment)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
            leave(desk, connection)


def page_with(browser: Browser, studying: Studying, colours: str) -> Page:
    """The page, once it can be worked in, of somebody whose system has these colours."""
    page = browser.new_page(
        color_scheme=colours,  # type: ignore[arg-type]
        viewport={"width": 1400, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    page.goto(studying.jupyter.url)
    expect(page.locator(".jp-NotebookPanel .jp-Cell").first).to_be_visible(timeout=60_000)
    expect(page.locator("#jp-bottom-panel, .jp-StatusBar-Widget").first).to_contain_text("| Idle", timeout=60_000)
    expect(page.locator("body")).to_have_attribute("data-jp-theme-name", f"JupyterLab {colours.title()}")
    return page


def cell_of(page: Page, index: int) -> Locator:
    """A cell of the notebook, wherever it stands."""
    return page.locator(".jp-Notebook .jp-Cell").nth(index)


def run_in(page: Page, index: int) -> Locator:
    """Go to a cell and run it, once more where it has run."""
    cell = cell_of(page, index)
    prompt = cell.locator(".jp-InputPrompt")
    cell.scroll_into_view_if_needed()
    prompt.click()
    expect(cell).to_have_class(ACTIVE)
    before = prompt.inner_text()
    page.keyboard.press("Control+Enter")
    expect(prompt).not_to_have_text(before)
    return cell


def go_on(page: Page, index: int) -> Locator:
    """Run the cell that one is in, and be in the next: how a notebook is read from its top."""
    cell = cell_of(page, index)
    expect(cell).to_have_class(ACTIVE)
    page.keyboard.press("Shift+Enter")
    expect(cell_of(page, index + 1)).to_have_class(ACTIVE)
    return cell


def go_down_to(page: Page, index: int) -> None:
    """By the arrow key, from a cell further up; on its way it passes over folded cells."""
    wanted = cell_of(page, index)
    for _ in range(index):
        if ACTIVE.search(wanted.get_attribute("class") or ""):
            break
        page.keyboard.press("ArrowDown")
    expect(wanted).to_have_class(ACTIVE)


def has_ended(cell: Locator, timeout_s: float) -> None:
    """Wait until a code cell that was run has come to its end."""
    expect(cell.locator(".jp-InputPrompt")).to_have_text(re.compile(r"\[\d+\]:"), timeout=timeout_s * 1000)


def printed_by(cell: Locator) -> str:
    """What a cell's outputs say, also while the cell is scrolled away and not drawn."""
    return "\n".join(cell.locator(".jp-OutputArea-output").all_text_contents())


def write_into(page: Page, index: int, source: str) -> None:
    """Put this in place of what the active cell holds: typed into its editor, or pasted where lines are indented."""
    editor = cell_of(page, index).locator(".cm-content")
    page.keyboard.press("Enter")
    expect(editor).to_be_focused()
    page.keyboard.press("Control+a")
    if re.search(r"^\s", source, re.MULTILINE):  # the editor would indent them once more
        page.evaluate("text => navigator.clipboard.writeText(text)", source)
        page.keyboard.press("Control+v")
    else:
        page.keyboard.type(source)
    expect(editor).to_contain_text(source.splitlines()[-1].strip())


def save(page: Page) -> None:
    """Ctrl+S, whether the page is saving by itself or not."""
    page.keyboard.press("Control+s")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    expect(page.locator(".jp-Dialog")).to_have_count(0)


def be_read_aloud(studying: Studying) -> None:
    """Set what a learner sets whose screen is read to them: a terminal is then text on the page and not a drawing."""
    setting = "/lab/api/settings/@jupyterlab/terminal-extension:plugin"
    studying.jupyter.request("PUT", setting, raw=json.dumps({"screenReaderMode": True}))


@dataclass(frozen=True)
class Terminal:
    """JupyterLab's own, in a tab of the page."""

    page: Page
    notebook: str
    """the tab that was there before"""

    @classmethod
    def open(cls, page: Page, notebook: str) -> Terminal:
        """*File → New → Terminal*, as the labs say."""
        page.locator(".lm-MenuBar-itemLabel").get_by_text("File", exact=True).click()
        for label in ("New", "Terminal"):
            page.locator(".lm-Menu-itemLabel").get_by_text(label, exact=True).click()
        terminal = cls(page, notebook)
        terminal.is_waited_for(30)
        return terminal

    @property
    def screen(self) -> Locator:
        """Its lines, as they are read aloud."""
        return self.page.locator(".jp-Terminal .xterm-accessibility-tree")

    def is_waited_for(self, timeout_s: float) -> None:
        """Wait until its shell waits for the next line."""
        expect(self.screen).to_have_text(_WAITS, timeout=timeout_s * 1000)

    def type(self, line: str, timeout_s: float = 90) -> str:
        """The screen, with this line and what came of it."""
        self._tab("Terminal 1")
        keyboard = self.page.locator(".jp-Terminal .xterm-helper-textarea")
        keyboard.focus()
        self.page.keyboard.press("Control+l")
        expect(self.screen).to_have_text(re.compile(r"^\s*\d+ \$\s*$"))
        self.page.keyboard.type(line)
        expect(self.screen).to_contain_text(line[-20:])
        self.page.keyboard.press("Enter")
        self.is_waited_for(timeout_s)
        return self.screen.inner_text()

    def leave(self) -> None:
        """Back to the notebook, where one was."""
        self._tab(self.notebook)

    def _tab(self, label: str) -> None:
        self.page.locator(".lm-DockPanel-tabBar .lm-TabBar-tabLabel").get_by_text(label, exact=True).click()


@dataclass(frozen=True)
class Album:
    """Pictures of what was seen, in the order in which it was."""

    folder: Path

    @classmethod
    def begun(cls, folder: Path) -> Album:
        """An empty one."""
        folder.mkdir(parents=True, exist_ok=True)
        for earlier in folder.glob("*.png"):
            earlier.unlink()
        return cls(folder)

    def keep(self, page: Page, name: str, *, whole: bool = False) -> None:
        """What is to be seen now; `whole` for all of the page, however long."""
        number = len(list(self.folder.glob("*.png"))) + 1
        page.screenshot(path=self.folder / f"{number:02}-{name}.png", full_page=whole)
