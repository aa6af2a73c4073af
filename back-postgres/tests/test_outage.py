"""PostgreSQL is killed and comes back under the service."""

import asyncio
import time
from collections.abc import Generator
from contextlib import ExitStack
from functools import partial

import pytest

from stack.errors import StackError
from stack.native import servers
from stack.native.servers import Place
from stack.ports import free_ports
from stack.topology import Probe
from tests.conftest import serving, settings_for

pytestmark = pytest.mark.integration


class Switch:
    """A server of this test alone, on one port and folder."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._running = ExitStack()

    def on(self) -> None:
        port, folder = str(self.place.port), self.place.secrets.parent
        environment = {"POSTGRES_PORT": port, "SECRETS_DIR": str(self.place.secrets / "postgres")}
        starting = partial(servers.server, "postgres", Probe("postgres", port), folder, environment)
        for wait in (0.2, 0.5, 1.0, 0.0):
            try:
                self._running.enter_context(starting())
            except StackError:  # the killed one's children are not gone yet
                time.sleep(wait)
            else:
                return

    def off(self) -> None:
        """kill -9."""
        self._running.close()


@pytest.fixture
def server() -> Generator[Switch]:
    (port,) = free_ports(1)
    with servers.scratch() as folder:
        switch = Switch(Place("127.0.0.1", port, folder / "secrets"))
        switch.on()
        yield switch
        switch.off()


async def test_it_says_so_and_recovers_by_itself(server: Switch) -> None:
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
        await asyncio.sleep(1)
        waiting = asyncio.create_task(api.post("/outbox/wait?timeout=20"))
        await asyncio.sleep(0.2)
        await api.user()
        assert (await asyncio.wait_for(waiting, 3)).json() == {"pending": True}


async def test_it_starts_without_the_database_and_opens_it_later(server: Switch) -> None:
    await asyncio.to_thread(server.off)
    async with serving(settings_for(server.place)) as api:
        assert (await api.get("/plans")).status_code == 503
        await asyncio.to_thread(server.on)
        async with asyncio.timeout(10):
            while (await api.get("/plans")).status_code != 200:  # noqa: ASYNC110 - the service's own doing
                await asyncio.sleep(0.1)


async def test_requests_in_flight_get_a_problem_not_a_crash(server: Switch) -> None:
    async with serving(settings_for(server.place)) as api:
        user_id = await api.user()

        async def ask() -> set[int]:
            return {(await api.get(f"/users/{user_id}")).status_code for _ in range(60)}

        asking = [asyncio.create_task(ask()) for _ in range(8)]
        await asyncio.sleep(0.1)
        await asyncio.to_thread(server.off)
        await asyncio.to_thread(server.on)
        assert set().union(*await asyncio.gather(*asking)) <= {200, 503}
        assert (await api.get(f"/users/{user_id}")).status_code == 200
