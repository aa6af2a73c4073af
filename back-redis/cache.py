"""Caches models under `cache:<service>:*`. Without back-redis everything is loaded: slower, but correct."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import structlog
from pydantic import BaseModel, ValidationError

from back_redis.connection import RedisConnection
from shared.utils.errors import Unavailable

Model = TypeVar("Model", bound=BaseModel)
log = structlog.get_logger("cache")


class Cache:
    """The cache of one service. Concurrent loads of one key in this process become one (single flight)."""

    def __init__(self, connection: RedisConnection, service: str) -> None:
        self._connection = connection
        self._prefix = f"cache:{service}:"
        self._loading: dict[str, asyncio.Task[Any]] = {}

    async def get_or_load(
        self, key: str, model: type[Model], load: Callable[[], Awaitable[Model]], *, seconds: int
    ) -> Model:
        """The model cached under `key`, else the result of `load`, then cached for `seconds`. Raises what `load` raises."""
        kept = await self.get(key, model)
        if kept is not None:
            return kept
        task = self._loading.get(key)
        if task is None:
            task = self._loading[key] = asyncio.create_task(self._load(key, load, seconds))
        return await asyncio.shield(task)

    async def get(self, key: str, model: type[Model]) -> Model | None:
        """The model cached under `key`; None when there is none, or one of an older shape."""
        try:
            text = await self._connection.call("GET", self._prefix + key)
            return None if text is None else model.model_validate_json(text)
        except (Unavailable, ValidationError) as error:
            log.info("cache passed by", error=type(error).__name__)
            return None

    async def put(self, key: str, value: BaseModel, *, seconds: int) -> None:
        """Caches `value` for `seconds`; without back-redis it does nothing."""
        try:
            await self._connection.call("SET", self._prefix + key, value.model_dump_json(), "EX", seconds)
        except Unavailable:
            log.info("cache not written")

    async def drop(self, *keys: str) -> None:
        """Removes `keys`, and does not cache loads of them that are under way.

        Raises:
            Unavailable: back-redis is not there, so that old values may come back until they expire.
        """
        for key in keys:
            self._loading.pop(key, None)
        await self._connection.call("DEL", *(self._prefix + key for key in keys))

    async def _load(self, key: str, load: Callable[[], Awaitable[Model]], seconds: int) -> Model:
        mine = asyncio.current_task()
        try:
            value = await load()
            if self._loading.get(key) is mine:
                await self.put(key, value, seconds=seconds)
            return value
        finally:
            if self._loading.get(key) is mine:
                del self._loading[key]
