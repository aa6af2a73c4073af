"""The adapters: back-redis through its typed client, back-postgres over HTTP."""

from datetime import UTC, datetime
from types import TracebackType
from typing import Annotated, Self

from fastapi import Depends, Request
from resources import resources_of

from back_redis.admin import EventAdmin
from back_redis.connection import NAME
from shared.chassis import tracing
from shared.chassis.client import ServiceClient
from shared.models.event_data import HandledLetter, LetterDiscarded, LetterReplayed, StreamReplayed
from shared.models.event_streams import DeadLetter, DeadLetterKind, Replay
from shared.models.events import Event, EventData, EventType, OutboxFigures
from shared.utils import correlation
from shared.utils.ids import new_id

from .domain import EventsDomain


class NotedActs:
    """`domain.EventActs`."""

    def __init__(self, admin: EventAdmin) -> None:
        self._admin = admin

    async def replay_letter(self, kind: DeadLetterKind, letter_id: str, *, by: str) -> None:
        def note(letter: DeadLetter) -> Event:
            return telling.event(letter.id, by, LetterReplayed(actor_id=by, letter=_handled(letter)))

        with _Telling("event.letter_replayed") as telling:
            await self._admin.replay_letter(kind, letter_id, note)

    async def discard(self, kind: DeadLetterKind, letter_id: str, *, by: str) -> None:
        def note(letter: DeadLetter) -> Event:
            return telling.event(letter.id, by, LetterDiscarded(actor_id=by, letter=_handled(letter)))

        with _Telling("event.letter_discarded") as telling:
            await self._admin.discard(kind, letter_id, note)

    async def replay(self, group: str, stream: str, from_id: str, *, by: str) -> Replay:
        def note(made: Replay) -> Event:
            return telling.event(group, by, StreamReplayed(actor_id=by, from_id=from_id, **made.model_dump()))

        with _Telling("event.stream_replayed") as telling:
            return await self._admin.replay(group, stream, from_id, note)


def _handled(letter: DeadLetter) -> HandledLetter:
    held = letter.event
    known = {"held_type": held.type, "held_id": held.id} if held else {}
    return HandledLetter.model_validate(letter.model_dump(include={"id", "kind", "group", "stream"}) | known)


class _Telling:
    """Makes the event of an act in the trace of the request; once the block has ended well, a span says that it is published."""

    def __init__(self, event_type: EventType) -> None:
        self._type, self._traceparent = event_type, tracing.traceparent()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            tracing.sent(NAME, f"publish {self._type}", self._traceparent)

    def event(self, aggregate_id: str, by: str, data: EventData) -> Event:
        return Event(
            id=new_id(),
            type=self._type,
            aggregate_id=aggregate_id,
            user_id=by,
            occurred_at=datetime.now(UTC),
            correlation_id=correlation.current(),
            traceparent=self._traceparent,
            data=data.model_dump(mode="json"),
        )


class BackPostgresOutbox:
    """`domain.Outbox`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def figures(self) -> OutboxFigures:
        return await self._postgres.get("/internal/outbox/figures", model=OutboxFigures)


async def _domain(request: Request) -> EventsDomain:
    resources = resources_of(request)
    admin = EventAdmin(resources.redis)
    return EventsDomain(admin, NotedActs(admin), BackPostgresOutbox(resources.back_postgres))


Domain = Annotated[EventsDomain, Depends(_domain)]
