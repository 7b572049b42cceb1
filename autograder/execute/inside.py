"""The first program inside a sandbox: makes it ready, then becomes the student kernel.

It runs as the student's uid, from a file and without this package (an import would cost the start
a second), before any line of the student's. Through stdin comes a tar with the files; through one
socket it hands two descriptors out: a listening TCP socket, which is how the API server is reached
from a place without a network, and the directory of the kernel's own sockets. It leaves every
decision to its arguments, and whatever it holds a student may have: it holds nothing else.

Usage: inside.py SETTINGS, a JSON object of `handover` (descriptor), `home`, `sockets` (folders),
`port` (of the API server inside), `rlimits` ({name: number}) and `argv` (of the kernel).
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
import tarfile
from typing import Any


def main(settings: dict[str, Any]) -> None:
    """Unpack, hand over, tighten, become the kernel."""
    os.umask(0o022)
    _unpack(settings["home"], settings["sockets"])
    _hand_over(settings["handover"], settings["port"], settings["sockets"])
    for name, value in settings["rlimits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.chdir(settings["home"])
    os.execv(settings["argv"][0], settings["argv"])  # noqa: S606 - it becomes the kernel


def _unpack(home: str, sockets: str) -> None:
    """Files that do not fit, or would land elsewhere, are left out: a student meets them missing."""
    places = {"home": home, "sockets": sockets}
    with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as files:
        files.errorlevel = 0
        if hasattr(tarfile, "tar_filter"):
            files.extraction_filter = tarfile.tar_filter
        for member in files:
            place, _, member.name = member.name.partition("/")
            if place in places and member.name:
                files.extract(member, places[place])


def _hand_over(handover: int, port: int, sockets: str) -> None:
    listener = socket.create_server(("127.0.0.1", port), backlog=64)
    folder = os.open(sockets, os.O_RDONLY | os.O_DIRECTORY)
    with socket.socket(fileno=handover) as outside:
        socket.send_fds(outside, [b"ready"], [listener.fileno(), folder])
    listener.close()
    os.close(folder)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
