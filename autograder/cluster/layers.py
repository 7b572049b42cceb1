"""Turns a difference between two states of a directory into a layer of a container image, the same bytes
every time.

In go: a directory tree, and how it looked before something was done to it (`snapshot`). Out comes a plain
tar of what is new or changed: sorted, owned by root, dated 1970. It is not compressed, because compressors
differ from machine to machine and a registry on loopback has nothing to gain from them; so a layer's digest
is its content's.

Left to others: what is done to the tree (`roots`) and which layers make an image (`images`).
"""

from __future__ import annotations

import hashlib
import os
import stat
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: relative path -> what tells one state of the file from another
Snapshot = dict[str, tuple[int, ...]]

_PERMISSIONS = 0o1777  # neither set-user-id nor set-group-id: nothing in our images may gain rights by being run


@dataclass(frozen=True)
class Layer:
    """One layer of an image."""

    #: `sha256:…` of the tar
    digest: str
    #: of the tar
    size_bytes: int

    @property
    def descriptor(self) -> dict[str, str | int]:
        """How an image's manifest names the layer."""
        return {
            "mediaType": "application/vnd.oci.image.layer.v1.tar",
            "digest": self.digest,
            "size": self.size_bytes,
        }


def snapshot(tree: Path) -> Snapshot:
    """How the tree looks now."""
    return {name: _state(status) for name, status in _walk(tree)}


def write_layer(tree: Path, before: Snapshot, output: Path) -> Layer:
    """Writes what is in `tree` and differs from `before`; what has been removed since is not recorded."""
    changed = {name for name, status in _walk(tree) if before.get(name) != _state(status)}
    # A new file in an old directory must not depend on a lower layer for that directory's permissions.
    parents = {str(parent) for name in changed for parent in Path(name).parents} - {"."}
    with output.open("wb") as raw:
        hashing = _Hashing(raw)
        with tarfile.open(fileobj=hashing, mode="w", format=tarfile.PAX_FORMAT) as archive:  # type: ignore[call-overload]
            for name in sorted(changed | parents):
                _add(archive, tree, name)
    return Layer(f"sha256:{hashing.sha256.hexdigest()}", output.stat().st_size)


def _walk(tree: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Directories, files and symbolic links; devices and sockets have no place in an image."""
    for directory, folders, files in os.walk(tree):
        for name in (*folders, *files):
            path = os.path.join(directory, name)
            status = os.lstat(path)
            if stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode) or stat.S_ISLNK(status.st_mode):
                yield os.path.relpath(path, tree), status


def _state(status: os.stat_result) -> tuple[int, ...]:
    if stat.S_ISDIR(status.st_mode):
        return (status.st_mode,)
    return (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino)


def _add(archive: tarfile.TarFile, tree: Path, name: str) -> None:
    path = tree / name
    status = path.lstat()
    entry = tarfile.TarInfo(name)
    entry.mode = stat.S_IMODE(status.st_mode) & _PERMISSIONS
    if stat.S_ISDIR(status.st_mode):
        entry.type = tarfile.DIRTYPE
        archive.addfile(entry)
    elif stat.S_ISLNK(status.st_mode):
        entry.type, entry.linkname, entry.mode = tarfile.SYMTYPE, os.readlink(path), 0o777
        archive.addfile(entry)
    else:
        entry.size = status.st_size
        with path.open("rb") as content:
            archive.addfile(entry, content)


class _Hashing:
    """A file that is hashed while it is written."""

    def __init__(self, raw: BinaryIO) -> None:
        self._raw = raw
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> int:
        self.sha256.update(data)
        return self._raw.write(data)

    def tell(self) -> int:
        return self._raw.tell()
