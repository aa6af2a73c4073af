"""Appends to a stream of the running stack with a service's own login, as that service would.

The stories call it as `python -m tests.streams back-api events:dead`, with the entry's fields as JSON on standard input.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from shared.models.events import stream_of
from stack import settings


def append(secrets_root: Path, service: str, stream: str, fields: Mapping[str, str]) -> None:
    """Raises NoPermissionError when `service` may not write to `stream`."""
    asyncio.run(add(settings.load().ports["BACK_REDIS"], secrets_root, service, stream, fields))


async def add(port: int, secrets_root: Path, service: str, stream: str, fields: Mapping[str, str]) -> str:
    """The same on the store at `port`. Returns the id of the entry."""
    password = (secrets_root / service / "redis_password").read_text().strip()
    entry: dict[Any, Any] = dict(fields)
    async with Redis(port=port, username=service, password=password, decode_responses=True) as redis:
        return str(await redis.xadd(stream, entry))


def publish(secrets_root: Path, event: Mapping[str, Any]) -> None:
    """As the relay does it."""
    append(secrets_root, "back-workers", stream_of(event["type"]), {"event": json.dumps(event)})


if __name__ == "__main__":
    caller, target = sys.argv[1:]
    append(Path(os.environ["E2E_SECRETS"]), caller, target, json.load(sys.stdin))
