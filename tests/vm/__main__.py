"""`make test-vm`: boots a stock Debian 12 with systemd and control groups of version 2, and tries the project inside.

Exit code 0 only when everything held. The processors are emulated, so it takes an hour or so; nothing of it needs
KVM, a network inside, or a mount. It needs root here, for the files of the disk.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.cluster.places import cache_dir
from tests.vm import disk, machine

_PROGRAMS = {"qemu-system-x86_64": "qemu-system-x86", "mke2fs": "e2fsprogs", "mmdebstrap": "mmdebstrap"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make test-vm ARGS=…", description=__doc__)
    parser.add_argument("--keep", action="store_true", help="keep the disk's parts in the cache, for a next time")
    parser.add_argument("--limit", type=float, default=150, metavar="MINUTES", help="for all of it (default 150)")
    parser.add_argument("--patience", type=float, default=20, help="AUTOGRADER_PATIENCE inside (default 20)")
    parser.add_argument("--steps", default="", help="some of: machine,up,pods,labs,down,sandboxes")
    chosen = parser.parse_args()
    _need_programs()

    # Ended from outside, it still ends the machine and removes its folder.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    began = time.monotonic()
    results: list[str] = []

    def tell(line: str) -> None:
        results.append(line)
        _say(line)

    with _folder(keep=chosen.keep) as folder:
        checkout = Path(__file__).resolve().parents[2]
        made = disk.make(
            folder,
            checkout,
            cache_dir(),
            patience=chosen.patience,
            steps=chosen.steps,
            say=lambda text: print(text, flush=True),
        )
        print(f"machine: booting after {time.monotonic() - began:.0f} s", flush=True)
        console = folder / "console.log"
        console.unlink(missing_ok=True)
        limit_s = chosen.limit * 60 - (time.monotonic() - began)
        ended = machine.run(made, console, limit_s=limit_s, tell=tell)
        finished = any(line.startswith("END") for line in results)
        if not finished:
            _say(f"machine: its own last words\n{machine.last_words(console)}")
    sys.exit(_judge(results, ended=ended, finished=finished, minutes=(time.monotonic() - began) / 60))


def _say(text: str) -> None:
    print(text, flush=True)


def _judge(results: list[str], *, ended: bool, finished: bool, minutes: float) -> int:
    held = sum(line.startswith("HOLDS") for line in results)
    wrong = [line for line in results if line.startswith("FAILED")]
    print(f"\ntest-vm: {held} held, {len(wrong)} did not, in {minutes:.0f} minutes")
    for line in wrong:
        print(f"  {line}")
    if not finished:
        print("  it did not come to its end" if ended else "  its time was up; --limit MINUTES gives it more")
    return 0 if held and finished and not wrong else 1


@contextlib.contextmanager
def _folder(*, keep: bool) -> Iterator[Path]:
    """Some five gigabytes; in the cache, because /tmp may be memory."""
    if keep:
        folder = cache_dir() / "vm"
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    cache_dir().mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="vm-", dir=cache_dir()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _need_programs() -> None:
    if os.geteuid() != 0:
        sys.exit("test-vm: it needs root, for the device files and owners of the disk it makes")
    missing = sorted(package for program, package in _PROGRAMS.items() if shutil.which(program) is None)
    if missing:
        sys.exit(f"test-vm: not installed: {' '.join(missing)} (apt-get install {' '.join(missing)})")


main()
