"""HTTP to a student's server, through the API server's proxy for Services and Pods.

Three parties can be at fault, and each is told apart. The API server being away is ours. The proxy saying that
nothing is behind a Service, or that nothing listens, is the student's work not being there, or not yet. All else is
what the student's server says: hostile data, read to a limit and a deadline, and never followed elsewhere. A
server that pretends to be the API server in trouble gains nothing: whoever answers badly is asked directly.
"""

from __future__ import annotations

import functools
import json as json_
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from autograder.checks import evidence, looking, prospects
from autograder.checks.api import Answer, Api, JsonObject, NoAnswerError, pause
from autograder.checks.comparing import shown
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Target, target_of
from autograder.checks.pressure import Gauge
from autograder.checks.settling import condition_of, is_ready, moment, quoted
from autograder.checks.waiting import wait
from autograder.deadlines import scaled
from autograder.errors import CheckFailed, ClusterError

REPLY_LIMIT_BYTES = 1024 * 1024
_NOT_YET = (502, 503, 504)
_PROXY_SAYS = "error trying to reach service"
_STARTING_S = 45.0
"""how much longer Pods that are still starting are waited for"""
_LISTENING_S = 4.0
"""how long a server that has long been ready is asked again while nothing listens"""
_LONG_S = 20.0
_NOBODY = ("no endpoints available", "no service port")


@dataclass(frozen=True)
class Reply:
    """What a student's server answered."""

    asked: str
    """the request, for messages: `POST /predict of Service `sentiment``"""
    status: int
    """the HTTP status"""
    headers: Mapping[str, str] = field(repr=False)
    """by name in lower case"""
    text: str
    """the body, at most `REPLY_LIMIT_BYTES`"""
    seconds: float
    """from sending to the whole answer"""

    @functools.cached_property
    def json(self) -> Any:
        """The body as JSON.

        Raises:
            CheckFailed: it is none.
        """
        try:
            return json_.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise CheckFailed(
                f"{self.asked} answered {self.status} with {shown(self.text)}",
                expected="an answer in JSON",
                next_step="ask it yourself and compare with what the task describes",
            ) from error

    def __getitem__(self, key: str) -> Any:
        if self.status >= 400:
            raise CheckFailed(
                f"{self.asked} answered {self.status}: {shown(self.text)}",
                expected="a successful answer",
                next_step="what does the server's log say about it?",
            )
        value = self.json
        if not isinstance(value, dict) or key not in value:
            raise CheckFailed(
                f"{self.asked} answered {shown(value)}",
                expected=f"a JSON object with {shown(key)} in it",
                next_step="ask it yourself and compare with what the task describes",
            )
        return value[key]


def get(target: str | JsonObject, path: str = "/", **options: Any) -> Reply:
    """`request("GET", …)`."""
    return request("GET", target, path, **options)


def post(target: str | JsonObject, path: str = "/", **options: Any) -> Reply:
    """`request("POST", …)`."""
    return request("POST", target, path, **options)


def request(
    method: str,
    target: str | JsonObject,
    path: str = "/",
    *,
    json: Any = None,
    body: str | None = None,
    params: Mapping[str, str | int] | None = None,
    headers: Mapping[str, str] | None = None,
    port: int | str | None = None,
    scheme: str = "http",
    timeout_s: float = 10.0,
    patience_s: float = 15.0,
    namespace: str | None = None,
) -> Reply:
    """Ask a Service or a Pod over HTTP and return what it answers, whatever the status.

    Repeats for up to `patience_s` while nothing listens or it answers 502, 503 or 504; one attempt takes at most
    `timeout_s`.

    Raises:
        CheckFailed: there is no such Service or Pod, nothing behind it, nothing listens, or no whole answer comes.
        CheckUnsettled: what is behind it was still starting.
    """
    api = current()
    found = target_of(api, target, namespace)
    document = looking.get_object(target, namespace=namespace)
    _keep_logs(api, found)
    path, _, in_path = path.partition("?")
    query = {**dict(parse_qsl(in_path)), **(params or {})}
    sent = dict(headers or {})
    content = None if body is None else body.encode()
    if json is not None:
        content, sent = json_.dumps(json).encode(), {"Content-Type": "application/json", **sent}
    url = f"{_address(found, document, port, scheme)}/proxy/{path.lstrip('/')}"
    attempt = functools.partial(
        api.once,
        method,
        url,
        query=query,
        body=content,
        headers=sent,
        timeout_s=scaled(timeout_s),
        limit_bytes=REPLY_LIMIT_BYTES,
    )
    return _until_answered(api, found, method, f"{method} {path} of {found}", attempt, scaled(patience_s))


def _until_answered(
    api: Api, target: Target, method: str, asked: str, attempt: Callable[[], Answer], patience_s: float
) -> Reply:
    begun, gauge = time.monotonic(), Gauge()
    deadline = begun + patience_s
    last = deadline + scaled(_STARTING_S)  # whatever comes and goes behind it until then
    while True:
        started, slow = time.monotonic(), False
        try:
            answer = attempt()
        except NoAnswerError as broken:
            if _was_ours(api, target) and time.monotonic() < last:
                continue
            found, slow = f"{asked} got no whole answer: {broken.reason}", broken.timed_out
        else:
            trouble = _trouble_of_the_proxy(api, target, method, answer)
            if not trouble and (answer.status not in _NOT_YET or time.monotonic() >= deadline):
                return _reply(asked, answer, time.monotonic() - started)
            if trouble == "reached" and _should_listen(api, target):
                deadline = min(deadline, begun + _LISTENING_S)
            if trouble == "nobody" and target.kind.name == "Service":
                asked_at = time.monotonic()
                wait(target, ready=1, timeout_s=max(2.0, deadline - asked_at + _STARTING_S))
                if time.monotonic() - asked_at > 0.5:  # it has just become ready: that took time, not the server
                    deadline = min(max(deadline, time.monotonic() + _LISTENING_S), last)
            found = f"{asked} got no answer: “{quoted(answer.message())}”"
        if time.monotonic() >= deadline:
            if slow and (why := gauge.why(api, api.place.namespace)):
                raise ClusterError(f"{found}; the machine is busy: {why}", next_step="nothing is held against the work")
            raise CheckFailed(found, expected="an answer", next_step=_log_hint(target, slow))
        pause(api, 0.4)


def _address(target: Target, document: JsonObject, port: int | str | None, scheme: str) -> str:
    """The path of a Service or Pod in the API, with the port where the proxy needs to be told."""
    chosen = _port(document, port) if target.kind.name == "Service" else port
    name = target.name if chosen in (None, "") else f"{target.name}:{chosen}"
    if scheme != "http":
        name = f"{scheme}:{name}" + ("" if ":" in name else ":")
    return f"{target.kind.collection(target.namespace)}/{name}"


def _port(service: JsonObject, port: int | str | None) -> int | str:
    """Without one given, the port that a client asks who names none: 80, whatever others there are.

    The proxy finds a Service's only port by itself when it has no name, and needs to be told otherwise.
    """
    if port is not None:
        return port
    ports = [each for each in (service.get("spec") or {}).get("ports") or [] if each.get("protocol", "TCP") == "TCP"]
    likely = (
        [each for each in ports if each.get("port") == 80],
        [each for each in ports if each.get("name") == "http"],
        [each for each in ports if each.get("port") == 8080],
        ports,
    )
    first: JsonObject = next((found[0] for found in likely if found), {})
    return first.get("name") or first.get("port") or ""


def _reply(asked: str, answer: Answer, seconds: float) -> Reply:
    text = answer.body.decode("utf-8", "replace")
    evidence.saw_text("reply", asked, f"{answer.status}\n{text}")
    return Reply(asked, answer.status, answer.headers, text, round(seconds, 3))


def _trouble_of_the_proxy(api: Api, target: Target, method: str, answer: Answer) -> str:
    """What the proxy itself says went wrong: `nobody` is there, nothing can be `reached`; '' if the server answered.

    Raises:
        ClusterError: this account may not ask through the proxy.
    """
    if answer.status not in (401, 403, 404, 503) or answer.document().get("kind") != "Status":
        return ""
    if answer.status == 404:  # a Service that has no endpoints of its own, or that has just gone
        about = answer.document().get("details")
        gone = isinstance(about, dict) and about.get("kind") in ("endpoints", "services", "endpointslices")
        return "nobody" if gone and target.kind.name == "Service" else ""
    if answer.status == 503:
        message = answer.message()
        if any(sign in message for sign in _NOBODY):
            return "nobody"
        return "reached" if _PROXY_SAYS in message else ""
    # A server may answer this way to look like a cluster in trouble. The API server knows whether it was the one.
    verb = {"GET": "get", "HEAD": "get", "POST": "create", "PATCH": "patch", "DELETE": "delete"}.get(method, "update")
    wanted = {"verb": verb, "resource": target.kind.plural, "subresource": "proxy", "namespace": target.namespace}
    review = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SelfSubjectAccessReview",
        "spec": {"resourceAttributes": wanted},
    }
    decided = api.ask("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", body=review) or {}
    if (decided.get("status") or {}).get("allowed") is not True:
        raise ClusterError(
            f"{'the grader' if api.place.grading else 'your account'} may not reach {target} through the API server",
            next_step="nothing is held against the work",
        )
    return ""


def _should_listen(api: Api, target: Target) -> bool:
    """Whether all that is behind a target has been ready for so long that it must be listening by now."""
    query = {} if target.kind.name == "Service" else {"fieldSelector": f"metadata.name={target.name}"}
    pods, _ = api.items(KNOWN["pods"].collection(target.namespace), query=query)
    if target.kind.name == "Service":
        uids = {(each.get("targetRef") or {}).get("uid") for each in prospects.ready_endpoints(api, target)}
        pods = [pod for pod in pods if pod["metadata"]["uid"] in uids]
    since = [moment(condition_of(pod, "Ready").get("lastTransitionTime")) or api.now() for pod in pods if is_ready(pod)]
    return bool(since) and api.now() - max(since) > _LONG_S


def _was_ours(api: Api, target: Target) -> bool:
    """Whether a request broke because the API server was away, which is then waited out.

    Raises:
        ClusterUnreachable: it stays away.
    """
    try:
        if api.once("GET", target.path, timeout_s=3.0).status < 500:
            return False
    except NoAnswerError:
        pass
    api.meter.count_outage()
    api.exchange("GET", target.path)
    return True


def _keep_logs(api: Api, target: Target) -> None:
    """What the Pods behind it wrote belongs to the evidence, if it comes to that."""

    def log() -> evidence.Exhibit | None:
        name = target.name
        if target.kind.name == "Service":
            names = [(each.get("targetRef") or {}).get("name") for each in prospects.ready_endpoints(api, target)]
            if not names or not names[0]:
                return None
            name = str(names[0])
        text = looking.log_of(api, Target(KNOWN["pods"], name, target.namespace), lines=40)
        return evidence.Exhibit("log", f"pod/{name}", text or "")

    evidence.ask_later(f"log behind {target}", log)


def _log_hint(target: Target, hangs: bool) -> str:
    if target.kind.name == "Pod":
        return f"kubectl logs {target.name}"
    if hangs:
        return f"what does the server wait for? Read the log of a Pod behind {target}"
    return f"compare the Service's targetPort with where the server listens, and read the log of a Pod behind {target}"
