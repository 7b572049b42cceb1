"""A lab from its first cell to its grade, played in JupyterLab's page as a learner plays it, and looked at.

Its cells are run from the top, the solution is written into cells and typed into a terminal, the check cells say
`passed`, and the lab is handed in from that terminal. The solution is the reference's, read from the lab's source. One
lab is played each day, in turn; `make test-browser` plays all, and keeps what was seen.
"""

from __future__ import annotations

import os
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import nbformat
import pytest
from labs.showing import agrees, inline, only_looks, sessions, shown_after
from nbformat import NotebookNode
from playwright.sync_api import Browser, Error, Locator, Page, expect
from study.browsing import (
    ERROR,
    PROMPT,
    TIDY_RC,
    Album,
    Studying,
    Terminal,
    be_read_aloud,
    cell_of,
    go_down_to,
    go_on,
    has_ended,
    open_lab,
    page_with,
    printed_by,
    run_in,
    save,
    write_into,
)

from autograder.checks.reading import declared_criteria
from autograder.cluster.connection import Connection
from autograder.deadlines import scaled
from autograder.proving.sources import LabSource, read_lab
from autograder.report.showing import points
from autograder.study.desks import Desk
from autograder.study.states import state
from autograder.workspace.requesting import Object, opened

pytestmark = pytest.mark.live


@dataclass(frozen=True)
class Play:
    """How a lab is played."""

    colours: str
    """of the learner's system"""
    only_looked: tuple[str, ...] = ()
    """solution cells that stay as they are handed out: what they would show is read in the terminal"""
    tried_first: tuple[str, ...] = ()
    """those whose lines are typed into the terminal before they are written into the cell"""


PLAYS = {
    "lab01-find-your-way": Play("light", only_looked=("look-server", "look-restarts")),
    "lab03-labels": Play("dark"),
    "lab08-training-jobs": Play("light"),
    "lab12-debugging": Play("dark", tried_first=("repair-restarting",)),
}
ALL = "AUTOGRADER_BROWSER_LABS"
"""`all` for every lab of these, and not today's alone"""
KEPT = "AUTOGRADER_SCREENSHOTS"
"""a folder for the pictures, which are the test's own and gone with it where none is named"""
RUN_S, CHECK_S, GRADE_S = 180.0, 300.0, 600.0
LOOK_AGAIN_S, A_WHILE_S = 180.0, 5.0


def of_today() -> list[str]:
    """One lab, another one each day."""
    return [list(PLAYS)[date.today().toordinal() % len(PLAYS)]]


@dataclass(frozen=True)
class Learner:
    """Somebody before the page of a lab."""

    studying: Studying
    page: Page
    play: Play
    source: LabSource
    connection: Connection
    album: Album

    @cached_property
    def cells(self) -> list[NotebookNode]:
        """As they are handed out."""
        return list(nbformat.read(self.studying.desk.released / self.studying.desk.notebook.name, as_version=4).cells)

    @cached_property
    def terminal(self) -> Terminal:
        return Terminal.open(self.page, self.studying.desk.notebook.name)

    @cached_property
    def namespace(self) -> str:
        """As the second cell says it."""
        setup = next(index for index, cell in enumerate(self.cells) if cell.id == "setup")
        return printed_by(cell_of(self.page, setup)).partition("Your namespace:")[2].split()[0]

    def plays(self) -> None:
        """From the first cell to the last check cell, as they stand in the notebook."""
        cell_of(self.page, 0).click()
        last = max(index for index, cell in enumerate(self.cells) if marks(cell).get("grade"))
        for index, cell in enumerate(self.cells[: last + 1]):
            if cell.cell_type == "markdown":
                go_on(self.page, index)
                if cell.id.startswith("self-check"):
                    self.does_what_is_said(index)
                continue
            if marks(cell).get("solution"):
                self.solves(index)
            shown = go_on(self.page, index)
            if marks(cell).get("grade"):
                all_passed(shown, len(declared_criteria(cell.source)))
            else:
                has_ended(shown, scaled(RUN_S))
                expect(shown.locator(ERROR)).to_have_count(0)
                self.looks(index)
            shown.scroll_into_view_if_needed()
            self.album.keep(self.page, cell.id)

    def solves(self, index: int) -> None:
        """In the cell, or in the terminal, or there first."""
        name = marks(self.cells[index])["grade_id"]
        solution = self.source.solution_cells[name]
        if name in self.play.only_looked + self.play.tried_first:
            for line in solution.splitlines():
                self.types(as_typed(line))
            self.terminal.leave()
        if name not in self.play.only_looked:
            write_into(self.page, index, solution)

    def looks(self, index: int) -> None:
        """At what a cell printed: what the text below it shows, now or in a while."""
        cell, (following,) = self.cells[index], self.cells[index + 1 : index + 2]
        wanted = shown_after(following.source) if following.cell_type == "markdown" else None
        shown, deadline = cell_of(self.page, index), time.monotonic() + scaled(LOOK_AGAIN_S)
        pods: dict[str, str] = {}
        while wanted is not None and not agrees(printed_by(shown), wanted, namespace=self.namespace):
            assert only_looks(cell.source), f"{cell.id} shows\n{printed_by(shown)}\nand not\n{wanted}"
            assert time.monotonic() < deadline, f"{cell.id} still shows\n{printed_by(shown)}\nand not\n{wanted}"
            self.waits_for_a_change(pods)
            has_ended(run_in(self.page, index), scaled(RUN_S))
        go_down_to(self.page, index + 1)

    def waits_for_a_change(self, pods: dict[str, str]) -> None:
        """Until the Pods are others than these, by name and version, which they are from then on; not for long."""

        def are_others(now: dict[str, Object]) -> bool:
            versions = {name: pod["metadata"]["resourceVersion"] for name, pod in now.items()}
            if versions == pods:
                return False
            pods.clear()
            pods.update(versions)
            return True

        with opened(self.connection) as api:
            path = f"/api/v1/namespaces/{self.namespace}/pods"
            api.until(path, are_others, deadline=time.monotonic() + scaled(A_WHILE_S))

    def does_what_is_said(self, index: int) -> None:
        """What the text of the self-check says to do in a terminal, and then to ask once more."""
        text = self.cells[index].source
        said = [each for session in sessions(text) for each in session]
        for command in said:
            screen = self.types(command.line)
            assert agrees(screen, f"{PROMPT} {command.line}\n{command.shows}{PROMPT}", namespace=self.namespace), screen
        deleting = [each for each in inline(text) if each.line.startswith("kubectl delete ")]
        for command in deleting:
            assert "deleted" in self.types(command.line)
        if said or deleting:
            self.terminal.leave()
        if deleting:
            for earlier in range(index):
                if self.cells[earlier].id.startswith("self-check") and self.cells[earlier].cell_type == "code":
                    has_ended(run_in(self.page, earlier), scaled(RUN_S))
                    self.looks(earlier)
            go_down_to(self.page, index + 1)

    def types(self, line: str, timeout_s: float = RUN_S) -> str:
        screen = self.terminal.type(line, scaled(timeout_s))
        self.album.keep(self.page, "terminal")
        assert screen.rstrip().splitlines()[-1] == PROMPT, screen
        return screen


def marks(cell: NotebookNode) -> dict[str, object]:
    """nbgrader's."""
    return dict(cell.metadata.get("nbgrader") or {})


def as_typed(line: str) -> str:
    """A cell's shell line as it is typed into a terminal, where Python does not read it first."""
    return line.removeprefix("!").format(images="$AUTOGRADER_IMAGES")


def all_passed(cell: Locator, criteria: int) -> None:
    """In the table below a check cell, which is all that there is to see of it: the cell is folded."""
    states = cell.locator(".jp-OutputArea-output td:first-child")
    expect(states.or_(cell.locator(ERROR)).first).to_be_attached(timeout=scaled(CHECK_S) * 1000)
    expect(states).to_have_text(["✓ passed"] * criteria)


def hands_in(learner: Learner, full: str) -> None:
    """In the terminal, as the README has it."""
    desk = learner.studying.desk
    screen = learner.types(f"autograder study --hand-in {desk.lab}", GRADE_S)
    assert f"{full} of {full} points" in screen, screen
    screen = learner.types("autograder study --list")
    assert "done" in screen, screen
    assert state(desk).stage == "done"


def reads_the_report(browser: Browser, learner: Learner, full: str) -> None:
    """By day and by night: every criterion passed, the hidden ones too."""
    desk = learner.studying.desk
    criteria = len(learner.source.sentences)
    for colours in ("light", "dark"):
        page = browser.new_page(color_scheme=colours, viewport={"width": 1200, "height": 900})  # type: ignore[arg-type]
        page.goto((desk.results / "report.html").as_uri())
        results = page.locator("section", has=page.get_by_role("heading", name=desk.lab, exact=True, level=2))
        expect(results.locator(".student .score")).to_have_text(f"{full} / {full}")
        expect(results.locator(".verdicts .chip:not(.hidden)")).to_have_text(["✓passed"] * criteria)
        learner.album.keep(page, f"report-{colours}", whole=True)
        page.goto((desk.results / "feedback.html").as_uri())
        expect(page.locator("body")).to_contain_text("passed")
        learner.album.keep(page, f"feedback-{colours}", whole=True)
        page.close()


@pytest.mark.timeout(2400)
@pytest.mark.parametrize("lab", PLAYS if os.environ.get(ALL) == "all" else of_today())
def test_a_lab_is_played_from_its_first_cell_to_full_points(
    lab: str, browser: Browser, root: Path, connection: Connection, tmp_path: Path
) -> None:
    album = Album.begun(Path(os.environ.get(KEPT) or tmp_path / "screenshots") / lab)
    source, play = read_lab(root, lab), PLAYS[lab]
    full = points(sum(each.points for declared in source.criteria.values() for each in declared))
    with open_lab(Desk(root, lab), connection, tmp_path, TIDY_RC) as studying:
        be_read_aloud(studying)
        page = page_with(browser, studying, play.colours)
        learner = Learner(studying, page, play, source, connection, album)
        album.keep(page, "opened")
        try:
            learner.plays()
            save(page)
            assert state(studying.desk).checked.all, "what is saved says what the page showed"
            hands_in(learner, full)
        except BaseException:
            with suppress(Error):
                album.keep(page, "failed")
            raise
        reads_the_report(browser, learner, full)
        page.close()
