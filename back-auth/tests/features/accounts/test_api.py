import asyncio
from collections import Counter

import httpx
import pytest

from services.password_hashing import PasswordHashing
from tests.conftest import PASSWORD, World
from tests.held_scheme import HeldScheme
from tests.waiting import until

pytestmark = pytest.mark.integration
NEW = {"email": "New@Example.com", "password": PASSWORD, "name": "Ada"}


async def test_new_account_can_log_in_at_once(api: httpx.AsyncClient) -> None:
    answer = await api.post("/internal/accounts", json=NEW)
    assert (answer.status_code, answer.json()) == (202, {"email": "new@example.com", "status": "check_your_mail"})
    login = await api.post("/api/auth/login", json={"email": "new@example.com", "password": PASSWORD})
    assert login.status_code == 200


async def test_taken_address_gets_the_same_answer_and_keeps_its_password(api: httpx.AsyncClient, world: World) -> None:
    before = dict(world.postgres.hashes)
    answer = await api.post("/internal/accounts", json={**NEW, "email": "ann@example.com"})
    assert (answer.status_code, answer.json()["status"]) == (202, "check_your_mail")
    assert world.postgres.repeated == ["ann@example.com"]
    assert world.postgres.hashes == before


async def test_password_is_stored_as_argon2id_only(api: httpx.AsyncClient, world: World) -> None:
    await api.post("/internal/accounts", json=NEW)
    assert all(stored.startswith("$argon2id$") for stored in world.postgres.hashes.values())


async def test_attempts_on_one_address_are_limited_known_or_not(api: httpx.AsyncClient) -> None:
    for email in ("ann@example.com", "new@example.com"):
        statuses = [(await api.post("/internal/accounts", json={**NEW, "email": email})).status_code for _ in range(6)]
        assert statuses == [202] * 5 + [429]


async def test_without_back_postgres_it_says_when_to_come_back(api: httpx.AsyncClient, world: World) -> None:
    world.postgres.down = True
    answer = await api.post("/internal/accounts", json=NEW)
    assert (answer.status_code, answer.json()["dependency"]) == (503, "back-postgres")


async def test_storm_of_passwords_is_bounded_and_token_checks_go_on(world: World) -> None:
    scheme = HeldScheme()
    world.hashing = PasswordHashing(workers=1, queue=4, scheme=scheme)
    scheme.hold()
    async with world.api() as api:
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
