"""Ending what runs beside."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress


async def cancelled(tasks: Iterable["asyncio.Task[None]"]) -> None:
    """Cancels all, then waits for the end of each. Raises the error of one that had failed."""
    running = list(tasks)
    for task in running:
        task.cancel()
    for task in running:
        with suppress(asyncio.CancelledError):
            await task
