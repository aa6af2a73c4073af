"""Verifies access tokens once and caches them until they expire or their session is revoked (design: "Speed")."""

import time
from collections import OrderedDict
from typing import Protocol

from shared.security.jwt import Claims, InvalidToken, UnknownKey, verify_jwt
from shared.security.keys import PublicKeys

CACHE_SIZE = 20_000


class Revocations(Protocol):
    """The sessions that ended early; kept current by `back_redis.revocations`."""

    def is_revoked(self, session_id: str) -> bool: ...


class TokenVerifier:
    """Checking a known token costs a dictionary look-up; a new one costs 70 µs of RSA."""

    def __init__(self, keys: PublicKeys, revocations: Revocations) -> None:
        self._keys = keys
        self._revocations = revocations
        self._verified: OrderedDict[str, Claims] = OrderedDict()

    async def verify(self, token: str) -> Claims:
        """The claims of `token`.

        Raises:
            InvalidToken: it is malformed, foreign, expired or its session has ended.
            Unavailable: it is new here and the keys cannot be fetched.
        """
        claims = self._verified.get(token) or await self._verify_new(token)
        if claims.exp <= time.time():
            self._verified.pop(token, None)
        self.check(claims)
        return claims

    def check(self, claims: Claims) -> None:
        """Raises InvalidToken when the token of these claims has expired or its session has ended."""
        if claims.exp <= time.time():
            raise InvalidToken("expired")
        if self._revocations.is_revoked(claims.sid):
            raise InvalidToken("session revoked")

    async def _verify_new(self, token: str) -> Claims:
        try:
            claims = verify_jwt(token, self._keys.known)
        except UnknownKey:
            if not await self._keys.renew():
                raise
            claims = verify_jwt(token, self._keys.known)
        self._verified[token] = claims
        if len(self._verified) > CACHE_SIZE:
            self._verified.popitem(last=False)
        return claims
