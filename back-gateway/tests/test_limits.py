"""Rate limits count per address and scope, and say so in headers."""

import asyncio
import time

import aiohttp
import pytest

from tests.trial_gateway import Trial
from tests.waiting import eventually

pytestmark = pytest.mark.integration


def wait_for_a_fresh_minute(needed: float = 10) -> None:
    """Windows begin with the minute: a test must not run into the next one."""
    eventually(lambda: time.time() % 60 < 60 - needed, "a minute with enough time left")


async def login(client: aiohttp.ClientSession, gateway: Trial) -> aiohttp.ClientResponse:
    async with client.post(f"{gateway.url}/api/auth/login", json={}) as answer:
        await answer.read()
        return answer


async def test_headers_count_down_and_then_the_answer_is_429(strict: Trial, client: aiohttp.ClientSession) -> None:
    wait_for_a_fresh_minute()
    answers = [await login(client, strict) for _ in range(4)]
    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert {answer.headers["RateLimit-Limit"] for answer in answers} == {"3"}
    refused = answers[-1].headers
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["Retry-After"] == refused["RateLimit-Reset"]
    assert "Retry-After" not in answers[0].headers
    assert strict.echoes["back-auth"].requests == 3


async def test_the_refusal_is_a_problem(strict: Trial, client: aiohttp.ClientSession) -> None:
    wait_for_a_fresh_minute()
    for _ in range(3):
        await login(client, strict)
    headers = {"X-Correlation-ID": "the-fourth-login", "Origin": "http://localhost:4101"}
    async with client.post(f"{strict.url}/api/auth/login", json={}, headers=headers) as answer:
        problem = await answer.json()
    assert answer.content_type == "application/problem+json"
    assert problem == {
        "type": "urn:tools-dashboard:problem:too-many-requests",
        "title": "Too many attempts",
        "status": 429,
        "detail": "Wait for the seconds in Retry-After, then try again.",
        "instance": "/api/auth/login",
        "correlation_id": "the-fourth-login",
    }
    assert answer.headers["Access-Control-Allow-Origin"] == "http://localhost:4101"


async def test_concurrent_requests_are_counted_too(strict: Trial, client: aiohttp.ClientSession) -> None:
    """Kong counts a little late under parallel requests (14 of 30 passed a limit of 3), so only what follows is certain."""
    wait_for_a_fresh_minute()
    statuses = [answer.status for answer in await asyncio.gather(*(login(client, strict) for _ in range(30)))]
    assert set(statuses) == {200, 429}
    assert statuses.count(200) >= 3
    assert (await login(client, strict)).status == 429


async def test_each_scope_counts_alone(strict: Trial, client: aiohttp.ClientSession) -> None:
    wait_for_a_fresh_minute()
    for _ in range(4):
        await login(client, strict)
    for method, path, limit in [
        ("POST", "/api/user-registration", "3"),
        ("POST", "/login", "3"),
        ("GET", "/login", "1500"),
        ("GET", "/api/auth/sessions", "1500"),
        ("GET", "/api/profile", "1500"),
    ]:
        async with client.request(method, strict.url + path) as answer:
            assert (answer.status, answer.headers.getall("RateLimit-Limit")) == (200, [limit])


async def test_a_forwarded_address_does_not_help(strict: Trial, client: aiohttp.ClientSession) -> None:
    wait_for_a_fresh_minute()
    status = 0
    for index in range(4):
        headers = {"X-Forwarded-For": f"10.0.0.{index}", "X-Real-IP": f"10.0.0.{index}"}
        async with client.post(f"{strict.url}/api/auth/login", json={}, headers=headers) as answer:
            status = answer.status
    assert status == 429


async def test_a_preflight_costs_nothing(strict: Trial, client: aiohttp.ClientSession) -> None:
    wait_for_a_fresh_minute()
    headers = {"Origin": "http://localhost:4101", "Access-Control-Request-Method": "POST"}
    for _ in range(5):
        async with client.options(f"{strict.url}/api/auth/login", headers=headers) as answer:
            assert (answer.status, "RateLimit-Limit" in answer.headers) == (200, False)


async def test_a_whole_clone_can_work_below_the_general_limit(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async with client.get(f"{gateway.url}/api/profile") as answer:
        assert int(answer.headers["RateLimit-Limit"]) >= 60_000
