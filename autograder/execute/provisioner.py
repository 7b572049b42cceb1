"""The Jupyter kernel provisioner `autograder-sandbox`: a kernel that is kept apart from this machine.

Jupyter asks a provisioner for a process and a way to talk to it. This one starts the process in a
sandbox, bounds it, and relays: the kernel's sockets out to a private folder where Jupyter expects
them, the API server in to 127.0.0.1. When it ends, nothing of the kernel is left. What a kernel is
told to do, and for how long, is the engine's.

A kernel spec asks for it like this, and `config` may hold any of the traits below::

    "metadata": {"kernel_provisioner": {"provisioner_name": "autograder-sandbox", "config": {...}}}
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Dict, Unicode

from autograder.deadlines import scaled
from autograder.errors import ExecutionError
from autograder.execute import (
    bounding,
    filtering,
    freezing,
    packing,
    places,
    relay,
    sandbox,
    starving,
    tunnelling,
)
from autograder.execute.limits import Limits

_CHANNELS = {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5}
_WATCH_S = 0.25
_LAST_WORDS_BYTES = 65_536
_SLACK_BYTES = 4 * 2**20  # replies and headers, beside the output that a limit speaks of


class SandboxProvisioner(KernelProvisionerBase):  # type: ignore[misc]
    """Runs one kernel in one sandbox."""

    files = Unicode("", config=True, help="Folder whose content the kernel finds in its home.")
    kubeconfig = Unicode("", config=True, help="The kubeconfig (YAML) that the kernel finds.")
    server = Unicode("", config=True, help="URL of the API server, the only thing that can be reached.")
    proxy = Unicode("", config=True, help="An HTTP proxy on the way to the API server.")
    kubectl = Unicode("", config=True, help="A kubectl program to lend to the kernel.")
    limits = Dict(config=True, help="Fields of autograder.execute.limits.Limits.")

    ended_because = ""
    """What a student is told about a kernel that was ended; empty while none was."""

    _process: subprocess.Popen[bytes] | None = None
    _exit_code: int | None = None

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self._limits = Limits(**self.limits)
        self._held = contextlib.ExitStack()
        self._relays: list[relay.Relay] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._listening: asyncio.Task[None] | None = None
        self._bounds = bounding.Bounds({})
        self._heard = b""
        self._gate: relay.Gate | None = None
        self._waiting = starving.Waiting()
        self.waited = starving.Moment()
        """What its processes ran and waited so far."""
        self.left_out: list[str] = []
        """Files of the submission that it was not given."""

    @property
    def has_process(self) -> bool:
        return self._process is not None

    async def pre_launch(self, **launch: Any) -> dict[str, Any]:
        """Make the place, and tell the kernel manager where its ends of the sockets will be."""
        places.sweep(bounding.remove)
        place = places.open_place()
        self._held.callback(place.close)
        self._folder = place.folder
        self._bounds = bounding.bound(place.name, self._limits, place.folder)
        self._held.callback(self._bounds.let_go)
        self._held.callback(bounding.remove, place.folder)
        manager = self.parent
        manager.transport = "ipc"
        manager.ip = str(place.folder / "k")
        manager.connection_file = str(place.folder / "connection.json")
        for channel, number in _CHANNELS.items():
            setattr(manager, channel, number)
        inside = f"{sandbox.SOCKETS}/connection.json"
        argv = [part.replace("{connection_file}", inside) for part in self.kernel_spec.argv]
        prepared: dict[str, Any] = await super().pre_launch(cmd=argv, **launch)
        return prepared

    async def launch_kernel(self, cmd: list[str], **launch: Any) -> KernelConnectionInfo:
        """Start the sandbox and the relays.

        Raises:
            ExecutionError: it did not come up.
            RequirementMissing: a program is not installed.
        """
        manager = self.parent
        self.connection_info = manager.get_connection_info()
        inside, outside = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with outside:
            with inside, self._packed() as packed:
                self._start(cmd, inside, packed)
            self._listening = asyncio.ensure_future(self._listen_to_last_words())
            self._tasks.append(self._listening)
            listener, folder = await self._receive(outside)
        self._held.callback(os.close, folder)
        await self._open_relays(listener, folder)
        self._tasks.append(asyncio.ensure_future(self._watch()))
        return self.connection_info

    def end(self, because: str) -> None:
        """End everything in the sandbox at once; the first reason given is the one that is told."""
        if self._process is not None and self._process.poll() is None:
            self.ended_because = self.ended_because or because
            self._process.kill()

    async def freeze(self) -> None:
        """Nothing in the sandbox runs, and nothing it sent goes on, until `thaw`; what cannot be stopped is ended."""
        if self._process is None or self._process.poll() is not None:
            return
        if self._gate is not None:
            self._gate.hold()
        if not await freezing.freeze(self._process.pid, self._bounds.groups.values()):
            self.end("it could not be made to stand still while it was checked")

    def thaw(self) -> None:
        if self._process is not None and self._process.poll() is None:
            freezing.thaw(self._process.pid, self._bounds.groups.values())
        if self._gate is not None:
            self._gate.release()

    async def poll(self) -> int | None:
        if self._process is None:
            return self._exit_code if self._exit_code is not None else 0
        return self._process.poll()

    async def wait(self) -> int | None:
        if self._process is not None:
            while self._process.poll() is None:
                await asyncio.sleep(0.02)
            self._exit_code = self._process.returncode
            self._process = None
        return self._exit_code

    async def send_signal(self, signum: int) -> None:
        """A signal to a sandbox ends it; a kernel is interrupted by message (its spec says so)."""
        if signum in (signal.SIGKILL, signal.SIGTERM):
            self.end("")

    async def kill(self, restart: bool = False) -> None:
        self.end("")

    async def terminate(self, restart: bool = False) -> None:
        self.end("")

    async def cleanup(self, restart: bool = False) -> None:
        """Take down the relays, the processes, the groups and the folder, in this order."""
        self.end("")
        await self.wait()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for each in self._relays:
            await each.close()
        await asyncio.to_thread(self._held.close)

    def _packed(self) -> IO[bytes]:
        limit_bytes = self._limits.disk_mib * 2**20
        connection = {**self.connection_info, "ip": f"{sandbox.SOCKETS}/k"}
        connection["key"] = connection["key"].decode()
        own = {"connection.json": json.dumps(connection).encode(), "kubeconfig": self.kubeconfig.encode()}
        packed, self.left_out = packing.pack(
            Path(self.files) if self.files else None, own, limit_bytes=limit_bytes, limit_files=self._limits.files
        )
        return packed

    def _start(self, argv: list[str], handover: socket.socket, packed: IO[bytes]) -> None:
        uid = self._held.enter_context(places.borrowed_uid()) if os.geteuid() == 0 else None
        with contextlib.ExitStack() as lent:
            accounts, groups, hosts = (
                lent.enter_context(_in_memory(text.encode())) for text in sandbox.accounts(uid, self.server)
            )
            calls = filtering.program()
            rules = lent.enter_context(_in_memory(calls)) if calls else None
            descriptors = sandbox.Descriptors(
                handover=handover.fileno(),
                accounts=accounts.fileno(),
                groups=groups.fileno(),
                hosts=hosts.fileno(),
                filter=rules.fileno() if rules else -1,
            )
            command = sandbox.command(
                argv,
                limits=self._limits,
                uid=uid,
                bound_memory="memory" in self._bounds.groups,
                descriptors=descriptors,
                kubectl=self._lent_kubectl(),
            )
            self._process = subprocess.Popen(
                self._bounds.entering(command),
                stdin=packed,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                pass_fds=[fd for fd in vars(descriptors).values() if fd >= 0],
                env={"PATH": "/usr/bin:/bin", **self._bounds.environment},
                cwd="/",
            )

    def _lent_kubectl(self) -> Path | None:
        found = self.kubectl or shutil.which("kubectl")
        return Path(found).resolve() if found else None

    async def _receive(self, outside: socket.socket) -> tuple[socket.socket, int]:
        """The sandbox's listener and its folder of sockets."""
        outside.setblocking(False)
        readable = asyncio.Event()
        asyncio.get_running_loop().add_reader(outside, readable.set)
        try:
            await asyncio.wait_for(readable.wait(), self._limits.start_s)
        except TimeoutError:
            pass
        finally:
            asyncio.get_running_loop().remove_reader(outside)
        with contextlib.suppress(OSError):
            _, descriptors, _, _ = socket.recv_fds(outside, 16, 2)
            if len(descriptors) == 2:
                return socket.socket(fileno=descriptors[0]), descriptors[1]
        said = await self.last_words()
        self.end("")
        await self.wait()
        raise ExecutionError(
            f"the sandbox ended with {self._exit_code}: {said}",
            expected="a sandbox for the student kernel",
            next_step=sandbox.advice(),
        )

    async def _open_relays(self, listener: socket.socket, folder: int) -> None:
        limit_bytes = int(self._limits.output_mib * 2**20) + _SLACK_BYTES
        meter = relay.Meter(limit_bytes, self._flooded)
        for number in _CHANNELS.values():
            dial = relay.dial_in_folder(folder, f"k-{number}", self._limits.start_s)
            self._relays.append(relay.Relay(dial, meter))
            await self._relays[-1].open(relay.listen_unix(self._folder / f"k-{number}"))
        if not self.server:
            listener.close()
            return
        url = urlsplit(self.server)
        port = url.port or {"https": 443, "http": 80}[url.scheme]
        host = url.hostname or ""
        dial = tunnelling.dial_through(self.proxy, host, port) if self.proxy else relay.dial_tcp(host, port)
        self._gate = relay.Gate(
            relay.Meter(int(self._limits.upload_mib * 2**20), self._sent_too_much),
            burst_bytes=self._limits.upload_burst_mib * 2**20,
            bytes_per_s=self._limits.upload_mib_per_s * 2**20,
        )
        self._relays.append(relay.Relay(dial, gate=self._gate))
        await self._relays[-1].open(listener)

    def _sent_too_much(self) -> None:
        self.end(f"it sent more than {self._limits.upload_mib:g} MiB to the API server")

    def _flooded(self) -> None:
        self.end(f"it sent out more than {self._limits.output_mib:g} MiB of output")

    async def _watch(self) -> None:
        """End a sandbox that uses more than it may of what the kernel does not bound for us."""
        while self._process is not None and self._process.poll() is None:
            self.waited = self._waiting.count(self._process.pid)
            used_s, groups = self._bounds.cpu_used_s(), self._bounds.groups
            if used_s is None or "memory" not in groups:
                use = bounding.use_of(self._process.pid)
                used_s = use.cpu_s if used_s is None else used_s
                if "memory" not in groups and use.memory_mib > self._limits.memory_mib:
                    self.end(self._too_much_memory())
            if used_s > self._limits.cpu_s:
                self.end(f"it used more than {self._limits.cpu_s} s of CPU time")
            await asyncio.sleep(_WATCH_S)

    def _too_much_memory(self) -> str:
        return f"it needed more than {self._limits.memory_mib} MiB of memory"

    def explain_end(self) -> str:
        """Why the kernel is gone, for a student; a sentence's second half."""
        if self.ended_because:
            return self.ended_because
        if self._bounds.ran_out_of_memory():
            return self._too_much_memory()
        return "it ended by itself"

    async def _listen_to_last_words(self) -> None:
        """Keep the first of what the sandbox writes to its own stdout and stderr, and stop listening."""
        process = self._process
        assert process is not None
        assert process.stdout is not None
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, process.stdout)
        with contextlib.closing(transport):
            while len(self._heard) < _LAST_WORDS_BYTES and (chunk := await reader.read(4096)):
                self._heard += chunk

    async def last_words(self) -> str:
        """The end of what the sandbox wrote to its own stdout and stderr; not what its cells print.

        It closes both when it ends by itself, which may be noticed before its words have been read.
        """
        if self._listening is not None:
            await asyncio.wait([self._listening], timeout=scaled(1))
        return self._heard.decode(errors="replace").strip()[-2000:]


def _in_memory(content: bytes) -> IO[bytes]:
    file = os.fdopen(os.memfd_create("autograder"), "w+b")
    file.write(content)
    file.flush()
    file.seek(0)
    return file
