"""What a check cell can say: `from autograder import lab`.

    where         namespace · neighbour · images · service_account · grading
    criteria      criterion · points · expect · fail
    looking       get_object · exists · objects · everything · given · untouched · pods · kept_pods · behind ·
                  addresses · one_of_each · owner · logs · events
    waiting       wait · lasting · until · holds
    asking        get · post · request
    rights        can · rights · only_rights · nobody_else · account
    disturbing    replace · replaced · restart · would_be_ready · in_time
    Jobs          launched · due
    inside        probe · polled · on_volume
    told others   named · stand_in
    nodes         set_apart · tolerates · accepts_node
    to be seen    look
    made up       fresh_sentence · fresh_sentences · fresh_name

Every verb asks the cluster and waits as long as that makes sense; none reads a variable of the student's. The
same cell works in a student's own notebook and in the grader. course/checks.md explains each with an example.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.checks.beginning import given, untouched
from autograder.checks.comparing import expect, fail
from autograder.checks.connecting import current
from autograder.checks.criteria import criterion, points
from autograder.checks.foretelling import in_time, would_be_ready
from autograder.checks.inventory import everything
from autograder.checks.keeping import kept_pods
from autograder.checks.lasting import lasting
from autograder.checks.launching import launched
from autograder.checks.looking import events, exists, get_object, logs, objects, owner
from autograder.checks.permissions import account, can, nobody_else, only_rights, rights
from autograder.checks.placing import accepts_node, tolerates
from autograder.checks.pods import pods
from autograder.checks.polling import polled
from autograder.checks.probing import probe
from autograder.checks.replacing import replace, replaced
from autograder.checks.requests import Reply, get, post, request
from autograder.checks.rolling import restart
from autograder.checks.schedules import due
from autograder.checks.sentences import fresh_name, fresh_sentence, fresh_sentences
from autograder.checks.separating import set_apart
from autograder.checks.serving import addresses, behind, one_of_each
from autograder.checks.standing_in import named, stand_in
from autograder.checks.visiting import on_volume
from autograder.checks.waiting import holds, until, wait
from autograder.notebook.overlooking import look

if TYPE_CHECKING:
    namespace: str
    neighbour: str | None
    images: str
    service_account: str | None
    grading: bool

__all__ = [
    "Reply",
    "accepts_node",
    "account",
    "addresses",
    "behind",
    "can",
    "criterion",
    "due",
    "events",
    "everything",
    "exists",
    "expect",
    "fail",
    "fresh_name",
    "fresh_sentence",
    "fresh_sentences",
    "get",
    "get_object",
    "given",
    "holds",
    "in_time",
    "kept_pods",
    "lasting",
    "launched",
    "logs",
    "look",
    "named",
    "nobody_else",
    "objects",
    "on_volume",
    "one_of_each",
    "only_rights",
    "owner",
    "pods",
    "points",
    "polled",
    "post",
    "probe",
    "replace",
    "replaced",
    "request",
    "restart",
    "rights",
    "set_apart",
    "stand_in",
    "tolerates",
    "until",
    "untouched",
    "wait",
    "would_be_ready",
]

_WHERE = {
    "namespace": "namespace",
    "neighbour": "neighbour",
    "images": "image_prefix",
    "service_account": "service_account",
    "grading": "grading",
}


def __getattr__(name: str) -> Any:
    """Where the check is, found out at the first question and not at import."""
    if name in _WHERE:
        return getattr(current().place, _WHERE[name])
    raise AttributeError(f"module 'autograder.lab' has no attribute {name!r}")
