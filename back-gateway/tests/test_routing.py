"""Which service answers which host, method and path; the real Kong file, rendered and running."""

from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from tests import trial_gateway as trial
from tests.trial_gateway import Trial

pytestmark = pytest.mark.integration
PUBLIC = "localhost:8000"
ADMIN = "admin.localhost:8000"


@pytest.mark.parametrize(
    ("host", "method", "path", "service"),
    [
        (PUBLIC, "GET", "/", "front-public"),
        (PUBLIC, "GET", "/app/profile?tab=1", "front-public"),
        (PUBLIC, "POST", "/login", "front-public"),
        (PUBLIC, "POST", "/register.data", "front-public"),
        (PUBLIC, "GET", "/assets/entry-1a2b.js", "front-public"),
        (PUBLIC, "GET", "/apiary", "front-public"),
        (PUBLIC, "GET", "/api/profile", "back-api"),
        (PUBLIC, "PATCH", "/api/profile", "back-api"),
        (PUBLIC, "PUT", "/api/profile/avatar", "back-api"),
        (PUBLIC, "DELETE", "/api/profile?x=%2F&y=a+b", "back-api"),
        (PUBLIC, "POST", "/api/user-registration", "back-api"),
        (PUBLIC, "GET", "/api/authors", "back-api"),
        (PUBLIC, "POST", "/api/auth/login", "back-auth"),
        (PUBLIC, "GET", "/api/auth/login", "back-auth"),
        (PUBLIC, "POST", "/api/auth/login/extra", "back-auth"),
        (PUBLIC, "GET", "/api/auth/sessions", "back-auth"),
        (PUBLIC, "GET", "/.well-known/jwks.json", "back-auth"),
        (PUBLIC, "GET", "/ws/notifications", "back-websockets"),
        ("127.0.0.1:8000", "GET", "/api/plans", "back-api"),
        ("dashboard.example.com", "GET", "/", "front-public"),
        (ADMIN, "GET", "/", "front-admin"),
        (ADMIN, "GET", "/users?q=a", "front-admin"),
        (ADMIN, "POST", "/login", "front-admin"),
        (ADMIN, "POST", "/register", "front-admin"),
        (ADMIN, "GET", "/api/users", "back-api"),
        (ADMIN, "POST", "/api/auth/login", "back-auth"),
        (ADMIN, "POST", "/api/user-registration", "back-api"),
        (ADMIN, "GET", "/ws/notifications", "back-websockets"),
        ("admin.localhost", "GET", "/", "front-admin"),
        ("ADMIN.LOCALHOST", "GET", "/", "front-public"),
        ("admin.localhost.", "GET", "/", "front-public"),
        ("x.admin.localhost", "GET", "/", "front-public"),
    ],
)
async def test_the_route_decides_the_service_and_keeps_method_path_and_query(
    gateway: Trial, client: aiohttp.ClientSession, host: str, method: str, path: str, service: str
) -> None:
    url = URL(gateway.url + path, encoded=True)
    async with client.request(method, url, headers={"Host": host}) as answer:
        seen = await answer.json()
    assert (answer.status, seen["service"], seen["method"], seen["path"]) == (200, service, method, path)
    assert seen["headers"]["Host"] == host


async def test_a_head_request_has_no_body(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async with client.head(f"{gateway.url}/api/profile") as answer:
        assert (answer.status, await answer.read()) == (200, b"")


@pytest.mark.parametrize(
    ("sent", "passed"),
    [
        ("/api//profile", "/api/profile"),
        ("/api/./x/../profile", "/api/profile"),
        ("/%61pi/profile", "/api/profile"),
        ("/api/a%20b%25c%3Fd", "/api/a%20b%25c%3Fd"),
        ("/api/caf%C3%A9", "/api/caf%C3%A9"),
        ("/api/line%0Abreak", "/api/line%0Abreak"),
        ("/api/%2f%2b%3d%26%40%3a%3b%2c%5b%5d", "/api/%2F%2B%3D%26%40%3A%3B%2C%5B%5D"),
        ("/api/a+b=c&d@e:f;g,h!", "/api/a+b=c&d@e:f;g,h!"),
        ("/api/%7Eada%2Dx%5c", "/api/~ada-x%5C"),
        ("/api/x%2e%2e/%2E/y/..", "/api/x../"),
        ("/api/profile?a=%2f//../x?y", "/api/profile?a=%2f//../x?y"),
    ],
)
async def test_what_is_matched_is_what_is_passed_on(
    gateway: Trial, client: aiohttp.ClientSession, sent: str, passed: str
) -> None:
    async with client.get(URL(gateway.url + sent, encoded=True)) as answer:
        seen = await answer.json()
    assert (seen["service"], seen["path"]) == ("back-api", passed)


@pytest.fixture
def moved(tmp_path: Path) -> Iterator[Trial]:
    running = trial.start(tmp_path, admin_host="console.example.org")
    yield running
    running.stop()


async def test_admin_url_names_the_host_of_the_admin_front(moved: Trial, client: aiohttp.ClientSession) -> None:
    for host, path, service in [
        ("console.example.org", "/users", "front-admin"),
        ("console.example.org:8443", "/api/users", "back-api"),
        ("admin.localhost", "/users", "front-public"),
    ]:
        async with client.get(moved.url + path, headers={"Host": host}) as answer:
            assert (await answer.json())["service"] == service


async def test_a_large_answer_and_a_large_body_pass_whole(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async with client.put(f"{gateway.url}/api/profile/avatar", data=b"x" * 2 * 1024 * 1024) as answer:
        assert (await answer.json())["received"] == 2 * 1024 * 1024
