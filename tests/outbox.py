"""Puts events into the outbox of the running stack as a relay leaves them that could not send them.

The stories call it as `python -m tests.outbox`, with the event as JSON on standard input.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import asyncpg

from stack import settings

CONNECT: Any = cast("Any", asyncpg).connect
DEAD = """
    INSERT INTO outbox (id, type, version, aggregate_id, user_id, correlation_id, data, attempts, error, dead_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 5, 'too long', now())
"""


def leave_dead(secrets_root: Path, event: Mapping[str, Any]) -> None:
    """`event` after its last attempt, with the error `too long`."""

    async def insert() -> None:
        password = (secrets_root / "back-postgres" / "postgres_app_password").read_text().strip()
        where = {"host": "127.0.0.1", "port": settings.load().ports["POSTGRES"], "database": "dashboard"}
        about = event["aggregate_id"], event.get("user_id"), event["correlation_id"], json.dumps(event["data"])
        sql: Any = await CONNECT(user="dashboard_app", password=password, **where)
        try:
            await sql.execute(DEAD, event["id"], event["type"], event.get("version", 1), *about)
        finally:
            await sql.close()

    asyncio.run(insert())


if __name__ == "__main__":
    leave_dead(Path(os.environ["E2E_SECRETS"]), json.load(sys.stdin))
