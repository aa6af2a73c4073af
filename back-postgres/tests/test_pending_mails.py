"""Mails that wait: each once, a day's summary whole, whoever claims it and however often."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from connection import create_pool
from database import Database
from repositories.pending_mail_repository import delete_sent
from settings import Settings
from shared.utils.ids import new_id
from tests.client import Api, Sql

pytestmark = pytest.mark.integration
DAY = "2026-11-26"
NEXT = "2026-11-27"


def waiting(user_id: str, *, due_in: float = 3600, day: str | None = None, **fields: Any) -> dict[str, Any]:
    due_at = (datetime.now(UTC) + timedelta(seconds=due_in)).isoformat()
    known = {"user_id": user_id, "notification_id": new_id(), "kind": "invoice", "due_at": due_at, "digest_day": day}
    return known | fields


async def add(api: Api, *mails: dict[str, Any]) -> None:
    answer = await api.post("/pending-mails", {"items": list(mails)})
    assert answer.status_code == 204, answer.text


async def claim(api: Api, worker: str = "worker-1", **fields: Any) -> list[dict[str, Any]]:
    answer = await api.post("/pending-mails/claim", {"worker": worker} | fields)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def pass_time(sql: Sql) -> None:
    await sql.execute("UPDATE pending_mails SET due_at = now() - interval '1 second', claimed_until = NULL")


async def test_a_mail_waits_until_it_is_due_and_is_added_once(api: Api, sql: Sql) -> None:
    mail = waiting(await api.user(), event=None)
    await add(api, mail, mail)
    await add(api, mail | {"kind": "welcome"})
    assert await claim(api) == []
    await pass_time(sql)
    (due,) = await claim(api)
    assert (due["notification_id"], due["batch"], due["kind"]) == (mail["notification_id"],) * 2 + ("invoice",)
    assert await claim(api, "worker-2") == []


async def test_what_was_sent_is_never_claimed_again_and_what_was_not_is(api: Api, sql: Sql) -> None:
    user_id = await api.user()
    await add(api, waiting(user_id, day=DAY), waiting(user_id, day=DAY), waiting(user_id))
    await pass_time(sql)
    first = await claim(api)
    assert sorted(mail["batch"] == DAY for mail in first) == [False, True, True]
    await api.post("/pending-mails/sent", {"items": [{"user_id": user_id, "batch": DAY}]})
    await pass_time(sql)
    again = await claim(api, "worker-2")
    assert [mail["batch"] for mail in again] == [mail["batch"] for mail in first if mail["batch"] != DAY]


async def test_a_summary_that_is_due_or_out_gets_no_second_part(api: Api, sql: Sql) -> None:
    user_id = await api.user()
    await add(api, waiting(user_id, day=DAY))
    await pass_time(sql)
    await add(api, waiting(user_id, day=DAY))
    assert [mail["batch"] for mail in await claim(api)] == [DAY]
    await api.post("/pending-mails/sent", {"items": [{"user_id": user_id, "batch": DAY}]})
    await add(api, waiting(user_id, day=DAY), waiting(user_id, due_in=5, day=DAY))
    rows = await sql.fetch("SELECT batch, sent_at IS NULL AS waits FROM pending_mails ORDER BY batch")
    assert [tuple(row.values()) for row in rows] == [(DAY, False), *[(NEXT, True)] * 3]


async def test_claims_at_once_never_share_a_summary(api: Api, sql: Sql) -> None:
    users = [await api.user() for _ in range(6)]
    await add(api, *(waiting(user_id, day=DAY) for user_id in users for _ in range(5)))
    await pass_time(sql)
    claims = await asyncio.gather(*(claim(api, f"worker-{n}", limit=7) for n in range(8)))
    owners = [{mail["user_id"] for mail in mails} for mails in claims]
    assert sum(len(mails) for mails in claims) == 30
    assert sum(len(owner) for owner in owners) == len(set[str]().union(*owners)) == 6


async def test_a_mail_that_failed_is_due_again_and_forgotten_after_a_week(
    api: Api, sql: Sql, settings: Settings
) -> None:
    await add(api, waiting(await api.user()), waiting(await api.user()))
    for _ in range(3):
        await pass_time(sql)
        assert len(await claim(api)) == 2
    database = Database()
    database.pool = await create_pool(settings)
    assert await delete_sent(database) == 0
    await sql.execute("UPDATE pending_mails SET due_at = now() - interval '8 days'")
    assert await delete_sent(database) == 2
    database.pool.terminate()


async def test_an_announcement_brings_its_text(api: Api, sql: Sql) -> None:
    admin = await api.user()
    body = {"title": "New plans", "body": "For teams.", "created_by": admin, "idempotency_key": "k"}
    made = (await api.post("/announcements", body)).json()
    await add(api, waiting(admin, kind="announcement", notification_id=made["id"], day=DAY))
    await pass_time(sql)
    (due,) = await claim(api)
    assert (due["announced"]["title"], due["announced"]["user_id"]) == ("New plans", admin)
