"""Event streams and their groups, dead and parked events, and replays, as administrators see them."""

from typing import Annotated, Literal

from pydantic import Field

from shared.models.base import Entity, Items, Request, Text, Timestamp
from shared.models.events import Event
from shared.models.outbox import OutboxFigures


class StreamGroup(Entity):
    """A consumer group of a stream: `lag` entries were not delivered yet, `pending` are delivered and not finished."""

    name: str
    consumers: int
    pending: int
    lag: int
    oldest_pending_seconds: float


class EventStream(Entity):
    """`last_at` is when its newest entry was appended."""

    name: str
    length: int
    last_at: Timestamp | None = None
    groups: list[StreamGroup]


class StoreMemory(Entity):
    """The memory that back-redis uses, and its limit; `limit_bytes` is 0 when there is no limit."""

    used_bytes: int
    limit_bytes: int

    @property
    def fraction(self) -> float:
        return self.used_bytes / self.limit_bytes if self.limit_bytes else 0.0


class EventStreams(Entity):
    """`GET /api/events/streams`; `waiting` events have waited long for a peer, `memory` is that of back-redis."""

    streams: list[EventStream]
    outbox: OutboxFigures
    dead_letters: int
    aside: int
    waiting: int = 0
    memory: StoreMemory | None = None


class RecentEvent(Entity):
    """An entry of a stream; addresses in the event's data are masked (`a***@example.com`)."""

    stream: str
    entry_id: str
    event: Event


class RecentEvents(Items[RecentEvent]):
    """`GET /api/events/recent`, newest first."""


StreamDeadLetterKind = Literal["dead", "aside", "waiting"]
DeadLetterKind = Literal[StreamDeadLetterKind, "unsent"]


class DeadLetter(Entity):
    """An entry that `group` could not handle (`dead`), does not know yet or has no feature for, which is off (`aside`) or has waited on for long while a peer is
    away (`waiting`, tried again by itself), and why; or an event that never came to its stream (`unsent`; it has no group
    and no entry).

    `stream` and `entry_id` are where it came from, `text` what stood there; `event` is null when that is no event.
    """

    id: str
    kind: DeadLetterKind
    stream: str
    entry_id: str
    group: str
    error: str
    buried_at: Timestamp
    deliveries: int | None = None
    event: Event | None = None
    text: str


class EventDetail(RecentEvent):
    """An event, and the `dead_letters` that hold it, of the first 1,000 of each kind since then."""

    dead_letters: list[DeadLetter]


class DeadLetterEntry(Entity):
    """An entry of `events:dead`, `events:aside` or `events:waiting`, whose fields are text as in every stream.

    `event` is what stood in the entry `entry` of `stream`, and `deliveries` how often `group` was given it.
    """

    event: str
    stream: str
    entry: str
    group: str
    error: str
    deliveries: str = Field(pattern=r"^[0-9]+$")


class DeadLetterChanges(Request):
    """`POST /api/events/dead-letters/changes`: the letters `ids` of one kind are replayed, or discarded."""

    change: Literal["replay", "discard"]
    kind: DeadLetterKind = "dead"
    ids: list[Annotated[Text, Field(max_length=50)]] = Field(min_length=1, max_length=100, fail_fast=True)


class DeadLettersChanged(Entity):
    """How many letters were changed, and how many were `missing` or could not be changed."""

    changed: int
    missing: int


class ReplayRequest(Request):
    """Makes `group` handle the entries of `stream` from `from_id` on again."""

    group: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=100)
    stream: str = Field(pattern=r"^events:[a-z][a-z_]*$", max_length=100)
    from_id: str = Field(default="0", pattern=r"^[0-9]{1,18}(-[0-9]{1,18})?$")


class Replay(Entity):
    """The replayed entries; `entries` is their number."""

    group: str
    stream: str
    entries: int
