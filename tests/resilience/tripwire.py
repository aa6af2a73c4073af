"""A proxy that ends a process at one exact point of its work, so that a crash test needs neither luck nor a hook in the code.

It stands between the victim and its peer. When the victim's request to `path` arrives (or, with `after=True`, when the
peer has committed and answered, but before the victim learns it), the tripwire calls `spring` (which kills the victim).
With `holding`, only a request whose body holds these bytes counts.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import ClientSession, web

from tests.served import served

HOP_BY_HOP = {"connection", "transfer-encoding", "content-length", "content-encoding", "host", "date", "server"}


@dataclass
class Tripwire:
    """Use as an async context manager; `url` is the address that the victim is given for its peer. It springs once."""

    peer: str
    method: str
    path: str
    spring: Callable[[], None]
    after: bool = False
    holding: bytes = b""
    sprung: asyncio.Event = field(default_factory=asyncio.Event)
    url: str = ""

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        self._session = await self._stack.enter_async_context(ClientSession(auto_decompress=False))
        app = web.Application(client_max_size=16 * 1024 * 1024)
        app.router.add_route("*", "/{tail:.*}", self._handle)
        self.url = await self._stack.enter_async_context(served(app))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        sought = (request.method, request.path) == (self.method, self.path) and self.holding in await request.read()
        trips = sought and not self.sprung.is_set()
        if trips and not self.after:
            self._trip()
            return web.Response(status=503)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP_BY_HOP}
        async with self._session.request(
            request.method, self.peer + request.path_qs, data=await request.read(), headers=headers
        ) as answer:
            body = await answer.read()
            if trips:
                self._trip()
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in HOP_BY_HOP}
            return web.Response(status=answer.status, body=body, headers=kept)

    def _trip(self) -> None:
        self.sprung.set()
        self.spring()
