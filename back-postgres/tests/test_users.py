"""Accounts: registered once, found by id, batch and search."""

import asyncio
from pathlib import Path

import pytest

from shared.chassis import tracing
from shared.chassis.tracing.files import JsonLines
from tests.client import Api, Sql

pytestmark = pytest.mark.integration


async def test_a_registration_writes_account_credential_and_event_together(api: Api) -> None:
    user_id = await api.user("Ada@Example.com", name="Ada", role="admin")
    found = (await api.post("/users/credentials", {"email": "ADA@example.com"})).json()
    assert found["password_hash"] == "$argon2id$x"
    assert found["user"]["email"] == "ada@example.com"
    assert "billing:run" in found["user"]["permissions"]
    assert await api.events() == [
        ("user.registered", {"user": {"id": user_id, "email": "ada@example.com", "name": "Ada"}})
    ]


async def test_two_registrations_at_once_make_one_account_and_one_event(api: Api) -> None:
    answers = await asyncio.gather(*(api.register("twin@example.com") for _ in range(8)))
    assert sorted(answer["created"] for answer in answers) == [False] * 7 + [True]
    assert len({answer["user_id"] for answer in answers}) == 1
    assert [kind for kind, _ in await api.events()] == ["user.registered"]


async def test_a_later_registration_notifies_the_owner_once_an_attempt(api: Api, sql: Sql, now: str) -> None:
    await api.register("owner@example.com", name="Owner")
    await api.events()
    await sql.execute("UPDATE users SET created_at = created_at - interval '1 hour'")
    for _ in range(2):
        assert not (await api.register("OWNER@example.com", name="Stranger", attempted_at=now))["created"]
    assert await api.events() == [("user.registration_repeated", {"email": "owner@example.com", "name": "Owner"})]


async def test_an_attempt_at_the_beginning_of_the_calendar_is_an_old_one(api: Api) -> None:
    await api.register("first@example.com")
    again = await api.register("first@example.com", attempted_at="0001-01-01T00:00:00Z")
    assert not again["created"]


async def test_the_event_carries_the_correlation_id_of_the_call(api: Api, now: str) -> None:
    body = {"email": "c@example.com", "password_hash": "x", "attempted_at": now}
    await api.post("/users/register", body, headers={"X-Correlation-ID": "registration-42"})
    (event,) = await api.claim()
    assert event["correlation_id"] == "registration-42"
    assert event["user_id"] == event["aggregate_id"]


async def test_the_event_names_the_span_that_it_happened_in(api: Api, now: str, tmp_path: Path) -> None:
    tracing.use(JsonLines(str(tmp_path), "back-postgres"))
    try:
        with tracing.server_span(None):
            trace = tracing.traceparent()
            await api.post("/users/register", {"email": "t@example.com", "password_hash": "x", "attempted_at": now})
            (event,) = await api.claim()
    finally:
        tracing.use(None)
    assert event["traceparent"].split("-")[1] == trace.split("-")[1]


async def test_a_hash_can_be_replaced(api: Api) -> None:
    user_id = await api.user("rehash@example.com")
    assert (await api.call("PUT", f"/users/{user_id}/password-hash", {"password_hash": "new"})).status_code == 204
    assert (await api.post("/users/credentials", {"email": "rehash@example.com"})).json()["password_hash"] == "new"
    missing = await api.call("PUT", f"/users/{user_id[:-4]}0000/password-hash", {"password_hash": "new"})
    assert missing.status_code == 404


async def test_a_batch_answers_those_that_exist(api: Api) -> None:
    ids = [await api.user(), await api.user()]
    items = (await api.post("/users/batch", {"ids": [*ids, "nobody", "\x00", ids[0][:-4] + "0000"]})).json()["items"]
    assert [item["id"] for item in items] == sorted(ids)


async def test_pages_show_every_account_once_newest_first(api: Api) -> None:
    ids = [await api.user() for _ in range(5)]
    seen: list[str] = []
    path: str | None = "/users?limit=2"
    while path:
        page = (await api.get(path)).json()
        seen += [item["id"] for item in page["items"]]
        path = f"/users?limit=2&cursor={page['next_cursor']}" if page["next_cursor"] else None
    assert seen == ids[::-1]


@pytest.mark.parametrize(
    ("q", "found"),
    [("ANN", ["ann_b"]), ("100%", ["percent"]), ("%", ["percent"]), ("_", ["ann_b"]), ("\\", []), ("zzz", [])],
)
async def test_a_search_takes_wildcards_literally(api: Api, q: str, found: list[str]) -> None:
    await api.user("ann_b@example.com", name="Ann")
    await api.user("percent@example.com", name="100% Percent")
    items = (await api.call("GET", "/users", params={"q": q})).json()["items"]
    assert [item["email"].partition("@")[0] for item in items] == found


async def people(api: Api, sql: Sql) -> None:
    """Four accounts: an administrator without a name, a suspended one, one with a paid plan, and one with an old plan."""
    await api.user("zoe@example.com", role="admin")
    await api.user("ann@example.com", name="ann")
    bob = await api.user("x@example.com", name="Bob")
    cid = await api.user("b@example.com", name="Cid")
    await sql.execute("UPDATE users SET status = 'suspended' WHERE name = 'ann'")
    await sql.execute("UPDATE users SET email_verified_at = now() WHERE name = 'Bob'")
    for user_id, state in ((bob, "active"), (cid, "canceled")):
        await sql.execute(
            "INSERT INTO subscriptions (user_id, plan, interval, currency, seats, state)"
            " VALUES ($1, 'pro', 'month', 'EUR', 1, $2)",
            user_id,
            state,
        )


async def addresses(api: Api, **query: object) -> list[str]:
    """Of all pages."""
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (await api.call("GET", "/users", params={**query, "limit": 2, "cursor": cursor})).json()
        seen += [str(item["email"]).partition("@")[0] for item in page["items"]]
        cursor = page["next_cursor"]
    return seen


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"role": "admin"}, ["zoe"]),
        ({"status": "suspended"}, ["ann"]),
        ({"verified": "true"}, ["x"]),
        ({"verified": "false", "status": "active"}, ["b", "zoe"]),
        ({"plan": "pro"}, ["x"]),
        ({"plan": "free", "without_subscription": "true"}, ["b", "ann", "zoe"]),
        ({"plan": "free"}, []),
        ({"sort": "created_at"}, ["zoe", "ann", "x", "b"]),
        ({"sort": "name"}, ["ann", "x", "b", "zoe"]),
        ({"sort": "-name"}, ["zoe", "b", "x", "ann"]),
        ({"sort": "email"}, ["ann", "b", "x", "zoe"]),
        ({"sort": "-email", "role": "user"}, ["x", "b", "ann"]),
        ({"sort": "name", "q": "o"}, ["ann", "x", "b", "zoe"]),
        ({"q": "b", "plan": "free", "without_subscription": "true", "sort": "email"}, ["b"]),
    ],
)
async def test_accounts_are_filtered_and_sorted_over_all_pages(
    api: Api, sql: Sql, query: dict[str, object], found: list[str]
) -> None:
    await people(api, sql)
    assert await addresses(api, **query) == found


async def test_each_account_has_its_plan_and_a_total_when_it_is_asked_for(api: Api, sql: Sql) -> None:
    await people(api, sql)
    page = (await api.get("/users?count=true&limit=2&role=user&sort=name")).json()
    assert [item["plan"] for item in page["items"]] == [None, "pro"]
    assert (page["total"], page["more"]) == (3, False)
    assert (await api.get("/users?count=true&q=zoe")).json()["total"] == 1
    assert (await api.get("/users")).json()["total"] is None


async def test_counting_ends_at_its_bound(api: Api, sql: Sql, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("repositories.user_list.MOST_COUNTED", 3)
    await people(api, sql)
    page = (await api.get("/users?count=true")).json()
    assert (page["total"], page["more"]) == (3, True)


async def test_accounts_of_one_name_are_each_shown_once(api: Api) -> None:
    ids = [await api.user(name="Ann") for _ in range(5)]
    assert len(set(await addresses(api, sort="name"))) == len(ids)


async def test_a_cursor_of_another_order_is_refused(api: Api, sql: Sql) -> None:
    await people(api, sql)
    cursor = (await api.get("/users?sort=name&limit=1")).json()["next_cursor"]
    assert (await api.get(f"/users?sort=-name&cursor={cursor}")).status_code == 422


@pytest.mark.parametrize("path", ["/users/nope", "/users/%00", f"/users/{'9' * 5000}", "/profiles/1", "/tasks/x"])
async def test_a_malformed_id_names_nothing(api: Api, path: str) -> None:
    answer = await api.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "query",
    [
        *["q=%00", f"q={'a' * 300}", "limit=0", "limit=101", "cursor=x", "cursor=WyJub3BlIl0", "cursor=WyJcdTAwMDAiXQ"],
        *["role=root", "status=gone", "plan=gold", "verified=yes", "sort=id", "sort=--name", "count=1"],
    ],
)
async def test_a_query_that_does_not_fit_is_refused(api: Api, query: str) -> None:
    assert (await api.get(f"/users?{query}")).status_code == 422


@pytest.mark.parametrize(
    "change",
    [
        {"email": "no"},
        {"email": "a\x00@example.com"},
        {"name": "a\x00"},
        {"name": "x" * 81},
        {"role": "root"},
        {"x": 1},
        {"name": ""},
    ],
)
async def test_a_registration_that_does_not_fit_is_refused(api: Api, now: str, change: dict[str, object]) -> None:
    body = {"email": "ok@example.com", "password_hash": "x", "attempted_at": now} | change
    assert (await api.post("/users/register", body)).status_code == 422
