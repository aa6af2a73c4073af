"""Sign-ins as events on `events:login`, which back-workers carries to back-cassandra, whenever that is there.

Appended beside the answer and not before it: a hiccup of back-redis fails no login, and an attempt on an account that exists
takes no longer than one on an account that does not.
"""

import asyncio
from types import TracebackType
from typing import Protocol, Self

import structlog

from shared.models.events import Event
from shared.models.session import LoginEvent
from shared.utils import correlation
from shared.utils.errors import ServiceError

ATTEMPTS = 5
PAUSE_SECONDS = 0.5
LEAVING_SECONDS = 5.0
MOST_WAITING = 1_000
log = structlog.get_logger("login_history")


class Writer(Protocol):
    """`back_redis.streams.StreamWriter`."""

    async def append(self, *events: Event) -> list[str]: ...


class LoginHistory:
    """Use as an async context manager: leaving it waits for what is still to be written."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._waiting: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._waiting:
            await asyncio.wait(self._waiting, timeout=LEAVING_SECONDS)

    def record(self, login: LoginEvent) -> None:
        """Sees to it that `login` is written soon."""
        if len(self._waiting) >= MOST_WAITING:
            log.error("sign-in not recorded: too many are waiting", event_id=login.id)
            return
        task = asyncio.create_task(self._append(_event(login)))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _append(self, event: Event) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._writer.append(event)
            except ServiceError as error:
                log.warning("sign-in not recorded yet", event_id=event.id, attempt=attempt, error=type(error).__name__)
                await asyncio.sleep(PAUSE_SECONDS * attempt)
            else:
                return
        log.error("sign-in not recorded", event_id=event.id, user_id=event.user_id)


def _event(login: LoginEvent) -> Event:
    return Event(
        id=login.id,
        type="login.recorded",
        aggregate_id=login.user_id,
        user_id=login.user_id,
        occurred_at=login.occurred_at,
        correlation_id=correlation.current(),
        data=login.model_dump(mode="json"),
    )
