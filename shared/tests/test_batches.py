"""A batch that its receiver finds too large arrives in parts, each item once and in order."""

import pytest

from shared.chassis.batches import send_batch
from shared.utils.errors import PayloadTooLarge


class Receiver:
    """Takes so many items a call."""

    def __init__(self, at_most: int) -> None:
        self.at_most = at_most
        self.calls = list[list[int]]()

    async def take(self, items: list[int]) -> None:
        if len(items) > self.at_most:
            raise PayloadTooLarge
        self.calls.append(items)


async def test_what_fits_goes_in_one_call():
    receiver = Receiver(5)
    await send_batch(receiver.take, range(5))
    assert receiver.calls == [[0, 1, 2, 3, 4]]


async def test_what_does_not_fit_is_halved_until_it_does():
    receiver = Receiver(2)
    await send_batch(receiver.take, range(7))
    assert [item for call in receiver.calls for item in call] == [*range(7)]


async def test_one_item_that_is_too_large_is_reported():
    with pytest.raises(PayloadTooLarge):
        await send_batch(Receiver(0).take, [1])
