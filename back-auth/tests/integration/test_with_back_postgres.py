import asyncio
import json

import httpx
import jwt
import pytest

from shared.utils.ids import new_id
from stack.native.servers import Place
from tests.waiting import PROMPT_SECONDS, until

pytestmark = pytest.mark.integration
PASSWORD = "correct horse battery"


def account() -> dict[str, str]:
    return {"email": f"{new_id()}@example.com", "password": PASSWORD, "name": "Ada"}


async def login(auth: httpx.AsyncClient, who: dict[str, str]) -> httpx.Response:
    return await auth.post("/api/auth/login", json={"email": who["email"], "password": who["password"]})


async def test_demo_accounts_are_there_once_back_postgres_is(auth: httpx.AsyncClient, redis_server: Place) -> None:
    accounts: list[dict[str, str]] = json.loads(redis_server.secret("back-auth/demo_accounts.json"))

    async def made() -> bool:
        return (await auth.get("/health/ready")).json()["checks"]["demo accounts"]["ok"]

    await until(made, "the demo accounts are made")
    for demo in accounts:
        answer = await login(auth, demo)
        assert answer.status_code == 200, answer.text
        claims = jwt.decode(answer.json()["access_token"], options={"verify_signature": False})
        assert claims["role"] == demo["role"]


async def test_register_log_in_refresh_log_out(auth: httpx.AsyncClient) -> None:
    new = account()
    assert (await auth.post("/internal/accounts", json=new)).status_code == 202
    tokens = (await login(auth, new)).json()
    renewed = await auth.post("/api/auth/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert renewed.status_code == 200
    headers = {"Authorization": f"Bearer {renewed.json()['access_token']}"}
    assert len((await auth.get("/api/auth/sessions", headers=headers)).json()["items"]) == 1
    ended = await auth.post("/api/auth/logout", json={"refresh_token": renewed.json()["refresh_token"]})
    assert ended.status_code == 204

    async def refused() -> bool:
        return (await auth.get("/api/auth/sessions", headers=headers)).status_code == 401

    await until(refused, "the access token is refused", seconds=PROMPT_SECONDS)
    assert (await login(auth, new | {"password": "wrong"})).status_code == 401


async def test_registering_twice_at_once_makes_one_account(auth: httpx.AsyncClient) -> None:
    new = account()
    answers = await asyncio.gather(*(auth.post("/internal/accounts", json=new) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.text for answer in answers}) == 1
    subjects = {
        jwt.decode((await login(auth, new)).json()["access_token"], options={"verify_signature": False})["sub"]
        for _ in range(2)
    }
    assert len(subjects) == 1


async def test_registering_a_taken_address_changes_no_password(auth: httpx.AsyncClient) -> None:
    new = account()
    await auth.post("/internal/accounts", json=new)
    other = new | {"password": "another password"}
    assert (await auth.post("/internal/accounts", json=other)).status_code == 202
    assert ((await login(auth, new)).status_code, (await login(auth, other)).status_code) == (200, 401)
