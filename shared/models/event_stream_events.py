"""The data of events about events: what administrators did with dead letters and streams."""

from shared.models.base import Entity
from shared.models.event_streams import DeadLetterKind
from shared.models.events import EventData


class HandledLetter(Entity):
    """An entry of `events:dead` or `events:aside`; `held_type` and `held_id` are null when it was not an event."""

    id: str
    kind: DeadLetterKind
    group: str
    stream: str
    held_type: str | None = None
    held_id: str | None = None


class LetterEvent(EventData, administrative=True):
    """`actor_id` is the administrator."""

    actor_id: str
    letter: HandledLetter


class LetterReplayed(LetterEvent, event="event.letter_replayed"):
    pass


class LetterDiscarded(LetterEvent, event="event.letter_discarded"):
    pass


class UnsentRetried(LetterEvent, event="event.unsent_retried"):
    """`letter` is an event that no relay could publish; it has no group."""


class UnsentDiscarded(LetterEvent, event="event.unsent_discarded"):
    """As above."""


class StreamReplayed(EventData, event="event.stream_replayed", administrative=True):
    """`group` handles the entries of `stream` from `from_id` on again; `entries` is their number."""

    actor_id: str
    group: str
    stream: str
    from_id: str
    entries: int
