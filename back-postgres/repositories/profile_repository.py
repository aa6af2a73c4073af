"""Profiles: one per user, changed only at the version that the caller read, each change with its event."""

from typing import Any, NoReturn

from connection import Connection, Row
from database import Database
from repositories import fields, outbox_repository
from repositories.outbox_repository import NewEvent
from shared.models.events import EventType
from shared.models.profile import Profile, ProfileChange, ProfileCreate
from shared.utils.errors import Conflict, NotFound, Stale

FIELDS = fields.names_of(ProfileCreate)
"""The fields that its owner may change; one column each."""
_FIELDS = fields.listed(FIELDS)
COLUMNS = f"""
    id, user_id, {_FIELDS}, '/api/avatars/' || avatar_id AS avatar_url, version, created_at, updated_at
"""
_GET = f"SELECT {COLUMNS} FROM profiles WHERE user_id = $1"
_CREATE = f"""
    INSERT INTO profiles (user_id, {_FIELDS}) VALUES ($1, {fields.placeholders(FIELDS, after=1)})
    ON CONFLICT (user_id) DO NOTHING RETURNING {COLUMNS}
"""
_UPDATE = f"""
    UPDATE profiles SET ({_FIELDS}) = (SELECT {fields.changed(FIELDS)} FROM jsonb_populate_record(profiles, $3) c),
        version = version + 1, updated_at = now()
    WHERE user_id = $1 AND version = $2 RETURNING {COLUMNS}
"""
_DELETE = f"DELETE FROM profiles WHERE user_id = $1 AND version = coalesce($2, version) RETURNING {COLUMNS}"


def profile_of(row: Row) -> Profile:
    return Profile.model_validate(dict(row))


async def get_profile(db: Database, *, user_id: str) -> Profile:
    """
    Raises:
        NotFound: the user has no profile.
    """
    if row := await db.fetch_one(_GET, user_id):
        return profile_of(row)
    raise NotFound("There is no profile yet.")


async def create_profile(db: Database, *, user_id: str, profile: ProfileCreate) -> Profile:
    """
    Raises:
        Conflict: the user has one already.
        NotFound: there is no such user.
    """
    values = [getattr(profile, field) for field in FIELDS]
    async with db.transaction() as connection:
        row = await connection.fetchrow(_CREATE, user_id, *values)
        if not row:
            raise Conflict("This account has a profile already.")
        return await emit(connection, "profile.created", row)


async def update_profile(db: Database, *, user_id: str, change: ProfileChange) -> Profile:
    """
    Raises:
        Stale: it has another version by now; carries the stored profile.
        NotFound: the user has no profile.
    """
    async with db.transaction() as connection:
        row = await connection.fetchrow(_UPDATE, user_id, change.version, change.changes.changes())
        if not row:
            await raise_stale_or_missing(connection, user_id)
        return await emit(connection, "profile.updated", row)


async def delete_profile(db: Database, *, user_id: str, version: int | None = None) -> None:
    """
    Raises:
        Stale, NotFound: as with `update_profile`.
    """
    async with db.transaction() as connection:
        row = await connection.fetchrow(_DELETE, user_id, version)
        if not row:
            await raise_stale_or_missing(connection, user_id)
        await emit(connection, "profile.deleted", row)


async def emit(connection: Connection, event: EventType, row: Row) -> Profile:
    """Adds `event` with the profile in `row`, and returns that profile."""
    profile = profile_of(row)
    data: dict[str, Any] = {"profile": profile.model_dump(mode="json")}
    await outbox_repository.add(connection, NewEvent(event, profile.user_id, profile.user_id, data))
    return profile


async def raise_stale_or_missing(connection: Connection, user_id: str) -> NoReturn:
    """Raises the reason why nothing was changed.

    Raises:
        Stale, NotFound: always one of them.
    """
    row = await connection.fetchrow(_GET, user_id)
    if not row:
        raise NotFound("There is no profile yet.")
    raise Stale(current=profile_of(row).model_dump(mode="json"))
