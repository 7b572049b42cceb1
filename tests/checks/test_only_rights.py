"""Nothing more, and nobody else: asked of the real authorizer about all that the API server serves."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from checks.conftest import Playground

from autograder import lab
from autograder.checks import connecting, discovering, granting
from autograder.checks.api import Answer, Api, Place
from autograder.checks.criteria import Verdict
from autograder.checks.reviewing import Action

pytestmark = pytest.mark.live
Run = Callable[[Callable[[], Any]], Verdict]
RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/{}"
GROUP = "rbac.authorization.k8s.io"
NOTEBOOK = "serviceaccount/notebook"
WORK = ["create pods", "delete pods", "get pods", "list pods", "watch pods", "get pods/log"]
RULES = [
    {"apiGroups": [""], "resources": ["pods"], "verbs": ["create", "delete", "get", "list", "watch"]},
    {"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"]},
]
ACCOUNT = {"kind": "ServiceAccount", "name": "notebook"}


class Team(Playground):
    """A namespace in which somebody gives rights away."""

    def account(self, name: str) -> None:
        document = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": name}}
        self.create("/api/v1/namespaces/{}/serviceaccounts", document)

    def role(self, name: str, *rules: dict[str, Any]) -> None:
        head = {"apiVersion": f"{GROUP}/v1", "kind": "Role", "metadata": {"name": name}}
        self.create(RBAC + "/roles", {**head, "rules": list(rules)})

    def bind(self, role: str, *subjects: dict[str, Any], kind: str = "Role", name: str = "") -> None:
        head = {"apiVersion": f"{GROUP}/v1", "kind": "RoleBinding", "metadata": {"name": name or f"bind-{role}"}}
        reference = {"apiGroup": GROUP, "kind": kind, "name": role}
        self.create(RBAC + "/rolebindings", {**head, "roleRef": reference, "subjects": list(subjects)})


@pytest.fixture
def team(admin: Api) -> Iterator[Team]:
    """A fresh namespace with the account `notebook`, asked about as the grader would."""
    name = f"checks-{uuid.uuid4().hex[:8]}"
    admin.ask("POST", "/api/v1/namespaces", body={"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}})
    api = Api(admin.account, Place(name, f"{name}-grader", service_account="student"))
    connecting.use(api)
    made = Team(api, name)
    made.account("notebook")
    yield made
    connecting.use(None)
    admin.ask("DELETE", f"/api/v1/namespaces/{name}")


def rule(resource: str, *verbs: str, group: str = "", names: tuple[str, ...] = ()) -> dict[str, Any]:
    said = {"apiGroups": [group], "resources": [resource], "verbs": list(verbs)}
    return said | ({"resourceNames": list(names)} if names else {})


def at_work(team: Team, *more: dict[str, Any]) -> None:
    team.role("work", *RULES, *more)
    team.bind("work", ACCOUNT)
    assert lab.until(lambda: lab.can("get pods/log", as_=NOTEBOOK))


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (rule("events", "list"), "`list` on `events`"),
        (rule("deployments/scale", "patch", group="apps"), "`patch` on `deployments.apps/scale`"),
        (rule("replicasets", "get", group="apps"), "`get` on `replicasets.apps`"),
        (rule("leases", "update", group="coordination.k8s.io"), "`update` on `leases.coordination.k8s.io`"),
        (rule("pods", "update", names=("worker-0",)), "`update` on `pods` named `worker-0`"),
        (rule("configmaps", "watch", names=("a", "b")), "`watch` on `configmaps` named `a`"),
        (rule("pods/resize", "patch"), "`patch` on `pods/resize`"),
        (rule("serviceaccounts", "impersonate"), "`impersonate` on `serviceaccounts`"),
        (rule("roles", "escalate", group=GROUP), f"`escalate` on `roles.{GROUP}`"),
        (rule("clusterroles", "bind", group=GROUP), f"`bind` on `clusterroles.{GROUP}`"),
        (rule("namespaces", "delete"), "`delete` on `namespaces`"),
        (rule("*", "deletecollection"), "`deletecollection` on `"),
        (rule("pods", "get", group="metrics.k8s.io"), "`get` on `pods.metrics.k8s.io`"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_right_of_any_kind_that_is_too_much_is_found_and_named(
    team: Team, verdict_of: Run, more: dict[str, Any], named: str
) -> None:
    at_work(team, more)
    verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
    assert (verdict.state, verdict.message) == ("failed", verdict.message)
    assert named in verdict.found
    assert "RoleBinding `bind-work` (Role `work`)" in verdict.found
    assert "kubectl edit role work" in verdict.next_step


@pytest.mark.parametrize(
    "more",
    [
        rule("pods", "red", "Get", "start"),
        rule("pods/log", "*"),
        rule("pods", "get", names=("worker-0",)),
        rule("podz", "get"),
        rule("configmaps", "create", names=("x",)),
        rule("nodes", "get", "list"),
    ],
    ids=lambda value: f"{value['resources'][0]}-{value['verbs'][0]}",
)
def test_a_rule_that_no_request_can_use_is_nothing_more(team: Team, more: dict[str, Any]) -> None:
    at_work(team, more)
    lab.only_rights(NOTEBOOK, allow=WORK)
    lab.nobody_else(NOTEBOOK, core=WORK)


def test_what_is_left_out_costs_nothing_there_and_all_of_it_where_it_is_asked_about(
    team: Team, verdict_of: Run
) -> None:
    at_work(team, rule("secrets", "watch", names=("token",)), rule("pods/exec", "create"))
    doors = ["* secrets", "* pods/exec"]
    lab.only_rights(NOTEBOOK, allow=WORK, apart_from=doors)
    verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=[], among=doors))
    assert "`create` on `pods/exec`; `watch` on `secrets` named `token`" in verdict.found
    assert "no right on `pods/exec`, `secrets`" in verdict.expected


def test_a_kind_that_an_operator_brought_is_asked_about(team: Team, admin: Api, verdict_of: Run) -> None:
    plural = f"gadgets{uuid.uuid4().hex[:6]}"
    group = "checks.example.com"
    definition = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{plural}.{group}"},
        "spec": {
            "group": group,
            "scope": "Namespaced",
            "names": {"plural": plural, "singular": plural[:-1], "kind": plural.capitalize()},
            "versions": [
                {"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {"type": "object"}}}
            ],
        },
    }
    admin.ask("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body=definition)
    try:
        at_work(team, rule("*", "list", group=group))
        assert lab.until(lambda: (group, plural) in discovering.served(admin).verbs)
        verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
        assert f"`list` on `{plural}.{group}`" in verdict.found
    finally:
        admin.ask("DELETE", f"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.{group}")


def test_an_api_that_is_down_stops_nothing_and_is_asked_about_where_a_rule_names_it(
    team: Team, admin: Api, verdict_of: Run
) -> None:
    group = f"g{uuid.uuid4().hex[:6]}.example.com"
    service = {"namespace": "default", "name": "nobody-there", "port": 443}
    spec = {"group": group, "version": "v1", "service": service, "insecureSkipTLSVerify": True}
    spec |= {"groupPriorityMinimum": 1, "versionPriority": 1}
    document = {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "spec": spec}
    admin.ask(
        "POST", "/apis/apiregistration.k8s.io/v1/apiservices", body={**document, "metadata": {"name": f"v1.{group}"}}
    )
    try:
        assert lab.until(lambda: group in discovering.served(admin).silent)
        at_work(team)
        lab.only_rights(NOTEBOOK, allow=WORK)
        team.role("down", rule("things", "get", group=group))
        team.bind("down", ACCOUNT)
        assert lab.until(lambda: lab.can(f"get things.{group}", as_=NOTEBOOK))
        verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
        assert f"`get` on `things.{group}`" in verdict.found
        assert any(group in exhibit.text for exhibit in verdict.evidence)
    finally:
        admin.ask("DELETE", f"/apis/apiregistration.k8s.io/v1/apiservices/v1.{group}")


def test_a_server_too_old_to_say_it_all_at_once_is_asked_group_by_group(
    admin: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = discovering.served(admin).verbs
    monkeypatch.setattr(discovering, "_AGGREGATED", "application/json")
    assert discovering.served(admin).verbs == whole


SOMEBODY_ELSE = [
    ({"kind": "Group", "name": "system:unauthenticated"}, "anybody without a token"),
    ({"kind": "User", "name": "system:anonymous"}, "`system:anonymous`"),
    ({"kind": "Group", "name": "system:authenticated"}, "`system:authenticated`"),
    ({"kind": "Group", "name": "data-team"}, "`data-team`"),
    ({"kind": "User", "name": "ada\x1b[31m"}, "ada"),
    ({"kind": "ServiceAccount", "name": "default"}, "ServiceAccount `default`"),
    ({"kind": "ServiceAccount", "name": "ghost"}, "ServiceAccount `ghost`"),
    ({"kind": "ServiceAccount", "name": "notebook", "namespace": "kube-system"}, "of namespace `kube-system`"),
]


@pytest.mark.parametrize(("subject", "shown"), SOMEBODY_ELSE, ids=[f"{s['kind']}-{n}" for s, n in SOMEBODY_ELSE])
def test_anybody_else_whom_a_binding_names_is_found_with_the_binding(
    team: Team, verdict_of: Run, subject: dict[str, Any], shown: str
) -> None:
    at_work(team)
    lab.nobody_else(NOTEBOOK, core=WORK)
    team.role("other", rule("configmaps", "get", names=("settings",)))
    team.bind("other", subject)
    assert lab.until(lambda: not passes(lambda: lab.nobody_else(NOTEBOOK, core=WORK)))
    verdict = verdict_of(lambda: lab.nobody_else(NOTEBOOK, core=WORK))
    assert verdict.state == "failed"
    assert shown in verdict.found
    assert "`get` on `configmaps` named `settings`" in verdict.found
    assert "kubectl edit rolebinding bind-other" in verdict.next_step
    assert "\x1b" not in json.dumps([verdict.message])


def passes(question: Callable[[], Any]) -> bool:
    try:
        question()
    except AssertionError:
        raise
    except Exception:
        return False
    return True


def test_a_subject_added_to_a_binding_that_was_there_before_counts(team: Team, verdict_of: Run) -> None:
    team.account("student")
    student = {"kind": "ServiceAccount", "name": "student"}
    team.role("delegation", rule("secrets", "*"))
    team.bind("delegation", student)
    at_work(team)
    lab.nobody_else(NOTEBOOK, core=WORK)
    path = f"{RBAC}/rolebindings/bind-delegation".format(team.namespace)
    document = team.api.ask("GET", path) or {}
    default = {"kind": "ServiceAccount", "name": "default", "namespace": team.namespace}
    team.api.ask("PUT", path, body={**document, "subjects": [*document["subjects"], default]})
    assert lab.until(lambda: lab.can("get secrets", as_="serviceaccount/default"))
    verdict = verdict_of(lambda: lab.nobody_else(NOTEBOOK, core=WORK))
    assert "ServiceAccount `default` may" in verdict.found


def test_the_account_itself_written_as_a_user_is_nobody_else(team: Team) -> None:
    team.role("work", *RULES)
    team.bind("work", {"kind": "User", "name": f"system:serviceaccount:{team.namespace}:notebook"})
    assert lab.until(lambda: lab.can("create pods", as_=NOTEBOOK))
    lab.nobody_else(NOTEBOOK, core=WORK)
    lab.only_rights(NOTEBOOK, allow=WORK)


def test_rights_that_are_taken_back_while_they_are_judged_are_missed(team: Team, verdict_of: Run) -> None:
    at_work(team)
    lab.rights(NOTEBOOK, allow=WORK)
    lab.only_rights(NOTEBOOK, allow=WORK)
    team.role("little", RULES[1])
    team.bind("little", ACCOUNT)
    team.api.ask("DELETE", f"{RBAC}/rolebindings/bind-work".format(team.namespace))
    assert lab.until(lambda: not lab.can("create pods", as_=NOTEBOOK))
    verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
    assert (verdict.state, "may no longer: `create`, `delete`" in verdict.found) == ("failed", True)


def test_what_somebody_may_do_on_the_whole_cluster_was_not_given_here(team: Team) -> None:
    at_work(team)
    team.role("nothing")
    team.bind("nothing", {"kind": "Group", "name": "system:masters"})
    lab.nobody_else(NOTEBOOK, core=WORK)


def test_more_names_or_subjects_than_can_be_asked_about_are_a_finding(team: Team, verdict_of: Run) -> None:
    at_work(team, *(rule("*", "*", names=(f"n{index}",)) for index in range(40)))
    verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
    assert (verdict.state, "resourceNames" in verdict.found) == ("failed", True)
    team.bind("work", *({"kind": "User", "name": f"u{index}"} for index in range(60)), name="crowd")
    verdict = verdict_of(lambda: lab.nobody_else(NOTEBOOK, core=WORK))
    assert (verdict.state, "60 subjects" in verdict.found) == ("failed", True)


def test_rules_and_names_of_any_size_are_a_finding_and_soon(team: Team, verdict_of: Run) -> None:
    at_work(team, *(rule("nothing", "get", names=(f"n{index}",)) for index in range(3000)))
    verdict = verdict_of(lambda: lab.only_rights(NOTEBOOK, allow=WORK))
    assert (verdict.state, "3002 rules" in verdict.found) == ("failed", True)
    team.bind("work", {"kind": "User", "name": "u" * 200_000}, name="long")
    verdict = verdict_of(lambda: lab.nobody_else(NOTEBOOK, core=WORK))
    assert (verdict.state, "`long` names a subject" in verdict.found) == ("failed", True)


def test_an_authorizer_that_cannot_decide_leaves_it_unchecked(
    team: Team, verdict_of: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work(team)
    body = json.dumps({"status": {"allowed": False, "evaluationError": "webhook: no route to host"}}).encode()

    def undecided(self: Api, method: str, path: str, **_: Any) -> Answer:
        return Answer(201, {}, body)

    with monkeypatch.context() as patched:
        patched.setattr(Api, "exchange", undecided)
        verdict = verdict_of(lambda: lab.can("create pods", as_="user/ada"))
    assert (verdict.state, "no route to host" in verdict.message) == ("unchecked", True)


MISSES: list[tuple[str, Callable[[Team], None], str, str]] = [
    ("nothing", lambda team: None, "neither a Role nor a RoleBinding", "the cell with the Role"),
    ("no-binding", lambda team: team.role("work", *RULES), "no RoleBinding that you made", "the cell with the RoleB"),
    (
        "empty",
        lambda team: (team.role("work"), team.bind("work", ACCOUNT)),
        "Role `work` has no rules",
        "describe role",
    ),
    ("no-role", lambda team: team.bind("absent", ACCOUNT), "Role `absent`, and there is none", "cannot be changed"),
    (
        "another-account",
        lambda team: (team.role("work", *RULES), team.bind("work", {"kind": "ServiceAccount", "name": "notebooks"})),
        "`bind-work` names ServiceAccount `notebooks`",
        "compare the subjects",
    ),
    (
        "another-namespace",
        lambda team: (team.role("work", *RULES), team.bind("work", {**ACCOUNT, "namespace": "team-a"})),
        "of namespace `team-a`",
        "correct its subjects",
    ),
    (
        "a-user",
        lambda team: (team.role("work", *RULES), team.bind("work", {"kind": "User", "name": "notebook"})),
        "names a User `notebook`",
        "correct its subjects",
    ),
    (
        "misspelt-verb",
        lambda team: (team.role("work", rule("pods", "creat")), team.bind("work", ACCOUNT)),
        "has the verb `creat`, which no request has",
        "kubectl describe role work",
    ),
    (
        "misspelt-resource",
        lambda team: (team.role("work", rule("pod", "create")), team.bind("work", ACCOUNT)),
        "names `pod` in the group ``, and there is no such resource",
        "kubectl describe role work",
    ),
    (
        "wrong-group",
        lambda team: (team.role("work", rule("pods", "create", group="apps")), team.bind("work", ACCOUNT)),
        "names `pods` in the group `apps`; it is in the group ``",
        "kubectl describe role work",
    ),
    (
        "one-name",
        lambda team: (team.role("work", rule("pods", "create", names=("w",))), team.bind("work", ACCOUNT)),
        "only for objects named `w`",
        "kubectl describe role work",
    ),
    (
        "too-little",
        lambda team: (team.role("work", rule("pods", "get")), team.bind("work", ACCOUNT)),
        "gives `create` on `pods`",
        "kubectl describe role work",
    ),
]


@pytest.mark.parametrize(
    ("make", "found", "next_step"), [each[1:] for each in MISSES], ids=[each[0] for each in MISSES]
)
def test_why_a_right_is_missing_is_told_apart(
    team: Team, verdict_of: Run, make: Callable[[Team], None], found: str, next_step: str
) -> None:
    make(team)
    verdict = verdict_of(lambda: lab.rights(NOTEBOOK, allow=["create pods"]))
    assert verdict.state == "failed"
    assert "`create` on `pods`" in verdict.expected
    assert found in verdict.found
    assert next_step in verdict.next_step


def test_a_namespace_in_which_nothing_was_made_is_named_as_that(team: Team, verdict_of: Run) -> None:
    verdict = verdict_of(lambda: lab.account("serviceaccount/runner"))
    assert "there is `default`, `notebook`" in verdict.found
    team.api.ask("DELETE", f"/api/v1/namespaces/{team.namespace}/serviceaccounts/notebook")
    verdict = verdict_of(lambda: lab.account(NOTEBOOK))
    assert "nothing else was made there" in verdict.found
    assert "the variable `namespace`" in verdict.next_step


def test_a_single_name_of_a_rule_stands_for_all_of_them() -> None:
    served = discovering.Served({("", "secrets"): ("get", "create")})
    many = granting.Rule(("",), ("secrets",), ("*",), tuple(f"n{index}" for index in range(900)))
    bound = granting.Binding("b", "Role", "r", (), (many,), role_exists=True)
    asked = granting.worth_asking(served, [bound])
    assert [each for each in asked if each.name] == [Action("get", "", "secrets", "n0")]
