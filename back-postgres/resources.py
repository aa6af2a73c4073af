"""The resources of the running back-postgres: the database and the outbox listener, with the jobs that run beside the requests."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Self

import structlog
from fastapi import FastAPI

import migrate
from connection import FAILURES, create_pool
from database import Database, to_service_error
from listener import OutboxListener
from repositories import clock, outbox_repository, pending_mail_repository, processed_event_repository
from settings import Settings
from shared.chassis.background import Background, Job
from shared.chassis.health import Checks
from shared.utils.errors import ServiceError, Unavailable

START_SECONDS = 3.0
RETRY_SECONDS = 0.5
SWEEP_SECONDS = 600.0
CLOCK_SECONDS = 30.0
Handler = Callable[[int, FrameType | None], object]
log = structlog.get_logger("resources")


@dataclass(frozen=True)
class Resources:
    settings: Settings
    database: Database
    listener: OutboxListener

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        return cls(settings, Database(), OutboxListener(settings))

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncGenerator[None]:
        """Migrates and opens the pool; without PostgreSQL the service starts unready and goes on trying."""
        app.state.resources = self
        opening = asyncio.create_task(_open(self.settings, self.database))
        await asyncio.wait([opening], timeout=START_SECONDS)
        if opening.done():
            opening.result()
        jobs: dict[str, Job] = {
            "outbox listener": self.listener.run,
            "sweep": lambda: _sweep(self.settings, self.database),
            "clock": lambda: _watch_clock(self.database),
        }
        _release_long_polls(self.listener)
        try:
            async with Background(jobs):
                yield
        finally:
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
            if self.database.pool:
                self.database.pool.terminate()  # requests have ended; a lost server must not hold up the exit

    def checks(self) -> Checks:
        return Checks(required={"postgres": self.database.ready})


async def _open(settings: Settings, database: Database) -> None:
    while database.pool is None:
        try:
            await migrate.run(settings)
            database.pool = await create_pool(settings)
        except FAILURES as error:
            if not isinstance(to_service_error(error), Unavailable):
                log.exception("cannot open the database")
                raise
            log.warning("waiting for PostgreSQL", reason=f"{type(error).__name__}: {error}")
            await asyncio.sleep(RETRY_SECONDS)


async def _sweep(settings: Settings, database: Database) -> None:
    """Deletes what nobody needs any more, a bounded number of rows at a time, until none is left."""
    while True:
        try:
            days = settings.outbox_retention_days
            while await outbox_repository.delete_published(database, older_than_days=days):
                pass
            while await processed_event_repository.delete_done(database, older_than_days=4 * days):
                pass
            await pending_mail_repository.delete_sent(database)
        except ServiceError as error:
            log.info("sweep put off", reason=str(error))
        await asyncio.sleep(SWEEP_SECONDS)


async def _watch_clock(database: Database) -> None:
    """Times that a wrong clock has written stop nothing for longer than the pause."""
    while True:
        try:
            await clock.bring_back(database)
        except ServiceError as error:
            log.info("clock not looked at", reason=str(error))
        await asyncio.sleep(CLOCK_SECONDS if database.pool else RETRY_SECONDS)


def _release_long_polls(listener: OutboxListener) -> None:
    """Lets long polls answer at SIGTERM, so that the server's graceful shutdown does not wait for them."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        handler = signal.getsignal(number)
        if callable(handler) and handler is not signal.default_int_handler:
            signal.signal(number, _both(lambda: loop.call_soon_threadsafe(listener.close), handler))


def _both(first: Callable[[], object], then: Handler) -> Handler:
    def handle(number: int, frame: FrameType | None) -> None:
        first()
        then(number, frame)

    return handle
