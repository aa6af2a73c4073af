"""The secret that back-auth signs its opaque tokens with: `SECRETS_DIR/token_secret`, one key a purpose."""

import hashlib
import hmac
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

MIN_LENGTH = 32


class WrongSecret(SystemExit):
    """Stops the boot with one sentence."""


@dataclass(frozen=True)
class SecretKey:
    secret: bytes = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Exits when the file is not there or holds less than 32 characters."""
        secret = path.read_bytes().strip() if path.exists() else b""
        if len(secret) < MIN_LENGTH:
            raise WrongSecret(f"{path}: no secret of {MIN_LENGTH} characters; `python -m stack.secrets` makes one")
        return cls(secret)

    def derive(self, purpose: str) -> bytes:
        """The key of `purpose`, from which no other one follows."""
        return hmac.digest(self.secret, purpose.encode(), hashlib.sha256)
