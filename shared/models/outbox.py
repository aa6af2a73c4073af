"""The outbox and what consumers have claimed of its events: what relays and consumers exchange with back-postgres."""

from typing import Literal

from pydantic import Field

from shared.models.base import Batch, Entity, Request, Text, Timestamp
from shared.models.events import Event


class OutboxFailure(Request):
    """An event that could not be published, and why."""

    id: str = Field(max_length=64)
    error: Text = Field(max_length=500)


class OutboxClaim(Request):
    """A relay asks for events, and tells what became of those of its last claim."""

    relay: Text = Field(max_length=100)
    limit: int = Field(default=100, ge=1, le=500)
    lease_seconds: int = Field(default=10, ge=1, le=300)
    held: list[Text] = Field(default=[], max_length=100)
    """Families that their consumers are too far behind with; nothing of them is claimed."""
    published: Batch[str] = []
    failed: Batch[OutboxFailure] = []


class OutboxFigures(Entity):
    """`pending` is counted up to 100,000; `dead` could not be published and are not tried again."""

    pending: int
    oldest_seconds: float
    dead: int = 0


class DeadEvent(Entity):
    """An event that stays in the outbox, since no relay could publish it, and why."""

    event: Event
    attempts: int
    error: str
    dead_at: Timestamp


class OutboxPending(Entity):
    pending: bool


class EventClaim(Request):
    """A consumer's claim on one event, held for its lease unless it is marked done or given back."""

    consumer: str = Field(max_length=100)
    event_id: str = Field(max_length=64)
    lease_seconds: int = Field(default=60, ge=1, le=300)


class EventClaimed(Entity):
    state: Literal["claimed", "in_progress", "done"]
