"""The one place from which a check speaks to the API server.

Plain HTTP and plain JSON: what comes back is dicts, lists, text and numbers, which cannot lie about being
equal to something. Requests pass through `Api.exchange`, which waits out a short outage, counts and times, and
turns whatever else goes wrong into errors that are ours, never the student's. What an answer means is left to
the modules that ask.
"""

from __future__ import annotations

import contextlib
import email.utils
import functools
import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from autograder.checks import listing, relaying
from autograder.checks.kubeconfig import Account
from autograder.cluster import proxies
from autograder.deadlines import scaled
from autograder.errors import ClusterError, ClusterUnreachable

if TYPE_CHECKING:
    import urllib3

BODY_LIMIT_BYTES = 16 * 1024 * 1024
"""no answer of the API server itself is read beyond this; an object's 1.5 MiB in etcd may be sixfold in JSON"""
OUTAGE_PATIENCE_S = 5.0
"""how long a question is repeated while the API server does not answer"""
_BUSY = (429, 500, 502, 503, 504)

JsonObject = dict[str, Any]
Query = Mapping[str, str | int | bool]


@dataclass(frozen=True)
class Place:
    """Where a check looks."""

    namespace: str
    """the student's namespace"""
    grader_namespace: str | None = None
    """where probe Pods run; None where the student checks themself"""
    neighbour: str | None = None
    """another team's namespace, in labs that ask for one"""
    image_prefix: str = "localhost:5000"
    """where the course's images are pulled from"""
    lab: str = ""
    """the lab's name; '' where it is not known"""
    service_account: str | None = None
    """what the student works as; None where the student checks themself"""

    @property
    def grading(self) -> bool:
        return self.grader_namespace is not None


@dataclass
class Meter:
    """What asking has cost so far; a criterion's share is the difference of two copies."""

    calls: int = 0
    """requests sent to the API server"""
    seconds: float = 0.0
    """spent until their answers were read"""
    waiting_seconds: float = 0.0
    """spent blocked until something changes"""
    outages: int = 0
    """times the API server did not answer at first"""
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def count(self, seconds: float) -> None:
        with self.lock:
            self.calls += 1
            self.seconds += seconds

    def count_outage(self) -> None:
        with self.lock:
            self.outages += 1

    def snapshot(self) -> tuple[int, float, float, int]:
        with self.lock:
            return self.calls, self.seconds, self.waiting_seconds, self.outages

    @contextmanager
    def waiting(self) -> Iterator[None]:
        started = time.monotonic()
        try:
            yield
        finally:
            with self.lock:
                self.waiting_seconds += time.monotonic() - started


@dataclass(frozen=True)
class Answer:
    """What came back for one request."""

    status: int
    """the HTTP status"""
    headers: Mapping[str, str]
    """by name in lower case"""
    body: bytes
    """at most what was allowed"""
    cut: bool = False
    """whether there was more than was allowed"""

    def document(self) -> JsonObject:
        """The body as a JSON object; {} where it is none."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def message(self) -> str:
        return str(self.document().get("message") or self.body[:300].decode("utf-8", "replace"))


class NoAnswerError(Exception):
    """A request got no whole answer. Never leaves this package: it becomes an error or a finding."""

    def __init__(self, reason: str, *, timed_out: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.timed_out = timed_out


class Api:
    """An API server, asked as one account. Safe to share between threads."""

    def __init__(self, account: Account, place: Place) -> None:
        self.account = account
        self.place = place
        self.meter = Meter()
        self.opened_at = time.monotonic()
        self._clock_offset_s = 0.0
        self._base = urlsplit(account.server).path.rstrip("/")

    @functools.cached_property
    def _pool(self) -> urllib3.HTTPConnectionPool:
        return self._new_pool()

    def _new_pool(self) -> urllib3.HTTPConnectionPool:
        import urllib3  # at the first question: importing `autograder.lab` stays quick

        options: dict[str, Any] = {"maxsize": 6, "retries": False}
        if self.account.tls is not None:
            options["ssl_context"] = self.account.tls
            if self.account.tls.verify_mode == ssl.CERT_NONE:
                urllib3.disable_warnings()  # its owner said so in the kubeconfig; stderr is not the place to argue
            if self.account.tls_server_name:
                options["server_hostname"] = self.account.tls_server_name
        if self.account.proxy:
            options["proxy_headers"] = proxies.headers(self.account.proxy)
            manager = urllib3.ProxyManager(proxies.shown(self.account.proxy), **options)
            return manager.connection_from_url(self.account.server)
        return urllib3.connection_from_url(self.account.server, **options)

    def once(
        self,
        method: str,
        path: str,
        *,
        query: Query | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout_s: float = 10.0,
        limit_bytes: int = BODY_LIMIT_BYTES,
    ) -> Answer:
        """Send one request, whatever comes of it. `timeout_s` covers the whole body as well.

        What somebody behind the API server may have answered comes on a connection of its own.

        Raises:
            NoAnswerError: there was no whole answer.
        """
        import urllib3

        timeout_s = scaled(timeout_s)
        started = time.monotonic()
        relayed = relaying.is_relayed(path)
        pool = relaying.for_one_answer(self._new_pool(), started + timeout_s) if relayed else self._pool
        try:
            response = self._open(pool, method, path, query, body, headers, timeout_s)
            whole = False
            try:
                content, cut = _read(response, started + timeout_s, limit_bytes)
                whole = not cut and not relayed
            finally:
                # What was not read to the end, or may still come, must not be met by the next request.
                response.release_conn() if whole else response.close()
        except urllib3.exceptions.TimeoutError as error:
            raise NoAnswerError(f"no answer in {timeout_s:g} s", timed_out=True) from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise NoAnswerError(_root_of(error)) from error
        finally:
            if relayed:
                pool.close()
            self.meter.count(time.monotonic() - started)
        answer = Answer(response.status, {k.lower(): v for k, v in response.headers.items()}, content, cut)
        if not relayed:  # anybody else's clock is not the cluster's
            self._set_clock(answer.headers.get("date", ""))
        return answer

    def exchange(
        self,
        method: str,
        path: str,
        *,
        body: JsonObject | None = None,
        query: Query | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask the API server itself (not through it), waiting out a short outage.

        Raises:
            ClusterUnreachable: it did not answer, or only that it cannot, for `OUTAGE_PATIENCE_S`.
        """
        content = None if body is None else json.dumps(body).encode()
        deadline = time.monotonic() + scaled(OUTAGE_PATIENCE_S)
        while True:
            try:
                answer = self.once(method, path, query=query, body=content, headers=headers)
                # Trouble behind the API server (of a log, say) is an answer as long as it is well itself.
                if answer.status not in _BUSY or (relaying.is_relayed(path) and self.ready()):
                    return answer
                trouble = f"{answer.status}: {answer.message()}"
            except NoAnswerError as error:
                trouble = error.reason
            self.meter.count_outage()
            if time.monotonic() >= deadline:
                raise self._unreachable(trouble)
            pause(self, 0.25)

    def _unreachable(self, trouble: str) -> ClusterUnreachable:
        if "CERTIFICATE_VERIFY_FAILED" in trouble and not self.place.grading:
            return ClusterUnreachable(
                f"who answers at {self.account.server} is not the cluster of your kubeconfig ({trouble})",
                next_step="a cluster that was removed and started again is another one, without your workspace. Where "
                "`make study` opened this page, end it with Ctrl-C and start it again; your files stay",
            )
        return ClusterUnreachable(
            f"the API server at {self.account.server} does not answer ({trouble})",
            next_step="nothing is held against the work; check the cluster and try again",
        )

    def ask(
        self, method: str, path: str, *, body: JsonObject | None = None, query: Query | None = None
    ) -> JsonObject | None:
        """Ask and return the JSON object, or None where there is nothing of that name.

        Raises:
            ClusterError: this account may not, or the question makes no sense to the API server.
        """
        answer = self.exchange(method, path, body=body, query=query)
        if answer.status == 404:
            return None
        self.refuse_refusals(answer, method, path)
        if answer.cut:
            raise ClusterError(f"the answer to {method} {path} is larger than {BODY_LIMIT_BYTES} bytes")
        return answer.document()

    def refuse_refusals(self, answer: Answer, method: str, path: str) -> None:
        """Go on only where the API server did what it was asked.

        Raises:
            ClusterError: it did not, or this account may not ask for it.
        """
        if answer.status == 401 and not self.place.grading:
            raise ClusterError(
                "the API server does not know who asks: your kubeconfig has run out, or its account is gone",
                next_step="open your place again (`autograder workspace open`, or ask whoever runs the course) "
                "and run the notebook from its top: what it made is made again",
            )
        if answer.status in (401, 403):
            whose = "the grader's account" if self.place.grading else "your account"
            raise ClusterError(
                f"{whose} may not do this: {answer.message()}",
                next_step="ask whoever runs the course"
                if self.place.grading
                else "a self-check can only see what you may see; the rest is checked when you submit",
            )
        if answer.status >= 400:
            raise ClusterError(f"the API server refused {method} {path}: {answer.status} {answer.message()}")

    def items(self, path: str, *, query: Query | None = None) -> tuple[list[JsonObject], str]:
        """All objects of a collection (or as many as `limit` says), and the version from which it can be watched.

        Raises:
            CheckFailed: what the student put there is more than can be looked at.
            ClusterError: there is no such collection, or this account may not read it.
        """
        return listing.everything(self, path, query or {})

    def stream(self, path: str, query: Query, timeout_s: float) -> urllib3.BaseHTTPResponse:
        """Open a watch. The caller reads lines and closes it.

        Raises:
            NoAnswerError: the API server did not answer.
        """
        import urllib3

        try:
            response = self._open(self._pool, "GET", path, query, None, None, timeout_s)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise NoAnswerError(_root_of(error)) from error
        finally:
            self.meter.count(0.0)
        return response

    def ready(self) -> bool:
        """Whether the API server is there and done starting: before that it may deny what it will allow."""
        try:
            return self.once("GET", "/readyz", timeout_s=3.0).status < 500  # some clusters keep it from strangers
        except NoAnswerError:
            return False

    def now(self) -> float:
        """Seconds since 1970 by the API server's clock, which is the one its timestamps are made with."""
        return time.time() + self._clock_offset_s

    def _open(
        self,
        pool: urllib3.HTTPConnectionPool,
        method: str,
        path: str,
        query: Query | None,
        body: bytes | None,
        headers: Mapping[str, str] | None,
        timeout_s: float,
    ) -> urllib3.BaseHTTPResponse:
        import urllib3

        url = self._base + quote(path, safe="/:%~@!$&'()*+,;=-._") + (f"?{_encoded(query)}" if query else "")
        sent = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "autograder"}
        if body is not None:
            sent["Content-Type"] = "application/json"
        sent.update(headers or {})
        sent.update(self.account.headers)  # last: nothing that a caller passes can replace who asks
        return pool.urlopen(
            method,
            url,
            body=body,
            headers=sent,
            retries=False,
            redirect=False,  # a Pod's answer could send the account's token anywhere
            timeout=urllib3.Timeout(connect=min(3.0, timeout_s), read=timeout_s),
            preload_content=False,
            decode_content=False,
        )

    def _set_clock(self, date: str) -> None:
        with contextlib.suppress(ValueError, OverflowError, TypeError):
            moment = email.utils.parsedate_tz(date) if date else None
            if moment:
                offset = email.utils.mktime_tz(moment) - time.time()
                # The header has whole seconds: an offset below one means that the clocks agree.
                self._clock_offset_s = offset if abs(offset) > 1.5 else 0.0


def pause(api: Api, seconds: float) -> None:
    """Wait between two askings of something that cannot be watched, and count it as waiting."""
    with api.meter.waiting():
        threading.Event().wait(seconds)


def _encoded(query: Query) -> str:
    return urlencode({k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in query.items()})


def _read(response: urllib3.BaseHTTPResponse, deadline: float, limit_bytes: int) -> tuple[bytes, bool]:
    """The body up to a limit and a deadline: one that comes a byte at a time must not hold the grader."""
    content = bytearray()
    while len(content) <= limit_bytes:
        chunk = response.read1(65536)
        if not chunk:
            return bytes(content), False
        content += chunk
        if time.monotonic() > deadline:
            raise TimeoutError("the answer did not end in time")
    return bytes(content[:limit_bytes]), True


def _root_of(error: BaseException) -> str:
    """What an HTTP library's nested exceptions come down to, for people."""
    while True:
        inner = getattr(error, "reason", None) or error.__cause__ or error.__context__
        if not isinstance(inner, BaseException) or inner is error:
            return str(getattr(error, "strerror", None) or error) or type(error).__name__
        error = inner
