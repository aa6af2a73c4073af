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


Entity = TypeVar("Entity", bound=Versioned)


async def update_at_version(
    expected: Expected, read: Callable[[], Awaitable[Versioned]], change: Callable[[int], Awaitable[Result]]
) -> Result:
    """Makes `change` on a version in `expected`; reads the latest one only when that does not say which.

    Raises:
        Stale: what is stored has another version; carries it as `current`.
    """
    if expected is not None and len(expected) == 1:
        return await change(next(iter(expected)))
    return await update_latest(expected, read, lambda current: change(current.version))


async def update_latest(
    expected: Expected, read: Callable[[], Awaitable[Entity]], store: Callable[[Entity], Awaitable[Result]]
) -> Result:
    """Stores what follows from the latest version, which must be in `expected`; again when another writer was faster.

    Raises:
        Stale: what is stored has another version; carries it as `current`.
    """
    attempts = ATTEMPTS if expected is None else 1
    while True:
        current = await read()
        require_version(expected, current)
        attempts -= 1
        try:
            return await store(current)
        except Stale:
            if not attempts:
                raise


def require_version(expected: Expected, current: Versioned) -> None:
    """Raises Stale, with `current`, unless its version is one that the caller accepts."""
    if expected is not None and current.version not in expected:
        raise Stale("Reload and repeat your change.", current=current.model_dump(mode="json"))
