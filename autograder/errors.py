"""Every error this package raises on purpose, in one tree.

    AutograderError                  ours or the machine's: never costs a student a point
    ├── ClusterError
    │   ├── RequirementMissing       something must be installed or allowed first
    │   ├── BuildFailed              a program or an image could not be built
    │   ├── ClusterNotRunning        there is no cluster under this name
    │   └── ClusterUnreachable       there is one, and it does not answer
    ├── WorkspaceError               a student's place could not be made or removed
    ├── ManifestError                what somebody wrote is no manifest
    ├── ExecutionError               a kernel or its sandbox could not be started or died
    ├── StudyError                   a learner's own folder or JupyterLab is not as it must be
    └── GradingError                 a submission, lab or gradebook is not as it must be
        └── Ungraded                 a submission was run and left without a grade

    Finding                          what a check found out about a student's work
    ├── CheckFailed                  it is wrong
    └── CheckUnsettled               it was still converging when the deadline passed

The two families never mix: whatever is not a `Finding` is not a student's doing, and a criterion
that meets it is *unchecked*. Every message says what was expected, what was found and what to do
next; the three are kept apart so that a report can lay them out.
"""

from __future__ import annotations


class _Explained(Exception):
    """A message in three parts.

    Args:
        found: what is the case, as a sentence.
        expected: what should have been the case; may be empty where `found` says both.
        next_step: what the reader does about it; may be empty.
    """

    def __init__(self, found: str, *, expected: str = "", next_step: str = "") -> None:
        super().__init__(found, expected, next_step)
        self.found = found
        self.expected = expected
        self.next_step = next_step

    def __str__(self) -> str:
        parts = [
            f"expected {self.expected}" if self.expected else "",
            f"found {self.found}" if self.expected else self.found,
            self.next_step,
        ]
        return "; ".join(part for part in parts if part)


class AutograderError(_Explained):
    """Something of ours, of the machine's or of the cluster's went wrong."""


class ClusterError(AutograderError):
    """The cluster could not do what was asked of it."""


class RequirementMissing(ClusterError):
    """A program, package or permission that a cluster needs is not there."""


class BuildFailed(ClusterError):
    """A program or an image could not be built from its sources."""


class ClusterNotRunning(ClusterError):
    """No cluster runs under the name that was asked for."""


class ClusterUnreachable(ClusterError):
    """A cluster was named and does not answer."""


class WorkspaceError(AutograderError):
    """A workspace could not be made, found or removed."""


class ManifestError(AutograderError):
    """What somebody wrote into a notebook or a file is no manifest."""


class ExecutionError(AutograderError):
    """A kernel or its sandbox could not be started, or ended before its notebook did."""


class StudyError(AutograderError):
    """A learner's own folder of a lab, or the JupyterLab over it, is not as it must be."""


class GradingError(AutograderError):
    """A lab, a submission or the gradebook is not as grading needs it."""


class Ungraded(GradingError):
    """A submission was run, and something of ours kept it from getting a grade."""


class Finding(_Explained):
    """What a check found out about a student's work; ends the criterion that raised it."""


class CheckFailed(Finding):
    """The work is wrong, or can no longer become right."""


class CheckUnsettled(Finding):
    """The work had not settled when the deadline passed."""
