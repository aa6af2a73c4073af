"""When a batch is written: at once what comes alone, together what comes in a burst, and never later than the bound."""

import asyncio
from dataclasses import dataclass

from batch import Batch

from tests.waiting import PATIENCE_SECONDS


@dataclass(eq=False)
class Written:
    times: int = 0

    def flush(self) -> None:
        self.times += 1


async def turn() -> None:
    await asyncio.sleep(0)  # noqa: TID251 - one step of the event loop


async def test_what_comes_alone_is_written_in_the_next_turn() -> None:
    batch = Batch()
    one = Written()
    other = Written()
    batch.add([one, other])
    assert not one.times
    await turn()
    assert (one.times, other.times) == (1, 1)


async def test_a_burst_over_several_turns_is_one_write() -> None:
    batch = Batch()
    one = Written()
    other = Written()
    for _ in range(5):
        batch.add([one])
        batch.add([one, other])
        await turn()
        assert not one.times
    await turn()
    assert (one.times, other.times) == (1, 1)


async def test_what_never_ends_is_written_all_the_same() -> None:
    batch = Batch()
    one = Written()
    added = 0
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not one.times:
            batch.add([one])
            batch.add([one])
            added += 1
            await turn()
    assert added > 1
    await turn()
    await turn()
    assert one.times <= 2


async def test_the_next_burst_begins_anew() -> None:
    batch = Batch()
    one = Written()
    for times in (1, 2):
        batch.add([one])
        await turn()
        assert one.times == times
