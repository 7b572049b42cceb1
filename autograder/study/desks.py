"""What lies where below `study/`: for each lab a desk, with the learner's own work and what is kept for it.

study/LAB/              the learner's own: the notebook, the files beside it, and in handed-in/ what came of them
study/.kept/LAB-TIME/   what they put aside when they began anew
study/.ours/LAB/        which workspace they have, its kubeconfig, what JupyterLab is told; can all be made again
study/handed-in/        a course of one student, in nbgrader's folders: work handed in, evidence, feedback
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.errors import StudyError

LEARNER = "you"
"""What a learner is called on the cluster and in their course of one."""


@dataclass(frozen=True)
class Desk:
    """Where one lab is worked on."""

    root: Path
    """The course's folder."""
    lab: str
    """As its folder in `release/` is called."""

    @property
    def released(self) -> Path:
        """The lab as it is handed out."""
        return self.root / "release" / self.lab

    @property
    def work(self) -> Path:
        """The learner's own folder."""
        return self.root / "study" / self.lab

    @property
    def notebook(self) -> Path:
        """In that folder, what they work in."""
        return self.work / f"{self.lab}.ipynb"

    @property
    def kept(self) -> Path:
        """Where work goes that they put aside."""
        return self.root / "study" / ".kept"

    @property
    def ours(self) -> Path:
        """What is kept for this lab and can be made again; see `closed`."""
        return self.root / "study" / ".ours" / self.lab

    @property
    def preferences(self) -> Path:
        """What the learner sets in JupyterLab, the same for all labs."""
        return self.root / "study" / ".ours" / "preferences"

    @property
    def course(self) -> Path:
        """The course of one student that they hand in to."""
        return self.root / "study" / "handed-in"

    @property
    def results(self) -> Path:
        """In the learner's folder, which is all that JupyterLab reaches: the pages on what they handed in."""
        return self.work / "handed-in"

    @property
    def evidence(self) -> Path:
        """What came of the work they handed in."""
        return self.course / "evidence" / LEARNER / self.lab

    def within_course(self, path: Path) -> str:
        """A path as the learner reads it: from the course's folder where it lies in there."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def closed(folder: Path) -> Path:
    """A folder that is there from now on, and closed to every other user of the machine: it holds credentials."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def desks(root: Path) -> list[Desk]:
    """One for each lab that is handed out, in the order of their names.

    Raises:
        StudyError: none is.
    """
    released = sorted(path for path in (root / "release").glob("*/*.ipynb") if path.stem == path.parent.name)
    if not released:
        raise StudyError(
            f"no lab in {root / 'release'}",
            expected="release/LAB/LAB.ipynb, as `make release` makes it",
            next_step="run this in the project's folder, or `make release` there",
        )
    return [Desk(root, path.stem) for path in released]


def desk_for(root: Path, lab: str) -> Desk:
    """The desk for a lab that was named.

    Raises:
        StudyError: there is no such lab.
    """
    known = {each.lab: each for each in desks(root)}
    if lab not in known:
        raise StudyError(
            f"no lab called {lab}", expected=f"one of {', '.join(known)}", next_step="`autograder study --list`"
        )
    return known[lab]
