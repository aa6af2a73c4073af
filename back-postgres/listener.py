"""One session that LISTENs for outbox inserts and wakes every long poll at once."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from connection import FAILURES, Connection, connect
from settings import Settings

CHANNEL = "outbox"
RECONNECT_SECONDS = 0.25
CHECK_SECONDS = 15.0
log = structlog.get_logger("listener")


class OutboxListener:
    """NOTIFY is only a wake-up: each waiter then reads the table, and a reconnect wakes all of them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._next = asyncio.Event()
        self._closing = False

    async def wait_for(self, look: Callable[[], Awaitable[bool]], seconds: float) -> bool:
        """Whether `look` finds something within `seconds`; it is asked at first and at each wake-up."""
        deadline = asyncio.get_running_loop().time() + seconds
        while True:
            woken = self._next  # taken before the look, so that nothing in between is missed
            if await look():
                return True
            if self._closing:
                return False
            try:
                async with asyncio.timeout_at(deadline):
                    await woken.wait()
            except TimeoutError:
                return await look()  # a lease may have run out, of which nobody is notified

    def wake(self) -> None:
        """Lets every waiter look again."""
        woken, self._next = self._next, asyncio.Event()
        woken.set()

    def close(self) -> None:
        """Lets every waiter answer now."""
        self._closing = True
        self.wake()

    async def run(self) -> None:
        """Listens until cancelled, reconnecting whenever the session is lost."""
        while True:
            try:
                await self._listen(await connect(self._settings))
            except FAILURES as error:
                log.warning("not listening", reason=f"{type(error).__name__}: {error}")
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self, connection: Connection) -> None:
        lost = asyncio.Event()
        connection.add_termination_listener(lambda *_: lost.set())
        try:
            await connection.add_listener(CHANNEL, lambda *_: self.wake())
            self.wake()
            while not lost.is_set():
                await self._watch(connection, lost)
        finally:
            connection.terminate()

    async def _watch(self, connection: Connection, lost: asyncio.Event) -> None:
        """Waits a while and then asks, since a peer that vanished closes nothing."""
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                await lost.wait()
        except TimeoutError:
            await connection.execute("SELECT 1", timeout=3)
