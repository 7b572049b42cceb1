"""Times an embedded cluster from nothing to a node that is Ready, and its removal.

Warm: the programs and images are in the cache, and the cluster is a new one each time. Cold: a start with
an empty cache of ours and empty caches of Go's, so that everything is fetched and built.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from rich.table import Table
from rich.text import Text

from autograder.cluster import embedded

NAME = "bench"


def machine() -> Text:
    """What it was measured on."""
    memory = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    gibibytes = int(memory.split()[1]) / 1024**2
    return Text(f"measured on {os.cpu_count()} cores, {gibibytes:.0f} GiB, Linux {platform.release()}\n")


def warm(count: int) -> Table:
    """`up` and `down` of a new cluster, `count` times."""
    embedded.up(NAME)
    embedded.down(NAME)
    ups, downs = [], []
    for _ in range(count):
        began = time.monotonic()
        embedded.up(NAME)
        ready = time.monotonic()
        embedded.down(NAME)
        ups.append(ready - began)
        downs.append(time.monotonic() - ready)
    table = Table(title=f"cluster, warm, {count} times", title_justify="left")
    for heading in ("", "fastest", "median", "slowest"):
        table.add_column(heading, justify="right" if heading else "left")
    for what, taken in (("up, to node Ready", ups), ("down, nothing left", downs)):
        figures = (min(taken), statistics.median(taken), max(taken))
        table.add_row(what, *(f"{seconds:.2f} s" for seconds in figures))
    return table


def cold() -> Table:
    """One `up` in a process of its own, with every cache empty."""
    with tempfile.TemporaryDirectory(prefix="bench-cold-") as place:
        caches = {name: f"{place}/{name}" for name in ("AUTOGRADER_CACHE", "AUTOGRADER_STATE", "GOCACHE", "GOMODCACHE")}
        # Otherwise what Go fetches may not be removed again.
        environment = {**os.environ, **caches, "GOFLAGS": "-modcacherw"}
        program = f"from autograder.cluster import embedded; embedded.up({NAME!r})"
        began = time.monotonic()
        try:
            subprocess.run([sys.executable, "-c", program], env=environment, check=True)
            taken = time.monotonic() - began
        finally:
            # What the cluster does not need at once is still being built.
            program = (
                "from autograder.cluster import building, embedded; building.end_background_builds(); "
                f"embedded.down({NAME!r})"
            )
            subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    table = Table(title="cluster, cold: every cache empty, once", title_justify="left")
    table.add_column("")
    table.add_column("taken", justify="right")
    table.add_row("build all that is needed, up, to node Ready", f"{taken // 60:.0f} min {taken % 60:.0f} s")
    return table
