"""Times that a wrong clock has written stop nothing."""

import pytest

from connection import create_pool
from database import Database
from repositories import clock
from settings import Settings
from tests.client import Api, Sql

pytestmark = pytest.mark.integration


async def test_what_lies_too_far_ahead_counts_as_now(api: Api, sql: Sql, settings: Settings) -> None:
    await sql.execute(
        "INSERT INTO outbox_partitions (number, claimed_by, claimed_until) VALUES"
        " (1, 'a', now() + interval '1 year'), (2, 'a', now() + interval '1 minute')"
    )
    await sql.execute(
        "INSERT INTO processed_events (consumer, event_id, claimed_until) VALUES ('mail', gen_random_uuid(), now() + interval '1 day')"
    )
    await sql.execute(
        "INSERT INTO pending_mails (user_id, notification_id, batch, kind, due_at) VALUES"
        " ($1, gen_random_uuid(), 'a', 'invoice', now() + interval '1 year'),"
        " ($1, gen_random_uuid(), 'b', 'invoice', now() + interval '2 days')",
        await api.user(),
    )
    database = Database()
    database.pool = await create_pool(settings)
    try:
        await clock.bring_back(database)
        assert await clock.bring_back(database) == 0
    finally:
        database.pool.terminate()
    assert await sql.fetchval("SELECT count(*) FROM pending_mails WHERE due_at <= now()") == 1
    assert await sql.fetchval("SELECT count(*) FROM outbox_partitions WHERE claimed_until <= now()") == 1
    assert await sql.fetchval("SELECT count(*) FROM processed_events WHERE claimed_until <= now()") == 1
