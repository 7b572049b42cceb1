"""One kernel: brought up, asked to run cells one at a time, and put away.

The same for both sides. A cell goes in; what the kernel says becomes the cell's outputs; how it
ended comes out. Time is kept here: a cell that runs too long is interrupted, and a kernel that does
not give way is ended. Who the kernel belongs to, and what its end means, is the engine's.
"""

from __future__ import annotations

import contextlib
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client import AsyncKernelManager
from nbformat import NotebookNode

from autograder.deadlines import scaled
from autograder.errors import AutograderError, ExecutionError
from autograder.execute.outputs import Outputs, Store

_TICK_MS = 200
_NUDGE_MS = 50
_LAST_OUTPUT_S = 2.0
_MESSAGE_BYTES = 6 * 2**20
"""no part of a message is taken apart beyond this: JSON becomes up to twenty times as large in memory"""

_unheard = logging.getLogger("autograder.kernels")
"""Jupyter logs what it raises; it is told once, by whoever catches it."""
_unheard.addHandler(logging.NullHandler())
_unheard.propagate = False


class Ended(Enum):
    """How a cell ended."""

    DONE = "done"
    """It ran to its end, or to its own error."""
    INTERRUPTED = "interrupted"
    """It was told to stop, and did."""
    STUCK = "stuck"
    """It was told to stop, and did not."""
    DEAD = "dead"
    """Its kernel ended."""


@dataclass
class Kernel:
    """A kernel and the channels to it."""

    manager: AsyncKernelManager
    """Not started yet."""
    trusted: bool
    """Whether its outputs may carry our own mime types."""
    start_s: float
    """Wall time it gets to come up."""
    interrupt_s: float
    """Wall time an interrupted cell gets to give way."""
    store: Store = field(default_factory=Store)
    """What is kept of its outputs."""
    cut: bool = False
    """Whether something of the last cell's outputs was left out."""

    def __post_init__(self) -> None:
        self._client: Any = None
        self._closed = False
        self.manager.log = _unheard

    async def start(self, **launch: Any) -> None:
        """Bring it up and wait until it answers.

        Raises:
            AutograderError: it did not come up.
        """
        deadline = time.monotonic() + self.start_s
        try:
            await self.manager.start_kernel(**launch)
        except AutograderError:
            raise
        except Exception as error:
            raise ExecutionError(
                f"the kernel could not be started: {type(error).__name__}: {error}",
                next_step="see that the Jupyter of this environment works: `jupyter kernelspec list`",
            ) from error
        self._client = self.manager.client()
        self._client.session.unpack = self._unpacked
        self._client.start_channels(stdin=False, hb=False)
        await self._until_it_answers(deadline)

    async def _until_it_answers(self, deadline: float) -> None:
        """Both channels: a kernel that answers on one may not be heard on the other yet."""
        heard: set[str] = set()
        while len(heard) < 2:
            if not await self.is_alive():
                last_words = getattr(self.manager.provisioner, "last_words", None)
                said = await last_words() if last_words else ""
                raise ExecutionError(f"a kernel ended while starting: {said or 'it said nothing'}")
            if time.monotonic() > deadline:
                raise ExecutionError(
                    f"a kernel did not answer within {self.start_s:g} s",
                    next_step="run it again when the machine is less busy, or raise Limits.start_s",
                )
            self._client.kernel_info()
            for channel, _ in await self._received(_NUDGE_MS):
                heard.add(channel)
        while await self._received(0):
            pass

    async def run(
        self,
        cell: NotebookNode,
        *,
        deadline_s: float,
        on_tick: Callable[[], None] = lambda: None,
        more_s: Callable[[], float] = lambda: 0.0,
    ) -> Ended:
        """Run one cell.

        Args:
            cell: its outputs and execution count are replaced, as they come.
            deadline_s: from now, when it is interrupted.
            on_tick: called now and then while the outputs are in order.
            more_s: asked at the deadline how much longer it may take; 0 when no longer.
        """
        cell.outputs = []
        cell.execution_count = None
        self.cut = False
        outputs = Outputs(cell, self.store, trusted=self.trusted)
        message = self._client.execute(cell.source, allow_stdin=False, stop_on_error=False)
        try:
            return await self._follow(message, outputs, deadline_s, on_tick, more_s)
        finally:
            outputs.settle()
            self.cut = self.cut or outputs.cut

    async def _follow(
        self,
        message: str,
        outputs: Outputs,
        deadline_s: float,
        on_tick: Callable[[], None],
        more_s: Callable[[], float],
    ) -> Ended:
        deadline = time.monotonic() + deadline_s
        replied_at: float | None = None
        interrupted = idle = False
        while True:
            for channel, content in await self._received(_TICK_MS, message):
                if channel == "shell":
                    replied_at = replied_at or time.monotonic()
                elif content["msg_type"] == "status":
                    idle = idle or content["content"].get("execution_state") == "idle"
                else:
                    outputs.add(content["msg_type"], content["content"])
            outputs.settle()
            on_tick()
            now = time.monotonic()
            if replied_at is not None and (idle or now > replied_at + scaled(_LAST_OUTPUT_S)):
                return Ended.INTERRUPTED if interrupted else Ended.DONE
            if not await self.is_alive():
                return Ended.DEAD
            if now > deadline and interrupted:
                return Ended.STUCK
            if now > deadline and (longer_s := more_s()) > 0:
                deadline = now + longer_s
            elif now > deadline:
                interrupted = True
                deadline = now + self.interrupt_s
                await self.manager.interrupt_kernel()

    async def _received(self, timeout_ms: int, parent: str | None = None) -> list[tuple[str, dict[str, Any]]]:
        """What has come on either channel in answer to `parent`; whatever cannot be read is dropped."""
        channels = {"iopub": self._client.iopub_channel, "shell": self._client.shell_channel}
        poller = zmq.asyncio.Poller()
        for channel in channels.values():
            poller.register(channel.socket, zmq.POLLIN)
        ready = dict(await poller.poll(timeout_ms))
        received = []
        for name, channel in channels.items():
            if channel.socket not in ready:
                continue
            with contextlib.suppress(Exception):
                message = await channel.get_msg(timeout=0)
                if parent is None or message["parent_header"].get("msg_id") == parent:
                    received.append((name, _shaped(message)))
        return received

    def _unpacked(self, part: bytes) -> Any:
        """A message's part as Python; one that is too large is not looked at."""
        if len(part) > _MESSAGE_BYTES and not self.trusted:
            self.cut = True
            raise ValueError("the message is too large")
        return json.loads(part.decode("utf-8", "replace"))

    async def is_alive(self) -> bool:
        """Whether its process runs."""
        return bool(await self.manager.is_alive())

    async def close(self) -> None:
        """End it at once, and everything that was made for it."""
        if self._closed:
            return
        self._closed = True
        if self._client is not None:
            self._client.stop_channels()
        if self.manager.provisioner is None:
            return
        try:
            await self.manager.provisioner.kill()
            await self.manager.provisioner.wait()
        finally:
            await self.manager._async_cleanup_resources()


def _shaped(message: dict[str, Any]) -> dict[str, Any]:
    kind, content = message["header"]["msg_type"], message["content"]
    if not isinstance(kind, str) or not isinstance(content, dict):
        raise TypeError(kind)
    return {"msg_type": kind, "content": content}
