"""Deleting one for good; lists of one kind or of the unread, in bounded steps; reading many at once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from repositories import read_mark_repository, read_through
from tests.samples import notification

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
PATH = "/internal/notifications"


async def store(client: httpx.AsyncClient, *items: dict[str, Any]) -> None:
    for at in range(0, len(items), 500):
        assert (await client.post(PATH, json={"items": items[at : at + 500]})).status_code == 204


async def pages(client: httpx.AsyncClient, user_id: str, **params: Any) -> list[list[str]]:
    """The ids of each page until there is no cursor."""
    found: list[list[str]] = []
    cursor: str | None = None
    while not found or cursor:
        answer = await client.get(f"{PATH}/{user_id}", params=params | ({"cursor": cursor} if cursor else {}))
        assert answer.status_code == 200, answer.text
        found.append([item["id"] for item in answer.json()["items"]])
        cursor = answer.json()["next_cursor"]
    return found


async def unread(client: httpx.AsyncClient, user_id: str) -> int:
    return (await client.get(f"{PATH}/{user_id}/unread-count")).json()["count"]


async def test_what_is_deleted_is_gone_for_good(client: httpx.AsyncClient, user_id: str) -> None:
    kept = notification(user_id)
    gone = notification(user_id)
    await store(client, kept, gone)
    path = f"{PATH}/{user_id}/{gone['id']}"
    assert (await client.delete(path)).status_code == 204
    await store(client, gone)  # its event comes once more
    assert await pages(client, user_id) == [[kept["id"]]]
    assert await unread(client, user_id) == 1
    assert (await client.delete(path)).status_code == 404
    assert (await client.post(f"{path}/read")).status_code == 404


async def test_nobody_deletes_what_is_somebody_else_s(client: httpx.AsyncClient, user_id: str) -> None:
    other = notification("0193a000-0000-7000-8000-000000000003")
    await store(client, other)
    assert (await client.delete(f"{PATH}/{user_id}/{other['id']}")).status_code == 404
    assert other["id"] in (await pages(client, other["user_id"]))[0]


async def test_one_kind_is_listed_page_by_page(client: httpx.AsyncClient, user_id: str) -> None:
    now = datetime.now(UTC)
    kinds = ["invoice", "security", "welcome"]
    items = [notification(user_id, at=now - timedelta(days=4 * n), kind=kinds[n % 3]) for n in range(18)]
    await store(client, *items)
    expected = [item["id"] for item in items if item["kind"] == "invoice"]
    assert await pages(client, user_id, kind="invoice", limit=4) == [expected[:4], expected[4:]]
    await client.post(f"{PATH}/{user_id}/{expected[0]}/read")
    assert await pages(client, user_id, kind="invoice", unread=True) == [expected[1:]]
    assert await pages(client, user_id, kind="gossip") == [[]]
    assert (await client.get(f"{PATH}/{user_id}", params={"kind": "Gossip!"})).status_code == 422


async def test_a_rare_kind_is_found_in_bounded_steps(
    client: httpx.AsyncClient, user_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_mark_repository, "SCANNED", 100)
    now = datetime.now(UTC)
    rare = notification(user_id, at=now - timedelta(hours=5), kind="security")
    await store(client, rare, *(notification(user_id, at=now - timedelta(seconds=n)) for n in range(300)))
    found = await pages(client, user_id, kind="security", limit=20)
    assert found[:2] == [[], []]
    assert [one for page in found for one in page] == [rare["id"]]


async def test_many_are_read_at_once_and_later_ones_are_not(
    client: httpx.AsyncClient, user_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_mark_repository, "MARKED", 10)
    monkeypatch.setattr(read_mark_repository, "SKEW_MICROSECONDS", 0)
    monkeypatch.setattr(read_mark_repository, "CHUNK", 20)
    monkeypatch.setattr(read_through, "LATEST", timedelta(seconds=1))
    now = datetime.now(UTC)
    await store(client, *(notification(user_id, at=now - timedelta(minutes=n)) for n in range(80)))
    await client.post(f"{PATH}/{user_id}/read-all")
    assert await unread(client, user_id) == 0
    listed = (await client.get(f"{PATH}/{user_id}", params={"limit": 100})).json()["items"]
    assert (len(listed), all(item["read_at"] for item in listed)) == (80, True)
    later = notification(user_id)
    await store(client, later)
    await client.post(f"{PATH}/{user_id}/{listed[-1]['id']}/read")
    assert await pages(client, user_id, unread=True) == [[later["id"]]]
    await client.post(f"{PATH}/{user_id}/read-all")
    again = (await client.get(f"{PATH}/{user_id}", params={"limit": 100})).json()["items"]
    assert [item["read_at"] for item in again[1:80]] == [item["read_at"] for item in listed[:79]]


async def test_an_old_one_of_many_that_were_read_at_once_can_be_unread(
    client: httpx.AsyncClient, user_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_mark_repository, "MARKED", 10)
    monkeypatch.setattr(read_mark_repository, "SKEW_MICROSECONDS", 0)
    monkeypatch.setattr(read_mark_repository, "CHUNK", 20)
    monkeypatch.setattr(read_through, "LATEST", timedelta(seconds=1))
    now = datetime.now(UTC)
    items = [notification(user_id, at=now - timedelta(minutes=n)) for n in range(80)]
    await store(client, *items)
    await client.post(f"{PATH}/{user_id}/read-all")
    assert (await client.post(f"{PATH}/{user_id}/{items[-1]['id']}/unread")).status_code == 204
    assert await unread(client, user_id) == 1
    assert [one for page in await pages(client, user_id, unread=True) for one in page] == [items[-1]["id"]]
    await client.post(f"{PATH}/{user_id}/read-all")
    assert await unread(client, user_id) == 0


async def test_resuming_leaves_out_what_is_not_shown_live(client: httpx.AsyncClient, user_id: str) -> None:
    first = notification(user_id)
    await store(client, first)
    silent = notification(user_id, live=False)
    quiet = notification(user_id, quiet=True)
    await store(client, silent, quiet)
    missed = (await client.get(f"{PATH}/{user_id}", params={"after": first["id"]})).json()["items"]
    assert [(item["id"], item["quiet"]) for item in missed] == [(quiet["id"], True)]
    assert len((await pages(client, user_id))[0]) == 3
