"""One open socket: what it still has to be sent, what it was sent, and how it ends."""

import asyncio
from collections import OrderedDict
from contextlib import suppress

from codes import REASONS, Close
from metrics import CLOSED, DROPPED, SENT
from starlette.websockets import WebSocket, WebSocketDisconnect

from back_redis.live import Addressed
from shared.security.jwt import Claims

REMEMBERED = 512
FLOOD_MESSAGES, FLOOD_SECONDS = 100, 10.0


class SocketSession:
    """Messages offered to it wait in a bounded queue for its own sender, so that a slow one holds up nobody else.

    `resume_from` is the id of the last notification that it has for certain; it stands still until it has `caught_up`.
    """

    def __init__(self, websocket: WebSocket, claims: Claims, *, resume_from: str, queue_size: int) -> None:
        self.claims = claims
        self.resume_from = resume_from
        self.caught_up = True
        self._websocket = websocket
        self._queue: asyncio.Queue[str] = asyncio.Queue(queue_size)
        self._held: list[Addressed] | None = []
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._ended: asyncio.Future[Close] = asyncio.get_running_loop().create_future()

    @property
    def user_id(self) -> str:
        return self.claims.sub

    def offer(self, message: Addressed) -> None:
        """A live message; held back while what came before it is still being looked up."""
        if self._held is None:
            self._deliver(message)
        elif len(self._held) < self._queue.maxsize:
            self._held.append(message)
        else:
            self.end(Close.TOO_SLOW)

    async def catch_up(self, message_id: str, text: str) -> None:
        """A missed one. Waits for room: a long list of missed messages is not the client's slowness."""
        if self._is_new(message_id):
            await self._queue.put(text)
        self.resume_from = message_id

    def release(self) -> None:
        """From here on live messages go out as they come."""
        held, self._held = self._held or [], None
        for message in held:
            self._deliver(message)

    def end(self, code: Close) -> None:
        """Closes the socket soon; the first reason counts."""
        if not self._ended.done():
            self._ended.set_result(code)

    def _deliver(self, message: Addressed) -> None:
        if not self._is_new(message.id):
            return
        try:
            self._queue.put_nowait(message.text)
        except asyncio.QueueFull:
            DROPPED.inc()
            self.end(Close.TOO_SLOW)
            return
        if self.caught_up and message.type == "notification.created":
            self.resume_from = message.id

    def _is_new(self, message_id: str) -> bool:
        if message_id in self._seen:
            return False
        self._seen[message_id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def run(self) -> None:
        """Serves the accepted socket until either side ends it."""
        work = {asyncio.create_task(self._send()), asyncio.create_task(self._receive())}
        await asyncio.wait({*work, self._ended}, return_when=asyncio.FIRST_COMPLETED)
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        if self._ended.done():
            await close(self._websocket, self._ended.result())
        else:
            CLOSED.labels("by client").inc()

    async def _send(self) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):  # the other side is gone, or the server stops
            while True:
                await self._websocket.send_text(await self._queue.get())
                SENT.inc()

    async def _receive(self) -> None:
        """A client has nothing to say; its messages are read so that pings, pongs and closes come through."""
        clock = asyncio.get_running_loop().time
        count, since = 0, clock()
        while (await self._websocket.receive())["type"] != "websocket.disconnect":
            if clock() - since > FLOOD_SECONDS:
                count, since = 0, clock()
            count += 1
            if count > FLOOD_MESSAGES:
                self.end(Close.FLOOD)


async def close(websocket: WebSocket, code: Close) -> None:
    """Sends the close frame, if the other side is still there."""
    CLOSED.labels(code.name.lower()).inc()
    with suppress(WebSocketDisconnect, RuntimeError):
        await websocket.close(code, REASONS[code])
