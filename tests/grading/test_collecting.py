"""What an instructor collects is what a student wrote, not what a link of theirs points to."""

from __future__ import annotations

import os
from pathlib import Path

from grading.small_lab import LAB


def test_links_in_a_submission_are_left_behind(course, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "solution.txt").write_text("42")
    inbound = course.root / "exchange" / "kubernetes-for-ml" / "inbound" / f"eve+{LAB}+2026-11-24 12:00:00 UTC"
    (inbound / "data").mkdir(parents=True)
    (inbound / "timestamp.txt").write_text("2026-11-24 12:00:00 UTC")
    (inbound / "mine.txt").write_text("1")
    (inbound / "file").symlink_to(secret / "solution.txt")
    (inbound / "data" / "folder").symlink_to(secret)
    (inbound / "endless").symlink_to("/dev/zero")
    (inbound / "data" / "round").symlink_to(inbound)
    os.mkfifo(inbound / "pipe")
    (inbound / f"{LAB}.ipynb").symlink_to(course.root / "source" / LAB / f"{LAB}.ipynb")
    collected = course.nbgrader("collect", LAB)
    assert collected.returncode == 0, collected.stderr
    submitted = course.root / "submitted" / "eve" / LAB
    assert sorted(str(path.relative_to(submitted)) for path in submitted.rglob("*")) == [
        "data",
        "mine.txt",
        "timestamp.txt",
    ]
    assert (secret / "solution.txt").read_text() == "42"
    assert "left a link out" in collected.stderr
