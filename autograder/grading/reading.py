"""Reads a file that a student named `.ipynb`, whatever is in it.

A notebook comes out that is made anew from the few things grading uses: each cell's type, text and
metadata. Outputs are left behind, and so is anything that would make a later step stumble. What cannot be
read is an error of that one submission, with a sentence a student can act on.
"""

from __future__ import annotations

import json
import math
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

from autograder.errors import GradingError
from autograder.grading.picturing import pictures_in

MAX_MIB = 64
MAX_CELLS = 2000
_MAKE = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
MAX_TAGS = 20
MAX_MARK = 200
"""Characters of one mark of nbgrader's; a grade_id that students get is a few words."""
_TAG = re.compile(r"[\w.:-]{1,64}")
_MARKS: dict[str, type | tuple[type, ...]] = {
    "cell_type": str,
    "checksum": str,
    "grade": bool,
    "grade_id": str,
    "locked": bool,
    "points": (int, float),
    "schema_version": int,
    "solution": bool,
    "task": bool,
}
"""All that nbgrader keeps with a cell: everything else, and whatever is nested, is left behind."""
_AGAIN = "open it in JupyterLab, clear all outputs, save it and submit it again"
_ITSELF = "submit the notebook itself, the `.ipynb` file that JupyterLab saves"


def read_notebook(path: Path, *, max_mib: int = MAX_MIB, max_cells: int = MAX_CELLS) -> NotebookNode:
    """Read a notebook that may be anything.

    Args:
        path: a regular file; links are refused, they could lead to somebody else's.
        max_mib: a larger file is not opened.
        max_cells: a longer notebook is refused.

    Returns:
        a valid notebook of format 4 without outputs; of its metadata only the kernel's name, and of its
        cells' metadata only what grading reads.

    Raises:
        GradingError: it is no notebook that could be graded.
    """
    raw = _parse(_content(path, max_mib), path)
    cells = raw.get("cells")
    if not isinstance(cells, list):
        raise _unreadable(path, "has no list of cells")
    if len(cells) > max_cells:
        raise _unreadable(path, f"has {len(cells)} cells", expected=f"at most {max_cells}")
    return new_notebook(
        metadata=_kernelspec(raw.get("metadata")),
        cells=[_cell(cell, path, at) for at, cell in enumerate(cells, start=1)],
    )


def _content(path: Path, max_mib: int) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as file:
            state = os.fstat(descriptor)
            if not stat.S_ISREG(state.st_mode):
                raise _unreadable(path, "is not a regular file")
            if state.st_size > max_mib * 2**20:
                size = f"is {state.st_size / 2**20:.0f} MiB large"
                raise _unreadable(path, size, expected=f"at most {max_mib} MiB")
            return file.read(max_mib * 2**20 + 1).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, "is not UTF-8 text", next_step=_ITSELF) from error
    except OSError as error:
        raise _unreadable(path, f"cannot be opened as a file of its own ({error.strerror})") from error


def _parse(content: str, path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(content)
        if not isinstance(raw, dict):
            raise _unreadable(path, "is JSON, but not a notebook", next_step=_ITSELF)
        version = raw.get("nbformat")
        if version in (2, 3):
            raw = nbformat.convert(nbformat.reads(content, as_version=version), 4)
        elif version != 4:
            raise _unreadable(path, f"says nbformat {str(version)[:20]}", expected="notebook format 4")
    except RecursionError as error:
        raise _unreadable(path, "is nested too deeply") from error
    except GradingError:
        raise
    except ValueError as error:
        raise _unreadable(path, f"is not JSON ({error})", next_step=_ITSELF) from error
    except Exception as error:
        raise _unreadable(path, f"cannot be converted to notebook format 4 ({error})") from error
    return dict(raw)


def _cell(raw: Any, path: Path, position: int) -> NotebookNode:
    if not isinstance(raw, Mapping):
        raise _unreadable(path, f"has something else than a cell at position {position}")
    source = raw.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise _unreadable(path, f"has a cell without text at position {position}")
    # Surrogates cannot be written as UTF-8 again; JSON can hold them.
    clean = source.encode("utf-8", "replace").decode("utf-8")
    cell = _MAKE.get(str(raw.get("cell_type")), new_raw_cell)(clean, metadata=_metadata(raw.get("metadata")))
    pictures = pictures_in(raw.get("attachments")) if cell.cell_type == "markdown" else {}
    if pictures:
        cell.attachments = pictures
    return cell


def _metadata(raw: Any) -> dict[str, Any]:
    """The metadata that grading or a person looking at the notebook has a use for."""
    if not isinstance(raw, Mapping):
        return {}
    kept: dict[str, Any] = {key: raw[key] for key in ("deletable", "editable") if isinstance(raw.get(key), bool)}
    marks = raw.get("nbgrader")
    if isinstance(marks, Mapping):
        kept["nbgrader"] = {key: marks[key] for key, kind in _MARKS.items() if _fits(marks.get(key), kind)}
    tags = raw.get("tags")
    if isinstance(tags, list):
        fitting = [tag for tag in tags[:MAX_TAGS] if isinstance(tag, str) and _TAG.fullmatch(tag)]
        if fitting:
            kept["tags"] = list(dict.fromkeys(fitting))
    return kept


def _fits(value: Any, kind: type | tuple[type, ...]) -> bool:
    """Whether a mark is of its kind and of a size that somebody could have meant."""
    if isinstance(value, bool) and kind is not bool:
        return False
    if isinstance(value, float) and not math.isfinite(value):
        return False
    return isinstance(value, kind) and len(str(value)) <= MAX_MARK and str(value).isprintable()


def _kernelspec(metadata: Any) -> dict[str, Any]:
    spec = metadata.get("kernelspec") if isinstance(metadata, Mapping) else None
    wanted = ("name", "display_name", "language")
    kept = {key: spec[key] for key in wanted if isinstance(spec.get(key), str)} if isinstance(spec, Mapping) else {}
    return {"kernelspec": kept} if {"name", "display_name"} <= kept.keys() else {}


def _unreadable(
    path: Path, found: str, *, expected: str = "a Jupyter notebook", next_step: str = _AGAIN
) -> GradingError:
    return GradingError(f"{path.name} {found}", expected=expected, next_step=next_step)
