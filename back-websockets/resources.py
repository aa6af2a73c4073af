"""The resources of the running back-websockets, and what all connections share."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import presence
from fastapi import FastAPI
from half_open import HalfOpen
from hub import Hub
from origins import Origins
from resumption import Resumption
from settings import Settings

from back_redis.connection import RedisConnection
from back_redis.memory import check_room
from back_redis.presence import Presence
from back_redis.pubsub import Subscriber
from back_redis.revocations import Revocations
from back_redis.tickets import Tickets
from shared.chassis.app import Lifespan
from shared.chassis.background import Background
from shared.chassis.client import ServiceClient
from shared.chassis.health import Checks
from shared.chassis.identity import token_verifier
from shared.chassis.service_tokens import ServiceIdentity
from shared.security.verifier import TokenVerifier

NAME = "back-websockets"


@dataclass(frozen=True)
class Resources:
    settings: Settings
    origins: Origins
    verifier: TokenVerifier
    tickets: Tickets
    hub: Hub
    subscriber: Subscriber
    resumption: Resumption
    half_open: HalfOpen
    checks: Checks


def lifespan(settings: Settings) -> Lifespan:
    """The application's; its state has the resources for the protocols, which uvicorn makes."""

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncGenerator[dict[str, Any]]:
        async with _connect(settings) as resources:
            app.state.resources = resources
            app.state.verifier = resources.verifier
            yield {"resources": resources}

    return running


@asynccontextmanager
async def _connect(settings: Settings) -> AsyncGenerator[Resources]:
    """Opens everything; works with whatever of it is there, since open sockets must outlive the others' restarts."""
    async with (
        ServiceClient("back-auth", settings.back_auth_url) as back_auth,
        ServiceIdentity(NAME, settings) as tokens,
        ServiceClient("back-cassandra", settings.back_cassandra_url, tokens=tokens) as back_cassandra,
        RedisConnection.from_settings(settings, NAME) as redis,
        Revocations(redis) as revocations,
    ):
        resumption = Resumption(back_cassandra)
        hub = Hub(
            revocations,
            per_user=settings.connections_per_user,
            in_total=settings.connections_in_total,
            drain_seconds=settings.drain_seconds,
            on_gap=resumption.later,
        )
        half_open = HalfOpen(at_most=settings.half_open_in_total, seconds=settings.handshake_seconds)
        async with Subscriber(redis, on_message=hub.on_message, on_gap=hub.on_gap) as subscriber:
            jobs = {
                "session expiry": partial(hub.expire_sessions, subscriber),
                "half-open connections": half_open.sweep,
                "presence": partial(presence.report, hub, Presence(redis)),
            }
            async with Background(jobs) as background:
                yield Resources(
                    settings=settings,
                    origins=Origins(settings.public_origins, settings.all_admin_origins),
                    verifier=token_verifier(back_auth, revocations),
                    tickets=Tickets(redis),
                    hub=hub,
                    subscriber=subscriber,
                    resumption=resumption,
                    half_open=half_open,
                    checks=Checks(
                        required={"background": background.check},
                        optional={"back-redis": partial(check_room, redis), "revocations": revocations.check},
                    ),
                )
