"""Collections of objects that tell when they change.

Each is listed once and then watched by a thread of its own; whoever waits sleeps until one of them changes. An
interrupted watch is taken up again, an outage longer than `Api` waits out ends the waiting as an error of ours.
"""

from __future__ import annotations

import contextlib
import json
import queue
import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any

from autograder.checks.api import BODY_LIMIT_BYTES, Api, JsonObject, NoAnswerError
from autograder.errors import AutograderError, ClusterError, Finding

_WATCH_S = 120
"""the API server is asked to end a watch after this; it is then taken up again"""


class Collection:
    """The objects under one path, as far as they match a query."""

    def __init__(self, path: str, query: dict[str, str] | None = None) -> None:
        self.path = path
        self.query = query or {}
        self._objects: dict[str, JsonObject] = {}
        self._version = ""

    @property
    def objects(self) -> list[JsonObject]:
        return list(self._objects.values())

    def one(self) -> JsonObject | None:
        """The only object, in a collection narrowed to one name."""
        return next(iter(self._objects.values()), None)

    def refresh(self, api: Api) -> None:
        found, self._version = api.items(self.path, query=self.query)
        self._objects = {str(document["metadata"]["uid"]): document for document in found}

    def follow(
        self, api: Api, stop: threading.Event, changed: queue.Queue[AutograderError | Finding | None], open_: list[Any]
    ) -> None:
        """Watch until told to stop, noting each change."""
        while not stop.is_set():
            try:
                self._one_watch(api, stop, changed, open_)
                if not stop.is_set() and not self._version:
                    self.refresh(api)
                    changed.put(None)
            except NoAnswerError:
                if stop.is_set():
                    return  # it was ended from here
                api.meter.count_outage()
                self._version = ""
                try:
                    self.refresh(api)  # waits out a short outage, or says that it is a long one
                    changed.put(None)
                except (AutograderError, Finding) as error:
                    changed.put(error)
                    return
            except (AutograderError, Finding) as error:
                changed.put(error)
                return
            except Exception as error:  # a thread's traceback would go to stderr, and its waiter would wait on
                changed.put(ClusterError(f"watching {self.path} went wrong: {error!r}"))
                return

    def _one_watch(
        self, api: Api, stop: threading.Event, changed: queue.Queue[AutograderError | Finding | None], open_: list[Any]
    ) -> None:
        import urllib3

        query = {**self.query, "watch": "true", "resourceVersion": self._version, "timeoutSeconds": str(_WATCH_S)}
        response = api.stream(self.path, query, _WATCH_S + 15)
        open_.append(response)
        try:
            if response.status != 200:
                # Too old a version, or a server that just started: list again, which also says why if it may not.
                self._version = ""
                return
            for line in _lines(response, stop):
                if not self._take(json.loads(line)):
                    self._version = ""
                    return
                changed.put(None)
        except (OSError, ValueError, urllib3.exceptions.HTTPError) as error:
            raise NoAnswerError(str(error)) from error
        finally:
            open_.remove(response)
            response.close()

    def _take(self, event: JsonObject) -> bool:
        """Apply one change; False where the watch has ended with an error."""
        document = event.get("object") or {}
        if event.get("type") == "ERROR" or "metadata" not in document:
            return False
        self._version = str(document["metadata"].get("resourceVersion") or self._version)
        uid = str(document["metadata"].get("uid"))
        if event.get("type") == "DELETED":
            self._objects = {key: value for key, value in self._objects.items() if key != uid}
        elif event.get("type") in ("ADDED", "MODIFIED"):
            self._objects = {**self._objects, uid: document}
        return True


class Watching:
    """Follow several collections for the length of a `with` block."""

    def __init__(self, api: Api, collections: Sequence[Collection]) -> None:
        self._api = api
        self._collections = collections
        self._stop = threading.Event()
        self._changed: queue.Queue[AutograderError | Finding | None] = queue.Queue()
        self._open: list[Any] = []

    def __enter__(self) -> Watching:
        for collection in self._collections:
            collection.refresh(self._api)
        for collection in self._collections:
            arguments = (self._api, self._stop, self._changed, self._open)
            threading.Thread(target=collection.follow, args=arguments, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for response in list(self._open):
            with contextlib.suppress(Exception):  # it may be closing by itself at this moment
                response.shutdown()  # wakes the thread that reads it; closing alone does not

    def until_changed(self, timeout_s: float) -> bool:
        """Sleep until something changes; False after `timeout_s` without a change.

        Raises:
            ClusterUnreachable: a collection can no longer be followed.
        """
        deadline = time.monotonic() + timeout_s
        with self._api.meter.waiting():
            try:
                news = [self._changed.get(timeout=max(0.0, deadline - time.monotonic()))]
            except queue.Empty:
                return False
        while not self._changed.empty():
            news.append(self._changed.get_nowait())
        for error in news:
            if error is not None:
                raise error
        return True


def _lines(response: Any, stop: threading.Event) -> Any:
    """The lines of a stream as they come, none longer than a limit."""
    rest = b""
    while not stop.is_set():
        chunk = response.read1(65536)
        if not chunk:
            return
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > BODY_LIMIT_BYTES:
            raise ValueError("a watch event is too large")
        yield from (line for line in lines if line.strip())
