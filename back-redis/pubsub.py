"""Publish and subscribe. A message is only a wake-up: without a subscriber it is lost, so each reader catches up from a store."""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self

import structlog
from redis.asyncio.connection import AbstractConnection

from back_redis.connection import NAME, RedisConnection, translated
from back_redis.live_envelope import pack
from shared.chassis import tracing
from shared.chassis.background import Background
from shared.models.notification import LiveMessage
from shared.utils.errors import ServiceError

PING_SECONDS = 5.0
SILENCE_SECONDS = 12.0
FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 2.0
log = structlog.get_logger("pubsub")


class LivePublisher:
    """Publishes live messages to users: to each open tab, wherever it is connected."""

    def __init__(self, connection: RedisConnection) -> None:
        self._connection = connection

    async def send(self, user_ids: Sequence[str], message: LiveMessage) -> None:
        """Publishes `message` for all of `user_ids`, encoded once, in one round trip. Raises Unavailable."""
        await self.send_in_order([(user_ids, message)])

    async def send_in_order(self, messages: Sequence[tuple[Sequence[str], LiveMessage]]) -> None:
        """The same for several messages, of which none overtakes an earlier one. Raises Unavailable.

        A client that reconnects asks for what was stored after the last one that it got: one that comes too early would
        make it miss those before.
        """
        published = [each for user_ids, message in messages for each in _published(user_ids, message)]
        await self._connection.pipeline(*(("PUBLISH", *each) for each in published))


def _published(user_ids: Sequence[str], message: LiveMessage) -> list[tuple[str, str]]:
    return pack(user_ids, message, tracing.producer_context(NAME, f"announce {message.type}"))


class Subscriber:
    """One connection for any number of channels, as an async context manager; reconnects and resubscribes by itself.

    `on_message(channel, text)` is called in order and must return at once (put it in a bounded queue).
    `on_gap()` is called after each reconnect, when all channels are subscribed again: messages may have been missed meanwhile.
    """

    def __init__(
        self, connection: RedisConnection, *, on_message: Callable[[str, str], None], on_gap: Callable[[], None]
    ) -> None:
        self._connection = connection
        self._on_message = on_message
        self._on_gap = on_gap
        self._confirmed: dict[str, asyncio.Event] = {}
        self._socket: AbstractConnection | None = None
        self._gap = False
        self._background = Background(
            {"subscriber": self._run}, first_pause=FIRST_PAUSE_SECONDS, longest_pause=LONGEST_PAUSE_SECONDS
        )

    async def __aenter__(self) -> Self:
        await self._background.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._background.__aexit__(kind, error, trace)

    @property
    def connected(self) -> bool:
        return self._socket is not None

    async def subscribe(self, channel: str, *, seconds: float = 2.0) -> bool:
        """Whether the server confirmed within `seconds`. If not, it subscribes once back-redis is there, then calls `on_gap`."""
        confirmed = self._confirmed.setdefault(channel, asyncio.Event())
        if not confirmed.is_set():
            await self._send("SUBSCRIBE", channel)
        try:
            async with asyncio.timeout(seconds):
                await confirmed.wait()
        except TimeoutError:
            self._gap = True
            return False
        return True

    async def unsubscribe(self, channel: str) -> None:
        """Stops listening; safe to call when not subscribed."""
        if self._confirmed.pop(channel, None):
            await self._send("UNSUBSCRIBE", channel)
            self._announce_gap()

    async def _send(self, *command: str) -> None:
        """A failed send needs no handling: the reader notices as well and subscribes to everything again."""
        if self._socket:
            with contextlib.suppress(ServiceError), translated():
                await self._socket.send_command(*command, check_health=False)

    async def _run(self) -> None:
        """Reads until the connection is lost."""
        socket = self._connection.dedicated()
        try:
            with translated():
                await self._listen(socket)
        finally:
            self._forget_socket()
            await socket.disconnect(nowait=True)

    async def _listen(self, socket: AbstractConnection) -> None:
        async with asyncio.timeout(SILENCE_SECONDS) as patience:  # one for all replies: there are many in a second
            await socket.connect()
            self._socket = socket
            if self._confirmed:
                await self._send("SUBSCRIBE", *self._confirmed)
            self._announce_gap()
            pinging = asyncio.create_task(self._ping())
            try:
                await self._read(socket, patience)
            finally:
                pinging.cancel()

    async def _read(self, socket: AbstractConnection, patience: asyncio.Timeout) -> None:
        clock = asyncio.get_running_loop().time
        renewed = clock()
        while True:
            reply: Any = await socket.read_response()  # pyright: ignore[reportUnknownVariableType]
            self._handle(reply)
            if (now := clock()) - renewed > SILENCE_SECONDS / 20:
                renewed = now
                patience.reschedule(now + SILENCE_SECONDS)

    async def _ping(self) -> None:
        """Without it a connection that a firewall dropped would look like silence."""
        while True:
            await asyncio.sleep(PING_SECONDS)
            await self._send("PING")

    def _handle(self, reply: Any) -> None:
        match reply:
            case ["message", str(channel), str(text)]:
                self._deliver(channel, text)
            case ["subscribe", str(channel), _]:
                if channel in self._confirmed:
                    self._confirmed[channel].set()
                self._announce_gap()
            case _:
                pass

    def _deliver(self, channel: str, text: str) -> None:
        if channel not in self._confirmed:
            return
        try:
            self._on_message(channel, text)
        except Exception:
            log.exception("message not taken", channel=channel)

    def _announce_gap(self) -> None:
        if self._gap and all(confirmed.is_set() for confirmed in self._confirmed.values()):
            self._gap = False
            self._on_gap()

    def _forget_socket(self) -> None:
        if self._socket:
            self._gap = True
        self._socket = None
        for confirmed in self._confirmed.values():
            confirmed.clear()
