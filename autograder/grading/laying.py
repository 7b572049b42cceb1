"""Lays out what a notebook finds beside it: the student's files, and the lab's own over them.

A student's folder may bear the name of a file of the lab's, or a file the name of a folder; whatever stands in the way
of what the lab brings, or of the notebook itself, is left out, and it is said.
"""

from __future__ import annotations

import shutil
from collections.abc import Set
from glob import escape
from pathlib import Path

from autograder.grading.omitting import listed
from autograder.grading.receiving import Received, copy_file, copy_files, files_below
from autograder.grading.submission import Submission
from autograder.report.showing import one_line


def lay_out(submission: Submission, taken: Received, theirs: Set[str]) -> list[str]:
    """Fill a submission's working folder.

    Args:
        theirs: the lab's files that students may bring in a version of their own.

    Returns:
        a remark for each kind of thing that was left out.
    """
    working = submission.working
    working.mkdir(parents=True, exist_ok=True)
    remarks = copy_files(taken.folder, working, ignore=("*.ipynb", escape(taken.notebook.name)))
    source = submission.source.parent
    ours = [path for path in files_below(source) if path.suffix != ".ipynb"]
    brought = {path.relative_to(source): path for path in ours if str(path.relative_to(source)) not in theirs}
    brought |= {Path(name): submission.submitted / name for name in ("timestamp.txt", "submission_secret.txt")}
    removed = [
        name for place in (*brought, Path(f"{submission.notebook}.ipynb")) if (name := _make_way(working, place))
    ]
    for place, path in brought.items():
        copy_file(path, working / place)
    if removed:
        remarks.append(f"what stood where files of the lab's lie was left out: {listed(removed)}")
    return remarks


def _make_way(working: Path, place: Path) -> str:
    """Remove a folder that stands where a file belongs, or a file that stands where a folder does; say which."""
    for folder in reversed(place.parents[:-1]):
        if (working / folder).is_file():
            (working / folder).unlink()
            return one_line(folder.as_posix())
    if (working / place).is_dir():
        shutil.rmtree(working / place)
        return one_line(place.as_posix())
    return ""
