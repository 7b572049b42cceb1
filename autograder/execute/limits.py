"""How much of the machine one submission may use.

Nothing is decided here: the sandbox, the relay and the kernels each enforce the lines that are
theirs, and a course changes them in one place.
"""

from __future__ import annotations

from dataclasses import dataclass


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
    disk_mib: int = 512
    """Files in the home, and as much again in /tmp."""
    start_s: float = 60.0
    """Wall time for a kernel to come up."""
    interrupt_s: float = 3.0
    """Wall time an interrupted cell gets to give way."""
