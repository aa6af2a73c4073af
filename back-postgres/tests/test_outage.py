"""PostgreSQL is killed and comes back under the service."""

import asyncio
from collections import Counter
from collections.abc import Generator

import pytest

from stack.native.servers import Place
from tests.client import superuser
from tests.conftest import serving, settings_for
from tests.looks import Looks
from tests.restartable_server import RestartableServer, postgres
from tests.waiting import PATIENCE_SECONDS, until

pytestmark = pytest.mark.integration


@pytest.fixture
def server() -> Generator[RestartableServer]:
    """Of this test alone."""
    with postgres() as server:
        yield server


async def is_listened_to(place: Place) -> bool:
    async with superuser(place, "dashboard") as sql:
        return await sql.fetchval("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'") == 1


async def test_it_says_so_and_recovers_by_itself(server: RestartableServer, monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(settings_for(server.place)) as api:
        user_id = await api.user()
        waiting = asyncio.create_task(api.post("/outbox/wait?timeout=2"))
        await api.events()
        await asyncio.to_thread(server.off)
        down = await api.get(f"/users/{user_id}")
        assert (down.status_code, down.json()["dependency"], down.headers["retry-after"]) == (503, "postgres", "1")
        assert (await api.client.get("/health/ready")).status_code == 503
        assert (await api.client.get("/health")).status_code == 200
        await asyncio.to_thread(server.on)
        assert (await api.get(f"/users/{user_id}")).status_code == 200
        assert (await api.client.get("/health/ready")).status_code == 200
        await waiting
        await until(lambda: is_listened_to(server.place), "the listener is back")
        await api.events()  # what was marked just before a crash may come again: marks are not waited for
        looks = Looks(monkeypatch)
        waiting = asyncio.create_task(api.post("/outbox/wait?timeout=60"))
        await until(lambda: looks.count, "the relay has looked")
        await api.user()
        assert (await asyncio.wait_for(waiting, PATIENCE_SECONDS)).json() == {"pending": True}


async def test_it_starts_without_the_database_and_opens_it_later(server: RestartableServer) -> None:
    await asyncio.to_thread(server.off)
    async with serving(settings_for(server.place)) as api:
        assert (await api.get("/plans")).status_code == 503
        await asyncio.to_thread(server.on)

        async def served() -> bool:
            return (await api.get("/plans")).status_code == 200

        await until(served, "the plans are served")


async def test_requests_in_flight_get_a_problem_not_a_crash(server: RestartableServer) -> None:
    async with serving(settings_for(server.place)) as api:
        user_id = await api.user()
        seen: Counter[int] = Counter()

        async def ask() -> None:
            while True:
                seen[(await api.get(f"/users/{user_id}")).status_code] += 1

        asking = [asyncio.create_task(ask()) for _ in range(8)]
        await until(lambda: seen[200] > 8, "requests are answered")
        await asyncio.to_thread(server.off)
        await until(lambda: seen[503] > 8, "requests are refused")
        await asyncio.to_thread(server.on)
        before = seen[200]
        await until(lambda: seen[200] > before, "requests are answered again")
        for each in asking:
            each.cancel()
        await asyncio.wait(asking)
        assert set(seen) == {200, 503}
