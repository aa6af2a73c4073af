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

from stack import settings, topology
from stack.ports import free_ports
from tests.resilience import casualties
from tests.resilience.wire import Wire
from tests.services import Process, answers, start
from tests.waiting import until

FAMILIES = ("user", "profile", "session", "login", "invoice")
STACK_EVENTS = "back-workers-events"
RELAY, CONSUMERS = "relay", "consumers"
JOBS = {RELAY: "relay", CONSUMERS: "mail,notifications,live,login-events"}


@dataclass
class World:
    """`relay` and `consumers` are processes of ours; every other victim is one of the stack's services."""

    wires: Mapping[str, Wire]
    redis: Any
    environment: Mapping[str, str]
    own: dict[str, Process] = field(default_factory=dict[str, Process])

    async def start(self, name: str) -> None:
        """One of ours; returns once it is ready."""
        port, health = free_ports(2)
        changes = {"PORT": str(port), "HEALTH_PORT": str(health), "EVENT_JOBS": JOBS[name]}
        self.own[name] = start("back-workers", {**self.environment, **changes}, "events")
        await until(lambda: asyncio.to_thread(answers, f"http://127.0.0.1:{port}/health/ready"), f"{name} is ready")

    def kill(self, victim: str) -> None:
        """kill -9."""
        if victim in self.own:
            os.killpg(self.own[victim].pid, signal.SIGKILL)
            self.own[victim].wait()
        else:
            casualties.kill(victim)

    async def revive(self, victim: str) -> None:
        if victim in self.own:
            await self.start(victim)
        else:
            await casualties.revive(victim)

    def pause_relay(self) -> None:
        """What is committed from here on is not published before `resume_relay`."""
        os.killpg(self.own[RELAY].pid, signal.SIGSTOP)

    def resume_relay(self) -> None:
        os.killpg(self.own[RELAY].pid, signal.SIGCONT)

    async def settled(self) -> None:
        """Every event that was published is handled by every group."""
        await until(self._is_settled, "all events are handled", seconds=60)

    async def _is_settled(self) -> bool:
        streams = [f"events:{family}" for family in FAMILIES]
        known = [stream for stream in streams if await self.redis.exists(stream)]
        groups = [group for stream in known for group in await self.redis.xinfo_groups(stream)]
        return all(group["pending"] == 0 and group["lag"] == 0 for group in groups)

    def end(self) -> None:
        """Kills what still runs of ours."""
        for process in self.own.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@asynccontextmanager
async def wired_world() -> AsyncGenerator[World]:
    """In place of the stack's own events process."""
    own = settings.load()
    environment = topology.load(own)[STACK_EVENTS].environment
    peers = {name: own.ports[name] for name in ("BACK_POSTGRES", "BACK_CASSANDRA", "BACK_REDIS")}
    with casualties.without(STACK_EVENTS):
        async with AsyncExitStack() as stack:
            wires = {
                name: await stack.enter_async_context(Wire(f"http://127.0.0.1:{port}")) for name, port in peers.items()
            }
            urls = {f"{name}_URL": wires[name].url for name in peers}
            redis = await stack.enter_async_context(_redis(peers["BACK_REDIS"], environment))
            changes = {
                "REDIS_HOST": "127.0.0.1",
                "REDIS_PORT": str(wires["BACK_REDIS"].port),
                "EVENT_CLAIM_SECONDS": "3",
            }
            world = World(wires, redis, {**environment, **urls, **changes})
            stack.callback(world.end)
            for name in JOBS:
                await world.start(name)
            yield world


@asynccontextmanager
async def _redis(port: int, environment: Mapping[str, str]) -> AsyncGenerator[Any]:
    password = (Path(environment["SECRETS_DIR"]) / "redis_password").read_text().strip()
    client: Any = Redis(port=port, username="back-workers", password=password, decode_responses=True)
    try:
        yield client
    finally:
        await client.aclose()
