"""A ServiceClient without a network: the service that it calls is an object of the test."""

import asyncio
from typing import Protocol

from shared.chassis import problems
from shared.chassis.client import Params, ServiceClient
from shared.utils.errors import NotFound, ServiceError, Unavailable


class Peer(Protocol):
    """A service as its callers see it."""

    def answer(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        """The body of a good answer. Raises the ServiceError that a service would answer as a problem."""
        ...


class FakePeer:
    """A Peer that is healthy or away, and remembers in `calls` what it was asked as `METHOD path`."""

    def __init__(self) -> None:
        self.down = False
        self.calls: list[str] = []

    def handle(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        raise NotFound

    def answer(self, method: str, path: str, params: dict[str, str], body: bytes) -> bytes:
        if self.down:
            raise Unavailable
        self.calls.append(f"{method} {path}")
        return b"{}" if path in ("/health", "/health/ready") else self.handle(method, path, params, body)


class InProcessClient(ServiceClient):
    """All but the exchange is the real client's: what is sent, how an answer is read, what becomes of a problem."""

    def __init__(self, name: str, peer: Peer) -> None:
        super().__init__(name, "http://in-process")
        self._peer = peer

    async def _exchange(
        self, method: str, path: str, params: Params | None, content: bytes | None, headers: dict[str, str]
    ) -> tuple[int, bytes, str]:
        await asyncio.sleep(0)  # noqa: TID251 - as every exchange does, it lets others go on
        query = {name: str(value) for name, value in (params or {}).items() if value is not None}
        try:
            return 200, self._peer.answer(method, path, query, content or b""), ""
        except ServiceError as error:
            problem = problems.response(error, path)
            return problem.status_code, bytes(problem.body), problem.headers.get("Retry-After", "")
