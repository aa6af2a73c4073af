"""The figures' adapters: the repository services over HTTP, their answers kept for seconds in back-redis, and its streams."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from back_redis.admin import EventAdmin
from back_redis.cache import Cache
from back_redis.connection import RedisConnection
from shared.chassis.client import ServiceClient
from shared.contracts import boundaries
from shared.models.event_data import streams
from shared.models.figures import AccountFigures, ActivityFigures, Backlog, ServiceState

KEPT_SECONDS = 5


class BackPostgresAccounts:
    """`domain.AccountStore`."""

    def __init__(self, back_postgres: ServiceClient, cache: Cache) -> None:
        self._postgres = back_postgres
        self._cache = cache

    async def accounts(self, since: date) -> AccountFigures:
        async def load() -> AccountFigures:
            params = {"since": since.isoformat()}
            return await self._postgres.get("/internal/figures/accounts", params=params, model=AccountFigures)

        return await self._cache.get_or_load(f"figures:accounts:{since}", AccountFigures, load, seconds=KEPT_SECONDS)


class BackCassandraActivity:
    """`domain.ActivityStore`."""

    def __init__(self, back_cassandra: ServiceClient, cache: Cache) -> None:
        self._cassandra = back_cassandra
        self._cache = cache

    async def activity(self, since: date) -> ActivityFigures:
        async def load() -> ActivityFigures:
            params = {"since": since.isoformat()}
            return await self._cassandra.get("/internal/figures/activity", params=params, model=ActivityFigures)

        return await self._cache.get_or_load(f"figures:activity:{since}", ActivityFigures, load, seconds=KEPT_SECONDS)


class RedisBacklog:
    """`domain.EventStore`."""

    def __init__(self, redis: RedisConnection, cache: Cache) -> None:
        self._admin = EventAdmin(redis)
        self._cache = cache

    async def backlog(self) -> Backlog:
        return await self._cache.get_or_load("figures:backlog", Backlog, self._load, seconds=KEPT_SECONDS)

    async def _load(self) -> Backlog:
        found = await self._admin.streams(streams())
        dead_letters = await self._admin.counts()
        return Backlog(
            streams=sum(group.lag + group.pending for stream in found for group in stream.groups),
            dead_letters=dead_letters["dead"],
            waiting=dead_letters["waiting"],
            parked=dead_letters["aside"],
        )


@dataclass(frozen=True)
class HttpPeer:
    """`services.Peer`."""

    client: ServiceClient
    store: str | None = None

    async def ready(self) -> None:
        await self.client.call("GET", "/health/ready")

    async def alive(self) -> None:
        await self.client.call("GET", "/health")


@dataclass(frozen=True)
class RedisPeer:
    """`services.Peer` of back-redis, which is itself a store."""

    redis: RedisConnection
    store: str | None = None

    async def ready(self) -> None:
        await self.redis.ping()

    async def alive(self) -> None:
        await self.redis.ping()


def declared_services() -> list[ServiceState]:
    """All of `boundaries.yaml`; none has been asked."""
    return [
        ServiceState(name=name, kind=one.kind, does=one.does, calls=list(one.calls), condition="unknown")
        for name, one in boundaries.load().services.items()
    ]


def today() -> date:
    return datetime.now(UTC).date()
