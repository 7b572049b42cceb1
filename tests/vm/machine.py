"""A machine in qemu, by software emulation: boots a disk, passes on what it writes to its second serial port."""

from __future__ import annotations

import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from tests.vm.disk import Disk

PROCESSORS = 2
MEMORY = "6G"
_KERNEL_LINE = "root=/dev/vda rw console=ttyS0 systemd.show_status=0 mitigations=off"
_LAST_WORDS = 40


def run(disk: Disk, console: Path, *, limit_s: float, tell: Callable[[str], None]) -> bool:
    """Boots it and returns when it is off; False when the time was up first and it was ended.

    Args:
        console: a file for all that its kernel and its first process say.
        tell: called with each line of the second serial port.
    """
    command = [
        # Beside whatever else this machine does: emulation takes all that it gets.
        *("nice", "-n", "19", "qemu-system-x86_64"),
        # The processors are emulated (KVM is not needed), each in a thread.
        *("-accel", "tcg,thread=multi", "-cpu", "max", "-smp", str(PROCESSORS), "-m", MEMORY),
        *("-kernel", str(disk.kernel), "-initrd", str(disk.initrd), "-append", _KERNEL_LINE),
        *("-drive", f"file={disk.image},format=raw,if=virtio,cache=unsafe"),
        *("-display", "none", "-monitor", "none", "-nic", "none", "-no-reboot"),
        *("-serial", f"file:{console}", "-serial", "stdio"),
    ]
    machine = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        return _listen(machine, time.monotonic() + limit_s, tell)
    finally:
        machine.kill()
        machine.wait()


def _listen(machine: subprocess.Popen[bytes], deadline: float, tell: Callable[[str], None]) -> bool:
    assert machine.stdout is not None
    unfinished = b""
    while (left_s := deadline - time.monotonic()) > 0:
        if not select.select([machine.stdout], [], [], left_s)[0]:
            break
        heard = machine.stdout.read1(65536)
        if not heard:
            return True
        *lines, unfinished = (unfinished + heard).split(b"\n")
        for line in lines:
            tell(line.decode(errors="replace").strip())
    return False


def last_words(console: Path) -> str:
    """The end of what the machine itself said, for when it never came up."""
    lines = console.read_text(errors="replace").splitlines() if console.exists() else []
    return "\n".join(lines[-_LAST_WORDS:])
