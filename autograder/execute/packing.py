"""What a sandbox is given: a submission's files and its kernel's own, as one tar.

The files were chosen by a student and are read here by whoever grades, perhaps root: links are
packed as links and never followed, and nothing but files, folders and links is packed at all. How many
and how large is bounded, since unpacking them counts as the kernel's start; what is left out is said.
"""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

_DEEPEST = 64


def pack(
    files: Path | None, own: Mapping[str, bytes], *, limit_bytes: int, limit_files: int
) -> tuple[IO[bytes], list[str]]:
    """A tar, as an open file without a name, at its start; and what was left out, by name.

    Args:
        files: folder whose content becomes the home's, as far as it fits into `limit_bytes` and `limit_files`.
        own: by name, what goes beside the kernel's sockets.
    """
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the caller's
    left_bytes, left_files = limit_bytes, limit_files
    left_out: list[str] = []

    def admit(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        nonlocal left_bytes, left_files
        left_files -= 1
        if left_files < 0 or member.name.count("/") > _DEEPEST:
            left_out.append(member.name)
            return None
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        if member.isdir() or member.issym():
            member.mode = 0o755
            return member
        if not member.isreg() or member.size > left_bytes:
            left_out.append(member.name)
            return None
        left_bytes -= member.size
        member.mode = 0o755 if member.mode & 0o100 else 0o644
        return member

    # GNU's format writes a sparse file's holes out; the limit counts them, as the sandbox will.
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        if files is not None:
            for name in sorted(os.listdir(files)):
                if left_files <= 0:
                    left_out.append(f"home/{name}")
                    continue
                try:
                    tar.add(files / name, arcname=f"home/{name}", filter=admit)
                except (OSError, ValueError, RecursionError):  # it went away, or no tar can say its name
                    left_out.append(f"home/{name}")
        for name, content in own.items():
            member = tarfile.TarInfo(f"sockets/{name}")
            member.size = len(content)
            member.mode = 0o600
            tar.addfile(member, io.BytesIO(content))
    packed.seek(0)
    return packed, [name.removeprefix("home/") for name in left_out]
