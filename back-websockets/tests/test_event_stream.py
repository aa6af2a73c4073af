"""Server-sent events carry the same messages, under the same limits, to whoever cannot open a WebSocket."""

import asyncio
import json

import pytest
from tests.conftest import ORIGIN, Received, Service
from tests.event_streams import EventStream, event_stream

from shared.utils.ids import new_id
from tests.waiting import PATIENCE_SECONDS, PROMPT_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


def bearer(service: Service, user_id: str, session_id: str = "s1") -> dict[str, str]:
    return {"Authorization": f"Bearer {service.peers.token(user_id, session_id=session_id)}"}


async def close_code(stream: EventStream, seconds: float = PATIENCE_SECONDS) -> int:
    async with asyncio.timeout(seconds):
        while (event := await stream.event())["event"] != "close":
            pass
        assert await stream.answer.content.read() == b""
    return json.loads(event["data"])["code"]


async def test_it_sends_what_a_socket_gets(service: Service, user_id: str, received: Received) -> None:
    async with (
        event_stream(service.stream_url, bearer(service, user_id)) as stream,
        service.open(service.peers.token(user_id)) as socket,
    ):
        assert stream.answer.headers["Content-Type"].startswith("text/event-stream")
        sent = service.peers.store(user_id)
        await service.announce(sent)
        progress = await service.publish_progress(user_id, n=1)
        first = await stream.event()
        second = await stream.event()
        assert [json.loads(event["data"]) for event in (first, second)] == await received(socket, 2)
        assert (first["id"], first["event"]) == (sent["id"], "notification.created")
        assert "id" not in second
        assert json.loads(second["data"])["id"] == progress["id"]


@pytest.mark.parametrize("by", ["header", "query", "header before query"])
async def test_it_resumes(service: Service, user_id: str, by: str) -> None:
    stored = [service.peers.store(user_id) for _ in range(3)]
    headers = {"Last-Event-ID": stored[0]["id"]} if "header" in by else {}
    last_id = {"header": None, "query": stored[0]["id"], "header before query": stored[2]["id"]}[by]
    url = service.stream_url + (f"?last_id={last_id}" if last_id else "")
    async with event_stream(url, bearer(service, user_id) | headers) as stream:
        assert [(await stream.event())["id"] for _ in range(2)] == [item["id"] for item in stored[1:]]


@pytest.mark.parametrize(("headers", "code"), [({}, 4401), ({"Origin": "http://evil.example"}, 4403)])
async def test_who_may_not_connect_gets_an_event_that_says_so(
    service: Service, headers: dict[str, str], code: int
) -> None:
    async with event_stream(service.stream_url, headers) as stream:
        assert await close_code(stream) == code


async def test_the_cookie_of_an_own_page_is_a_login(service: Service, user_id: str) -> None:
    headers = {"Origin": ORIGIN, "Cookie": f"dashboard_access={service.peers.token(user_id)}"}
    async with event_stream(service.stream_url, headers) as stream:
        sent = await service.publish_progress(user_id)
        assert json.loads((await stream.event())["data"])["id"] == sent["id"]


async def test_a_revoked_session_ends_within_a_second(service: Service, user_id: str) -> None:
    async with event_stream(service.stream_url, bearer(service, user_id, f"s-{user_id}")) as stream:
        await service.redis.xadd("revoked:sessions", {"sid": f"s-{user_id}"})
        assert await close_code(stream, seconds=PROMPT_SECONDS) == 4401


async def test_sockets_and_streams_count_together(service: Service, user_id: str) -> None:
    token = service.peers.token(user_id)
    async with (
        service.open(token),
        service.open(token),
        event_stream(service.stream_url, bearer(service, user_id)),
        event_stream(service.stream_url, bearer(service, user_id)) as fourth,
    ):
        assert await close_code(fourth) == 4429


async def gone(service: Service, kind: str) -> bool:
    return await service.metric(f'websocket_connections{{kind="{kind}"}}') == 0


async def test_who_leaves_is_forgotten(service: Service, user_id: str) -> None:
    async with event_stream(service.stream_url, bearer(service, user_id)):
        assert not await gone(service, "event_stream")
    await until(lambda: gone(service, "event_stream"), "the stream is gone")


async def test_a_stalled_reader_is_cut_off_and_another_user_gets_everything(
    service: Service, user_id: str, received: Received
) -> None:
    other = new_id()
    reader, writer = await asyncio.open_connection("127.0.0.1", service.port, limit=1024)
    token = service.peers.token(user_id)
    writer.write(f"GET /ws/notifications/stream HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    await reader.readuntil(b"\r\n\r\n")
    async with service.open(service.peers.token(other)) as healthy:
        for number in range(2500):
            await service.publish_progress(user_id, n=number, p="x" * 4000)
        await service.publish_progress(other, n=0)
        assert [message["data"] for message in await received(healthy, 1)] == [{"n": 0}]
        await until(lambda: gone(service, "event_stream"), "the stalled one is cut off")
    writer.close()
