"""A schedule comes to the moments at which a CronJob starts its Jobs, however it is spelt."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from autograder.checks.schedules import moments, read_schedule
from autograder.errors import CheckFailed

NOW = datetime(2026, 11, 30, 4, 30, tzinfo=UTC)  # a Monday
TOKYO = ZoneInfo("Asia/Tokyo")


def first(text: str, count: int = 3, zone: ZoneInfo = TOKYO) -> list[str]:
    found = islice(moments(read_schedule(text), zone, NOW, 366), count)
    return [moment.strftime("%m-%d %H:%M") for moment in found]


@pytest.mark.parametrize(
    "text",
    [
        "0 3 * * *",
        "00 03 * * *",
        "0 3 1-31 * *",
        "0 3 */1 * ?",
        "0 3 * jan-dec SUN-SAT",
        "0 3 * 1-6,7-12 0,1-6",
        "0 3-3/1 * * *",
    ],
)
def test_three_at_night_in_any_spelling(text: str) -> None:
    assert first(text) == ["12-01 03:00", "12-02 03:00", "12-03 03:00"]
    assert len(list(moments(read_schedule(text), TOKYO, NOW, 366))) == 365


def test_words() -> None:
    assert first("@daily") == first("@midnight") == ["12-01 00:00", "12-02 00:00", "12-03 00:00"]
    assert first("@hourly", 2) == ["11-30 14:00", "11-30 15:00"]
    assert first("@weekly", 2) == ["12-06 00:00", "12-13 00:00"]


def test_lists_steps_and_what_is_over_today() -> None:
    assert first("*/30 13,20 * * *", 4) == ["11-30 20:00", "11-30 20:30", "12-01 13:00", "12-01 13:30"]
    assert first("50/5 * * * *", 3) == ["11-30 13:50", "11-30 13:55", "11-30 14:50"]


def test_a_day_of_the_month_or_one_of_the_week_is_enough_where_both_are_given() -> None:
    assert first("0 3 2 * thu", 3) == ["12-02 03:00", "12-03 03:00", "12-10 03:00"]
    assert first("0 3 */2 * 4", 3) == ["12-01 03:00", "12-03 03:00", "12-05 03:00"]  # a step is no star to it
    assert first("0 3 * * 4", 2) == ["12-03 03:00", "12-10 03:00"]


def test_a_zone_has_its_own_days() -> None:
    assert first("30 18 * * *", 1, ZoneInfo("Etc/UTC")) == ["11-30 18:30"]
    [moment] = islice(moments(read_schedule("30 18 * * *"), ZoneInfo("Etc/UTC"), NOW, 3), 1)
    assert moment.astimezone(TOKYO).strftime("%m-%d %H:%M") == "12-01 03:30"


def test_what_never_comes_comes_to_nothing() -> None:
    assert first("0 3 30 2 *") == []


@pytest.mark.parametrize(
    "text",
    ["@every 24h", "", "0 3 * *", "TZ=Asia/Tokyo 0 3 * * *", "a b c d e", "0 3 * * 5-1", "99 3 * * *", "0/0 3 * * *"],
)
def test_what_says_no_time_of_day_fails_the_criterion(text: str) -> None:
    with pytest.raises(CheckFailed, match="no time of day"):
        read_schedule(text)
