"""The job that fills a new development stack once, or removes what it was filled with."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import structlog
from peers import Peers
from settings import EventSettings

from shared.chassis import tracing
from shared.chassis.background import Job
from shared.chassis.retry import retry
from shared.utils.errors import ServiceError

from .seeding import DemoAccountsMissing, remove, seed

NAME = "demo-data"
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
log = structlog.get_logger("demo_data")


async def job(settings: EventSettings, peers: Peers, stack: AsyncExitStack) -> Job | None:
    """None in production. Where DEMO_DATA=0 it removes what is there."""
    if not settings.development:
        return None
    return lambda: _run(peers, enabled=settings.demo_data)


async def _run(peers: Peers, *, enabled: bool) -> None:
    """Waits for the stores and for the demo accounts; when all is done, for the end of the process."""
    stores = peers.back_postgres, peers.back_cassandra

    async def change() -> bool:
        with tracing.consumer_span("demo-data.seed" if enabled else "demo-data.remove", None):
            return await (seed(*stores, datetime.now(UTC)) if enabled else remove(*stores))

    changed = await retry(
        change,
        when=lambda error: isinstance(error, ServiceError | DemoAccountsMissing),
        first=FIRST_PAUSE_SECONDS,
        longest=LONGEST_PAUSE_SECONDS,
    )
    log.info("demo data is there" if enabled else "there is no demo data", changed_now=changed)
    await asyncio.Event().wait()
