"""A client of `/ws/notifications/stream`, as a browser's EventSource would read it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp


@asynccontextmanager
async def event_stream(url: str, headers: dict[str, str] | None = None) -> AsyncGenerator["EventStream"]:
    """Once it is admitted, or refused by an event."""
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        stream = EventStream(answer)
        assert await stream.block() == {"retry": "3000"}
        yield stream


class EventStream:
    def __init__(self, answer: aiohttp.ClientResponse) -> None:
        self.answer = answer

    async def block(self) -> dict[str, str]:
        """The fields of the next block of lines, comments under the name ''; fails at the end of the stream."""
        fields: dict[str, str] = {}
        while (line := (await self.answer.content.readline()).decode()) != "\n":
            assert line, "the stream has ended"
            name, _, value = line.rstrip("\n").partition(":")
            fields[name] = value.lstrip()
        return fields

    async def event(self) -> dict[str, Any]:
        """The next block that is an event."""
        while "event" not in (block := await self.block()):
            pass
        return block
