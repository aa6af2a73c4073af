"""Live messages reach every open tab of their user and nobody else, each once, in order."""

import asyncio

import pytest
from settings import Settings
from tests.conftest import Received, Service

from back_redis.live_envelope import live_channel
from shared.models.notification import LiveMessage
from shared.utils.ids import new_id
from tests.waiting import PATIENCE_SECONDS

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]
QUEUE_SIZE: int = Settings.model_fields["queue_size"].default


async def test_every_tab_of_the_user_and_nobody_else(service: Service, user_id: str, received: Received) -> None:
    stranger = new_id()
    mine = service.peers.token(user_id)
    theirs = service.peers.token(stranger)
    async with service.open(mine) as first, service.open(mine) as second, service.open(theirs) as other:
        await service.listening(user_id)
        await service.listening(stranger)
        sent = service.peers.store(user_id)
        await service.announce(sent)
        await service.announce(service.peers.store(stranger, "for the stranger"))
        for tab in (first, second):
            (message,) = await received(tab, 1)
            assert (message["type"], message["id"], message["data"]) == ("notification.created", sent["id"], sent)
        (message,) = await received(other, 1)
        assert message["data"]["title"] == "for the stranger"


async def test_what_is_published_arrives_to_the_letter(service: Service, user_id: str) -> None:
    async with service.open(service.peers.token(user_id)) as socket:
        await service.listening(user_id)
        sent = await service.publish_progress(user_id, progress=0.5)
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert await socket.recv() == LiveMessage.model_validate(sent).model_dump_json()


async def test_what_is_no_message_is_passed_over(service: Service, user_id: str, received: Received) -> None:
    async with service.open(service.peers.token(user_id)) as socket:
        await service.listening(user_id)
        await service.redis.publish(live_channel(user_id), "{not json")
        sent = service.peers.store(user_id)
        await service.announce(sent)
        assert [message["id"] for message in await received(socket, 1)] == [sent["id"]]


async def test_a_message_announced_twice_is_shown_once(service: Service, user_id: str, received: Received) -> None:
    async with service.open(service.peers.token(user_id)) as socket:
        await service.listening(user_id)
        first = service.peers.store(user_id)
        second = service.peers.store(user_id)
        for notification in (first, first, second):
            await service.announce(notification)
        assert [message["id"] for message in await received(socket, 2)] == [first["id"], second["id"]]


async def test_after_the_last_tab_the_channel_is_left(service: Service, user_id: str) -> None:
    async with service.open(service.peers.token(user_id)):
        await service.listening(user_id)
    await service.listening(user_id, sockets=0)


async def test_a_burst_is_nobodys_slowness(service: Service, user_id: str, received: Received) -> None:
    """Far more at once than a backlog holds: a client that reads gets all of it, in order."""
    async with service.open(service.peers.token(user_id), max_queue=None) as socket:
        await service.listening(user_id)
        count = 3 * QUEUE_SIZE
        await service.publish_at_once(user_id, count)
        assert [message["data"]["n"] for message in await received(socket, count)] == list(range(count))
