"""Which grade a feedback page shows, in the last line of its file, so that a page of an earlier grade is not released.

A grade changes without its page: by another run, by points given in formgrader, by a comment. A student's own words
never stand in the last line, which is written after the page was rendered.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from nbgrader.api import Gradebook, MissingEntry

from autograder.grading.submission import evidence_folder
from autograder.grading.verdicts import FILE_NAME

_LINE = re.compile(rb"\n<!-- made from ([0-9a-f]{64}) -->\n\Z")
_LONGEST_LINE = 100


def grade_stamp(gradebook: Gradebook, root: Path, lab: str, student: str) -> str:
    """A digest of all that a page shows of a grade: verdicts, points, points and comments by hand, lateness; empty
    while there is none."""
    try:
        submission = gradebook.find_submission(lab, student)
        verdicts = (evidence_folder(root, lab, student) / FILE_NAME).read_bytes()
    except (MissingEntry, OSError):
        return ""
    points = [
        (grade.name, grade.auto_score, grade.manual_score, grade.extra_credit)
        for notebook in submission.notebooks
        for grade in notebook.grades
    ]
    comments = [(each.name, each.comment) for notebook in submission.notebooks for each in notebook.comments]
    shown = [sorted(points, key=repr), sorted(comments, key=repr), submission.late_submission_penalty]
    return hashlib.sha256(verdicts + json.dumps(shown).encode()).hexdigest()


def stamp(page: Path, of: str) -> None:
    """Write below a page what it was made from."""
    with page.open("ab") as file:
        file.write(b"\n<!-- made from %s -->\n" % of.encode())


def stamp_of(page: Path) -> str:
    """What a page was made from; empty where it does not say."""
    found = _LINE.search(page.read_bytes()[-_LONGEST_LINE:])
    return found[1].decode() if found else ""
