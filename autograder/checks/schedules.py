"""When a CronJob starts its Jobs: its schedule in its time zone, worked out as the controller does.

However a schedule is written, what it comes to is a list of moments, and those are what a check compares. Five fields
and the usual words (`@daily`) are read here, in the spelling that the API server takes. What says no time of day
(`@every 24h`) or names no zone comes to no moment that anybody could know beforehand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from autograder.checks import looking
from autograder.checks.connecting import current
from autograder.checks.settling import quoted
from autograder.errors import CheckFailed, ClusterError

_WORDS = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


@dataclass(frozen=True)
class Schedule:
    """The five fields of a schedule."""

    minutes: tuple[int, ...]
    """of an hour, in order"""
    hours: tuple[int, ...]
    """of a day, in order"""
    days: frozenset[int]
    """of a month"""
    months: frozenset[int]
    """of a year"""
    weekdays: frozenset[int]
    """0 is Sunday"""
    either_day: bool
    """whether a day of the month or one of the week is enough: where both are given"""

    def is_on(self, day: date) -> bool:
        """Whether anything starts on that day."""
        by_date, by_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return day.month in self.months and (by_date or by_week if self.either_day else by_date and by_week)


def due(target: str, *, days: int = 366, namespace: str | None = None) -> Iterator[datetime]:
    """The moments at which a CronJob starts a Job, from now on, each as it is asked for.

    Raises:
        CheckFailed: there is no such CronJob, it is suspended, or nothing says when that is: it names no time zone, or
            an interval in place of a time.
        ClusterError: this machine does not know the time zone.
    """
    cronjob = looking.get_object(target, namespace=namespace)
    spec, name = cronjob.get("spec") or {}, cronjob["metadata"]["name"]
    if spec.get("suspend"):
        raise CheckFailed(
            f"CronJob `{name}` is suspended: it starts nothing",
            expected="one that starts Jobs by itself",
            next_step=f"kubectl get cronjob {name}, the column SUSPEND",
        )
    if not spec.get("timeZone"):
        raise CheckFailed(
            f"CronJob `{name}` names no time zone, and goes by whichever its cluster's controllers have",
            expected="`spec.timeZone`, by which its hours are meant",
            next_step="kubectl explain cronjob.spec.timeZone",
        )
    schedule = read_schedule(str(spec.get("schedule")))
    now = datetime.fromtimestamp(current().now(), UTC)
    return moments(schedule, _zone(str(spec["timeZone"])), now, days)


def moments(schedule: Schedule, zone: ZoneInfo, now: datetime, days: int) -> Iterator[datetime]:
    """Those of so many days, today included, that are not over yet."""
    first = now.astimezone(zone).date()
    for day in (first + timedelta(days=count) for count in range(days)):
        if not schedule.is_on(day):
            continue
        for hour in schedule.hours:
            for minute in schedule.minutes:
                moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                if moment > now:
                    yield moment


def read_schedule(text: str) -> Schedule:
    """A schedule from its five fields or its word.

    Raises:
        CheckFailed: it says how often, and not when.
    """
    fields = _WORDS.get(text.strip(), text).split()
    try:
        minutes, hours, days, months, weekdays = fields
        read = [_values(minutes, 0, 59), _values(hours, 0, 23), _values(days, 1, 31)]
        read += [_values(months, 1, 12, _MONTHS), _values(weekdays, 0, 6, _DAYS)]
    except ValueError:
        raise CheckFailed(
            f"the schedule “{quoted(text)}” says no time of day",
            expected="five fields (minute, hour, day of the month, month, day of the week), or a word like `@daily`",
            next_step="kubectl explain cronjob.spec.schedule",
        ) from None
    either_day = not (_is_any(days) or _is_any(weekdays))
    return Schedule(tuple(sorted(read[0])), tuple(sorted(read[1])), read[2], read[3], read[4], either_day)


def _values(field: str, lowest: int, highest: int, names: tuple[str, ...] = ()) -> frozenset[int]:
    """What a field stands for: numbers, names, ranges, steps and lists of these."""
    found: set[int] = set()
    for part in field.split(","):
        values, _, step = part.partition("/")
        first, _, last = values.partition("-")
        if first in ("*", "?"):
            begin, end = lowest, highest
        else:
            begin = _number(first, lowest, names)
            end = _number(last, lowest, names) if last else highest if step else begin
        if not lowest <= begin <= end <= highest:
            raise ValueError(field)
        found |= set(range(begin, end + 1, int(step) if step else 1))
    return frozenset(found)


def _number(text: str, lowest: int, names: tuple[str, ...]) -> int:
    name = text.lower()
    return names.index(name) + lowest if name in names else int(text)


def _is_any(field: str) -> bool:
    """Whether a field leaves it open; one with a step does not, as the controller sees it."""
    parts = (part.partition("/") for part in field.split(","))
    return any(values in ("*", "?") and step in ("", "1") for values, _, step in parts)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ClusterError(
            f"this machine does not know the time zone “{quoted(name)}”, and the API server does",
            next_step="install the system's package tzdata, or Python's; nothing is held against the work",
        ) from None
