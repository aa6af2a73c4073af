"""ServiceClient against a real peer: typed answers, the peer's problem as the same error, everything else Unavailable."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from pydantic import SecretStr

from shared.chassis import problems
from shared.chassis.client import ServiceClient, body_of
from shared.models.base import Entity, Items
from shared.models.profile import ProfileUpdate
from shared.models.user import RegisterUser, Registration
from shared.utils import correlation, errors
from shared.utils.errors import BY_STATUS, ServiceError, Unavailable
from tests.served import served


class Thing(Entity):
    name: str


class Peer:
    """A peer whose next answer a test sets; keeps the last request."""

    def __init__(self) -> None:
        self.answer: Callable[[web.Request], Awaitable[web.StreamResponse]] = self._fine
        self.headers: dict[str, str] = {}
        self.query: dict[str, str] = {}
        self.body = b""

    async def _fine(self, _: web.Request) -> web.StreamResponse:
        return web.json_response({"name": "x", "added_later": 1})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.headers = dict(request.headers)
        self.query = dict(request.query)
        self.body = await request.read()
        return await self.answer(request)

    def answers(
        self, status: int, body: Any, *, raw: bytes | None = None, headers: dict[str, str] | None = None
    ) -> None:
        content = raw if raw is not None else json.dumps(body).encode()

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=content, headers=headers)

        self.answer = answer


@pytest.fixture
def peer() -> Peer:
    return Peer()


@pytest.fixture
async def client(peer: Peer) -> AsyncIterator[ServiceClient]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", peer.handle)
    async with served(app) as url, ServiceClient("back-peer", url, timeout=0.5) as client:
        yield client


async def test_an_answer_is_its_model_and_new_fields_are_ignored(client: ServiceClient):
    assert await client.get("/thing", model=Thing) == Thing(name="x")


async def test_the_correlation_id_travels(client: ServiceClient, peer: Peer):
    with correlation.bind("given-by-caller"):
        await client.get("/thing", model=Thing)

    assert peer.headers["X-Correlation-ID"] == "given-by-caller"


async def test_parameters_without_a_value_are_left_out(client: ServiceClient, peer: Peer):
    await client.get("/things", model=Thing, params={"q": "a&b=c", "limit": 3, "cursor": None})

    assert peer.query == {"q": "a&b=c", "limit": "3"}


async def test_not_sent_and_null_stay_different(client: ServiceClient, peer: Peer):
    await client.patch("/thing", model=Thing, json=ProfileUpdate(display_name=None))

    assert json.loads(peer.body) == {"display_name": None}


def test_a_request_reveals_its_secret_and_writes_times_in_utc():
    secret = Registration(email="a@example.com", password=SecretStr("hunter2 hunter2"))
    timed = RegisterUser(email="a@example.com", password_hash="x", attempted_at=datetime(2026, 11, 23, 8, tzinfo=UTC))

    assert json.loads(body_of(secret)) == {"email": "a@example.com", "password": "hunter2 hunter2"}
    assert json.loads(body_of(timed))["attempted_at"] == "2026-11-23T08:00:00+00:00"


async def test_raw_bytes_go_and_come(client: ServiceClient, peer: Peer):
    peer.answers(200, None, raw=b"\x00\x01")

    answer = await client.call("PUT", "/image", content=b"RIFF", content_type="image/webp")

    assert (answer, peer.body, peer.headers["Content-Type"]) == (b"\x00\x01", b"RIFF", "image/webp")


@pytest.mark.parametrize("error", [error for error in BY_STATUS.values() if error is not Unavailable])
async def test_a_problem_becomes_the_same_error(client: ServiceClient, peer: Peer, error: type[ServiceError]):
    peer.answers(error.status, problems.document(error("Do this."), "/thing"))

    with pytest.raises(error, match=r"Do this\."):
        await client.get("/thing", model=Thing)


async def test_what_belongs_to_a_problem_comes_with_it(client: ServiceClient, peer: Peer):
    peer.answers(412, problems.document(errors.Stale(current={"version": 2}), "/"))
    with pytest.raises(errors.Stale) as stale:
        await client.get("/thing", model=Thing)
    peer.answers(422, problems.document(errors.Invalid.field("name", "This is required."), "/"))
    with pytest.raises(errors.Invalid) as invalid:
        await client.get("/thing", model=Thing)

    assert stale.value.current == {"version": 2}
    assert [(e.field, e.message) for e in invalid.value.errors] == [("name", "This is required.")]


async def test_how_long_to_wait_is_passed_on(client: ServiceClient, peer: Peer):
    for status, error in ((429, errors.TooManyRequests), (503, Unavailable)):
        peer.answers(status, problems.document(error(), "/"), headers={"Retry-After": "42"})
        with pytest.raises(error) as refused:
            await client.get("/thing", model=Thing)
        assert refused.value.retry_after == 42


async def test_a_503_names_who_is_really_missing(client: ServiceClient, peer: Peer):
    peer.answers(503, problems.document(Unavailable(dependency="postgres"), "/"))

    with pytest.raises(Unavailable) as missing:
        await client.get("/thing", model=Thing)

    assert missing.value.dependency == "postgres"


@pytest.mark.parametrize("status", [500, 502, 418, 302])
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"type": "x"}', b"\xff"])
async def test_an_answer_that_nobody_declared_is_unavailable(
    client: ServiceClient, peer: Peer, status: int, body: bytes
):
    peer.answers(status, None, raw=body, headers={"Location": "/elsewhere"})

    with pytest.raises(Unavailable) as missing:
        await client.get("/thing", model=Thing)

    assert missing.value.dependency == "back-peer"


async def test_a_404_without_a_problem_is_not_found(client: ServiceClient, peer: Peer):
    peer.answers(404, None, raw=b"nginx")

    with pytest.raises(errors.NotFound):
        await client.get("/thing", model=Thing)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b'{"nam', b'{"items": [{}]}'])
async def test_an_answer_of_another_shape_is_unavailable(client: ServiceClient, peer: Peer, body: bytes):
    peer.answers(200, None, raw=body)

    with pytest.raises(Unavailable) as missing:
        await client.get("/thing", model=Items[Thing])

    assert missing.value.dependency == "back-peer"


async def test_a_peer_that_is_too_slow_is_unavailable(client: ServiceClient, peer: Peer):
    given_up = asyncio.Event()

    async def too_late(_: web.Request) -> web.StreamResponse:
        await given_up.wait()
        return web.Response()

    peer.answer = too_late
    with pytest.raises(Unavailable):
        await client.get("/thing", model=Thing)
    given_up.set()


async def test_a_peer_that_hangs_up_is_unavailable(client: ServiceClient, peer: Peer):
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return web.Response()

    peer.answer = hang_up
    with pytest.raises(Unavailable):
        await client.get("/thing", model=Thing)


async def test_a_peer_that_is_not_there_is_unavailable(unused_tcp_port: int):
    async with ServiceClient("back-peer", f"http://127.0.0.1:{unused_tcp_port}") as client:
        with pytest.raises(Unavailable) as missing:
            await client.get("/thing", model=Thing)

    assert missing.value.dependency == "back-peer"


async def test_cookies_of_one_answer_do_not_reach_the_next_call(client: ServiceClient, peer: Peer):
    peer.answers(200, {"name": "x"}, headers={"Set-Cookie": "a=b"})
    await client.get("/thing", model=Thing)
    await client.get("/thing", model=Thing)

    assert "Cookie" not in peer.headers
