"""All connections of this process, by user: a Redis subscription for each shard of users in use, fan-out, caps, ends."""

import asyncio
import random
import time
from collections.abc import Callable, Iterable
from typing import Protocol

import structlog
from batch import Batch
from close_codes import CloseCode, ConnectionRejected
from messages import Message
from metrics import CONNECTIONS, DELIVERED, SHARDS, USERS
from session import Session

from back_redis.live_envelope import NotALiveMessage, live_channel, unpack
from shared.chassis import tracing
from shared.security.verifier import Revocations

CHECK_SECONDS = 0.4
TURNS = 50
"""Each connection gets its heartbeat in one of so many rounds of `expire_sessions`: every 20 seconds, not all at once."""
RECONNECT_MS = 5000
log = structlog.get_logger("hub")


class Subscriptions(Protocol):
    """`back_redis.pubsub.Subscriber`."""

    async def subscribe(self, channel: str) -> bool: ...
    async def unsubscribe(self, channel: str) -> None: ...


class Hub:
    """`on_gap` is called with each session that may have missed live messages."""

    def __init__(
        self,
        revocations: Revocations,
        *,
        per_user: int,
        in_total: int,
        drain_seconds: float,
        on_gap: Callable[[Session], None],
    ) -> None:
        self._revocations = revocations
        self._on_gap = on_gap
        self._per_user = per_user
        self._in_total = in_total
        self._drain_seconds = drain_seconds
        self._users: dict[str, set[Session]] = {}
        self._shards: dict[str, int] = {}
        self._count = self._turn = 0
        self._arrived: set[str] = set()
        self._batch = Batch()
        self.draining = False

    async def add(self, session: Session, subscriptions: Subscriptions) -> None:
        """Adds a session; on return its user's shard is subscribed to (or will be, and then a gap is reported).

        Raises:
            ConnectionRejected: too many are open, or the process stops.
        """
        if self.draining:
            raise ConnectionRejected(CloseCode.RESTART)
        if self._count >= self._in_total or len(self._users.get(session.user_id, ())) >= self._per_user:
            raise ConnectionRejected(CloseCode.TOO_MANY)
        if session.user_id not in self._users:
            self._users[session.user_id] = set()
            self._arrived.add(session.user_id)
        self._users[session.user_id].add(session)
        session.turn = self._count % TURNS
        channel = live_channel(session.user_id)
        self._shards[channel] = self._shards.get(channel, 0) + 1
        self._counted(session, +1)
        await subscriptions.subscribe(channel)

    def remove(self, session: Session) -> None:
        """Removes a session whose connection is gone."""
        theirs = self._users.get(session.user_id, set())
        if session not in theirs:
            return
        theirs.remove(session)
        if not theirs:
            del self._users[session.user_id]
        self._shards[live_channel(session.user_id)] -= 1
        self._counted(session, -1)
        session.disconnected()

    def on_message(self, channel: str, payload: str) -> None:
        """Fan-out: what was published goes to each connection of each of its users as it is."""
        try:
            envelope = unpack(payload)
        except NotALiveMessage:
            log.warning("not a live message", channel=channel)
            return
        sessions = [session for user_id in envelope.user_ids for session in self._users.get(user_id, ())]
        if sessions:
            with tracing.consumer_span(f"deliver {envelope.type}", envelope.traceparent):
                message = Message.published(envelope)
                DELIVERED.inc(sum(session.enqueue(message) for session in sessions))
            self._batch.add(session.client for session in sessions)

    def on_gap(self) -> None:
        """Redis was away: every connection may have missed something."""
        for session in self._sessions():
            self._on_gap(session)

    def take_new_users(self) -> set[str]:
        """Users who connected since the last call."""
        arrived, self._arrived = self._arrived, set()
        return arrived

    def users(self) -> list[str]:
        """Users with an open connection."""
        return list(self._users)

    async def expire_sessions(self, subscriptions: Subscriptions) -> None:
        """Ends sessions that have expired, were revoked or do not answer, and unsubscribes from shards without users, until cancelled."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            self._turn = (self._turn + 1) % TURNS
            now = time.time()
            for session in self._sessions():
                if session.claims.exp <= now or self._revocations.is_revoked(session.claims.sid):
                    session.end(CloseCode.LOGGED_OUT)
                elif session.turn == self._turn and not session.client.ping():
                    session.end(CloseCode.UNRESPONSIVE)
            for channel in list(self._shards):
                if not self._shards[channel]:  # asked only now, since somebody may have come during the last await
                    del self._shards[channel]
                    await subscriptions.unsubscribe(channel)
            SHARDS.set(len(self._shards))

    def drain(self) -> None:
        """Refuses new connections and closes the open ones, one by one, each with its time to reconnect. Idempotent."""
        if self.draining:
            return
        self.draining = True
        later = asyncio.get_running_loop().call_later
        for session in self._sessions():
            detail = f"retry_in={random.randrange(RECONNECT_MS)}"  # noqa: S311 - no secret
            later(random.uniform(0, self._drain_seconds), session.end, CloseCode.RESTART, detail)  # noqa: S311

    def _sessions(self) -> Iterable[Session]:
        return [session for theirs in self._users.values() for session in theirs]

    def _counted(self, session: Session, change: int) -> None:
        self._count += change
        CONNECTIONS.labels(session.client.kind).inc(change)
        USERS.set(len(self._users))
        SHARDS.set(len(self._shards))
