"""One id a request: the caller's when it is well-formed, else a new UUID; on every answer, at the service and in the log."""

from typing import Any
from uuid import UUID

import aiohttp
import pytest

from tests.trial_gateway import Trial, raw
from tests.waiting import until

pytestmark = pytest.mark.integration


async def test_a_well_formed_id_is_kept(gateway: Trial, client: aiohttp.ClientSession) -> None:
    headers = {"X-Correlation-ID": "order-66.retry_2"}
    async with client.get(f"{gateway.url}/api/profile", headers=headers) as answer:
        seen = await answer.json()
    assert answer.headers.getall("X-Correlation-ID") == ["order-66.retry_2"]
    assert seen["headers"]["X-Correlation-ID"] == "order-66.retry_2"


@pytest.mark.parametrize(
    "sent", [None, "", "short", "a" * 65, "-starts-with-dash", "has blank inside", 'quote"quote', "zeile\u00e4umlaut"]
)
async def test_a_missing_or_malformed_id_is_replaced(
    gateway: Trial, client: aiohttp.ClientSession, sent: str | None
) -> None:
    headers = {} if sent is None else {"X-Correlation-ID": sent}
    async with client.get(f"{gateway.url}/api/profile", headers=headers) as answer:
        seen = await answer.json()
    made = answer.headers["X-Correlation-ID"]
    assert str(UUID(made)) == made
    assert UUID(made).version == 4
    assert seen["headers"]["X-Correlation-ID"] == made


async def test_two_ids_are_none(gateway: Trial, client: aiohttp.ClientSession) -> None:
    headers = [("X-Correlation-ID", "first-of-two"), ("X-Correlation-ID", "second-of-two")]
    async with client.get(f"{gateway.url}/api/profile", headers=headers) as answer:
        assert UUID(answer.headers["X-Correlation-ID"])


async def test_each_request_gets_its_own(gateway: Trial, client: aiohttp.ClientSession) -> None:
    made: set[str] = set()
    for _ in range(50):
        async with client.get(f"{gateway.url}/api/profile") as answer:
            made.add(answer.headers["X-Correlation-ID"])
    assert len(made) == 50


async def test_it_is_on_errors_too(gateway: Trial, client: aiohttp.ClientSession) -> None:
    for path in ("/internal/x", "/api/profile?status=503"):
        async with client.get(gateway.url + path, headers={"X-Correlation-ID": "on-an-error"}) as answer:
            assert answer.headers.getall("X-Correlation-ID") == ["on-an-error"]
    assert b"X-Correlation-ID: " in await raw(gateway, b"NONSENSE\r\n\r\n")


async def test_the_log_has_it_and_no_query(gateway: Trial, client: aiohttp.ClientSession) -> None:
    headers = {"X-Correlation-ID": "find-me-in-the-log"}
    async with client.get(f"{gateway.url}/api/profile?token=secret", headers=headers) as answer:
        await answer.read()

    def logged() -> list[dict[str, Any]]:
        return [line for line in gateway.logged() if line["correlation_id"] == "find-me-in-the-log"]

    (line,) = await until(logged, "the line is written, which happens after the answer")
    assert (line["path"], line["route"], line["status"], line["method"]) == ("/api/profile", "api", 200, "GET")
    assert "secret" not in str(line)
