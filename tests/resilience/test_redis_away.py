"""back-redis is gone for a minute, or full: what needs no Redis goes on, the outbox keeps the events, and then they all
come out."""

import time
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

import httpx
import pytest
from redis.exceptions import OutOfMemoryError

from back_redis.live_envelope import live_channel
from stack import settings
from tests.resilience import process_control
from tests.resilience.browser import Browser
from tests.resilience.metrics import metric
from tests.resilience.people import Account, insist, register
from tests.resilience.system import STACK_EVENTS, redis_of_workers
from tests.waiting import PROMPT_SECONDS, until

pytestmark = pytest.mark.asyncio(loop_scope="session")

AWAY_SECONDS = 60
FILLER = "celery:filler"
ALL_OF_IT = 256 * 1024 * 1024
"""`maxmemory` of back-redis/redis.conf."""


@dataclass
class Somebody:
    """Who goes on working, with one open tab."""

    api: httpx.AsyncClient
    account: Account
    token: str
    browser: Browser
    saved: list[str] = field(default_factory=list[str])

    async def work(self) -> None:
        """Saves and reads: both work all the time."""
        self.saved.append(f"Ann {len(self.saved)}")
        headers = {"Authorization": f"Bearer {self.token}"}
        changed = await self.api.patch("/api/profile", json={"name": self.saved[-1]}, headers=headers)
        assert changed.status_code == 200, changed.text
        read = await self.api.get("/api/profile", headers=headers)
        assert (read.status_code, read.json()["name"]) == (200, self.saved[-1])

    async def is_put_off(self) -> None:
        """Logging in and registering, whose attempts are counted in Redis, say at once that they do not work right now."""
        for path, body in (
            ("/api/auth/login", {"email": self.account.email, "password": "wrong or right"}),
            ("/api/user-registration", Account().registration),
        ):
            started = time.monotonic()
            answer = await self.api.post(path, json=body)
            assert (answer.status_code, bool(answer.headers.get("Retry-After"))) == (503, True), answer.text
            assert time.monotonic() - started < PROMPT_SECONDS

    async def is_served(self) -> None:
        """Logging in and registering find room on a full server (back_redis.essential)."""
        wrong = {"email": self.account.email, "password": "wrong or right"}
        assert (await self.api.post("/api/auth/login", json=wrong)).status_code == 401
        await register(self.api)

    async def has_all(self) -> None:
        """Each change is shown once, in its order, and so is what was there before."""
        await until(lambda: len(self.browser.names()) >= len(self.saved), "the last change is shown")
        assert self.browser.names() == self.saved
        assert list(self.browser.shown("welcome").values()) == [1]
        await until(outbox_is_empty, "the outbox is empty")


async def outbox(name: str) -> float:
    return await metric(settings.load().ports["BACK_WORKERS"], f"outbox_{name}")


async def outbox_is_empty() -> bool:
    return await outbox("pending") == 0


@asynccontextmanager
async def somebody(api: httpx.AsyncClient, live: str) -> AsyncGenerator[Somebody]:
    account = await register(api)
    token = await account.log_in(api)
    await insist(api, "POST", "/api/profile", json={"name": "Ann"}, headers={"Authorization": f"Bearer {token}"})
    async with Browser(live, token, account.since) as browser:
        await until(lambda: browser.shown("welcome"), "the welcome is shown")
        yield Somebody(api, account, token, browser)


async def test_the_api_goes_on_for_a_minute_without_redis_and_the_outbox_drains(
    gateway: httpx.AsyncClient, live: str
) -> None:
    async with somebody(gateway, live) as ann:
        user_id = await ann.account.user_id(gateway, ann.token)
        with ExitStack() as later:
            with process_control.without("back-redis"):
                end = time.monotonic() + AWAY_SECONDS
                while time.monotonic() < end:
                    await ann.work()
                    await ann.is_put_off()
                await until_kept(ann)
                later.enter_context(process_control.paused(STACK_EVENTS))
            # A change is stored nowhere: it reaches whoever listens at that moment.
            await until(partial(is_listened_to, user_id), "back-websockets listens again")
        await ann.has_all()
        await ann.account.log_in(gateway)
        await register(gateway)


async def test_the_api_goes_on_with_a_full_redis_and_the_outbox_drains(gateway: httpx.AsyncClient, live: str) -> None:
    async with somebody(gateway, live) as ann:
        async with full_redis():
            for _ in range(20):
                await ann.work()
            await ann.is_served()
            await until_kept(ann)
        await ann.has_all()
        await ann.account.log_in(gateway)
        await register(gateway)


async def is_listened_to(user_id: str) -> bool:
    """Publishes a message that is for nobody: the answer is how many have received it."""
    async with redis_of_workers() as redis:
        return await redis.publish(live_channel(user_id), "probe 0 nobody\n{}") > 0


async def until_kept(somebody: Somebody) -> None:
    """All that was saved waits in the outbox, and nothing of it was shown."""

    async def all_wait() -> bool:
        return await outbox("pending") >= len(somebody.saved) and await outbox("oldest_seconds") > 0

    await until(all_wait, "the outbox has it all")
    assert somebody.browser.names() == []


@asynccontextmanager
async def full_redis() -> AsyncGenerator[None]:
    """It refuses to write: one value takes all the memory."""
    async with redis_of_workers() as redis:
        await redis.setrange(FILLER, ALL_OF_IT, "x")
        try:
            with pytest.raises(OutOfMemoryError):
                await redis.set("celery:another", "x")
            yield
        finally:
            await redis.delete(FILLER)
