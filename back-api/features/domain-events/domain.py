"""Looking at events, and having them handled once more: consumers are idempotent, so that this never does a thing twice."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from shared.models.base import Page
from shared.models.event_data import streams
from shared.models.event_streams import (
    DeadLetter,
    DeadLetterChanges,
    DeadLetterKind,
    DeadLettersChanged,
    EventDetail,
    EventStream,
    EventStreams,
    RecentEvent,
    RecentEvents,
    Replay,
    StoreMemory,
    StreamDeadLetterKind,
)
from shared.models.outbox import OutboxFigures
from shared.utils.errors import Conflict, Invalid, NotFound

from .dead_letters import DeadLetters
from .visibility import dead_letter_for, event_for, streams_for


class EventStore(Protocol):
    """back-redis."""

    async def streams(self, names: Sequence[str]) -> list[EventStream]: ...
    async def counts(self) -> dict[StreamDeadLetterKind, int]: ...
    async def memory(self) -> StoreMemory: ...
    async def list_recent_events(self, streams: Sequence[str], limit: int) -> list[RecentEvent]: ...
    async def read_event(self, stream: str, entry_id: str) -> RecentEvent:
        """Raises NotFound."""
        ...

    async def dead_letters_of(self, event_id: str, since: str) -> list[DeadLetter]: ...


class Replays(Protocol):
    """back-redis; a replay and the event that records it (`by` is who ordered it) are one transaction."""

    async def replay(self, group: str, stream: str, from_id: str, *, by: str) -> Replay:
        """Raises NotFound, and Invalid for too many."""
        ...


class Outbox(Protocol):
    """back-postgres."""

    async def figures(self) -> OutboxFigures: ...


class EventsDomain:
    def __init__(
        self, store: EventStore, replays: Replays, outbox: Outbox, dead_letters: Mapping[DeadLetterKind, DeadLetters]
    ) -> None:
        self._store = store
        self._replays = replays
        self._outbox = outbox
        self._dead_letters = dead_letters

    async def streams(self) -> EventStreams:
        found = await self._store.streams(streams())
        outbox = await self._outbox.figures()
        dead_letters = await self._store.counts()
        return EventStreams(
            streams=found,
            outbox=outbox,
            dead_letters=dead_letters["dead"],
            aside=dead_letters["aside"],
            waiting=dead_letters["waiting"],
            memory=await self._store.memory(),
        )

    async def list_recent_events(self, stream: str | None, limit: int, permissions: Collection[str]) -> RecentEvents:
        """Of one stream or of all, as far as `permissions` show them. Raises Invalid for a stream that does not exist."""
        asked = {_existing(stream)} if stream else set(streams())
        found = await self._store.list_recent_events(sorted(asked.intersection(streams_for(permissions))), limit)
        shown = [(each, event_for(permissions, each.event)) for each in found]
        return RecentEvents(items=[each.model_copy(update={"event": event}) for each, event in shown if event])

    async def read_event(self, stream: str, entry_id: str, permissions: Collection[str]) -> EventDetail:
        """As far as `permissions` show it. Raises NotFound, also for what they do not show."""
        entry = await self._store.read_event(stream, entry_id) if stream in streams() else None
        event = event_for(permissions, entry.event) if entry else None
        if event is None:
            raise NotFound("There is no such event.")
        dead_letters = await self._store.dead_letters_of(event.id, entry_id)
        shown = [dead_letter_for(permissions, each) for each in dead_letters]
        return EventDetail(stream=stream, entry_id=entry_id, event=event, dead_letters=shown)

    async def list_dead_letters(
        self, kind: DeadLetterKind, *, limit: int, cursor: str | None, permissions: Collection[str]
    ) -> Page[DeadLetter]:
        """As far as `permissions` show them."""
        page = await self._dead_letters[kind].page(limit=limit, cursor=cursor)
        return page.model_copy(update={"items": [dead_letter_for(permissions, letter) for letter in page.items]})

    async def read_dead_letter(self, kind: DeadLetterKind, letter_id: str, permissions: Collection[str]) -> DeadLetter:
        """As far as `permissions` show it. Raises NotFound."""
        return dead_letter_for(permissions, await self._dead_letters[kind].read(letter_id))

    async def replay_dead_letter(self, kind: DeadLetterKind, letter_id: str, *, by: str) -> None:
        await self._dead_letters[kind].replay(letter_id, by=by)

    async def discard(self, kind: DeadLetterKind, letter_id: str, *, by: str) -> None:
        await self._dead_letters[kind].discard(letter_id, by=by)

    async def change_dead_letters(self, changes: DeadLetterChanges, *, by: str) -> DeadLettersChanged:
        """One after the other. Who else changed one meanwhile does not keep the others from it."""
        dead_letters = self._dead_letters[changes.kind]
        change = dead_letters.replay if changes.change == "replay" else dead_letters.discard
        changed = 0
        ids = set(changes.ids)
        for letter_id in ids:
            with suppress(NotFound, Conflict):
                await change(letter_id, by=by)
                changed += 1
        return DeadLettersChanged(changed=changed, missing=len(ids) - changed)

    async def replay(self, group: str, stream: str, from_id: str, *, by: str) -> Replay:
        return await self._replays.replay(group, _existing(stream), from_id, by=by)


def _existing(stream: str) -> str:
    if stream not in streams():
        raise Invalid.field("stream", "is none of the streams of events")
    return stream
