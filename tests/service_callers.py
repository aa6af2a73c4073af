"""Internal endpoints called by tests, as a service that may call them: tokens are signed with the test's own keys."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from shared.contracts.allowed_callers import allowed_callers
from shared.security.constants import SERVICE_TOKEN_HEADER
from shared.security.service_tokens import generate_service_token


@dataclass(frozen=True)
class Signing:
    """What back-auth would sign with."""

    key: RSAPrivateKey
    key_id: str

    @classmethod
    def from_secrets(cls, secrets: Path) -> Self:
        """The newest key in the folder with the secrets of every service."""
        path = max((secrets / "back-auth" / "jwt_keys").glob("*.pem"))
        key = load_pem_private_key(path.read_bytes(), password=None)
        assert isinstance(key, RSAPrivateKey)
        return cls(key, path.stem)

    def token(self, caller: str, callee: str, *, age: int = 0) -> str:
        """Made `age` seconds ago."""
        return generate_service_token(caller, callee, key=self.key, key_id=self.key_id, now=int(time.time()) - age)

    def headers(self, caller: str, callee: str, *, age: int = 0) -> dict[str, str]:
        return {SERVICE_TOKEN_HEADER: self.token(caller, callee, age=age)}


@dataclass(frozen=True)
class SignedTokens:
    """For a `ServiceClient` of the service `caller` where no back-auth runs."""

    signing: Signing
    caller: str

    async def token(self, callee: str) -> str:
        return self.signing.token(self.caller, callee)

    def forget(self, callee: str, token: str) -> None: ...


class DeclaredCaller(httpx.Auth):
    """Each request comes from the first of its endpoint's `callers`; what no contract declares comes from back-api."""

    def __init__(self, callee: str, signing: Signing) -> None:
        self._callee = callee
        self._signing = signing
        self._allowed_callers = allowed_callers(callee)

    def headers(self, method: str, path: str) -> dict[str, str]:
        callers = self._allowed_callers.callers(method, path) or {"back-api"}
        return self._signing.headers(min(callers), self._callee)

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if SERVICE_TOKEN_HEADER not in request.headers:
            request.headers.update(self.headers(request.method, request.url.path))
        yield request
