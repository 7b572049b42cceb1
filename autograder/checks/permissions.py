"""Who may do what: access reviews, answered by the API server's own authorizer.

A review tells what is true whatever Roles and bindings say it in. The grader has no rights outside the workspace,
so it asks with a LocalSubjectAccessReview in the namespace concerned; a student who checks their own rights asks
with a SelfSubjectAccessReview.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.checks import looking
from autograder.checks.api import Api, JsonObject
from autograder.checks.connecting import current
from autograder.checks.kinds import KNOWN, Kind, Target
from autograder.errors import CheckFailed, ClusterError

_NAMED = 4
"""how many surprises of a matrix a message names"""


def can(action: str, *, as_: str | None = None, namespace: str | None = None, name: str | None = None) -> bool:
    """Whether a subject may do `action` (`"create pods"`, `"get pods/log"`) in a namespace.

    `as_`: `"serviceaccount/name"`, `"serviceaccount/name@namespace"`, `"user/name"`, `"group/name"`; None: the student.

    Raises:
        CheckFailed: the ServiceAccount does not exist.
    """
    api = current()
    namespace = namespace or api.place.namespace
    return _review(api, _attributes(action, namespace, name), _subject(api, as_))


def rights(
    as_: str | None,
    *,
    allow: Sequence[str] = (),
    deny: Sequence[str] = (),
    namespace: str | None = None,
) -> None:
    """Hold a subject's rights against a matrix.

    Raises:
        CheckFailed: something of `allow` is denied, or something of `deny` is allowed; names the first few.
    """
    api = current()
    namespace = namespace or api.place.namespace
    subject = _subject(api, as_)
    who = as_ or "the student"
    for actions, wanted in ((allow, True), (deny, False)):
        wrong = [each for each in actions if _review(api, _attributes(each, namespace, None), subject) is not wanted]
        if wrong:
            shown = ", ".join(f"`{each}`" for each in wrong[:_NAMED]) + (" and more" if len(wrong) > _NAMED else "")
            raise CheckFailed(
                f"{who} {'may not' if wanted else 'may'} {shown} in namespace `{namespace}`",
                expected=f"{len(actions)} actions to be {'allowed' if wanted else 'denied'}",
                next_step=f"what do its roles say? kubectl get rolebindings -o wide -n {namespace}",
            )


def _review(api: Api, attributes: JsonObject, subject: JsonObject) -> bool:
    namespace = attributes["namespace"]
    review: JsonObject = {
        "apiVersion": "authorization.k8s.io/v1",
        "spec": {"resourceAttributes": attributes, **subject},
    }
    if subject:
        review |= {"kind": "LocalSubjectAccessReview", "metadata": {"namespace": namespace}}
        path = f"/apis/authorization.k8s.io/v1/namespaces/{namespace}/localsubjectaccessreviews"
    else:
        review |= {"kind": "SelfSubjectAccessReview"}
        path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
    answer = api.ask("POST", path, body=review)
    if answer is None:
        raise ClusterError(f"there is no namespace {namespace!r} to ask in")
    return (answer.get("status") or {}).get("allowed") is True


def _attributes(action: str, namespace: str, name: str | None) -> dict[str, Any]:
    verb, _, what = action.strip().partition(" ")
    spelling, _, subresource = what.strip().partition("/")
    if not verb or not spelling:
        raise ClusterError(f"{action!r} is no action", expected="a verb and a resource, such as 'create pods'")
    resource, _, group = spelling.partition(".")
    known: Kind | None = KNOWN.get(resource)
    if not group and known is not None:
        resource, group = known.plural, known.group
    attributes = {"verb": verb, "resource": resource, "group": group, "namespace": namespace}
    return attributes | ({"subresource": subresource} if subresource else {}) | ({"name": name} if name else {})


def _subject(api: Api, as_: str | None) -> JsonObject:
    """The part of a review that says who; {} for oneself."""
    if as_ is None:
        if api.place.service_account is None:
            return {}
        as_ = f"serviceaccount/{api.place.service_account}"
    kind, _, name = as_.partition("/")
    if kind in ("serviceaccount", "sa") and name:
        return _service_account(api, name)
    if kind == "user" and name:
        return {"user": name, "groups": ["system:authenticated"]}
    if kind == "group" and name:
        return {"user": f"member-of-{name}", "groups": [name, "system:authenticated"]}
    raise ClusterError(f"{as_!r} is no subject", expected="'serviceaccount/name', 'user/name' or 'group/name'")


def _service_account(api: Api, written: str) -> JsonObject:
    name, _, namespace = written.partition("@")
    target = Target(KNOWN["serviceaccounts"], name, namespace or api.place.namespace)
    # A review answers for a name that nobody bears as well; work that gives rights to nobody is not done.
    if looking.read(api, target) is None:
        raise looking.missing(api, target)
    groups = ["system:serviceaccounts", f"system:serviceaccounts:{target.namespace}", "system:authenticated"]
    return {"user": f"system:serviceaccount:{target.namespace}:{name}", "groups": groups}
