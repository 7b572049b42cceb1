"""`autograder demo`."""

from __future__ import annotations


def demo() -> None:
    """Start the cluster, grade a handful of sample submissions, and write a report."""
    raise NotImplementedError
