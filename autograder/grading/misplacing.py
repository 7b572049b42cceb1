"""What was put in by hand where grading does not look, and where it must lie.

Grading walks `submitted/STUDENT/LAB/`. A notebook one folder too high or in a folder of another name, a lab's name in
other letters, or student and lab changed round is an honest person's work that nobody would see and nobody would miss.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Set
from itertools import islice
from pathlib import Path
from typing import Any

from autograder.report.showing import one_line

_USUAL = os.path.join("{nbgrader_step}", "{student_id}", "{assignment_id}")
_SHOWN = 8
_ENTRIES = 2_000
"""How many entries of each student's folder are looked at: it may hold anything, and is nobody else's trouble."""


def misplaced(course: Any, lab: str) -> str:
    """What looks like a lab's work below `submitted/` and is passed over, in one line; empty where nothing is.

    Args:
        course: nbgrader's course directory. Where its folders are not nbgrader's usual ones, nothing is said.
    """
    if os.path.normpath(course.directory_structure) != _USUAL:
        return ""
    step = course.submitted_directory
    others = {entry.name for entry in _entries(Path(course.root) / course.source_directory)} - {lab}
    crowded: list[str] = []
    found = sorted(_found(Path(course.root) / step, lab, others, crowded))
    said = []
    if found:
        place = f"{step}/STUDENT/{lab}/"
        said.append(
            f"passed over, since {lab}'s work lies in {place}: {_list(step, found)}; "
            f"move there what is {lab}'s, and grade again"
        )
    if crowded:
        said.append(
            f"not looked through to the end for misplaced work (over {_ENTRIES} entries): {_list(step, crowded)}"
        )
    return "; ".join(said)


def _list(step: str, names: list[str]) -> str:
    shown = ", ".join(f"{step}/{one_line(name, 80)}" for name in names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown


def _found(submitted: Path, lab: str, others: Set[str], crowded: list[str]) -> Iterator[str]:
    """Paths below `submitted/`; another lab's folder is in its place, though its name begins alike (ps1 and ps10).

    Adds to `crowded` the folders that hold more than is looked at.
    """
    for student in _entries(submitted):
        if not _is_folder(student):
            if _is_work(student.name, lab) or student.name.lower().endswith(".ipynb"):
                yield student.name
            continue
        swapped = _plain(student.name) == _plain(lab)
        entries = _entries(Path(student.path), _ENTRIES + 1)
        if len(entries) > _ENTRIES:
            crowded.append(student.name)
        for entry in entries[:_ENTRIES]:
            folder = _is_folder(entry)
            if entry.name == lab and folder:
                continue
            if swapped or (_is_work(entry.name, lab) and not (entry.name in others and folder)):
                yield f"{student.name}/{entry.name}"
            elif folder:
                yield from (f"{student.name}/{entry.name}/{name}" for name in _notebooks_in(entry.path, lab))


def _notebooks_in(folder: str, lab: str) -> list[str]:
    """A lab's notebook under its own name, in a folder that is called otherwise (or is another lab's)."""
    notebooks = (each.name for each in _entries(Path(folder), _ENTRIES) if not _is_folder(each))
    return [name for name in notebooks if _plain(name) in (_plain(lab), _plain(f"{lab}.ipynb"))]


def _entries(folder: Path, most: int | None = None) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(islice((entry for entry in entries if not entry.name.startswith(".")), most))
    except OSError:  # a person would have been told elsewhere that it cannot be read
        return []


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_work(name: str, lab: str) -> bool:
    """Whether a name is the lab's, in whatever letters and with whatever a program or a person added at its end."""
    return _plain(name).startswith(_plain(lab))


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
