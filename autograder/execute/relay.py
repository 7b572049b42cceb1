"""The only two ways in and out of a sandbox, and what may pass.

A relay takes connections on a socket it was given and joins each to one that it dials itself: the
API server for those from inside, the kernel's own sockets for those of the engine. Bytes pass as
they are (TLS stays end to end). Both ends are taken to be hostile or gone at any moment: the
number of connections is bounded, what a kernel may send is metered both ways, and nothing is kept but the
chunk in hand.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import stat
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from autograder.deadlines import scaled
from autograder.errors import ExecutionError

_CHUNK_BYTES = 65_536
_AT_ONCE = 64
_IN_ALL = 20_000
_POLL_S = 0.02

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Dial = Callable[[], Awaitable[Streams]]


class Meter:
    """How many bytes came out of a sandbox; calls `on_full` once when it was too many."""

    def __init__(self, limit_bytes: int, on_full: Callable[[], None]) -> None:
        self._left_bytes = limit_bytes
        self._on_full = on_full

    def pass_on(self, count_bytes: int) -> bool:
        """Whether so many more may pass."""
        if self._left_bytes < 0:
            return False
        self._left_bytes -= count_bytes
        if self._left_bytes < 0:
            self._on_full()
            return False
        return True


class Gate:
    """What goes from a sandbox to the API server: how much in all, how fast, and nothing while it is held.

    Every write is kept by etcd for a while, whatever became of the object since.

    Args:
        meter: of all that may pass.
        burst_bytes: as fast as it goes.
        bytes_per_s: from then on.
    """

    def __init__(self, meter: Meter, *, burst_bytes: float, bytes_per_s: float) -> None:
        self._meter = meter
        self._burst_bytes = self._left_bytes = burst_bytes
        self._bytes_per_s = bytes_per_s
        self._counted_s = time.monotonic()
        self._open = asyncio.Event()
        self._open.set()

    def hold(self) -> None:
        """Let nothing pass until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    async def pass_on(self, count_bytes: int) -> bool:
        """Whether so many more may pass, when it is their turn."""
        now_s = time.monotonic()
        self._left_bytes = min(self._burst_bytes, self._left_bytes + (now_s - self._counted_s) * self._bytes_per_s)
        self._left_bytes -= count_bytes
        self._counted_s = now_s
        if self._left_bytes < 0:
            await asyncio.sleep(-self._left_bytes / self._bytes_per_s)  # the wait is the limit
        await self._open.wait()
        return self._meter.pass_on(count_bytes)


class Relay:
    """Joins what connects to `listener` with what `dial` gives, until closed.

    Args:
        dial: the other end.
        meter: of what comes back from there.
        gate: of what goes there.
    """

    def __init__(self, dial: Dial, meter: Meter | None = None, gate: Gate | None = None) -> None:
        self._dial = dial
        self._meter = meter
        self._gate = gate
        self._server: asyncio.Server | None = None
        self._joined: set[asyncio.Task[None]] = set()
        self._left = _IN_ALL

    async def open(self, listener: socket.socket) -> None:
        """Start taking connections; the listener is the relay's from now on."""
        listener.setblocking(False)
        if listener.family == socket.AF_UNIX:
            self._server = await asyncio.start_unix_server(self._take, sock=listener)
        else:
            self._server = await asyncio.start_server(self._take, sock=listener)

    async def close(self) -> None:
        """Cut every connection."""
        if self._server is not None:
            self._server.close()
        for task in self._joined:
            task.cancel()
        await asyncio.gather(*self._joined, return_exceptions=True)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._left -= 1
        if self._left <= 0 and self._server is not None:
            self._server.close()
        if len(self._joined) >= _AT_ONCE:
            writer.transport.abort()
            return
        task = asyncio.ensure_future(self._join(reader, writer))
        self._joined.add(task)
        task.add_done_callback(self._joined.discard)

    async def _join(self, near_reader: asyncio.StreamReader, near_writer: asyncio.StreamWriter) -> None:
        with contextlib.closing(near_writer.transport):
            try:
                far_reader, far_writer = await self._dial()
            except OSError:
                return
            with contextlib.closing(far_writer.transport):
                pumps = [
                    asyncio.ensure_future(_pump(near_reader, far_writer, None, self._gate)),
                    asyncio.ensure_future(_pump(far_reader, near_writer, self._meter, None)),
                ]
                try:
                    await asyncio.gather(*pumps)
                except OSError:
                    pass
                finally:
                    for pump in pumps:
                        pump.cancel()


async def _pump(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, meter: Meter | None, gate: Gate | None
) -> None:
    while chunk := await reader.read(_CHUNK_BYTES):
        if gate is not None and not await gate.pass_on(len(chunk)):
            raise ConnectionAbortedError
        if meter is not None and not meter.pass_on(len(chunk)):
            raise ConnectionAbortedError
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


def dial_tcp(host: str, port: int) -> Dial:
    """Connections to one address and no other."""

    async def dial() -> Streams:
        return await asyncio.wait_for(asyncio.open_connection(host, port), timeout=scaled(10))

    return dial


def dial_in_folder(folder: int, name: str, timeout_s: float) -> Dial:
    """Connections to the socket `name` in an open folder that its other user may fill at will.

    Waits for it to appear. A link in its place is not followed, and only a socket is connected to:
    the folder belongs to a student, and the one who dials may be root.
    """

    async def dial() -> Streams:
        deadline = asyncio.get_running_loop().time() + timeout_s
        while True:
            try:
                return await _connect_in_folder(folder, name)
            except (FileNotFoundError, ConnectionRefusedError):
                if asyncio.get_running_loop().time() > deadline:
                    raise
            await asyncio.sleep(_POLL_S)

    return dial


async def _connect_in_folder(folder: int, name: str) -> Streams:
    entry = os.open(name, os.O_PATH | os.O_NOFOLLOW, dir_fd=folder)
    try:
        if not stat.S_ISSOCK(os.fstat(entry).st_mode):
            raise ConnectionAbortedError(name)
        near = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        near.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(near, f"/proc/self/fd/{entry}")
        except BaseException:
            near.close()
            raise
    finally:
        os.close(entry)
    return await asyncio.open_unix_connection(sock=near)


def listen_unix(path: Path) -> socket.socket:
    """A listening unix socket; the folder it lies in says who may connect."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listener.bind(str(path))
        listener.listen(16)
    except OSError as error:
        listener.close()
        raise ExecutionError(f"no socket at {path}: {error}") from error
    return listener
