"""What of a submission's folder goes into a sandbox."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

from autograder.execute.packing import pack


def _names(folder: Path | None, limit_bytes: int = 10_000, **own: bytes) -> dict[str, tarfile.TarInfo]:
    opened, _ = pack(folder, own, limit_bytes=limit_bytes, limit_files=50)
    with opened as packed, tarfile.open(fileobj=packed) as tar:
        return {member.name: member for member in tar}


def test_files_go_to_the_home_and_the_kernels_own_beside_its_sockets(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("x")
    names = _names(tmp_path, key=b"secret")
    assert set(names) == {"home/data", "home/data/a.csv", "sockets/key"}
    assert names["sockets/key"].mode == 0o600


def test_links_are_packed_as_links_and_pipes_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/shadow")
    os.mkfifo(tmp_path / "pipe")
    names = _names(tmp_path)
    assert set(names) == {"home/link"}
    assert names["home/link"].issym()


def test_what_does_not_fit_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(6_000))
    (tmp_path / "b").write_bytes(bytes(6_000))
    (tmp_path / "c").write_bytes(bytes(3_000))
    assert set(_names(tmp_path)) == {"home/a", "home/c"}


def test_a_file_with_a_hole_of_a_terabyte_costs_nothing(tmp_path: Path) -> None:
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(2**40)
    assert _names(tmp_path) == {}


def test_who_owned_a_file_and_special_bits_do_not_come_along(tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_text("x")
    (tmp_path / "run.sh").chmod(0o6755)
    member = _names(tmp_path)["home/run.sh"]
    assert (member.mode, member.uid, member.uname) == (0o755, 0, "")
