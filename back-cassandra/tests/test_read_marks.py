"""Unread counts and marks: read once, read until it is marked as unread."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from repositories.time_buckets import month_at
from tests.samples import notification

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
PATH = "/internal/notifications"


async def unread_count(client: httpx.AsyncClient, user_id: str) -> int:
    return (await client.get(f"{PATH}/{user_id}/unread-count")).json()["count"]


async def read_at(client: httpx.AsyncClient, user_id: str) -> list[str | None]:
    return [item["read_at"] for item in (await client.get(f"{PATH}/{user_id}")).json()["items"]]


async def test_a_mark_stays_whatever_comes_later(client: httpx.AsyncClient, user_id: str) -> None:
    item = notification(user_id)
    await client.post(PATH, json={"items": [item]})
    assert (await client.post(f"{PATH}/{user_id}/{item['id']}/read")).status_code == 204
    marked = await read_at(client, user_id)
    assert marked[0]
    await client.post(PATH, json={"items": [item]})
    await client.post(f"{PATH}/{user_id}/{item['id']}/read")
    await client.post(f"{PATH}/{user_id}/read-all")
    assert await read_at(client, user_id) == marked
    assert await unread_count(client, user_id) == 0


async def test_two_marks_at_once_agree(client: httpx.AsyncClient, user_id: str) -> None:
    item = notification(user_id)
    await client.post(PATH, json={"items": [item]})
    path = f"{PATH}/{user_id}/{item['id']}/read"
    answers = await asyncio.gather(*(client.post(path) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {204}
    marked = await read_at(client, user_id)
    await client.post(path)
    assert await read_at(client, user_id) == marked


async def test_a_mark_can_be_taken_off_and_set_again(client: httpx.AsyncClient, user_id: str) -> None:
    item = notification(user_id)
    path = f"{PATH}/{user_id}/{item['id']}"
    await client.post(PATH, json={"items": [item]})
    for read in (f"{path}/read", f"{PATH}/{user_id}/read-all"):
        await client.post(read)
        assert (await read_at(client, user_id))[0]
        for _ in range(2):
            assert (await client.post(f"{path}/unread")).status_code == 204
            assert (await read_at(client, user_id), await unread_count(client, user_id)) == ([None], 1)
    await client.post(PATH, json={"items": [item]})
    assert await unread_count(client, user_id) == 1


async def test_nobody_takes_off_the_mark_of_somebody_else(client: httpx.AsyncClient, user_id: str) -> None:
    item = notification(user_id)
    await client.post(PATH, json={"items": [item]})
    await client.post(f"{PATH}/{user_id}/{item['id']}/read")
    stranger = "0193a000-0000-7000-8000-000000000003"
    assert (await client.post(f"{PATH}/{stranger}/{item['id']}/unread")).status_code == 404
    assert await unread_count(client, user_id) == 0


async def test_a_strangers_notification_cannot_be_marked(client: httpx.AsyncClient, user_id: str) -> None:
    item = notification("0193a000-0000-7000-8000-000000000002")
    await client.post(PATH, json={"items": [item]})
    answer = await client.post(f"{PATH}/{user_id}/{item['id']}/read")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:tools-dashboard:problem:not-found")
    assert (await client.get(f"{PATH}/{user_id}")).json()["items"] == []


async def test_the_unread_are_counted_and_listed(client: httpx.AsyncClient, user_id: str) -> None:
    items = [notification(user_id) for _ in range(5)]
    await client.post(PATH, json={"items": items})
    await client.post(f"{PATH}/{user_id}/{items[2]['id']}/read")
    first = (await client.get(f"{PATH}/{user_id}", params={"unread": True, "limit": 3})).json()
    rest = (await client.get(f"{PATH}/{user_id}", params={"unread": True, "cursor": first["next_cursor"]})).json()
    newest = sorted((item["id"] for item in items if item is not items[2]), reverse=True)
    assert [item["id"] for item in first["items"] + rest["items"]] == newest
    assert rest["next_cursor"] is None
    assert await unread_count(client, user_id) == 4
    await client.post(f"{PATH}/{user_id}/read-all")
    assert await unread_count(client, user_id) == 0


async def test_counting_ends_at_a_thousand(client: httpx.AsyncClient, user_id: str) -> None:
    for _ in range(3):
        await client.post(PATH, json={"items": [notification(user_id) for _ in range(350)]})
    assert await unread_count(client, user_id) == 1000
    await client.post(f"{PATH}/{user_id}/read-all")
    assert await unread_count(client, user_id) == 0


async def test_a_mark_expires_together_with_its_notification(
    app: FastAPI, client: httpx.AsyncClient, user_id: str
) -> None:
    item = notification(user_id)
    await client.post(PATH, json={"items": [item]})
    await client.post(f"{PATH}/{user_id}/{item['id']}/read")
    database: Any = app.state.resources.database
    statement = "SELECT TTL(title) AS title, TTL(read_at) AS mark FROM notifications WHERE user_id = ? AND month = ?"
    (row,) = await database.query(statement, UUID(user_id), month_at(datetime.now(UTC)))
    assert 90 * 86400 - 60 < row["mark"] <= row["title"] <= 90 * 86400
