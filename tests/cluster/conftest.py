"""Images of a test's own, in a cache of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cluster import building, images


@pytest.fixture
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Moves to an empty cache that has nothing but the programs."""
    building.program("registry")
    programs = building.path("registry").parent.parent

    def move(name: str) -> Path:
        cache = tmp_path / name
        cache.mkdir()
        (cache / "programs").symlink_to(programs)
        monkeypatch.setenv("AUTOGRADER_CACHE", str(cache))
        return cache

    return move


@pytest.fixture
def recipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes recipes of a test's own, which then are all there are."""
    folder = tmp_path / "recipes"
    monkeypatch.setattr(images, "sources", lambda: folder)

    def write(name: str, recipe: str, **files: str) -> Path:
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "image.toml").write_text(recipe)
        for file, content in files.items():
            (folder / name / file).write_text(content)
        return folder / name

    return write
