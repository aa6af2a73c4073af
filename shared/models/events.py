"""Domain events: written to the outbox with the entity, published to Redis Streams, handled at least once.

The envelope's `type` is open, so that a new event needs no new relay. Which types exist, in which versions and with what
data, say the subclasses of `EventData` in the features' modules and the contracts' `events`.
"""

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Self

from pydantic import StringConstraints

from shared.models.base import Entity, Timestamp

EventType = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*\.[a-z][a-z_]*$", max_length=100)]
"""`family.verb`; the family names the stream."""
EVENT_DATA: "dict[tuple[str, int], type[EventData]]" = {}
"""Every known event data class by type and version. Import it from `shared.models.event_data`, where it is complete."""


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
    """The `traceparent` of the span that emitted it; empty when that was not traced."""
    data: dict[str, Any]

    @property
    def stream(self) -> str:
        """`events:<family>`, the Redis Stream that carries it."""
        return stream_of(self.type)


def stream_of(event_type: str) -> str:
    """The stream that carries events of this type."""
    return f"events:{event_type.partition('.')[0]}"


def below(prefix: str, names: str) -> str:
    """Names of fields as paths: `below("user", "id email")` is `user.id user.email`."""
    return " ".join(f"{prefix}.{name}" for name in names.split())


def all_but(shown: str, fields: Iterable[str]) -> str:
    """The names in `fields` that `shown` lacks: a field that is added later stays hidden until somebody shows it."""
    return " ".join(field for field in fields if field not in shown.split())


class EventData(Entity):
    """Base of what the `data` of an event holds; the subclass says of which: `class EmailVerified(EventData, event="user.email_verified")`.

    A change that its readers would not survive is a further class with the next `version`. `shown` and `hidden` name all
    its fields, those that support sees and those that it does not; an act of an administrator is `administrative`, and not
    shown at all, and so is what declares nothing (docs/decisions/0026-audit-log.md). A subclass inherits what it does not say.
    """

    event_type: ClassVar[str] = ""
    event_version: ClassVar[int] = 1
    fields_shown: ClassVar[frozenset[str]] = frozenset()
    fields_hidden: ClassVar[frozenset[str]] = frozenset()
    administrative: ClassVar[bool] = False

    def __init_subclass__(
        cls,
        *,
        event: str = "",
        version: int = 1,
        shown: str = "",
        hidden: str = "",
        administrative: bool = False,
        **options: Any,
    ) -> None:
        super().__init_subclass__(**options)
        if shown or hidden:
            cls.fields_shown = frozenset(shown.split())
            cls.fields_hidden = frozenset(hidden.split())
        cls.administrative = administrative or cls.administrative
        if not event:  # a base of several events
            return
        if (event, version) in EVENT_DATA:
            raise TypeError(f"{event} {version} is {EVENT_DATA[event, version].__name__} already")
        cls.event_type = event
        cls.event_version = version
        EVENT_DATA[event, version] = cls

    @classmethod
    def is_shown(cls) -> bool:
        """Whether support may know that it happened."""
        return not cls.administrative and bool(cls.fields_shown or cls.fields_hidden)

    @classmethod
    def from_event(cls, event: Event) -> Self:
        """The data of `event`, which is of this type and version. Raises ValidationError when it has another form."""
        return cls.model_validate(event.data)
