"""What the workspaces are called, and the labels and annotations they are found by.

A namespace's name is for people; what decides is the label with the workspace's id. A second run must be
able to tell a workspace in use from one left behind, so each says when it expires and, where a process
holds it, which one.
"""

from __future__ import annotations

import os
import re
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

LABEL_WORKSPACE = "course.autograder/workspace"
LABEL_LAB = "course.autograder/lab"
LABEL_STUDENT = "course.autograder/student"
LABEL_ROLE = "course.autograder/role"
LABEL_SHARED = "course.autograder/shared"
ANNOTATION_EXPIRES = "course.autograder/expires"
ANNOTATION_HOLDER = "course.autograder/holder"
ANNOTATION_SET_APART = "course.autograder/set-apart"
"""The nodes that took nobody's Pods without a toleration when the workspace was made, by name: checks may not ask."""

_ALPHABET = "bcdfghjklmnpqrstvwxz2456789"  # Kubernetes' own for generated names: no vowels, so no words
_LABEL_LENGTH = 63
_NAME_PART_LENGTH = 20


@dataclass(frozen=True)
class Names:
    """What one workspace's namespaces are called."""

    id: str
    """Eight random characters."""
    namespace: str
    """Like lab02-ada-7f3c24bd."""

    @property
    def grader_namespace(self) -> str:
        return f"{self.namespace}-grader"

    @property
    def neighbour(self) -> str:
        return f"{self.namespace}-neighbour"


def new_names(lab: str, student: str) -> Names:
    """Names nobody has yet, as far as chance can tell; the API server has the last word."""
    identity = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    parts = [_name_part(lab.split("-", 1)[0]), _name_part(student), identity]
    name = "-".join(part for part in parts if part)
    return Names(identity, name if name[0].isalpha() else f"w-{name}")


def labels(identity: str, lab: str, student: str) -> dict[str, str]:
    """What every namespace of a workspace is labelled with."""
    return {
        LABEL_WORKSPACE: identity,
        LABEL_LAB: _label_value(lab),
        LABEL_STUDENT: _label_value(student),
    }


def promises(lab: str, student: str, *, lifetime_s: float, held: bool) -> dict[str, str]:
    """The exact names, which a label cannot always spell; the expiry; the process that holds it, if any."""
    expires = datetime.now(UTC) + timedelta(seconds=lifetime_s)
    exact = {
        LABEL_LAB: lab,
        LABEL_STUDENT: student,
        ANNOTATION_EXPIRES: expires.isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    holder = _this_process() if held else ""
    return exact | ({ANNOTATION_HOLDER: holder} if holder else {})


def is_left_behind(annotated: Mapping[str, str], *, older_than_s: float = 0) -> bool:
    """Whether a workspace with these annotations is nobody's any more.

    Args:
        annotated: of one of its namespaces.
        older_than_s: how long ago it must have expired. A holder that is gone needs no such margin.
    """
    return _holder_is_gone(annotated.get(ANNOTATION_HOLDER, "")) or _expired(
        annotated.get(ANNOTATION_EXPIRES, ""), older_than_s
    )


def is_past(moment: str, by_s: float) -> bool:
    """Whether a moment (RFC 3339) was more than so long ago; False where none is given."""
    return bool(moment) and _expired(moment, by_s)


def _expired(expires: str, older_than_s: float) -> bool:
    try:
        moment = datetime.fromisoformat(expires)
    except ValueError:
        return True  # ours by its label, and promised to nobody
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment + timedelta(seconds=older_than_s) <= datetime.now(UTC)


def _this_process() -> str:
    """This process in words that only this machine understands; empty where there is no /proc."""
    started = _start_time(os.getpid())
    return f"{_this_machine()} {os.getpid()} {started}" if started else ""


def _holder_is_gone(holder: str) -> bool:
    """Only ever true for a process of this very machine: of others nothing is known but the expiry."""
    machine, _, process = holder.partition(" ")
    if not holder or machine != _this_machine():
        return False
    pid, _, started = process.partition(" ")
    return _start_time(int(pid)) != started if pid.isdecimal() else False


def _this_machine() -> str:
    """Host name, boot and process namespace: a pid means something only within all three."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        processes = os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""
    return f"{socket.gethostname()}/{boot}/{processes}"


def _start_time(pid: int) -> str:
    """In clock ticks since boot (field 22 of proc(5)'s stat); empty when there is no such process."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    state, started = fields[0], fields[19]
    return "" if state in "ZX" else started


def _name_part(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:_NAME_PART_LENGTH].strip("-")


def _label_value(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", text)[:_LABEL_LENGTH].strip("-_.")
