"""Access tokens (RFC 7519, RS256): making and verifying them.

back-auth makes them (boundaries.yaml, rule signing-only-in-back-auth: only it holds a private key);
back-api and back-websockets verify them.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from jwt.algorithms import RSAAlgorithm
from pydantic import ValidationError

from shared.models.base import Entity
from shared.security import constants
from shared.utils.errors import Unauthenticated
from shared.utils.ids import new_id

ClaimsOf = TypeVar("ClaimsOf", bound=Entity)


class Claims(Entity):
    """The claims of an access token; `exp` and `iat` are seconds since 1970."""

    iss: str
    aud: str
    sub: str
    sid: str
    role: str
    permissions: list[str]
    jti: str
    iat: int
    exp: int
    typ: str


class InvalidToken(Unauthenticated):
    """`reason` is for the log; the caller only learns that it has to log in."""

    def __init__(self, reason: str) -> None:
        super().__init__("Your login has expired. Log in again.")
        self.reason = reason


class UnknownKey(InvalidToken):
    """The token names a key that is not in the key set: it may have been rotated."""


def generate_jwt(
    user_id: str, role: str, *, session_id: str, permissions: list[str], key: RSAPrivateKey, key_id: str, now: int
) -> str:
    """A signed access token, valid for 15 minutes from `now` (seconds since 1970)."""
    claims = Claims(
        iss=constants.JWT_ISSUER,
        aud=constants.JWT_AUDIENCE,
        sub=user_id,
        sid=session_id,
        role=role,
        permissions=permissions,
        jti=new_id(),
        iat=now,
        exp=now + constants.JWT_EXPIRATION,
        typ=constants.JWT_TYPE,
    )
    return jwt.encode(claims.model_dump(), key, algorithm=constants.JWT_ALGORITHM, headers={"kid": key_id})


def public_jwk(key: RSAPublicKey, key_id: str) -> dict[str, Any]:
    """The public half as a JWK (RFC 7517)."""
    return json.loads(RSAAlgorithm.to_jwk(key)) | {"kid": key_id, "use": "sig", "alg": constants.JWT_ALGORITHM}


def verify_jwt(token: str, keys: Mapping[str, Any]) -> Claims:
    """Verifies `token` against `keys` (public keys by `kid`).

    Pins RS256, and checks signature, issuer, audience, expiry and `typ`.

    Raises:
        UnknownKey: its `kid` is not among `keys`.
        InvalidToken: anything else is wrong with it.
    """
    return decode(token, keys, Claims, audience=constants.JWT_AUDIENCE, kind=constants.JWT_TYPE)


def decode(token: str, keys: Mapping[str, Any], claims: type[ClaimsOf], *, audience: str, kind: str) -> ClaimsOf:
    """The claims of a token of ours for `audience` whose `typ` is `kind`; every field of `claims` is required.

    Raises what `verify_jwt` does.
    """
    key = keys.get(_key_id(token))
    if key is None:
        raise UnknownKey("unknown key")
    try:
        payload: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[constants.JWT_ALGORITHM],
            audience=audience,
            issuer=constants.JWT_ISSUER,
            leeway=constants.JWT_LEEWAY,
            options={"require": list(claims.model_fields)},
        )
        known = claims.model_validate(payload)
    except (jwt.PyJWTError, ValidationError, ValueError, TypeError, OverflowError) as error:  # also a time that is none
        raise InvalidToken(type(error).__name__) from None
    if payload["typ"] != kind:
        raise InvalidToken(f"not a token of type {kind}")
    return known


def _key_id(token: str) -> str:
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError) as error:
        raise InvalidToken(type(error).__name__) from None
    if header.get("alg") != constants.JWT_ALGORITHM:
        raise InvalidToken("algorithm not allowed")
    return str(header.get("kid", ""))
