"""System calls that no notebook needs and that reach past a sandbox's walls.

A network namespace does not hold every kind of socket (AF_VSOCK talks to the machine's host), a
user namespace hands out capabilities that the kernel's rarely used corners then trust. Refused calls
fail with an ordinary errno, so that a library that merely tries one goes on without it. The program
is the kernel's classic BPF (linux/filter.h, linux/seccomp.h); bubblewrap loads it.
"""

from __future__ import annotations

import errno
import platform
import struct
from dataclasses import dataclass

_LOAD, _JUMP_EQUAL, _JUMP_ABOVE, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data
_X32 = 0x40000000
_NEW_NAMESPACES = 0x7E020000  # every CLONE_NEW* of linux/sched.h that clone() takes
_FAMILIES = (1, 2, 10, 16)  # unix, IPv4, IPv6, netlink

_SAME_EVERYWHERE = {
    "io_uring_setup": 425,
    "io_uring_enter": 426,
    "io_uring_register": 427,
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "fspick": 433,
    "mount_setattr": 442,
}


@dataclass(frozen=True)
class _Machine:
    """Numbers of one architecture."""

    audit: int
    """As in linux/audit.h."""
    clone: int
    """May not ask for namespaces."""
    clone3: int
    """Passes its flags where a filter cannot look; the C library then uses clone."""
    socket: int
    """Limited to the families above."""
    refused: dict[str, int]
    """Not to be called at all."""


_MACHINES = {
    "x86_64": _Machine(
        audit=0xC000003E,
        clone=56,
        clone3=435,
        socket=41,
        refused={
            "ptrace": 101,
            "syslog": 103,
            "pivot_root": 155,
            "chroot": 161,
            "acct": 163,
            "mount": 165,
            "umount2": 166,
            "swapon": 167,
            "swapoff": 168,
            "reboot": 169,
            "init_module": 175,
            "delete_module": 176,
            "quotactl": 179,
            "kexec_load": 246,
            "add_key": 248,
            "request_key": 249,
            "keyctl": 250,
            "unshare": 272,
            "perf_event_open": 298,
            "name_to_handle_at": 303,
            "open_by_handle_at": 304,
            "setns": 308,
            "process_vm_readv": 310,
            "process_vm_writev": 311,
            "finit_module": 313,
            "bpf": 321,
            "userfaultfd": 323,
            **_SAME_EVERYWHERE,
        },
    ),
    "aarch64": _Machine(
        audit=0xC00000B7,
        clone=220,
        clone3=435,
        socket=198,
        refused={
            "umount2": 39,
            "mount": 40,
            "pivot_root": 41,
            "chroot": 51,
            "quotactl": 60,
            "acct": 89,
            "unshare": 97,
            "kexec_load": 104,
            "init_module": 105,
            "delete_module": 106,
            "syslog": 116,
            "ptrace": 117,
            "reboot": 142,
            "add_key": 217,
            "request_key": 218,
            "keyctl": 219,
            "swapon": 224,
            "swapoff": 225,
            "perf_event_open": 241,
            "name_to_handle_at": 264,
            "open_by_handle_at": 265,
            "setns": 268,
            "process_vm_readv": 270,
            "process_vm_writev": 271,
            "finit_module": 273,
            "bpf": 280,
            "userfaultfd": 282,
            **_SAME_EVERYWHERE,
        },
    ),
}


def program(machine: str | None = None) -> bytes:
    """The compiled filter; empty for an architecture whose numbers are not listed here."""
    found = _MACHINES.get(machine or platform.machine())
    if found is None:
        return b""
    fail = _FAIL | errno.EPERM
    parts = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_JUMP_EQUAL, found.audit, matches=1),
        _step(_RETURN, fail),
        _step(_LOAD, _NUMBER),
        *_unless(_step(_JUMP_ABOVE, _X32, differs=1), fail),
        *_unless(_step(_JUMP_EQUAL, found.clone3, differs=1), _FAIL | errno.ENOSYS),
    ]
    for number in sorted(found.refused.values()):
        parts += _unless(_step(_JUMP_EQUAL, number, differs=1), fail)
    families = [
        _step(_JUMP_EQUAL, family, matches=len(_FAMILIES) - position) for position, family in enumerate(_FAMILIES)
    ]
    parts += [
        _step(_JUMP_EQUAL, found.clone, differs=4),
        _step(_LOAD, _FIRST_ARGUMENT),
        *_unless(_step(_JUMP_ANY_BIT, _NEW_NAMESPACES, differs=1), fail),
        _step(_RETURN, _ALLOW),
        _step(_JUMP_EQUAL, found.socket, matches=1),
        _step(_RETURN, _ALLOW),
        _step(_LOAD, _FIRST_ARGUMENT),
        *families,
        _step(_RETURN, _FAIL | errno.EAFNOSUPPORT),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join(parts)


def _unless(test: bytes, outcome: int) -> tuple[bytes, bytes]:
    """A test that skips the outcome where it does not hold."""
    return test, _step(_RETURN, outcome)


def _step(code: int, operand: int, *, matches: int = 0, differs: int = 0) -> bytes:
    return struct.pack("=HBBI", code, matches, differs, operand)
