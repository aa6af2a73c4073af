"""Service tokens (JWT, RS256): which service calls which. back-auth signs them, as it does access tokens; callees verify them.

Neither kind is accepted as the other: they differ in `typ` and in `aud`, which names the one callee that may accept the token.
"""

from collections.abc import Mapping
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from shared.models.base import Entity
from shared.security import constants
from shared.security.jwt import decode
from shared.utils.ids import new_id


class ServiceClaims(Entity):
    """`sub` is the calling service, `aud` the called one."""

    iss: str
    aud: str
    sub: str
    jti: str
    iat: int
    exp: int
    typ: str


def generate_service_token(caller: str, callee: str, *, key: RSAPrivateKey, key_id: str, now: int) -> str:
    """A token that identifies `caller` to `callee`, valid for five minutes from `now` (seconds since 1970)."""
    claims = ServiceClaims(
        iss=constants.JWT_ISSUER,
        aud=callee,
        sub=caller,
        jti=new_id(),
        iat=now,
        exp=now + constants.SERVICE_TOKEN_EXPIRATION,
        typ=constants.SERVICE_TOKEN_TYPE,
    )
    return jwt.encode(claims.model_dump(), key, algorithm=constants.JWT_ALGORITHM, headers={"kid": key_id})


def verify_service_token(token: str, keys: Mapping[str, Any], *, callee: str) -> ServiceClaims:
    """The service that calls `callee` with `token`, verified by `keys` (public keys by `kid`).

    Raises:
        UnknownKey: its `kid` is not among `keys`.
        InvalidToken: anything else is wrong with it.
    """
    return decode(token, keys, ServiceClaims, audience=callee, kind=constants.SERVICE_TOKEN_TYPE)
