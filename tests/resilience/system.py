"""The running stack with a relay and consumers of our own, behind wires that can be armed at any step of an event's way."""

import asyncio
import os
import signal
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from shared.models.event_data import streams
from stack import settings, topology
from stack.ports import free_ports
from tests.resilience import process_control
from tests.resilience.wire import Wire
from tests.services import Process, answers, start
from tests.waiting import until

STACK_EVENTS = "back-workers-events"
RELAY = "relay"
CONSUMERS = "consumers"


@dataclass
class System:
    """`relay` and `consumers` are processes of ours; every other victim is one of the stack's services.

    `ports` has where each of ours serves its health and metrics.
    """

    wires: Mapping[str, Wire]
    redis: Any
    environment: Mapping[str, str]
    jobs: Mapping[str, str]
    ports: dict[str, int] = field(default_factory=dict[str, int])
    own: dict[str, Process] = field(default_factory=dict[str, Process])

    async def start(self, name: str) -> None:
        """One of ours; returns once it is ready."""
        port, health = free_ports(2)
        changes = {"PORT": str(port), "HEALTH_PORT": str(health), "EVENT_JOBS": self.jobs[name]}
        self.ports[name] = port
        self.own[name] = start("back-workers", {**self.environment, **changes}, "events")
        await until(lambda: asyncio.to_thread(answers, f"http://127.0.0.1:{port}/health/ready"), f"{name} is ready")

    def kill(self, victim: str) -> None:
        """kill -9."""
        if victim in self.own:
            os.killpg(self.own[victim].pid, signal.SIGKILL)
            self.own[victim].wait()
        else:
            process_control.kill(victim)

    async def revive(self, victim: str) -> None:
        if victim in self.own:
            await self.start(victim)
        else:
            await process_control.revive(victim)

    def pause_relay(self) -> None:
        """What is committed from here on is not published before `resume_relay`."""
        os.killpg(self.own[RELAY].pid, signal.SIGSTOP)

    def resume_relay(self) -> None:
        os.killpg(self.own[RELAY].pid, signal.SIGCONT)

    async def settled(self) -> None:
        """Every event that was published is handled by every group."""
        await until(self._is_settled, "all events are handled")

    async def _is_settled(self) -> bool:
        return all(group["pending"] == 0 and group["lag"] == 0 for group in await _groups(self.redis))

    def end(self) -> None:
        """Kills what still runs of ours."""
        for process in self.own.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@asynccontextmanager
async def wired_system(relay: str = RELAY, **settings_of_ours: str) -> AsyncGenerator[System]:
    """In place of the stack's own events process: a `relay`, with other jobs beside that, and one that has all consumers."""
    own = settings.load()
    environment = topology.load(own)[STACK_EVENTS].environment
    peers = {name: own.ports[name] for name in ("BACK_POSTGRES", "BACK_CASSANDRA", "BACK_REDIS")}
    with process_control.without(STACK_EVENTS):
        async with AsyncExitStack() as stack:
            wires = {
                name: await stack.enter_async_context(Wire(f"http://127.0.0.1:{port}")) for name, port in peers.items()
            }
            urls = {f"{name}_URL": wires[name].url for name in peers}
            redis = await stack.enter_async_context(redis_of_workers())
            changes = {
                "REDIS_HOST": "127.0.0.1",
                "REDIS_PORT": str(wires["BACK_REDIS"].port),
                "EVENT_CLAIM_SECONDS": "3",
                "OUTBOX_LEASE_SECONDS": "6",
            }
            consumers = ",".join(sorted({group["name"] for group in await _groups(redis)}))
            jobs = {RELAY: relay, CONSUMERS: consumers}
            system = System(wires, redis, {**environment, **urls, **changes, **settings_of_ours}, jobs)
            stack.callback(system.end)
            for name in jobs:
                await system.start(name)
            yield system


async def _groups(redis: Any) -> list[dict[str, Any]]:
    """Of all streams that there are; the stack's own consumers have made them."""
    known = [stream for stream in streams() if await redis.exists(stream)]
    return [group for stream in known for group in await redis.xinfo_groups(stream)]


@asynccontextmanager
async def redis_of_workers() -> AsyncGenerator[Any]:
    """A connection to the stack's back-redis, with what back-workers may do there."""
    own = settings.load()
    secrets = Path(topology.load(own)[STACK_EVENTS].environment["SECRETS_DIR"])
    password = (secrets / "redis_password").read_text().strip()
    client: Any = Redis(port=own.ports["BACK_REDIS"], username="back-workers", password=password, decode_responses=True)
    try:
        yield client
    finally:
        await client.aclose()
