"""A ticket opens one connection, once, soon, and nothing that its login could not open."""

from typing import Any

import aiohttp
import pytest
from tests.bystander import undisturbed
from tests.conftest import Received, Service
from tests.event_streams import event_stream
from tests.test_refusals import close_code
from websockets.asyncio.client import connect

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def asked(service: Service, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
    url = f"http://127.0.0.1:{service.port}/ws/tickets"
    async with aiohttp.ClientSession() as session, session.post(url, headers=headers) as answer:
        return answer.status, await answer.json()


async def ticket(service: Service, user_id: str, session_id: str = "s1", seconds: int = 900) -> str:
    token = service.peers.token(user_id, session_id=session_id, seconds=seconds)
    status, body = await asked(service, {"Authorization": f"Bearer {token}"})
    assert (status, body["expires_in"]) == (201, 30)
    return body["ticket"]


async def test_it_opens_one_socket(service: Service, user_id: str, received: Received) -> None:
    url = f"{service.url}?ticket={await ticket(service, user_id)}"
    async with connect(url) as socket:
        sent = await service.publish_progress(user_id)
        assert [message["id"] for message in await received(socket, 1)] == [sent["id"]]
        async with undisturbed(service), connect(url) as again:
            assert await close_code(again) == 4401
        sent = await service.publish_progress(user_id)
        assert [message["id"] for message in await received(socket, 1)] == [sent["id"]]


async def test_it_opens_an_event_stream(service: Service, user_id: str) -> None:
    async with event_stream(f"{service.stream_url}?ticket={await ticket(service, user_id)}") as stream:
        await service.publish_progress(user_id)
        assert (await stream.event())["event"] == "task.progress"


@pytest.mark.parametrize("made_up", ["", "x", "x" * 43, "x" * 5000, "%00", "é"])
async def test_a_made_up_one_opens_nothing(service: Service, user_id: str, made_up: str) -> None:
    headers = {"Authorization": f"Bearer {service.peers.token(user_id)}"}
    async with connect(f"{service.url}?ticket={made_up}", additional_headers=headers) as socket:
        assert await close_code(socket) == 4401


async def test_a_foreign_page_cannot_use_it_nor_use_it_up(service: Service, user_id: str) -> None:
    url = f"{service.url}?ticket={await ticket(service, user_id)}"
    async with connect(url, additional_headers={"Origin": "http://evil.example"}) as socket:
        assert await close_code(socket) == 4403
    async with connect(url) as socket:
        await (await socket.ping())


async def test_it_ends_with_the_session_that_asked_for_it(service: Service, user_id: str) -> None:
    mine = await ticket(service, user_id, session_id=f"s-{user_id}")
    await service.redis.xadd("revoked:sessions", {"sid": f"s-{user_id}"})
    async with connect(f"{service.url}?ticket={mine}") as socket:
        assert await close_code(socket) == 4401


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer x.y.z"}, {"Cookie": "dashboard_access=x.y.z"}])
async def test_only_a_login_in_the_header_gets_one(service: Service, headers: dict[str, str]) -> None:
    assert (await asked(service, headers))[0] == 401


async def test_a_cookie_gets_none(service: Service, user_id: str) -> None:
    cookie = f"dashboard_access={service.peers.token(user_id)}"
    assert (await asked(service, {"Cookie": cookie}))[0] == 401


async def test_what_is_stored_is_no_ticket(service: Service, user_id: str) -> None:
    mine = await ticket(service, user_id)
    (key,) = [key async for key in service.redis.scan_iter("ticket:*") if await held_by(service, key, user_id)]
    assert mine.encode() not in key + await service.redis.get(key)
    assert 0 < await service.redis.ttl(key) <= 30


async def held_by(service: Service, key: bytes, user_id: str) -> bool:
    return user_id.encode() in (await service.redis.get(key) or b"")
