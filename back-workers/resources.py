"""The resources of the running events process: its peers, and the jobs over them, in one event loop."""

import os
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial

from discovery import feature_of, modules
from events import consumer as consumers
from events.claims import Claims
from events.consumer import Consumer, Process
from events.relay import LONGEST_WAIT_SECONDS, Relay
from events.stream_monitor import StreamMonitor
from fastapi import FastAPI
from peers import Peers, connect
from settings import NAME, EventSettings

from back_redis.feature_flags import FlagFeed
from back_redis.memory import check_room
from back_redis.streams import StreamWriter
from shared.chassis.background import Background, Job
from shared.chassis.client import TIMEOUT_SECONDS
from shared.chassis.health import Checks
from shared.contracts.flags import declared_flags, flag_names
from shared.feature_flags.provider import StoredFlags
from shared.feature_flags.reading import newest_flags
from shared.feature_flags.registry import FeatureRegistry
from shared.feature_flags.values import FlagValues
from shared.models.event_data import streams
from shared.utils.ids import new_id

Jobs = dict[str, Job]


class Resources:
    """Use `lifespan` as the application's."""

    def __init__(self, settings: EventSettings) -> None:
        self._settings = settings
        self._process = Process(
            name=f"{os.uname().nodename}-{new_id()}",
            claim_seconds=settings.event_claim_seconds,
            wait_seconds=settings.event_wait_seconds,
        )
        self._checks = Checks()

    @asynccontextmanager
    async def lifespan(self, _: FastAPI) -> AsyncGenerator[None]:
        async with AsyncExitStack() as stack:
            peers = await stack.enter_async_context(
                connect(self._settings, seconds=TIMEOUT_SECONDS, postgres_seconds=LONGEST_WAIT_SECONDS + 5)
            )
            await stack.enter_async_context(_flag_feed(peers))
            jobs = self._build_jobs(peers) | await self._jobs_of_features(peers, stack)
            background = await stack.enter_async_context(Background(jobs))
            self._checks = Checks(
                required={"jobs": background.check},
                optional={"back-redis": partial(check_room, peers.redis), "consumers": self._process.waits.check},
            )
            yield

    def checks(self) -> Checks:
        return self._checks

    def _build_jobs(self, peers: Peers) -> Jobs:
        """Those that `EVENT_JOBS` names, by name."""
        settings = self._settings
        claims = Claims(peers.back_postgres, settings.event_claim_seconds)
        run = partial(consumers.run, redis=peers.redis, claims=claims, process=self._process)
        relay = Relay(
            peers.back_postgres,
            StreamWriter(peers.redis),
            most_unhandled=settings.event_most_unhandled,
            lease_seconds=settings.outbox_lease_seconds,
        )
        monitor = StreamMonitor(peers.back_postgres, peers.redis, streams())
        jobs: Jobs = {"relay": relay.run, "watch": monitor.run}
        jobs |= {consumer.group: partial(run, consumer) for consumer in build_consumers(peers)}
        return {name: job for name, job in jobs.items() if self._runs(name)}

    async def _jobs_of_features(self, peers: Peers, stack: AsyncExitStack) -> Jobs:
        """Those that features have in their `background.py`, by name."""
        jobs: Jobs = {}
        for module in modules("background"):
            if self._runs(module.NAME) and (run := await module.job(self._settings, peers, stack)):
                jobs[module.NAME] = run
        return jobs

    def _runs(self, job: str) -> bool:
        return not self._settings.event_jobs or job in self._settings.event_jobs.split(",")


def build_consumers(peers: Peers) -> list[Consumer]:
    """The consumer groups of all features, each behind its feature's flag if it has one."""
    flags = flag_names()
    return [_behind_flag(flags.get(feature_of(module)), module.consumer(peers)) for module in modules("*consumer")]


def _behind_flag(flag: str | None, consumer: Consumer) -> Consumer:
    return replace(consumer, is_on=partial(FeatureRegistry(NAME).is_on_for_anybody, flag)) if flag else consumer


def _flag_feed(peers: Peers) -> FlagFeed:
    """The feed that keeps the flags of this process current."""
    flags = FlagValues(declared_flags())
    FeatureRegistry(NAME).use(StoredFlags(flags))
    return FlagFeed(peers.redis, flags, partial(newest_flags, peers.back_cassandra))
