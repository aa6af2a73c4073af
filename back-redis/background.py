"""Ending the tasks that read in the background."""

import asyncio
from typing import Any


async def end(task: "asyncio.Task[Any] | None") -> None:
    """Cancels `task` and waits for its end, however it ends."""
    if task:
        task.cancel()
        await asyncio.wait([task])
