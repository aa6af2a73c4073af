"""What provider states work with: the running services, asked as the services and persons that may ask them."""

import base64
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx

from shared.security.constants import JWT_EXPIRATION
from shared.security.jwt import generate_jwt
from shared.security.permissions import ROLE_PERMISSIONS
from shared.utils.ids import new_id
from tests.service_callers import DeclaredCaller, Signing
from tests.waiting import PATIENCE_SECONDS

Values = dict[str, str]
"""What stands in a pact's braces."""
State = Callable[["Providers"], Awaitable[Values]]
STATES: dict[str, State] = {}


def state(name: str) -> Callable[[State], State]:
    """Declares the provider state `name` of the pacts."""

    def declare(prepare: State) -> State:
        assert name not in STATES, f"two states are called {name}"
        STATES[name] = prepare
        return prepare

    return declare


@cache
def _caller(callee: str, signing: Signing) -> DeclaredCaller:
    """Reads all contracts."""
    return DeclaredCaller(callee, signing)


@dataclass(frozen=True)
class Providers:
    """`urls` by service. `secrets` is the folder of all of them, `redis_port` that of their store."""

    urls: dict[str, str]
    signing: Signing
    secrets: Path
    redis_port: int

    async def ask(self, service: str, method: str, path: str, json: Any = None, **options: Any) -> Any:
        """The answer's JSON; internal paths are asked as a service that may. Fails when it is refused."""
        caller = _caller(service, self.signing) if path.startswith("/internal/") else None
        async with httpx.AsyncClient(
            base_url=self.urls[service], auth=caller, timeout=PATIENCE_SECONDS, verify=False
        ) as client:
            answer = await client.request(method, path, json=json, **options)
        assert answer.is_success, f"{method} {path} of {service}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content and "json" in answer.headers["content-type"] else None

    def access_token(self, user_id: str, role: str = "user", *, age: int = 0) -> str:
        """As back-auth would have signed it `age` seconds ago."""
        now = int(time.time()) - age
        permissions = list(ROLE_PERMISSIONS[role])
        key = self.signing.key
        key_id = self.signing.key_id
        return generate_jwt(
            user_id, role, session_id=new_id(), permissions=permissions, key=key, key_id=key_id, now=now
        )

    def expired_token(self, user_id: str) -> str:
        return self.access_token(user_id, age=JWT_EXPIRATION + 60)

    def credentials(self, service: str) -> str:
        """HTTP Basic of `service` at back-auth."""
        secret = (self.secrets / service / "service_secret").read_text(encoding="utf-8").strip()
        return base64.b64encode(f"{service}:{secret}".encode()).decode()
