"""Announcements: made once a key, to whom they are for, delivered page by page under a lease."""

import asyncio
from typing import Any

import pytest

from shared.utils.ids import new_id
from tests.client import Api, Sql

pytestmark = pytest.mark.integration
TEXT = {"title": "Maintenance", "body": "On Sunday."}


async def start(api: Api, admin: str, key: str = "key-1", **fields: Any) -> dict[str, Any]:
    answer = await api.post("/announcements", TEXT | {"created_by": admin, "idempotency_key": key} | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def lease(api: Api, made: dict[str, Any], worker: str = "worker-1") -> int:
    body = {"worker": worker, "seconds": 30}
    return (await api.post(f"/announcements/{made['id']}/lease", body)).status_code


async def page(api: Api, made: dict[str, Any], limit: int = 2) -> list[str]:
    answer = await api.get(f"/announcements/{made['id']}/recipients?limit={limit}")
    return [recipient["user_id"] for recipient in answer.json()["items"]]


async def deliver(api: Api, made: dict[str, Any], users: list[str], worker: str = "worker-1") -> Any:
    due = {"kind": "announcement", "due_at": "2026-11-26T07:00:00Z", "digest_day": "2026-11-26"}
    mails = [due | {"user_id": user_id, "notification_id": made["id"]} for user_id in users]
    body = {"worker": worker, "through": users[-1], "count": len(users), "mails": mails}
    return await api.post(f"/announcements/{made['id']}/delivered", body)


async def test_the_same_key_is_the_same_announcement_with_one_event(api: Api) -> None:
    admin = await api.user()
    await api.events()
    made = await asyncio.gather(*(start(api, admin) for _ in range(4)))
    assert len({announcement["id"] for announcement in made}) == 1
    assert (made[0]["state"], made[0]["recipients"], made[0]["created_by"]) == ("pending", 1, admin)
    assert [kind for kind, _ in await api.events()] == ["announcement.created"]
    other = TEXT | {"title": "Another", "created_by": admin, "idempotency_key": "key-1"}
    assert (await api.post("/announcements", other)).status_code == 409
    assert (await start(api, admin, "key-2"))["id"] != made[0]["id"]
    assert (await start(api, await api.user()))["id"] != made[0]["id"]
    stranger = TEXT | {"created_by": new_id(), "idempotency_key": "key-1"}
    assert (await api.post("/announcements", stranger)).status_code == 404


async def test_an_audience_is_those_who_meet_every_condition(api: Api, sql: Sql) -> None:
    plain = await api.user()
    support = await api.user(role="support")
    pro = (await api.subscription())["user_id"]
    suspended = await api.user()
    await sql.execute("UPDATE users SET email_verified_at = now() WHERE id = ANY($1::uuid[])", [plain, pro])
    await sql.execute("UPDATE users SET status = 'suspended' WHERE id = $1", suspended)
    for audience, expected in [
        ({}, {plain, support, pro}),
        ({"roles": ["support", "admin"]}, {support}),
        ({"plans": ["pro"]}, {pro}),
        ({"plans": ["free"], "without_subscription": True}, {plain, support}),
        ({"plans": ["free"]}, set[str]()),
        ({"verified": False}, {support}),
        ({"verified": True, "plans": ["free"], "without_subscription": True}, {plain}),
    ]:
        size = (await api.post("/announcements/audience", {"audience": audience})).json()
        made = await start(api, plain, str(audience), audience=audience)
        assert (size["recipients"], made["recipients"]) == (len(expected),) * 2
        assert set(await page(api, made, 10)) == expected, audience


async def test_delivery_goes_on_where_it_was_left_and_counts_each_once(api: Api, sql: Sql) -> None:
    users = sorted([await api.user() for _ in range(5)])
    made = await start(api, users[0])
    await api.user()  # who comes later does not get it
    assert (await lease(api, made), await lease(api, made, "worker-2")) == (200, 409)
    first = await page(api, made)
    for _ in range(2):  # the answer was lost, so it is sent twice
        assert (await deliver(api, made, first)).json()["delivered"] == 2
    await sql.execute("UPDATE announcements SET lease_until = now() - interval '1 second'")
    assert [left["id"] for left in (await api.post("/announcements/expired-leases")).json()["items"]] == [made["id"]]
    assert await lease(api, made, "worker-2") == 200
    assert (await deliver(api, made, users[2:4])).status_code == 409
    rest = await page(api, made, 10)
    assert first + rest == users
    assert (await deliver(api, made, rest, "worker-2")).json()["delivered"] == 5
    assert await page(api, made) == []
    assert await sql.fetchval("SELECT count(*) FROM pending_mails") == 5


async def test_it_is_finished_once_and_listed_newest_first(api: Api) -> None:
    admin = await api.user()
    made = await start(api, admin)
    newer = await start(api, admin, "key-2")
    await lease(api, made)
    path = f"/announcements/{made['id']}"
    done = {"worker": "worker-1"}
    finished: dict[str, Any] = {}
    for _ in range(2):
        finished = (await api.post(f"{path}/finish", done)).json()
        assert (finished["state"], finished["finished_at"] is None) == ("succeeded", False)
    assert (await api.post(f"{path}/finish", done | {"error": "no"})).status_code == 409
    assert (await lease(api, made), (await deliver(api, made, [admin])).status_code) == (409, 409)
    assert (await api.get(path)).json() == finished
    first = (await api.get("/announcements?limit=1")).json()
    rest = (await api.get(f"/announcements?limit=1&cursor={first['next_cursor']}")).json()
    assert [item["id"] for item in first["items"] + rest["items"]] == [newer["id"], made["id"]]
