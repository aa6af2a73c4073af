"""Sessions that ended before their access tokens expire: the stream `revoked:sessions`, written by back-auth, read by all.

It is a stream and not a channel, so that a reader that was disconnected continues at its cursor and misses none.
"""

import asyncio
import contextlib
import time
from types import TracebackType
from typing import Self

import structlog

from back_redis.connection import Command, RedisConnection, StreamReply
from back_redis.streams import fields_of
from shared.chassis import tracing
from shared.chassis.background import Background
from shared.models.session import SessionEnded
from shared.security.constants import JWT_EXPIRATION, JWT_LEEWAY
from shared.utils.errors import Unavailable

STREAM = "revoked:sessions"
KEPT_SECONDS = 20 * 60
BLOCK_MS = 5_000
FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 1.0
assert KEPT_SECONDS > JWT_EXPIRATION + JWT_LEEWAY
log = structlog.get_logger("revocations")


def revoke_command(session_id: str) -> Command:
    """The command that publishes the end of `session_id` to every service; back-auth runs it in its own transaction."""
    oldest_ms = int((time.time() - KEPT_SECONDS) * 1000)
    return ("XADD", STREAM, "MINID", "~", oldest_ms, "*", *fields_of(SessionEnded(sid=session_id)))


class Revocations:
    """The reader, as an async context manager; implements `shared.security.verifier.Revocations`.

    Entering waits up to two seconds for the sessions that are already revoked. Without back-redis it starts anyway, uses
    what it knows, and catches up when back-redis is back; `check` reports that for readiness.
    """

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection
        self._revoked: dict[str, float] = {}
        self._cursor = "0-0"
        self._current = asyncio.Event()
        self._background = Background(
            {"revocations": self._read_until_lost}, first_pause=FIRST_PAUSE_SECONDS, longest_pause=LONGEST_PAUSE_SECONDS
        )

    async def __aenter__(self) -> Self:
        await self._background.__aenter__()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(2.0):
                await self._current.wait()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._background.__aexit__(kind, error, trace)

    def is_revoked(self, session_id: str) -> bool:
        return session_id in self._revoked

    @property
    def current(self) -> bool:
        """Whether revocations arrive at this moment."""
        return self._current.is_set()

    async def check(self) -> None:
        """For readiness. Raises Unavailable while revocations do not arrive."""
        if not self.current:
            raise Unavailable("Revocations do not arrive.", dependency="back-redis")

    async def _read_until_lost(self) -> None:
        with tracing.consumer_span("sessions.revocations", None):
            self._apply(await self._connection.call("XREAD", "STREAMS", STREAM, self._cursor))
        self._current.set()
        try:
            while True:
                self._apply(await self._connection.wait("XREAD", "BLOCK", BLOCK_MS, "STREAMS", STREAM, self._cursor))
        finally:
            self._current.clear()

    def _apply(self, reply: StreamReply | None) -> None:
        now = time.monotonic()
        for _, entries in reply or []:
            for entry_id, fields in entries:
                self._cursor = entry_id
                self._revoked[fields["sid"]] = now
        while self._revoked and next(iter(self._revoked.values())) < now - KEPT_SECONDS:
            del self._revoked[next(iter(self._revoked))]
