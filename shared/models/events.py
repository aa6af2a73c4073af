"""Domain events: written to the outbox with the entity, published to Redis Streams, handled at least once."""

from typing import Any, Literal

from pydantic import Field

from shared.models.base import Entity, Request, Timestamp

EventType = Literal[
    "user.registered",
    "user.registration_repeated",
    "profile.created",
    "profile.updated",
    "profile.deleted",
    "subscription.created",
    "subscription.changed",
    "subscription.canceled",
    "invoice.issued",
    "login.recorded",
    "session.revoked",
    "announcement.created",
]


class Event(Entity):
    """The envelope. Consumers are idempotent by `id` (UUIDv7); order holds per `aggregate_id`."""

    id: str
    type: EventType
    version: int = 1
    aggregate_id: str
    user_id: str | None = None
    occurred_at: Timestamp
    correlation_id: str = ""
    traceparent: str = ""
    """Of the span that it happened in; empty when that was not traced."""
    data: dict[str, Any]

    @property
    def stream(self) -> str:
        """`events:<family>`, the Redis Stream that carries it."""
        return f"events:{self.type.partition('.')[0]}"


class OutboxClaim(Request):
    relay: str = Field(max_length=100)
    limit: int = Field(default=100, ge=1, le=500)
    lease_seconds: int = Field(default=10, ge=1, le=300)


class OutboxPublished(Request):
    relay: str = Field(max_length=100)
    ids: list[str] = Field(max_length=500)


class OutboxPending(Entity):
    pending: bool


class EventClaim(Request):
    """A consumer's claim on one event, held for 60 s unless it is marked done or given back."""

    consumer: str = Field(max_length=100)
    event_id: str = Field(max_length=64)


class EventClaimed(Entity):
    state: Literal["claimed", "in_progress", "done"]
