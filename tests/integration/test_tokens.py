"""No token, a foreign one, and every way to make one look right: a 401 problem, never data and never a 500."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from tests.integration.conftest import Person
from tests.waiting import PROMPT_SECONDS, eventually

Claims = dict[str, Any]
PATHS = ["/api/profile", "/api/notifications", "/api/invoices", "/api/subscription", "/api/me", "/api/auth/sessions"]


class Keys:
    """The running stack's signer, so that a token can be right in all but one respect."""

    def __init__(self, folder: Path) -> None:
        pem = max(folder.glob("*.pem"))
        key = load_pem_private_key(pem.read_bytes(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        self.private = key
        self.kid = pem.stem
        self.public_pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture(scope="session")
def keys(secrets_root: Path) -> Keys:
    return Keys(secrets_root / "back-auth" / "jwt_keys")


def _hs256(claims: Claims, keys: Keys) -> str:
    """PyJWT refuses to sign with a public key, so the attack is put together by hand."""
    import base64
    import hashlib
    import hmac
    import json

    def part(data: bytes) -> str:
        return base64.urlsafe_b64encode(data).decode().rstrip("=")

    head = part(json.dumps({"alg": "HS256", "typ": "JWT", "kid": keys.kid}).encode())
    signed = f"{head}.{part(json.dumps(claims).encode())}"
    return f"{signed}.{part(hmac.new(keys.public_pem, signed.encode(), hashlib.sha256).digest())}"


def _signed(claims: Claims, keys: Keys, **changes: object) -> str:
    return jwt.encode(claims | changes, keys.private, algorithm="RS256", headers={"kid": keys.kid})


FORGERIES: dict[str, Callable[[Claims, Keys], str]] = {
    "alg none": lambda claims, keys: jwt.encode(claims, None, algorithm="none", headers={"kid": keys.kid}),  # pyright: ignore[reportArgumentType]
    "HS256 signed with the public key": _hs256,
    "foreign key": lambda claims, keys: jwt.encode(
        claims, rsa.generate_private_key(65537, 2048), algorithm="RS256", headers={"kid": keys.kid}
    ),
    "unknown kid": lambda claims, keys: jwt.encode(claims, keys.private, algorithm="RS256", headers={"kid": "other"}),
    "expired": lambda claims, keys: _signed(claims, keys, exp=int(time.time()) - 60),
    "wrong audience": lambda claims, keys: _signed(claims, keys, aud="somebody-else"),
    "wrong issuer": lambda claims, keys: _signed(claims, keys, iss="somebody-else"),
    "not an access token": lambda claims, keys: _signed(claims, keys, typ="refresh"),
    "no expiry": lambda claims, keys: _signed({name: value for name, value in claims.items() if name != "exp"}, keys),
    "no JWT": lambda claims, keys: "not.a.token",
    "cut off": lambda claims, keys: _signed(claims, keys)[:-10],
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_forged_tokens_are_refused(api: httpx.Client, person: Person, keys: Keys, forgery: str) -> None:
    claims: Claims = jwt.decode(person.token, options={"verify_signature": False})
    assert api.get("/api/me", headers={"Authorization": f"Bearer {_signed(claims, keys)}"}).status_code == 200
    token = FORGERIES[forgery](claims, keys)
    for path in PATHS:
        answer = api.get(path, headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 401, (path, answer.text)
        assert answer.json()["type"] == "urn:tools-dashboard:problem:unauthenticated"
        assert "WWW-Authenticate" in answer.headers


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Basic YTpi", "Bearer " + "x" * 7000])
def test_no_token_is_refused(api: httpx.Client, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    for path in PATHS:
        answer = api.get(path, headers=headers)
        assert answer.status_code == 401, (path, answer.text)
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_revoked_session_stops_within_a_second(api: httpx.Client, person: Person) -> None:
    assert api.get("/api/me", headers=person.headers).status_code == 200
    session = next(
        item for item in api.get("/api/auth/sessions", headers=person.headers).json()["items"] if item["current"]
    )
    assert api.delete(f"/api/auth/sessions/{session['id']}", headers=person.headers).status_code == 204
    eventually(lambda: _status_of_me(api, person) == 401, "the revoked session is refused", seconds=PROMPT_SECONDS)


def _status_of_me(api: httpx.Client, person: Person) -> int:
    return api.get("/api/me", headers=person.headers).status_code
