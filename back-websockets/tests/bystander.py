"""Somebody else, who gets every message at once whatever a test does meanwhile."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from tests.conftest import Service

from shared.utils.ids import new_id
from tests.waiting import until

SECONDS = 10.0
"""Within which a message is there, on a loaded machine too; by itself it takes a few milliseconds."""


class Bystander:
    """`times` has how long each message took, in seconds."""

    def __init__(self, service: Service, *, seconds: float = SECONDS) -> None:
        self._service = service
        self._seconds = seconds
        self._user_id = new_id()
        self._ending = False
        self.times: list[float] = []

    async def listen(self) -> None:
        """Is sent a message, receives it, is sent the next, until `end`."""
        async with self._service.open(self._service.peers.token(self._user_id)) as socket:
            await self._service.listening(self._user_id)
            clock = asyncio.get_running_loop().time
            while not self._ending:
                started = clock()
                async with asyncio.timeout(self._seconds):
                    sent = await self._service.publish_progress(self._user_id, n=len(self.times))
                    assert json.loads(await socket.recv())["id"] == sent["id"]
                self.times.append(clock() - started)

    def end(self) -> None:
        self._ending = True


@asynccontextmanager
async def undisturbed(service: Service, *, seconds: float = SECONDS) -> AsyncGenerator[Bystander]:
    """What happens in the block does not keep somebody else's messages back: a socket gets them before, in and after it."""
    bystander = Bystander(service, seconds=seconds)
    async with asyncio.TaskGroup() as group:
        group.create_task(bystander.listen())
        try:
            await until(lambda: bystander.times, "somebody else gets messages")
            yield bystander
            after = len(bystander.times)
            await until(lambda: len(bystander.times) > after + 1, "somebody else still gets messages")
        finally:
            bystander.end()
