"""From what decides to the sentence that says so.

An outlook says what is the case; the words that explain it often stand elsewhere, in a Pod's last line or in its
latest warning. They are quoted, short, as the cluster's own.
"""

from __future__ import annotations

from autograder.checks import looking
from autograder.checks.api import Api
from autograder.checks.kinds import KNOWN, Target
from autograder.checks.settling import Outlook, quoted
from autograder.errors import AutograderError, ClusterError

_NODE_AWAY = ("(event NodeNotReady)", "(event TaintManagerEviction)")


def because(api: Api, namespace: str, outlook: Outlook) -> str:
    """What was found, with the line or event that decides where there is one.

    Raises:
        ClusterError: the event says that the node is away.
    """
    if not outlook.pod or not outlook.ask:
        return outlook.found
    target = Target(KNOWN["pods"], outlook.pod, namespace)
    try:
        looking.read(api, target)  # the Pod that decides belongs to the evidence
        said = last_words(api, target) if outlook.ask == "log" else last_warning(api, target)
    except AutograderError:
        return outlook.found  # the finding stands without the quotation
    if outlook.ask == "events" and any(sign in said for sign in _NODE_AWAY):
        raise ClusterError(f"{outlook.found}; {said}", next_step="nothing is held against the work")
    return f"{outlook.found}; {said}" if said else outlook.found


def last_words(api: Api, pod: Target) -> str:
    """The last line that a Pod's container wrote before it ended; '' if it wrote none."""
    text = looking.log_of(api, pod, lines=20, previous=True) or looking.log_of(api, pod, lines=20) or ""
    lines = [line for line in text.splitlines() if line.strip()]
    return f"the last line of its log: “{quoted(lines[-1])}”" if lines else "it wrote nothing to its log"


def last_warning(api: Api, about: Target) -> str:
    """The latest event of type Warning about an object; '' if there is none."""
    warnings = [event for event in looking.events_about(api, about) if event["type"] == "Warning"]
    return f"“{quoted(warnings[-1]['message'])}” (event {warnings[-1]['reason']})" if warnings else ""
