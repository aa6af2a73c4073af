"""The API may be called from the pages of our own origins; pages themselves from none."""

import aiohttp
import pytest

from tests.trial_gateway import Trial

pytestmark = pytest.mark.integration
OWN = "http://localhost:4101"


@pytest.mark.parametrize("path", ["/api/profile", "/api/auth/login", "/.well-known/jwks.json"])
async def test_a_preflight_is_answered_by_the_gateway(gateway: Trial, client: aiohttp.ClientSession, path: str) -> None:
    before = {name: echo.requests for name, echo in gateway.echoes.items()}
    headers = {"Origin": OWN, "Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "if-match"}
    async with client.options(gateway.url + path, headers=headers) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == OWN
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert "PATCH" in answer.headers["Access-Control-Allow-Methods"].split(",")
    assert {"Authorization", "If-Match", "Idempotency-Key"} <= set(
        answer.headers["Access-Control-Allow-Headers"].split(",")
    )
    assert answer.headers["Access-Control-Max-Age"] == "600"
    assert answer.headers["Vary"] == "Origin"
    assert {name: echo.requests for name, echo in gateway.echoes.items()} == before


async def test_a_simple_request_is_readable_from_our_origin(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async with client.get(f"{gateway.url}/api/profile", headers={"Origin": OWN}) as answer:
        await answer.read()
    assert answer.headers["Access-Control-Allow-Origin"] == OWN
    assert answer.headers["Access-Control-Allow-Credentials"] == "true"
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Methods" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://localhost:9999", "null", "http://localhost:4101.evil.example"]
)
@pytest.mark.parametrize("method", ["GET", "OPTIONS"])
async def test_another_origin_gets_no_permission(
    gateway: Trial, client: aiohttp.ClientSession, origin: str, method: str
) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    async with client.request(method, f"{gateway.url}/api/profile", headers=headers) as answer:
        await answer.read()
    assert not [name for name in answer.headers if name.startswith("Access-Control-")]
    assert answer.headers["Vary"] == "Origin"


@pytest.mark.parametrize("path", ["/", "/app", "/ws/notifications"])
async def test_pages_and_sockets_have_no_cors(gateway: Trial, client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(gateway.url + path, headers={"Origin": OWN}) as answer:
        await answer.read()
    assert "Access-Control-Allow-Origin" not in answer.headers


async def test_options_without_a_wish_goes_to_the_service(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async with client.options(f"{gateway.url}/api/profile") as answer:
        assert (await answer.json())["method"] == "OPTIONS"
