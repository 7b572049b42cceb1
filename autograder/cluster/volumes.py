"""Makes the directories of dynamic volumes writable for the Pods that mount them.

Upstream's hostPath provisioner makes them for root alone, and no Pod of a course should have to run as
root to keep a checkpoint. Nobody else gets at them by this: the directory above is the cluster's own, and
a Pod sees only the volume that its claim is bound to.
"""

from __future__ import annotations

import contextlib
import stat
from pathlib import Path

_FOR_ROOT_ALONE = 0o750
_FOR_ALL = 0o777


def make_writable(directory: Path) -> None:
    """Opens every volume below `directory` that is still as the provisioner made it."""
    if not directory.is_dir():
        return
    for volume in directory.iterdir():
        with contextlib.suppress(FileNotFoundError):  # deleted at this moment
            mode = volume.lstat().st_mode
            if stat.S_ISDIR(mode) and stat.S_IMODE(mode) == _FOR_ROOT_ALONE:
                volume.chmod(_FOR_ALL)
