"""The way to declare a consumer, and to run one.

A handler gets each event of its form (type and version) at least once, in the order of its stream, with its data as a
model. What it raises is judged by shared.utils.failures: while a peer is away the event waits, and later ones of its person
or aggregate behind it; an event that fails comes again after a pause, as its `retry` says, and then lies in `events:dead`;
one that is refused lies there at once. An event of a version that no handler takes is kept in `events:aside` until one does.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from time import perf_counter
from typing import Any, Literal, TypeVar

from prometheus_client import Counter, Histogram

from back_redis.connection import RedisConnection
from back_redis.consumers import ConsumerGroup, KeptAside, RetryPolicy
from back_redis.waiting import Waits
from events.claims import Claims
from shared.chassis import tracing
from shared.models.events import Event, EventData, stream_of

HANDLED = Counter("events_handled_total", "Events that a consumer has handled.", ["consumer", "type"])
SECONDS = Histogram("event_handling_seconds", "Time to handle an event, or a batch of them.", ["consumer"])
Form = tuple[str, int]
"""Type and version of an event."""
Data = TypeVar("Data", bound=EventData)
Handler = Callable[[Event, Data], Awaitable[None]]
BatchHandler = Callable[[Sequence[Event]], Awaitable[None]]


@dataclass(frozen=True)
class On:
    """What happens at one form of event; made by `on`."""

    model: type[EventData]
    handler: Handler[Any]


def on(model: type[Data], handler: Handler[Data]) -> On:
    """`handler` gets each event whose data is a `model`."""
    return On(model, handler)


@dataclass(frozen=True)
class Consumer:
    """One consumer group; events of its streams that it has no handler for are passed over.

    `idempotency` says why handling an event twice has one effect: `natural` when what the handler writes has a key made of
    the event, `claims` when it cannot be repeated: then each event is claimed in back-postgres before and marked done after.
    `together` takes all events that came at once and have a handler; when it fails, the handlers get them one by one.
    `ahead` sees them before that, to fetch in one call what the handlers will need.
    """

    group: str
    handlers: tuple[On, ...]
    idempotency: Literal["natural", "claims"]
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    together: BatchHandler | None = None
    ahead: BatchHandler | None = None

    @cached_property
    def by_form(self) -> Mapping[Form, On]:
        return {(each.model.event_type, each.model.event_version): each for each in self.handlers}

    @cached_property
    def types(self) -> frozenset[str]:
        return frozenset(each.model.event_type for each in self.handlers)

    @property
    def streams(self) -> tuple[str, ...]:
        """Where its event types appear."""
        return tuple(sorted({stream_of(event_type) for event_type in self.types}))

    def handler(self, event: Event) -> On | None:
        """What it does about `event`; None when that is no business of its.

        Raises:
            KeptAside: it takes this type of event, but not this version.
        """
        found = self.by_form.get((event.type, event.version))
        if found is None and event.type in self.types:
            raise KeptAside(f"{self.group} does not know version {event.version} of {event.type}")
        return found


@dataclass(frozen=True)
class Process:
    """What all groups of a process share: its unique name, when others take over from it, and how patient it is.

    `wait_seconds`: after so long an event that waits for a peer is shown to administrators, and others go on beside it.
    """

    name: str
    claim_seconds: float
    wait_seconds: float
    waits: Waits = field(default_factory=Waits)


async def run(consumer: Consumer, redis: RedisConnection, claims: Claims, process: Process) -> None:
    """Consumes until it is cancelled."""
    group = ConsumerGroup(
        redis,
        group=consumer.group,
        streams=consumer.streams,
        consumer=process.name,
        claim_seconds=process.claim_seconds,
        wait_seconds=process.wait_seconds,
        retry=consumer.retry,
        waits=process.waits,
    )
    together = partial(handle_together, consumer) if consumer.together or consumer.ahead else None
    await group.run(lambda event: handle(consumer, event, claims), together=together)


async def handle_together(consumer: Consumer, events: Sequence[Event]) -> bool:
    """All `events` at once; False when this consumer takes them one by one."""
    if len(events) < 2 or not (consumer.together or consumer.ahead):
        return False
    wanted = [event for event in events if consumer.handler(event)]
    if not wanted:
        return True
    if consumer.ahead:
        await consumer.ahead(wanted)
    if consumer.together is None:
        return False
    started = perf_counter()
    types = " ".join(sorted({event.type for event in wanted}))
    with tracing.worked(f"{consumer.group} {types}", wanted[0].traceparent):
        await consumer.together(wanted)
    for event in wanted:
        HANDLED.labels(consumer.group, event.type).inc()
    SECONDS.labels(consumer.group).observe(perf_counter() - started)
    return True


async def handle(consumer: Consumer, event: Event, claims: Claims) -> None:
    """One event, by its handler, counted."""
    found = consumer.handler(event)
    if found is None:
        return
    data, started = found.model.of(event), perf_counter()
    with tracing.worked(f"{consumer.group} {event.type}", event.traceparent):
        if consumer.idempotency == "claims":
            await claims.once(consumer.group, event.id, lambda: found.handler(event, data))
        else:
            await found.handler(event, data)
    HANDLED.labels(consumer.group, event.type).inc()
    SECONDS.labels(consumer.group).observe(perf_counter() - started)
