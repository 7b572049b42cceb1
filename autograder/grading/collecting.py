"""Collects submissions without following links.

The exchange's inbound folder is written by students, and nbgrader copies what it finds there with the
instructor's rights: a link would bring the file it points to, a solution or another's work, into the submission, and
one to an endless file would keep everybody's from being collected.
"""

from __future__ import annotations

import shutil
import stat
from pathlib import Path
from typing import Any

from nbgrader.exchange.default import ExchangeCollect
from nbgrader.utils import ignore_patterns


class CollectWithoutLinks(ExchangeCollect):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's collect step, of regular files; what else is in a submission is named in the log."""

    def do_copy(self, src: str, dest: str, log: Any = None) -> None:
        course = self.coursedir
        links = {path for path in _walk(Path(src)) if not _is_plain(path)}
        for link in sorted(links):
            self.log.warning("left a link out of %s: %s", Path(src).name, link.relative_to(src))
        size = sum(path.lstat().st_size for path in _walk(Path(src)) if path not in links)
        if size > 1000 * course.max_dir_size:
            raise RuntimeError(f"{src} is {size} bytes large, at most {1000 * course.max_dir_size} are collected")
        usual = ignore_patterns(
            exclude=course.ignore, include=course.include, max_file_size=course.max_file_size, log=self.log
        )

        def left_out(folder: str, names: list[str]) -> set[str]:
            plain = [name for name in names if Path(folder, name) not in links]
            return {*set(names).difference(plain), *usual(folder, plain)}

        shutil.copytree(src, dest, ignore=left_out, symlinks=True)
        if course.groupshared:
            for path in (Path(dest), *_walk(Path(dest))):
                path.chmod(path.lstat().st_mode | (0o2770 if path.is_dir() else 0o660))


def _walk(folder: Path) -> list[Path]:
    """Everything below a folder, links not followed."""
    found = []
    for path in folder.iterdir():
        found.append(path)
        if path.is_dir() and not path.is_symlink():
            found += _walk(path)
    return found


def _is_plain(path: Path) -> bool:
    """A folder or a regular file: not a link, and no device or pipe to read from without end."""
    mode = path.lstat().st_mode
    return stat.S_ISDIR(mode) or stat.S_ISREG(mode)
