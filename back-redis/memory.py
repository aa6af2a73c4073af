"""How full back-redis is. From ALARM on, operators should make room before it refuses new events."""

from back_redis.connection import RedisConnection
from shared.models.event_streams import StoreMemory
from shared.utils.errors import Unavailable

ALARM = 0.9


async def memory_of(connection: RedisConnection) -> StoreMemory:
    """Raises Unavailable."""
    found = await connection.call("INFO", "memory")
    return StoreMemory(used_bytes=int(found["used_memory"]), limit_bytes=int(found["maxmemory"]))


async def check_room(connection: RedisConnection) -> None:
    """For readiness. Raises Unavailable when back-redis is fuller than ALARM."""
    memory = await memory_of(connection)
    if memory.fraction >= ALARM:
        raise Unavailable(f"back-redis is {memory.fraction:.0%} full; raise maxmemory, or find out which stream grows")
