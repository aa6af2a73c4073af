"""What nobody should send: a 4xx problem, never a 500, and nothing asked of the peers."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from services.signing_keys import SigningKeys
from shared.models.problem import PROBLEM_JSON
from tests.conftest import PASSWORD, Peers

BODIES: dict[str, dict[str, Any]] = {
    "/api/auth/login": {"email": "ann@example.com", "password": PASSWORD},
    "/api/auth/refresh": {"refresh_token": "a.b"},
    "/api/auth/logout": {"refresh_token": "a.b"},
    "/internal/accounts": {"email": "new@example.com", "password": PASSWORD, "name": "Ada"},
}
WRONG = [None, 1, 1.5, True, [], {}, "", ["a"], {"$ne": 1}, "x" * 10_000, "\ud800"]
GUARDED = ["/api/auth/sessions", "/api/auth/login-events"]
each_body = pytest.mark.parametrize("path", BODIES)


def check(answer: httpx.Response, *statuses: int) -> None:
    assert answer.status_code in statuses, answer.text
    assert answer.headers["content-type"] == PROBLEM_JSON
    assert answer.json()["correlation_id"] == answer.headers["x-correlation-id"]


@each_body
@pytest.mark.parametrize("text", [b"", b"{", b"nul", b'{"a":}', b"\xff\xfe", b"[" * 50_000, b'{"email": "x'])
async def test_malformed(api: httpx.AsyncClient, peers: Peers, path: str, text: bytes) -> None:
    check(await api.post(path, content=text, headers={"Content-Type": "application/json"}), 400, 422)
    assert peers.postgres.calls == []


@each_body
@pytest.mark.parametrize("value", [None, 1, "text", True, [], [[]], {}])
async def test_no_fields(api: httpx.AsyncClient, path: str, value: Any) -> None:
    check(await api.post(path, json=value), 422)


@each_body
async def test_unknown_field(api: httpx.AsyncClient, path: str) -> None:
    for extra in ("unknown", "role", "user_id", "__proto__", "a\x00b"):
        check(await api.post(path, json=BODIES[path] | {extra: "admin"}), 422)


@each_body
async def test_wrong_values(api: httpx.AsyncClient, peers: Peers, path: str) -> None:
    for field in BODIES[path]:
        for value in WRONG:
            if (field, value) == ("name", None):
                continue
            body = json.dumps(BODIES[path] | {field: value})
            check(await api.post(path, content=body, headers={"Content-Type": "application/json"}), 400, 422)
    assert peers.postgres.calls == []


@each_body
@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "application/xml", ""])
async def test_wrong_content_type(api: httpx.AsyncClient, path: str, content_type: str) -> None:
    body = json.dumps(BODIES[path])
    check(await api.post(path, content=body, headers={"Content-Type": content_type}), 415, 422)


@each_body
async def test_too_large(api: httpx.AsyncClient, path: str) -> None:
    check(await api.post(path, content=b" " * 5_000_000, headers={"Content-Type": "application/json"}), 413)


@each_body
async def test_wrong_method(api: httpx.AsyncClient, path: str) -> None:
    check(await api.get(path), 404 if path.startswith("/internal/") else 405)  # what no contract declares is not there


async def test_nul_bytes(api: httpx.AsyncClient) -> None:
    check(await api.post("/api/auth/login", json={"email": "a\x00@example.com", "password": "x"}), 422)
    check(await api.post("/api/auth/login", json={"email": "ann@example.com", "password": "a\x00b"}), 401, 422)
    check(await api.post("/api/auth/refresh", json={"refresh_token": "a\x00.b"}), 422)
    check(await api.post("/internal/accounts", json={**BODIES["/internal/accounts"], "name": "a\x00b"}), 422)


@pytest.mark.parametrize("email", ["ann", "ann@", "@example.com", "a b@example.com", "ann@example.com\n", "a@b@c.com"])
async def test_what_is_no_address(api: httpx.AsyncClient, email: str) -> None:
    answer = await api.post("/internal/accounts", json={**BODIES["/internal/accounts"], "email": email})
    if answer.status_code != 202:
        check(answer, 422)
        assert [error["field"] for error in answer.json()["errors"]] == ["email"]


async def test_password_that_cannot_be_encoded(api: httpx.AsyncClient) -> None:
    for path in ("/api/auth/login", "/internal/accounts"):
        body = json.dumps(BODIES[path] | {"password": "\ud800" * 12})
        check(await api.post(path, content=body, headers={"Content-Type": "application/json"}), 422)


async def test_short_password_is_named_without_being_repeated(api: httpx.AsyncClient) -> None:
    answer = await api.post("/internal/accounts", json={**BODIES["/internal/accounts"], "password": "hunter2"})
    check(answer, 422)
    assert [error["field"] for error in answer.json()["errors"]] == ["password"]
    assert "hunter2" not in answer.text


@pytest.mark.parametrize(
    "header", [b"", b"Basic", b"Basic \xff", b"Basic ?", b"Basic /w==", b"Basic YQ==", b"Bearer YTpi"]
)
async def test_no_secret_of_a_service(api: httpx.AsyncClient, header: bytes) -> None:
    form = {"grant_type": "client_credentials", "audience": "back-postgres"}
    answer = await api.post("/internal/service-tokens", data=form, headers={b"Authorization": header})
    check(answer, 401)
    assert answer.headers["www-authenticate"] == 'Basic realm="services"'


@pytest.mark.parametrize("path", GUARDED)
@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "Bearer a b", "Bearer " + "x" * 9000])
async def test_no_token(api: httpx.AsyncClient, path: str, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = await api.get(path, headers=headers)
    check(answer, 401)
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_foreign_tokens(api: httpx.AsyncClient, peers: Peers) -> None:
    good = (await api.post("/api/auth/login", json=BODIES["/api/auth/login"])).json()["access_token"]
    assert (await api.get(GUARDED[0], headers={"Authorization": f"Bearer {good}"})).status_code == 200
    for what, token in bad_tokens(good, peers).items():
        for path in GUARDED:
            answer = await api.get(path, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 401, what
            check(answer, 401)


def bad_tokens(good: str, peers: Peers) -> dict[str, str]:
    keys = SigningKeys.load(peers.settings.secrets_dir / "jwt_keys").keys
    kid, key = max(keys.items())
    foreign = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    claims = jwt.decode(good, options={"verify_signature": False})
    past = int(time.time()) - 3600
    pem = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)

    def signed(changes: dict[str, Any], with_key: rsa.RSAPrivateKey = key, kid: str = kid) -> str:
        return jwt.encode(claims | changes, with_key, algorithm="RS256", headers={"kid": kid})

    return {
        "garbage": "abc",
        "tampered": good[:-6] + "AAAAAA",
        "expired": signed({"iat": past, "exp": past + 900}),
        "foreign key": signed({}, foreign),
        "unknown kid": signed({}, foreign, "other"),
        "wrong audience": signed({"aud": "elsewhere"}),
        "wrong issuer": signed({"iss": "elsewhere"}),
        "wrong type": signed({"typ": "refresh"}),
        "alg none": jwt.encode(claims, "", algorithm="none", headers={"kid": kid}),
        "HS256 with the public key": hs256(claims, pem, kid),
    }


def hs256(claims: dict[str, Any], secret: bytes, kid: str) -> str:
    """By hand, since the library refuses to sign with a public key."""
    text = ".".join(part(json.dumps(value).encode()) for value in ({"alg": "HS256", "kid": kid}, claims))
    return f"{text}.{part(hmac.digest(secret, text.encode(), hashlib.sha256))}"


def part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
