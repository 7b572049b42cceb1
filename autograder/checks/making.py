"""An object of the check's own beside the student's: a Job of their template, a Pod like theirs.

What refuses it decides whose fault that is. The student's own objects were let in once, so no room, or a template that
has become invalid, is a finding; rights that are missing, or a policy of the platform's that wants more of a copy than
of them, are ours.
"""

from __future__ import annotations

import re

from autograder.checks.api import Api, JsonObject
from autograder.checks.kinds import Target
from autograder.cluster.refusals import refusal
from autograder.errors import CheckFailed, ClusterError

_OURS = re.compile(
    r'cannot \w+ resource "|admission webhook "|failed calling webhook "|ValidatingAdmissionPolicy \'|being terminated'
)
_NO_ROOM = "exceeded quota"


def make(api: Api, target: Target, document: JsonObject, *, what: str, in_the_way: str) -> JsonObject:
    """Make one, and give it as the API server has it.

    Args:
        what: what it is, as in `"Job of this template"`.
        in_the_way: the kinds that take up room, as `kubectl get` wants them.

    Raises:
        CheckFailed: there is no room for one more, or it is not valid.
        ClusterError: this account may not make one, or somebody's policy is against it.
    """
    answer = api.exchange("POST", target.kind.collection(target.namespace), body=document)
    if answer.status < 300:
        return answer.document()
    said = answer.message()
    if answer.status in (400, 403, 422) and not _OURS.search(said):
        raise CheckFailed(
            f"one more {what} is refused: “{said}”",
            expected=f"that another {what} can be made",
            next_step=f"kubectl get {in_the_way}; delete what is over and not needed"
            if _NO_ROOM in said
            else "the sentence names what forbids it: does what you made say that, or kubectl describe quota,limits?",
        )
    refused = refusal(answer.status, said)
    raise ClusterError(
        f"{'the grader' if api.place.grading else 'your account'} cannot make a {what}: {said}"
        + (f" (by {refused.by})" if refused.by else ""),
        next_step=f"{refused.next_step}; nothing is held against the work",
    )
