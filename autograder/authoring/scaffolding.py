"""The files of a new lab, from `templates/`: all of them, or none where one of their folders is taken."""

from __future__ import annotations

import json
import os
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.authoring.naming import Name
from autograder.errors import GradingError

_TEMPLATES = Path(__file__).parent / "templates"
_ENDING = ".j2"


def scaffold(root: Path, name: Name, title: str = "") -> list[Path]:
    """Write a lab's files, and say which.

    Args:
        root: the course's folder.
        title: of the lab; from its name if not given.

    Raises:
        GradingError: something is there under this name already, the title is none, or it cannot be written.
    """
    title = title or name.words
    if not title.isprintable() or '"' in title or "\\" in title:
        raise GradingError(f"the title {json.dumps(title)}", expected="one line, without a double quote or a backslash")
    folders = _folders(root, name)
    taken = [folder.relative_to(root) for folder in folders.values() if os.path.lexists(folder)]
    if taken:
        raise GradingError(
            f"{taken[0]} is there already",
            expected=f"nothing called {name.lab} yet: what somebody has written is never written over",
            next_step="take another name, or move that away first",
        )
    values = {"lab": name.lab, "number": name.number, "title": title}
    texts = {
        folders[path.parent.relative_to(_TEMPLATES)] / _called(path, name): _filled(path, values) for path in _all()
    }
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8") as file:  # whoever was quicker keeps theirs
                file.write(text)
    except OSError as error:
        raise GradingError(f"{error.filename} cannot be written: {error.strerror}") from error
    return sorted(texts)


def _folders(root: Path, name: Name) -> dict[Path, Path]:
    """Where each folder of templates goes."""
    answers = root / "tests" / "answers" / name.lab
    return {
        Path("source"): root / "source" / name.lab,
        Path("manifests"): root / "course" / "cluster" / "labs" / name.lab,
        Path("answers", "right"): answers / "right",
        Path("answers", "wrong"): answers / "wrong",
    }


def _all() -> list[Path]:
    return sorted(_TEMPLATES.rglob(f"*{_ENDING}"))


def _called(path: Path, name: Name) -> str:
    """A template's file, as it is called in a lab: the notebook as the lab is."""
    plain = Path(path.name.removesuffix(_ENDING))
    return f"{name.lab}.ipynb" if plain.suffix == ".ipynb" else plain.name


def _filled(path: Path, values: dict[str, str]) -> str:
    environment = Environment(
        loader=FileSystemLoader(path.parent),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 (a notebook, YAML and Python: the title is the author's own)
    )
    return environment.get_template(path.name).render(values)
