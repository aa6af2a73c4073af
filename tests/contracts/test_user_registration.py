"""Registration as the guide tests it: the running back-api against the contract, its peer played from the contract."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from aiohttp import web

from shared.contracts.loader import read_contract
from shared.contracts.source import Source
from stack.ports import free_ports
from tests.contracts.contracts import assert_api_matches_contract, assert_matches_schema
from tests.served import served
from tests.services import running
from tooling.paths import ROOT

CONTRACT = ROOT / "shared" / "contracts" / "user-registration" / "feature.yaml"
VALID = {"email": "ada@example.com", "password": "correct horse battery", "name": "Ada Lovelace"}


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """As it is written, with the generated `schemas` that lie beside it."""
    source = read_contract(CONTRACT)
    assert isinstance(source, Source)
    return source.data


@pytest.fixture(scope="module")
def ports() -> dict[str, int]:
    return dict(zip(("back-api", "back-auth", "nowhere"), free_ports(3), strict=True))


@pytest.fixture
def forwarded_for() -> list[str]:
    """For whom back-auth was asked."""
    return []


@pytest.fixture
async def back_auth(
    ports: dict[str, int], contract: dict[str, Any], forwarded_for: list[str]
) -> AsyncIterator[list[Any]]:
    """Plays back-auth: refuses what its contract does not describe, and keeps what it was asked."""
    asked: list[Any] = []

    async def accounts(request: web.Request) -> web.Response:
        asked.append(await request.json())
        forwarded_for.append(request.headers["X-Forwarded-For"])
        assert_matches_schema(asked[-1], contract["schemas"]["request"])
        return web.json_response(contract["examples"]["RegistrationAccepted"][0], status=202)

    async def issue(_: web.Request) -> web.Response:
        return web.json_response({"access_token": "of back-api", "token_type": "Bearer", "expires_in": 300})

    app = web.Application()
    app.router.add_post("/internal/service-tokens", issue)
    app.router.add_post("/internal/accounts", accounts)
    async with served(app, port=ports["back-auth"]):
        yield asked


@pytest.fixture(scope="module")
def client(ports: dict[str, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """The real back-api; its stores do not answer, which registration does not need."""
    secrets = tmp_path_factory.mktemp("secrets")
    for name in ("redis_password", "service_secret"):
        (secrets / name).write_text("none")
    nowhere = f"http://127.0.0.1:{ports['nowhere']}"
    settings = {
        "PORT": str(ports["back-api"]),
        "SECRETS_DIR": str(secrets),
        "BACK_AUTH_URL": f"http://127.0.0.1:{ports['back-auth']}",
        "BACK_POSTGRES_URL": nowhere,
        "BACK_CASSANDRA_URL": nowhere,
        "REDIS_HOST": "127.0.0.1",
        "REDIS_PORT": str(ports["nowhere"]),
    }
    with running("back-api", settings, path="/health") as url, httpx.Client(base_url=url) as http:
        yield http


async def test_registration_endpoint_matches_contract(
    client: httpx.Client, back_auth: list[Any], contract: dict[str, Any]
):
    response = await _post(client, VALID)

    assert response.status_code == 202
    assert_matches_schema(response.json(), contract["schemas"]["response"])
    assert back_auth == [VALID]


async def test_back_auth_learns_whose_registration_it_is(
    client: httpx.Client, back_auth: list[Any], forwarded_for: list[str]
):
    await _post(client, VALID, {"X-Forwarded-For": "198.51.100.7"})

    assert len(back_auth) == 1
    assert forwarded_for == ["198.51.100.7, 127.0.0.1"]


async def test_a_refused_registration_is_a_declared_problem(client: httpx.Client, contract: dict[str, Any]):
    endpoint = contract["endpoints"][0]
    for body in ({}, {**VALID, "email": "nobody"}, {**VALID, "password": "short"}, {**VALID, "role": "admin"}):
        response = await _post(client, body)
        assert response.status_code in endpoint["errors"]
        assert response.headers["content-type"] == "application/problem+json"


async def test_registration_says_so_when_back_auth_is_down(client: httpx.Client):
    response = await _post(client, VALID)

    assert response.status_code == 503
    assert response.json()["dependency"] == "back-auth"
    assert "retry-after" in response.headers


def test_api_matches_contract():
    assert_api_matches_contract(
        api_spec="back-api/features/user-registration/api.py",
        contract="shared/contracts/user-registration/feature.yaml",
    )


async def _post(client: httpx.Client, body: dict[str, Any], headers: dict[str, str] | None = None) -> httpx.Response:
    """Through its own client, so that this loop stays free to play back-auth."""
    async with httpx.AsyncClient(base_url=client.base_url) as http:
        return await http.post("/api/user-registration", json=body, headers=headers)
