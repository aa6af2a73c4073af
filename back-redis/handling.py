"""Handles a group's entries one by one and waits for peers that are away, as `consumers.ConsumerGroup` describes."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from time import monotonic

import structlog

from back_redis.breaker import Breaker, others
from back_redis.connection import RedisConnection
from back_redis.retries import NotHandledNow
from back_redis.settlement import TROUBLES, Settlement
from back_redis.streams import Entry
from back_redis.waiting import Wait, WaitingList, Waits
from shared.chassis.retry import pause_after
from shared.models.events import Event
from shared.utils import correlation
from shared.utils.failures import Verdict, answered, peer_of, verdict_of

BATCH = 50
LARGE_BATCH = 500
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
Handler = Callable[[Event], Awaitable[None]]
log = structlog.get_logger("consumers")


@dataclass(frozen=True)
class Claims:
    """`extend` renews the claims on entries every `seconds`; `read` returns the new entries that are there."""

    extend: Callable[[Iterable[Entry]], Awaitable[None]]
    read: Callable[[int], Awaitable[list[Entry]]]
    seconds: float


@dataclass(frozen=True)
class Attempt:
    """`away` is the error for which the entry has to wait; None when it is settled. `served` are the peers that answered for it."""

    away: Exception | None = None
    served: frozenset[str] = frozenset()


class Handling:
    """Handles the entries of one group, in one process."""

    def __init__(
        self, connection: RedisConnection, settled: Settlement, claims: Claims, waits: Waits, wait_seconds: float
    ) -> None:
        self._settled = settled
        self._claims = claims
        self._waits = waits
        self._wait_seconds = wait_seconds
        self._list = WaitingList(connection)
        self._breaker = Breaker()
        self._tried: set[str] = set()

    async def handle(self, entries: Sequence[Entry], handler: Handler) -> None:
        """All of them, in order."""
        queue = deque(entries)
        extended_at = monotonic()
        while queue:
            if monotonic() - extended_at > self._claims.seconds:
                await self._claims.extend(queue)
                extended_at = monotonic()
            attempt = await self._attempt(queue[0], handler)
            if attempt.away:
                await self._wait(queue, handler, attempt.away)
            else:
                queue.popleft()

    async def _attempt(self, entry: Entry, handler: Handler) -> Attempt:
        """Unless a peer is away, the entry is settled afterwards."""
        if entry.event is None:
            await self._settled.dead_letter(entry, "not an event")
            return Attempt()
        away: Exception | None = None
        with correlation.bind(correlation.accept(entry.event.correlation_id)), answered() as served:
            try:
                await handler(entry.event)
            except NotHandledNow as reason:
                await self._settled.park(entry, str(reason))
            except Exception as error:  # noqa: BLE001 - whatever it is, this entry must not stop the others
                away = await self._on_failure(entry, entry.event, error)
                (served.add if verdict_of(error) is Verdict.REFUSED else served.discard)(peer_of(error))
            else:
                await self._settled.acknowledge(entry)
        self._breaker.answered(served)
        return Attempt(away, frozenset(served))

    async def _on_failure(self, entry: Entry, event: Event, error: Exception) -> Exception | None:
        """`error` when the group has to wait for a peer; else the entry is settled."""
        verdict = verdict_of(error)
        peer = peer_of(error)
        if verdict is Verdict.REFUSED:
            await self._settled.refused(entry, error)
        elif self._breaker.opens(verdict, peer, entry):
            TROUBLES.labels(self._settled.group, "waits").inc()
            log.warning("event waits", group=self._settled.group, event_id=event.id, dependency=peer)
            return error
        else:
            await self._settled.failed(entry, error)
        return None

    async def _wait(self, queue: deque[Entry], handler: Handler, error: Exception) -> None:
        """Until the first entry of `queue` is settled; it is taken out then.

        After `wait_seconds` it is listed for administrators, and the events of other people are tried beside it.
        """
        entry = queue[0]
        wait = Wait.begin(self._settled.group, entry, getattr(error, "dependency", "") or "a peer")
        self._waits.begin(wait)
        try:
            pauses = (pause_after(n, first=FIRST_PAUSE_SECONDS, longest=LONGEST_PAUSE_SECONDS) for n in count(1))
            while not await self._is_over(wait, queue, handler, next(pauses)):
                pass
        finally:
            self._waits.end(wait)
            await self._list.hide(wait)
        queue.remove(entry)

    async def _is_over(self, wait: Wait, queue: deque[Entry], handler: Handler, pause: float) -> bool:
        """One more attempt, after `pause` seconds; whether the entry is settled."""
        await asyncio.sleep(pause)
        await self._claims.extend(queue)
        is_late = wait.seconds >= self._wait_seconds
        if is_late:
            await self._list.show(wait)
            if await self._settled.drop_discarded(wait.entry):
                return True
        attempt = await self._attempt(wait.entry, handler)
        if attempt.away is None:
            return True
        if is_late and await self._serves_others(queue, handler, peer_of(attempt.away)):
            self._breaker.suspect(wait.entry)
            await self._settled.failed(wait.entry, attempt.away)
            return True
        return False

    async def _serves_others(self, queue: deque[Entry], handler: Handler, peer: str) -> bool:
        """Handles events of other people until one of them has to wait too; whether `peer` has served one."""
        if len(queue) < LARGE_BATCH and next(others(queue), None) is None:
            queue.extend(await self._claims.read(BATCH))
        while candidates := [each for each in others(queue) if each.id not in self._tried]:
            attempt = await self._attempt(candidates[0], handler)
            if attempt.away:
                self._tried.add(candidates[0].id)
                return False
            queue.remove(candidates[0])
            if peer in attempt.served:
                break
            await self._claims.extend(queue)
        self._tried.clear()
        return bool(candidates)
