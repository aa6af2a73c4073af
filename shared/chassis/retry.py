"""Retries with exponential back-off and jitter, over tenacity."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_before_delay, stop_never

Result = TypeVar("Result")
Judge = Callable[[Exception], bool]
"""Whether a call that raised this is worth another attempt."""
OnRetry = Callable[[Exception, float], None]
"""Called after each failure, with the seconds until the next attempt."""


def pause_after(failures: int, *, first: float, longest: float) -> float:
    """Seconds to wait after a number of failures in a row, from 1.

    They are `first` at the beginning and double up to `longest`; jitter cuts each pause by up to a half.
    """
    whole = min(first * 2 ** min(failures - 1, 32), longest)
    return whole * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


async def retry(
    call: Callable[[], Awaitable[Result]],
    *,
    when: Judge,
    first: float,
    longest: float,
    seconds: float | None = None,
    on_retry: OnRetry | None = None,
) -> Result:
    """The result of `call`, which is repeated while its error is worth another attempt.

    Pauses are those of `pause_after`. With `seconds`, no attempt begins later than that after the first one.

    Raises:
        Exception: the error of the last attempt.
    """

    def wait(state: RetryCallState) -> float:
        return pause_after(state.attempt_number, first=first, longest=longest)

    def report(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        if on_retry and isinstance(error, Exception):
            on_retry(error, state.upcoming_sleep)

    retries = AsyncRetrying(
        retry=retry_if_exception(lambda error: isinstance(error, Exception) and when(error)),
        wait=wait,
        stop=stop_never if seconds is None else stop_before_delay(seconds),
        before_sleep=report,
        sleep=asyncio.sleep,
        reraise=True,
    )
    async for attempt in retries:
        with attempt:
            return await call()
    raise AssertionError("tenacity ends with a result or an error")
