"""Asks a service whether it is ready, in the way that its topology entry says."""

import asyncio

from stack.paths import secrets_dir
from stack.runner import probes
from stack.topology import Probe

HOST = "127.0.0.1"
FIRST_PASSWORD = "cassandra"


async def is_ready(probe: Probe) -> bool:
    """False for refused, slow, closed early or answered with no."""
    try:
        return await asyncio.wait_for(_ask(probe), probes.TIMEOUT_SECONDS)
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return False


async def _ask(probe: Probe) -> bool:
    match probe.kind:
        case "http":
            return await probes.http_ready(probe.target)
        case "postgres":
            return await probes.postgres_ready(HOST, int(probe.target))
        case "redis":
            return await probes.redis_ready(HOST, int(probe.target))
        case "cql":
            return await probes.cql_ready(HOST, int(probe.target), _passwords(probe))
        case _:
            return True


def _passwords(probe: Probe) -> list[str]:
    secret = secrets_dir() / probe.secret
    own = [secret.read_text().strip()] if probe.secret and secret.exists() else []
    return [*own, FIRST_PASSWORD]
