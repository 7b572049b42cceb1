"""A learner's own work on a lab: laid out once, never written over, put aside when they begin anew."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path

from autograder.errors import StudyError
from autograder.study.desks import Desk

_NOT_HANDED_OUT = {".ipynb_checkpoints", "__pycache__"}


def lay_out(desk: Desk) -> list[str]:
    """Copy what a lab hands out and the learner does not have; what they have stays as it is, whatever it is by now.

    Returns:
        The files that were copied, as paths below the lab's folder.

    Raises:
        StudyError: the folder cannot be written to.
    """
    copied = []
    try:
        desk.work.mkdir(parents=True, exist_ok=True)
        for source in sorted(path for path in desk.released.rglob("*") if path.is_file()):
            below = source.relative_to(desk.released)
            if _NOT_HANDED_OUT.intersection(below.parts) or os.path.lexists(desk.work / below):
                continue
            _copy(source, desk.work / below)
            copied.append(str(below))
    except OSError as error:
        raise StudyError(
            f"{error.filename or desk.work} cannot be written: {error.strerror}",
            expected=f"a folder of your own at {desk.work}",
            next_step="make room, or correct whose it is",
        ) from error
    return copied


def put_aside(desk: Desk, *, now: datetime | None = None) -> Path | None:
    """Move a learner's work out of the way, whole; where to, or None where there is none."""
    if not os.path.lexists(desk.work):
        return None
    desk.kept.mkdir(parents=True, exist_ok=True)
    stamp = f"{desk.lab}-{now or datetime.now():%Y%m%d-%H%M%S}"
    target, tries = desk.kept / stamp, 1
    while os.path.lexists(target):  # two within a second
        tries += 1
        target = desk.kept / f"{stamp}-{tries}"
    desk.work.rename(target)
    return target


def _copy(source: Path, target: Path) -> None:
    """Whole or not at all, and the learner's to change."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        shutil.copy(source, part)
        part.chmod(part.stat().st_mode | 0o600)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
