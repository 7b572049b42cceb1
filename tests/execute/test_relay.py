"""What passes a relay, and how much of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from autograder.execute import relay


def _in_loop(body: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(body(), 20))


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()


async def _serving() -> tuple[asyncio.Server, int]:
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


def test_bytes_pass_both_ways_and_the_end_does_too() -> None:
    async def body() -> None:
        server, port = await _serving()
        listener = socket.create_server(("127.0.0.1", 0))
        where = listener.getsockname()
        passing = relay.Relay(relay.dial_tcp("127.0.0.1", port))
        await passing.open(listener)
        reader, writer = await asyncio.open_connection(*where)
        sent = os.urandom(300_000)
        writer.write(sent)
        writer.write_eof()
        assert await reader.read(-1) == sent
        writer.close()
        await passing.close()
        server.close()

    _in_loop(body)


def test_a_meter_cuts_what_is_too_much_and_says_so_once() -> None:
    async def body() -> None:
        server, port = await _serving()
        listener = socket.create_server(("127.0.0.1", 0))
        where = listener.getsockname()
        said: list[str] = []
        passing = relay.Relay(relay.dial_tcp("127.0.0.1", port), relay.Meter(100_000, lambda: said.append("full")))
        await passing.open(listener)
        for _ in range(2):
            reader, writer = await asyncio.open_connection(*where)
            writer.write(bytes(300_000))
            received = 0
            try:
                while chunk := await reader.read(65536):
                    received += len(chunk)
            except ConnectionResetError:
                pass
            assert received <= 100_000
            writer.close()
        assert said == ["full"]
        await passing.close()
        server.close()

    _in_loop(body)


def test_a_gate_that_is_held_lets_nothing_pass_until_it_is_released() -> None:
    async def body() -> None:
        server, port = await _serving()
        listener = socket.create_server(("127.0.0.1", 0))
        where = listener.getsockname()
        gate = relay.Gate(relay.Meter(10**6, lambda: None), burst_bytes=10**6, bytes_per_s=10**6)
        passing = relay.Relay(relay.dial_tcp("127.0.0.1", port), gate=gate)
        await passing.open(listener)
        reader, writer = await asyncio.open_connection(*where)
        gate.hold()
        writer.write(b"held")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reader.read(4), 0.5)
        gate.release()
        assert await asyncio.wait_for(reader.read(4), 5) == b"held"
        writer.close()
        await passing.close()
        server.close()

    _in_loop(body)


def test_a_gate_slows_down_what_is_sent_without_end_and_then_ends_it() -> None:
    async def body() -> None:
        said: list[str] = []
        gate = relay.Gate(relay.Meter(300_000, lambda: said.append("full")), burst_bytes=100_000, bytes_per_s=200_000)
        started = asyncio.get_running_loop().time()
        assert await gate.pass_on(100_000)
        assert asyncio.get_running_loop().time() - started < 0.2
        assert await gate.pass_on(100_000)
        assert asyncio.get_running_loop().time() - started > 0.4
        assert await gate.pass_on(100_000)
        assert not await gate.pass_on(1)
        assert said == ["full"]

    _in_loop(body)


def test_connections_at_once_are_bounded_and_closing_frees_them() -> None:
    async def body() -> None:
        server, port = await _serving()
        listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        where = listener.getsockname()
        passing = relay.Relay(relay.dial_tcp("127.0.0.1", port))
        await passing.open(listener)
        opened = [await asyncio.open_connection(*where) for _ in range(100)]
        alive = 0
        for reader, writer in opened:
            writer.write(b"x")
            with contextlib.suppress(ConnectionResetError):
                alive += await asyncio.wait_for(reader.read(1), 2) == b"x"
        assert alive == 64
        for _, writer in opened:
            writer.close()
        reader, writer = await asyncio.open_connection(*where)
        for _ in range(100):
            writer.write(b"x")
            if await reader.read(1) == b"x":
                break
            reader, writer = await asyncio.open_connection(*where)
        else:
            pytest.fail("no connection became free")
        writer.close()
        await passing.close()
        server.close()

    _in_loop(body)


def test_a_server_that_is_gone_ends_the_connection_and_not_the_relay() -> None:
    async def body() -> None:
        server, port = await _serving()
        server.close()
        await server.wait_closed()
        listener = socket.create_server(("127.0.0.1", 0))
        where = listener.getsockname()
        passing = relay.Relay(relay.dial_tcp("127.0.0.1", port))
        await passing.open(listener)
        for _ in range(3):
            reader, writer = await asyncio.open_connection(*where)
            assert await reader.read(-1) == b""
            writer.close()
        await passing.close()

    _in_loop(body)


@pytest.mark.parametrize("kind", ["link", "file", "pipe", "folder"])
def test_only_a_socket_is_connected_to_in_a_students_folder(tmp_path: Path, kind: str) -> None:
    elsewhere = socket.socket(socket.AF_UNIX)
    elsewhere.bind(str(tmp_path / "elsewhere"))
    elsewhere.listen(1)
    offered = tmp_path / "k-1"
    match kind:
        case "link":
            offered.symlink_to(tmp_path / "elsewhere")
        case "file":
            offered.write_text("x")
        case "pipe":
            os.mkfifo(offered)
        case "folder":
            offered.mkdir()
    folder = os.open(tmp_path, os.O_RDONLY)

    async def body() -> None:
        with pytest.raises(ConnectionAbortedError):
            await relay.dial_in_folder(folder, "k-1", 1)()

    with elsewhere:
        _in_loop(body)
    os.close(folder)


def test_a_socket_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    folder = os.open(tmp_path, os.O_RDONLY)

    async def body() -> None:
        dialling = asyncio.ensure_future(relay.dial_in_folder(folder, "k-1", 10)())
        await asyncio.sleep(0.1)
        assert not dialling.done()
        server = await asyncio.start_unix_server(_echo, tmp_path / "k-1")
        _, writer = await dialling
        writer.close()
        server.close()
        with pytest.raises(FileNotFoundError):
            await relay.dial_in_folder(folder, "k-2", 0.1)()

    _in_loop(body)
    os.close(folder)
