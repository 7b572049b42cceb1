"""A course's folder of one's own, with the labs as they are, so that nothing is studied in this repository itself."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.study.desks import Desk

LAB = "lab06-rbac"


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
