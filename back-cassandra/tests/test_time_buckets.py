"""Months, microseconds and the times in UUIDs, without a server."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from driver import Row
from repositories import time_buckets
from tests.samples import id_at

from shared.utils.errors import Invalid

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (NOON, 202611),
        (datetime(2026, 12, 31, 23, 30, tzinfo=timezone(timedelta(hours=-1))), 202701),
        (datetime(2027, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1))), 202612),
    ],
)
def test_a_month_is_that_of_utc(moment: datetime, month: int) -> None:
    assert time_buckets.month_at(moment) == month


def test_an_id_has_the_millisecond_it_was_made_at() -> None:
    moment = NOON + timedelta(milliseconds=123)
    first = time_buckets.first_id_at(moment)
    assert time_buckets.made_at(first) == time_buckets.made_at(UUID(id_at(moment))) == moment
    assert (first.version, first.variant) == (7, UUID(id_at(moment)).variant)
    assert time_buckets.first_id_at(moment - timedelta(milliseconds=1)) < first <= UUID(id_at(moment))


def test_microseconds_are_kept_both_ways() -> None:
    moment = NOON + timedelta(microseconds=7)
    assert time_buckets.micros(time_buckets.EPOCH + timedelta(seconds=1)) == 1_000_000
    assert time_buckets.moment(time_buckets.micros(moment)) == moment


@pytest.mark.parametrize("wrong", ["nobody", str(uuid4()), str(UUID(int=0)), str(time_buckets.LAST_ID)])
def test_what_is_no_id_with_a_time_is_refused_by_its_field(wrong: str) -> None:
    with pytest.raises(Invalid) as refused:
        time_buckets.uuid7(wrong, "cursor")
    assert "cursor" in str(refused.value.errors)


@pytest.mark.parametrize("days", [0, 1, 31, 365, 800])
def test_months_go_back_without_a_gap_as_far_as_anything_is_kept(days: int) -> None:
    now = datetime.now(UTC)
    oldest = now - timedelta(days=days)
    every = {time_buckets.month_at(now - timedelta(days=day)) for day in range(days + 1)}
    assert time_buckets.back_from(now, days) == sorted(every, reverse=True)
    assert time_buckets.back_from(oldest, days) == [time_buckets.month_at(oldest)]
    assert time_buckets.back_from(oldest - timedelta(days=32), days) == []


def test_a_clock_that_is_ahead_adds_no_month_but_the_next() -> None:
    newest, *_ = time_buckets.back_from(datetime.now(UTC) + timedelta(days=400), 1)
    assert newest == time_buckets.month_at(datetime.now(UTC) + time_buckets.SKEW)


@pytest.mark.parametrize(("limit", "asked"), [(3, [5, 4]), (4, [5, 4]), (5, [5, 4, 3, 2]), (100, [5, 4, 3, 2])])
async def test_older_months_are_asked_only_when_two_do_not_fill_the_page(limit: int, asked: list[int]) -> None:
    seen: list[int] = []

    async def fetch(month: int) -> list[Row]:
        seen.append(month)
        return [{"month": month}] * 2

    rows = await time_buckets.newest_first([5, 4, 3, 2], fetch, limit)
    assert seen == asked
    assert [row["month"] for row in rows] == [5, 5, 4, 4, 3, 3, 2, 2][:limit]
