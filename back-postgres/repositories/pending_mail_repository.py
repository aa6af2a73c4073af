"""Pending mails: added once per user and notification, claimed when they are due, a daily digest as one."""

from collections.abc import Sequence

from connection import Connection, Row
from database import Database
from shared.models.pending_mail import DueMail, FailedMail, MailClaim, PendingMail, SentMail
from shared.utils.ids import is_id

CLAIMING = 8102_0002  # advisory lock: two claims at the same moment would share a summary between them
KEPT_DAYS = 7
SWEEP_LIMIT = 10_000

# What comes when the day's summary is closed, or was claimed, goes into the next one: what a summary holds is the same
# whenever it is claimed. It closes longer before it is due than any transaction lasts.
_ADD = """
    WITH item AS (
        SELECT i.*, digest_day IS NOT NULL AND (due_at - closes < now() OR EXISTS (
            SELECT FROM pending_mails p WHERE p.user_id = i.user_id AND p.batch = to_char(i.digest_day, 'YYYY-MM-DD')
                AND (p.sent_at IS NOT NULL OR p.due_at - closes < now())
        )) AS late
        FROM jsonb_to_recordset($1) AS i (
            user_id uuid, notification_id uuid, kind text, due_at timestamptz, digest_day date, event jsonb,
            digest_closes_seconds integer, digest_every_days integer
        ), make_interval(secs => digest_closes_seconds) AS closes
    )
    INSERT INTO pending_mails (user_id, notification_id, batch, digest_day, kind, event, due_at)
    SELECT u.id, notification_id, coalesce(to_char(digest_day + later, 'YYYY-MM-DD'), notification_id::text),
        digest_day + later, kind, event, due_at + make_interval(days => later)
    FROM item JOIN users u ON u.id = item.user_id CROSS JOIN LATERAL (SELECT late::integer * digest_every_days AS later) AS put_off
    ON CONFLICT (user_id, notification_id) DO NOTHING
"""
_CLAIM = """
    WITH due AS (
        SELECT user_id, batch FROM pending_mails
        WHERE sent_at IS NULL AND due_at <= now()
            AND (claimed_until IS NULL OR claimed_until < now())
        ORDER BY due_at, user_id LIMIT $2
    ),
    claimed AS (
        UPDATE pending_mails p SET claimed_by = $1, claimed_until = now() + make_interval(secs => $3)
        FROM (SELECT DISTINCT user_id, batch FROM due) d
        WHERE p.user_id = d.user_id AND p.batch = d.batch AND p.sent_at IS NULL
        RETURNING p.user_id, p.batch, p.digest_day, p.notification_id, p.kind, p.event, p.attempts
    )
    SELECT c.*, a.title, a.body, a.link, a.created_at
    FROM claimed c LEFT JOIN announcements a ON a.id = c.notification_id ORDER BY c.user_id, c.batch, c.notification_id
"""

_SENT = """
    UPDATE pending_mails p SET sent_at = now(), claimed_until = NULL
    FROM jsonb_to_recordset($1) AS s (user_id uuid, batch text)
    WHERE p.user_id = s.user_id AND p.batch = s.batch AND p.sent_at IS NULL
"""
_FAILED = """
    UPDATE pending_mails p SET attempts = attempts + 1, claimed_until = now() + make_interval(secs => f.retry_seconds)
    FROM jsonb_to_recordset($1) AS f (user_id uuid, batch text, retry_seconds integer)
    WHERE p.user_id = f.user_id AND p.batch = f.batch AND p.sent_at IS NULL
"""


async def add(db: Database, *, mails: Sequence[PendingMail]) -> None:
    """Adds those that are new. A mail that arrives after its digest is closed goes into the next one."""
    async with db.session() as connection:
        await add_within(connection, mails)


async def add_within(connection: Connection, mails: Sequence[PendingMail]) -> None:
    """`add`, in the caller's transaction."""
    rows = [mail.model_dump(mode="json") for mail in mails if is_id(mail.user_id) and is_id(mail.notification_id)]
    if rows:
        await connection.execute(_ADD, rows)


async def claim(db: Database, *, claim: MailClaim) -> list[DueMail]:
    """The parts of up to `limit` mails, longest due first. A mail that fails is claimed again when its claim expires."""
    async with db.transaction() as connection:
        await connection.execute(f"SELECT pg_advisory_xact_lock({CLAIMING})")
        rows = await connection.fetch(_CLAIM, claim.worker, claim.limit, float(claim.lease_seconds))
    return [_due(row) for row in rows]


async def mark_sent(db: Database, *, mails: Sequence[SentMail]) -> None:
    """Marks these mails as sent, whoever claimed them."""
    await db.execute(_SENT, [mail.model_dump() for mail in mails if is_id(mail.user_id)])


async def mark_failed(db: Database, *, mails: Sequence[FailedMail]) -> None:
    """Makes these mails due again after their pauses."""
    await db.execute(_FAILED, [mail.model_dump() for mail in mails if is_id(mail.user_id)])


async def delete_sent(db: Database) -> int:
    """Deletes mails that were sent, or could not be sent, that long ago, at most 10,000 a call. Returns how many."""
    return await db.execute(
        "DELETE FROM pending_mails WHERE (user_id, notification_id) IN (SELECT user_id, notification_id FROM pending_mails"
        " WHERE sent_at < now() - make_interval(days => $1)"
        " OR (sent_at IS NULL AND due_at < now() - make_interval(days => $1)) LIMIT $2)",
        KEPT_DAYS, SWEEP_LIMIT,
    )  # fmt: skip


def _due(row: Row) -> DueMail:
    """An announcement's text comes from the announcement."""
    text = {name: row[name] for name in ("title", "body", "link", "created_at")}
    known = {"id": row["notification_id"], "user_id": row["user_id"], "kind": row["kind"]}
    return DueMail.model_validate({**row, "announced": {**known, **text} if row["title"] else None})
