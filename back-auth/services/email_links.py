"""Links that prove an e-mail address: 256 random bits, valid for a day, stored as their SHA-256 (OWASP: Forgot Password)."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from shared.models.email_verification import NewEmailVerification

LIFETIME = timedelta(hours=24)
TOKEN_BYTES = 32


def new_link() -> NewEmailVerification:
    """A fresh token with its hash and expiry."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    return NewEmailVerification(token=token, token_hash=hash_of(token), expires_at=datetime.now(UTC) + LIFETIME)


def hash_of(token: str) -> str:
    """Hexadecimal SHA-256: a random token of this length needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
