"""Claims of another type than ours are no login, whoever signed them."""

import json
import time
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.security import constants
from shared.security.jwt import InvalidToken, generate_jwt, verify_jwt
from shared.security.service_tokens import generate_service_token, verify_service_token

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
KEYS = {"k": KEY.public_key()}
NOW = int(time.time())
LATER = NOW + 300
WRONG: list[tuple[str, Any]] = [
    ("exp", str(LATER)), ("exp", LATER + 0.5), ("exp", [LATER]), ("exp", {}), ("exp", True), ("exp", float("inf")),
    ("iat", str(NOW)), ("iat", []), ("iat", False), ("aud", [constants.JWT_AUDIENCE]), ("aud", {}), ("iss", [constants.JWT_ISSUER]),
    ("sub", 1), ("sub", ["u"]), ("jti", 1), ("typ", ["access"]), ("nbf", "soon"), ("nbf", []),
]  # fmt: skip
USER_ONLY: list[tuple[str, Any]] = [
    ("permissions", "audit:read"), ("permissions", {"audit:read": 1}), ("permissions", [1]), ("permissions", None),
    ("sid", 1), ("role", ["admin"]), ("role", None),
]  # fmt: skip


def signed(claims: dict[str, Any]) -> str:
    return jwt.api_jws.PyJWS().encode(json.dumps(claims).encode(), KEY, algorithm="RS256", headers={"kid": "k"})


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


@pytest.mark.parametrize(("name", "value"), [*WRONG, *USER_ONLY])
def test_an_access_token_with_a_claim_of_another_type_is_refused(name: str, value: Any) -> None:
    good = generate_jwt("u", "user", session_id="s", permissions=[], key=KEY, key_id="k", now=NOW)
    assert verify_jwt(signed(claims_of(good)), KEYS).sub == "u"
    with pytest.raises(InvalidToken):
        verify_jwt(signed(claims_of(good) | {name: value}), KEYS)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_service_token_with_a_claim_of_another_type_is_refused(name: str, value: Any) -> None:
    good = generate_service_token("back-api", "back-postgres", key=KEY, key_id="k", now=NOW)
    with pytest.raises(InvalidToken):
        verify_service_token(signed(claims_of(good) | {name: value}), KEYS, callee="back-postgres")
