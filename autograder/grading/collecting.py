"""Collects submissions without following links.

The exchange's inbound folder is written by students, and nbgrader copies what it finds there with the
instructor's rights: a link would bring the file it points to, a solution or another's work, into the submission.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect


class CollectWithoutLinks(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's collect step; links in a submission are left behind and named in the log."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        links = [path for path in _walk(Path(src)) if path.is_symlink()]
        super().do_copy(src, dest, log)
        for link in links:
            self.log.warning("left a link out of %s: %s", Path(src).name, link.relative_to(src))
            copied = Path(dest, link.relative_to(src))
            if copied.is_dir() and not copied.is_symlink():
                shutil.rmtree(copied)
            else:
                copied.unlink(missing_ok=True)


def _walk(folder: Path) -> list[Path]:
    """Everything below a folder, links not followed."""
    found = []
    for path in folder.iterdir():
        found.append(path)
        if path.is_dir() and not path.is_symlink():
            found += _walk(path)
    return found
