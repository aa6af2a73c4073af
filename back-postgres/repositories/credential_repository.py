"""Registration and the password hash: account, credential and event in one transaction."""

from datetime import datetime

from connection import Connection, Row
from database import Database
from repositories import email_verification_repository, outbox_repository
from repositories.outbox_repository import NewEvent
from repositories.user_repository import user_of
from shared.models.user import Credentials, Registered, RegisterUser
from shared.utils.errors import NotFound

_INSERT = """
    WITH created AS (
        INSERT INTO users (email, name, role, email_verified_at)
        VALUES (lower($1), $2, $3, CASE WHEN $5 THEN now() END)
        ON CONFLICT (lower(email)) DO NOTHING RETURNING id
    ),
    credential AS (INSERT INTO credentials (user_id, password_hash) SELECT id, $4 FROM created)
    SELECT id FROM created
"""
_OWNER = "SELECT id, email, name, created_at FROM users WHERE lower(email) = lower($1) FOR UPDATE"
_NOTIFIED = """
    SELECT EXISTS (
        SELECT FROM outbox WHERE aggregate_id = $1 AND type = 'user.registration_repeated' AND occurred_at > $2
    )
"""
_CREDENTIALS = """
    SELECT id, email, name, role, status, email_verified_at, created_at, password_hash
    FROM users JOIN credentials ON user_id = id WHERE lower(email) = lower($1)
"""


async def register_user(db: Database, *, user: RegisterUser) -> Registered:
    """Creates the account, or notifies the owner of the taken address, unless the account or such a message is newer
    than `user.attempted_at`.
    """
    async with db.transaction() as connection:
        values = user.email, user.name, user.role, user.password_hash, user.email_verified
        if row := await connection.fetchrow(_INSERT, *values):
            await _welcome(connection, row["id"], user)
            return Registered(user_id=row["id"], created=True)
        owner = await connection.fetchrow(_OWNER, user.email)
        assert owner, "accounts are never deleted"
        await _notify_owner(connection, owner, user.attempted_at)
        return Registered(user_id=owner["id"], created=False)


async def _welcome(connection: Connection, user_id: str, user: RegisterUser) -> None:
    data: dict[str, object] = {"user": {"id": user_id, "email": user.email.lower(), "name": user.name}}
    if user.verification:
        await email_verification_repository.replace_link(connection, user_id=user_id, verification=user.verification)
        data["verification"] = email_verification_repository.link_data(user.verification)
    await outbox_repository.add(connection, NewEvent("user.registered", user_id, user_id, data))


async def _notify_owner(connection: Connection, owner: Row, since: datetime) -> None:
    if owner["created_at"] > since or await connection.fetchval(_NOTIFIED, owner["id"], since):
        return
    data = {"email": owner["email"], "name": owner["name"]}
    await outbox_repository.add(connection, NewEvent("user.registration_repeated", owner["id"], owner["id"], data))


async def get_credentials(db: Database, *, email: str) -> Credentials:
    """
    Raises:
        NotFound: no account has this address.
    """
    if row := await db.fetch_one(_CREDENTIALS, email):
        return Credentials(user=user_of(row), password_hash=row["password_hash"])
    raise NotFound("There is no such account.")


async def replace_password_hash(db: Database, *, user_id: str, password_hash: str) -> None:
    """
    Raises:
        NotFound: there is no such account, or it has no password.
    """
    changed = await db.execute(
        "UPDATE credentials SET password_hash = $2, changed_at = now() WHERE user_id = $1", user_id, password_hash
    )
    if not changed:
        raise NotFound("There is no such user.")
