"""The control socket: one JSON line a request, JSON lines as answer. `hold` lasts as long as its connection."""

import asyncio
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from stack import topology
from stack.control_socket import short_path
from stack.errors import StackError
from stack.runner.supervisor import Supervisor


class Control:
    def __init__(self, supervisor: Supervisor) -> None:
        self.supervisor = supervisor

    async def serve(self) -> asyncio.Server:
        with short_path(create=True) as path:
            return await asyncio.start_unix_server(self._answer, path)

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = json.loads(await reader.readline() or b"{}")
            await self._perform(request, reader, writer)
        except StackError as error:
            _send(writer, {"error": str(error)})
        except (ConnectionError, ValueError):
            pass
        finally:
            writer.close()

    async def _perform(
        self, request: Mapping[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        names = self._names(request)
        match request.get("command"):
            case "status":
                pass
            case "stop":
                await self.supervisor.stop(names)
            case "start":
                self.supervisor.start(names)
            case "restart":
                await self.supervisor.stop(names)
                self.supervisor.start(names)
            case "hold":
                await self._take_out(names, reader, writer)
            case "watch":
                await self._watch(writer)
            case "down":
                self.supervisor.ending.set()
            case command:
                raise StackError(f"The runner does not know the command {command!r}.")
        _send(writer, self._status())
        await writer.drain()

    def _names(self, request: Mapping[str, Any]) -> list[str]:
        service = request.get("service")
        return topology.group(self.supervisor.services, service) if service else list(self.supervisor.services)

    def _status(self) -> dict[str, Any]:
        status = self.supervisor.status
        entries = {
            name: asdict(entry)
            | {"port": self.supervisor.services[name].port, "one_shot": self.supervisor.services[name].one_shot}
            for name, entry in status.entries.items()
        }
        return {"services": entries, "news": status.news, "pid": os.getpid()}

    async def _take_out(self, names: list[str], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Out of the runner's hands until the other side hangs up, however that happens."""
        await self.supervisor.stop(names)
        _send(writer, self._status())
        await writer.drain()
        await reader.read()
        if not self.supervisor.ending.is_set():
            self.supervisor.start(names)

    async def _watch(self, writer: asyncio.StreamWriter) -> None:
        while not self.supervisor.ending.is_set():
            changed = self.supervisor.status.changed
            _send(writer, self._status())
            await writer.drain()
            await changed.wait()


def _send(writer: asyncio.StreamWriter, answer: Mapping[str, Any]) -> None:
    if not writer.is_closing():
        writer.write(json.dumps(answer).encode() + b"\n")
