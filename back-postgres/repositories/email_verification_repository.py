"""Links that verify an e-mail address: one pending per account, single use."""

from connection import Connection
from database import Database
from repositories import outbox_repository
from repositories.outbox_repository import NewEvent
from shared.models.email_verification import NewEmailVerification, VerifiedEmail
from shared.utils.errors import NotFound

_REPLACE = """
    INSERT INTO email_verifications (user_id, email, token_hash, expires_at)
    SELECT id, email, $2, $3 FROM users WHERE id = $1 AND email_verified_at IS NULL
    ON CONFLICT (user_id) DO UPDATE
    SET email = excluded.email, token_hash = excluded.token_hash, expires_at = excluded.expires_at, created_at = now()
    RETURNING email
"""
_USE = "DELETE FROM email_verifications WHERE token_hash = $1 AND expires_at > now() RETURNING user_id, email"
_VERIFY = """
    UPDATE users SET email_verified_at = now() WHERE id = $1 AND lower(email) = lower($2)
    RETURNING id AS user_id, email
"""


async def replace_link(connection: Connection, *, user_id: str, verification: NewEmailVerification) -> str | None:
    """The address to verify; None when there is no such account or its address is verified already."""
    return await connection.fetchval(_REPLACE, user_id, verification.token_hash, verification.expires_at)


async def request_verification(db: Database, *, user_id: str, verification: NewEmailVerification) -> None:
    """Replaces the account's link and emits the event that mails it. Changes nothing when the address is verified already.

    Raises:
        NotFound: there is no such account, or its address is proven already.
    """
    async with db.transaction() as connection:
        email = await replace_link(connection, user_id=user_id, verification=verification)
        if email is None:
            raise NotFound("There is no such account with an unproven address.")
        data = {"email": email, "verification": link_data(verification)}
        await outbox_repository.add(connection, NewEvent("user.email_verification_requested", user_id, user_id, data))


async def confirm(db: Database, *, token_hash: str) -> VerifiedEmail:
    """Consumes the link and marks the address as verified.

    Raises:
        NotFound: the link is unknown, used, replaced or expired, or the account has another address by now.
    """
    async with db.transaction() as connection:
        link = await connection.fetchrow(_USE, token_hash)
        row = await connection.fetchrow(_VERIFY, link["user_id"], link["email"]) if link else None
        if not row:
            raise NotFound("There is no such link.")
        verified = VerifiedEmail.model_validate(dict(row))
        event = NewEvent("user.email_verified", verified.user_id, verified.user_id, {"email": verified.email})
        await outbox_repository.add(connection, event)
        return verified


def link_data(verification: NewEmailVerification) -> dict[str, object]:
    """The link as event data: everything but the hash."""
    return verification.model_dump(mode="json", exclude={"token_hash"})
