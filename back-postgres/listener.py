"""One session that LISTENs for outbox inserts and wakes every long poll at once."""

import asyncio

import structlog

from connection import Connection, InterfaceError, PostgresError, connect
from settings import Settings

CHANNEL = "outbox"
RECONNECT_SECONDS = 0.25
CHECK_SECONDS = 15.0
log = structlog.get_logger("listener")


class OutboxListener:
    """Pub/sub is only a wake-up: whoever is woken looks into the table, and a reconnect wakes everybody."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._next = asyncio.Event()

    def subscribe(self) -> asyncio.Event:
        """An event that is set at the next notification. Subscribe first and look then, so that nothing is missed."""
        return self._next

    def wake(self) -> None:
        """Sets what subscribers hold."""
        woken, self._next = self._next, asyncio.Event()
        woken.set()

    async def run(self) -> None:
        """Listens until cancelled, reconnecting whenever the session is lost."""
        while True:
            try:
                await self._listen(await connect(self._settings))
            except (OSError, PostgresError, InterfaceError) as error:
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
