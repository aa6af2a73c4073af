"""Argon2id at OWASP's parameters (19 MiB, two passes, one lane: about 26 ms), in a bounded pool of threads.

Argon2 lets go of the interpreter lock, so that token checks go on while passwords are hashed.
"""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar, cast

import structlog
from passlib import hash as schemes

from shared.utils.errors import Unavailable
from shared.utils.passwords import spellings

MEMORY_KIB = 19 * 1024
PASSES = 2
LANES = 1
Result = TypeVar("Result")
log = structlog.get_logger("password_hashing")


class _Scheme(Protocol):
    def hash(self, secret: str) -> str: ...
    def verify(self, secret: str, hash: str) -> bool: ...  # noqa: A002 - passlib's name
    def needs_update(self, hash: str) -> bool: ...  # noqa: A002 - passlib's name


def argon2id(*, memory_kib: int = MEMORY_KIB, passes: int = PASSES) -> _Scheme:
    """passlib's hasher."""
    return cast(Any, schemes).argon2.using(type="ID", memory_cost=memory_kib, time_cost=passes, parallelism=LANES)


class PasswordHashing:
    """`Passwords` of the domains. Use as a context manager. Methods raise Unavailable when `queue` passwords are waiting already."""

    def __init__(self, *, workers: int, queue: int, scheme: _Scheme | None = None) -> None:
        self._scheme = scheme or argon2id()
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="hashing")
        self._room = workers + queue
        self._dummy = self._scheme.hash(secrets.token_urlsafe())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def hash(self, password: str) -> str:
        return await self._run(lambda: self._scheme.hash(spellings(password)[0]))

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Whether it matches. Without a hash (nobody has that address) it takes the same time and does not."""
        matches = await self._run(lambda: self._verify(password, password_hash or self._dummy))
        return matches and password_hash is not None

    def outdated(self, password_hash: str) -> bool:
        """Whether it was made with other parameters than today's."""
        return self._scheme.needs_update(password_hash)

    def _verify(self, password: str, password_hash: str) -> bool:
        try:
            return any(self._scheme.verify(spelling, password_hash) for spelling in spellings(password))
        except (ValueError, TypeError) as error:
            log.error("password hash cannot be read", error=type(error).__name__)  # noqa: TRY400 - a trace shows locals
            return False

    async def _run(self, work: Callable[[], Result]) -> Result:
        if self._room <= 0:
            raise Unavailable("Too many people are logging in right now. Try again in a moment.", retry_after=1)
        self._room -= 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._room += 1
