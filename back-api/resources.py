"""The resources of the running back-api: its peers, back-redis, the task queue. Created and closed here, typed everywhere."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from caller_plans import CallerPlans
from fastapi import FastAPI
from feature_registry import registry
from settings import Settings
from task_queue import TaskQueue

from back_redis.cache import Cache
from back_redis.connection import RedisConnection
from back_redis.feature_flags import FlagFeed, FlagPublisher
from back_redis.memory import check_room
from back_redis.pubsub import LivePublisher
from back_redis.revocations import Revocations
from shared.chassis.client import ServiceClient
from shared.chassis.health import Check, Checks
from shared.chassis.identity import fetch_keys, token_verifier
from shared.chassis.service_tokens import ServiceIdentity, ServiceTokens
from shared.contracts.flags import declared_flags
from shared.feature_flags.provider import StoredFlags
from shared.feature_flags.reading import newest_flags
from shared.feature_flags.values import FlagValues

NAME = "back-api"
BACK_AUTH_SECONDS = 10.0
"""Registering waits for its turn to be hashed."""


@dataclass(frozen=True)
class Resources:
    tokens: ServiceTokens
    back_auth: ServiceClient
    back_postgres: ServiceClient
    back_cassandra: ServiceClient
    redis: RedisConnection
    revocations: Revocations
    cache: Cache
    live: LivePublisher
    queue: TaskQueue
    flags: FlagValues
    flag_feed: FlagFeed
    flag_publisher: FlagPublisher

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        redis = RedisConnection.from_settings(settings, NAME)
        tokens = ServiceIdentity(NAME, settings)
        back_cassandra = ServiceClient("back-cassandra", settings.back_cassandra_url, tokens=tokens)
        flags = FlagValues(declared_flags())
        return cls(
            tokens=tokens,
            back_auth=ServiceClient("back-auth", settings.back_auth_url, timeout=BACK_AUTH_SECONDS, tokens=tokens),
            back_postgres=ServiceClient("back-postgres", settings.back_postgres_url, tokens=tokens),
            back_cassandra=back_cassandra,
            redis=redis,
            revocations=Revocations(redis),
            cache=Cache(redis, NAME),
            live=LivePublisher(redis),
            queue=TaskQueue(settings, NAME),
            flags=flags,
            flag_feed=FlagFeed(redis, flags, partial(newest_flags, back_cassandra)),
            flag_publisher=FlagPublisher(redis),
        )

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            for part in (self.tokens, *self._peers()):
                await stack.enter_async_context(part)
            registry.use(StoredFlags(self.flags, CallerPlans(self.back_postgres).plan_of))
            for part in (self.redis, self.revocations, self.flag_feed, self.flag_publisher):
                await stack.enter_async_context(part)
            stack.callback(self.queue.close)
            app.state.resources = self
            app.state.verifier = token_verifier(self.back_auth, self.revocations)
            yield

    def checks(self) -> Checks:
        """All optional: without any one of them the other features still answer."""
        optional = {peer.name: _health_of(peer) for peer in self._peers()}
        return Checks(
            optional={**optional, "back-redis": partial(check_room, self.redis), "revocations": self.revocations.check}
        )

    async def fetch_keys(self) -> dict[str, Any]:
        """Those that verify tokens, users' and services'."""
        return await fetch_keys(self.back_auth)

    def _peers(self) -> tuple[ServiceClient, ...]:
        return (self.back_auth, self.back_postgres, self.back_cassandra)


def _health_of(peer: ServiceClient) -> Check:
    return lambda: peer.call("GET", "/health")
