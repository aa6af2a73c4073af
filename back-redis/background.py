"""Ending the tasks that read in the background."""

import asyncio
from typing import Any

PATIENCE_SECONDS = 0.1


async def end(task: "asyncio.Task[Any] | None") -> None:
    """Cancels `task` and waits for its end; asks again, since the redis library may lose a cancellation (`translated`)."""
    while task and not task.done():
        task.cancel()
        await asyncio.wait([task], timeout=PATIENCE_SECONDS)
