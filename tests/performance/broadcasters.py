"""The named baselines of the fan-out: whoever connects gets every message; neither logs in anybody nor bounds anything.

`python -m tests.performance.broadcasters websockets|socketio` with `PORT` and `TEXT`; each line of standard input is a
number of messages to send to all.
"""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import uvloop

Broadcast = Callable[[], Awaitable[None]]


async def websockets_broadcast(port: int, text: str) -> None:
    """`websockets` with its own `broadcast()`."""
    from websockets.asyncio.server import ServerConnection, broadcast, serve

    connections = set[ServerConnection]()

    async def serving(connection: ServerConnection) -> None:
        connections.add(connection)
        await connection.wait_closed()

    async def send() -> None:
        broadcast(connections, text)

    async with serve(serving, "127.0.0.1", port, compression=None, ping_interval=None):
        await _obey(send)


async def socketio_broadcast(port: int, text: str) -> None:
    """python-socketio over uvicorn, without its HTTP long polling."""
    import socketio
    import uvicorn

    server: Any = socketio.AsyncServer(async_mode="asgi", transports=["websocket"], ping_interval=600)
    data = json.loads(text)

    async def send() -> None:
        await server.emit("message", data)

    config = uvicorn.Config(
        socketio.ASGIApp(server), port=port, log_level="warning", ws_per_message_deflate=False, ws="websockets-sansio"
    )
    web = uvicorn.Server(config)
    serving = asyncio.create_task(web.serve())
    await _obey(send)
    web.should_exit = True
    await serving


async def _obey(send: Broadcast) -> None:
    while line := await asyncio.to_thread(sys.stdin.readline):
        for _ in range(int(line)):
            await send()
            await asyncio.sleep(0)  # noqa: TID251 - one step of the event loop


if __name__ == "__main__":
    run = {"websockets": websockets_broadcast, "socketio": socketio_broadcast}[sys.argv[1]]
    uvloop.run(run(int(os.environ["PORT"]), os.environ["TEXT"]))
