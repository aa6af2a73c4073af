"""Consumer groups: how a feature declares one, and how it runs.

A handler gets each event of its type and version at least once, in the order of its stream, with its data as a model. What
it raises is judged by shared.utils.failures:

- While a peer is away the event waits, and later ones of its user or aggregate wait behind it.
- An event that fails is retried with pauses, as `retry` says, and becomes a dead letter (`events:dead`) in the end.
- One that is refused becomes a dead letter at once.
- An event of a version that no handler takes is parked in `events:aside` until one does, and so is each event that comes
  while the feature's flag is off for everybody. An administrator replays them from there.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from time import perf_counter
from typing import Any, Literal, TypeVar

from prometheus_client import Counter, Histogram

from back_redis.connection import RedisConnection
from back_redis.consumers import ConsumerGroup, FeatureOff, RetryPolicy, UnsupportedVersion
from back_redis.waiting import Waits
from events.claims import Claims
from shared.chassis import tracing
from shared.models.events import Event, EventData, stream_of

HANDLED = Counter("events_handled_total", "Events that a consumer has handled.", ["consumer", "type"])
SECONDS = Histogram("event_handling_seconds", "Time to handle an event, or a batch of them.", ["consumer"])
EventKey = tuple[str, int]
"""Type and version of an event."""
Data = TypeVar("Data", bound=EventData)
Handler = Callable[[Event, Data], Awaitable[None]]
BatchHandler = Callable[[Sequence[Event]], Awaitable[None]]


@dataclass(frozen=True)
class Subscription:
    """The handler of one type and version of event; made by `handles`."""

    model: type[EventData]
    handler: Handler[Any]


def handles(model: type[Data], handler: Handler[Data]) -> Subscription:
    """`handler` gets each event whose data is a `model`."""
    return Subscription(model, handler)


@dataclass(frozen=True)
class Consumer:
    """One consumer group; events of its streams that it has no handler for are skipped.

    `idempotency` says why handling an event twice has one effect:

    - `natural`: what the handler writes has a key made of the event.
    - `claims`: the effect cannot be repeated, so each event is claimed in back-postgres before and marked done after.

    `handle_batch` takes all events that arrived at once and have a handler; when it fails, the handlers get them one by one.
    `prefetch` gets them before that, to fetch in one call what the handlers will need.
    `is_on` says whether its feature is on for anybody.
    """

    group: str
    handlers: tuple[Subscription, ...]
    idempotency: Literal["natural", "claims"]
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    handle_batch: BatchHandler | None = None
    prefetch: BatchHandler | None = None
    is_on: Callable[[], bool] = lambda: True

    @cached_property
    def by_key(self) -> Mapping[EventKey, Subscription]:
        return {(each.model.event_type, each.model.event_version): each for each in self.handlers}

    @cached_property
    def types(self) -> frozenset[str]:
        return frozenset(each.model.event_type for each in self.handlers)

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams of its event types."""
        return tuple(sorted({stream_of(event_type) for event_type in self.types}))

    def subscription(self, event: Event) -> Subscription | None:
        """The handler of `event`; None when this group does not take events of its type.

        Raises:
            UnsupportedVersion: it takes this type of event, but not this version.
            FeatureOff: it takes this event, but its feature is off.
        """
        found = self.by_key.get((event.type, event.version))
        if found is None and event.type in self.types:
            raise UnsupportedVersion(f"{self.group} does not know version {event.version} of {event.type}")
        if found and not self.is_on():
            raise FeatureOff(f"the feature of {self.group} is switched off; replay it when it is on again")
        return found


@dataclass(frozen=True)
class Process:
    """The settings and peers that all groups of a process share.

    `name` is unique. Others take over what was not acknowledged for `claim_seconds`. After `wait_seconds` administrators see
    an event that waits for a peer, and others are tried beside it.
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
    batch = partial(dispatch_batch, consumer) if consumer.handle_batch or consumer.prefetch else None
    await group.run(lambda event: dispatch(consumer, event, claims), handle_batch=batch)


async def dispatch_batch(consumer: Consumer, events: Sequence[Event]) -> bool:
    """Handles all `events` at once; False when this consumer takes them one by one."""
    if len(events) < 2 or not (consumer.handle_batch or consumer.prefetch):
        return False
    subscribed = [event for event in events if consumer.subscription(event)]
    if not subscribed:
        return True
    if consumer.prefetch:
        await consumer.prefetch(subscribed)
    if consumer.handle_batch is None:
        return False
    started = perf_counter()
    types = " ".join(sorted({event.type for event in subscribed}))
    with tracing.consumer_span(f"{consumer.group} {types}", subscribed[0].traceparent):
        await consumer.handle_batch(subscribed)
    for event in subscribed:
        HANDLED.labels(consumer.group, event.type).inc()
    SECONDS.labels(consumer.group).observe(perf_counter() - started)
    return True


async def dispatch(consumer: Consumer, event: Event, claims: Claims) -> None:
    """Handles one event, and counts it."""
    found = consumer.subscription(event)
    if found is None:
        return
    data = found.model.from_event(event)
    started = perf_counter()
    with tracing.consumer_span(f"{consumer.group} {event.type}", event.traceparent):
        if consumer.idempotency == "claims":
            await claims.once(consumer.group, event.id, lambda: found.handler(event, data))
        else:
            await found.handler(event, data)
    HANDLED.labels(consumer.group, event.type).inc()
    SECONDS.labels(consumer.group).observe(perf_counter() - started)
