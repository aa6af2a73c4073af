"""Which of some users are connected, and how many are in all."""

from collections.abc import Sequence
from typing import Protocol

from shared.models.presence import Presence


class Connected(Protocol):
    """`back_redis.presence.Presence`."""

    async def online(self, user_ids: Sequence[str]) -> list[str]: ...
    async def total(self) -> int: ...


class PresenceDomain:
    def __init__(self, connected: Connected) -> None:
        self._connected = connected

    async def get_presence(self, user_ids: Sequence[str]) -> Presence:
        return Presence(online=await self._connected.online(user_ids), total=await self._connected.total())
