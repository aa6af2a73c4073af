"""Subscriptions: one a user, billed in advance from the day on which the plan starts to cost."""

from typing import NoReturn

from connection import Connection, Row
from database import Database
from repositories import outbox_repository
from repositories.outbox_repository import NewEvent
from shared.models.billing import Subscription, SubscriptionChange, SubscriptionCreate
from shared.models.events import EventType
from shared.utils.errors import Conflict, NotFound, Stale

COLUMNS = "id, user_id, plan, interval, currency, seats, state, next_due_on, started_at, canceled_at, version"
_TODAY = "(now() AT TIME ZONE 'utc')::date"
_GET = f"SELECT {COLUMNS} FROM subscriptions WHERE user_id = $1"
_CREATE = f"""
    INSERT INTO subscriptions AS s (user_id, plan, interval, currency, seats, next_due_on)
    VALUES ($1, $2, $3, $4, $5, CASE WHEN $2 <> 'free' THEN {_TODAY} END)
    ON CONFLICT (user_id) DO UPDATE SET plan = EXCLUDED.plan, interval = EXCLUDED.interval, currency = EXCLUDED.currency,
        seats = EXCLUDED.seats, next_due_on = EXCLUDED.next_due_on, state = 'active', started_at = now(),
        canceled_at = NULL, version = s.version + 1
    WHERE s.state = 'canceled'
    RETURNING {COLUMNS}
"""
# From free to a plan that costs, it is due today and the anniversary (started_at) begins anew; back to free, never.
_UPDATE = f"""
    UPDATE subscriptions s SET plan = c.plan, interval = c.interval, currency = c.currency, seats = c.seats,
        next_due_on = CASE WHEN c.plan = 'free' THEN NULL ELSE coalesce(s.next_due_on, {_TODAY}) END,
        started_at = CASE WHEN s.plan = 'free' AND c.plan <> 'free' THEN now() ELSE s.started_at END,
        version = s.version + 1
    FROM (SELECT (jsonb_populate_record(b, $3)).* FROM subscriptions b WHERE b.user_id = $1) c
    WHERE s.user_id = $1 AND s.version = $2 AND s.state = 'active'
    RETURNING s.id, s.user_id, s.plan, s.interval, s.currency, s.seats, s.state, s.next_due_on, s.started_at,
        s.canceled_at, s.version
"""
_CANCEL = f"""
    UPDATE subscriptions SET state = 'canceled', canceled_at = now(), next_due_on = NULL, version = version + 1
    WHERE user_id = $1 AND version = coalesce($2, version) AND state = 'active' RETURNING {COLUMNS}
"""


def subscription_of(row: Row) -> Subscription:
    return Subscription.model_validate(dict(row))


async def get_subscription(db: Database, *, user_id: str) -> Subscription:
    """The user's subscription, a canceled one included.

    Raises:
        NotFound: there never was one.
    """
    if row := await db.one(_GET, user_id):
        return subscription_of(row)
    raise NotFound("There is no subscription yet.")


async def create_subscription(db: Database, *, user_id: str, subscription: SubscriptionCreate) -> Subscription:
    """A new one, or a canceled one begun again (same id). One that costs is due today.

    Raises:
        Conflict: there is an active one.
        NotFound: there is no such user.
    """
    values = subscription.plan, subscription.interval, subscription.currency, subscription.seats
    async with db.transaction() as connection:
        row = await connection.fetchrow(_CREATE, user_id, *values)
        if not row:
            raise Conflict("This account has a subscription already.")
        return await _announce(connection, "subscription.created", row)


async def update_subscription(db: Database, *, user_id: str, change: SubscriptionChange) -> Subscription:
    """
    Raises:
        Stale: it has another version by now; carries the stored one.
        Conflict: it is canceled.
        NotFound: there is none.
    """
    async with db.transaction() as connection:
        changes = change.changes.model_dump(exclude_unset=True)
        row = await connection.fetchrow(_UPDATE, user_id, change.version, changes)
        if not row:
            await _refuse(connection, user_id)
        return await _announce(connection, "subscription.changed", row)


async def cancel_subscription(db: Database, *, user_id: str, version: int | None = None) -> Subscription:
    """Ends it; nothing is due any more.

    Raises:
        Stale, Conflict, NotFound: as with `update_subscription`.
    """
    async with db.transaction() as connection:
        row = await connection.fetchrow(_CANCEL, user_id, version)
        if not row:
            await _refuse(connection, user_id)
        return await _announce(connection, "subscription.canceled", row)


async def _announce(connection: Connection, event: EventType, row: Row) -> Subscription:
    subscription = subscription_of(row)
    data = {"subscription": subscription.model_dump(mode="json")}
    await outbox_repository.add(connection, NewEvent(event, subscription.user_id, subscription.user_id, data))
    return subscription


async def _refuse(connection: Connection, user_id: str) -> NoReturn:
    row = await connection.fetchrow(_GET, user_id)
    if not row:
        raise NotFound("There is no subscription yet.")
    if row["state"] == "canceled":
        raise Conflict("This subscription is canceled; start a new one.")
    raise Stale(current=subscription_of(row).model_dump(mode="json"))
