"""Verifies service tokens once and caches them until they expire, so that a call costs one look-up."""

import time
from collections import OrderedDict

from shared.security.jwt import InvalidToken, UnknownKey
from shared.security.keys import PublicKeys
from shared.security.service_tokens import ServiceClaims, verify_service_token

CACHE_SIZE = 1_000


class ServiceTokenVerifier:
    """Of one callee."""

    def __init__(self, callee: str, keys: PublicKeys) -> None:
        self._callee = callee
        self._keys = keys
        self._verified: OrderedDict[str, ServiceClaims] = OrderedDict()

    async def caller(self, token: str) -> str:
        """The service that calls.

        Raises:
            InvalidToken: it is malformed, foreign, for somebody else, no service token or expired.
            Unavailable: it is new here and the keys cannot be fetched.
        """
        claims = self._verified.get(token) or await self._verify_new(token)
        if claims.exp <= time.time():
            self._verified.pop(token, None)
            raise InvalidToken("expired")
        return claims.sub

    async def _verify_new(self, token: str) -> ServiceClaims:
        try:
            claims = verify_service_token(token, self._keys.known, callee=self._callee)
        except UnknownKey:
            if not await self._keys.renew():
                raise
            claims = verify_service_token(token, self._keys.known, callee=self._callee)
        self._verified[token] = claims
        if len(self._verified) > CACHE_SIZE:
            self._verified.popitem(last=False)
        return claims
