"""PostgreSQL goes away and comes back under the service."""

import asyncio
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from .conftest import provision, serving, settings_for
from .postgres import PostgresServer

pytestmark = pytest.mark.integration


@pytest.fixture
def server() -> Generator[PostgresServer]:
    """A server of this test alone, since it is stopped and started."""
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="back-postgres-")))
    server.create()
    server.start()
    yield server
    server.remove()


async def test_it_says_so_and_recovers_by_itself(server: PostgresServer) -> None:
    await provision(server)
    async with serving(settings_for(server, "migrated")) as api:
        user_id = await api.user()
        waiting = asyncio.create_task(api.post("/outbox/wait?timeout=20"))
        await api.events()
        server.stop()
        down = await api.get(f"/users/{user_id}")
        assert (down.status_code, down.json()["dependency"], down.headers["retry-after"]) == (503, "postgres", "1")
        assert (await api.client.get("/health/ready")).status_code == 503
        assert (await api.client.get("/health")).status_code == 200
        server.start()
        assert (await api.get(f"/users/{user_id}")).status_code == 200
        assert (await api.client.get("/health/ready")).status_code == 200
        await waiting
        await asyncio.sleep(1)
        waiting = asyncio.create_task(api.post("/outbox/wait?timeout=20"))
        await asyncio.sleep(0.2)
        await api.user()
        assert (await asyncio.wait_for(waiting, 3)).json() == {"pending": True}


async def test_it_starts_without_the_database_and_opens_it_later(server: PostgresServer) -> None:
    await provision(server)
    server.stop()
    async with serving(settings_for(server, "migrated")) as api:
        assert (await api.get("/plans")).status_code == 503
        server.start()
        for _ in range(50):
            if (answer := await api.get("/plans")).status_code == 200:
                break
            await asyncio.sleep(0.1)
        assert answer.status_code == 200


async def test_requests_in_flight_get_a_problem_not_a_crash(server: PostgresServer) -> None:
    await provision(server)
    async with serving(settings_for(server, "migrated")) as api:
        user_id = await api.user()

        async def ask() -> set[int]:
            return {(await api.get(f"/users/{user_id}")).status_code for _ in range(60)}

        asking = [asyncio.create_task(ask()) for _ in range(8)]
        await asyncio.sleep(0.1)
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        assert set().union(*await asyncio.gather(*asking)) <= {200, 503}
        assert (await api.get(f"/users/{user_id}")).status_code == 200
