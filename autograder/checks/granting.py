"""What the Roles and RoleBindings of a namespace say: where to look, and words for what is found.

Never a verdict. Students write these objects, not all that counts can be read here, and the authorizer has the last
word. But who is named in a binding is worth asking about, an object that a rule names is worth asking about by its
name, and a right that is missing is best explained by the rule that does not give it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.checks import reviewing
from autograder.checks.api import Api, JsonObject
from autograder.checks.discovering import Served
from autograder.checks.kinds import KNOWN
from autograder.checks.reviewing import Action, Subject
from autograder.errors import CheckFailed

_NAMELESS = ("create", "deletecollection")
"""verbs of requests that do not say, where RBAC could see it, which single object they are about"""
_STANDARD = ("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch")
_MOST_NAMED = 1500
"""how many single objects, named in rules, are asked about"""
_MOST_RULES = 2000
"""how many rules are looked through"""
_NAME_CHARACTERS = 500
"""no object's name is longer, and no subject's is asked about"""
_CLUSTER_ROLES_READ = 20


@dataclass(frozen=True)
class Rule:
    """One rule of a Role."""

    groups: tuple[str, ...]
    resources: tuple[str, ...]
    verbs: tuple[str, ...]
    names: tuple[str, ...]
    """the only objects it is about; () for all"""

    def covers(self, group: str, resource: str) -> bool:
        """As RBAC compares: see `ResourceMatches` in Kubernetes' pkg/apis/rbac/v1."""
        part = resource.partition("/")[2]
        fitting = {"*", resource} | ({f"*/{part}"} if part else set())
        return bool({"*", group} & set(self.groups)) and bool(fitting & set(self.resources))

    def gives(self, action: Action) -> bool:
        named = not self.names or action.name in self.names
        return named and bool({"*", action.verb} & set(self.verbs)) and self.covers(action.group, action.resource)


@dataclass(frozen=True)
class Binding:
    """A RoleBinding, with the rules it binds as far as they can be read."""

    name: str
    role_kind: str
    """`Role` or `ClusterRole`"""
    role: str
    subjects: tuple[JsonObject, ...]
    """as they stand in the binding"""
    rules: tuple[Rule, ...] | None
    """None where they cannot be read from here"""
    role_exists: bool
    """True as well where that cannot be told"""

    def names(self, subject: Subject, namespace: str) -> bool:
        """Whether the subject is meant, itself or through a group."""
        for entry in self.subjects:
            kind, name = entry.get("kind"), str(entry.get("name") or "")
            if kind == "Group" and name in subject.groups:
                return True
            if kind != "Group" and subject_of(entry, namespace).user == subject.user:
                return True
        return False

    def may_give(self, action: Action) -> bool:
        """Whether it gives the right to those it names; also where its rules cannot be read."""
        return self.rules is None or any(rule.gives(action) for rule in self.rules)


@dataclass(frozen=True)
class Grants:
    """All of a namespace's bindings, and the Roles that lie beside them."""

    namespace: str
    bindings: tuple[Binding, ...]
    roles: tuple[str, ...]
    """names of all Roles, bound or not"""
    versions: tuple[str, ...]
    """of every object that was read: the same where nothing was changed in between"""

    def naming(self, subject: Subject) -> list[Binding]:
        return [binding for binding in self.bindings if binding.names(subject, self.namespace)]

    def certainly_give(self, subject: Subject, action: Action) -> bool:
        """Whether rules that can be read give the right."""
        return any(binding.rules and binding.may_give(action) for binding in self.naming(subject))


def subject_of(entry: JsonObject, namespace: str) -> Subject:
    """Who a binding's subject is; an account without a namespace lies in the binding's own."""
    kind, name = entry.get("kind"), str(entry.get("name") or "")
    if kind == "ServiceAccount":
        lies_in = str(entry.get("namespace") or namespace)
        shown = f"ServiceAccount `{name}`" + (f" of namespace `{lies_in}`" if lies_in != namespace else "")
        return reviewing.account(name, lies_in, shown)
    return reviewing.member(name) if kind == "Group" else reviewing.user(name)


def subjects(grants: Grants) -> list[Subject]:
    """Everybody whom a binding names, once.

    Raises:
        CheckFailed: one of them has a name that nobody can have.
    """
    found: dict[Subject, None] = {}
    for binding in grants.bindings:
        for entry in binding.subjects:
            if len(str(entry.get("name") or "")) > _NAME_CHARACTERS:
                raise CheckFailed(
                    f"RoleBinding `{binding.name[:60]}` names a subject with more than {_NAME_CHARACTERS} characters",
                    expected="subjects that are somebody",
                    next_step="kubectl get rolebindings -o wide, and take it out",
                )
            found[subject_of(entry, grants.namespace)] = None
    return list(found)


def read(api: Api, namespace: str) -> Grants:
    """Every RoleBinding of a namespace, with its rules as far as this account may read them."""
    bindings, _ = api.items(KNOWN["rolebindings"].collection(namespace))
    roles, _ = api.items(KNOWN["roles"].collection(namespace))
    rules_of: dict[tuple[str, str], tuple[Rule, ...] | None] = {
        ("Role", str(role["metadata"]["name"])): _rules(role) for role in roles
    }
    shared = {_reference(each) for each in bindings if _reference(each)[0] == "ClusterRole"}
    rules_of.update(_cluster_roles(api, sorted(shared)))
    found = tuple(_binding(each, rules_of) for each in bindings)
    versions = tuple(sorted(str(each["metadata"].get("resourceVersion")) for each in (*bindings, *roles)))
    return Grants(namespace, found, tuple(name for kind, name in rules_of if kind == "Role"), versions)


def of_the_workspace(api: Api, namespace: str) -> set[str]:
    """The users that a workspace's own bindings name: the student's account, and the grader's, which mostly asks."""
    ours = {reviewing.oneself(api)}
    if api.place.service_account:
        ours.add(reviewing.account(api.place.service_account, namespace).user)
    if not api.place.grading:  # nothing tells a self-check who grades: it is called as workspaces call it
        ours.add(reviewing.account("grader", f"{namespace}-grader").user)
    return ours


def worth_asking(served: Served, grants: Iterable[Binding]) -> list[Action]:
    """Every action that the API server serves, and beside these what rules say about single objects.

    Raises:
        CheckFailed: there are more rules, or more single objects in them, than can be asked about.
    """
    kinds = dict(served.verbs)
    rules = [rule for binding in grants for rule in binding.rules or ()]
    if len(rules) > _MOST_RULES:
        raise CheckFailed(
            f"{len(rules)} rules are bound here",
            expected="rules that can be looked through",
            next_step="bind Roles with the few rules that are needed",
        )
    for rule in rules:
        # What nobody could list is asked about where a rule speaks of it: it may be back in a minute.
        for group in {*rule.groups} & {*served.silent}:
            kinds |= {(group, each): _STANDARD for each in rule.resources if (group, each) not in kinds}
    actions = {Action(verb, *kind): None for kind, verbs in kinds.items() for verb in verbs}
    named = _named(kinds, rules)
    if len(named) > _MOST_NAMED:
        raise CheckFailed(
            f"the Roles bound here name more than {_MOST_NAMED} single objects (`resourceNames`)",
            expected="rules that can be looked through",
            next_step="a right to all objects of a kind needs no names; one to nothing else needs no rule",
        )
    return list(actions | named)


def _named(kinds: dict[tuple[str, str], tuple[str, ...]], rules: list[Rule]) -> dict[Action, None]:
    """For each rule about single objects, what it could give, asked about the first of its names.

    Rules are bound whole: who may not do it to the first may not do it to the others by this rule either.
    """
    named: dict[Action, None] = {}
    for rule in dict.fromkeys(rules):
        first = next((name for name in rule.names if name and len(name) <= _NAME_CHARACTERS), "")
        if not first:
            continue
        for (group, resource), verbs in kinds.items():
            if not rule.covers(group, resource):
                continue
            for verb in verbs:
                if {"*", verb} & set(rule.verbs) and (verb not in _NAMELESS or "/" in resource):
                    named[Action(verb, group, resource, first)] = None
        if len(named) > _MOST_NAMED:
            break
    return named


def _reference(binding: JsonObject) -> tuple[str, str]:
    reference = binding.get("roleRef") or {}
    return str(reference.get("kind") or ""), str(reference.get("name") or "")


def _binding(document: JsonObject, rules_of: dict[tuple[str, str], tuple[Rule, ...] | None]) -> Binding:
    kind, name = _reference(document)
    return Binding(
        name=str(document["metadata"]["name"]),
        role_kind=kind,
        role=name,
        subjects=tuple(document.get("subjects") or ()),
        rules=rules_of.get((kind, name), ()),
        role_exists=(kind, name) in rules_of,
    )


def _rules(role: JsonObject) -> tuple[Rule, ...]:
    return tuple(
        Rule(*(tuple(rule.get(part) or ()) for part in ("apiGroups", "resources", "verbs", "resourceNames")))
        for rule in role.get("rules") or ()
    )


def _cluster_roles(api: Api, wanted: list[tuple[str, str]]) -> dict[tuple[str, str], tuple[Rule, ...] | None]:
    """The rules of ClusterRoles; None for those that this account may not read, which are most in a workspace."""
    found: dict[tuple[str, str], tuple[Rule, ...] | None] = dict.fromkeys(wanted)
    for kind, name in wanted[:_CLUSTER_ROLES_READ]:
        answer = api.exchange("GET", f"/apis/rbac.authorization.k8s.io/v1/clusterroles/{name}")
        if answer.status == 404:
            del found[(kind, name)]
        elif answer.status == 200:
            found[(kind, name)] = _rules(answer.document())
        else:
            break
    return found
