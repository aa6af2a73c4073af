"""The outbox: every event leaves at least once, in order for each aggregate, and relays are woken."""

import asyncio
from datetime import UTC, datetime

import pytest

from connection import create_pool
from database import Database
from repositories import outbox_repository, processed_event_repository
from settings import Settings
from shared.models.events import Event
from tests.client import Api, Sql
from tests.looks import Looks
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = pytest.mark.integration


async def edited_profile(api: Api, edits: int) -> str:
    """An account whose aggregate has `edits` + 2 events."""
    user_id = (await api.profile())["user_id"]
    for version in range(1, edits + 1):
        await api.patch(f"/profiles/{user_id}", {"changes": {"bio": str(version)}, "version": version})
    return user_id


async def test_events_are_claimed_in_order_and_published_once(api: Api) -> None:
    await edited_profile(api, 2)
    events = await api.claim()
    assert [event["type"] for event in events] == ["user.registered", "profile.created"] + ["profile.updated"] * 2
    assert await api.claim("relay-2") == []
    assert await api.published(*events, {"id": "x"}) == []
    assert await api.claim("relay-2") == []


async def test_a_claim_returns_whole_envelopes(api: Api) -> None:
    user_id = await api.user("ann@example.com", name="Ann")
    (event,) = await api.claim()
    known = Event.model_validate(event)
    assert (known.type, known.version, known.user_id) == ("user.registered", 1, user_id)
    assert (known.aggregate_id, known.data["user"]["email"]) == (user_id, "ann@example.com")
    assert known.correlation_id
    assert abs((datetime.now(UTC) - known.occurred_at).total_seconds()) < 60


async def test_two_relays_never_hold_one_aggregate(api: Api) -> None:
    for _ in range(6):
        await edited_profile(api, 3)
    claims = await asyncio.gather(*(api.claim(f"relay-{n}", limit=7) for n in range(6)))
    holders: dict[str, set[int]] = {}
    for relay, events in enumerate(claims):
        for event in events:
            holders.setdefault(event["aggregate_id"], set()).add(relay)
    assert holders
    assert all(len(relays) == 1 for relays in holders.values())


async def test_two_relays_share_the_partitions(api: Api) -> None:
    for _ in range(40):
        await api.user()
    assert len(await api.claim("relay-1", limit=3)) == 3
    first = await api.claim("relay-1")
    second = await api.claim("relay-2")
    assert first
    assert second
    claimed = {event["aggregate_id"] for event in first}
    assert not claimed & {event["aggregate_id"] for event in second}


async def test_an_aggregate_waits_for_its_earlier_event(api: Api) -> None:
    user_id = await edited_profile(api, 0)
    (first,) = await api.claim("relay-1", limit=1)
    await api.patch(f"/profiles/{user_id}", {"changes": {"bio": "new"}, "version": 1})
    assert await api.claim("relay-2") == []
    assert [event["type"] for event in await api.published(first)] == ["profile.created", "profile.updated"]


async def test_a_claim_ends_with_its_lease(api: Api, sql: Sql) -> None:
    await api.user()
    (event,) = await api.claim("killed", lease_seconds=1)
    assert await api.claim("relay-2") == []
    await sql.execute("UPDATE outbox_partitions SET claimed_until = now() - interval '1 s'")
    assert await api.claim("relay-2") == [event]


async def test_relays_at_once_publish_everything_in_order_and_nothing_twice(api: Api) -> None:
    published: dict[str, list[int]] = {}

    async def relay(name: str) -> None:
        done: list[str] = []
        while True:
            events = await api.claim(name, limit=5, published=done)
            done = [event["id"] for event in events]
            for event in events:
                published.setdefault(event["aggregate_id"], []).append(
                    event["data"].get("profile", {}).get("version", 0)
                )

    relays = [asyncio.create_task(relay(f"relay-{n}")) for n in range(3)]
    await asyncio.gather(*(edited_profile(api, 5) for _ in range(5)))
    await until(lambda: sum(map(len, published.values())) >= 5 * 7, "all is published")
    for each in relays:
        each.cancel()
    assert list(published.values()) == [[0, 1, 2, 3, 4, 5, 6]] * 5


async def test_an_unpublishable_event_is_retried_then_dead_and_blocks_its_aggregate(api: Api, sql: Sql) -> None:
    await edited_profile(api, 0)
    failed, behind = await api.claim()
    other = await api.user()
    failures = [{"id": failed["id"], "error": "too long"}]
    assert [event["aggregate_id"] for event in await api.claim(failed=failures)] == [other]
    assert (await api.get("/outbox/figures")).json() | {"oldest_seconds": 0} == {
        "pending": 3,
        "oldest_seconds": 0,
        "dead": 0,
    }
    for attempt in range(2, 6):
        await sql.execute("UPDATE outbox SET retry_at = now() - interval '1 s' WHERE retry_at IS NOT NULL")
        assert [event["id"] for event in await api.claim()][:2] == [failed["id"], behind["id"]]
        left = [event["id"] for event in await api.claim(failed=failures)]
        assert (behind["id"] in left) == (attempt == 5)
    (row,) = await sql.fetch("SELECT attempts, error FROM outbox WHERE dead_at IS NOT NULL")
    assert (row["attempts"], row["error"]) == (5, "too long")
    assert (await api.get("/outbox/figures")).json()["dead"] == 1


async def test_a_family_that_is_held_back_stays(api: Api) -> None:
    await edited_profile(api, 0)
    assert [event["type"] for event in await api.claim(held=["user"])] == ["profile.created"]
    assert await api.claim(held=["user", "profile"]) == []


async def test_figures_show_how_much_waits_and_how_long(api: Api, sql: Sql) -> None:
    assert (await api.get("/outbox/figures")).json() == {"pending": 0, "oldest_seconds": 0, "dead": 0}
    await api.user()
    await sql.execute("UPDATE outbox SET occurred_at = now() - interval '90 s'")
    await api.user()
    figures = (await api.get("/outbox/figures")).json()
    assert (figures["pending"], 90 <= figures["oldest_seconds"] < 150) == (2, True)


async def test_a_commit_wakes_every_waiting_relay_at_once(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = Looks(monkeypatch)
    waiting = [asyncio.create_task(api.post("/outbox/wait?timeout=60")) for _ in range(3)]
    await until(lambda: looks.count >= 3, "all relays have looked")
    await api.user()
    async with asyncio.timeout(PATIENCE_SECONDS):
        answers = [(await each).json() for each in waiting]
    assert answers == [{"pending": True}] * 3


async def test_without_events_the_wait_ends_by_itself(api: Api) -> None:
    assert (await api.post("/outbox/wait?timeout=0.1")).json() == {"pending": False}
    assert (await api.post("/outbox/wait?timeout=1000")).status_code == 422


async def test_a_consumer_handles_an_event_once(api: Api, sql: Sql) -> None:
    claim = {"consumer": "mail", "event_id": "e1"}
    states = await asyncio.gather(*(api.post("/processed-events", claim) for _ in range(4)))
    assert sorted(each.json()["state"] for each in states) == ["claimed"] + ["in_progress"] * 3
    assert (await api.delete("/processed-events/mail/e1")).status_code == 204
    assert (await api.post("/processed-events", claim)).json() == {"state": "claimed"}
    await sql.execute("UPDATE processed_events SET claimed_until = now() - interval '1 s'")
    assert (await api.post("/processed-events", claim)).json() == {"state": "claimed"}
    assert (await api.call("PUT", "/processed-events/mail/e1")).status_code == 204
    await api.delete("/processed-events/mail/e1")
    assert (await api.post("/processed-events", claim)).json() == {"state": "done"}
    assert (await api.post("/processed-events", claim | {"consumer": "live"})).json() == {"state": "claimed"}


@pytest.mark.parametrize("event_id", ["%00", "x" * 65])
async def test_an_event_id_that_does_not_fit_is_refused(api: Api, event_id: str) -> None:
    assert (await api.call("PUT", f"/processed-events/mail/{event_id}")).status_code == 422


async def test_what_nobody_needs_any_more_is_deleted(api: Api, sql: Sql, settings: Settings) -> None:
    database = Database()
    database.pool = await create_pool(settings)
    await edited_profile(api, 1)
    await api.events()
    await api.user()
    await sql.execute("UPDATE outbox SET published_at = now() - interval '8 days' WHERE type = 'profile.updated'")
    assert await outbox_repository.delete_published(database, older_than_days=7) == 1
    await sql.execute("INSERT INTO processed_events VALUES ('mail', 'old', now(), now() - interval '29 days')")
    await sql.execute("INSERT INTO processed_events VALUES ('mail', 'lost', now() - interval '29 days', NULL)")
    assert await processed_event_repository.delete_done(database, older_than_days=28) == 1
    assert [kind for kind, _ in await api.events()] == ["user.registered"]
    database.pool.terminate()
