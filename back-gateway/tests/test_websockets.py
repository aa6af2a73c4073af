"""WebSockets pass through, on both hosts, and outlive quiet times."""

import asyncio

import aiohttp
import pytest

from tests.trial_gateway import Trial
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("host", ["localhost:8000", "admin.localhost:8000"])
async def test_messages_pass_both_ways(gateway: Trial, client: aiohttp.ClientSession, host: str) -> None:
    headers = {"Host": host, "Origin": f"http://{host}", "Cookie": "dashboard_access=x.y.z", "X-User-Id": "1"}
    async with client.ws_connect(f"{gateway.url}/ws/notifications?last_id=7", headers=headers) as channel:
        opened = await channel.receive_json()
        assert opened["path"] == "/ws/notifications?last_id=7"
        assert opened["headers"]["Origin"] == f"http://{host}"
        assert opened["headers"]["Cookie"] == "dashboard_access=x.y.z"
        assert "X-User-Id" not in opened["headers"]
        for message in ("one", "zwei", "x" * 100_000):
            await channel.send_str(message)
            assert await channel.receive_str() == message


async def test_many_sockets_at_once(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async def one(number: int) -> str:
        async with client.ws_connect(f"{gateway.url}/ws/notifications") as channel:
            await channel.receive()
            await channel.send_str(str(number))
            return await channel.receive_str()

    assert await asyncio.gather(*map(one, range(50))) == [str(number) for number in range(50)]


async def test_a_service_that_is_down_refuses_the_upgrade(strict: Trial, client: aiohttp.ClientSession) -> None:
    strict.echoes["back-websockets"].stop()
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await client.ws_connect(f"{strict.url}/ws/notifications")
    assert refused.value.status == 502
    strict.echoes["back-websockets"].start()
    async with client.ws_connect(f"{strict.url}/ws/notifications") as channel:
        assert (await channel.receive_json())["path"] == "/ws/notifications"


async def test_no_other_protocol_is_upgraded(gateway: Trial, client: aiohttp.ClientSession) -> None:
    headers = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAMAAABkAAQAAP__"}
    async with client.get(f"{gateway.url}/api/profile", headers=headers) as answer:
        seen = (await answer.json())["headers"]
    assert "Upgrade" not in seen


async def test_an_event_stream_is_passed_on_as_it_comes(strict: Trial, client: aiohttp.ClientSession) -> None:
    async with (
        client.get(f"{strict.url}/ws/notifications/stream?streamed=1") as answer,
        asyncio.timeout(PATIENCE_SECONDS),
    ):
        assert await answer.content.readuntil(b"\n\n") == b"data: first\n\n"
        strict.echoes["back-websockets"].release()
        assert await answer.content.read() == b"data: last\n\n"


async def test_a_ticket_can_be_asked_for(gateway: Trial, client: aiohttp.ClientSession) -> None:
    async with client.post(f"{gateway.url}/ws/tickets", headers={"Authorization": "Bearer x"}) as answer:
        seen = await answer.json()
    assert (seen["service"], seen["method"], seen["headers"]["Authorization"]) == (
        "back-websockets",
        "POST",
        "Bearer x",
    )
