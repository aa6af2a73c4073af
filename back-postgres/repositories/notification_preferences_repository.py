"""Notification preferences, and the recipients of notifications."""

from collections.abc import Sequence

from connection import Row
from database import Database
from shared.models.notification_kinds import complete
from shared.models.notification_preferences import (
    NotificationPreferences,
    NotificationPreferencesChange,
    Recipient,
)
from shared.utils.errors import NotFound, Stale
from shared.utils.ids import is_id

_GET = """
    SELECT p.kinds, p.quiet_hours, p.version FROM users u LEFT JOIN notification_preferences p ON p.user_id = u.id
    WHERE u.id = $1
"""
_CREATE = """
    INSERT INTO notification_preferences (user_id, kinds, quiet_hours) VALUES ($1, $2, $3)
    ON CONFLICT (user_id) DO NOTHING RETURNING kinds, quiet_hours, version
"""
_UPDATE = """
    UPDATE notification_preferences SET kinds = $2, quiet_hours = $3, version = version + 1, updated_at = now()
    WHERE user_id = $1 AND version = $4 RETURNING kinds, quiet_hours, version
"""
RECIPIENT = """
    u.id AS user_id, u.email, u.email_verified_at IS NOT NULL AS email_verified, u.name, coalesce(f.locale, 'en') AS locale, coalesce(f.time_zone, 'UTC') AS time_zone,
    coalesce(p.kinds, '[]') AS kinds, p.quiet_hours
"""
RECIPIENTS = """
    users u LEFT JOIN profiles f ON f.user_id = u.id LEFT JOIN notification_preferences p ON p.user_id = u.id
"""
_BATCH = f"SELECT {RECIPIENT} FROM {RECIPIENTS} WHERE u.id = ANY($1::uuid[])"


def recipient_of(row: Row) -> Recipient:
    return Recipient.model_validate(dict(row))


async def get_preferences(db: Database, *, user_id: str) -> NotificationPreferences:
    """Version 0, with the defaults, when nothing was chosen.

    Raises:
        NotFound: there is no such user.
    """
    if row := await db.fetch_one(_GET, user_id):
        return _preferences(row)
    raise NotFound("There is no such user.")


async def put_preferences(
    db: Database, *, user_id: str, change: NotificationPreferencesChange
) -> NotificationPreferences:
    """
    Raises:
        Stale: they have another version by now; carries what is stored.
        NotFound: there is no such user.
    """
    chosen = change.preferences.model_dump(mode="json")
    values = chosen["kinds"], chosen["quiet_hours"]
    if change.version == 0:
        row = await db.fetch_one(_CREATE, user_id, *values)
    else:
        row = await db.fetch_one(_UPDATE, user_id, *values, change.version)
    if not row:
        raise Stale(current=(await get_preferences(db, user_id=user_id)).model_dump(mode="json"))
    return _preferences(row)


async def get_recipients(db: Database, *, user_ids: Sequence[str]) -> list[Recipient]:
    """Those of `user_ids` that exist."""
    return [
        recipient_of(row) for row in await db.fetch_all(_BATCH, [user_id for user_id in user_ids if is_id(user_id)])
    ]


def _preferences(row: Row) -> NotificationPreferences:
    stored: dict[str, object] = {
        "kinds": row["kinds"] or [],
        "quiet_hours": row["quiet_hours"],
        "version": row["version"] or 0,
    }
    preferences = NotificationPreferences.model_validate(stored)
    return preferences.model_copy(update={"kinds": complete(preferences.kinds)})
