import asyncio
from collections import Counter

import httpx
import pytest

from services.password_hashing import PasswordHashing
from tests.blocked_scheme import BlockedScheme
from tests.conftest import PASSWORD, Peers
from tests.waiting import until

NEW = {"email": "New@Example.com", "password": PASSWORD, "name": "Ada"}


async def test_new_account_can_log_in_at_once(api: httpx.AsyncClient) -> None:
    answer = await api.post("/internal/accounts", json=NEW)
    assert (answer.status_code, answer.json()) == (202, {"email": "new@example.com", "status": "check_your_mail"})
    login = await api.post("/api/auth/login", json={"email": "new@example.com", "password": PASSWORD})
    assert login.status_code == 200


async def test_taken_address_gets_the_same_answer_and_keeps_its_password(api: httpx.AsyncClient, peers: Peers) -> None:
    before = dict(peers.postgres.hashes)
    answer = await api.post("/internal/accounts", json={**NEW, "email": "ann@example.com"})
    assert (answer.status_code, answer.json()["status"]) == (202, "check_your_mail")
    assert peers.postgres.repeated == ["ann@example.com"]
    assert peers.postgres.hashes == before


async def test_password_is_stored_as_argon2id_only(api: httpx.AsyncClient, peers: Peers) -> None:
    await api.post("/internal/accounts", json=NEW)
    assert all(stored.startswith("$argon2id$") for stored in peers.postgres.hashes.values())


@pytest.mark.parametrize("name", ["ann", "new"], ids=["known", "unknown"])
async def test_registrations_of_a_mailbox_are_limited_however_it_is_spelled(name: str, api: httpx.AsyncClient) -> None:
    spellings = [f"{name}@example.com", f"{name.upper()}@Example.COM", *(f"{name}+{n}@example.com" for n in range(10))]
    answers = await asyncio.gather(*(open_account(api, email, f"198.51.{n}.1") for n, email in enumerate(spellings)))
    assert Counter(answer.status_code for answer in answers) == {202: 5, 429: 7}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    assert refused.json()["detail"] == "Too many registrations. Try again in 60 minutes."


@pytest.mark.parametrize(
    ("address", "allowed"),
    [("203.0.113.{}", 7), ("2001:db8:0:1::{:x}", 7), ("::ffff:203.0.113.{}", 7), ("198.51.{}.1", 12)],
    ids=["one /24", "one /64", "mapped", "many networks"],
)
async def test_registrations_of_a_network_are_limited(address: str, allowed: int, peers: Peers) -> None:
    async with peers.api(peers.settings.model_copy(update={"network_registrations": 7})) as api:
        answers = await asyncio.gather(
            *(open_account(api, f"n{n}@example.com", address.format(n + 1)) for n in range(12))
        )
    assert Counter(answer.status_code for answer in answers)[202] == allowed


async def open_account(api: httpx.AsyncClient, email: str, address: str) -> httpx.Response:
    return await api.post("/internal/accounts", json={**NEW, "email": email}, headers={"X-Forwarded-For": address})


async def test_without_back_postgres_it_says_when_to_come_back(api: httpx.AsyncClient, peers: Peers) -> None:
    peers.postgres.down = True
    answer = await api.post("/internal/accounts", json=NEW)
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-postgres")


async def test_storm_of_passwords_is_bounded_and_token_checks_go_on(peers: Peers) -> None:
    scheme = BlockedScheme()
    peers.hashing = PasswordHashing(workers=1, queue=4, scheme=scheme)
    scheme.block()
    async with peers.api() as api:
        storm = [
            asyncio.create_task(api.post("/internal/accounts", json={**NEW, "email": f"n{n}@example.com"}))
            for n in range(30)
        ]
        await until(lambda: sum(task.done() for task in storm) == 25, "all but five are refused")
        assert (await api.get("/.well-known/jwks.json")).status_code == 200
        scheme.released.set()
        answers = await asyncio.gather(*storm)
    assert Counter(answer.status_code for answer in answers) == {202: 5, 503: 25}
    assert {answer.headers.get("retry-after") for answer in answers if answer.status_code == 503} == {"1"}
