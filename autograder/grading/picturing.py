"""Pictures that are part of a text cell: kept where they are pictures, and never a reason for a page to fail.

Jupyter keeps a pasted picture beside a cell's text, which refers to it by name. Every tool that shows the cell has to
find it by that name, and nbconvert gives up on the whole notebook where it does not: names with blanks and umlauts,
which editors write in several ways, and pictures that were never sent. Here names become plain ones, and a reference
to nothing becomes the name of what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from nbformat import NotebookNode

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
"""What is kept of a student's: a browser shows these in an `img`, where not even SVG can run anything."""
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_SPACE = re.compile(r"\s+")
_REFERENCE = re.compile(r"attachment:", re.IGNORECASE)
_LONGEST_NAME = 200
_PLAIN_NAME = re.compile(rf"picture-\d{{1,9}}\.(?:{'|'.join(_ENDINGS.values())})")


def pictures_in(raw: Any) -> dict[str, dict[str, str]]:
    """Of what a notebook says are a cell's attachments, those that are pictures; by name, then by type."""
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in raw.items() if isinstance(raw, Mapping) else ():
        if not isinstance(name, str) or not isinstance(bundle, Mapping) or not 0 < len(name) <= _LONGEST_NAME:
            continue
        data = {mime: _data(bundle[mime]) for mime in _ENDINGS if mime in bundle}
        data = {mime: text for mime, text in data.items() if text}
        if data:
            kept[name.encode("utf-8", "replace").decode()] = data
    return kept


def _data(raw: Any) -> str:
    """Base64 on one line; empty for anything else."""
    if isinstance(raw, list) and all(isinstance(part, str) for part in raw):
        raw = "".join(raw)
    text = _SPACE.sub("", raw) if isinstance(raw, str) else ""
    return text if _BASE64.fullmatch(text) else ""


def settle_pictures(cell: NotebookNode) -> None:
    """Make a text cell's references and its pictures agree, under names that every tool reads the same way."""
    if cell.cell_type != "markdown":
        return
    pictures = pictures_in(cell.get("attachments"))
    # A reference that is spelled in a way of its own (`attachment&#58;`) does not follow its picture to another name.
    settled = all(map(_PLAIN_NAME.fullmatch, pictures))
    plain: dict[str, dict[str, str]] = {}
    spellings: dict[str, str] = {}
    for number, (name, bundle) in enumerate(pictures.items(), start=1):
        plain_name = name if settled else f"picture-{number}.{_ENDINGS[next(iter(bundle))]}"
        plain[plain_name] = bundle
        for spelling in _spellings(name):
            spellings.setdefault(spelling, plain_name)
    cell.source = _renamed(cell.source, spellings)
    if plain:
        cell["attachments"] = plain
    else:
        cell.pop("attachments", None)


def drop_unused_pictures(cell: NotebookNode) -> None:
    """Leave out the pictures that a cell's text does not refer to, like those of a solution that was cleared."""
    attachments = cell.get("attachments")
    if not isinstance(attachments, Mapping):
        return
    used = {
        name: bundle
        for name, bundle in attachments.items()
        if any(f"attachment:{spelling}" in cell.source for spelling in _spellings(str(name)))
    }
    if used:
        cell["attachments"] = used
    else:
        del cell["attachments"]


def _spellings(name: str) -> tuple[str, ...]:
    """How editors write a name into an address."""
    return name, quote(name), quote(name, safe=""), name.replace(" ", "%20")


def _renamed(source: str, spellings: Mapping[str, str]) -> str:
    longest_first = sorted(spellings, key=len, reverse=True)
    parts: list[str] = []
    done = 0
    for reference in _REFERENCE.finditer(source):
        at = reference.end()
        spelling = next((each for each in longest_first if source.startswith(each, at)), None)
        opened = source.startswith("<", reference.start() - 1) and reference.start() > 0
        parts.append(source[done : reference.start() - opened])
        if spelling is None:
            parts.append("<missing-picture-" if opened else "missing-picture-")
            done = at
            continue
        done = at + len(spelling)
        closed = opened and source.startswith(">", done)
        parts.append(f"{'<' if opened and not closed else ''}attachment:{spellings[spelling]}")
        done += closed
    return "".join([*parts, source[done:]])
