"""The outbox and the consumers' claims on its events: what relays and consumers exchange with back-postgres."""

from typing import Literal

from pydantic import Field

from shared.models.base import Batch, Entity, Request, Text, Timestamp
from shared.models.events import Event


class OutboxFailure(Request):
    """An event that could not be published, and why."""

    id: str = Field(max_length=64)
    error: Text = Field(max_length=500)


class OutboxClaim(Request):
    """A relay requests events and reports the outcome of those of its last claim."""

    relay: Text = Field(max_length=100)
    limit: int = Field(default=100, ge=1, le=500)
    lease_seconds: int = Field(default=10, ge=1, le=300)
    held: list[Text] = Field(default=[], max_length=100)
    """Families whose consumers are too far behind; their events are not claimed."""
    published: Batch[str] = []
    failed: Batch[OutboxFailure] = []


class OutboxFigures(Entity):
    """`pending` is counted up to 100,000; `dead` could not be published and are not retried."""

    pending: int
    oldest_seconds: float
    dead: int = 0


class DeadEvent(Entity):
    """An event that no relay could publish and that stays in the outbox, and why."""

    event: Event
    attempts: int
    error: str
    dead_at: Timestamp


class OutboxPending(Entity):
    pending: bool


class EventClaim(Request):
    """A consumer's claim on one event, held for its lease unless it is marked done or released."""

    consumer: str = Field(max_length=100)
    event_id: str = Field(max_length=64)
    lease_seconds: int = Field(default=60, ge=1, le=300)


class EventClaimed(Entity):
    state: Literal["claimed", "in_progress", "done"]
