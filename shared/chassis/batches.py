"""Sends many items in calls that fit the peer's `max_body` (declared in its contract)."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from shared.utils.errors import PayloadTooLarge

Item = TypeVar("Item")


async def send_batch(send: Callable[[list[Item]], Awaitable[object]], items: Sequence[Item]) -> None:
    """Sends `items` in one call of `send`; if that is refused for its size, in two calls of half as many each.

    A half may be sent again after a failure, so the endpoint must be idempotent.

    Raises:
        PayloadTooLarge: one item alone is too large.
    """
    try:
        await send([*items])
    except PayloadTooLarge:
        if len(items) < 2:
            raise
        middle = len(items) // 2
        await send_batch(send, items[:middle])
        await send_batch(send, items[middle:])
