"""How an entry leaves a consumer group: acknowledged, retried later, parked, discarded, or as a dead letter."""

from collections import defaultdict
from collections.abc import Sequence

import structlog
from prometheus_client import Counter

from back_redis.connection import Command, RedisConnection
from back_redis.retries import Retries
from back_redis.streams import (
    DEAD_LETTERS,
    KEPT_DEAD_LETTERS,
    KEPT_PARKED,
    PARKED,
    Entry,
    fields_of,
    replay_stream,
)
from back_redis.waiting import WaitingList
from shared.models.event_streams import DeadLetterEntry

TROUBLES = Counter("event_troubles_total", "Events that a handler did not handle at once.", ["consumer", "then"])
LONGEST_REASON = 500
log = structlog.get_logger("consumers")


class Settlement:
    """Settles the entries of `group`. Every method raises Unavailable."""

    def __init__(self, connection: RedisConnection, group: str, retries: Retries) -> None:
        self._connection = connection
        self._retries = retries
        self._discards = WaitingList(connection)
        self.group = group

    async def acknowledge(self, *entries: Entry) -> None:
        await self._all_or_none(*self._acknowledgements(entries))

    async def failed(self, entry: Entry, error: Exception) -> None:
        """Schedules a retry, or makes the entry a dead letter after its last attempt."""
        deliveries = await self._retries.deliveries(entry)
        log.error("event failed", group=self.group, entry=entry.id, deliveries=deliveries, exc_info=error)
        if self._retries.exhausted(deliveries):
            await self.dead_letter(entry, _reason(error), deliveries)
        else:
            TROUBLES.labels(self.group, "retried").inc()
            self._retries.schedule(entry, deliveries)

    async def refused(self, entry: Entry, error: Exception) -> None:
        """Makes the entry a dead letter at once."""
        await self.dead_letter(entry, _reason(error), await self._retries.deliveries(entry))

    async def dead_letter(self, entry: Entry, reason: str, deliveries: int = 1) -> None:
        """Moves the entry to the dead letters."""
        log.error("event dead-lettered", group=self.group, stream=entry.stream, entry=entry.id, error=reason)
        await self._move(entry, DEAD_LETTERS, KEPT_DEAD_LETTERS, reason, deliveries)

    async def drop_discarded(self, entry: Entry) -> bool:
        """Whether an administrator has discarded the entry; it is acknowledged then."""
        if not await self._discards.is_discarded(self.group, entry):
            return False
        log.warning("event discarded", group=self.group, stream=entry.stream, entry=entry.id)
        await self.acknowledge(entry)
        await self._discards.forget_discarded(self.group, entry)
        return True

    async def park(self, entry: Entry, reason: str) -> None:
        """Parks an entry that its handler cannot take yet in `events:aside`, from where it can be replayed."""
        log.warning("event parked", group=self.group, stream=entry.stream, entry=entry.id, reason=reason)
        await self._move(entry, PARKED, KEPT_PARKED, reason, 1)

    async def _move(self, entry: Entry, to: str, most: int, error: str, deliveries: int) -> None:
        TROUBLES.labels(self.group, "dead-lettered" if to == DEAD_LETTERS else "parked").inc()
        dead_letter = DeadLetterEntry(
            event=entry.text,
            stream=entry.stream,
            entry=entry.id,
            group=self.group,
            error=error,
            deliveries=str(deliveries),
        )
        add: Command = ("XADD", to, "MAXLEN", "~", most, "*", *fields_of(dead_letter))
        await self._all_or_none(add, *self._acknowledgements([entry]))

    def _acknowledgements(self, entries: Sequence[Entry]) -> list[Command]:
        """One command per stream. Replayed entries are also deleted, so that their stream shows what remains."""
        ids: defaultdict[str, list[str]] = defaultdict(list)
        for entry in entries:
            ids[entry.stream].append(entry.id)
        commands: list[Command] = [("XACK", stream, self.group, *found) for stream, found in ids.items()]
        replay = replay_stream(self.group)
        return [*commands, ("XDEL", replay, *ids[replay])] if replay in ids else commands

    async def _all_or_none(self, *commands: Command) -> None:
        if len(commands) == 1:
            await self._connection.call(*commands[0])
        elif commands:
            await self._connection.transaction(*commands)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_REASON]
