"""The way to declare a consumer, and to run one.

A handler gets each event of its type at least once, in the order of its stream. It raises `Unavailable` when something
that it needs is down (the event waits, and all later ones behind it); anything else it raises is a failure: the event comes
again, and after five deliveries it lies in `events:dead` (`back_redis.consumers`).

Idempotency is the handler's: either its effect has a natural key (storing by event id), or the consumer says `once`, and
each event is claimed in back-postgres before and marked done after it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from prometheus_client import Counter, Histogram

from back_redis.connection import RedisConnection
from back_redis.consumers import ConsumerGroup
from consumers.claims import Claims
from shared.chassis import tracing
from shared.models.events import Event, EventType

HANDLED = Counter("events_handled_total", "Events that a consumer has handled.", ["consumer", "type"])
SECONDS = Histogram("event_handling_seconds", "Time to handle an event.", ["consumer"])
Handler = Callable[[Event], Awaitable[None]]
BatchHandler = Callable[[Sequence[Event]], Awaitable[None]]


@dataclass(frozen=True)
class Consumer:
    """`group` is its name, also of its claims; event types without a handler are passed over.

    `together` takes all events of these types that came at once; when it fails, the handlers get them one by one.
    """

    group: str
    handlers: Mapping[EventType, Handler]
    once: bool = False
    together: BatchHandler | None = None

    @property
    def streams(self) -> tuple[str, ...]:
        """Where its event types appear."""
        return tuple(sorted({f"events:{event_type.partition('.')[0]}" for event_type in self.handlers}))


async def run(
    consumer: Consumer, redis: RedisConnection, claims: Claims, *, process: str, claim_seconds: float
) -> None:
    """Consumes until it is cancelled; `process` is this process's unique name."""
    group = ConsumerGroup(
        redis, group=consumer.group, streams=consumer.streams, consumer=process, claim_seconds=claim_seconds
    )
    await group.run(lambda event: handle(consumer, event, claims), together=partial(handle_together, consumer))


async def handle_together(consumer: Consumer, events: Sequence[Event]) -> bool:
    """All `events` at once; False when this consumer takes them one by one."""
    if consumer.together is None or len(events) < 2:
        return False
    wanted = [event for event in events if event.type in consumer.handlers]
    started = perf_counter()
    types = " ".join(sorted({event.type for event in wanted}))
    with tracing.worked(f"{consumer.group} {types}", wanted[0].traceparent if wanted else ""):
        await consumer.together(wanted)
    for event in wanted:
        HANDLED.labels(consumer.group, event.type).inc()
    SECONDS.labels(consumer.group).observe(perf_counter() - started)
    return True


async def handle(consumer: Consumer, event: Event, claims: Claims) -> None:
    """One event, by its handler, counted."""
    handler = consumer.handlers.get(event.type)
    if handler is None:
        return
    started = perf_counter()
    with tracing.worked(f"{consumer.group} {event.type}", event.traceparent):
        if consumer.once:
            await claims.once(consumer.group, event.id, lambda: handler(event))
        else:
            await handler(event)
    HANDLED.labels(consumer.group, event.type).inc()
    SECONDS.labels(consumer.group).observe(perf_counter() - started)
