"""Awaiting a condition instead of sleeping for a guess.

A condition answers something true (which is returned) once what is awaited has happened, and something false until then.
How long to believe that it may still happen is PATIENCE_SECONDS, which a loaded machine may need and a quiet one never sees.
"""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, overload

PATIENCE_SECONDS = 180.0
PROMPT_SECONDS = 15.0
"""What is promised "at once": more than it takes on a loaded machine, less than what would bring it about otherwise, the next
look or the end of a lifetime."""
LOOK_SECONDS = 0.02
T = TypeVar("T")


def eventually(condition: Callable[[], T], what: str, *, seconds: float = PATIENCE_SECONDS) -> T:
    """Fails with `what` when that does not come true."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        assert time.monotonic() < deadline, _late(what, seconds)
        time.sleep(LOOK_SECONDS)  # noqa: TID251
    return answer


@overload
async def until(condition: Callable[[], Awaitable[T]], what: str, *, seconds: float = ...) -> T: ...
@overload
async def until(condition: Callable[[], T], what: str, *, seconds: float = ...) -> T: ...
async def until(condition: Callable[[], Any], what: str, *, seconds: float = PATIENCE_SECONDS) -> Any:
    """The same beside a running event loop; `condition` may be asynchronous."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if inspect.isawaitable(answer):
            answer = await answer
        if answer:
            return answer
        assert time.monotonic() < deadline, _late(what, seconds)
        await asyncio.sleep(LOOK_SECONDS)  # noqa: TID251


def _late(what: str, seconds: float) -> str:
    return f"not within {seconds:g} s: {what}"
