"""A feature that is switched off is gone everywhere within a second, whoever calls meanwhile, and comes back the same way.

Nothing else may use the feature meanwhile: that is why these tests are here.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from math import inf
from time import monotonic
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.flag_settings import ON
from tests.integration.conftest import Person
from tests.resilience.process_control import without
from tests.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="session")
CLIENTS = 50
WITHIN_SECONDS = 1.0
REREAD_SECONDS = 20.0
"""15 by design, and what a loaded machine adds."""
FLAG = "/api/feature-flags/announcements"
SESSIONS = "/api/feature-flags/sessions"
PATH = "/api/announcements"


async def switch(gateway: httpx.AsyncClient, admin: Person, flag: str = FLAG, **changes: Any) -> float:
    """Changes the flag; the moment at which that is answered."""
    reason = {"reason": "A test of switching."}
    answer = await gateway.put(flag, json=ON | reason | changes, headers=admin.headers)
    assert answer.status_code == 200, answer.text
    return monotonic()


class Callers:
    """`CLIENTS` that ask for the feature again and again; `answers` are (begun at, answered at, status)."""

    def __init__(self, gateway: httpx.AsyncClient, admin: Person) -> None:
        self._gateway = gateway
        self._admin = admin
        self.answers: list[tuple[float, float, int]] = []

    async def call(self) -> None:
        while True:
            begun = monotonic()
            answer = await self._gateway.get(PATH, params={"limit": 1}, headers=self._admin.headers)
            self.answers.append((begun, monotonic(), answer.status_code))

    def between(self, moment: float, later: float = inf) -> set[int]:
        """The statuses of the calls that began after `moment` and were answered before `later`."""
        return {status for begun, answered, status in self.answers if begun >= moment and answered < later}

    def settled(self, moment: float, status: int) -> Callable[[], bool]:
        """Whether as many calls as there are clients began after `moment` and were answered with `status`."""
        return lambda: sum(begun >= moment and known == status for begun, _, known in self.answers) >= CLIENTS


@asynccontextmanager
async def calling(gateway: httpx.AsyncClient, admin: Person) -> AsyncGenerator[Callers]:
    callers = Callers(gateway, admin)
    tasks = [asyncio.create_task(callers.call()) for _ in range(CLIENTS)]
    try:
        yield callers
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    problems = [task.exception() for task in tasks if not task.cancelled()]
    assert not any(problems), problems


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def _back_on(gateway: httpx.AsyncClient, admin: Person) -> AsyncGenerator[None]:
    yield
    await switch(gateway, admin)
    await until(lambda: answers_with(gateway, admin, 200), "the feature is on again")


async def answers_with(gateway: httpx.AsyncClient, admin: Person, status: int, path: str = PATH) -> bool:
    return (await gateway.get(path, headers=admin.headers)).status_code == status


async def test_it_is_gone_within_a_second_while_fifty_call(gateway: httpx.AsyncClient, admin: Person) -> None:
    await switch(gateway, admin)
    async with calling(gateway, admin) as callers:
        await until(callers.settled(0, 200), "all clients are served")
        off = await switch(gateway, admin, enabled=False) + WITHIN_SECONDS
        await until(callers.settled(off, 404), "all clients get 404")
        asked = monotonic()
        assert callers.between(off, asked) == {404}
        on = await switch(gateway, admin) + WITHIN_SECONDS
        await until(callers.settled(on, 200), "all clients are served again")
        assert callers.between(on) == {200}
    assert {status for _, _, status in callers.answers} == {200, 404}


async def test_a_share_of_none_with_a_rule_keeps_it_for_those_alone(gateway: httpx.AsyncClient, admin: Person) -> None:
    rules = [{"attribute": "role", "values": ["support"]}]
    await switch(gateway, admin, percentage=0, rules=rules)
    await until(lambda: answers_with(gateway, admin, 404), "gone for an administrator")
    await switch(gateway, admin, percentage=0, rules=[{"attribute": "role", "values": ["admin"]}])
    await until(lambda: answers_with(gateway, admin, 200), "there for an administrator")


async def test_without_redis_it_follows_by_reading_the_store(gateway: httpx.AsyncClient, admin: Person) -> None:
    """back-auth hears of it from nobody then."""
    try:
        with without("back-redis"):
            await switch(gateway, admin, SESSIONS, enabled=False)
            gone = partial(answers_with, gateway, admin, 404, "/api/auth/sessions")
            await until(gone, "gone in back-auth", seconds=REREAD_SECONDS)
    finally:
        await switch(gateway, admin, SESSIONS)
    await until(partial(answers_with, gateway, admin, 200, "/api/auth/sessions"), "on again")


async def test_without_the_store_the_last_known_value_holds(gateway: httpx.AsyncClient, admin: Person) -> None:
    await switch(gateway, admin, enabled=False)
    with without("back-cassandra"):
        assert await answers_with(gateway, admin, 404)
        refused = await gateway.put(FLAG, json=ON | {"reason": "On again."}, headers=admin.headers)
        assert (refused.status_code, refused.json()["dependency"]) == (503, "back-cassandra")
        assert await answers_with(gateway, admin, 404)
