"""What a sandbox is given: a submission's files and its kernel's own, as one tar.

The files were chosen by a student and are read here by whoever grades, perhaps root: links are
packed as links and never followed, and nothing but files, folders and links is packed at all.
"""

from __future__ import annotations

import io
import os
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO


def pack(files: Path | None, own: Mapping[str, bytes], *, limit_bytes: int) -> IO[bytes]:
    """A tar, as an open file without a name, at its start.

    Args:
        files: folder whose content becomes the home's, as far as it fits into `limit_bytes`.
        own: by name, what goes beside the kernel's sockets.
    """
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the caller's
    left_bytes = limit_bytes

    def admit(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
        nonlocal left_bytes
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        if member.isdir() or member.issym():
            member.mode = 0o755
            return member
        if not member.isreg() or member.size > left_bytes:
            return None
        left_bytes -= member.size
        member.mode = 0o755 if member.mode & 0o100 else 0o644
        return member

    # GNU's format writes a sparse file's holes out; the limit counts them, as the sandbox will.
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        if files is not None:
            for name in sorted(os.listdir(files)):
                tar.add(files / name, arcname=f"home/{name}", filter=admit)
        for name, content in own.items():
            member = tarfile.TarInfo(f"sockets/{name}")
            member.size = len(content)
            member.mode = 0o600
            tar.addfile(member, io.BytesIO(content))
    packed.seek(0)
    return packed
