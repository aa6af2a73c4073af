"""Which access tokens are believed: the right key, algorithm, issuer, audience, type and time, and not revoked."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from time import time as real_time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.security import constants
from shared.security.jwt import Claims, InvalidToken, generate_jwt, public_jwk, verify_jwt
from shared.security.keys import REFETCH_SECONDS, FetchedKeys
from shared.security.verifier import TokenVerifier

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEYS = {"k1": KEY.public_key()}


def _token(*, key: rsa.RSAPrivateKey = KEY, key_id: str = "k1", now: int | None = None) -> str:
    return generate_jwt(
        "u1", "user", session_id="s1", permissions=["users:read"], key=key, key_id=key_id, now=now or int(real_time())
    )


def _signed(changes: Mapping[str, Any], *, drop: str = "") -> str:
    """A token with our key whose claims are changed."""
    claims = jwt.decode(_token(), options={"verify_signature": False}) | dict(changes)
    claims.pop(drop, None)
    return jwt.encode(claims, KEY, algorithm="RS256", headers={"kid": "k1"})


def _part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _claims() -> dict[str, Any]:
    return jwt.decode(_token(), options={"verify_signature": False})


def _without_signature(alg: str) -> str:
    return f"{_part({'alg': alg, 'typ': 'JWT', 'kid': 'k1'})}.{_part(_claims())}."


def _signed_with_the_public_key() -> str:
    pem = KEY.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    text = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': 'k1'})}.{_part(_claims())}"
    signature = hmac.new(pem, text.encode(), hashlib.sha256).digest()
    return f"{text}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def test_a_good_token_says_who_it_is():
    claims = verify_jwt(_token(), KEYS)

    assert (claims.sub, claims.sid, claims.role, claims.permissions) == ("u1", "s1", "user", ["users:read"])
    assert claims.exp - claims.iat == constants.JWT_EXPIRATION == 15 * 60


BAD = {
    "alg none": _without_signature("none"),
    "alg None": _without_signature("None"),
    "signature left out": _without_signature("RS256"),
    "HS256 with the public key": _signed_with_the_public_key(),
    "another key": _token(key=OTHER),
    "unknown key": _token(key_id="k9"),
    "no key id": jwt.encode(_claims(), KEY, algorithm="RS256"),
    "RS512": jwt.encode(_claims(), KEY, algorithm="RS512", headers={"kid": "k1"}),
    "expired": _token(now=int(time.time()) - constants.JWT_EXPIRATION - constants.JWT_LEEWAY - 1),
    "from the future": _signed({"iat": int(time.time()) + 3600}),
    "another issuer": _signed({"iss": "somebody"}),
    "another audience": _signed({"aud": "another-product"}),
    "refresh token": _signed({"typ": "refresh"}),
    "permissions as text": _signed({"permissions": "users:read"}),
    **{f"without {claim}": _signed({}, drop=claim) for claim in Claims.model_fields},
    "empty": "",
    "no token": "hello",
    "not base64": "a.b.c",
    "header is a list": f"{_part([])}.{_part({})}.x",
    "not ASCII": "é.é.é",
    "claims are a list": jwt.api_jws.encode(b"[]", KEY, algorithm="RS256", headers={"kid": "k1"}),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_token_is_refused_without_a_reason(name: str):
    with pytest.raises(InvalidToken) as refused:
        verify_jwt(BAD[name], KEYS)

    assert refused.value.detail == "Your login has expired. Log in again."
    assert refused.value.reason


class Clock:
    """Replaces both clocks that the verifier reads."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 0.0
        wall = time.time
        steady = time.monotonic
        monkeypatch.setattr("shared.security.verifier.time.time", lambda: wall() + self.seconds)
        monkeypatch.setattr("shared.security.keys.time.monotonic", lambda: steady() + self.seconds)


class BackAuth:
    """The key set as back-auth serves it, and which sessions have ended."""

    def __init__(self) -> None:
        self.keys = {"k1": KEY.public_key()}
        self.fetched = 0
        self.ended: set[str] = set()

    async def fetch(self) -> dict[str, Any]:
        self.fetched += 1
        return {"keys": [public_jwk(key, key_id) for key_id, key in self.keys.items()]}

    def is_revoked(self, session_id: str) -> bool:
        return session_id in self.ended


@pytest.fixture
def back_auth() -> BackAuth:
    return BackAuth()


@pytest.fixture
def verifier(back_auth: BackAuth) -> TokenVerifier:
    return TokenVerifier(FetchedKeys(back_auth.fetch), back_auth)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def test_keys_are_fetched_once(verifier: TokenVerifier, back_auth: BackAuth):
    for _ in range(3):
        assert (await verifier.verify(_token())).sub == "u1"

    assert back_auth.fetched == 1


async def test_a_new_key_is_fetched_when_it_is_first_seen(verifier: TokenVerifier, back_auth: BackAuth, clock: Clock):
    await verifier.verify(_token())
    back_auth.keys["k2"] = OTHER.public_key()
    clock.seconds += REFETCH_SECONDS + 1

    assert (await verifier.verify(_token(key=OTHER, key_id="k2"))).sub == "u1"
    assert back_auth.fetched == 2


async def test_made_up_key_ids_do_not_flood_back_auth(verifier: TokenVerifier, back_auth: BackAuth):
    for number in range(20):
        with pytest.raises(InvalidToken):
            await verifier.verify(_token(key_id=f"made-up-{number}"))

    assert back_auth.fetched == 1


async def test_a_remembered_token_expires(verifier: TokenVerifier, clock: Clock):
    token = _token()
    await verifier.verify(token)
    clock.seconds += constants.JWT_EXPIRATION

    with pytest.raises(InvalidToken, match="Log in again"):
        await verifier.verify(token)


async def test_a_remembered_token_of_an_ended_session_is_refused(verifier: TokenVerifier, back_auth: BackAuth):
    token = _token()
    await verifier.verify(token)
    back_auth.ended.add("s1")

    with pytest.raises(InvalidToken) as refused:
        await verifier.verify(token)

    assert refused.value.reason == "session revoked"


async def test_a_retired_key_is_forgotten_with_the_next_fetch(
    verifier: TokenVerifier, back_auth: BackAuth, clock: Clock
):
    await verifier.verify(_token())
    back_auth.keys = {"k2": OTHER.public_key()}
    clock.seconds += REFETCH_SECONDS + 1
    await verifier.verify(_token(key=OTHER, key_id="k2"))

    with pytest.raises(InvalidToken):
        await verifier.verify(_token(now=int(time.time()) - 1))
