"""Internal endpoints: whom they admit, by a token that back-auth has signed for this service, and what all others read."""

import time
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from fastapi import FastAPI

from shared.chassis.service_identity import MAX_TOKEN, REFUSALS, ServiceIdentityMiddleware
from shared.contracts.allowed_callers import AllowedCallers
from shared.contracts.manifest import Endpoint
from shared.security.constants import SERVICE_TOKEN_EXPIRATION, SERVICE_TOKEN_HEADER
from shared.security.jwt import InvalidToken, UnknownKey
from shared.security.service_tokens import generate_service_token
from shared.security.service_verifier import CACHE_SIZE, ServiceTokenVerifier
from shared.tests.app import calling

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
NEW_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Keys:
    """`PublicKeys`: renews to `newer` as often as `renewals` says."""

    def __init__(self) -> None:
        self.known: dict[str, Any] = {"k1": KEY.public_key()}
        self.newer: dict[str, Any] = {}
        self.renewed = 0

    async def renew(self) -> bool:
        self.renewed += 1
        self.known = self.known | self.newer
        return bool(self.newer)


def token(
    caller: str = "back-api", callee: str = "back-test", *, key: Any = KEY, key_id: str = "k1", ago: int = 0
) -> str:
    return generate_service_token(caller, callee, key=key, key_id=key_id, now=int(time.time()) - ago)


def endpoint(path: str, *callers: str, auth: str = "internal") -> Endpoint:
    return Endpoint.model_validate(
        {
            "method": "GET",
            "path": path,
            "service": "back-test",
            "auth": auth,
            "callers": list(callers),
            "idempotent": True,
            "response": {200: None},
            "errors": [],
        }
    )


@pytest.fixture
def keys() -> Keys:
    return Keys()


@pytest.fixture
def app(keys: Keys) -> FastAPI:
    made = FastAPI()

    @made.get("/{path:path}")
    async def anything(path: str) -> dict[str, str]:  # pyright: ignore[reportUnusedFunction]
        return {"reached": path}

    declared = [endpoint("/internal/users/{id}", "back-api"), endpoint("/internal/token", auth="client")]
    made.add_middleware(
        ServiceIdentityMiddleware,
        verifier=ServiceTokenVerifier("back-test", keys),
        allowed_callers=AllowedCallers(declared),
    )
    return made


async def ask(app: FastAPI, path: str, sent: str | None = None) -> httpx.Response:
    async with calling(app) as client:
        return await client.get(path, headers={SERVICE_TOKEN_HEADER: sent} if sent is not None else {})


async def test_a_declared_caller_is_admitted(app: FastAPI) -> None:
    answer = await ask(app, "/internal/users/1", token())
    assert (answer.status_code, answer.json()) == (200, {"reached": "internal/users/1"})


@pytest.mark.parametrize("path", ["/api/users", "/internal", "/health"])
async def test_what_is_not_internal_asks_for_no_token(app: FastAPI, path: str) -> None:
    assert (await ask(app, path)).status_code == 200


async def test_an_endpoint_that_asks_for_a_secret_itself_asks_for_no_token(app: FastAPI) -> None:
    assert (await ask(app, "/internal/token")).status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "",
        "nonsense",
        token(callee="back-postgres"),
        token(ago=SERVICE_TOKEN_EXPIRATION + 60),
        token(key=NEW_KEY),
        token(key_id="k9"),
        "x" * (MAX_TOKEN + 1),
    ],
)
async def test_an_invalid_caller_is_asked_for_a_token_and_gets_no_reason(app: FastAPI, sent: str | None) -> None:
    answer = await ask(app, "/internal/users/1", sent)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "ServiceToken"
    assert answer.json()["title"] == "For services only"
    assert SERVICE_TOKEN_HEADER in answer.json()["detail"]
    assert answer.json()["type"] in REFUSALS


async def test_a_service_that_the_contract_does_not_name_is_refused(app: FastAPI) -> None:
    answer = await ask(app, "/internal/users/1", token("back-workers"))
    assert answer.status_code == 403
    assert answer.json()["detail"] == "back-workers is not among the `callers` of this endpoint's contract."
    assert answer.json()["type"] in REFUSALS


async def test_what_no_contract_declares_is_closed(app: FastAPI) -> None:
    answer = await ask(app, "/internal/other", token())
    assert answer.status_code == 404
    assert "No contract declares this endpoint" in answer.json()["detail"]


async def test_a_token_of_a_new_key_makes_the_keys_be_read_again(keys: Keys) -> None:
    verifier = ServiceTokenVerifier("back-test", keys)
    fresh = token(key=NEW_KEY, key_id="k2")
    with pytest.raises(UnknownKey):
        await verifier.caller(fresh)
    keys.newer = {"k2": NEW_KEY.public_key()}
    assert await verifier.caller(fresh) == "back-api"
    assert keys.renewed == 2


async def test_a_token_is_verified_once_and_believed_until_it_expires(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifier = ServiceTokenVerifier("back-test", keys)
    known = token()
    await verifier.caller(known)
    keys.known = {}
    assert await verifier.caller(known) == "back-api"
    now = time.time()
    monkeypatch.setattr("shared.security.service_verifier.time.time", lambda: now + SERVICE_TOKEN_EXPIRATION + 1)
    for _ in range(2):
        with pytest.raises(InvalidToken):
            await verifier.caller(known)


async def test_at_the_second_of_its_end_a_token_is_expired(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    verifier = ServiceTokenVerifier("back-test", keys)
    known = token()
    await verifier.caller(known)
    end = (await verifier._verify_new(known)).exp  # pyright: ignore[reportPrivateUsage]
    monkeypatch.setattr("shared.security.service_verifier.time.time", lambda: float(end))
    with pytest.raises(InvalidToken):
        await verifier.caller(known)


async def test_a_thousand_tokens_are_remembered_the_oldest_is_verified_again(
    keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []

    def verify(sent: str, _: Any, *, callee: str) -> Any:
        verified.append(sent)
        claims: Any = type("Claims", (), {"sub": callee, "exp": time.time() + 60})
        return claims

    monkeypatch.setattr("shared.security.service_verifier.verify_service_token", verify)
    verifier = ServiceTokenVerifier("back-test", keys)
    for number in range(CACHE_SIZE):
        await verifier.caller(str(number))
    await verifier.caller("0")
    assert len(verified) == CACHE_SIZE
    await verifier.caller("one more")
    await verifier.caller("1")
    assert len(verified) == CACHE_SIZE + 1
    await verifier.caller("0")
    assert len(verified) == CACHE_SIZE + 2
