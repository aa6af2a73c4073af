"""Who may not connect, or not any longer, learns it by a close code, and nobody else notices."""

import asyncio
from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from tests.bystander import undisturbed
from tests.conftest import ADMIN_ORIGIN, ORIGIN, Received, Service
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from shared.utils.ids import new_id
from tests.waiting import PATIENCE_SECONDS, PROMPT_SECONDS, until

pytestmark = [pytest.mark.integration, pytest.mark.asyncio(loop_scope="session")]


async def close_code(socket: ClientConnection, seconds: float = PATIENCE_SECONDS) -> int | None:
    async with asyncio.timeout(seconds):
        await socket.wait_closed()
    return socket.close_code


async def test_without_a_token(service: Service) -> None:
    async with undisturbed(service), service.open(None) as socket:
        assert await close_code(socket) == 4401


@pytest.mark.parametrize("kind", ["garbage", "expired", "foreign", "unknown key", "much too long"])
async def test_with_a_token_that_is_none(service: Service, user_id: str, kind: str) -> None:
    foreign = rsa.generate_private_key(65537, 2048)
    token = {
        "garbage": "a.b.c",
        "expired": service.peers.token(user_id, seconds=-60),
        "foreign": service.peers.token(user_id, key=foreign),
        "unknown key": service.peers.token(user_id, key=foreign, key_id="other"),
        "much too long": "x" * 7000,
    }[kind]
    async with undisturbed(service), service.open(token) as socket:
        assert await close_code(socket) == 4401


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:8000.evil.example", ""])
async def test_from_a_foreign_origin(service: Service, user_id: str, origin: str) -> None:
    headers = {"Origin": origin, "Cookie": f"dashboard_access={service.peers.token(user_id)}"}
    async with undisturbed(service), service.open(None, headers=headers) as socket:
        assert await close_code(socket) == 4403


@pytest.mark.parametrize(
    ("origin", "cookie", "admitted"),
    [
        (ORIGIN, "dashboard_access", True),
        (ORIGIN, "admin_access", False),
        (ADMIN_ORIGIN, "admin_access", True),
        (ADMIN_ORIGIN, "dashboard_access", False),
    ],
)
async def test_each_front_has_its_own_cookie(
    service: Service, user_id: str, origin: str, cookie: str, admitted: bool
) -> None:
    headers = {"Origin": origin, "Cookie": f"{cookie}={service.peers.token(user_id)}"}
    async with service.open(None, headers=headers) as socket:
        if admitted:
            await service.listening(user_id)
        else:
            assert await close_code(socket) == 4401


async def test_a_revoked_session_ends_within_a_second(service: Service, user_id: str) -> None:
    token = service.peers.token(user_id, session_id=f"s-{user_id}")
    async with service.open(token) as socket:
        await service.listening(user_id)
        await service.redis.xadd("revoked:sessions", {"sid": f"s-{user_id}"})
        assert await close_code(socket, seconds=PROMPT_SECONDS) == 4401
    async with service.open(token) as socket:
        assert await close_code(socket) == 4401


async def test_an_expiring_token_ends_the_socket_at_its_time(service: Service, user_id: str) -> None:
    async with service.open(service.peers.token(user_id, seconds=5)) as socket:
        await service.listening(user_id)
        assert await close_code(socket, seconds=PROMPT_SECONDS) == 4401


async def are_open(service: Service, count: int) -> bool:
    return await service.metric("websocket_connections") == count


async def test_more_tabs_than_allowed(service: Service, user_id: str, received: Received) -> None:
    token = service.peers.token(user_id)
    async with service.open(token) as one, service.open(token), service.open(token):
        async with service.open(token) as fourth:
            assert await close_code(fourth) == 4429
        await one.close()
        await until(lambda: are_open(service, 2), "the server has noticed")
        async with service.open(token) as again:
            await until(lambda: are_open(service, 3), "it is admitted")
            sent = service.peers.store(user_id)
            await service.announce(sent)
            assert [message["id"] for message in await received(again, 1)] == [sent["id"]]


async def test_a_message_of_a_megabyte_ends_the_socket_only(service: Service, user_id: str) -> None:
    async with (
        undisturbed(service),
        service.open(service.peers.token(user_id)) as socket,
        service.open(service.peers.token(user_id)) as other,
    ):
        with suppress(ConnectionClosed):
            await socket.send("x" * 1_000_000)
        assert await close_code(socket) == 1009
        await (await other.ping())


async def test_a_thousand_messages_at_once_end_the_socket_only(service: Service, user_id: str) -> None:
    async with undisturbed(service), service.open(service.peers.token(user_id)) as socket:
        with suppress(ConnectionClosed):
            for _ in range(1000):
                await socket.send("{}")
                await asyncio.sleep(0)  # noqa: TID251 - one step of the event loop
        assert await close_code(socket) == 1008


async def test_some_messages_are_ignored(service: Service, user_id: str) -> None:
    async with service.open(service.peers.token(user_id)) as socket:
        for message in ("{}", '{"type": "hello"}', '{"a": [1]}'):
            await socket.send(message)
        await (await socket.ping())


@pytest.mark.parametrize(
    ("message", "code"),
    [("{", 1007), ("", 1007), ("null", 1007), ("[]", 1007), ("[" * 4000, 1007), (b"\x00\xff", 1003), (b"{}", 1003)],
)
async def test_what_is_no_json_object_ends_the_socket(
    service: Service, user_id: str, message: str | bytes, code: int
) -> None:
    async with undisturbed(service), service.open(service.peers.token(user_id)) as socket:
        await socket.send(message)
        assert await close_code(socket) == code


async def test_ten_who_flood_at_once_hold_nobody_else_up(service: Service) -> None:
    """A thousand messages a second each, and each comes back when it was sent away."""

    async def flood(rounds: int) -> None:
        token = service.peers.token(new_id())
        for _ in range(rounds):
            async with service.open(token) as socket:
                with suppress(ConnectionClosed):
                    while True:
                        await socket.send("{}")
                        await asyncio.sleep(0)  # noqa: TID251 - one step of the event loop
                assert socket.close_code == 1008

    async with undisturbed(service) as bystander:
        before = len(bystander.times)
        await asyncio.gather(*(flood(rounds=5) for _ in range(10)))
        assert len(bystander.times) > before
