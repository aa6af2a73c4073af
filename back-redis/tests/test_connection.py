import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from back_redis.connection import Command, RedisCommandError, RedisConnection
from back_redis.tests.server import RedisServer
from shared.utils.errors import Unavailable
from tests.waiting import PROMPT_SECONDS

pytestmark = pytest.mark.integration
Connect = Callable[[str], RedisConnection]


async def test_ping(connect: Connect) -> None:
    await connect("back-auth").ping()


async def test_wrong_password_is_unavailable(connect: Connect, server: RedisServer) -> None:
    async with RedisConnection(host="127.0.0.1", port=server.port, username="back-auth", password="wrong") as wrong:
        with pytest.raises(Unavailable):
            await wrong.ping()


async def test_default_user_is_off(server: RedisServer) -> None:
    async with RedisConnection(host="127.0.0.1", port=server.port, username="default", password="x") as default:
        with pytest.raises(Unavailable):
            await default.ping()


async def test_absent_server_is_unavailable_at_once() -> None:
    async with RedisConnection(host="127.0.0.1", port=1, username="x", password="x") as nowhere:
        started = time.monotonic()
        for ask in (nowhere.ping, lambda: nowhere.transaction(("GET", "a")), lambda: nowhere.wait("GET", "a")):
            with pytest.raises(Unavailable) as caught:
                await ask()
            assert caught.value.dependency == "back-redis"
        assert time.monotonic() - started < PROMPT_SECONDS


async def test_restart_is_survived_without_an_error(connect: Connect, server: RedisServer) -> None:
    connection = connect("back-auth")
    await connection.call("SET", "session:x", "1")
    with server.administrator() as administrator:
        administrator.set("session:y", "1")
        administrator.execute_command("WAITAOF", 1, 0, 0)  # pyright: ignore[reportUnknownMemberType]
    server.stop()
    with pytest.raises(Unavailable):
        await connection.call("GET", "session:x")
    server.start()
    assert await connection.call("GET", "session:x") == "1"


async def test_wrong_type_is_refused_not_raw(connect: Connect) -> None:
    connection = connect("back-auth")
    await connection.call("SET", "session:x", "1")
    with pytest.raises(RedisCommandError):
        await connection.call("HGETALL", "session:x")


async def test_update_is_repeated_when_the_key_changed_meanwhile(connect: Connect, server: RedisServer) -> None:
    mine = connect("back-auth")
    seen = list[int]()
    await mine.call("SET", "session:n", 1)

    def plan(value: str) -> tuple[list[Command], int]:
        seen.append(int(value))
        if len(seen) == 1:
            with server.administrator() as other:
                other.incr("session:n")
        return [("INCR", "session:n")], int(value)

    assert await mine.update("session:n", ("GET", "session:n"), plan) == 2
    assert seen == [1, 2]
    assert await mine.call("GET", "session:n") == "3"


async def test_cancelled_while_it_sends_is_cancelled(connect: Connect) -> None:
    connection = connect("back-auth")

    async def busy() -> None:
        while True:
            await connection.call("GET", "session:x")

    for steps in range(60):
        task = asyncio.create_task(busy())
        for _ in range(steps):
            await asyncio.sleep(0)  # noqa: TID251 - one step of the event loop
        task.cancel()
        await asyncio.wait([task], timeout=2)
        assert task.cancelled()


async def test_default_user_has_no_way_in(connect: Connect) -> None:
    """With "nopass" the server's protected mode would shut out every other host, whatever its password."""
    users = await connect("tests").call("ACL", "LIST")
    [default] = [line.split() for line in users if line.startswith("user default ")]
    assert "off" in default
    assert "nopass" not in default


def test_configuration_keeps_what_it_is_given() -> None:
    text = (Path(__file__).parents[1] / "redis.conf").read_text()
    assert {"appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction"} <= set(text.splitlines())
