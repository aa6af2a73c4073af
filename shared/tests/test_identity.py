"""Who calls, and whether they may: the dependencies of public endpoints."""

from typing import Annotated, Any

import httpx
import pytest
from fastapi import Depends, FastAPI

from shared.chassis import problems
from shared.chassis.identity import (
    MAX_TOKEN,
    CurrentUser,
    Identity,
    authenticate_if_sent,
    bearer_token,
    current_caller,
    fetch_keys,
    requires,
)
from shared.contracts.path_table import PathTable
from shared.models.session import KeySet
from shared.security.jwt import InvalidToken
from shared.tests.app import calling
from shared.utils.errors import Unauthenticated


class Verifier:
    """Knows the token `good`, whose user may read users."""

    async def verify(self, token: str) -> Any:
        if token != "good":
            raise InvalidToken("unknown here")
        claims: Any = type("Claims", (), {"sub": "u1", "sid": "s1", "role": "support", "permissions": ["users:read"]})
        return claims


@pytest.fixture
def app() -> FastAPI:
    made = FastAPI()
    problems.install(made, PathTable([]))
    made.state.verifier = Verifier()

    @made.get("/me")
    async def me(user: CurrentUser) -> dict[str, Any]:  # pyright: ignore[reportUnusedFunction]
        caller = current_caller()
        return user.model_dump(mode="json") | {"caller": caller.user_id if caller else None}

    @made.get("/users")
    async def users(user: Annotated[Identity, Depends(requires("users:read"))]) -> str:  # pyright: ignore[reportUnusedFunction]
        return user.user_id

    @made.get("/roles")
    async def roles(user: Annotated[Identity, Depends(requires("roles:write"))]) -> str:  # pyright: ignore[reportUnusedFunction]
        return user.user_id

    @made.get("/open")
    async def opened(user: Annotated[Identity | None, Depends(authenticate_if_sent)]) -> str:  # pyright: ignore[reportUnusedFunction]
        caller = current_caller()
        return f"{user.user_id if user else 'nobody'} {caller.user_id if caller else 'nobody'}"

    return made


async def ask(app: FastAPI, path: str, authorization: str | None = "Bearer good") -> httpx.Response:
    async with calling(app) as client:
        return await client.get(path, headers={"authorization": authorization} if authorization is not None else {})


async def test_a_caller_is_who_the_token_says(app: FastAPI) -> None:
    assert (await ask(app, "/me")).json() == {
        "user_id": "u1",
        "session_id": "s1",
        "role": "support",
        "permissions": ["users:read"],
        "token": "good",
        "caller": "u1",
    }


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer ", "Basic good", "good", "Bearer other"])
async def test_who_has_no_good_token_is_asked_to_log_in(app: FastAPI, authorization: str | None) -> None:
    answer = await ask(app, "/me", authorization)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), (f"Bearer {'x' * MAX_TOKEN}", "x" * MAX_TOKEN)],
)
def test_the_token_of_a_header(header: str, token: str) -> None:
    assert bearer_token(header) == token


def test_a_token_that_is_too_long_is_none() -> None:
    with pytest.raises(Unauthenticated, match="Bearer"):
        bearer_token(f"Bearer {'x' * (MAX_TOKEN + 1)}")


async def test_a_permission_admits_who_holds_it(app: FastAPI) -> None:
    assert (await ask(app, "/users")).json() == "u1"
    answer = await ask(app, "/roles")
    assert answer.status_code == 403
    assert answer.json()["detail"] == "Your account does not have the permission roles:write."


async def test_an_open_endpoint_knows_who_calls_when_they_say_so(app: FastAPI) -> None:
    assert (await ask(app, "/open", None)).json() == "nobody nobody"
    assert (await ask(app, "/open")).json() == "u1 u1"
    assert (await ask(app, "/open", "Bearer other")).status_code == 401


async def test_keys_are_those_that_back_auth_publishes() -> None:
    asked: list[str] = []

    class BackAuth:
        async def get(self, path: str, *, model: type[KeySet]) -> KeySet:
            asked.append(path)
            return model(keys=[{"kid": "k1"}])

    client: Any = BackAuth()
    assert await fetch_keys(client) == {"keys": [{"kid": "k1"}]}
    assert asked == ["/.well-known/jwks.json"]
