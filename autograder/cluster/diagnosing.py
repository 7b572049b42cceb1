"""Which component keeps a cluster from being ready, and what it said last.

Components wait for each other, so the one that is asked for is seldom the one that fails: an API server is not ready
because etcd has no room on the disk. Whoever waits in vain is told the first that ends again and again, or that never
came so far, with the last words of its own log.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.cluster import remembering

_READ_BYTES = 32_000
_LONGEST_WORDS = 500
_RECENTLY_S = 120
_COMPLAINT = re.compile(
    r'^[EF]\d{4} |level=(fatal|error|panic)|"level":"(fatal|error|panic)"|^panic:|\berror\b|failed|Error'
)
_GRAVEST = re.compile(r'^F\d{4} |level=(fatal|panic)|"level":"(fatal|panic)"|^panic:|command failed|^Error:')


_REMEDIES = {
    "too many open files": "raise what the machine allows (sysctl -w fs.inotify.max_user_instances=1024), or take other"
    " clusters down, then run the command again; ",
}
"""What to do about last words that do not say it themselves, by a part of them."""


@dataclass(frozen=True)
class Ailing:
    """The component to look at."""

    component: str
    found: str
    """What is the matter with it, as a sentence without an end."""

    @property
    def remedy(self) -> str:
        """What to do besides reading its log; empty where that is not known."""
        return next((remedy for words, remedy in _REMEDIES.items() if words in self.found), "")


def ailing(directory: Path, asked_for: str, *, held_by: Path | None = None) -> Ailing:
    """The component that keeps the cluster in `directory` from what is waited for.

    Args:
        asked_for: who would have had to answer; named where no other is worse off.
        held_by: the cluster's own directory, where the other is a further node's.
    """
    parts = [each for each in remembering.read_json(directory / "state.json") or [] if isinstance(each, dict)]
    if not parts or _is_old(directory / "state.json", held_by or directory):
        return Ailing("keeper", _sentence(directory, "keeper", "the supervisor of its components has not started"))
    for part in parts:
        name, starts = str(part.get("name")), part.get("starts")
        if isinstance(starts, int) and starts > 1:
            times = "once" if starts == 2 else f"{starts - 1} times"
            return Ailing(name, _sentence(directory, name, f"{name} has ended {times}"))
    for part in parts:
        name = str(part.get("name"))
        if part.get("state") == "waiting" and name != asked_for:
            waits_for = part.get("waits_for")
            if waits_for:
                continue  # for another component, which is the one to name
            return Ailing(name, f"{name} has not started: its program is not there yet")
        if name == asked_for:
            break
    return Ailing(asked_for, _sentence(directory, asked_for, f"{asked_for} runs and is not ready"))


def last_words(log: Path) -> str:
    """The line of a log that says why, or its last one; empty where there is nothing."""
    try:
        with log.open("rb") as file:
            file.seek(max(log.stat().st_size - _READ_BYTES, 0))
            lines = [line.strip() for line in file.read().decode(errors="replace").splitlines() if line.strip()]
    except OSError:
        return ""
    for wanted in (_GRAVEST, _COMPLAINT):
        for line in reversed(lines):
            if wanted.search(line):
                return _clipped(line)
    return _clipped(lines[-1]) if lines else ""


def _sentence(directory: Path, component: str, what: str) -> str:
    words = last_words(directory / "logs" / f"{component}.log")
    if component != "containerd" and "containerd.sock" in words:  # it runs, without the part that is spoken to
        words += f"; containerd's: {last_words(directory / 'logs' / 'containerd.log')}"
    return f"{what}; its last words: {words}" if words else f"{what}, and has said nothing"


def _clipped(line: str) -> str:
    return line if len(line) <= _LONGEST_WORDS else f"{line[: _LONGEST_WORDS // 2]} … {line[-_LONGEST_WORDS // 2 :]}"


def _is_old(state: Path, directory: Path) -> bool:
    """Whether the file is from another life of the cluster, whose supervisor is gone."""
    from autograder.cluster.processes import Recorded

    holder = Recorded.read(directory / "holder.json")
    return (holder is None or not holder.alive) and time.time() - state.stat().st_mtime > _RECENTLY_S / 60
