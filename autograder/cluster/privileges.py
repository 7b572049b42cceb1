"""Whether this process may do what a node needs: the rights of a root that is the machine's own.

Being user 0 says little: in a container or a user namespace it is somebody else's ordinary user, who makes no device,
loop or control group. A node is not tried there, where it would only fail later and without a word.
"""

from __future__ import annotations

import os
from pathlib import Path

_STATUS = Path("/proc/self/status")
_USERS = Path("/proc/self/uid_map")
_EVERYBODY = 2**32 - 1
_NEEDED = {
    "CAP_CHOWN": 0,
    "CAP_KILL": 5,
    "CAP_NET_ADMIN": 12,
    "CAP_SYS_CHROOT": 18,
    "CAP_SYS_ADMIN": 21,
    "CAP_MKNOD": 27,
}


def lacking() -> list[str]:
    """Why this process cannot have a node, one sentence each; empty where it can."""
    if os.geteuid() != 0:
        return ["a node needs root (network, mounts and containers)"]
    if in_user_namespace():
        return ["a node needs the machine's own root, and this is root in a user namespace (a rootless container?)"]
    if missing := sorted(name for name, bit in _NEEDED.items() if not _effective() >> bit & 1):
        return [f"a node needs {', '.join(missing)}, which this root lacks (a container needs --privileged)"]
    return []


def in_user_namespace() -> bool:
    """Whether user ids here stand for others on the machine."""
    try:
        first = _USERS.read_text().split()
    except OSError:
        return False
    return [int(each) for each in first[:3]] != [0, 0, _EVERYBODY]


def _effective() -> int:
    """The capabilities in force, as bits."""
    for line in _STATUS.read_text().splitlines():
        if line.startswith("CapEff:"):
            return int(line.split()[1], 16)
    return 0
