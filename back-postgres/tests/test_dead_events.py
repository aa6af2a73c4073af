"""What no relay could publish: seen, tried again by waiting relays at once, or discarded."""

import asyncio
from typing import Any

import pytest

from shared.utils.ids import new_id
from tests.client import Api, Sql
from tests.looks import Looks
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = pytest.mark.integration
BY = new_id()
KILL = "UPDATE outbox SET dead_at = now(), attempts = 5, error = 'too long', retry_at = now()"


async def dead(api: Api, sql: Sql, count: int = 1) -> list[dict[str, Any]]:
    """That many dead events, oldest first."""
    for _ in range(count):
        await api.user()
    await sql.execute(KILL)
    return (await api.get("/outbox/dead")).json()["items"][::-1]


def assert_published(published: dict[str, Any], dead_event: dict[str, Any]) -> None:
    """Who did it, and to which event."""
    event = dead_event["event"]
    assert published["actor_id"] == BY
    assert (published["letter"]["kind"], published["letter"]["held_id"]) == ("unsent", event["id"])
    assert published["letter"]["held_type"] == event["type"]


async def test_the_newest_come_first_page_by_page(api: Api, sql: Sql) -> None:
    events = await dead(api, sql, 3)
    assert [(each["attempts"], each["error"]) for each in events] == [(5, "too long")] * 3
    first = (await api.get("/outbox/dead?limit=2")).json()
    rest = (await api.get(f"/outbox/dead?limit=2&cursor={first['next_cursor']}")).json()
    assert first["items"] + rest["items"] == events[::-1]
    assert rest["next_cursor"] is None


async def test_one_is_read_as_it_is_listed(api: Api, sql: Sql) -> None:
    _, newest = await dead(api, sql, 2)
    answer = await api.get(f"/outbox/dead/{newest['event']['id']}")
    assert (answer.status_code, answer.json()) == (200, newest)


async def test_one_that_is_tried_again_wakes_a_relay_and_has_all_its_attempts(
    api: Api, sql: Sql, monkeypatch: pytest.MonkeyPatch
) -> None:
    (event,) = await dead(api, sql)
    looks = Looks(monkeypatch)
    waiting = asyncio.create_task(api.post("/outbox/wait?timeout=60"))
    await until(lambda: looks.count >= 1, "the relay has looked")
    path = f"/outbox/dead/{event['event']['id']}/retry?by={BY}"
    assert (await api.post(path)).status_code == 204
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert (await waiting).json() == {"pending": True}
    published = dict(await api.events())
    assert published.keys() == {"user.registered", "event.unsent_retried"}
    assert_published(published["event.unsent_retried"], event)
    assert [row["attempts"] for row in await sql.fetch("SELECT attempts FROM outbox")] == [0, 0]
    assert (await api.post(path)).status_code == 404


async def test_one_that_is_discarded_is_gone_and_others_stay(api: Api, sql: Sql) -> None:
    gone, stays = await dead(api, sql, 2)
    path = f"/outbox/dead/{gone['event']['id']}?by={BY}"
    assert (await api.delete(path)).status_code == 204
    assert (await api.delete(path)).status_code == 404
    assert (await api.get("/outbox/dead")).json()["items"] == [stays]
    ((kind, published),) = await api.events()
    assert kind == "event.unsent_discarded"
    assert_published(published, gone)


async def test_an_event_that_is_alive_is_neither_read_nor_retried_nor_discarded(api: Api) -> None:
    await api.user()
    (event,) = await api.claim()
    assert (await api.get(f"/outbox/dead/{event['id']}")).status_code == 404
    assert (await api.post(f"/outbox/dead/{event['id']}/retry?by={BY}")).status_code == 404
    assert (await api.delete(f"/outbox/dead/{event['id']}?by={BY}")).status_code == 404
