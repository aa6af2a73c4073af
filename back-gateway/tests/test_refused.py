"""What belongs to the services alone never passes, however it is spelt."""

import aiohttp
import pytest
from yarl import URL

from tests.trial_gateway import Trial

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("host", ["localhost:8000", "admin.localhost:8000"])
@pytest.mark.parametrize(
    "path",
    [
        "/internal",
        "/internal/users/register",
        "/health",
        "/health/ready",
        "/metrics",
        "/openapi.json",
        "/asyncapi.json",
        "//internal/users",
        "/%69nternal/users",
        "/api/../internal/users",
        "/api/%2e%2e/internal/users",
        "/api/auth/../../internal/accounts",
        "/./metrics",
        "/internal%2f..%2finternal/users",
        "/internal/users?x=/api/",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "PROPFIND"])
async def test_internal_paths_are_refused(
    gateway: Trial, client: aiohttp.ClientSession, host: str, path: str, method: str
) -> None:
    before = {name: echo.requests for name, echo in gateway.echoes.items()}
    async with client.request(method, URL(gateway.url + path, encoded=True), headers={"Host": host}) as answer:
        problem = await answer.json()
    assert (answer.status, answer.content_type) == (404, "application/problem+json")
    assert problem["type"] == "urn:tools-dashboard:problem:not-found"
    assert {name: echo.requests for name, echo in gateway.echoes.items()} == before


@pytest.mark.parametrize(
    ("path", "service"), [("/%2finternal/users", "front-public"), ("/api/..%2finternal/users", "back-api")]
)
async def test_an_encoded_slash_is_part_of_a_name(
    gateway: Trial, client: aiohttp.ClientSession, path: str, service: str
) -> None:
    """As in Kong (RFC 3986, section 2.2): services have nothing at such an address, see shared/chassis/tests."""
    async with client.get(URL(gateway.url + path, encoded=True)) as answer:
        seen = await answer.json()
    assert (seen["service"], seen["path"]) == (service, path.replace("%2f", "%2F"))


@pytest.mark.parametrize("path", ["/:api/profile", "/:problem", "/:refused/", "/:"])
async def test_the_names_of_locations_are_ordinary_paths_outside(
    gateway: Trial, client: aiohttp.ClientSession, path: str
) -> None:
    async with client.get(gateway.url + path) as answer:
        body = await answer.json()
    assert (answer.status, body.get("path", "")) in ((200, path), (404, ""))
    assert body.get("service", "front-public") == "front-public"


async def test_a_path_that_leaves_the_root_is_a_bad_request(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async with client.get(URL(f"{gateway.url}/../../etc/passwd", encoded=True)) as answer:
        assert answer.status == 400
