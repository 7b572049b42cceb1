"""Access reviews: a subject, an action, and the authorizer's yes or no, many in one breath.

Nothing else in this package decides whether somebody may do something. What Roles and bindings say is read
elsewhere, to find questions worth asking and words for the answers; the answers come from here.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from autograder.checks.api import Api, JsonObject
from autograder.checks.kinds import KNOWN, Kind
from autograder.deadlines import scaled
from autograder.errors import ClusterError, ClusterUnreachable

_AT_ONCE = 6
"""as many as the connections that are kept: more would open new ones"""
_TOGETHER_S = 40.0
"""for all reviews of one question, however many"""
_REVIEWS = "/apis/authorization.k8s.io/v1"
_RESOURCES_SHOWN = 6
_ACCOUNT = "system:serviceaccount:"


@dataclass(frozen=True)
class Subject:
    """Whoever a review asks about."""

    user: str
    """as the API server knows them"""
    groups: tuple[str, ...]
    """all that they are in"""
    shown: str
    """as a message calls them"""


@dataclass(frozen=True)
class Action:
    """What somebody would do."""

    verb: str
    group: str
    resource: str
    """with a subresource after a slash: `pods/log`"""
    name: str = ""
    """the one object it is about; '' for no particular one"""

    def __str__(self) -> str:
        return f"{self.verb} {self.what}" + (f" named {self.name}" if self.name else "")

    @property
    def what(self) -> str:
        """The resource as kubectl takes it: `deployments.apps/scale`."""
        resource, slash, part = self.resource.partition("/")
        return f"{resource}.{self.group}".rstrip(".") + slash + part

    def attributes(self, namespace: str) -> JsonObject:
        resource, _, part = self.resource.partition("/")
        # A namespace is asked for inside itself, by its name.
        name = namespace if (self.group, resource) == ("", "namespaces") else self.name
        said = {"verb": self.verb, "resource": resource, "group": self.group, "namespace": namespace}
        return said | ({"subresource": part} if part else {}) | ({"name": name} if name else {})


def action_of(written: str) -> Action:
    """The action that `create pods`, `get pods/log` or `list deployments.apps` means.

    Raises:
        ClusterError: it means none.
    """
    verb, _, what = written.strip().partition(" ")
    spelling, slash, part = what.strip().partition("/")
    if not verb or not spelling:
        raise ClusterError(f"{written!r} is no action", expected="a verb and a resource, such as 'create pods'")
    resource, _, group = spelling.partition(".")
    known: Kind | None = KNOWN.get(resource)
    if not group and known is not None:
        resource, group = known.plural, known.group
    return Action(verb, group, resource + slash + part)


def account(name: str, namespace: str, shown: str = "") -> Subject:
    """A ServiceAccount, with the groups that every one of them is in."""
    groups = ("system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated")
    return Subject(f"{_ACCOUNT}{namespace}:{name}", groups, shown or f"ServiceAccount `{name}`")


def user(name: str) -> Subject:
    """A user of that name; the names of ServiceAccounts and of nobody mean what they mean to the API server."""
    namespace, _, rest = name.removeprefix(_ACCOUNT).partition(":")
    if name.startswith(_ACCOUNT) and namespace and rest:
        return replace(account(rest, namespace), shown=f"User `{name}`")
    everybody = "system:unauthenticated" if name == "system:anonymous" else "system:authenticated"
    return Subject(name, (everybody,), f"User `{name}`")


def member(group: str) -> Subject:
    """Somebody in that group, and in no other that could be avoided."""
    if group == "system:unauthenticated":
        return Subject("system:anonymous", (group,), f"Group `{group}`, which is anybody without a token,")
    groups = (group,) if group == "system:authenticated" else (group, "system:authenticated")
    return Subject(f"member-of-{group}", groups, f"Group `{group}`")


def oneself(api: Api) -> str:
    """The user that asks, as the API server knows them; '' where it does not say."""
    review: JsonObject = {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}
    answer = api.exchange("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", body=review)
    return str(((answer.document().get("status") or {}).get("userInfo") or {}).get("username") or "")


def may(api: Api, subject: Subject | None, action: Action, namespace: str) -> bool:
    """Whether a subject (None: whoever asks) may do something in a namespace.

    Raises:
        ClusterError: the authorizer could not decide, or may not be asked.
    """
    spec: JsonObject = {"resourceAttributes": action.attributes(namespace)}
    review: JsonObject = {"apiVersion": "authorization.k8s.io/v1", "spec": spec}
    if subject:
        spec |= {"user": subject.user, "groups": list(subject.groups)}
        review |= {"kind": "LocalSubjectAccessReview", "metadata": {"namespace": namespace}}
        path = f"{_REVIEWS}/namespaces/{namespace}/localsubjectaccessreviews"
    else:
        review |= {"kind": "SelfSubjectAccessReview"}
        path = f"{_REVIEWS}/selfsubjectaccessreviews"
    answer = api.ask("POST", path, body=review)
    if answer is None:
        raise ClusterError(f"there is no namespace {namespace!r} to ask in")
    return _decided(answer, action)


def decide(api: Api, asked: Sequence[tuple[Subject | None, Action]], namespace: str) -> list[bool]:
    """The answers to many reviews, in their order.

    Raises:
        ClusterError: one of them could not be answered.
        ClusterUnreachable: together they took too long.
    """
    if len(asked) < _AT_ONCE:
        return [may(api, subject, action, namespace) for subject, action in asked]
    deadline = time.monotonic() + scaled(_TOGETHER_S)
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="reviews")
    try:
        answers = [pool.submit(may, api, subject, action, namespace) for subject, action in asked]
        return [answer.result(timeout=max(0.0, deadline - time.monotonic())) for answer in answers]
    except TimeoutError as error:
        raise ClusterUnreachable(
            f"{len(asked)} access reviews were not answered in {scaled(_TOGETHER_S):g} s",
            next_step="nothing is held against the work; try again",
        ) from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def allowed(api: Api, subject: Subject | None, actions: Sequence[Action], namespace: str) -> list[Action]:
    """Those of the actions that a subject may do."""
    answers = decide(api, [(subject, action) for action in actions], namespace)
    return [action for action, answer in zip(actions, answers, strict=True) if answer]


def given_here(api: Api, subject: Subject, actions: Sequence[Action], namespace: str) -> list[Action]:
    """Those of the actions, all allowed, that the subject may not do just as well where no student has a say.

    What every account of a cluster may do, or a member of `system:masters`, is no student's doing.
    """
    place = api.place
    if place.neighbour and place.neighbour != namespace:
        anyhow = set(allowed(api, subject, actions, place.neighbour))
        return [action for action in actions if action not in anyhow]
    return [action for action in actions if not _anyhow(api, subject, action, f"{namespace[:50]}-elsewhere")]


def _anyhow(api: Api, subject: Subject, action: Action, elsewhere: str) -> bool:
    """The same question about a namespace that is not there: only rights for the whole cluster answer yes."""
    review: JsonObject = {
        "apiVersion": "authorization.k8s.io/v1",
        "kind": "SubjectAccessReview",
        "spec": {
            "user": subject.user,
            "groups": list(subject.groups),
            "resourceAttributes": action.attributes(elsewhere),
        },
    }
    answer = api.exchange("POST", f"{_REVIEWS}/subjectaccessreviews", body=review)
    if answer.status == 201:
        return _decided(answer.document(), action)
    # Who may not ask about others has little on the whole cluster beyond what everybody has.
    return may(api, None, action, elsewhere)


def _decided(answer: JsonObject, action: Action) -> bool:
    status = answer.get("status") or {}
    if status.get("allowed") is True:
        return True
    # RBAC says why it denies in `reason`; an error here is another authorizer's that did not come to a decision.
    if status.get("evaluationError"):
        raise ClusterError(
            f"the cluster could not decide about `{action}`: {status['evaluationError']}",
            next_step="nothing is held against the work; ask whoever runs the cluster",
        )
    return False


def listed(actions: Iterable[Action], most: int = _RESOURCES_SHOWN) -> str:
    """Actions in few words: `create`, `delete` on `pods`; `get` on `pods/log`."""
    by_what: dict[str, list[str]] = {}
    for action in actions:
        what = f"`{action.what}`" + (f" named `{_short(action.name)}`" if action.name else "")
        verbs = by_what.setdefault(what, [])
        if f"`{action.verb}`" not in verbs:
            verbs.append(f"`{action.verb}`")
    parts = [f"{', '.join(verbs)} on {what}" for what, verbs in by_what.items()]
    more = [f"and on {len(parts) - most} more kinds"] if len(parts) > most else []
    return "; ".join(parts[:most] + more)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
