"""The handshake of one WebSocket, without a network: who is admitted, and what is left behind."""

import asyncio
from typing import Any

import pytest
from close_codes import CloseCode
from protocol import PATH
from tests.one_socket import Connection, connection, opened

from shared.utils.ids import new_id
from tests.waiting import until

__all__ = ["connection"]


async def test_another_path_is_not_found_and_ends(connection: Connection) -> None:
    assert await connection.open("/ws/other") == 404
    assert connection.transport.ended


async def test_a_client_is_admitted_and_leaves_nothing_behind(connection: Connection) -> None:
    await opened(connection)
    hub = connection.resources.hub
    assert hub.users() == ["u1"]
    assert connection.server.connections == {connection.protocol}
    assert connection.transport.reading
    connection.protocol.connection_lost(None)
    assert (hub.users(), connection.server.connections) == ([], set())
    assert len(connection.resources.resumption.stopped) == 1


async def test_the_client_does_not_speak_before_it_is_known(connection: Connection) -> None:
    admitted = asyncio.Event()
    verify = connection.resources.verifier.verify

    async def slowly(token: str) -> Any:
        await admitted.wait()
        return await verify(token)

    connection.resources.verifier.verify = slowly
    opening = asyncio.ensure_future(connection.open(Authorization="Bearer u1"))
    await until(lambda: connection.server.tasks, "the handshake has begun")
    assert not connection.transport.reading
    admitted.set()
    assert await opening == 101
    assert connection.transport.reading


@pytest.mark.parametrize(
    ("headers", "query", "code"),
    [
        ({}, "", CloseCode.LOGGED_OUT),
        ({"Authorization": "Bearer expired"}, "", CloseCode.LOGGED_OUT),
        ({"Authorization": "Bearer away"}, "", CloseCode.TRY_LATER),
        ({"Authorization": "Bearer u1", "Origin": "http://evil.example"}, "", CloseCode.FOREIGN_ORIGIN),
        ({}, "?ticket=nonsense", CloseCode.LOGGED_OUT),
        ({}, "?ticket=ticket%20of%20gone", CloseCode.LOGGED_OUT),
    ],
)
async def test_who_is_refused_learns_why_by_a_close_code(
    connection: Connection, headers: dict[str, str], query: str, code: CloseCode
) -> None:
    assert await connection.open(PATH + query, **headers) == 101
    assert connection.close_code == code
    assert connection.resources.hub.users() == []


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Authorization": "Bearer u1"}, ""),
        ({"Origin": "http://localhost:8000", "Cookie": "dashboard_access=u1"}, ""),
        ({"Origin": "http://admin.localhost:8000", "Cookie": "admin_access=u1"}, ""),
        ({}, "?ticket=ticket%20of%20u1"),
    ],
)
async def test_who_is_known_is_admitted(connection: Connection, headers: dict[str, str], query: str) -> None:
    assert await connection.open(PATH + query, **headers) == 101
    assert connection.close_code is None
    assert connection.resources.hub.users() == ["u1"]


async def test_there_is_room_for_so_many_tabs_of_a_user(connection: Connection) -> None:
    for _ in range(2):
        await opened(Connection(connection.resources))
    await opened(connection)
    assert connection.close_code == CloseCode.TOO_MANY
    await opened(other := Connection(connection.resources), "u2")
    assert other.close_code is None


async def test_a_client_that_knows_a_notification_resumes_after_it(connection: Connection) -> None:
    known = new_id()
    await opened(connection, path=f"{PATH}?last_id={known}")
    assert [session.resume_from for session in connection.resources.resumption.begun] == [known]


async def test_who_has_gone_during_the_handshake_is_taken_out(connection: Connection) -> None:
    connection.transport.closing = True
    await connection.ask(PATH, Authorization="Bearer u1")
    assert connection.resources.hub.users() == []
    assert not connection.transport.reading
