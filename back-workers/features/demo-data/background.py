"""The job that fills a new development stack once."""

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime

import structlog
from peers import Peers
from settings import EventSettings

from shared.chassis.background import Job
from shared.chassis.retry import retry
from shared.utils.errors import ServiceError

from .seeding import DemoAccountsMissing, seed

NAME = "demo-data"
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 5.0
log = structlog.get_logger("demo_data")


async def job(settings: EventSettings, peers: Peers, stack: AsyncExitStack) -> Job | None:
    """None in production, and where DEMO_DATA=0."""
    if not (settings.development and settings.demo_data):
        return None
    return lambda: _run(peers)


async def _run(peers: Peers) -> None:
    """Waits for the stores and for the demo accounts; when all is done, for the end of the process."""
    made = await retry(
        lambda: seed(peers.back_postgres, peers.back_cassandra, datetime.now(UTC)),
        when=lambda error: isinstance(error, ServiceError | DemoAccountsMissing),
        first=FIRST_PAUSE_SECONDS,
        longest=LONGEST_PAUSE_SECONDS,
    )
    log.info("demo data is there", made_now=made)
    await asyncio.Event().wait()
