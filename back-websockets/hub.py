"""All sockets of this process, by user: a Redis subscription for each shard of users in use, fan-out, limits, and the ends of logins."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

import structlog
from codes import Close
from metrics import CONNECTIONS, SHARDS, USERS
from socket_session import SocketSession

from back_redis.live import NotALiveMessage, live_channel, read
from shared.security.verifier import Revocations

GUARD_SECONDS = 0.4
log = structlog.get_logger("hub")


class Subscriptions(Protocol):
    """`back_redis.pubsub.Subscriber`."""

    async def subscribe(self, channel: str) -> bool: ...
    async def unsubscribe(self, channel: str) -> None: ...


class Full(Exception):
    """This user, or this process, has enough sockets."""


class Hub:
    """`on_gap` is called with each socket that may have missed live messages."""

    def __init__(
        self, revocations: Revocations, *, per_user: int, in_total: int, on_gap: Callable[[SocketSession], None]
    ) -> None:
        self._revocations, self._on_gap = revocations, on_gap
        self._per_user, self._in_total = per_user, in_total
        self._sockets: dict[str, set[SocketSession]] = {}
        self._shards: Counter[str] = Counter()
        self._count = 0

    async def enter(self, session: SocketSession, subscriptions: Subscriptions) -> None:
        """Adds a socket; on return its user's shard is listened to (or will be, and a gap is told then).

        Raises:
            Full: too many are open.
        """
        theirs = self._sockets.setdefault(session.user_id, set())
        if len(theirs) >= self._per_user or self._count >= self._in_total:
            raise Full
        channel = live_channel(session.user_id)
        theirs.add(session)
        self._counted(channel, +1)
        await subscriptions.subscribe(channel)

    async def leave(self, session: SocketSession, subscriptions: Subscriptions) -> None:
        """Removes a socket, if it was added."""
        theirs, channel = self._sockets.get(session.user_id, set()), live_channel(session.user_id)
        if session in theirs:
            theirs.remove(session)
            self._counted(channel, -1)
        if not theirs:
            self._sockets.pop(session.user_id, None)
        if not self._shards[channel]:
            await subscriptions.unsubscribe(channel)

    def on_message(self, channel: str, payload: str) -> None:
        """Fan-out: what was published goes to each socket of each of its users as it is."""
        try:
            message = read(payload)
        except NotALiveMessage:
            log.warning("not a live message", channel=channel)
            return
        for user_id in message.user_ids:
            for session in self._sockets.get(user_id, ()):
                session.offer(message)

    def on_gap(self) -> None:
        """Redis was away: every socket may have missed something."""
        for sockets in self._sockets.values():
            for session in sockets:
                self._on_gap(session)

    async def guard(self) -> None:
        """Ends sockets whose token has expired or whose session was revoked, until cancelled."""
        while True:
            await asyncio.sleep(GUARD_SECONDS)
            now = time.time()
            for sockets in list(self._sockets.values()):
                for session in sockets:
                    if session.claims.exp <= now or self._revocations.is_revoked(session.claims.sid):
                        session.end(Close.LOGGED_OUT)

    def _counted(self, channel: str, change: int) -> None:
        self._count += change
        self._shards[channel] += change
        if not self._shards[channel]:
            del self._shards[channel]
        CONNECTIONS.set(self._count)
        SHARDS.set(len(self._shards))
        USERS.set(len(self._sockets))


async def cancelled(task: "asyncio.Task[None]") -> None:
    """Cancels a background task and waits for its end."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
