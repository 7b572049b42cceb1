"""Why somebody may not do something, or may do too much: from Roles and bindings to a sentence and a next step.

The verdict is the authorizer's; this only explains it. A next step names objects of the student's own namespace and
leaves the namespace out: kubectl takes it from the kubeconfig, and the one that was graded in is gone by then.
"""

from __future__ import annotations

from shlex import quote

from autograder.checks import discovering, evidence, granting, looking, reviewing
from autograder.checks.api import Api, JsonObject
from autograder.checks.granting import Binding, Grants, Rule
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.reviewing import Action, Subject, listed
from autograder.checks.settling import quoted
from autograder.errors import CheckFailed

_VERBS = ("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")
_SHOWN = 4
_NAME_CHARACTERS = 60


def no_account(api: Api, target: Target) -> CheckFailed:
    """There is no ServiceAccount of that name: one with another name, or nothing at all?"""
    finding = looking.missing(api, target)
    if target.namespace != api.place.namespace or _anything_made(api, target.namespace):
        return finding
    return CheckFailed(
        f"there is no {target} in namespace `{target.namespace}`, and nothing else was made there: no other "
        "ServiceAccount, no Role, no RoleBinding",
        expected=f"{target} to exist",
        next_step="run the cells above and read what each printed. If they print that everything was created, a "
        "namespace is written into your manifests or after `-n`, and it is another one: leave it out or use the "
        "variable `namespace`, which has another value where your work is graded",
    )


def account_goes(target: Target, document: JsonObject) -> CheckFailed:
    """A ServiceAccount that is being deleted, and is kept by something."""
    kept = ", ".join(f"`{quoted(each)}`" for each in document["metadata"].get("finalizers") or ())
    return CheckFailed(
        f"{target} is being deleted" + (f", and stays until somebody takes out its finalizers: {kept}" if kept else ""),
        expected=f"{target} to exist, and to stay",
        next_step=f"kubectl get serviceaccount {target.name} -o yaml: `deletionTimestamp` and `finalizers`. Once it is "
        "gone it can be made again",
    )


def not_allowed(
    api: Api, subject: Subject | None, missing: list[Action], wanted: list[Action], namespace: str
) -> CheckFailed:
    """What should be allowed and is not, with the first reason that there is."""
    found = f"it may not: {listed(missing)}" if subject else f"you may not: {listed(missing)}"
    expected = f"{subject.shown if subject else 'you'} to be allowed {listed(wanted)}"
    if subject is None:
        return CheckFailed(found, expected=expected, next_step="kubectl auth can-i --list")
    grants = granting.read(api, namespace)
    reason, next_step = _reason(api, subject, missing[0], grants)
    return CheckFailed(f"{found}; {reason}", expected=expected, next_step=next_step)


def too_much(
    subject: Subject | None, more: list[Action], grants: Grants, *, expected: str, stranger: bool = False
) -> CheckFailed:
    """What should not be allowed and is, with what gives it. A stranger should have nothing at all."""
    found = f"{subject.shown if subject else 'you'} may: {listed(more)}"
    naming = grants.naming(subject) if subject else []
    giving = [binding for binding in naming if any(binding.may_give(action) for action in more)]
    if subject is None or not giving:
        return CheckFailed(found, expected=expected, next_step="kubectl get rolebindings -o wide")
    _note(giving)
    first = giving[0]
    through = ", ".join(f"`{_short(binding.name)}`" for binding in giving[:_SHOWN])
    of_many = "RoleBindings" if len(giving) > 1 else "RoleBinding"
    role = f"{first.role_kind} `{_short(first.role)}`"
    meant = _meant_by(first, subject, grants.namespace)
    binding, role_name = quote(first.name), quote(first.role)
    if stranger:
        next_step = (
            f"take it out of the subjects: kubectl edit rolebinding {binding}; or kubectl delete rolebinding {binding}"
        )
    elif first.role_kind == "Role":
        next_step = f"take it out of the rules: kubectl edit role {role_name}, or apply the Role again with less"
    else:
        next_step = f"a ClusterRole is not yours to narrow: kubectl delete rolebinding {binding}, and bind less"
    return CheckFailed(
        f"{found}; this comes through {of_many} {through} ({role}{meant})",
        expected=expected,
        next_step=next_step,
    )


def _reason(api: Api, subject: Subject, action: Action, grants: Grants) -> tuple[str, str]:
    naming = grants.naming(subject)
    if not naming:
        return _not_named(api, subject, grants)
    _note(naming)
    dangling = [binding for binding in naming if not binding.role_exists]
    if len(dangling) == len(naming):
        first = dangling[0]
        return (
            f"RoleBinding `{_short(first.name)}` points at {first.role_kind} `{_short(first.role)}`, and there is none "
            f"of that name ({_names('Role', _roles_of_students(api, grants))})",
            f"make that {first.role_kind}; if you tried, read what the cell that makes it printed. A roleRef cannot "
            f"be changed: for another name, kubectl delete rolebinding {quote(first.name)} and make it again",
        )
    for binding in naming:
        reason = _rule_that_misses(api, binding, action)
        if reason:
            return reason, _describe(binding)
    bound = next(binding for binding in naming if binding.role_exists)
    resource, _, part = action.resource.partition("/")
    also = f" (a right on `{resource}` does not include `{action.resource}`)" if part else ""
    return f"no rule of what is bound to it gives `{action.verb}` on `{action.what}`{also}", _describe(bound)


def _describe(binding: Binding) -> str:
    if binding.role_kind == "ClusterRole":
        return f"{binding.role_kind} `{_short(binding.role)}` does not give it: bind another, or a Role of your own"
    return f"kubectl describe role {quote(binding.role)}"


def _not_named(api: Api, subject: Subject, grants: Grants) -> tuple[str, str]:
    """No binding names it: is there one that nearly does?"""
    made = _of_students(api, grants)
    if not made:
        roles = _roles_of_students(api, grants)
        if not roles:
            return (
                "there is neither a Role nor a RoleBinding that you made",
                "was the Role refused? What is refused is not made, not even in part, and a binding cannot point at "
                "it. Read what the cell with the Role printed: the lines after `not currently held` name what you may "
                "not give",
            )
        return (
            f"there is no RoleBinding that you made ({_names('Role', roles)})",
            "was it refused? Read what the cell with the RoleBinding printed: a name that is `not found` is its "
            "Role's, and what is `not currently held` is more than you may give",
        )
    _note(made)
    for binding in made:
        for entry in binding.subjects:
            slip = _slip(entry, subject, grants.namespace)
            if slip:
                return (
                    f"RoleBinding `{_short(binding.name)}` {slip}",
                    f"correct its subjects: kubectl edit rolebinding {quote(binding.name)}, or apply it again",
                )
    first = made[0]
    named = [granting.subject_of(entry, grants.namespace).shown for entry in first.subjects]
    return (
        f"no RoleBinding names it: `{_short(first.name)}` names {', '.join(named[:_SHOWN]) or 'nobody'}",
        "compare the subjects with the name of the account: kubectl get rolebindings -o wide",
    )


def _slip(entry: JsonObject, subject: Subject, namespace: str) -> str:
    """How a binding's subject comes close to the one that is meant; '' if it does not."""
    name, kind = str(entry.get("name") or ""), str(entry.get("kind") or "")
    account = subject.user.rpartition(":")[2]
    if name != account:
        return ""
    if kind != "ServiceAccount":
        return f"names a {kind} `{name}`; the account of a Pod is a ServiceAccount"
    if entry.get("namespace") not in (None, "", namespace):
        return (
            f"names `{name}` of namespace `{_short(str(entry.get('namespace')))}`, and this one is `{namespace}`: "
            "leave the subject's namespace out, or use the variable `namespace`"
        )
    return ""


def _rule_that_misses(api: Api, binding: Binding, action: Action) -> str:
    """What is wrong with the rules of a binding, as far as one of them looks meant for the action; '' if nothing."""
    if binding.rules is None or not binding.role_exists:
        return ""
    role = f"{binding.role_kind} `{_short(binding.role)}`"
    if not binding.rules:
        return f"{role} has no rules"
    resource = action.resource
    for rule in binding.rules:
        fitting = rule.covers(action.group, resource)
        unknown = [verb for verb in rule.verbs if verb != "*" and verb not in _VERBS]
        if fitting and {"*", action.verb} & {*rule.verbs} and rule.names:
            return f"{role} gives it only for objects named {_quoted(rule.names)} (`resourceNames`)"
        if fitting and unknown and action.verb not in rule.verbs:
            spelt = "verb" if len(unknown) == 1 else "verbs"
            return f"{role} has the {spelt} {_quoted(unknown)}, which no request has; there is {_quoted(_VERBS)}"
        if resource in rule.resources and not fitting:
            groups = _quoted(rule.groups)
            return f"{role} names `{resource}` in the group {groups}; it is in the group `{action.group}`"
    return _misspelt(api, binding.rules, role, action)


def _misspelt(api: Api, rules: tuple[Rule, ...], role: str, action: Action) -> str:
    served = discovering.served(api).verbs
    if any(rule.covers(action.group, action.resource) for rule in rules):
        return ""
    for rule in rules:
        for resource in rule.resources:
            known = any((group, resource) in served for group in rule.groups)
            if not known and "*" not in (*rule.groups, resource):
                group = _quoted(rule.groups)
                return f"{role} names {_quoted([resource])} in the group {group}, and there is no such resource"
    return ""


def _meant_by(binding: Binding, subject: Subject, namespace: str) -> str:
    """Through which of the binding's subjects, where that is not the subject's own name."""
    for entry in binding.subjects:
        if entry.get("kind") == "Group" and entry.get("name") in subject.groups:
            return f", bound to the Group `{_short(str(entry.get('name')))}`"
        if granting.subject_of(entry, namespace).user == subject.user:
            return ""
    return ""


def _of_students(api: Api, grants: Grants) -> list[Binding]:
    """The bindings that name anybody but the workspace's own accounts."""
    ours = granting.of_the_workspace(api, grants.namespace)
    found = []
    for binding in grants.bindings:
        users = {granting.subject_of(entry, grants.namespace).user for entry in binding.subjects}
        if not users or users - ours:
            found.append(binding)
    return found


def _roles_of_students(api: Api, grants: Grants) -> tuple[str, ...]:
    theirs = _of_students(api, grants)
    bound_by_us = {binding.role for binding in grants.bindings if binding not in theirs}
    return tuple(name for name in grants.roles if name not in bound_by_us)


def _anything_made(api: Api, namespace: str) -> bool:
    grants = granting.read(api, namespace)
    accounts, _ = api.items(KNOWN["serviceaccounts"].collection(namespace))
    users = {reviewing.account(str(each["metadata"]["name"]), namespace).user for each in accounts}
    ours = granting.of_the_workspace(api, namespace) | {reviewing.account("default", namespace).user}
    return bool(_of_students(api, grants) or users - ours or _roles_of_students(api, grants))


def _note(bindings: list[Binding]) -> None:
    """Keep as evidence what the explanation is made of."""
    for binding in bindings[:_SHOWN]:
        rules = [{part: list(said) for part, said in vars(rule).items()} for rule in (binding.rules or ())[:20]]
        evidence.saw(
            f"rolebinding/{binding.name}",
            {
                "kind": "RoleBinding",
                "metadata": {"name": binding.name},
                "subjects": list(binding.subjects),
                "roleRef": {"kind": binding.role_kind, "name": binding.role},
                "rules of it": rules if binding.rules is not None else "(not readable from here)",
            },
        )


def _names(kind: str, names: tuple[str, ...]) -> str:
    shown = ", ".join(f"`{_short(name)}`" for name in sorted(names)[:_SHOWN])
    return f"there is {kind} {shown}" if shown else f"there is no {kind} at all"


def _quoted(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(f"`{_short(name)}`" for name in names[: 2 * _SHOWN])
    return shown + (" …" if len(names) > 2 * _SHOWN else "")


def _short(text: str) -> str:
    return text if len(text) <= _NAME_CHARACTERS else text[: _NAME_CHARACTERS - 1] + "…"
