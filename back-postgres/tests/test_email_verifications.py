"""Links that prove an address: single use, one pending an account, for the address that they were sent to."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.client import Api, Sql

pytestmark = pytest.mark.integration


def link(token: str, *, hours: int = 24) -> dict[str, Any]:
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    expires_at = (datetime.now(UTC) + timedelta(hours=hours)).isoformat()
    return {"token": token.ljust(32, "x"), "token_hash": token_hash, "expires_at": expires_at}


def followed(sent: dict[str, Any]) -> dict[str, str]:
    return {"token_hash": sent["token_hash"]}


async def test_a_registration_carries_its_link_in_the_same_event(api: Api) -> None:
    sent = link("first")
    user_id = await api.user("ada@example.com", verification=sent)
    [(kind, data)] = await api.events()
    assert (kind, data["verification"]["token"]) == ("user.registered", sent["token"])
    assert "token_hash" not in data["verification"]
    answer = await api.post("/email-verifications/confirm", followed(sent))
    assert answer.json() == {"user_id": user_id, "email": "ada@example.com"}
    assert await api.events() == [("user.email_verified", {"email": "ada@example.com"})]
    assert (await api.get(f"/users/{user_id}")).json()["email_verified_at"]


async def test_only_the_hash_is_stored(api: Api, sql: Sql) -> None:
    sent = link("secret")
    await api.user(verification=sent)
    [row] = await sql.fetch("SELECT v::text AS text FROM email_verifications v")
    assert sent["token_hash"] in row["text"]
    assert sent["token"] not in row["text"]


async def test_a_link_is_good_once(api: Api) -> None:
    sent = link("once")
    await api.user(verification=sent)
    statuses = [(await api.post("/email-verifications/confirm", followed(sent))).status_code for _ in range(2)]
    assert statuses == [200, 404]


async def test_an_expired_a_replaced_and_an_unknown_link_are_not_found(api: Api) -> None:
    expired = link("expired", hours=-1)
    replaced = link("replaced")
    current = link("current")
    await api.user(verification=expired)
    user_id = await api.user(verification=replaced)
    assert (await api.call("PUT", f"/users/{user_id}/email-verification", current)).status_code == 204
    for sent in (expired, replaced, link("unknown")):
        assert (await api.post("/email-verifications/confirm", followed(sent))).status_code == 404
    assert (await api.post("/email-verifications/confirm", followed(current))).status_code == 200


async def test_a_link_does_not_prove_an_address_that_came_later(api: Api, sql: Sql) -> None:
    sent = link("old")
    user_id = await api.user("old@example.com", verification=sent)
    await sql.execute("UPDATE users SET email = 'later@example.com' WHERE email = 'old@example.com'")
    assert (await api.post("/email-verifications/confirm", followed(sent))).status_code == 404
    assert (await api.get(f"/users/{user_id}")).json()["email_verified_at"] is None


async def test_a_proven_address_and_nobody_get_no_link(api: Api) -> None:
    user_id = await api.user(email_verified=True)
    for owner in (user_id, "0193a000-0000-7000-8000-00000000ffff"):
        answer = await api.call("PUT", f"/users/{owner}/email-verification", link("late"))
        assert answer.status_code == 404
