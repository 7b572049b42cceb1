"""How much of the machine one submission may use.

Nothing is decided here: the sandbox, the relay and the kernels each enforce the lines that are
theirs, and a course changes them in one place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from autograder.deadlines import scaled


@dataclass(frozen=True)
class Limits:
    """The bounds of one execution; the defaults fit a lab on a laptop."""

    memory_mib: int = 1536
    """Memory of the whole sandbox, its files included."""
    processes: int = 256
    """Processes and threads alive at once in the sandbox."""
    cpu_s: int = 600
    """CPU time of the whole sandbox."""
    cell_s: float = 180.0
    """Wall time of one student cell; it is interrupted then, and ended if it does not give way."""
    student_s: float = 900.0
    """Wall time of all student cells together."""
    check_cell_s: float = 300.0
    """Wall time of one check cell."""
    output_mib: float = 16.0
    """What the student kernel may send out, over all cells."""
    kept_cell_mib: float = 8.0
    """What is kept of one student cell's outputs, as the notebook is written; the rest is cut, and said to be."""
    kept_mib: float = 16.0
    """The same of all student cells together."""
    upload_mib: float = 48.0
    """What the sandbox may send to the API server; it is ended beyond that."""
    upload_mib_per_s: float = 2.0
    """How fast, once `upload_burst_mib` are used up; it is slowed down to that."""
    upload_burst_mib: float = 8.0
    """How much may be sent as fast as it goes."""
    disk_mib: int = 512
    """Files in the home, and as much again in /tmp."""
    files: int = 5_000
    """How many of a submission's files and folders are put into the home."""
    start_s: float = 60.0
    """Wall time for a kernel to come up."""
    interrupt_s: float = 3.0
    """Wall time an interrupted cell gets to give way."""

    def scaled(self) -> Limits:
        """With as much time for everything as this machine needs (`$AUTOGRADER_PATIENCE`)."""
        return replace(
            self,
            cpu_s=round(scaled(self.cpu_s)),
            cell_s=scaled(self.cell_s),
            student_s=scaled(self.student_s),
            check_cell_s=scaled(self.check_cell_s),
            start_s=scaled(self.start_s),
            interrupt_s=scaled(self.interrupt_s),
        )
