"""Which request headers a service may trust, and which headers every answer carries."""

import aiohttp
import pytest

from tests.trial_gateway import Trial

pytestmark = pytest.mark.integration
SPOOFED = {
    "X-User-Id": "1",
    "X-User-Role": "admin",
    "X-Session-Id": "1",
    "X-Service": "back-api",
    "X-Service-Token": "1",
    "X-Internal": "1",
    "X-Original-URL": "/internal",
    "X-Rewrite-URL": "/internal",
    "Traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    "Tracestate": "a=1",
    "Forwarded": "for=10.0.0.1;host=evil.example",
    "X-Forwarded-Prefix": "/evil",
}


async def test_identity_headers_of_clients_are_cleared(gateway: Trial, client: aiohttp.ClientSession) -> None:
    for path in ("/api/profile", "/api/auth/login", "/app", "/ws/notifications"):
        async with client.get(gateway.url + path, headers=SPOOFED) as answer:
            seen = await answer.json()
        assert not set(SPOOFED) & set(seen["headers"])


async def test_forwarded_headers_are_the_gateways_own(gateway: Trial, client: aiohttp.ClientSession) -> None:
    claims = {
        "Host": "localhost:8000",
        "X-Forwarded-For": "10.0.0.1, 10.0.0.2",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Port": "443",
        "X-Real-IP": "10.0.0.1",
    }
    async with client.get(f"{gateway.url}/app?q=1", headers=claims) as answer:
        seen = (await answer.json())["headers"]
    assert {name: seen[name] for name in claims} == {
        "Host": "localhost:8000",
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "localhost",
        "X-Forwarded-Port": str(gateway.places.port),
        "X-Real-IP": "127.0.0.1",
    }
    assert seen["X-Forwarded-Path"] == "/app"


async def test_what_a_client_needs_passes(gateway: Trial, client: aiohttp.ClientSession) -> None:
    expected = {
        "Authorization": "Bearer x.y.z",
        "Cookie": "dashboard_access=x.y.z",
        "If-Match": '"3"',
        "Idempotency-Key": "k-1",
        "Origin": "http://localhost:8000",
        "Accept-Language": "de",
    }
    async with client.post(f"{gateway.url}/api/profile", headers=expected) as answer:
        seen = (await answer.json())["headers"]
    assert {name: seen[name] for name in expected} == expected


@pytest.mark.parametrize("path", ["/", "/api/profile", "/internal/x", "/api/profile?status=500"])
async def test_security_headers_are_on_every_answer(gateway: Trial, client: aiohttp.ClientSession, path: str) -> None:
    async with client.get(gateway.url + path) as answer:
        headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Server" not in headers
    assert "X-Powered-By" not in headers


async def test_a_service_learns_whether_the_client_chose_the_correlation_id(
    gateway: Trial, client: aiohttp.ClientSession
) -> None:
    async def origin(**headers: str) -> str | None:
        async with client.get(f"{gateway.url}/api/profile", headers=headers) as answer:
            return (await answer.json())["headers"].get("X-Correlation-Origin")

    assert await origin() == "gateway"
    assert await origin(**{"X-Correlation-ID": "bad id"}) == "gateway"
    assert await origin(**{"X-Correlation-ID": "look-at-this-1"}) is None
    assert await origin(**{"X-Correlation-ID": "look-at-this-1", "X-Correlation-Origin": "gateway"}) is None
