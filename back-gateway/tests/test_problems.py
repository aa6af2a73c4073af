"""What the gateway itself answers is a problem with the correlation id, or a small page for a browser."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from tests import trial_gateway as trial
from tests.trial_gateway import Trial, raw
from tests.waiting import until

pytestmark = pytest.mark.integration
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LIMITS = [
    ("PUT", "/api/profile/avatar", "back-api", 2_100_000),
    ("POST", "/app/profile", "front-public", 2_100_000),
    ("POST", "/app/profile.data", "front-public", 2_100_000),
    ("POST", "/app/profile/create", "front-public", 65_536),
    ("POST", "/login", "front-public", 65_536),
    ("PATCH", "/api/profile", "back-api", 65_536),
    ("POST", "/api/profile/avatar", "back-api", 65_536),
    ("POST", "/api/auth/login", "back-auth", 65_536),
]
"""The contracts' `max_body`."""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    """A gateway whose services may be stopped."""
    running = trial.start(tmp_path_factory.mktemp("problems"))
    yield running
    running.stop()


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/api/profile", "back-api"),
        ("/api/auth/login", "back-auth"),
        ("/", "front-public"),
        ("/ws/notifications", "back-websockets"),
    ],
)
async def test_a_service_that_is_down(own: Trial, client: aiohttp.ClientSession, path: str, service: str) -> None:
    own.echoes[service].stop()
    headers = {"X-Correlation-ID": "while-it-is-down", "Origin": "http://localhost:4101"}
    async with client.get(own.url + path, headers=headers) as answer:
        problem = await answer.json()
    own.echoes[service].start()
    assert (answer.status, answer.content_type) == (502, "application/problem+json")
    assert (answer.headers["Retry-After"], answer.headers["X-Correlation-ID"]) == ("2", "while-it-is-down")
    assert answer.headers.get("Access-Control-Allow-Origin") == ("http://localhost:4101" if "/api/" in path else None)
    assert problem == {
        "type": "urn:tools-dashboard:problem:unavailable",
        "title": "Not available right now",
        "status": 502,
        "detail": "Try again in a moment.",
        "instance": path,
        "correlation_id": "while-it-is-down",
        "dependency": service,
    }


async def test_a_service_that_is_back_is_used_at_once(own: Trial, client: aiohttp.ClientSession) -> None:
    for _ in range(3):
        own.echoes["back-api"].stop()
        for _ in range(20):
            async with client.get(f"{own.url}/api/profile") as answer:
                assert answer.status == 502
        own.echoes["back-api"].start()
        statuses: list[int] = []
        for method in ("POST", "GET") * 20:
            async with client.request(method, f"{own.url}/api/profile") as answer:
                statuses.append(answer.status)
        assert set(statuses) == {200}


async def test_the_others_are_not_touched(own: Trial, client: aiohttp.ClientSession) -> None:
    own.echoes["back-api"].stop()
    async with client.get(f"{own.url}/api/auth/sessions") as answer:
        assert answer.status == 200
    own.echoes["back-api"].start()


async def test_no_log_contains_a_query(own: Trial, client: aiohttp.ClientSession) -> None:
    own.echoes["front-public"].stop()
    async with client.get(
        f"{own.url}/verify?token=secret-of-a-mail", headers={"Referer": f"{own.url}/?a=secret"}
    ) as answer:
        assert answer.status == 502
    own.echoes["front-public"].start()
    logs = [file.read_text("utf-8") for file in (own.prefix / "logs").glob("*.log")]
    assert '"path":"/verify"' in "".join(logs)
    assert "secret" not in "".join(logs)


async def test_an_unsafe_request_is_sent_once(own: Trial, client: aiohttp.ClientSession) -> None:
    """The service dies after it has read the request: a POST must not be sent again."""
    async with client.get(f"{own.url}/api/profile") as answer:  # leaves a kept connection
        await answer.read()
    echo = own.echoes["back-api"]
    before = echo.requests
    sending = asyncio.create_task(client.post(f"{own.url}/api/profile?held=1", data=b"once"))
    await until(lambda: echo.requests == before + 1, "the request has arrived")
    await asyncio.to_thread(echo.stop)
    answer = await sending
    await asyncio.to_thread(echo.start)
    assert (answer.status, echo.requests) == (502, before + 1)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_no_method_is_sent_again(own: Trial, client: aiohttp.ClientSession, method: str) -> None:
    """A service that dies or is late may have done it already, and the next try would be as late: retries is 0."""
    echo = own.echoes["back-auth"]
    before = echo.requests
    sending = asyncio.create_task(client.request(method, f"{own.url}/api/auth/sessions?held=1"))
    await until(lambda: echo.requests == before + 1, "the request has arrived")
    await asyncio.to_thread(echo.stop)
    answer = await sending
    await asyncio.to_thread(echo.start)
    assert (answer.status, echo.requests) == (502, before + 1)


async def test_a_browser_gets_a_page(own: Trial, client: aiohttp.ClientSession) -> None:
    own.echoes["front-public"].stop()
    headers = {**BROWSER, "X-Correlation-ID": "seen-in-a-browser"}
    async with client.get(f"{own.url}/app", headers=headers) as answer:
        page = await answer.text()
    own.echoes["front-public"].start()
    assert (answer.status, answer.content_type, answer.headers["Retry-After"]) == (502, "text/html", "2")
    assert "Try again in a moment." in page
    assert "Reference: seen-in-a-browser" in page
    assert "%s" not in page


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("method", "path", "service", "limit"), LIMITS)
async def test_a_body_over_the_limit(
    own: Trial, client: aiohttp.ClientSession, *, method: str, path: str, service: str, limit: int, chunked: bool
) -> None:
    async def stream() -> AsyncIterator[bytes]:
        for at in range(0, limit + 1, 65536):
            yield b"x" * min(65536, limit + 1 - at)

    before = own.echoes[service].requests
    headers = {"X-Correlation-ID": "one-byte-too-many", "Connection": "close"}
    body = stream() if chunked else b"x" * (limit + 1)
    async with client.request(method, own.url + path, data=body, headers=headers) as answer:
        problem = await answer.json()
    assert (answer.status, problem["type"]) == (413, "urn:tools-dashboard:problem:payload-too-large")
    assert problem["correlation_id"] == answer.headers["X-Correlation-ID"] == "one-byte-too-many"
    assert own.echoes[service].requests == before


@pytest.mark.parametrize(("method", "path", "service", "limit"), LIMITS)
async def test_a_body_at_the_limit_passes(
    own: Trial, client: aiohttp.ClientSession, method: str, path: str, service: str, limit: int
) -> None:
    async with client.request(method, own.url + path, data=b"x" * limit) as answer:
        assert (answer.status, (await answer.json())["service"]) == (200, service)


@pytest.mark.parametrize("status", [400, 401, 404, 409, 412, 422, 429, 500, 502, 503])
async def test_what_a_service_answers_passes_unchanged(own: Trial, client: aiohttp.ClientSession, status: int) -> None:
    async with client.get(f"{own.url}/api/profile?status={status}", headers=BROWSER) as answer:
        seen = await answer.json()
    assert (answer.status, seen["service"], "Retry-After" in answer.headers) == (status, "back-api", False)


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"NONSENSE\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nCookie: " + b"x" * 200_000 + b"\r\n\r\n", 400),
        (b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 405),
        (b"GET / HTTP/3.7\r\nHost: a\r\n\r\n", 505),
    ],
)
async def test_a_broken_request_is_a_problem_too(own: Trial, request_bytes: bytes, status: int) -> None:
    head, _, body = (await raw(own, request_bytes)).partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Content-Type: application/problem+json" in head
    assert b"X-Correlation-ID: " in head
    assert b'"type":"urn:tools-dashboard:problem:' in body
    assert b"nginx" not in head + body


async def test_large_cookies_pass(own: Trial, client: aiohttp.ClientSession) -> None:
    async with client.get(f"{own.url}/app", headers={"Cookie": "dashboard_access=" + "x" * 12_000}) as answer:
        assert answer.status == 200


async def test_a_service_that_is_too_slow(tmp_path: Path, client: aiohttp.ClientSession) -> None:
    kong = trial.KONG_FILE.read_text("utf-8").replace("read_timeout: 30000", "read_timeout: 300")
    (tmp_path / "kong.yml").write_text(kong, "utf-8")
    (tmp_path / "error.html").write_text("%s %s", "utf-8")
    slow = trial.start(tmp_path / "prefix", source=tmp_path / "kong.yml")
    try:
        async with client.get(f"{slow.url}/api/profile?held=1") as answer:
            problem = await answer.json()
    finally:
        slow.stop()
    assert (answer.status, problem["type"]) == (504, "urn:tools-dashboard:problem:unavailable")
    assert answer.headers["Retry-After"] == "2"
