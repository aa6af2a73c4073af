"""The tokens that a service calls with: fetched once, renewed in time, kept while back-auth is away; and what a callee's refusal does."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from shared.chassis import problems
from shared.chassis.client import ServiceClient
from shared.chassis.service_identity import UndeclaredCaller, UnknownCaller
from shared.chassis.service_tokens import RETRY_SECONDS, CachedToken, ServiceTokens, client_credentials
from shared.models.service_token import ServiceToken
from shared.utils.errors import Forbidden, ServiceError, Unauthenticated, Unavailable
from tests.served import served
from tests.waiting import until


class BackAuth:
    """Numbers its tokens; answers while `open` is set, with `error` if there is one."""

    def __init__(self) -> None:
        self.issued = 0
        self.asked = 0
        self.error: ServiceError | None = None
        self.open = asyncio.Event()
        self.open.set()

    async def issue(self, callee: str) -> ServiceToken:
        self.asked += 1
        await self.open.wait()
        if self.error:
            raise self.error
        self.issued += 1
        return ServiceToken(access_token=f"{callee} {self.issued}", expires_in=300)


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 0.0
        steady = time.monotonic
        monkeypatch.setattr("shared.chassis.service_tokens.time.monotonic", lambda: steady() + self.seconds)


@pytest.fixture
def back_auth() -> BackAuth:
    return BackAuth()


@pytest.fixture
async def tokens(back_auth: BackAuth) -> AsyncIterator[ServiceTokens]:
    async with ServiceTokens(back_auth.issue) as tokens:
        yield tokens


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def test_a_token_is_fetched_once_for_each_callee(tokens: ServiceTokens, back_auth: BackAuth):
    seen = [await tokens.token(callee) for callee in ("a", "b", "a", "b")]

    assert seen == ["a 1", "b 2", "a 1", "b 2"]
    assert back_auth.asked == 2


async def test_many_who_need_the_first_token_wait_for_one_request(tokens: ServiceTokens, back_auth: BackAuth):
    back_auth.open.clear()
    waiting = [asyncio.create_task(tokens.token("a")) for _ in range(50)]
    await until(lambda: back_auth.asked, "back-auth is asked")
    waiting.pop().cancel()
    back_auth.open.set()

    assert set(await asyncio.gather(*waiting)) == {"a 1"}
    assert back_auth.asked == 1


async def test_it_is_renewed_in_the_background_before_it_expires(
    tokens: ServiceTokens, back_auth: BackAuth, clock: Clock
):
    await tokens.token("a")
    clock.seconds = 241
    back_auth.open.clear()
    assert [await tokens.token("a") for _ in range(3)] == ["a 1"] * 3
    back_auth.open.set()

    async def renewed() -> bool:
        return await tokens.token("a") == "a 2"

    await until(renewed, "the new token is used")
    assert back_auth.asked == 2


async def test_a_valid_token_outlives_back_auth(tokens: ServiceTokens, back_auth: BackAuth, clock: Clock):
    await tokens.token("a")
    back_auth.error = Unavailable(dependency="back-auth")
    for clock.seconds in (241, 241 + RETRY_SECONDS + 1, 290):
        asked = back_auth.asked
        assert await tokens.token("a") == "a 1"
        await until(lambda before=asked: back_auth.asked > before, "it is tried again")
    clock.seconds = 296
    with pytest.raises(Unavailable) as away:
        await tokens.token("a")
    assert away.value.dependency == "back-auth"
    back_auth.error = None
    assert await tokens.token("a") == "a 2"


async def test_a_failed_renewal_is_not_repeated_at_every_call(tokens: ServiceTokens, back_auth: BackAuth, clock: Clock):
    await tokens.token("a")
    back_auth.error = Unavailable(dependency="back-auth")
    clock.seconds = 241
    await tokens.token("a")
    await until(lambda: back_auth.asked == 2, "it is renewed")
    for _ in range(20):
        await tokens.token("a")
        turns = iter((False, True))
        await until(lambda turns=turns: next(turns), "a renewal would have run")

    assert back_auth.asked == 2


@pytest.mark.parametrize("error", [Unauthenticated("wrong secret"), Forbidden("not declared"), ServiceError()])
async def test_a_refusal_of_back_auth_is_not_shown_to_a_user(
    tokens: ServiceTokens, back_auth: BackAuth, error: ServiceError
):
    back_auth.error = error
    with pytest.raises(Unavailable):
        await tokens.token("a")


async def test_tokens_may_outlive_the_event_loop_that_fetched_them(back_auth: BackAuth):
    cache: dict[str, CachedToken] = {}
    for _ in range(3):
        async with ServiceTokens(back_auth.issue, cache) as tokens:
            assert await tokens.token("a") == "a 1"


class Callee:
    """Keeps the tokens that it was shown; refuses `refused` as `refusal`."""

    def __init__(self) -> None:
        self.shown: list[str | None] = []
        self.refused: set[str] = set()
        self.refusal: ServiceError = UnknownCaller()

    async def handle(self, request: web.Request) -> web.Response:
        self.shown.append(request.headers.get("X-Service-Token"))
        if self.shown[-1] in self.refused:
            return web.json_response(problems.document(self.refusal, request.path), status=self.refusal.status)
        return web.json_response({"access_token": "x", "expires_in": 1})


@pytest.fixture
def callee() -> Callee:
    return Callee()


@pytest.fixture
async def client(callee: Callee, tokens: ServiceTokens) -> AsyncIterator[ServiceClient]:
    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", callee.handle)
    async with served(app) as url, ServiceClient("a", url, tokens=tokens) as client:
        yield client


async def test_only_calls_of_internal_endpoints_carry_it(client: ServiceClient, callee: Callee):
    for path in ("/internal/things", "/health", "/.well-known/jwks.json", "/api/things"):
        await client.call("GET", path)

    assert callee.shown == ["a 1", None, None, None]


async def test_a_token_that_the_callee_refuses_is_replaced_once(client: ServiceClient, callee: Callee):
    callee.refused = {"a 1"}
    await client.call("POST", "/internal/things", content=b"{}")
    assert callee.shown == ["a 1", "a 2"]
    await client.call("GET", "/internal/things")
    assert callee.shown == ["a 1", "a 2", "a 2"]


@pytest.mark.parametrize(("refusal", "calls"), [(UnknownCaller(), 2), (UndeclaredCaller("a"), 1)])
async def test_a_refusal_that_stays_is_not_shown_to_a_user_as_his_own(
    client: ServiceClient, callee: Callee, refusal: ServiceError, calls: int
):
    callee.refused = {"a 1", "a 2"}
    callee.refusal = refusal
    with pytest.raises(Unavailable) as refused:
        await client.call("GET", "/internal/things")

    assert refused.value.dependency == "a"
    assert len(callee.shown) == calls


async def test_a_users_own_401_passes_unchanged(client: ServiceClient, callee: Callee):
    callee.refused = {"a 1"}
    callee.refusal = Unauthenticated("Log in.")
    with pytest.raises(Unauthenticated):
        await client.call("GET", "/internal/things")

    assert callee.shown == ["a 1"]


async def test_client_credentials_are_sent_as_oauth_2_says():
    sent: dict[str, Any] = {}

    async def handle(request: web.Request) -> web.Response:
        sent.update(dict(await request.post()), authorization=request.headers["Authorization"])
        return web.json_response({"access_token": "t", "token_type": "Bearer", "expires_in": 300})

    app = web.Application()
    app.router.add_post("/internal/service-tokens", handle)
    async with served(app) as url, ServiceClient("back-auth", url) as client:
        issued = await client_credentials("back-api", "secret", client)("back-postgres")

    assert issued.access_token == "t"
    assert sent == {
        "grant_type": "client_credentials",
        "audience": "back-postgres",
        "authorization": "Basic YmFjay1hcGk6c2VjcmV0",
    }
