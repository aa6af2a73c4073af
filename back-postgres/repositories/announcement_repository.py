"""Announcements: created once per idempotency key, counted, and delivered page by page under a lease."""

from connection import Row
from database import Database
from repositories import outbox_repository, paging, pending_mail_repository
from repositories.leases import LeasedTable
from repositories.notification_preferences_repository import RECIPIENT, RECIPIENTS, recipient_of
from repositories.outbox_repository import NewEvent
from shared.models.announcement import Announcement, AnnouncementDelivered, AnnouncementStart, Audience, TargetAudience
from shared.models.base import Page
from shared.models.notification_preferences import Recipient
from shared.utils.errors import Conflict, Invalid, NotFound
from shared.utils.ids import is_id

PICKUP_SECONDS = 10.0  # a new announcement that nobody took by then counts as abandoned

COLUMNS = """
    id, title, body, link, audience, state, recipients, delivered, created_by, created_at, finished_at
"""
# $1 is the audience; it says itself whether an account without a subscription that runs belongs to it.
_MEETS = """
    u.status = 'active'
    AND ($1::jsonb->>'verified' IS NULL OR ($1->>'verified')::boolean = (u.email_verified_at IS NOT NULL))
    AND ($1->>'roles' IS NULL OR $1->'roles' ? u.role)
    AND ($1->>'plans' IS NULL OR coalesce(
        (SELECT $1->'plans' ? s.plan FROM subscriptions s WHERE s.user_id = u.id AND s.state = 'active'),
        ($1->>'without_subscription')::boolean))
"""
_COUNT = f"SELECT count(*) FROM users u WHERE {_MEETS}"
_START = f"""
    INSERT INTO announcements (audience, title, body, link, created_by, idempotency_key, recipients, lease_until)
    VALUES ($1, $2, $3, $4, $5, $6, ({_COUNT}), now() + make_interval(secs => $7))
    ON CONFLICT (created_by, idempotency_key) DO NOTHING RETURNING {COLUMNS}
"""
_BY_KEY = f"SELECT {COLUMNS} FROM announcements WHERE created_by = $1 AND idempotency_key = $2"
_GET = f"SELECT {COLUMNS} FROM announcements WHERE id = $1"
_LIST = f"SELECT {COLUMNS} FROM announcements WHERE id < $1 ORDER BY id DESC LIMIT $2"
# Only who was there when it was made; accounts that came later have higher ids.
_PAGE = f"""
    SELECT {RECIPIENT} FROM {RECIPIENTS}
    WHERE {_MEETS} AND u.id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') AND u.created_at <= $3
    ORDER BY u.id LIMIT $4
"""
_ADVANCE = f"""
    UPDATE announcements SET through = $2, delivered = delivered + $3
    WHERE id = $1 AND (through IS NULL OR through < $2) RETURNING {COLUMNS}
"""
ANNOUNCEMENTS = LeasedTable("announcements", "announcement", COLUMNS)


def announcement_of(row: Row) -> Announcement:
    return Announcement.model_validate(dict(row))


async def count_audience(db: Database, *, audience: TargetAudience) -> int:
    return int(await db.fetch_value(_COUNT, audience.model_dump(mode="json")))


async def start_announcement(db: Database, *, start: AnnouncementStart) -> Announcement:
    """Stores a pending announcement with its event. The same key again returns the same announcement.

    Raises:
        Conflict: the key was used for another one.
        NotFound: there is no such user as `created_by`.
    """
    if not is_id(start.created_by):
        raise NotFound("There is no such user.")
    values = start.title, start.body, start.link, start.created_by, start.idempotency_key, PICKUP_SECONDS
    async with db.transaction() as connection:
        row = await connection.fetchrow(_START, start.audience.model_dump(mode="json"), *values)
        if row:
            made = announcement_of(row)
            data = {"announcement": made.model_dump(mode="json")}
            await outbox_repository.add(connection, NewEvent("announcement.created", made.id, start.created_by, data))
            return made
    return _same(start, await db.fetch_one(_BY_KEY, start.created_by, start.idempotency_key))


async def get_announcement(db: Database, *, announcement_id: str) -> Announcement:
    """
    Raises:
        NotFound: there is no such announcement.
    """
    if row := await db.fetch_one(_GET, announcement_id):
        return announcement_of(row)
    raise NotFound("There is no such announcement.")


async def list_announcements(db: Database, *, limit: int, cursor: str | None = None) -> Page[Announcement]:
    """Newest first."""
    return paging.page_of(await db.fetch_all(_LIST, paging.before(cursor), limit + 1), limit, announcement_of)


async def lease_announcement(db: Database, *, announcement_id: str, worker: str, seconds: int) -> Announcement:
    """Takes or renews it for `worker`.

    Raises:
        Conflict: another worker holds it, or it is finished.
        NotFound: there is no such announcement.
    """
    async with db.transaction() as connection:
        return announcement_of(await ANNOUNCEMENTS.acquire(connection, announcement_id, worker=worker, seconds=seconds))


async def list_expired(db: Database) -> list[Announcement]:
    """Up to 100 unfinished ones that nobody works on."""
    return [announcement_of(row) for row in await ANNOUNCEMENTS.list_expired(db)]


async def next_recipients(db: Database, *, announcement_id: str, limit: int) -> list[Recipient]:
    """The next recipients after the last one who was served; empty when all were.

    Raises:
        NotFound: there is no such announcement.
    """
    row = await db.fetch_one("SELECT audience, through, created_at FROM announcements WHERE id = $1", announcement_id)
    if not row:
        raise NotFound("There is no such announcement.")
    rows = await db.fetch_all(_PAGE, row["audience"], row["through"], row["created_at"], limit)
    return [recipient_of(found) for found in rows]


async def record_delivery(db: Database, *, announcement_id: str, page: AnnouncementDelivered) -> Announcement:
    """Records a page of recipients together with the mails that follow; the same page again changes nothing.

    Raises:
        Conflict: another worker holds it.
        NotFound: there is no such announcement.
    """
    if not is_id(page.through):
        raise Invalid.field("through", "must be the id of a user")
    async with db.transaction() as connection:
        leased = await ANNOUNCEMENTS.require(connection, announcement_id, worker=page.worker)
        advanced = await connection.fetchrow(_ADVANCE, announcement_id, page.through, page.count)
        if not advanced:
            return announcement_of(leased)
        await pending_mail_repository.add_within(connection, page.mails)
        return announcement_of(advanced)


async def finish_announcement(
    db: Database, *, announcement_id: str, worker: str, error: str | None = None
) -> Announcement:
    """Ends it: failed with `error`, else succeeded. Doing so again changes nothing.

    Raises:
        Conflict: another worker holds it, or it ended otherwise.
        NotFound: there is no such announcement.
    """
    async with db.transaction() as connection:
        return announcement_of(await ANNOUNCEMENTS.finish(connection, announcement_id, worker=worker, error=error))


def _same(start: AnnouncementStart, row: Row | None) -> Announcement:
    if row:
        made = announcement_of(row)
        asked = start.title, start.body, start.link, Audience.model_validate(start.audience.model_dump())
        if asked == (made.title, made.body, made.link, made.audience):
            return made
    raise Conflict("This Idempotency-Key was used for another announcement. Use a new one.")
