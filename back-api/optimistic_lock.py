"""Optimistic concurrency: a change is made on the version that the caller saw, or on the latest one."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from shared.utils.errors import Stale

Expected = frozenset[int] | None
"""The versions that the caller accepts; None accepts any (no `If-Match`, or `*`)."""

ATTEMPTS = 3
Result = TypeVar("Result")


class Versioned(Protocol):
    @property
    def version(self) -> int: ...

    def model_dump(self, *, mode: str) -> dict[str, Any]: ...


async def on_version(
    expected: Expected,
    read: Callable[[], Awaitable[Versioned]],
    change: Callable[[int], Awaitable[Result]],
) -> Result:
    """Makes `change` on a version in `expected`; with None on the latest, again when another writer was faster.

    Raises:
        Stale: what is stored has another version; carries it as `current`.
    """
    if expected is not None and len(expected) == 1:
        return await change(next(iter(expected)))
    for _ in range(ATTEMPTS - 1):
        try:
            return await change(await _accepted(expected, read))
        except Stale:
            if expected is not None:
                raise
    return await change(await _accepted(expected, read))


async def _accepted(expected: Expected, read: Callable[[], Awaitable[Versioned]]) -> int:
    current = await read()
    require(expected, current)
    return current.version


def require(expected: Expected, current: Versioned) -> None:
    """Raises Stale, with `current`, unless its version is one that the caller accepts."""
    if expected is not None and current.version not in expected:
        raise Stale("Load it again and repeat your change.", current=current.model_dump(mode="json"))
