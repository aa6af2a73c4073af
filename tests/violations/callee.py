"""A service to which tokens are shown, and the makers of these tokens."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.security import constants
from shared.security.jwt import generate_jwt
from shared.utils.ids import new_id
from tests.service_callers import Signing
from tests.violations.attempt import Token
from tests.waiting import PATIENCE_SECONDS

PATHS = {"back-postgres": "/internal/profiles/", "back-cassandra": "/internal/notifications/"}
CALLER = "back-api"
"""May call both."""
FOREIGN = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True)
class Signers:
    """Who may have signed a token; nobody believes `retired` any more."""

    us: Signing
    retired: Signing

    def by_name(self, name: str) -> Signing:
        strangers = {"stranger": "self-made", "stranger with our kid": self.us.key_id}
        if name in strangers:
            return Signing(FOREIGN, strangers[name])
        return self.retired if name == "retired" else self.us


@dataclass(frozen=True)
class Callee:
    """The service `name` at `url`, and where its log goes."""

    name: str
    url: str
    log: Path

    def shown(self, spec: Token, signers: Signers) -> httpx.Response:
        """What it answers to the token that `spec` describes."""
        token = made(spec, signers, self.name)
        value = f"Bearer {token}" if spec.header == "Authorization" else token
        path = spec.path or PATHS[self.name] + new_id()
        return httpx.get(self.url + path, headers={spec.header: value}, timeout=PATIENCE_SECONDS)

    def logged(self, answer: httpx.Response) -> list[dict[str, Any]]:
        """The lines of its log about the request that was answered so."""
        correlation_id = answer.headers["X-Correlation-ID"]
        lines = (json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{"))
        return [line for line in lines if line.get("correlation_id") == correlation_id]


def made(spec: Token, signers: Signers, callee: str) -> str:
    """The token that `spec` describes, to be shown to `callee`."""
    if spec.raw is not None:
        return spec.raw
    signing = signers.by_name(spec.signed_by)
    caller = callee if spec.caller == "itself" else spec.caller or CALLER
    token = signing.token(caller, spec.audience or callee, age=spec.age)
    if spec.user:
        now = int(time.time())
        token = generate_jwt(
            "u1", "admin", session_id="s1", permissions=[], key=signing.key, key_id=signing.key_id, now=now
        )
    if spec.claims or spec.signed_by == "nobody":
        token = _changed(token, spec, signing)
    return token[: len(token) - spec.cut] + "x" * spec.padding


def _changed(token: str, spec: Token, signing: Signing) -> str:
    claims = jwt.decode(token, options={"verify_signature": False}) | spec.claims
    kept = {name: value for name, value in claims.items() if value is not None}
    key: Any = None if spec.signed_by == "nobody" else signing.key
    algorithm = constants.JWT_ALGORITHM if key else "none"
    return jwt.encode(kept, key, algorithm=algorithm, headers={"kid": signing.key_id})
