"""Callers with tokens that a real back-auth could have signed, and some that it never would."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shared.security import constants
from shared.security.jwt import generate_jwt
from shared.security.permissions import ROLE_PERMISSIONS
from shared.utils.ids import new_id
from tests.service_callers import DeclaredCaller, Signing

KEY_ID = "2026-11-23"
ANN = new_id()
BOB = new_id()


class Callers:
    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._foreign = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def token(self, user_id: str = ANN, role: str = "user", *, session_id: str = "s1", age: int = 0) -> str:
        permissions = list(ROLE_PERMISSIONS[role])
        now = int(time.time()) - age
        return generate_jwt(
            user_id, role, session_id=session_id, permissions=permissions, key=self.key, key_id=KEY_ID, now=now
        )

    def headers(self, user_id: str = ANN, role: str = "user", *, session_id: str = "s1") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token(user_id, role, session_id=session_id)}"}

    def service(self, callee: str) -> DeclaredCaller:
        """A service that may call the internal endpoints of `callee`."""
        return DeclaredCaller(callee, Signing(self.key, KEY_ID))

    def bad_tokens(self) -> dict[str, str]:
        """Tokens that must be refused, by what is wrong with them."""
        good = self.token()
        claims = jwt.decode(good, options={"verify_signature": False})
        public = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        rs256: dict[str, Any] = {"algorithm": constants.JWT_ALGORITHM, "headers": {"kid": KEY_ID}}
        return {
            "garbage": "abc",
            "tampered": good[:-6] + "AAAAAA",
            "expired": self.token(age=3600),
            "another key": jwt.encode(claims, self._foreign, **rs256),
            "unknown kid": jwt.encode(claims, self._foreign, algorithm="RS256", headers={"kid": "other"}),
            "no algorithm": jwt.encode(claims, "", algorithm="none", headers={"kid": KEY_ID}),
            "public key as secret": _hs256(claims, public),
            "another audience": jwt.encode(claims | {"aud": "elsewhere"}, self.key, **rs256),
            "another issuer": jwt.encode(claims | {"iss": "elsewhere"}, self.key, **rs256),
            "refresh token": jwt.encode(claims | {"typ": "refresh"}, self.key, **rs256),
        }


def _hs256(claims: dict[str, Any], secret: bytes) -> str:
    """By hand, since the library refuses to sign with a public key."""
    signed = ".".join(_part(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": KEY_ID}, claims))
    return f"{signed}.{_part(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def _part(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
