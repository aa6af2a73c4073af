"""What a user sees of notifications: each once, newest first, page by page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from tests.samples import notification

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def store(client: httpx.AsyncClient, *items: dict[str, Any]) -> None:
    assert (await client.post("/internal/notifications", json={"items": items})).status_code == 204


async def listed(client: httpx.AsyncClient, user_id: str, **params: Any) -> dict[str, Any]:
    answer = await client.get(f"/internal/notifications/{user_id}", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_stored_notification_comes_back_as_it_was_sent(client: httpx.AsyncClient, user_id: str) -> None:
    sent = notification(user_id, title="Grüße 🎉", link=None)
    await store(client, sent)
    (got,) = (await listed(client, user_id))["items"]
    assert datetime.fromisoformat(got.pop("created_at")) == datetime.fromisoformat(sent.pop("created_at"))
    assert got == {**sent, "read_at": None, "quiet": False}


async def test_storing_twice_is_the_same_as_once(client: httpx.AsyncClient, user_id: str) -> None:
    first = notification(user_id)
    await store(client, first, first)
    await store(client, {**first, "title": "Changed by a replay"})
    assert [item["title"] for item in (await listed(client, user_id))["items"]] == ["Welcome"]


async def test_pages_cover_all_months_without_gap_or_repetition(client: httpx.AsyncClient, user_id: str) -> None:
    now = datetime.now(UTC)
    items = [notification(user_id, at=now - timedelta(days=6 * day, seconds=1)) for day in range(15)]
    await store(client, *items)
    seen: list[str] = []
    cursor = None
    while True:
        page = await listed(client, user_id, limit=4, **({"cursor": cursor} if cursor else {}))
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [item["id"] for item in items]


async def test_nobody_sees_what_is_for_somebody_else(client: httpx.AsyncClient, user_id: str) -> None:
    other = notification("0193a000-0000-7000-8000-000000000001")
    await store(client, notification(user_id), other)
    assert [item["user_id"] for item in (await listed(client, user_id))["items"]] == [user_id]


async def test_resuming_gives_what_came_after_oldest_first(client: httpx.AsyncClient, user_id: str) -> None:
    items = [notification(user_id) for _ in range(5)]
    for item in items:
        await store(client, item)
    page = await listed(client, user_id, after=items[1]["id"], limit=2)
    assert [item["id"] for item in page["items"]] == [items[2]["id"], items[3]["id"]]
    page = await listed(client, user_id, after=page["next_cursor"], limit=2)
    assert ([item["id"] for item in page["items"]], page["next_cursor"]) == ([items[4]["id"]], None)


async def test_resuming_finds_an_older_event_that_was_held_up(client: httpx.AsyncClient, user_id: str) -> None:
    now = datetime.now(UTC)
    seen = notification(user_id, at=now)
    late = notification(user_id, at=now - timedelta(minutes=5))
    await store(client, seen)
    await store(client, late)
    await store(client, seen)  # delivered once more: it does not become newer by that
    page = await listed(client, user_id, after=seen["id"])
    assert [item["id"] for item in page["items"]] == [late["id"]]


async def test_resuming_from_a_moment_finds_what_is_older_and_was_stored_later(
    client: httpx.AsyncClient, user_id: str
) -> None:
    """As an announcement that reaches its last reader a minute after it was made, where a page listens since then."""
    now = datetime.now(UTC)
    moment, announced = (notification(user_id, at=now - timedelta(seconds=ago)) for ago in (5, 60))
    await store(client, announced)
    page = await listed(client, user_id, after=moment["id"])
    assert [item["id"] for item in page["items"]] == [announced["id"]]
    later = notification(user_id, at=now + timedelta(seconds=30))
    assert (await listed(client, user_id, after=later["id"]))["items"] == []


async def test_resuming_from_one_that_expired_gives_what_happened_later(
    client: httpx.AsyncClient, user_id: str
) -> None:
    expired = notification(user_id, at=datetime.now(UTC) - timedelta(days=100))
    item = notification(user_id)
    await store(client, item)
    assert [got["id"] for got in (await listed(client, user_id, after=expired["id"]))["items"]] == [item["id"]]
