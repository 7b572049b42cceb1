"""A course's folder of one's own, with the labs as they are, so that nothing is studied in this repository itself."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from study.chromium import NONE, open_chromium

from autograder.deadlines import scaled
from autograder.study.desks import Desk

LAB = "lab06-rbac"
PAGE_S = 20.0
"""how long a page may take to show what was clicked, on a machine that runs a cluster beside it"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    folder = tmp_path_factory.mktemp("course")
    for name in ("course", "release", "source"):
        shutil.copytree(repository / name, folder / name)
    shutil.copy(repository / "nbgrader_config.py", folder)
    return folder


@pytest.fixture
def desk(root: Path, tmp_path: Path) -> Desk:
    """Nobody worked there before; the lab is the one that needs no Pods."""
    for name in ("course", "release", "source", "nbgrader_config.py"):
        (tmp_path / name).symlink_to(root / name)
    return Desk(tmp_path, LAB)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium; a module's, since whatever else runs in this thread cannot have a loop of its own meanwhile."""
    with sync_playwright() as playwright:
        opened = open_chromium(playwright)
        if opened is None:
            pytest.skip(NONE)
        expect.set_options(timeout=scaled(PAGE_S) * 1000)
        yield opened
        opened.close()
