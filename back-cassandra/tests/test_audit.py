"""The audit log: each event once, newest first over days and buckets, narrowed, and never more than a month at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import repositories.audit_repository as module
from database import Database
from fastapi import FastAPI
from repositories.audit_repository import AuditRepository
from tests.samples import audit_entry

from shared.models.audit import AuditEntry

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
PATH = "/internal/audit"
Json = dict[str, Any]


async def stored(client: httpx.AsyncClient, *entries: Json) -> None:
    for at in range(0, len(entries), 500):
        answer = await client.post(PATH, json={"items": entries[at : at + 500]})
        assert answer.status_code == 204, answer.text


async def page(client: httpx.AsyncClient, until: datetime | None = None, days: float = 30, **params: Any) -> Json:
    end = until or datetime.now(UTC) + timedelta(minutes=1)
    period = {"since": (end - timedelta(days=days)).isoformat(), "until": end.isoformat()}
    answer = await client.get(PATH, params=period | params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def all_pages(
    client: httpx.AsyncClient, until: datetime | None = None, days: float = 30, **params: Any
) -> list[str]:
    """Their ids, in the order of the pages."""
    found = await page(client, until, days, **params)
    ids = [item["id"] for item in found["items"]]
    while found["next_cursor"]:
        found = await page(client, until, days, **params, cursor=found["next_cursor"])
        ids += [item["id"] for item in found["items"]]
    return ids


async def test_an_entry_that_comes_again_is_the_same_one(client: httpx.AsyncClient, user_id: str) -> None:
    entry = audit_entry(actor=user_id)
    await stored(client, entry, entry)
    await stored(client, entry)
    (got,) = (await page(client, actor=user_id))["items"]
    assert datetime.fromisoformat(got.pop("at")) == datetime.fromisoformat(entry.pop("at"))
    assert got == entry


async def test_what_the_system_did_has_no_actor(client: httpx.AsyncClient, user_id: str) -> None:
    await stored(client, audit_entry(actor=None, subject_id=user_id, details={}, correlation_id=""))
    (got,) = (await page(client, subject=user_id))["items"]
    assert (got["actor"], got["details"], got["correlation_id"]) == (None, {}, "")


async def test_pages_are_in_one_order_over_buckets_and_days(client: httpx.AsyncClient, user_id: str) -> None:
    now = datetime.now(UTC)
    entries = [audit_entry(now - timedelta(seconds=second), actor=user_id) for second in range(1, 1200)]
    entries += [audit_entry(now - timedelta(days=day), actor=user_id) for day in (1, 2, 9, 29)]
    await stored(client, *entries)
    expected = [entry["id"] for entry in entries]
    assert await all_pages(client, actor=user_id, limit=500) == expected
    everything = await all_pages(client, days=31, limit=100)
    assert everything == sorted(everything, reverse=True)
    assert [each for each in everything if each in set(expected)] == expected


async def test_entries_of_one_millisecond_are_neither_lost_nor_repeated(
    client: httpx.AsyncClient, user_id: str
) -> None:
    now = datetime.now(UTC) - timedelta(hours=1)
    entries = [audit_entry(now, actor=user_id) for _ in range(300)]
    await stored(client, *entries)
    assert await all_pages(client, actor=user_id, limit=7) == sorted((e["id"] for e in entries), reverse=True)


async def test_the_list_can_be_narrowed(client: httpx.AsyncClient, user_id: str) -> None:
    now = datetime.now(UTC)
    kinds = ["event.letter_replayed", "event.letter_discarded", "announcement.created"]
    entries = [audit_entry(now - timedelta(minutes=at), actor=user_id, action=kind) for at, kind in enumerate(kinds)]
    await stored(client, *entries, audit_entry(subject_id=user_id))
    ids = [entry["id"] for entry in entries]
    assert await all_pages(client, actor=user_id) == ids
    assert await all_pages(client, actor=user_id, action="event") == ids[:2]
    assert await all_pages(client, actor=user_id, action="event.letter_d") == ids[1:2]
    assert await all_pages(client, actor=user_id, subject=entries[2]["subject_id"]) == ids[2:]
    assert len(await all_pages(client, subject=user_id)) == 1
    assert await all_pages(client, now - timedelta(seconds=90), 1, actor=user_id) == ids[2:]
    assert await all_pages(client, now - timedelta(seconds=1), 1 / 1440, actor=user_id) == ids[1:2]


async def test_a_search_that_finds_little_goes_on_behind_its_bound(
    client: httpx.AsyncClient, user_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SCANNED", 200)
    now = datetime.now(UTC) - timedelta(days=3)
    expected = audit_entry(now - timedelta(hours=1), actor=user_id)
    await stored(client, *(audit_entry(now - timedelta(seconds=at)) for at in range(900)), expected)
    first = await page(client, now, 1, actor=user_id)
    assert (first["items"], first["next_cursor"] is None) == ([], False)
    assert await all_pages(client, now, 1, actor=user_id) == [expected["id"]]


@pytest.fixture
def kept(app: FastAPI) -> Callable[[int], AuditRepository]:
    """A repository that keeps entries for so many days."""
    database: Database = app.state.resources.database
    return lambda days: AuditRepository(database, days)


async def test_an_entry_is_kept_from_when_it_happened(
    client: httpx.AsyncClient, app: FastAPI, user_id: str, kept: Callable[[int], AuditRepository]
) -> None:
    now = datetime.now(UTC)
    old, young = (audit_entry(now - timedelta(days=days), actor=user_id) for days in (8, 6))
    await kept(7).store([AuditEntry.model_validate(entry) for entry in (old, young)])
    assert await all_pages(client, actor=user_id) == [young["id"]]
    question = "SELECT ttl(action) AS left FROM audit_log WHERE day = ? AND bucket = ? AND id = ?"
    made = now - timedelta(days=6)
    known = module.time_buckets.uuid7(young["id"], "id")
    (row,) = await app.state.resources.database.query(question, int(made.timestamp()) // 86_400, known.int % 8, known)
    assert row["left"] == pytest.approx(86_400, abs=60)  # pyright: ignore[reportUnknownMemberType]


async def test_a_batch_and_a_period_are_bounded(client: httpx.AsyncClient) -> None:
    assert (await client.post(PATH, json={"items": [audit_entry()] * 501})).status_code == 422
    end = datetime(2026, 11, 1, 12, tzinfo=UTC)
    period = {"since": (end - timedelta(days=33)).isoformat(), "until": end.isoformat()}
    answer = await client.get(PATH, params=period)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "since")


async def test_one_question_reads_a_bounded_number_of_partitions(
    app: FastAPI, monkeypatch: pytest.MonkeyPatch, kept: Callable[[int], AuditRepository]
) -> None:
    asked: list[tuple[Any, ...]] = []
    database: Database = app.state.resources.database
    query = database.query

    async def counted(statement: str, *parameters: Any) -> list[module.Row]:
        if parameters:  # not those of the check whether the database is there
            asked.append(parameters[:2])
        return await query(statement, *parameters)

    monkeypatch.setattr(database, "query", counted)
    end = datetime(2025, 6, 1, tzinfo=UTC)
    expected = module.AuditQuery(since=end - timedelta(days=31), until=end)
    found = await kept(365).list_entries(expected, limit=20, cursor=None)
    assert (found.items, found.next_cursor) == ([], None)
    assert len(asked) == len(set(asked)) <= 33 * module.BUCKETS
