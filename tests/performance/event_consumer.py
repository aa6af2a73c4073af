"""A consumer of back-workers that does nothing with each batch, so that what is measured is the way there.

PYTHONPATH=back-workers:. python -m tests.performance.event_consumer
"""

import importlib
import os
from typing import Any

import uvloop

from back_redis.connection import RedisConnection
from shared.models.events import Event
from shared.models.user import UserRegistered

GROUP = "bench"


async def main() -> None:
    """Consumes until it is ended."""
    declared: Any = importlib.import_module("events.consumer")

    async def one(_: Event, __: UserRegistered) -> None: ...
    async def all_of_them(events: list[Event]) -> None: ...

    consumer = declared.Consumer(
        group=GROUP, idempotency="natural", handlers=(declared.handles(UserRegistered, one),), handle_batch=all_of_them
    )
    where: dict[str, Any] = {"host": os.environ["REDIS_HOST"], "port": int(os.environ["REDIS_PORT"])}
    async with RedisConnection(**where, username="back-workers", password=os.environ["REDIS_PASSWORD"]) as redis:
        process = declared.Process(name="bench-1", claim_seconds=30, wait_seconds=10)
        await declared.run(consumer, redis, None, process)


if __name__ == "__main__":
    uvloop.run(main())
