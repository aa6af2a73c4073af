"""One effect for one `Idempotency-Key`, under `idempotency:*`: the key and its result are stored together."""

import asyncio
import hashlib
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel

from back_redis.connection import Command, RedisConnection
from shared.models.base import Entity
from shared.utils.errors import Conflict

KEPT_SECONDS = 24 * 60 * 60
CLAIM_SECONDS = 30
WAIT_SECONDS = 5.0
POLL_SECONDS = 0.05
Model = TypeVar("Model", bound=BaseModel)


class _Record(Entity):
    """`result` is the answer's JSON, or null while the holder of `token` works on it."""

    fingerprint: str
    token: str
    result: str | None = None


class Idempotency:
    """Runs an operation once per key.

    An operation that fails releases its key, so that a retry runs it again. If this process dies in the middle, the key is
    free again after 30 s: an operation that must not happen twice even then needs a unique key in its own store.
    """

    def __init__(self, connection: RedisConnection, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._connection = connection
        self._wait_seconds = wait_seconds

    async def run(
        self, scope: str, key: str, request: bytes, model: type[Model], operation: Callable[[], Awaitable[Model]]
    ) -> Model:
        """The result of `operation`, or the stored one when `key` was used before in `scope` (user and endpoint) for the same `request` body.

        Raises:
            Conflict: the key was used for another body, or its first request is still running after five seconds.
            Unavailable: back-redis is not there; nothing was done.
        """
        name = _name(scope, key)
        mine = _Record(fingerprint=hashlib.sha256(request).hexdigest(), token=secrets.token_hex(8))
        result = await self._claim_or_wait(name, mine)
        if result is not None:
            return model.model_validate_json(result)
        try:
            answer = await operation()
        except BaseException:
            await asyncio.shield(self._give_back(name, mine))
            raise
        done = mine.model_copy(update={"result": answer.model_dump_json()})
        await self._connection.call("SET", name, done.model_dump_json(), "EX", KEPT_SECONDS)
        return answer

    async def _claim_or_wait(self, name: str, mine: _Record) -> str | None:
        """The stored result, or None when the key is now ours."""
        deadline = time.monotonic() + self._wait_seconds
        while True:
            stored = await self._claim(name, mine)
            if stored is None:
                return None
            if stored.fingerprint != mine.fingerprint:
                raise Conflict("This Idempotency-Key was used for another request. Use a new one.")
            if stored.result is not None:
                return stored.result
            if time.monotonic() >= deadline:
                raise Conflict("The first request with this Idempotency-Key is still running. Please try again.")
            await asyncio.sleep(POLL_SECONDS)

    async def _claim(self, name: str, mine: _Record) -> _Record | None:
        """The result that another request has stored, or None when the key is now ours."""
        text = await self._connection.call("SET", name, mine.model_dump_json(), "NX", "GET", "EX", CLAIM_SECONDS)
        return None if text is None else _Record.model_validate_json(text)

    async def _give_back(self, name: str, mine: _Record) -> None:
        def plan(text: str | None) -> tuple[list[Command], None]:
            ours = text is not None and _Record.model_validate_json(text).token == mine.token
            return ([("DEL", name)] if ours else []), None

        await self._connection.update(name, ("GET", name), plan)


def _name(scope: str, key: str) -> str:
    return "idempotency:" + hashlib.sha256(f"{scope}\n{key}".encode()).hexdigest()
