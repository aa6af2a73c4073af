"""The adapters: back-redis through its typed client, back-postgres over HTTP."""

from back_redis.admin import EventAdmin
from shared.chassis.client import ServiceClient
from shared.models.base import Page
from shared.models.event_stream_events import HandledLetter, LetterDiscarded, LetterReplayed, StreamReplayed
from shared.models.event_streams import DeadLetter, Replay, StreamDeadLetterKind
from shared.models.events import Event
from shared.models.outbox import DeadEvent, OutboxFigures
from shared.utils.errors import NotFound
from shared.utils.ids import is_id
from shared.utils.masking import masked

from .admin_events import AuditedAction


class BackPostgresOutbox:
    """`domain.Outbox`."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def figures(self) -> OutboxFigures:
        return await self._postgres.get("/internal/outbox/figures", model=OutboxFigures)


class StreamDeadLetters:
    """`dead_letters.DeadLetters` of what consumers could not handle."""

    def __init__(self, admin: EventAdmin, kind: StreamDeadLetterKind) -> None:
        self._admin = admin
        self._kind: StreamDeadLetterKind = kind

    async def page(self, *, limit: int, cursor: str | None) -> Page[DeadLetter]:
        return await self._admin.list_dead_letters(self._kind, limit=limit, cursor=cursor)

    async def read(self, letter_id: str) -> DeadLetter:
        return await self._admin.read_dead_letter(self._kind, letter_id)

    async def replay(self, letter_id: str, *, by: str) -> None:
        def build_event(letter: DeadLetter) -> Event:
            return action.event(letter.id, by, LetterReplayed(actor_id=by, letter=_handled(letter)))

        with AuditedAction("event.letter_replayed") as action:
            await self._admin.replay_dead_letter(self._kind, letter_id, build_event)

    async def discard(self, letter_id: str, *, by: str) -> None:
        def build_event(letter: DeadLetter) -> Event:
            return action.event(letter.id, by, LetterDiscarded(actor_id=by, letter=_handled(letter)))

        with AuditedAction("event.letter_discarded") as action:
            await self._admin.discard(self._kind, letter_id, build_event)


def _handled(letter: DeadLetter) -> HandledLetter:
    event = letter.event
    known = {"held_type": event.type, "held_id": event.id} if event else {}
    return HandledLetter.model_validate(letter.model_dump(include={"id", "kind", "group", "stream"}) | known)


class AuditedReplays:
    """`domain.Replays`."""

    def __init__(self, admin: EventAdmin) -> None:
        self._admin = admin

    async def replay(self, group: str, stream: str, from_id: str, *, by: str) -> Replay:
        def build_event(made: Replay) -> Event:
            return action.event(group, by, StreamReplayed(actor_id=by, from_id=from_id, **made.model_dump()))

        with AuditedAction("event.stream_replayed") as action:
            return await self._admin.replay(group, stream, from_id, build_event)


class OutboxDeadLetters:
    """`dead_letters.DeadLetters` of what relays could not publish."""

    def __init__(self, back_postgres: ServiceClient) -> None:
        self._postgres = back_postgres

    async def page(self, *, limit: int, cursor: str | None) -> Page[DeadLetter]:
        params = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        dead = await self._postgres.get("/internal/outbox/dead", model=Page[DeadEvent], params=params)
        return Page(items=[_unsent(each) for each in dead.items], next_cursor=dead.next_cursor)

    async def read(self, letter_id: str) -> DeadLetter:
        return _unsent(await self._postgres.get(f"/internal/outbox/dead/{_known(letter_id)}", model=DeadEvent))

    async def replay(self, letter_id: str, *, by: str) -> None:
        await self._postgres.call("POST", f"/internal/outbox/dead/{_known(letter_id)}/retry", params={"by": by})

    async def discard(self, letter_id: str, *, by: str) -> None:
        await self._postgres.call("DELETE", f"/internal/outbox/dead/{_known(letter_id)}", params={"by": by})


def _known(letter_id: str) -> str:
    if not is_id(letter_id):
        raise NotFound("There is no such dead letter.")
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
