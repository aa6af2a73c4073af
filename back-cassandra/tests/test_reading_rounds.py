"""How far one call about notifications or the audit log reads, without a server."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import pytest
from database import Database
from driver import Row
from repositories import audit_repository, read_mark_repository, read_through, time_buckets
from repositories.audit_repository import BUCKETS, AuditQuery, AuditRepository
from repositories.read_mark_repository import ReadMarkRepository
from tests.fake_database import FakeDatabase
from tests.samples import audit_entry, id_at

from shared.models.audit import AuditEntry
from shared.utils.errors import Invalid

NOW = datetime.now(UTC)
USER = UUID(id_at(NOW))


def made(count: int, *, every: timedelta = timedelta(seconds=1)) -> list[UUID]:
    """Ids, newest first."""
    return [UUID(id_at(NOW - number * every)) for number in range(count)]


class Notifications(FakeDatabase):
    """Those of a user; `read` are the ids of the read ones, and `points` up to where all was read at once."""

    def __init__(self, ids: list[UUID], read: int = 0) -> None:
        super().__init__(self._rows)
        self.points: list[Row] = []
        self.rows: list[Row] = [
            {
                "id": each, "user_id": USER, "kind": "welcome", "title": "T", "body": "B", "link": None, "ttl": 9,
                "created_at": NOW, "read_at": NOW if number < read else None, "unread_at": None, "live": True, "quiet": False,
                "stored_at": time_buckets.micros(time_buckets.made_at(each)),
            }
            for number, each in enumerate(ids)
        ]  # fmt: skip

    def _rows(self, statement: str, *parameters: Any) -> list[Row]:
        if "notifications_read_through" in statement:
            return self.points
        if not statement.startswith("SELECT"):
            return []
        _, month, below, limit = parameters
        found = [row for row in self.rows if row["id"] < below and month_of(row["id"]) == month]
        return found[:limit]

    def asked(self, what: int) -> list[Any]:
        """The parameter number `what` of each question for notifications."""
        return [parameters[what] for parameters in self.queries if len(parameters) == 4]


def month_of(event_id: UUID) -> int:
    return time_buckets.month_at(time_buckets.made_at(event_id))


def marks(database: FakeDatabase) -> ReadMarkRepository:
    return ReadMarkRepository(cast(Database, database))


@pytest.mark.parametrize(("total", "read", "unread"), [(0, 0, 0), (7, 2, 5), (1200, 0, 1000), (1200, 700, 500)])
async def test_unread_ones_are_counted_up_to_a_thousand(total: int, read: int, unread: int) -> None:
    assert await marks(Notifications(made(total), read)).unread_count(USER) == unread


async def test_counting_ends_where_all_was_read_before() -> None:
    ids = made(40, every=timedelta(days=1))
    database = Notifications(ids)
    read = {"stored_through": database.rows[4]["stored_at"], "read_at": NOW, "unread_from": None}
    database.points = [read]
    assert await marks(database).unread_count(USER) == 4
    assert len(database.asked(1)) <= 3


def test_what_was_stored_up_to_a_point_was_read_when_it_was() -> None:
    first = NOW - timedelta(days=2)
    second = NOW
    points = read_through.ReadThrough((100, 200), (first, second))
    rows = [{"read_at": None, "unread_at": None, "stored_at": stored} for stored in (None, 100, 101, 200, 201)]
    assert [points.read_at_of(row) for row in rows] == [first, first, second, second, None]
    as_driver_gives_it = NOW.replace(tzinfo=None)
    assert points.read_at_of({"read_at": as_driver_gives_it, "unread_at": None, "stored_at": 1}) == NOW
    assert read_through.ReadThrough().oldest_unread == time_buckets.EPOCH
    assert points.oldest_unread == time_buckets.moment(200) - timedelta(days=7)


def test_what_was_marked_as_unread_is_read_by_what_came_later_alone() -> None:
    first = NOW - timedelta(days=2)
    second = NOW
    points = read_through.ReadThrough((100, 200), (first, second))

    def read_at(unread_at: datetime) -> datetime | None:
        return points.read_at_of({"read_at": None, "unread_at": time_buckets.micros(unread_at), "stored_at": 50})

    assert read_at(first - timedelta(hours=1)) == first
    assert read_at(first + timedelta(hours=1)) == second
    assert read_at(second + timedelta(hours=1)) is None


@pytest.mark.parametrize("unread_at", [None, 2 * time_buckets.micros(NOW)])
async def test_each_mark_is_written_to_beat_the_one_before_on_any_clock(unread_at: int | None) -> None:
    (event_id,) = made(1)
    row: Row = {"id": event_id, "title": "T", "read_at": None, "unread_at": unread_at, "stored_at": 1, "ttl": 9}

    def answer(statement: str, *_: Any) -> list[Row]:
        return [dict(row)] if statement.startswith("SELECT") and "read_through" not in statement else []

    database = FakeDatabase(answer)
    assert await marks(database).read(USER, event_id)
    read_with = database.queries[-1][0]
    row["read_at"] = NOW
    assert await marks(database).unread(USER, event_id)
    unread_with, _, then = database.queries[-1][:3]
    assert (read_with < unread_with, unread_with) == (True, then)
    row |= {"read_at": None, "unread_at": then}
    assert await marks(database).read(USER, event_id)
    assert database.queries[-1][0] > unread_with
    asked = len(database.queries)
    assert await marks(database).unread(USER, event_id)
    assert len(database.queries) == asked + 2, "what is unread is left as it is"


async def test_counting_reaches_back_to_an_old_one_that_was_marked_as_unread() -> None:
    ids = made(40, every=timedelta(days=1))
    database = Notifications(ids)
    old = database.rows[30]
    old["unread_at"] = time_buckets.micros(NOW) + 1
    through = database.rows[4]["stored_at"]
    made_then = time_buckets.made_at(old["id"])
    database.points = [{"stored_through": through, "read_at": NOW, "unread_from": made_then}]
    assert await marks(database).unread_count(USER) == 5


@pytest.mark.parametrize(("total", "shown", "goes_on"), [(3, 3, False), (4, 3, True)])
async def test_a_filtered_page_goes_on_when_there_is_one_more(total: int, shown: int, goes_on: bool) -> None:
    ids = made(total)
    page = await marks(Notifications(ids)).list_filtered(USER, limit=3, cursor=None, unread=True, kind=None)
    assert [item.id for item in page.items] == [str(each) for each in ids[:shown]]
    assert page.next_cursor == (str(ids[2]) if goes_on else None)


async def test_a_filtered_page_looks_at_so_many_rows_in_growing_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_mark_repository, "SCANNED", 100)
    monkeypatch.setattr(read_mark_repository, "CHUNK", 30)
    ids = made(500, every=timedelta(milliseconds=10))
    database = Notifications(ids)
    page = await marks(database).list_filtered(USER, limit=9, cursor=None, unread=False, kind="security")
    sizes = [size for size in database.asked(3) if size]
    assert sizes[:2] == [10, 20]
    assert set(sizes[2:]) == {30}
    assert page.items == []
    assert page.next_cursor in {str(each) for each in ids[99:131]}
    again = await marks(database).list_filtered(USER, limit=9, cursor=page.next_cursor, unread=False, kind="welcome")
    assert UUID(again.items[0].id) == ids[ids.index(UUID(page.next_cursor or "")) + 1]


class AuditLog(FakeDatabase):
    def __init__(self, ids: list[UUID], action: str = "profile.updated") -> None:
        super().__init__(self._rows)
        entry = audit_entry(NOW, action=action, details={})
        self.ids = ids
        self.entry = {name: entry[name] for name in ("action", "actor", "subject_type", "subject_id", "correlation_id")}

    def _rows(self, _: str, day: int, bucket: int, since: UUID, below: UUID, limit: int) -> list[Row]:
        mine = [each for each in self.ids if since <= each < below and each.int % BUCKETS == bucket]
        found = [each for each in mine if day_of(each) == day]
        return [{**self.entry, "id": each, "at": NOW.replace(tzinfo=None), "details": {}} for each in found[:limit]]


def day_of(event_id: UUID) -> int:
    return (time_buckets.made_at(event_id) - time_buckets.EPOCH).days


def log_of(database: FakeDatabase) -> AuditRepository:
    return AuditRepository(cast(Database, database), kept_days=365)


def lately(action: str | None = None) -> AuditQuery:
    return AuditQuery(NOW - timedelta(days=31), NOW + timedelta(minutes=1), action)


@pytest.mark.parametrize("every", [timedelta(milliseconds=5), timedelta(minutes=20)])
async def test_the_audit_log_is_read_in_one_order_over_its_partitions(
    every: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_repository, "CHUNK", 5)
    ids = made(300, every=every)
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = await log_of(AuditLog(ids)).list_entries(lately(), limit=70, cursor=cursor)
        seen += [entry.id for entry in page.items]
        cursor = page.next_cursor
        if cursor is None:
            break
        assert len(page.items) == 70
    assert seen == [str(each) for each in ids]


async def test_a_search_of_the_audit_log_looks_at_so_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_repository, "SCANNED", 50)
    ids = made(300)
    page = await log_of(AuditLog(ids)).list_entries(lately("user."), limit=5, cursor=None)
    assert (page.items, page.next_cursor) == ([], str(ids[-1]))


@pytest.mark.parametrize(("days", "is_too_long"), [(31, False), (32, False), (33, True)])
async def test_a_month_of_the_audit_log_is_enough(days: int, is_too_long: bool) -> None:
    database = AuditLog([])
    query = AuditQuery(NOW - timedelta(days=days), NOW)
    if is_too_long:
        with pytest.raises(Invalid, match="31 days"):
            await log_of(database).list_entries(query, limit=5, cursor=None)
        return
    await log_of(database).list_entries(query, limit=5, cursor=None)
    partitions = [parameters[:2] for parameters in database.queries]
    assert len(set(partitions)) == len(partitions)
    assert {bucket for _, bucket in partitions} == set(range(BUCKETS))
    assert len({day for day, _ in partitions}) == days + 1


async def test_entries_are_stored_for_what_is_left_of_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_repository, "AT_ONCE", 2)
    database = FakeDatabase()
    moments = [NOW, NOW - timedelta(days=364), NOW + timedelta(hours=1), NOW - timedelta(days=366), NOW]
    entries = [AuditEntry.model_validate(audit_entry(moment)) for moment in moments]
    await log_of(database).store(entries)
    left = [parameters[-1] for parameters in database.queries]
    day = 86_400
    assert left == [pytest.approx(each, abs=60) for each in (365 * day, day, 365 * day, 365 * day)]
    first = UUID(entries[0].id)
    assert database.queries[0][:3] == (day_of(first), first.int % BUCKETS, first)
