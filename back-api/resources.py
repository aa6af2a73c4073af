"""What back-api holds while it runs: its peers, back-redis, the task queue. Made here, closed here, typed everywhere."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Self

from fastapi import FastAPI
from settings import Settings
from task_queue import TaskQueue

from back_redis.cache import Cache
from back_redis.connection import RedisConnection
from back_redis.memory import check_room
from back_redis.pubsub import LivePublisher
from back_redis.revocations import Revocations
from shared.chassis.client import ServiceClient
from shared.chassis.health import Check, Checks
from shared.chassis.identity import fetch_keys, token_verifier
from shared.chassis.service_tokens import ServiceIdentity, ServiceTokens

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

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        redis = RedisConnection.from_settings(settings, NAME)
        tokens = ServiceIdentity(NAME, settings)
        return cls(
            tokens=tokens,
            back_auth=ServiceClient("back-auth", settings.back_auth_url, timeout=BACK_AUTH_SECONDS, tokens=tokens),
            back_postgres=ServiceClient("back-postgres", settings.back_postgres_url, tokens=tokens),
            back_cassandra=ServiceClient("back-cassandra", settings.back_cassandra_url, tokens=tokens),
            redis=redis,
            revocations=Revocations(redis),
            cache=Cache(redis, NAME),
            live=LivePublisher(redis),
            queue=TaskQueue(settings, NAME),
        )

    @asynccontextmanager
    async def lifespan(self, app: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            for part in (self.tokens, *self._peers()):
                await stack.enter_async_context(part)
            await stack.enter_async_context(self.redis)
            await stack.enter_async_context(self.revocations)
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
