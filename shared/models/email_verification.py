"""Verifies that an e-mail address belongs to the account: a link with a single-use token, valid for a day."""

from pydantic import Field

from shared.models.base import Entity, Request, Text, Timestamp
from shared.models.events import EventData

Sha256 = Text
"""Hexadecimal SHA-256."""


class EmailVerificationLink(Request):
    """The data with which a mail links to the confirmation of an address. The token is a secret: never show or log it."""

    token: Text = Field(min_length=32, max_length=128)
    expires_at: Timestamp


class NewEmailVerification(EmailVerificationLink):
    """back-auth → back-postgres: replaces the account's earlier link. Only `token_hash` is stored beside the account."""

    token_hash: Sha256 = Field(pattern=r"^[0-9a-f]{64}$")


class EmailVerificationConfirm(Request):
    """`POST /api/auth/email/verification/confirm`: the token of the link."""

    token: Text = Field(min_length=1, max_length=128)


class EmailVerificationLookup(Request):
    """back-auth → back-postgres: the link that was followed."""

    token_hash: Sha256 = Field(pattern=r"^[0-9a-f]{64}$")


class VerifiedEmail(Entity):
    """The user whose address is verified now."""

    user_id: str
    email: str


class EmailVerificationRequested(
    EventData,
    event="user.email_verification_requested",
    hidden="email verification.token verification.expires_at",
):
    """The user requested a new link to confirm `email`."""

    email: str
    verification: EmailVerificationLink


class EmailVerified(EventData, event="user.email_verified", hidden="email"):
    """`email` is verified: it belongs to the account."""

    email: str
