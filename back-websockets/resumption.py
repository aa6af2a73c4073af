"""Finds what a socket has missed: notifications stored since its last one, from back-cassandra."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from messages import Message
from metrics import RESUMED
from session import Session

from shared.chassis.client import ServiceClient
from shared.chassis.retry import retry
from shared.models.base import Page
from shared.models.notification import Notification, created
from shared.utils.errors import ServiceError, Unavailable
from shared.utils.ids import is_id

PAGE = 100
AT_ONCE = 20  # look-ups, when all sockets have to catch up
AT_MOST = 1000  # who missed more reads the list
FIRST_ATTEMPT_SECONDS = 1.5
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 10.0
CLOCK_SKEW = timedelta(seconds=5)
log = structlog.get_logger("resumption")


def starting_point(last_id: str | None) -> tuple[str, bool]:
    """From where a socket resumes, and whether there is something to resume at once.

    Without a usable `last_id` it is the present moment as a UUIDv7, in case Redis is away later on.
    """
    if last_id and is_id(last_id) and UUID(last_id).version == 7:
        return last_id, True
    milliseconds = int((datetime.now(UTC) - CLOCK_SKEW).timestamp() * 1000)
    return str(UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62)), False


class Resumption:
    """One look-up a socket at a time; a new gap during one makes it start over."""

    def __init__(self, back_cassandra: ServiceClient) -> None:
        self._cassandra = back_cassandra
        self._at_once = asyncio.Semaphore(AT_ONCE)
        self._running: dict[Session, asyncio.Task[None]] = {}

    def begin(self, session: Session) -> None:
        """Delivers what was missed, then lets live messages through; when that takes too long, the other way round."""
        self.later(session)
        self._running[session].add_done_callback(lambda _: session.resume_live())
        asyncio.get_running_loop().call_later(FIRST_ATTEMPT_SECONDS, session.resume_live)

    def later(self, session: Session) -> None:
        """Looks up beside the live messages; the socket drops what it has had already."""
        self.stop(session)
        session.caught_up = False
        task = asyncio.create_task(self._until_done(session))
        self._running[session] = task
        task.add_done_callback(lambda done: self._forget(session, done))

    def stop(self, session: Session) -> None:
        """For a socket that is gone."""
        if task := self._running.pop(session, None):
            task.cancel()

    def _forget(self, session: Session, task: "asyncio.Task[None]") -> None:
        if self._running.get(session) is task:
            del self._running[session]

    async def _until_done(self, session: Session) -> None:
        try:
            await retry(
                lambda: self._deliver(session),
                when=lambda error: isinstance(error, Unavailable),
                first=FIRST_PAUSE_SECONDS,
                longest=LONGEST_PAUSE_SECONDS,
                on_retry=lambda _, __: RESUMED.labels("retried").inc(),
            )
        except ServiceError as error:
            log.warning("cannot resume", user_id=session.user_id, last_id=session.resume_from, error=error.detail)
            RESUMED.labels("failed").inc()
        else:
            RESUMED.labels("done").inc()
        session.caught_up = True

    async def _deliver(self, session: Session) -> None:
        async with self._at_once:
            await self._deliver_missed(session)

    async def _deliver_missed(self, session: Session) -> None:
        delivered = 0
        while delivered < AT_MOST:
            params = {"after": session.resume_from, "limit": PAGE}
            path = f"/internal/notifications/{session.user_id}"
            page = await self._cassandra.get(path, model=Page[Notification], params=params)
            for notification in page.items:
                await session.catch_up(Message.from_live_message(created(notification)))
            delivered += len(page.items)
            if page.next_cursor is None:
                return
