"""The data of a new development stack: written once, with its own ids and times, and without events, and removed alone."""

from collections.abc import Sequence

from pydantic import BaseModel

from connection import Connection
from database import Database
from repositories.user_repository import COLUMNS, user_of
from shared.models.demo_data import MADE_UP, DemoData, DemoDataState

MADE_BY = "billing-run"
LOCK = 8102_0002
_OLDEST = f"SELECT {COLUMNS} FROM users ORDER BY id LIMIT 100"
_ANY = "SELECT EXISTS (SELECT FROM users WHERE lower(email) LIKE '%@people.example')"
_USERS = """
    INSERT INTO users (id, email, name, role, status, email_verified_at, created_at)
    SELECT id, email, name, role, status, email_verified_at, created_at FROM jsonb_populate_recordset(NULL::users, $1)
    ON CONFLICT DO NOTHING
"""
_PROFILES = """
    INSERT INTO profiles (id, user_id, name, display_name, bio, time_zone, locale, theme, version, created_at, updated_at)
    SELECT id, user_id, name, display_name, bio, time_zone, locale, theme, version, created_at, updated_at
    FROM jsonb_populate_recordset(NULL::profiles, $1) ON CONFLICT DO NOTHING
"""
_PREFERENCES = """
    INSERT INTO notification_preferences (user_id, kinds, version)
    SELECT user_id, kinds, version FROM jsonb_populate_recordset(NULL::notification_preferences, $1) ON CONFLICT DO NOTHING
"""
_SUBSCRIPTIONS = """
    INSERT INTO subscriptions (id, user_id, plan, interval, currency, seats, state, next_due_on, started_at, canceled_at, version)
    SELECT id, user_id, plan, interval, currency, seats, state, next_due_on, started_at, canceled_at, version
    FROM jsonb_populate_recordset(NULL::subscriptions, $1) ON CONFLICT DO NOTHING
"""
_TASKS = """
    INSERT INTO tasks (id, type, state, progress, error, created_by, created_at, updated_at)
    SELECT task_id, $2, state, 1, error, requested_by, created_at, finished_at
    FROM jsonb_populate_recordset(NULL::billing_runs, $1) ON CONFLICT DO NOTHING
"""
_RUNS = """
    INSERT INTO billing_runs (id, task_id, period, dry_run, state, requested_by, due, processed, invoices, total_minor,
        lease_until, error, created_at, finished_at)
    SELECT id, task_id, period, dry_run, state, requested_by, due, processed, invoices, total_minor,
        finished_at, error, created_at, finished_at
    FROM jsonb_populate_recordset(NULL::billing_runs, $1) ON CONFLICT DO NOTHING
"""
# Somebody who has subscribed meanwhile keeps their own subscription, and gets no invoice for another one.
_INVOICES = """
    WITH made AS (
        SELECT i.*, substr(i.period, 1, 4)::integer AS year,
            row_number() OVER (PARTITION BY substr(i.period, 1, 4) ORDER BY i.id) AS place
        FROM jsonb_populate_recordset(NULL::invoices, $1) AS i
        WHERE EXISTS (SELECT FROM subscriptions s WHERE s.id = i.subscription_id)
    ), counters AS (
        INSERT INTO invoice_counters AS c (year, last) SELECT year, count(*) FROM made GROUP BY year
        ON CONFLICT (year) DO UPDATE SET last = c.last + EXCLUDED.last
        RETURNING year, last
    )
    INSERT INTO invoices (id, number, user_id, subscription_id, run_id, period, plan, currency, amount_minor, state, issued_at)
    SELECT id, year || '-' || lpad((last - (SELECT count(*) FROM made m WHERE m.year = made.year) + place)::text, 6, '0'),
        user_id, subscription_id, run_id, period, plan, currency, amount_minor, state, issued_at
    FROM made JOIN counters USING (year)
"""
_LINES = """
    INSERT INTO invoice_lines (invoice_id, position, description, quantity, unit_amount_minor, amount_minor)
    SELECT i.id, l.position, l.description, l.quantity, l.unit_amount_minor, l.amount_minor
    FROM jsonb_to_recordset($1) AS given (id uuid, lines jsonb) JOIN invoices i USING (id)
    CROSS JOIN LATERAL ROWS FROM (jsonb_to_recordset(given.lines) AS (
        description text, quantity integer, unit_amount_minor bigint, amount_minor bigint
    )) WITH ORDINALITY AS l (description, quantity, unit_amount_minor, amount_minor, position)
"""
_ANNOUNCEMENTS = """
    INSERT INTO announcements (id, title, body, link, audience, state, recipients, delivered, created_by, idempotency_key,
        lease_until, created_at, finished_at)
    SELECT id, title, body, link, audience, state, recipients, delivered, created_by, id::text,
        finished_at, created_at, finished_at
    FROM jsonb_populate_recordset(NULL::announcements, $1) ON CONFLICT DO NOTHING
"""
# With what followed from it: later invoices for its people and subscriptions. Ids of all other data end otherwise.
_REMOVE = (
    """
    DELETE FROM invoices WHERE id::text LIKE $1 OR user_id::text LIKE $1 OR subscription_id::text LIKE $1
    """,
    "DELETE FROM billing_runs WHERE id::text LIKE $1",
    "DELETE FROM tasks WHERE id::text LIKE $1",
    # They have no id. Whoever has chosen something since has a higher version, and keeps it.
    """
    DELETE FROM notification_preferences
    WHERE version = 1 AND user_id IN (SELECT user_id FROM subscriptions WHERE id::text LIKE $1)
    """,
    "DELETE FROM subscriptions WHERE id::text LIKE $1 OR user_id::text LIKE $1",
    "DELETE FROM profiles WHERE id::text LIKE $1",
    "DELETE FROM announcements WHERE id::text LIKE $1",
    "DELETE FROM users WHERE id::text LIKE $1",
)


async def state(db: Database) -> DemoDataState:
    return DemoDataState(
        made=await db.fetch_value(_ANY), accounts=[user_of(row) for row in await db.fetch_all(_OLDEST)]
    )


async def store(db: Database, data: DemoData) -> None:
    """Writes all of it, unless there is such data already; of two at once, one does."""
    async with db.transaction() as connection:
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        if not await connection.fetchval(_ANY):
            await _write(connection, data)


async def remove(db: Database) -> None:
    """Removes all of it, and nothing else; numbers of its invoices are not given again."""
    async with db.transaction() as connection:
        await connection.execute("SELECT pg_advisory_xact_lock($1)", LOCK)
        for statement in _REMOVE:
            await connection.execute(statement, f"%{MADE_UP}")


async def _write(connection: Connection, data: DemoData) -> None:
    await connection.execute(_USERS, _rows(data.users))
    await connection.execute(_PROFILES, _rows(data.profiles))
    await connection.execute(_PREFERENCES, _rows(data.preferences))
    await connection.execute(_SUBSCRIPTIONS, _rows(data.subscriptions))
    await connection.execute(_TASKS, _rows(data.runs), MADE_BY)
    await connection.execute(_RUNS, _rows(data.runs))
    await connection.execute(_INVOICES, _rows(data.invoices))
    await connection.execute(_LINES, _rows(data.invoices))
    await connection.execute(_ANNOUNCEMENTS, _rows(data.announcements))


def _rows(models: Sequence[BaseModel]) -> list[dict[str, object]]:
    return [model.model_dump(mode="json") for model in models]
