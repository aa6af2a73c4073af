"""The keys of access and service tokens: `SECRETS_DIR/jwt_keys/<kid>.pem`; the newest signs, all are published.

To rotate: `python -m stack.secrets ROOT --add-signing-key` (which also publishes it to those who read keys from a file),
restart back-auth; remove the old one when its last token has expired (15 minutes later) and run `python -m stack.secrets`.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.permission_service import permissions_of
from shared.security.jwt import generate_jwt, public_jwk
from shared.security.service_tokens import generate_service_token

MIN_BITS = 2048


class WrongKey(SystemExit):
    """Stops the boot with one sentence."""


@dataclass(frozen=True)
class SigningKeys:
    """RSA keys by `kid`, which sort by age. `Tokens` of authentication and `Signer` of service identity."""

    keys: dict[str, RSAPrivateKey]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The keys in `folder`; exits when there is none or one is not an RSA key of 2048 bits or more."""
        keys = {path.stem: _read(path) for path in sorted(folder.glob("*.pem"))}
        if not keys:
            raise WrongKey(f"{folder}: no signing key (<kid>.pem); `python -m stack.secrets` makes one")
        return cls(keys)

    def sign(self, *, user_id: str, role: str, session_id: str) -> str:
        """An access token of this session, valid for 15 minutes."""
        key_id = max(self.keys)
        return generate_jwt(
            user_id,
            role,
            session_id=session_id,
            permissions=permissions_of(role),
            key=self.keys[key_id],
            key_id=key_id,
            now=int(time.time()),
        )

    def sign_service(self, *, caller: str, callee: str) -> str:
        """A service token, valid for five minutes."""
        key_id = max(self.keys)
        return generate_service_token(caller, callee, key=self.keys[key_id], key_id=key_id, now=int(time.time()))

    async def published(self) -> dict[str, Any]:
        """The public halves as a JWK set (RFC 7517), the signing one first."""
        return {"keys": [public_jwk(self.keys[kid].public_key(), kid) for kid in sorted(self.keys, reverse=True)]}


def _read(path: Path) -> RSAPrivateKey:
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, OSError) as error:
        raise WrongKey(f"{path}: not a private key ({type(error).__name__})") from None
    if not isinstance(key, RSAPrivateKey) or key.key_size < MIN_BITS:
        raise WrongKey(f"{path}: not an RSA key of {MIN_BITS} bits or more")
    return key
