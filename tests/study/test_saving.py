"""A page that saves by itself and a learner who presses Ctrl+S are not in each other's way."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from autograder.study.desks import Desk
from autograder.study.own_work import lay_out
from autograder.study.serving import served

SETTINGS = {"@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 1}}
DIALOG = ".jp-Dialog"


@pytest.fixture
def page(browser: Browser, desk: Desk, tmp_path: Path) -> Iterator[Page]:
    """A lab's, which saves by itself each second; nothing in it needs a cluster."""
    lay_out(desk)
    config = desk.ours / "jupyter" / "config"
    (config / "labconfig").mkdir(parents=True)
    (config / "labconfig" / "default_setting_overrides.json").write_text(json.dumps(SETTINGS))
    (config / "jupyter_server_config.json").write_text(json.dumps({"ServerApp": {"allow_root": True}}))
    ours = {
        "HOME": str(tmp_path),
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(desk.ours / "jupyter" / "data"),
        "JUPYTER_RUNTIME_DIR": str(desk.ours / "jupyter" / "runtime"),
    }
    with served(desk, {**os.environ, **ours}) as jupyterlab:
        page = browser.new_page()
        page.goto(jupyterlab.place.url)
        expect(page.locator(".jp-Notebook .jp-CodeCell").first).to_be_visible(timeout=60_000)
        yield page
        page.close()


def types(page: Page, text: str) -> None:
    """At the end of the first cell that is the learner's to fill."""
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").get_by_text("Replace this line").first.click()
    page.keyboard.press("End")
    page.keyboard.type(text)


def test_ctrl_s_while_the_page_saves_by_itself_waits_for_it_and_asks_nothing(page: Page, desk: Desk) -> None:
    is_saved: list[bool] = []
    held: list[Route] = []

    def hold(route: Route) -> None:
        """What the page asks right after it has saved for the first time."""
        if is_saved and not held:
            held.append(route)
            return
        is_saved.extend([True] if route.request.method == "PUT" else [])
        route.continue_()

    page.route(re.compile(rf"/api/contents/{desk.lab}\.ipynb\?"), hold)
    with page.expect_request(lambda request: bool(is_saved) and "hash=1" in request.url, timeout=60_000):
        types(page, " mine")
    page.keyboard.press("Control+s")
    page.evaluate("fetch('/api/status')")  # by now a second save would have asked for what is on disk
    with page.expect_response(lambda response: response.request.method == "PUT", timeout=60_000):
        held[0].continue_()
    # What was typed while the first save ran is in the one that Ctrl+S asked for, which comes after it.
    deadline = time.monotonic() + 60
    while "with your work. mine" not in desk.notebook.read_text():
        assert time.monotonic() < deadline, "what was typed is not saved"
        page.wait_for_timeout(100)
    expect(page.locator(DIALOG)).to_have_count(0)
