"""What the sockets share, for the life of the process."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from hub import Hub, cancelled
from resumption import Resumption
from settings import Settings

from back_redis.connection import RedisConnection
from back_redis.pubsub import Subscriber
from back_redis.revocations import Revocations
from shared.chassis.client import ServiceClient
from shared.chassis.health import Checks
from shared.chassis.identity import token_verifier
from shared.chassis.service_tokens import ServiceIdentity
from shared.security.verifier import TokenVerifier

NAME = "back-websockets"


@dataclass(frozen=True)
class Live:
    settings: Settings
    verifier: TokenVerifier
    hub: Hub
    subscriber: Subscriber
    resumption: Resumption
    checks: Checks


@asynccontextmanager
async def live(settings: Settings) -> AsyncGenerator[Live]:
    """Opens everything; works with whatever of it is there, since open sockets must outlive the others' restarts."""
    async with (
        ServiceClient("back-auth", settings.back_auth_url) as back_auth,
        ServiceIdentity(NAME, settings) as tokens,
        ServiceClient("back-cassandra", settings.back_cassandra_url, tokens=tokens) as back_cassandra,
        RedisConnection.of(settings, NAME) as redis,
        Revocations(redis) as revocations,
    ):
        resumption = Resumption(back_cassandra)
        hub = Hub(
            revocations,
            per_user=settings.connections_per_user,
            in_total=settings.connections_in_total,
            on_gap=resumption.later,
        )
        async with Subscriber(redis, on_message=hub.on_message, on_gap=hub.on_gap) as subscriber:
            guard = asyncio.create_task(hub.guard(), name="guard")
            checks = Checks(optional={"back-redis": redis.ping, "revocations": revocations.check})
            yield Live(settings, token_verifier(back_auth, revocations), hub, subscriber, resumption, checks)
            await cancelled(guard)
