"""A gateway on free ports before five services that say what reached them: for tests and measurements."""

import asyncio
import json
import os
import socket
import subprocess
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from aiohttp import web

from stack.gateway import process
from stack.gateway.render import render
from stack.gateway.upstream_addresses import UpstreamAddresses
from stack.ports import free_ports
from tests.waiting import eventually

SERVICES = ("back-api", "back-auth", "back-websockets", "front-public", "front-admin")
KONG_FILE = Path(__file__).resolve().parents[1] / "back-gateway/kong.yml"


class Echo:
    """Answers JSON with its name, and the method, path and headers that it saw; echoes WebSocket messages.

    The query `status=503` makes it answer that status, `held=1` not before `release`, `streamed=1` in two parts around it."""

    def __init__(self, name: str) -> None:
        self.name = name
        (self.port,) = free_ports(1)
        self.requests = 0
        self._released = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._runner: web.AppRunner | None = None
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.start()

    def start(self) -> None:
        asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)

    def stop(self) -> None:
        """Stops listening and cuts its connections."""
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)

    def release(self) -> None:
        """Lets the held requests have their answers."""
        self._loop.call_soon_threadsafe(self._released.set)

    def close(self) -> None:
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)

    async def _start(self) -> None:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", r"/{path:[\s\S]*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1, max_field_size=32768)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def _stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.requests += 1
        if request.headers.get("Upgrade") == "websocket":
            return await self._socket(request)
        if "streamed" in request.query:
            return await self._stream(request)
        if "held" in request.query:
            await self._released.wait()
        body = await request.read()
        seen = {
            "service": self.name,
            "method": request.method,
            "path": request.raw_path,
            "headers": dict(request.headers),
            "received": len(body),
        }
        own = {"X-Correlation-ID": "of-the-service", "X-Powered-By": "echo", "Server": "echo", "RateLimit-Limit": "1"}
        return web.json_response(seen, status=int(request.query.get("status", 200)), headers=own)

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await answer.prepare(request)
        await answer.write(b"data: first\n\n")
        await self._released.wait()
        await answer.write(b"data: last\n\n")
        return answer

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        channel = web.WebSocketResponse()
        await channel.prepare(request)
        await channel.send_json({"path": request.raw_path, "headers": dict(request.headers)})
        async for message in channel:
            await channel.send_str(str(message.data))
        return channel


@dataclass
class Trial:
    """A running gateway; its access log is `prefix`/logs/access.log."""

    prefix: Path
    places: UpstreamAddresses
    echoes: dict[str, Echo]
    server: "subprocess.Popen[bytes]"
    source: Path = field(default=KONG_FILE)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.places.port}"

    @property
    def status_url(self) -> str:
        return f"http://127.0.0.1:{self.places.status_port}"

    def logged(self) -> list[dict[str, Any]]:
        lines = (self.prefix / "logs/access.log").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]

    def render(self, **changed: Any) -> None:
        self.places = replace(self.places, **changed)
        render(self.source, self.prefix, self.places, access_log="logs/access.log")
        process.check(self.prefix)

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(10)
        for echo in self.echoes.values():
            echo.close()


def start(prefix: Path, *, source: Path = KONG_FILE, **settings: Any) -> Trial:
    """Raises `StackError` when the file cannot be rendered; `stop()` it afterwards."""
    echoes = {name: Echo(name) for name in SERVICES}
    ports = {f"{name.upper().replace('-', '_')}_PORT": str(echo.port) for name, echo in echoes.items()}
    hosts = {f"{name.upper().replace('-', '_')}_HOST": "127.0.0.1" for name in echoes}
    environment = {**ports, **hosts, **settings.pop("environment", {})}
    port, status_port = free_ports(2)
    places = UpstreamAddresses(port=port, status_port=status_port, environment=environment, **settings)
    server = launch(prefix, source, places)
    return Trial(prefix, places, echoes, server, source)


def launch(prefix: Path, source: Path, places: UpstreamAddresses) -> "subprocess.Popen[bytes]":
    """An nginx that listens at `places`; the caller's to end."""
    render(source, prefix, places, access_log="logs/access.log")
    process.check(prefix)
    # A test's folder is its owner's alone: workers of root must stay root to put large bodies there.
    owner = ["-g", "user root;"] if os.geteuid() == 0 else []
    errors: IO[bytes] = (prefix / "logs/error.log").open("wb")
    with errors:
        server = subprocess.Popen([*process.command(prefix), *owner], cwd=prefix, stderr=errors)
    wait_for(places.port, server)
    return server


def wait_for(port: int, server: "subprocess.Popen[bytes]", seconds: float = 10) -> None:
    """Returns once `port` accepts connections. Raises TimeoutError when `server` ends before."""

    def listens() -> bool:
        if server.poll() is not None:
            raise TimeoutError(f"nothing listens on port {port}")
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    eventually(listens, f"something listens on port {port}", seconds=seconds)


async def raw(gateway: Trial, request: bytes) -> bytes:
    """Sends the bytes as they are; the answer until the gateway closes or a second passes in silence."""
    reader, writer = await asyncio.open_connection("127.0.0.1", gateway.places.port)
    writer.write(request)
    await writer.drain()
    answer = b""
    try:
        while chunk := await asyncio.wait_for(reader.read(65536), 1):
            answer += chunk
    except TimeoutError:
        pass
    writer.close()
    return answer
