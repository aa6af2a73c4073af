"""All children: started as the graph allows, stopped in reverse order."""

import asyncio
from collections.abc import Iterable, Mapping

from stack import topology
from stack.runner.service_process import ServiceProcess
from stack.runner.status import ServiceStatus
from stack.topology import Service


class Supervisor:
    def __init__(self, services: Mapping[str, Service]) -> None:
        self.services = services
        self.status = ServiceStatus(list(services))
        self.children = {name: ServiceProcess(service, self.status) for name, service in services.items()}
        self.ending = asyncio.Event()

    def start(self, names: Iterable[str]) -> None:
        for name in names:
            self.children[name].start()

    async def stop(self, names: Iterable[str]) -> None:
        """Callers before what they need."""
        stopping = set(names)
        for layer in reversed(topology.order(self.services)):
            await asyncio.gather(*(self.children[name].stop() for name in layer if name in stopping))

    async def run(self) -> None:
        """Everything, until `ending` is set."""
        self.start(self.services)
        await self.ending.wait()
        self.status.log("stopping")
        await self.stop(self.services)
        self.status.log("stopped")
