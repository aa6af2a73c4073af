"""The adapters: back-redis through its typed client, back-postgres over HTTP."""

from typing import Annotated

from fastapi import Depends, Request
from resources import resources_of

from back_redis.admin import EventAdmin, masked
from shared.chassis.client import ServiceClient
from shared.models.base import Page
from shared.models.event_streams import DeadLetter, DeadLetterKind, StreamLetterKind
from shared.models.events import DeadEvent, Event, OutboxFigures
from shared.utils.errors import NotFound
from shared.utils.ids import is_id

from .domain import EventsDomain
from .letters import Letters


class BackPostgresOutbox:
    """`domain.Outbox`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def figures(self) -> OutboxFigures:
        return await self._postgres.get("/internal/outbox/figures", model=OutboxFigures)


class StreamLetters:
    """`letters.Letters` of what consumers could not handle."""

    def __init__(self, admin: EventAdmin, kind: StreamLetterKind) -> None:
        self._admin = admin
        self._kind: StreamLetterKind = kind

    async def page(self, *, limit: int, cursor: str | None) -> Page[DeadLetter]:
        return await self._admin.letters(self._kind, limit=limit, cursor=cursor)

    async def replay(self, letter_id: str) -> None:
        await self._admin.replay_letter(self._kind, letter_id)

    async def discard(self, letter_id: str) -> None:
        await self._admin.discard(self._kind, letter_id)


class UnsentLetters:
    """`letters.Letters` of what relays could not publish."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def page(self, *, limit: int, cursor: str | None) -> Page[DeadLetter]:
        params = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        dead = await self._postgres.get("/internal/outbox/dead", model=Page[DeadEvent], params=params)
        return Page(items=[_unsent(each) for each in dead.items], next_cursor=dead.next_cursor)

    async def replay(self, letter_id: str) -> None:
        await self._postgres.call("POST", f"/internal/outbox/dead/{_known(letter_id)}/retry")

    async def discard(self, letter_id: str) -> None:
        await self._postgres.call("DELETE", f"/internal/outbox/dead/{_known(letter_id)}")


def _known(letter_id: str) -> str:
    if not is_id(letter_id):
        raise NotFound("There is no such letter.")
    return letter_id


def _unsent(dead: DeadEvent) -> DeadLetter:
    text = masked(dead.event.model_dump_json())
    return DeadLetter(
        id=dead.event.id,
        kind="unsent",
        stream=dead.event.stream,
        entry_id="",
        group="",
        error=masked(dead.error),
        buried_at=dead.dead_at,
        deliveries=dead.attempts,
        event=Event.model_validate_json(text),
        text=text,
    )


async def _domain(request: Request) -> EventsDomain:
    resources = resources_of(request)
    admin, postgres = EventAdmin(resources.redis), resources.back_postgres
    letters: dict[DeadLetterKind, Letters] = {
        "dead": StreamLetters(admin, "dead"),
        "aside": StreamLetters(admin, "aside"),
        "unsent": UnsentLetters(postgres),
    }
    return EventsDomain(admin, BackPostgresOutbox(postgres), letters)


Domain = Annotated[EventsDomain, Depends(_domain)]
