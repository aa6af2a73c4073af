"""Announcements: made once an idempotency key, counted, and delivered page by page under a lease."""

from connection import Connection, Row
from database import Database
from repositories import outbox_repository, paging, pending_mail_repository
from repositories.notification_preferences_repository import RECIPIENT, RECIPIENTS, recipient_of
from repositories.outbox_repository import NewEvent
from shared.models.announcement import Announcement, AnnouncementDelivered, AnnouncementStart, Audience
from shared.models.base import Page
from shared.models.notification_preferences import Recipient
from shared.utils.errors import Conflict, Invalid, NotFound
from shared.utils.ids import is_id

PICKUP_SECONDS = 10.0  # a new announcement that nobody took by then counts as abandoned

COLUMNS = """
    id, title, body, link, audience, state, recipients, delivered, created_by, created_at, finished_at
"""
# $1 is the audience; an account without a subscription that runs is on the free plan.
_MEETS = """
    u.status = 'active'
    AND ($1::jsonb->>'verified' IS NULL OR ($1->>'verified')::boolean = (u.email_verified_at IS NOT NULL))
    AND ($1->>'roles' IS NULL OR $1->'roles' ? u.role)
    AND ($1->>'plans' IS NULL OR $1->'plans' ? coalesce(
        (SELECT s.plan FROM subscriptions s WHERE s.user_id = u.id AND s.state = 'active'), 'free'))
"""
_COUNT = f"SELECT count(*) FROM users u WHERE {_MEETS}"
_START = f"""
    INSERT INTO announcements (audience, title, body, link, created_by, idempotency_key, recipients, lease_until)
    VALUES ($1, $2, $3, $4, $5, $6, ({_COUNT}), now() + make_interval(secs => $7))
    ON CONFLICT (created_by, idempotency_key) DO NOTHING RETURNING {COLUMNS}
"""
_BY_KEY = f"SELECT {COLUMNS} FROM announcements WHERE created_by = $1 AND idempotency_key = $2"
_GET = f"SELECT {COLUMNS}, worker FROM announcements WHERE id = $1"
_LIST = f"SELECT {COLUMNS} FROM announcements WHERE id < $1 ORDER BY id DESC LIMIT $2"
_LEASE = f"""
    UPDATE announcements SET state = 'running', worker = $2, lease_until = now() + make_interval(secs => $3)
    WHERE id = $1 AND state IN ('pending', 'running') AND (worker IS NULL OR worker = $2 OR lease_until < now())
    RETURNING {COLUMNS}
"""
_EXPIRED = f"""
    SELECT {COLUMNS} FROM announcements
    WHERE state IN ('pending', 'running') AND lease_until < now() ORDER BY lease_until LIMIT 100
"""
# Only who was there when it was made; accounts that came later have higher ids.
_PAGE = f"""
    SELECT {RECIPIENT} FROM {RECIPIENTS}
    WHERE {_MEETS} AND u.id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') AND u.created_at <= $3
    ORDER BY u.id LIMIT $4
"""
_ADVANCE = f"""
    UPDATE announcements SET through = $3, delivered = delivered + $4
    WHERE id = $1 AND worker = $2 AND state = 'running' AND (through IS NULL OR through < $3) RETURNING {COLUMNS}
"""
_FINISH = f"""
    UPDATE announcements SET state = $3, error = $4, finished_at = coalesce(finished_at, now())
    WHERE id = $1 AND worker = $2 AND state IN ('running', $3) RETURNING {COLUMNS}
"""


def announcement_of(row: Row) -> Announcement:
    return Announcement.model_validate(dict(row))


async def count_audience(db: Database, *, audience: Audience) -> int:
    return int(await db.value(_COUNT, audience.model_dump(mode="json")))


async def start(db: Database, *, wanted: AnnouncementStart) -> Announcement:
    """A pending announcement with its event; the same key again is the same announcement.

    Raises:
        Conflict: the key was used for another one.
        NotFound: there is no such user as `created_by`.
    """
    if not is_id(wanted.created_by):
        raise NotFound("There is no such user.")
    values = wanted.title, wanted.body, wanted.link, wanted.created_by, wanted.idempotency_key, PICKUP_SECONDS
    async with db.transaction() as connection:
        row = await connection.fetchrow(_START, wanted.audience.model_dump(mode="json"), *values)
        if row:
            made = announcement_of(row)
            data = {"announcement": made.model_dump(mode="json")}
            await outbox_repository.add(connection, NewEvent("announcement.created", made.id, wanted.created_by, data))
            return made
    return _same(wanted, await db.one(_BY_KEY, wanted.created_by, wanted.idempotency_key))


async def get(db: Database, *, announcement_id: str) -> Announcement:
    """
    Raises:
        NotFound: there is no such announcement.
    """
    if row := await db.one(_GET, announcement_id):
        return announcement_of(row)
    raise NotFound("There is no such announcement.")


async def newest(db: Database, *, limit: int, cursor: str | None = None) -> Page[Announcement]:
    return paging.page_of(await db.all(_LIST, paging.before(cursor), limit + 1), limit, announcement_of)


async def lease(db: Database, *, announcement_id: str, worker: str, seconds: int) -> Announcement:
    """Takes or renews it for `worker`.

    Raises:
        Conflict: another worker holds it, or it is finished.
        NotFound: there is no such announcement.
    """
    async with db.session() as connection:
        row = await connection.fetchrow(_LEASE, announcement_id, worker, float(seconds))
        return announcement_of(row or await _refuse(connection, announcement_id))


async def list_expired(db: Database) -> list[Announcement]:
    """Up to 100 unfinished ones that nobody works on."""
    return [announcement_of(row) for row in await db.all(_EXPIRED)]


async def next_recipients(db: Database, *, announcement_id: str, limit: int) -> list[Recipient]:
    """Those that follow the last one who has it; none when all have.

    Raises:
        NotFound: there is no such announcement.
    """
    row = await db.one("SELECT audience, through, created_at FROM announcements WHERE id = $1", announcement_id)
    if not row:
        raise NotFound("There is no such announcement.")
    rows = await db.all(_PAGE, row["audience"], row["through"], row["created_at"], limit)
    return [recipient_of(found) for found in rows]


async def delivered(db: Database, *, announcement_id: str, told: AnnouncementDelivered) -> Announcement:
    """Records a page of recipients together with the mails that follow; the same page again changes nothing.

    Raises:
        Conflict: another worker holds it.
        NotFound: there is no such announcement.
    """
    if not is_id(told.through):
        raise Invalid.field("through", "must be the id of a user")
    async with db.transaction() as connection:
        row = await connection.fetchrow(_ADVANCE, announcement_id, told.worker, told.through, told.count)
        if not row:
            return announcement_of(await _held(connection, announcement_id, told.worker))
        await pending_mail_repository.add_within(connection, told.mails)
        return announcement_of(row)


async def finish(db: Database, *, announcement_id: str, worker: str, error: str | None = None) -> Announcement:
    """Ends it: failed with `error`, else succeeded. Doing so again changes nothing.

    Raises:
        Conflict: another worker holds it, or it ended otherwise.
        NotFound: there is no such announcement.
    """
    async with db.session() as connection:
        row = await connection.fetchrow(_FINISH, announcement_id, worker, "failed" if error else "succeeded", error)
        return announcement_of(row or await _refuse(connection, announcement_id))


def _same(wanted: AnnouncementStart, row: Row | None) -> Announcement:
    if row:
        made = announcement_of(row)
        asked = wanted.title, wanted.body, wanted.link, wanted.audience.model_dump()
        if asked == (made.title, made.body, made.link, made.audience.model_dump()):
            return made
    raise Conflict("This Idempotency-Key was used for another announcement. Use a new one.")


async def _held(connection: Connection, announcement_id: str, worker: str) -> Row:
    row = await connection.fetchrow(_GET, announcement_id)
    if row and row["worker"] == worker and row["state"] == "running":
        return row
    return await _refuse(connection, announcement_id)


async def _refuse(connection: Connection, announcement_id: str) -> Row:
    row = await connection.fetchrow(_GET, announcement_id)
    if not row:
        raise NotFound("There is no such announcement.")
    finished = row["state"] in ("succeeded", "failed")
    raise Conflict("This announcement is finished." if finished else "Another worker holds this announcement.")
