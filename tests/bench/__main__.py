"""`python -m tests.bench`: prints, in one run, how long a cluster takes to start, how many submissions a minute
are graded here and by stock nbgrader, and where the time goes.
"""

from __future__ import annotations

import argparse
import signal
import sys

from rich.console import Console

from tests.bench import grading, starting


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description=__doc__)
    parser.add_argument("--starts", type=int, default=5, help="warm cluster starts (default 5)")
    parser.add_argument("--submissions", type=int, default=6, help="submissions of each lab (default 6)")
    parser.add_argument("--skip-cold", action="store_true", help="leave out the start from empty caches, minutes long")
    chosen = parser.parse_args()

    # Ended from outside, it still takes its cluster down.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    console = Console(width=110)
    console.print(starting.machine())
    console.print(starting.warm(chosen.starts))
    console.print(grading.compared(chosen.submissions))
    if not chosen.skip_cold:
        console.print(starting.cold())


main()
