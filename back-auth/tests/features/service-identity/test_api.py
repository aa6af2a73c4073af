"""Who gets a token for calling whom."""

import json
from typing import Any

import httpx
import pytest

from services.service_clients import MAX_FAILURES, ServiceClients, WrongClients
from shared.security.jwt import InvalidToken, verify_jwt
from shared.security.service_tokens import verify_service_token
from stack.native.servers import Place
from tests.conftest import Peers
from tests.service_callers import Signing

PATH = "/internal/service-tokens"
FORM = {"grant_type": "client_credentials", "audience": "back-postgres"}
Auth = tuple[str, str]


@pytest.fixture
def back_api(redis_server: Place) -> Auth:
    return "back-api", redis_server.secret("back-api/service_secret")


async def test_a_service_gets_a_token_for_whom_it_may_call(
    api: httpx.AsyncClient, peers: Peers, back_api: Auth
) -> None:
    answer = await api.post(PATH, data=FORM, auth=back_api)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    issued: dict[str, Any] = answer.json()
    assert (issued["token_type"], issued["expires_in"]) == ("Bearer", 300)
    signing = Signing.from_secrets(peers.settings.secrets_dir.parent)
    keys = {signing.key_id: signing.key.public_key()}
    claims = verify_service_token(issued["access_token"], keys, callee="back-postgres")
    assert (claims.sub, claims.aud, claims.typ, claims.exp - claims.iat) == (
        "back-api",
        "back-postgres",
        "service",
        300,
    )
    with pytest.raises(InvalidToken):
        verify_jwt(issued["access_token"], keys)
    assert peers.postgres.calls == peers.cassandra.calls == []


@pytest.mark.parametrize("callee", ["back-websockets", "back-api", "postgres", "nobody", "x" * 64])
async def test_a_call_that_is_not_declared_gets_no_token(api: httpx.AsyncClient, back_api: Auth, callee: str) -> None:
    answer = await api.post(PATH, data=FORM | {"audience": callee}, auth=back_api)
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:tools-dashboard:problem:forbidden")


async def test_a_wrong_secret_gets_no_token(api: httpx.AsyncClient, back_api: Auth, redis_server: Place) -> None:
    others = redis_server.secret("back-workers/service_secret")
    digest = json.loads(redis_server.secret("back-auth/service_clients.json"))["back-api"]
    for auth in [
        ("back-api", others),
        ("back-api", ""),
        ("back-api", digest),
        ("back-postgres", ""),
        ("", ""),
        ("é", "é"),
    ]:
        answer = await api.post(PATH, data=FORM, auth=auth)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Basic realm="services"'), auth


@pytest.mark.parametrize("authorization", [None, "", "Basic", "Basic %%%", "Basic YQ==", "Basic /w==", "Bearer YTpi"])
async def test_no_credentials_get_no_token(api: httpx.AsyncClient, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    assert (await api.post(PATH, data=FORM, headers=headers)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"grant_type=client_credentials",
        b"audience=back-postgres",
        b"grant_type=password&audience=back-postgres",
        b"grant_type=client_credentials&audience=",
        b"grant_type=client_credentials&audience=a&audience=back-postgres",
        b"grant_type=client_credentials&audience=back-postgres&scope=all",
        b'{"grant_type": "client_credentials", "audience": "back-postgres"}',
        b"\xff\xfe",
        b"a" * 3000,
    ],
)
async def test_a_form_that_is_none_is_refused(api: httpx.AsyncClient, back_api: Auth, body: bytes) -> None:
    answer = await api.post(PATH, content=body, auth=back_api)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json"), answer.text


async def test_guessing_is_slowed_down_and_hinders_nobody(api: httpx.AsyncClient, back_api: Auth) -> None:
    statuses = [
        (await api.post(PATH, data=FORM, auth=("back-api", "guess"))).status_code for _ in range(MAX_FAILURES + 2)
    ]
    assert statuses == [401] * MAX_FAILURES + [429] * 2
    assert (await api.post(PATH, data=FORM, auth=back_api)).status_code == 200


async def test_services_get_tokens_while_redis_is_down(peers: Peers, back_api: Auth) -> None:
    async with peers.api(peers.settings.model_copy(update={"redis_port": 1})) as api:
        assert (await api.post(PATH, data=FORM, auth=back_api)).status_code == 200


async def test_accounts_are_opened_for_back_api_only(api: httpx.AsyncClient, peers: Peers) -> None:
    signing = Signing.from_secrets(peers.settings.secrets_dir.parent)
    body = {"email": "new@example.com", "password": "correct horse battery"}
    for headers, status in [
        ({"X-Service-Token": ""}, 401),
        (signing.headers("back-api", "back-postgres"), 401),
        (signing.headers("back-workers", "back-auth"), 403),
        (signing.headers("back-api", "back-auth"), 202),
    ]:
        assert (await api.post("/internal/accounts", json=body, headers=headers)).status_code == status
    assert len(peers.postgres.calls) == 1


def test_boot_stops_without_the_digests(peers: Peers) -> None:
    with pytest.raises(WrongClients, match=r"python -m stack\.secrets"):
        ServiceClients.load(peers.settings.secrets_dir / "missing.json")
