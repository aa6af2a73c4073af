"""Publishes sign-ins on `events:login`, and on `events:session` sessions that were ended and accounts that were locked for an
owner's safety. back-workers consumes them.

They are appended in the background: a brief failure of back-redis fails no login, and an attempt on an account that exists
takes no longer than one on an account that does not.
"""

import asyncio
import contextlib
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol, Self

import structlog

from shared.chassis import tracing
from shared.models.base import Entity
from shared.models.events import Event, EventType
from shared.models.session import AccountLocked, LoginEvent, SessionRevoked
from shared.utils import correlation
from shared.utils.errors import ServiceError
from shared.utils.ids import new_id

ATTEMPTS = 5
PAUSE_SECONDS = 0.5
LEAVING_SECONDS = 5.0
LINGER_SECONDS = 0.25
MOST_WAITING = 1_000
log = structlog.get_logger("account_events")


class Writer(Protocol):
    """`back_redis.streams.StreamWriter`."""

    async def append(self, *events: Event) -> list[str]: ...


class AccountEvents:
    """`ports.Events`. Use as an async context manager: leaving it waits for queued events.

    What comes within a quarter of a second is written, and later stored, together.
    """

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._waiting: list[Event] = []
        self._some = asyncio.Event()
        self._leaving = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._run(), name="account events")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leaving.set()
        self._some.set()
        await asyncio.wait([self._task], timeout=LEAVING_SECONDS)
        self._task.cancel()

    def record(self, login: LoginEvent) -> None:
        """Queues `login`."""
        self._write(_event("login.recorded", login.id, login.user_id, login.occurred_at, login))

    def revoked(self, session: SessionRevoked) -> None:
        """Queues the notification of the owner."""
        self._write(_event("session.revoked", new_id(), session.user_id, datetime.now(UTC), session))

    def locked(self, lock: AccountLocked) -> None:
        """Queues the notification of a lock to its owner."""
        self._write(_event("session.locked_out", new_id(), lock.user_id, datetime.now(UTC), lock))

    def _write(self, event: Event) -> None:
        if len(self._waiting) >= MOST_WAITING:
            log.error("event not recorded: too many are waiting", event_id=event.id, type=event.type)
            return
        self._waiting.append(event)
        self._some.set()

    async def _run(self) -> None:
        while self._waiting or not self._leaving.is_set():
            await self._some.wait()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._leaving.wait(), LINGER_SECONDS)
            events, self._waiting = self._waiting, []
            self._some.clear()
            if events:
                await self._append(events)

    async def _append(self, events: list[Event]) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with tracing.consumer_span("authentication.account_events", None):
                    await self._writer.append(*events)
            except ServiceError as error:
                log.warning("events not recorded yet", count=len(events), attempt=attempt, error=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS * attempt)
            else:
                return
        for event in events:
            log.error("event not recorded", event_id=event.id, type=event.type, user_id=event.user_id)


def _event(event_type: EventType, event_id: str, user_id: str, occurred_at: datetime, data: Entity) -> Event:
    return Event(
        id=event_id,
        type=event_type,
        aggregate_id=user_id,
        user_id=user_id,
        occurred_at=occurred_at,
        correlation_id=correlation.current(),
        traceparent=tracing.traceparent(),
        data=data.model_dump(mode="json"),
    )
