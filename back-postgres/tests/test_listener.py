"""Long polls: woken at once, let go when the service ends, and never fooled by a spurious wake-up."""

import asyncio

import pytest

from listener import OutboxListener
from settings import Settings
from tests.waiting import PATIENCE_SECONDS, until


@pytest.fixture
def listener() -> OutboxListener:
    return OutboxListener(Settings.model_validate({"postgres_app_password": "", "postgres_migrations_password": ""}))


class Outbox:
    """Answers as configured and counts the looks; something is there from the `from_look`th on."""

    def __init__(self, *, from_look: int | None = None) -> None:
        self.pending = False
        self.looks = 0
        self._from_look = from_look

    async def look(self) -> bool:
        self.looks += 1
        return self.pending or self.looks == self._from_look


async def wait(listener: OutboxListener, outbox: Outbox) -> asyncio.Task[bool]:
    """A wait that has looked and found nothing."""
    looks = outbox.looks
    task = asyncio.create_task(listener.wait_for(outbox.look, 3600))
    await until(lambda: outbox.looks > looks, "the first look")
    return task


async def test_what_is_pending_already_is_not_waited_for(listener: OutboxListener) -> None:
    outbox = Outbox()
    outbox.pending = True
    assert await listener.wait_for(outbox.look, 5)
    assert outbox.looks == 1


async def test_one_notification_wakes_every_waiter(listener: OutboxListener) -> None:
    outbox = Outbox()
    waiting = [await wait(listener, outbox) for _ in range(3)]
    outbox.pending = True
    listener.wake()
    assert await asyncio.gather(*waiting) == [True] * 3


async def test_a_wake_up_for_nothing_goes_on_waiting(listener: OutboxListener) -> None:
    outbox = Outbox()
    waiting = await wait(listener, outbox)
    listener.wake()
    await until(lambda: outbox.looks == 2, "the second look")
    assert not waiting.done()
    outbox.pending = True
    listener.wake()
    assert await waiting


async def test_the_end_of_the_service_lets_everybody_go(listener: OutboxListener) -> None:
    waiting = await wait(listener, Outbox())
    listener.close()
    assert not await asyncio.wait_for(waiting, PATIENCE_SECONDS)
    assert not await asyncio.wait_for(listener.wait_for(Outbox().look, 3600), PATIENCE_SECONDS)


async def test_at_the_end_it_looks_once_more_since_a_lease_ends_unnoticed(listener: OutboxListener) -> None:
    outbox = Outbox(from_look=2)
    assert await listener.wait_for(outbox.look, 0.01)
    assert outbox.looks == 2
