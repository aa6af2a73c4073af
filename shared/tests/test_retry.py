"""Retries: pauses that double with jitter, until the call succeeds, is not worth it, or the time is over."""

import asyncio

import pytest

from shared.chassis.retry import pause_after, retry
from shared.utils.errors import Conflict, Unavailable


class Call:
    """Raises `errors`, then returns `done`."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.calls = 0

    async def __call__(self) -> str:
        self.calls += 1
        if self.errors:
            raise self.errors.pop(0)
        return "done"


def is_away(error: Exception) -> bool:
    return isinstance(error, Unavailable)


@pytest.mark.parametrize(("failures", "whole"), [(1, 0.1), (2, 0.2), (4, 0.8), (7, 5.0), (5000, 5.0)])
def test_pauses_double_up_to_the_longest_and_jitter_cuts_up_to_a_half(failures: int, whole: float):
    pauses = [pause_after(failures, first=0.1, longest=5.0) for _ in range(200)]
    assert all(whole / 2 <= pause <= whole for pause in pauses)
    assert len(set(pauses)) > 100


async def test_a_call_is_repeated_until_it_succeeds():
    calls: list[tuple[str, bool]] = []
    call = Call(Unavailable(), Unavailable())
    assert (
        await retry(
            call,
            when=is_away,
            first=0.001,
            longest=0.002,
            on_retry=lambda error, pause: calls.append((repr(error), pause > 0)),
        )
        == "done"
    )
    assert (call.calls, [positive for _, positive in calls]) == (3, [True, True])


async def test_what_is_not_worth_it_is_raised_at_once():
    call = Call(Conflict())
    with pytest.raises(Conflict):
        await retry(call, when=is_away, first=60, longest=60)
    assert call.calls == 1


async def test_when_the_next_attempt_would_come_too_late_the_error_itself_is_raised():
    call = Call(Unavailable(dependency="x"))
    with pytest.raises(Unavailable):
        await retry(call, when=is_away, first=60, longest=60, seconds=1)
    assert call.calls == 1


async def test_a_cancelled_call_is_not_repeated():
    started = asyncio.Event()

    async def hang() -> None:
        started.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(retry(hang, when=lambda _: True, first=0.001, longest=0.001))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
