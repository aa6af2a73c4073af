"""Subscriptions: one per user, stored as back-api decides if the version that it read is still the stored one."""

from typing import NoReturn

from connection import Connection, Row
from database import Database
from repositories import outbox_repository
from repositories.outbox_repository import NewEvent
from shared.models.billing import NewSubscription, Subscription, SubscriptionChange
from shared.models.events import EventType
from shared.utils.errors import Conflict, NotFound, Stale

COLUMNS = "id, user_id, plan, interval, currency, seats, state, next_due_on, started_at, canceled_at, version"
_GET = f"SELECT {COLUMNS} FROM subscriptions WHERE user_id = $1"
_CREATE = f"""
    INSERT INTO subscriptions (user_id, plan, interval, currency, seats, next_due_on, started_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (user_id) DO NOTHING RETURNING {COLUMNS}
"""
_REPLACE = f"""
    UPDATE subscriptions SET plan = $3, interval = $4, currency = $5, seats = $6, next_due_on = $7, started_at = $8,
        state = $9, canceled_at = $10, version = version + 1
    WHERE user_id = $1 AND version = $2 RETURNING {COLUMNS}
"""


def subscription_of(row: Row) -> Subscription:
    return Subscription.model_validate(dict(row))


async def get_subscription(db: Database, *, user_id: str) -> Subscription:
    """The user's subscription, a canceled one included.

    Raises:
        NotFound: there never was one.
    """
    if row := await db.fetch_one(_GET, user_id):
        return subscription_of(row)
    raise NotFound("There is no subscription yet.")


async def create_subscription(db: Database, *, user_id: str, subscription: NewSubscription) -> Subscription:
    """
    Raises:
        Conflict: there is one already, perhaps a canceled one.
        NotFound: there is no such user.
    """
    async with db.transaction() as connection:
        row = await connection.fetchrow(_CREATE, user_id, *_values(subscription))
        if not row:
            raise Conflict("This account has a subscription already.")
        return await _emit(connection, "subscription.created", row)


async def replace_subscription(db: Database, *, user_id: str, change: SubscriptionChange) -> Subscription:
    """
    Raises:
        Stale: it has another version by now; carries the stored one.
        NotFound: there is none.
    """
    values = *_values(change), change.state, change.canceled_at
    async with db.transaction() as connection:
        row = await connection.fetchrow(_REPLACE, user_id, change.version, *values)
        if not row:
            await _raise_stale_or_missing(connection, user_id)
        match change.event:
            case "created":
                return await _emit(connection, "subscription.created", row)
            case "changed":
                return await _emit(connection, "subscription.changed", row)
            case "canceled":
                return await _emit(connection, "subscription.canceled", row)


def _values(row: NewSubscription) -> tuple[object, ...]:
    return row.plan, row.interval, row.currency, row.seats, row.next_due_on, row.started_at


async def _emit(connection: Connection, event: EventType, row: Row) -> Subscription:
    subscription = subscription_of(row)
    data = {"subscription": subscription.model_dump(mode="json")}
    await outbox_repository.add(connection, NewEvent(event, subscription.user_id, subscription.user_id, data))
    return subscription


async def _raise_stale_or_missing(connection: Connection, user_id: str) -> NoReturn:
    row = await connection.fetchrow(_GET, user_id)
    if not row:
        raise NotFound("There is no subscription yet.")
    raise Stale(current=subscription_of(row).model_dump(mode="json"))
