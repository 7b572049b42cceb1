"""Who may do what, and who may do nothing more: rights as a check cell asks for them.

The authorizer decides, by access reviews; what Roles and bindings say only finds what is worth asking and explains
what came of it. The grader has no rights outside the workspace, so it asks with LocalSubjectAccessReviews in the
namespace concerned; a student who checks their own rights asks with a SelfSubjectAccessReview.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from autograder.checks import diagnosing, discovering, evidence, granting, looking, reviewing
from autograder.checks.api import Api, JsonObject, pause
from autograder.checks.connecting import current
from autograder.checks.granting import Grants
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.reviewing import Action, Subject, action_of, listed
from autograder.deadlines import scaled
from autograder.errors import CheckFailed, ClusterError

_CATCHES_UP_S = 5.0
"""how long the authorizer gets to take in a Role or a binding that is there already"""
_MOST_SUBJECTS = 40
"""how many subjects of bindings are asked about"""
_AT_A_TIME = 120
"""of a subject that should have nothing: actions asked before the answers are looked at"""
_held: dict[tuple[str, str], set[Action]] = {}
"""by namespace and user: what the grader has found to be allowed so far, as a lab asked"""


def account(written: str) -> JsonObject:
    """The ServiceAccount `"serviceaccount/name"` as plain JSON.

    Raises:
        CheckFailed: there is none, or it is being deleted; says what there is instead.
    """
    api = current()
    return _read_account(api, _account_target(api, written.partition("/")[2]))


def can(action: str, *, as_: str | None = None, namespace: str | None = None, name: str | None = None) -> bool:
    """Whether a subject may do `action` (`"create pods"`, `"get pods/log"`) in a namespace.

    `as_`: `"serviceaccount/name"`, `"serviceaccount/name@namespace"`, `"user/name"`, `"group/name"`; None: the student.

    Raises:
        CheckFailed: the ServiceAccount does not exist.
    """
    api = current()
    meant = action_of(action)
    if name:
        meant = Action(meant.verb, meant.group, meant.resource, name)
    return reviewing.may(api, _subject(api, as_), meant, namespace or api.place.namespace)


def rights(
    as_: str | None,
    *,
    allow: Sequence[str] = (),
    deny: Sequence[str] = (),
    namespace: str | None = None,
) -> None:
    """Hold a subject's rights against a matrix.

    Raises:
        CheckFailed: something of `allow` is denied, or something of `deny` is allowed; says which, and why.
    """
    api = current()
    namespace = namespace or api.place.namespace
    subject = _subject(api, as_)
    wanted = [action_of(each) for each in allow]
    refused = [action_of(each) for each in deny]
    answers = reviewing.decide(api, [(subject, action) for action in (*wanted, *refused)], namespace)
    missing = [action for action, answer in zip(wanted, answers, strict=False) if not answer]
    if missing:
        missing = _still_missing(api, subject, missing, namespace)
    if missing:
        raise diagnosing.not_allowed(api, subject, missing, wanted, namespace)
    if subject and api.place.grading:
        _held.setdefault((namespace, subject.user), set()).update(wanted)
    too_much = [action for action, answer in zip(refused, answers[len(wanted) :], strict=True) if answer]
    if too_much:
        grants = granting.read(api, namespace)
        raise diagnosing.too_much(subject, too_much, grants, expected=f"this to be denied: {listed(too_much)}")


def only_rights(
    as_: str,
    *,
    allow: Sequence[str],
    among: Sequence[str] = (),
    apart_from: Sequence[str] = (),
    namespace: str | None = None,
) -> None:
    """Hold a subject to `allow` and nothing more, of all that the API server serves in a namespace.

    Every kind, subresource and verb is asked about, and the single objects that rules name. What every account
    of the cluster may do is not counted.

    Args:
        as_: as in `can`.
        allow: what may be allowed; it need not be.
        among: ask about these only; `"* secrets"` stands for every verb, and all single objects.
        apart_from: leave these out.
        namespace: the student's, if nothing else is said.

    Raises:
        CheckFailed: there is more; says what, and what gives it.
    """
    api = current()
    namespace = namespace or api.place.namespace
    subject = _given(api, as_)
    grants = granting.read(api, namespace)
    may_do = {action_of(each) for each in allow}
    kept, left_out = _patterns(among), _patterns(apart_from)
    asked = [
        action
        for action in granting.worth_asking(_served(api), grants.naming(subject))
        if _plain(action) not in may_do and (not kept or _fits(action, kept)) and not _fits(action, left_out)
    ]
    more = reviewing.allowed(api, subject, asked, namespace)
    more = _settled_surplus(api, subject, more, namespace, grants) if more else []
    if more:
        raise diagnosing.too_much(subject, more, grants, expected=_only(may_do, kept))
    _expect_still_held(api, subject, namespace)


def nobody_else(but: str, *, core: Sequence[str] = (), namespace: str | None = None) -> None:
    """Hold everybody but one account to what they had before anything was bound in a namespace.

    Asked as each of them: whoever a binding of the namespace names (accounts of here and elsewhere, users, groups)
    about all that it could give; and, about `core`, those that a slip reaches first: the account `default`, all
    accounts, everybody with a token and everybody without, and the neighbour's accounts. The student's own account,
    which can get nothing new, and the grader's are left out.

    Raises:
        CheckFailed: somebody else has something; says who, what, and through which binding.
    """
    api = current()
    namespace = namespace or api.place.namespace
    excepted = _given(api, but)
    grants = granting.read(api, namespace)
    left_out = {excepted.user} | granting.of_the_workspace(api, namespace)
    named = granting.subjects(grants)
    others = [subject for subject in named if subject.user not in left_out]
    if len(others) > _MOST_SUBJECTS:
        raise CheckFailed(
            f"the RoleBindings here name {len(others)} subjects beside `{but}`",
            expected=f"no binding for anybody but `{but}`",
            next_step="kubectl get rolebindings -o wide, and take out who has no business there",
        )
    for subject in others:
        _expect_nothing_new(api, subject, granting.worth_asking(_served(api), grants.naming(subject)), grants)
    usual = [action_of(each) for each in core]
    for subject in _always_asked(api, excepted, namespace):
        if subject not in named:
            _expect_nothing_new(api, subject, usual, grants)


def _expect_nothing_new(api: Api, subject: Subject, actions: Sequence[Action], grants: Grants) -> None:
    given = grants.naming(subject)
    likely_first = sorted(actions, key=lambda action: not any(b.rules and b.may_give(action) for b in given))
    for start in range(0, len(likely_first), _AT_A_TIME):
        more = reviewing.allowed(api, subject, likely_first[start : start + _AT_A_TIME], grants.namespace)
        more = _settled_surplus(api, subject, more, grants.namespace, grants) if more else []
        if more:
            raise diagnosing.too_much(subject, more, grants, expected="nobody else to have got anything", stranger=True)


def _expect_still_held(api: Api, subject: Subject, namespace: str) -> None:
    """What earned points before must be there together with what earns them now.

    A Pod that a student left running could give much while one criterion looks, and little while the next does.
    """
    held = sorted(_held.get((namespace, subject.user), ()), key=str)
    still = reviewing.allowed(api, subject, held, namespace)
    gone = [action for action in held if action not in still]
    if gone:
        raise CheckFailed(
            f"{subject.shown} may no longer: {listed(gone)}",
            expected="the same rights from the first criterion to the last",
            next_step="does something that you started still change Roles or RoleBindings? kubectl get pods",
        )


def _always_asked(api: Api, excepted: Subject, namespace: str) -> list[Subject]:
    groups = ("system:authenticated", "system:unauthenticated", "system:serviceaccounts")
    asked = [reviewing.account("default", namespace), *map(reviewing.member, groups)]
    asked.append(reviewing.member(f"system:serviceaccounts:{namespace}"))
    if api.place.neighbour and api.place.neighbour != namespace:
        asked += [
            reviewing.account(
                name, api.place.neighbour, f"ServiceAccount `{name}` of namespace `{api.place.neighbour}`"
            )
            for name in ("default", excepted.user.rpartition(":")[2])
        ]
    return asked


def _settled_surplus(api: Api, subject: Subject, more: list[Action], namespace: str, grants: Grants) -> list[Action]:
    """What of it is given in this namespace, once the authorizer has taken in what was removed before it was read."""
    deadline = time.monotonic() + scaled(_CATCHES_UP_S)
    more = reviewing.given_here(api, subject, more, namespace)
    while True:
        giving = grants.naming(subject)
        if any(binding.may_give(action) for binding in giving for action in more):
            return more
        if not more or time.monotonic() >= deadline:
            return more
        pause(api, 0.25)
        more = reviewing.allowed(api, subject, more, namespace)


def _still_missing(api: Api, subject: Subject | None, missing: list[Action], namespace: str) -> list[Action]:
    """What of it stays denied, once the authorizer has taken in what the rules say.

    Raises:
        ClusterError: the rules give it, nobody changes them, and the authorizer denies it all the same.
    """
    if subject is None:
        return missing
    deadline = time.monotonic() + scaled(_CATCHES_UP_S)
    before = grants = granting.read(api, namespace)
    while any(grants.certainly_give(subject, action) for action in missing):
        if time.monotonic() >= deadline:
            if grants.versions == before.versions:
                raise ClusterError(
                    f"the rules in `{namespace}` let {subject.shown} {listed(missing)}, and the API server denies it",
                    next_step="nothing is held against the work; try again",
                )
            break
        pause(api, 0.1)
        answers = reviewing.decide(api, [(subject, action) for action in missing], namespace)
        missing = [action for action, answer in zip(missing, answers, strict=True) if not answer]
        grants = granting.read(api, namespace)
    return missing


def _served(api: Api) -> discovering.Served:
    found = discovering.served(api)
    if found.silent:
        evidence.saw_text(
            "output",
            "what the API server serves",
            f"could not be listed, and was asked about only where a rule names it: {', '.join(found.silent)}",
        )
    return found


@dataclass(frozen=True)
class _Pattern:
    """One of `among` or `apart_from`."""

    verb: str
    """or `*`"""
    group: str
    resource: str


def _patterns(written: Sequence[str]) -> Collection[_Pattern]:
    return {_Pattern(each.verb, each.group, each.resource) for each in map(action_of, written)}


def _fits(action: Action, patterns: Collection[_Pattern]) -> bool:
    return any(_Pattern(verb, action.group, action.resource) in patterns for verb in ("*", action.verb))


def _plain(action: Action) -> Action:
    return Action(action.verb, action.group, action.resource)


def _only(may_do: Collection[Action], kept: Collection[_Pattern]) -> str:
    if kept:
        return "no right on " + ", ".join(sorted(f"`{Action('', each.group, each.resource).what}`" for each in kept))
    return f"only {listed(sorted(may_do, key=str))}, and nothing more"


def _subject(api: Api, as_: str | None) -> Subject | None:
    """Who a review is about; None for oneself."""
    if as_ is None:
        if api.place.service_account is None:
            return None
        as_ = f"serviceaccount/{api.place.service_account}"
    kind, _, name = as_.partition("/")
    if kind in ("serviceaccount", "sa") and name:
        return _service_account(api, name)
    if kind == "user" and name:
        return reviewing.user(name)
    if kind == "group" and name:
        return reviewing.member(name)
    raise ClusterError(f"{as_!r} is no subject", expected="'serviceaccount/name', 'user/name' or 'group/name'")


def _given(api: Api, as_: str) -> Subject:
    subject = _subject(api, as_)
    if subject is None:
        raise ClusterError("no subject was named", expected="something like 'serviceaccount/name'")
    return subject


def _read_account(api: Api, target: Target) -> JsonObject:
    document = looking.read(api, target)
    if document is None:
        raise diagnosing.no_account(api, target)
    if document["metadata"].get("deletionTimestamp"):  # its tokens are worth nothing from then on
        raise diagnosing.account_goes(target, document)
    return document


def _account_target(api: Api, written: str) -> Target:
    name, _, namespace = written.partition("@")
    return Target(KNOWN["serviceaccounts"], name, namespace or api.place.namespace)


def _service_account(api: Api, written: str) -> Subject:
    target = _account_target(api, written)
    # A review answers for a name that nobody bears as well; work that gives rights to nobody is not done.
    _read_account(api, target)
    elsewhere = f" of namespace `{target.namespace}`" if target.namespace != api.place.namespace else ""
    return reviewing.account(target.name, target.namespace, f"ServiceAccount `{target.name}`{elsewhere}")
